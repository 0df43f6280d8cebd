// SPDX-License-Identifier: BSL-1.0
#pragma once

// Working days: Monday to Friday, but for the days that a calendar lists, which are holidays, or
// weekend days that are worked to make up for them. A calendar is data with a version, as the
// holidays of a year are announced only shortly before it.

#include <koc/core/error.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/result.hpp>
#include <koc/core/zone.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace koc {

enum class day_kind : std::uint8_t { holiday, working };
BOOST_DESCRIBE_ENUM(day_kind, holiday, working)

/// A day that is not what its weekday says.
struct listed_day {
    instant day; ///< see zone.hpp: the wall time of its midnight
    day_kind kind = day_kind::holiday;
    std::string name; ///< such as "Spring Festival"

    friend bool operator==(listed_day const&, listed_day const&) = default;
};
BOOST_DESCRIBE_STRUCT(listed_day, (), (day, kind, name))

/// Which days are worked.
struct working_calendar {
    std::int64_t version = 1;
    std::vector<listed_day> listed; ///< ascending

    friend bool operator==(working_calendar const&, working_calendar const&) = default;
};
BOOST_DESCRIBE_STRUCT(working_calendar, (), (version, listed))

/// Refused (`invalid_argument`), naming the entry: a version below 1, a day that is no midnight, a
/// day that does not come after the one before it.
inline result<void> check(working_calendar const& calendar) {
    auto const refuse = [](std::string subject, char const* expected) {
        return error{errc::invalid_argument, "working_calendar." + std::move(subject), expected};
    };
    if (calendar.version < 1) {
        return refuse("version", "expected 1 or more");
    }
    for (std::size_t i = 0; i < calendar.listed.size(); ++i) {
        auto const day = calendar.listed[i].day;
        auto const entry = "listed[" + std::to_string(i) + "].day";
        if (day != day_of(day)) {
            return refuse(entry, "expected the midnight of a day, such as 2026-02-17T00:00:00Z");
        }
        if (i != 0 && day <= calendar.listed[i - 1].day) {
            return refuse(entry, "expected each day once, the earlier ones first");
        }
    }
    return {};
}

/// Whether the day of a wall time is worked. O(log listed days).
inline bool is_working(working_calendar const& calendar, instant wall) {
    auto const day = day_of(wall);
    auto const at = std::lower_bound(calendar.listed.begin(), calendar.listed.end(), day,
        [](listed_day const& l, instant wanted) { return l.day < wanted; });
    if (at != calendar.listed.end() && at->day == day) {
        return at->kind == day_kind::working;
    }
    auto const weekday = detail::weekday_of(detail::day_of(day));
    return weekday != 0 && weekday != 6;
}

/// The day, as the wall time of its midnight, that is so many working days after the day of an
/// instant on the clocks of a zone: with 1, the next working day. With 0 or less, the day itself.
/// O(days * log listed days).
template <zone Z>
instant working_day_after(
    working_calendar const& calendar, Z const& where, instant t, std::int64_t count) {
    auto day = day_of(wall_at(where, t));
    for (; count > 0 && day + days(1) < instant_max; day = day + days(1)) {
        count -= is_working(calendar, day + days(1)) ? 1 : 0;
    }
    return day;
}

/// When that day has ended there. Ends at `instant_max`.
template <zone Z>
instant working_days_after(
    working_calendar const& calendar, Z const& where, instant t, std::int64_t count) {
    return from_wall(where, working_day_after(calendar, where, t, count) + days(1));
}

} // namespace koc
