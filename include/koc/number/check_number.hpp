// SPDX-License-Identifier: BSL-1.0
#pragma once

// Whether numbers of rules and events lie within what may be said, as a refusal that names them.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/number/score.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace koc {

/// Refuses a number that is not from `least` to `most`; `about` names it. O(1).
inline result<void> check_between(
    std::string_view about, std::int64_t value, std::int64_t least, std::int64_t most) {
    if (least <= value && value <= most) {
        return {};
    }
    return error{errc::invalid_argument, std::string{about},
        "expected from " + std::to_string(least) + " to " + std::to_string(most)};
}

/// Refuses a score that is not from 0 to 1. O(1).
inline result<void> check_share(std::string_view about, score value) {
    if (score{} <= value && value <= whole(1)) {
        return {};
    }
    return error{errc::invalid_argument, std::string{about}, "expected from 0 to 1"};
}

} // namespace koc
