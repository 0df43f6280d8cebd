// SPDX-License-Identifier: BSL-1.0
#pragma once

// 512 slots: eight words, one cache line of bits. A search filters one block at a time and bounds
// each of its words by itself. The words are a vector type that g++ and clang turn into whatever
// instructions the processor has.

#include <koc/tag/bitmap.hpp>

#include <cstddef>

namespace koc {

inline constexpr std::size_t block_words = 8;
inline constexpr std::size_t block_bits = block_words * word_bits;

/// A set among 512 neighbouring slots, lowest bit of the lowest word first; `block{}` is empty.
///
/// Two vectors of 256 bits: one of 512 goes through memory at every step where a processor has no
/// registers of that size.
struct alignas(64) block {
    using half __attribute__((vector_size(32))) = bitmap::word;

    half low;  ///< words 0 to 3; left as it is by `block scratch;`
    half high; ///< words 4 to 7

    friend bool operator==(block const& a, block const& b) {
        return none_in((a.low ^ b.low) | (a.high ^ b.high));
    }
    block& operator&=(block const& other) {
        low &= other.low;
        high &= other.high;
        return *this;
    }
    block& operator|=(block const& other) {
        low |= other.low;
        high |= other.high;
        return *this;
    }
    /// Takes the slots of `other` away.
    block& operator-=(block const& other) {
        low &= ~other.low;
        high &= ~other.high;
        return *this;
    }
    friend block operator&(block const& a, block const& b) {
        block both = a;
        return both &= b;
    }

    [[nodiscard]] bool empty() const { return none_in(low | high); }
    [[nodiscard]] bitmap::word word_at(std::size_t i) const { return half_of(i)[i % half_words]; }
    void clear_word(std::size_t i) { half_of(i)[i % half_words] = 0; }
    [[nodiscard]] bool contains(std::size_t place) const {
        return (word_at(place / word_bits) >> (place % word_bits) & 1U) != 0;
    }
    void insert(std::size_t place) {
        auto const i = place / word_bits;
        half_of(i)[i % half_words] |= bitmap::word{1} << (place % word_bits);
    }
    void erase(std::size_t place) {
        auto const i = place / word_bits;
        half_of(i)[i % half_words] &= ~(bitmap::word{1} << (place % word_bits));
    }

private:
    static constexpr std::size_t half_words = block_words / 2;

    half& half_of(std::size_t i) { return i < half_words ? low : high; }
    [[nodiscard]] half const& half_of(std::size_t i) const { return i < half_words ? low : high; }

    static bool none_in(half const& all) {
#ifdef __AVX__
        using tested __attribute__((vector_size(32))) = long long;
        auto const bits = (tested)all;
        return __builtin_ia32_ptestz256(bits, bits) != 0;
#else
        return ((all[0] | all[1]) | (all[2] | all[3])) == 0;
#endif
    }
};

} // namespace koc
