// SPDX-License-Identifier: BSL-1.0
#pragma once

// The door for scores that a host computed in floating point, say in a model of its own. Behind it
// everything is whole millionths; what is no number, or too large for them, stays outside.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/number/score.hpp>

#include <cmath>
#include <cstdint>
#include <string>
#include <utility>

namespace koc {

/// The score nearest to `value`, halves away from zero. The same `value` gives the same score on
/// every platform.
///
/// Refused, naming `subject`: NaN, an infinity, or a number beyond 9,000,000,000,000 on either side
/// (`invalid_argument`).
inline result<score> score_from(double value, std::string subject = "score") {
    constexpr double limit = 9e12;
    auto const refuse = [&](char const* instead) {
        return error{errc::invalid_argument, std::move(subject),
            std::string{"expected a number between -9e12 and 9e12, not "} + instead +
                "; see to what the scorer divides by or takes the logarithm of"};
    };
    if (std::isnan(value)) {
        return refuse("NaN");
    }
    if (std::isinf(value)) {
        return refuse("an infinity");
    }
    if (value < -limit || value > limit) {
        return refuse("one that is larger");
    }
    return score{static_cast<std::int64_t>(std::round(value * score::unit))};
}

} // namespace koc
