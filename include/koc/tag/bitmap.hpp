// SPDX-License-Identifier: BSL-1.0
#pragma once

// A set of slots, 64 to a word. Filters work on whole words; what lies beyond the last stored word
// is absent, so a bitmap only grows as far as its highest member.

#include <koc/tag/fwd.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace koc {

inline constexpr std::size_t word_bits = 64;

/// A set of slots.
class bitmap {
public:
    using word = std::uint64_t;

    /// Slots 64 * index to 64 * index + 63, lowest bit first. O(1).
    [[nodiscard]] word word_at(std::size_t index) const {
        return index < words_.size() ? words_[index] : 0;
    }
    [[nodiscard]] bool contains(slot s) const {
        return (word_at(s / word_bits) >> (s % word_bits) & 1U) != 0;
    }
    [[nodiscard]] std::size_t count() const {
        std::size_t n = 0;
        for (auto w : words_) {
            n += static_cast<std::size_t>(std::popcount(w));
        }
        return n;
    }

    void insert(slot s) {
        if (s / word_bits >= words_.size()) {
            words_.resize(s / word_bits + 1);
        }
        words_[s / word_bits] |= word{1} << (s % word_bits);
    }
    void erase(slot s) {
        if (s / word_bits < words_.size()) {
            words_[s / word_bits] &= ~(word{1} << (s % word_bits));
        }
    }

    /// One past the last slot of the set; 0 where it is empty. O(slots after it).
    [[nodiscard]] std::size_t end() const {
        auto w = words_.size();
        while (w != 0 && words_[w - 1] == 0) {
            --w;
        }
        return w == 0 ? 0
                      : w * word_bits - static_cast<std::size_t>(std::countl_zero(words_[w - 1]));
    }

    /// Bytes held beside the object itself.
    [[nodiscard]] std::size_t bytes() const { return words_.capacity() * sizeof(word); }

private:
    std::vector<word> words_;
};

/// Calls `visit(slot)` for each bit of a word, in ascending order.
template <typename Visit>
constexpr void for_each_slot(std::size_t word_index, bitmap::word bits, Visit&& visit) {
    for (; bits != 0; bits &= bits - 1) {
        visit(static_cast<slot>(
            word_index * word_bits + static_cast<std::size_t>(std::countr_zero(bits))));
    }
}

} // namespace koc
