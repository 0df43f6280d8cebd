// SPDX-License-Identifier: BSL-1.0
#pragma once

// Numbers that are asked for often, side by side: one dense column a feature, indexed by slot, as
// narrow as its values allow, with the range of each 64 and each 512 neighbours so that a search
// can bound them unread.

#include <koc/core/contract.hpp>
#include <koc/tag/block.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace koc {

/// The numbers from `low` to `high`; by itself, none.
struct value_range {
    std::int64_t low = std::numeric_limits<std::int64_t>::max();
    std::int64_t high = std::numeric_limits<std::int64_t>::min();

    friend bool operator==(value_range const&, value_range const&) = default;
};

/// One column of numbers by slot; a slot without a number is absent.
class number_column {
public:
    static constexpr std::int64_t absent = std::numeric_limits<std::int64_t>::min();

    /// The number in a slot, or `absent`. O(1).
    [[nodiscard]] std::int64_t at(slot s) const {
        return std::visit(
            [s](auto const& values) -> std::int64_t {
                KOC_EXPECTS(s < values.size());
                return values[s] == lowest(values) ? absent : values[s];
            },
            values_);
    }

    /// No number here can be further from 0 than this, as narrow as they are kept. O(1).
    [[nodiscard]] std::int64_t capacity() const {
        return std::visit(
            [](auto const& values) -> std::int64_t { return -(lowest(values) + 1); }, values_);
    }
    /// How far from 0 a number here is at most. O(slots / 512).
    [[nodiscard]] std::int64_t largest() const {
        std::int64_t size = 0;
        for (auto const& [low, high] : blocks_) {
            if (low <= high) {
                size = std::max({size, -low, high});
            }
        }
        return size;
    }

    /// The range of slots 64 * w to 64 * w + 63; empty where all are absent. O(1).
    [[nodiscard]] value_range word_range(std::size_t w) const {
        return w < words_.size() ? words_[w] : value_range{};
    }
    /// The ranges of the words of block `b`. O(1).
    [[nodiscard]] std::span<value_range const, block_words> word_ranges(std::size_t b) const {
        static constexpr std::array<value_range, block_words> all_absent{};
        return std::span<value_range const, block_words>{
            b < blocks_.size() ? &words_[b * block_words] : all_absent.data(), block_words};
    }
    /// The range of slots 512 * b to 512 * b + 511. O(1).
    [[nodiscard]] value_range block_range(std::size_t b) const {
        return b < blocks_.size() ? blocks_[b] : value_range{};
    }
    /// The largest number of word `w`, `absent` where there is none. O(1).
    [[nodiscard]] std::int64_t max_of(std::size_t w) const { return word_range(w).high; }

    /// Amortised O(1); O(64) when an end of the word's range is taken away. A number that needs
    /// more bytes than any before widens the whole column, which happens at most three times.
    void put(slot s, std::int64_t value) {
        if (value != absent) {
            widen_for(value);
        }
        auto const w = s / word_bits;
        if (w >= words_.size()) {
            blocks_.resize(w / block_words + 1U);
            words_.resize(blocks_.size() * block_words);
        }
        std::visit(
            [&](auto& values) {
                if (s >= values.size()) {
                    values.resize(s + 1U, lowest(values));
                }
                auto const old = values[s] == lowest(values) ? absent : std::int64_t{values[s]};
                if (old == value) {
                    return;
                }
                using number = typename std::remove_cvref_t<decltype(values)>::value_type;
                values[s] = value == absent ? lowest(values) : static_cast<number>(value);
                update_ranges(values, w, old, value);
            },
            values_);
    }

    /// Bytes held beside the object itself.
    [[nodiscard]] std::size_t bytes() const {
        return (words_.capacity() + blocks_.capacity()) * sizeof(value_range) +
            std::visit(
                [](auto const& values) { return values.capacity() * sizeof(values[0]); }, values_);
    }

private:
    using storage = std::variant<std::vector<std::int8_t>, std::vector<std::int16_t>,
        std::vector<std::int32_t>, std::vector<std::int64_t>>;

    /// Stands for an absent number.
    template <typename Number>
    static constexpr Number lowest(std::vector<Number> const&) {
        return std::numeric_limits<Number>::min();
    }

    void widen_for(std::int64_t value) {
        while (!fits(value)) {
            values_.index() == 0       ? widen<std::int16_t>()
                : values_.index() == 1 ? widen<std::int32_t>()
                                       : widen<std::int64_t>();
        }
    }
    [[nodiscard]] bool fits(std::int64_t value) const {
        return std::visit(
            [value](auto const& values) {
                using number = typename std::remove_cvref_t<decltype(values)>::value_type;
                return lowest(values) < value && value <= std::numeric_limits<number>::max();
            },
            values_);
    }
    template <typename Wider>
    void widen() {
        std::vector<Wider> wide;
        std::visit(
            [&](auto const& values) {
                wide.reserve(values.size());
                for (auto v : values) {
                    wide.push_back(v == lowest(values) ? lowest(wide) : static_cast<Wider>(v));
                }
            },
            values_);
        values_ = std::move(wide);
    }

    template <typename Numbers>
    void update_ranges(Numbers const& values, std::size_t w, std::int64_t old, std::int64_t value) {
        auto& word = words_[w];
        auto& block = blocks_[w / block_words];
        if (old != absent && (old == word.low || old == word.high)) {
            auto const end = std::min(values.size(), (w + 1) * word_bits);
            word = {};
            for (auto s = w * word_bits; s < end; ++s) {
                if (values[s] != lowest(values)) {
                    include(word, {values[s], values[s]});
                }
            }
            block = {};
            for (auto const& range : word_ranges(w / block_words)) {
                include(block, range);
            }
        } else if (value != absent) {
            include(word, {value, value});
            include(block, {value, value});
        }
    }
    static void include(value_range& range, value_range more) {
        range = {std::min(range.low, more.low), std::max(range.high, more.high)};
    }

    storage values_;
    std::vector<value_range> words_; ///< whole blocks of them
    std::vector<value_range> blocks_;
};

} // namespace koc
