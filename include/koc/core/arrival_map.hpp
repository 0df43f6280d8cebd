// SPDX-License-Identifier: BSL-1.0
#pragma once

// Values under keys, kept in the order in which the keys came, so that a walk is the same on every
// machine. Rows lie side by side; beside them stands a table of hashes that finds a key's row. The
// table knows no key type and is compiled once, where hash maps of the usual kind are
// compiled anew, hundreds of functions each, for every pair of types. Only what came last can be
// taken out.

#include <koc/core/contract.hpp>
#include <koc/core/detail/rows.hpp>
#include <koc/core/id.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

namespace koc {

namespace detail {

/// Finds rows by the hash of their keys: open addressing, at most three cells in four used.
class row_finder {
public:
    static constexpr std::uint32_t none = 0xffff'ffff;

    /// The row with this hash that `same(row)` accepts, or `none`.
    template <typename Same>
    [[nodiscard]] std::uint32_t find(std::uint32_t hash, Same const& same) const {
        if (cells_.size() == 0) {
            return none;
        }
        for (auto at = hash & mask();; at = (at + 1) & mask()) {
            auto const& here = cells_.begin()[at];
            if (here.row == none || (here.hash == hash && same(here.row))) {
                return here.row;
            }
        }
    }

    /// Makes room for this many rows.
    void make_room(std::size_t count) {
        KOC_EXPECTS(count <= none);
        if (4 * count > 3 * cells_.size()) {
            auto const more = cells_.size() == 0 ? 8 : 2 * cells_.size();
            auto const old = std::exchange(cells_, rows<cell>(more));
            for (auto const& entry : old) {
                if (entry.row != none) {
                    place(entry);
                }
            }
        }
    }
    /// Enters a row. Room was made for it since the last one.
    void add(std::uint32_t hash, std::size_t row) {
        place({static_cast<std::uint32_t>(row), hash});
    }
    /// Enters a row in place of one with the same hash that `gone(row)`; false where there is none.
    template <typename Gone>
    bool replace(std::uint32_t hash, std::size_t row, Gone const& gone) {
        for (auto at = hash & mask(); cells_.begin()[at].row != none; at = (at + 1) & mask()) {
            auto& here = cells_.begin()[at];
            if (here.hash == hash && gone(here.row)) {
                here.row = static_cast<std::uint32_t>(row);
                return true;
            }
        }
        return false;
    }

    /// Takes a row out that was entered with this hash (Knuth, TAOCP 6.4, algorithm R).
    void remove(std::uint32_t hash, std::size_t row) noexcept {
        auto hole = hash & mask();
        while (cells_.begin()[hole].row != row) {
            hole = (hole + 1) & mask();
        }
        for (auto at = (hole + 1) & mask(); cells_.begin()[at].row != none;
             at = (at + 1) & mask()) {
            auto const home = cells_.begin()[at].hash & mask();
            if (((at - home) & mask()) >= ((at - hole) & mask())) {
                cells_.begin()[hole] = cells_.begin()[at];
                hole = at;
            }
        }
        cells_.begin()[hole] = {};
    }

    void clear() { *this = {}; }

private:
    struct cell {
        std::uint32_t row = none;
        std::uint32_t hash = 0;
    };

    [[nodiscard]] std::size_t mask() const { return cells_.size() - 1; }
    void place(cell entry) {
        auto at = entry.hash & mask();
        while (cells_.begin()[at].row != none) {
            at = (at + 1) & mask();
        }
        cells_.begin()[at] = entry;
    }

    rows<cell> cells_; ///< a power of two of them
};

template <typename Kind, typename Rep>
std::uint32_t key_hash(id<Kind, Rep> key) {
    return static_cast<std::uint32_t>(hash_value(key));
}
/// FNV-1a (Fowler, Noll, Vo), 64 bits folded into 32.
inline std::uint32_t key_hash(std::string_view key) {
    std::uint64_t mixed = 0xcbf2'9ce4'8422'2325U;
    for (auto c : key) {
        mixed = (mixed ^ static_cast<unsigned char>(c)) * 0x0000'0100'0000'01b3U;
    }
    return static_cast<std::uint32_t>(mixed ^ mixed >> 32U);
}

} // namespace detail

/// A map from ids or strings to values in order of arrival, of at most 4,294,967,294 entries, which
/// move without throwing.
///
/// Finding and adding are O(1), as for a hash map. Adding invalidates iterators and references. The
/// first of an entry, its key, is not to be changed.
template <typename Key, typename Value>
class arrival_map {
public:
    /// As a std::pair is read.
    struct value_type {
        Key first;
        Value second;
    };
    using iterator = value_type*;
    using const_iterator = value_type const*;
    /// Where the entry of a key is, and whether it is new.
    struct placed {
        iterator first;
        bool second;
    };

    [[nodiscard]] std::size_t size() const { return rows_.size(); }
    [[nodiscard]] bool empty() const { return size() == 0; }

    /// In order of arrival.
    [[nodiscard]] iterator begin() { return rows_.begin(); }
    [[nodiscard]] iterator end() { return rows_.end(); }
    [[nodiscard]] const_iterator begin() const { return rows_.begin(); }
    [[nodiscard]] const_iterator end() const { return rows_.end(); }

    /// `key` is a `Key`, or a `std::string_view` where keys are strings.
    template <typename Like>
    [[nodiscard]] iterator find(Like const& key) {
        return begin() + place_of(key);
    }
    template <typename Like>
    [[nodiscard]] const_iterator find(Like const& key) const {
        return begin() + place_of(key);
    }
    template <typename Like>
    [[nodiscard]] bool contains(Like const& key) const {
        return place_of(key) != size();
    }
    /// The value of a key that is there.
    template <typename Like>
    [[nodiscard]] Value const& at(Like const& key) const {
        KOC_EXPECTS(contains(key));
        return begin()[place_of(key)].second;
    }

    /// The value of a key, which is added with a value of its own making where it is new.
    Value& operator[](Key const& key) { return try_emplace(key, Value{}).first->second; }

    /// Adds an entry whose key is new; otherwise changes nothing. The entry of the key, and whether
    /// it is new.
    placed try_emplace(Key const& key, Value value) {
        auto const place = place_of(key);
        auto const fresh = place == size();
        if (fresh) {
            finder_.make_room(place + 1);
            rows_.push_back({key, static_cast<Value&&>(value)});
            finder_.add(detail::key_hash(key), place);
        }
        return {begin() + place, fresh};
    }
    /// Adds an entry, or changes the value of the one with this key, which keeps its place.
    void insert_or_assign(Key const& key, Value value) {
        auto const place = place_of(key);
        if (place == size()) {
            try_emplace(key, std::move(value));
        } else {
            begin()[place].second = std::move(value);
        }
    }

    /// Takes the entry that came last away; there is one.
    void remove_last() noexcept {
        auto const last = size() - 1;
        finder_.remove(detail::key_hash(begin()[last].first), last);
        rows_.pop_back();
    }

    void clear() {
        rows_.clear();
        finder_.clear();
    }

private:
    template <typename Like>
    [[nodiscard]] std::size_t place_of(Like const& key) const {
        auto const row = finder_.find(detail::key_hash(key),
            [&](std::uint32_t candidate) { return begin()[candidate].first == key; });
        return row == detail::row_finder::none ? size() : row;
    }

    detail::rows<value_type> rows_;
    detail::row_finder finder_;
};

} // namespace koc
