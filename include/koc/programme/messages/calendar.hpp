// SPDX-License-Identifier: BSL-1.0
#pragma once

// Rules of the calendar: the programme's own clocks and its working days, as data.

#include <koc/core/result.hpp>
#include <koc/core/try.hpp>
#include <koc/core/working_days.hpp>
#include <koc/core/zone.hpp>

#include <boost/describe/class.hpp>

namespace koc {

/// Where the programme's clocks stand, and which days it works. Deadlines that were given before
/// others are adopted stay as they were given.
struct calendar_rules {
    zone_rules zone;          ///< also of every member who has set no other; UTC by default
    working_calendar working; ///< Monday to Friday by default; other days need a higher version
};
BOOST_DESCRIBE_STRUCT(calendar_rules, (), (zone, working))

inline result<void> check(calendar_rules const& rules) {
    KOC_TRY(check(rules.zone));
    return check(rules.working);
}

} // namespace koc
