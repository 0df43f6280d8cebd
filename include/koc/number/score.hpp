// SPDX-License-Identifier: BSL-1.0
#pragma once

// A score is a fixed-point number: whole millionths in 64 bits. What decides anything is exact and
// the same on every platform; a recorded score reads as a decimal number with six places.

#include <compare>
#include <cstdint>

namespace koc {

/// A fixed-point number in millionths; ratios are in [0, 1], sums may leave that range.
struct score {
    static constexpr std::int64_t unit = 1'000'000;

    std::int64_t raw = 0;

    friend constexpr auto operator<=>(score, score) = default;
    friend constexpr score operator+(score a, score b) { return {a.raw + b.raw}; }
    friend constexpr score operator-(score a, score b) { return {a.raw - b.raw}; }
    friend constexpr score operator-(score a) { return {-a.raw}; }
    constexpr score& operator+=(score b) { return raw += b.raw, *this; }
    constexpr score& operator-=(score b) { return raw -= b.raw, *this; }

    /// The product, rounded towards zero. Needs |a * b| < 9.2e12, a 128-bit intermediate does the
    /// rest.
    friend constexpr score operator*(score a, score b) {
        __extension__ using wide = __int128;
        return {static_cast<std::int64_t>(static_cast<wide>(a.raw) * b.raw / unit)};
    }
};

/// `n` whole units.
constexpr score whole(std::int64_t n) { return {n * score::unit}; }
/// `n` hundredths: `percent(75)` is 0.75.
constexpr score percent(std::int64_t n) { return {n * (score::unit / 100)}; }
/// `n / d`, rounded towards zero; `d` is not 0. Needs |n / d| < 9.2e12.
constexpr score ratio(std::int64_t n, std::int64_t d) {
    constexpr std::int64_t narrow = 9'000'000'000'000; // so far 64 bits hold the intermediate
    if (-narrow < n && n < narrow) {
        return {n * score::unit / d};
    }
    __extension__ using wide = __int128;
    return {static_cast<std::int64_t>(static_cast<wide>(n) * score::unit / d)};
}

constexpr score clamp(score s, score low, score high) {
    return s < low ? low : high < s ? high : s;
}

} // namespace koc
