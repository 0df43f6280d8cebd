// SPDX-License-Identifier: BSL-1.0
#pragma once

// Dense columns of numbers by slot, as narrow as their values allow, with the range of each 64 and
// each 512 neighbours, so that a search can bound them without reading them, and a bit for each
// slot that has a number, so that it can tell at once who has none.

#include <koc/tag/block.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <span>
#include <vector>

namespace koc {

/// The numbers from `low` to `high`; by itself, none.
struct value_range {
    std::int64_t low = (std::numeric_limits<std::int64_t>::max)();
    std::int64_t high = (std::numeric_limits<std::int64_t>::min)();

    friend bool operator==(value_range const&, value_range const&) = default;
};

/// One column of numbers by slot; a slot without a number is absent.
class number_column {
public:
    static constexpr std::int64_t absent = (std::numeric_limits<std::int64_t>::min)();

    /// The number in a slot, or `absent`. O(1).
    [[nodiscard]] std::int64_t at(slot s) const {
        if (s >= size()) {
            return absent;
        }
        switch (width_) {
        case 1:
            return read<std::int8_t>(s);
        case 2:
            return read<std::int16_t>(s);
        case 4:
            return read<std::int32_t>(s);
        default:
            return read<std::int64_t>(s);
        }
    }

    /// Has the number in a slot fetched while there is something else to do.
    void expect(slot s) const {
        if (s < size()) {
            __builtin_prefetch(&bytes_[s * width_]);
        }
    }
    /// The slots of block `b` that have a number. O(1).
    [[nodiscard]] block present(std::size_t b) const {
        return b < present_.size() ? present_[b] : block{};
    }
    /// No number here is above this; `absent` where none ever was. O(1).
    [[nodiscard]] std::int64_t highest() const { return highest_; }
    /// Whether no slot ever had a number. O(1).
    [[nodiscard]] bool all_absent() const { return highest_ == absent; }
    /// No number here can be further from 0 than this, as narrow as they are kept. O(1).
    [[nodiscard]] std::int64_t limit() const {
        return (std::numeric_limits<std::int64_t>::max)() >> (64 - 8 * width_);
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
        while (value != absent && (value < -limit() || limit() < value)) {
            widen();
        }
        if (s >= size()) {
            reach(s / block_bits);
        }
        if (auto const old = at(s); old != value) {
            write(s, value);
            if (value == absent) {
                present_[s / block_bits].erase(s % block_bits);
            } else {
                present_[s / block_bits].insert(s % block_bits);
                highest_ = (std::max)(highest_, value);
            }
            update_ranges(s / word_bits, old, value);
        }
    }

    /// Bytes held beside the object itself.
    [[nodiscard]] std::size_t bytes() const {
        return (words_.capacity() + blocks_.capacity()) * sizeof(value_range) +
            present_.capacity() * sizeof(block) + bytes_.capacity();
    }

private:
    [[nodiscard]] std::size_t size() const { return bytes_.size() / width_; }

    /// The lowest number of a width stands for an absent one.
    template <typename Number>
    [[nodiscard]] std::int64_t read(slot s) const {
        Number number;
        std::memcpy(&number, &bytes_[s * sizeof number], sizeof number);
        return number == (std::numeric_limits<Number>::min)() ? absent : number;
    }
    template <typename Number>
    void write_as(slot s, std::int64_t value) {
        auto const number =
            value == absent ? (std::numeric_limits<Number>::min)() : static_cast<Number>(value);
        std::memcpy(&bytes_[s * sizeof number], &number, sizeof number);
    }
    /// Writes a number that fits.
    void write(slot s, std::int64_t value) {
        switch (width_) {
        case 1:
            return write_as<std::int8_t>(s, value);
        case 2:
            return write_as<std::int16_t>(s, value);
        case 4:
            return write_as<std::int32_t>(s, value);
        default:
            return write_as<std::int64_t>(s, value);
        }
    }

    /// Goes on, with absent numbers, to the end of block `b`.
    void reach(std::size_t b) {
        auto s = size();
        blocks_.resize(b + 1);
        present_.resize(b + 1);
        words_.resize(blocks_.size() * block_words);
        bytes_.resize(blocks_.size() * block_bits * width_);
        for (; s < size(); ++s) {
            write(static_cast<slot>(s), absent);
        }
    }

    /// Takes twice the bytes for each number, from the last one on so that none is overwritten.
    void widen() {
        auto const narrow = width_;
        auto s = size();
        bytes_.resize(2 * bytes_.size());
        while (s-- > 0) {
            width_ = narrow;
            auto const number = at(static_cast<slot>(s));
            width_ = 2 * narrow;
            write(static_cast<slot>(s), number);
        }
        width_ = 2 * narrow;
    }

    void update_ranges(std::size_t w, std::int64_t old, std::int64_t value) {
        auto& word = words_[w];
        auto& block = blocks_[w / block_words];
        if (old != absent && (old == word.low || old == word.high)) {
            word = {};
            for (auto s = w * word_bits; s < (w + 1) * word_bits; ++s) {
                if (auto const number = at(static_cast<slot>(s)); number != absent) {
                    include(word, {number, number});
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
        range = {(std::min)(range.low, more.low), (std::max)(range.high, more.high)};
    }

    std::size_t width_ = 1;            ///< bytes of each number
    std::vector<unsigned char> bytes_; ///< the numbers by slot, whole blocks of them
    std::vector<value_range> words_;
    std::vector<value_range> blocks_;
    std::vector<block> present_;
    std::int64_t highest_ = absent; ///< not lowered when a number goes
};

} // namespace koc
