// SPDX-License-Identifier: BSL-1.0
#pragma once

// Scores from a host that computed them in floating point, say in a model of its own. From here on
// everything is whole millionths; what is no number, or too large for them, is refused.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/number/score.hpp>

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>

namespace koc {

/// The score nearest to `value`, halves away from zero. The same `value` gives the same score on
/// every platform.
///
/// A compiler that was told that there is no NaN (`-ffast-math`) drops every comparison that looks
/// for one, so the bits are compared instead; and they come by reference, as it takes an argument
/// by value for a finite number too.
///
/// Refused, naming `subject`: NaN, an infinity, or a number beyond 9,000,000,000,000 on either side
/// (`invalid_argument`).
inline result<score> score_from(double const& value, std::string subject = "score") {
    constexpr double limit = 9e12;
    auto const refuse = [&](char const* instead) {
        return error{errc::invalid_argument, std::move(subject),
            std::string{"expected a number between -9e12 and 9e12, not "} + instead +
                "; see to what the scorer divides by or takes the logarithm of"};
    };
    static_assert(sizeof(double) == sizeof(std::uint64_t) && std::numeric_limits<double>::is_iec559,
        "koc: score_from reads the bits of a double as IEEE 754 lays them out");
    // Without the sign, larger numbers have larger bits, then comes infinity, then every NaN.
    auto const magnitude = std::bit_cast<std::uint64_t>(value) & ~(std::uint64_t{1} << 63U);
    constexpr auto infinity = std::uint64_t{0x7FF} << 52U;
    if (magnitude > infinity) {
        return refuse("NaN");
    }
    if (magnitude == infinity) {
        return refuse("an infinity");
    }
    if (magnitude > std::bit_cast<std::uint64_t>(limit)) {
        return refuse("one that is larger");
    }
    return score{static_cast<std::int64_t>(std::round(value * score::unit))};
}

} // namespace koc
