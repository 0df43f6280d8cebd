// SPDX-License-Identifier: BSL-1.0
#pragma once

// 512 slots: eight words, one cache line of bits. A search filters one block at a time and bounds
// each of its words by itself. The words are a vector type that g++ and clang turn into whatever
// instructions the processor has.

#include <koc/tag/bitmap.hpp>

#include <cstddef>
#include <cstring>

namespace koc {

inline constexpr std::size_t block_words = 8;
inline constexpr std::size_t block_bits = block_words * word_bits;

/// A set among 512 neighbouring slots, lowest bit of the lowest word first; `block{}` is empty.
struct block {
    using vector __attribute__((vector_size(64))) = bitmap::word;

    vector words; ///< left as it is by `block scratch;`

    friend bool operator==(block const& a, block const& b) { return none_in(a.words ^ b.words); }
    block& operator&=(block const& other) { return words &= other.words, *this; }
    block& operator|=(block const& other) { return words |= other.words, *this; }
    /// Takes the slots of `other` away.
    block& operator-=(block const& other) { return words &= ~other.words, *this; }
    [[nodiscard]] bool empty() const { return none_in(words); }
    [[nodiscard]] bool contains(std::size_t place) const {
        return (words[place / word_bits] >> (place % word_bits) & 1U) != 0;
    }
    void insert(std::size_t place) {
        words[place / word_bits] |= bitmap::word{1} << (place % word_bits);
    }
    void erase(std::size_t place) {
        words[place / word_bits] &= ~(bitmap::word{1} << (place % word_bits));
    }

private:
    static bool none_in(vector const& all) {
        using half __attribute__((vector_size(32))) = bitmap::word;
        using quarter __attribute__((vector_size(16))) = bitmap::word;
        half halves[2];
        quarter quarters[2];
        std::memcpy(&halves, &all, sizeof all);
        halves[0] |= halves[1];
        std::memcpy(&quarters, &halves[0], sizeof halves[0]);
        quarters[0] |= quarters[1];
        return (quarters[0][0] | quarters[0][1]) == 0;
    }
};

} // namespace koc
