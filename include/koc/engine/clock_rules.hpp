// SPDX-License-Identifier: BSL-1.0
#pragma once

// Rules of the engine itself: how far a host's clock may be off, and how long request ids are
// known.

#include <koc/core/error.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/result.hpp>

#include <boost/describe/class.hpp>

namespace koc {

struct clock_rules {
    duration behind_max =
        minutes(10); ///< how far a command's instant may be before the last event that was known
                     ///< when it arrived; it is then recorded at the last event's
    duration ahead_max =
        days(400); ///< how far it may be ahead of the last event, unless that is asked for
    duration requests_kept = days(400); ///< how long after its event a request id is known
};
BOOST_DESCRIBE_STRUCT(clock_rules, (), (behind_max, ahead_max, requests_kept))

inline result<void> check(clock_rules const& rules) {
    if (rules.behind_max < duration{} || rules.ahead_max <= duration{} ||
        rules.requests_kept < duration{}) {
        return error{errc::invalid_argument, "clock_rules",
            "expected spans of 0 or more, and ahead_max above 0; correct the negative one"};
    }
    return {};
}

} // namespace koc
