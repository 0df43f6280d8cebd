// SPDX-License-Identifier: BSL-1.0
#pragma once

// The further keys of a table: Boost.MultiIndex over small entries that are the same for every
// record type, so that the container is instantiated once for each number of keys and never for a
// record type.

#include <koc/core/contract.hpp>
#include <koc/state/key.hpp>

#include <boost/multi_index/ordered_index.hpp>
#include <boost/multi_index_container.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <utility>
#include <vector>

namespace koc::detail {

/// The most further keys of a table.
inline constexpr std::size_t further_keys_max = 3;

class entry_index {
public:
    /// An index with 1 to 3 further keys.
    static std::unique_ptr<entry_index> of(std::size_t further_keys);
    virtual ~entry_index() = default;

    /// Enters a row under its keys. Strong guarantee.
    virtual void insert(std::uint32_t row, key_row const* keys) = 0;
    virtual void erase(std::uint32_t row) noexcept = 0;
    /// Makes room so that `set_aside` cannot fail.
    virtual void prepare_aside() = 0;
    /// Takes a row out; its node is kept, newest last.
    virtual void set_aside(std::uint32_t row) noexcept = 0;
    /// Puts the newest that was set aside back.
    virtual void put_back() noexcept = 0;
    /// Frees what was set aside.
    virtual void forget() noexcept = 0;
    /// Gives a row other keys; does not allocate.
    virtual void rekey(std::uint32_t row, key_row const* keys) noexcept = 0;
    /// How many rows are in a range of a key; where `into` is given, they are appended in order.
    virtual std::size_t between(
        std::size_t key, key_range const& range, std::vector<std::uint32_t>* into) const = 0;
    /// The last row of a range, or 0xffff'ffff.
    [[nodiscard]] virtual std::uint32_t last(std::size_t key, key_range const& range) const = 0;
};

template <std::size_t N>
class entry_index_of final : public entry_index {
    struct entry {
        std::array<key_row, N> keys;

        [[nodiscard]] std::uint32_t row() const { return static_cast<std::uint32_t>(keys[0][2]); }
    };
    template <std::size_t K>
    struct key_at {
        using result_type = key_row;
        result_type const& operator()(entry const& e) const { return e.keys[K]; }
    };
    struct key_less {
        bool operator()(key_row const& a, key_row const& b) const {
            return a[0] != b[0] ? a[0] < b[0] : a[1] != b[1] ? a[1] < b[1] : a[2] < b[2];
        }
    };
    template <typename>
    struct container_for;
    template <std::size_t... K>
    struct container_for<std::index_sequence<K...>> {
        using type = boost::multi_index_container<entry,
            boost::multi_index::indexed_by<
                boost::multi_index::ordered_unique<key_at<K>, key_less>...>>;
    };
    using all_keys = std::make_index_sequence<N>;
    using entries = typename container_for<all_keys>::type;
    using place = typename entries::iterator;
    static constexpr std::uint32_t no_row = 0xffff'ffff;

public:
    void insert(std::uint32_t row, key_row const* keys) override {
        if (row >= places_.size()) {
            places_.resize(row + 1);
        }
        // Rows that come one after the other mostly have the same first key.
        auto const hint = newest_ < row ? std::next(places_[newest_]) : entries_.end();
        auto const size = entries_.size();
        places_[row] = entries_.insert(hint, entry_of(row, keys));
        KOC_INVARIANT(entries_.size() == size + 1);
        static_cast<void>(size);
        newest_ = row;
    }
    void erase(std::uint32_t row) noexcept override {
        leave(row);
        entries_.erase(places_[row]);
    }
    void prepare_aside() override {
        if (aside_.size() == aside_.capacity()) {
            aside_.reserve(aside_.empty() ? 8 : 2 * aside_.size());
        }
    }
    void set_aside(std::uint32_t row) noexcept override {
        leave(row);
        aside_.push_back(entries_.extract(places_[row]));
    }
    void put_back() noexcept override {
        auto const back = entries_.insert(std::move(aside_.back())).position;
        places_[back->row()] = back;
        aside_.pop_back();
    }
    void forget() noexcept override { aside_.clear(); }
    void rekey(std::uint32_t row, key_row const* keys) noexcept override {
        entries_.modify(places_[row], [&](entry& e) { e = entry_of(row, keys); });
    }
    std::size_t between(
        std::size_t key, key_range const& range, std::vector<std::uint32_t>* into) const override {
        std::size_t count = 0;
        with_index(key, all_keys{}, [&](auto const& index) {
            auto const end = index.upper_bound(range.high);
            for (auto at = index.lower_bound(range.low); at != end; ++at, ++count) {
                if (into != nullptr) {
                    into->push_back(at->row());
                }
            }
        });
        return count;
    }
    std::uint32_t last(std::size_t key, key_range const& range) const override {
        std::uint32_t found = 0xffff'ffff;
        with_index(key, all_keys{}, [&](auto const& index) {
            auto at = index.upper_bound(range.high);
            if (at != index.begin() && !key_less{}(index.key_extractor()(*--at), range.low)) {
                found = at->row();
            }
        });
        return found;
    }

private:
    void leave(std::uint32_t row) noexcept { newest_ = newest_ == row ? no_row : newest_; }
    static entry entry_of(std::uint32_t row, key_row const* keys) {
        entry made;
        for (std::size_t k = 0; k < N; ++k) {
            made.keys[k] = {keys[k][0], keys[k][1], row};
        }
        return made;
    }
    template <std::size_t... K, typename Use>
    void with_index(std::size_t key, std::index_sequence<K...>, Use&& use) const {
        static_cast<void>(((K == key && (use(entries_.template get<K>()), true)) || ...));
    }

    entries entries_;
    std::vector<place> places_;     ///< by row
    std::uint32_t newest_ = no_row; ///< of the entries
    std::vector<typename entries::node_type> aside_;
};

inline std::unique_ptr<entry_index> entry_index::of(std::size_t further_keys) {
    switch (further_keys) {
    case 1:
        return std::make_unique<entry_index_of<1>>();
    case 2:
        return std::make_unique<entry_index_of<2>>();
    default:
        return std::make_unique<entry_index_of<3>>();
    }
}

} // namespace koc::detail
