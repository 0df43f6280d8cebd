// SPDX-License-Identifier: BSL-1.0
#pragma once

// A condition on a number as data: a range and some bits. Data can be compared, so the compiler
// sees whether two conditions exclude each other; and it can stand in an array, so that a step over
// many machines reads it instead of calling it.

#include <koc/lifecycle/concepts.hpp>

#include <bit>
#include <concepts>
#include <cstdint>

namespace koc {

/// Holds for `x` when low <= x <= high and (x & mask) == bits; by default for every number.
struct number_test {
    std::uint32_t low = 0;
    std::uint32_t high = 0xffffffff;
    std::uint32_t mask = 0;
    std::uint32_t bits = 0;

    constexpr bool operator()(std::uint32_t x) const {
        return low <= x && x <= high && (x & mask) == bits;
    }

    /// For how many of the 2^32 numbers it holds. O(1).
    [[nodiscard]] constexpr std::uint64_t count() const {
        return low <= high ? matches_below(std::uint64_t{high} + 1) - matches_below(low) : 0;
    }

    /// Holds where both do.
    friend constexpr number_test operator&&(number_test a, number_test b) {
        if ((a.mask & b.mask & (a.bits ^ b.bits)) != 0) {
            return {1, 0}; // they differ about a bit, so no number meets both
        }
        return {a.low < b.low ? b.low : a.low, a.high < b.high ? a.high : b.high, a.mask | b.mask,
            a.bits | b.bits};
    }
    friend constexpr bool operator==(number_test, number_test) = default;

private:
    /// How many x < n have (x & mask) == bits: for each one of n the numbers that agree with it
    /// above and are smaller there.
    [[nodiscard]] constexpr std::uint64_t matches_below(std::uint64_t n) const {
        if ((bits & ~mask) != 0 || mask == 0) {
            return bits == 0 ? n : 0;
        }
        std::uint64_t found = 0;
        for (unsigned i = 0; i <= 32; ++i) {
            auto const bit = std::uint64_t{1} << i;
            auto const above = ~(bit | (bit - 1));
            if ((n & bit) != 0 && (bits & bit) == 0 && ((n ^ bits) & mask & above) == 0) {
                found += std::uint64_t{1}
                    << (i - static_cast<unsigned>(std::popcount(mask & (bit - 1))));
            }
        }
        return found;
    }
};

/// Makes a guard of data: `struct is_good : koc::tested<koc::number_test{.low = 60}> { name }`.
template <number_test Test>
struct tested {
    static constexpr number_test test = Test;
    constexpr bool operator()(std::uint32_t number) const { return Test(number); }
};

/// A guard that is data.
///
/// Requirements, beside those of `guard`, where `g` is a const guard and `x` a `std::uint32_t`:
///   1. `G::test` is a `number_test`.
///   2. `g(x) == G::test(x)`.   [law, kept by `tested`]
///
/// Models: guards that derive from `tested`.
template <typename G>
concept number_guard =
    guard_for<G, std::uint32_t> && std::same_as<decltype(G::test), number_test const>;

} // namespace koc
