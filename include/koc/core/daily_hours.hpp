// SPDX-License-Identifier: BSL-1.0
#pragma once

// The same hours of every day on the clocks of a zone, such as from ten in the evening to eight in
// the morning: whether an instant lies in them, and when they are over.

#include <koc/core/error.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/result.hpp>
#include <koc/core/zone.hpp>

#include <boost/describe/class.hpp>

namespace koc {

/// From one time of day to another, over midnight where `from` is the later one. There are no such
/// hours where both are equal.
struct daily_hours {
    duration from; ///< after midnight, below 24 hours
    duration to;   ///< after midnight, below 24 hours; the first instant outside

    [[nodiscard]] constexpr bool empty() const { return from == to; }
    friend bool operator==(daily_hours const&, daily_hours const&) = default;
};
BOOST_DESCRIBE_STRUCT(daily_hours, (), (from, to))

/// Refused (`invalid_argument`): what is no time of day.
inline result<void> check(daily_hours const& hours) {
    for (auto const time : {hours.from, hours.to}) {
        if (time < duration{} || time >= days(1)) {
            return error{errc::invalid_argument, "daily_hours",
                "expected times from 0 hours after midnight to below 24; equal ones for none"};
        }
    }
    return {};
}

/// Whether a wall time (see zone.hpp) lies in the hours. O(1).
constexpr bool contains(daily_hours const& hours, instant wall) {
    auto const time = wall - day_of(wall);
    return hours.from <= hours.to ? hours.from <= time && time < hours.to
                                  : hours.from <= time || time < hours.to;
}

/// The first instant from `t` on at which the clocks of a zone show a time outside the hours. O(1)
/// but where the clocks skip that time, see `from_wall`.
template <zone Z>
constexpr instant first_outside(daily_hours const& hours, Z const& where, instant t) {
    auto const wall = wall_at(where, t);
    if (hours.empty() || !contains(hours, wall)) {
        return t;
    }
    auto const today = day_of(wall) + hours.to;
    auto const end = today > wall ? today : today + days(1);
    // Where clocks were set back, the first instant that shows the end may have passed.
    auto const until = from_wall(where, end);
    return until > t ? until : t + (end - wall);
}

} // namespace koc
