// SPDX-License-Identifier: BSL-1.0
#pragma once

// Time zones as values: where a clock on the wall stands at an instant, and when it stands
// somewhere. A zone's rules are data that a programme records, because a database of zones that is
// updated would change what was decided.
//
// A wall time is written as the instant at which a clock in UTC would show it: half past eight in
// the morning of 31 January 2026, wherever that is, is `2026-01-31T08:30:00Z`. A day is the wall
// time of its midnight.

#include <koc/core/civil.hpp>
#include <koc/core/error.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/result.hpp>

#include <boost/describe/class.hpp>

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace koc {

/// A zone says how far its clocks are ahead of UTC.
///
/// Requirements:
///   1. `z.offset_at(t)` is a duration between -26 and 26 hours, the same whenever it is asked.
///   2. It changes at most once within any three days.
///
/// Models: `fixed_offset`, `zone_rules`.
template <typename Z>
concept zone = requires(Z const& z, instant t) {
    { z.offset_at(t) } -> std::same_as<duration>;
};

/// A zone whose clocks are never changed.
struct fixed_offset {
    duration offset; ///< ahead of UTC: 8 hours in China

    [[nodiscard]] constexpr duration offset_at(instant) const { return offset; }
    friend bool operator==(fixed_offset const&, fixed_offset const&) = default;
};
BOOST_DESCRIBE_STRUCT(fixed_offset, (), (offset))

/// A moment of each year: such as the last Sunday of March at two.
struct yearly_moment {
    std::int32_t month = 1;   ///< 1 to 12
    std::int32_t week = 1;    ///< 1 to 4: which of the month; 5: the last one
    std::int32_t weekday = 0; ///< 0 to 6, from Sunday
    duration at;              ///< on the clock before the change, after midnight, below 24 hours

    friend bool operator==(yearly_moment const&, yearly_moment const&) = default;
};
BOOST_DESCRIBE_STRUCT(yearly_moment, (), (month, week, weekday, at))

/// The part of a year in which clocks are set otherwise.
struct summer_time {
    duration offset; ///< ahead of UTC
    yearly_moment begins;
    yearly_moment ends; ///< earlier in the year than `begins` south of the equator

    friend bool operator==(summer_time const&, summer_time const&) = default;
};
BOOST_DESCRIBE_STRUCT(summer_time, (), (offset, begins, ends))

namespace detail {

inline constexpr std::int64_t day_ms = 86'400'000;

/// The day, counted from 1970-01-01, that a wall time is in.
constexpr std::int64_t day_of(instant wall) {
    return wall.ms / day_ms - (wall.ms % day_ms < 0 ? 1 : 0);
}
/// From 0 to 6, from Sunday; 1970-01-01 was a Thursday.
constexpr std::int64_t weekday_of(std::int64_t day) { return ((day + 4) % 7 + 7) % 7; }

/// The wall time of a moment in a year.
constexpr instant moment_in(std::int64_t year, yearly_moment const& moment) {
    auto const first = days_to({year, moment.month, 1});
    auto const next =
        moment.month == 12 ? days_to({year + 1, 1, 1}) : days_to({year, moment.month + 1, 1});
    auto day = first + (moment.weekday - weekday_of(first) + 7) % 7 + 7 * (moment.week - 1);
    while (day >= next) {
        day -= 7;
    }
    return instant{day * day_ms} + moment.at;
}

} // namespace detail

/// A zone by a rule that is the same every year, as POSIX writes it (IEEE Std 1003.1, TZ): an
/// offset, and perhaps a summer time.
struct zone_rules {
    duration offset; ///< ahead of UTC, outside of the summer time
    std::optional<summer_time> summer;

    [[nodiscard]] constexpr duration offset_at(instant t) const {
        if (!summer) {
            return offset;
        }
        auto const year = detail::date_at(detail::day_of(t + offset)).year;
        auto const begins = detail::moment_in(year, summer->begins) - offset;
        auto const ends = detail::moment_in(year, summer->ends) - summer->offset;
        auto const in_summer = begins < ends ? begins <= t && t < ends : t < ends || begins <= t;
        return in_summer ? summer->offset : offset;
    }
    friend bool operator==(zone_rules const&, zone_rules const&) = default;
};
BOOST_DESCRIBE_STRUCT(zone_rules, (), (offset, summer))

/// Whether rules can be asked. Refused (`invalid_argument`): an offset of more than 26 hours, a
/// month, week, weekday or time of day that there is not, a summer time whose beginning and end are
/// in one month or in neighbouring ones.
inline result<void> check(zone_rules const& rules) {
    auto const refuse = [](std::string part, char const* expected) {
        return error{errc::invalid_argument, "zone_rules." + std::move(part), expected};
    };
    auto const offset_is_good = [](duration d) { return hours(-26) <= d && d <= hours(26); };
    constexpr auto offsets = "expected from -26 to 26 hours ahead of UTC";
    if (!offset_is_good(rules.offset)) {
        return refuse("offset", offsets);
    }
    if (!rules.summer) {
        return {};
    }
    if (!offset_is_good(rules.summer->offset)) {
        return refuse("summer.offset", offsets);
    }
    for (auto const& [name, moment] :
        {std::pair{"begins", rules.summer->begins}, std::pair{"ends", rules.summer->ends}}) {
        if (moment.month < 1 || moment.month > 12 || moment.week < 1 || moment.week > 5 ||
            moment.weekday < 0 || moment.weekday > 6 || moment.at < duration{} ||
            moment.at >= days(1)) {
            return refuse("summer." + std::string{name},
                "expected a month from 1 to 12, a week from 1 to 5, a weekday from 0 to 6 and a "
                "time of day");
        }
    }
    auto const apart = (rules.summer->begins.month - rules.summer->ends.month + 12) % 12;
    if (apart < 2 || apart > 10) {
        return refuse("summer", "expected a month at least between its beginning and its end");
    }
    return {};
}

/// What the clocks of a zone show. O(1).
template <zone Z>
constexpr instant wall_at(Z const& where, instant t) {
    return t + where.offset_at(t);
}

/// The first instant at which the clocks of a zone show a wall time or, where they skip it, at
/// which they jump over it. O(1); O(log of the milliseconds) where they skip it.
template <zone Z>
constexpr instant from_wall(Z const& where, instant wall) {
    auto const before = where.offset_at(wall - hours(27));
    auto const after = where.offset_at(wall + hours(27));
    for (auto const offset :
        {(before > after ? before : after), (before > after ? after : before)}) {
        if (auto const t = wall - offset; where.offset_at(t) == offset) {
            return t; // the larger offset is the earlier instant
        }
    }
    auto low = wall - (before > after ? before : after); // before the jump
    auto high = wall - (before > after ? after : before);
    while (high - low > duration{1}) {
        auto const middle = instant{low.ms + (high.ms - low.ms) / 2};
        (where.offset_at(middle) == before ? low : high) = middle;
    }
    return high;
}

/// The midnight that a wall time's day begins with.
constexpr instant day_of(instant wall) { return {detail::day_of(wall) * detail::day_ms}; }

} // namespace koc
