// SPDX-License-Identifier: BSL-1.0
#pragma once

// A level that follows a number period by period without flapping: it rises only after the number
// was high for several periods running, falls only after it was low for several, not soon after it
// rose, and has two bounds for each level, a higher one to reach it and a lower one to keep it.

#include <koc/core/contract.hpp>
#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/number/score.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace koc {

/// The bounds of one level above the lowest.
struct rung {
    score reach; ///< from it on a period counts towards this level
    score keep;  ///< below it a period counts against it; at most `reach`

    friend bool operator==(rung const&, rung const&) = default;
};
BOOST_DESCRIBE_STRUCT(rung, (), (reach, keep))

/// How a level moves; level 0 has no bounds, level n has `rungs[n - 1]`.
struct ladder {
    std::vector<rung> rungs;
    std::int64_t rise_after = 3; ///< periods running that reach the next level
    std::int64_t fall_after = 2; ///< periods running that do not keep the level (the grace)
    std::int64_t locked_for = 3; ///< periods after a rise that do not count against the level

    friend bool operator==(ladder const&, ladder const&) = default;
};
BOOST_DESCRIBE_STRUCT(ladder, (), (rungs, rise_after, fall_after, locked_for))

/// Where somebody stands on a ladder.
struct ladder_state {
    std::int64_t level = 0;
    std::int64_t rising = 0;  ///< periods running that reached the next level
    std::int64_t falling = 0; ///< periods running that did not keep this one
    std::int64_t locked = 0;  ///< periods that still do not count against this level

    friend bool operator==(ladder_state const&, ladder_state const&) = default;
};
BOOST_DESCRIBE_STRUCT(ladder_state, (), (level, rising, falling, locked))

/// Refused (`invalid_argument`) under `name`: bounds that fall from level to level, a bound to keep
/// above the one to reach, fewer than one period.
inline result<void> check(ladder const& way, std::string const& name) {
    auto const refuse = [&](std::string const& part, char const* expected) {
        return error{errc::invalid_argument, name + '.' + part, expected};
    };
    for (std::size_t i = 0; i < way.rungs.size(); ++i) {
        auto const which = "rungs[" + std::to_string(i) + ']';
        if (way.rungs[i].keep > way.rungs[i].reach) {
            return refuse(which, "expected a bound to keep that is at most the one to reach");
        }
        if (i != 0 && way.rungs[i].reach < way.rungs[i - 1].reach) {
            return refuse(which, "expected bounds to reach that rise from level to level");
        }
    }
    if (way.rise_after < 1) {
        return refuse("rise_after", "expected 1 period or more");
    }
    if (way.fall_after < 1) {
        return refuse("fall_after", "expected 1 period or more");
    }
    if (way.locked_for < 0) {
        return refuse("locked_for", "expected 0 periods or more");
    }
    return {};
}

/// The state after one more period in which the number was `value`. It moves by one level at most.
/// O(1).
constexpr ladder_state after_period(ladder_state at, score value, ladder const& way) {
    auto const top = static_cast<std::int64_t>(way.rungs.size());
    at.level = (std::min)(at.level, top); // where a ladder lost levels
    auto const bounds = [&](std::int64_t level) {
        return way.rungs[static_cast<std::size_t>(level - 1)];
    };
    auto const reaches = at.level < top && value >= bounds(at.level + 1).reach;
    auto const fails = at.level > 0 && at.locked == 0 && value < bounds(at.level).keep;
    at.rising = reaches ? at.rising + 1 : 0;
    at.falling = fails ? at.falling + 1 : 0;
    at.locked -= at.locked > 0 ? 1 : 0;
    if (at.rising >= way.rise_after) {
        return {at.level + 1, 0, 0, way.locked_for};
    }
    if (at.falling >= way.fall_after) {
        return {at.level - 1, 0, 0, 0};
    }
    return at;
}

} // namespace koc
