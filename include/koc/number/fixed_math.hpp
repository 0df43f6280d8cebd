// SPDX-License-Identifier: BSL-1.0
#pragma once

// Logarithms, powers of two and roots in integer arithmetic, so that a decision that uses them is
// the same on every platform. The first two interpolate linearly in a table of 1024 steps
// (detail/log_tables.hpp); the error is below two millionths, next to the one millionth that a
// score resolves.

#include <koc/core/contract.hpp>
#include <koc/number/detail/log_tables.hpp>
#include <koc/number/score.hpp>

#include <bit>
#include <cstdint>

namespace koc {

namespace detail {

__extension__ using wide_uint = unsigned __int128;

/// The integer square root of a 128-bit number, by bisection.
constexpr std::uint64_t isqrt(wide_uint n) {
    wide_uint low = 0;
    wide_uint high = wide_uint{1} << 64U;
    while (high - low > 1) {
        auto const middle = low + (high - low) / 2;
        (middle * middle <= n ? low : high) = middle;
    }
    return static_cast<std::uint64_t>(low);
}

} // namespace detail

/// 2^fraction for a fraction of 32 bits; the result has 32 fractional bits and is in [1, 2]. O(1).
constexpr std::uint64_t exp2_fraction(std::uint32_t fraction) {
    auto const step = fraction >> 22U;
    auto const rest = fraction & 0x3fffffU;
    auto const low = detail::exp2_table[step];
    return low + ((detail::exp2_table[step + 1] - low) * rest >> 22U);
}

/// 2^(1 - fraction), with 32 fractional bits: multiplying by it and halving divides by 2^fraction.
/// O(1).
constexpr std::uint64_t exp2_rest(std::uint32_t fraction) {
    return fraction == 0 ? std::uint64_t{2} << 32U : exp2_fraction(~fraction + 1U);
}

/// The square root of x >= 0, as a score, rounded down. O(1).
constexpr score square_root(score x) {
    KOC_EXPECTS(x.raw >= 0);
    return {static_cast<std::int64_t>(detail::isqrt(
        detail::wide_uint{static_cast<std::uint64_t>(x.raw)} * std::uint64_t{score::unit}))};
}

/// 2^-x for x >= 0, as a score, rounded down: from 1 down to 0. The error is below two millionths.
/// O(1).
constexpr score exp2_minus(score x) {
    KOC_EXPECTS(x.raw >= 0);
    constexpr auto unit = static_cast<std::uint64_t>(score::unit);
    auto const value = static_cast<std::uint64_t>(x.raw);
    auto const halvings = value / unit;
    auto const fraction = static_cast<std::uint32_t>((value % unit << 32U) / unit);
    auto const up = exp2_rest(fraction);
    return {halvings < 64 ? static_cast<std::int64_t>(unit * up >> 33U >> halvings) : 0};
}

/// log2(1 + x) for x >= 0, as a score. Monotone; the error is below two millionths. O(1).
constexpr score log2_1p(score x) {
    KOC_EXPECTS(x.raw >= 0);
    auto const value = static_cast<std::uint64_t>(x.raw) + score::unit;
    constexpr int unit_log = 19; // 2^19 < 1,000,000 < 2^20
    // value / unit = m * 2^e with m in [1, 2): scale so that the mantissa is exact to 64 bits.
    int exponent = static_cast<int>(std::bit_width(value)) - 1 - unit_log;
    auto mantissa = static_cast<std::uint64_t>(
        (detail::wide_uint{value} << static_cast<unsigned>(52 - exponent)) / score::unit);
    if (mantissa < std::uint64_t{1} << 52U) { // 1,000,000 is not a power of two: one step too far
        mantissa <<= 1U;
        --exponent;
    }
    auto const fraction = mantissa & ((std::uint64_t{1} << 52U) - 1);
    auto const step = fraction >> 42U;
    auto const rest = fraction >> 10U & 0xffffffffU;
    auto const low = detail::log2_table[step];
    auto const log = low + ((detail::log2_table[step + 1] - low) * rest >> 32U);
    auto const q32 = (static_cast<std::uint64_t>(exponent) << 32U) + log;
    return {static_cast<std::int64_t>(detail::wide_uint{q32} * score::unit >> 32U)};
}

} // namespace koc
