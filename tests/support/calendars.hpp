// SPDX-License-Identifier: BSL-1.0
#pragma once

// Zones and the real calendar of working days, for tests of deadlines.

#include <koc/core/civil.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/working_days.hpp>
#include <koc/core/zone.hpp>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>

namespace koc_test {

constexpr koc::zone_rules china{koc::hours(8), {}};
constexpr koc::zone_rules berlin{koc::hours(1),
    koc::summer_time{koc::hours(2), {3, 5, 0, koc::hours(2)}, {10, 5, 0, koc::hours(3)}}};

/// An instant, such as `2026-02-14` or `2026-02-14T08:00:00Z`.
inline koc::instant utc(std::string_view text) { return koc::from_iso8601(text).value(); }

/// The calendar that was announced in China for the years from 2015 on. It is no part of the
/// project: without it, which is where KOC_REAL_DATA has no working_days/china.csv, no day is
/// listed.
inline koc::working_calendar announced_calendar() {
    auto const* data = std::getenv("KOC_REAL_DATA");
    std::ifstream file{std::string{data == nullptr ? "" : data} + "/working_days/china.csv"};
    koc::working_calendar made;
    std::string line;
    std::getline(file, line);
    while (std::getline(file, line)) {
        std::istringstream fields{line};
        std::string day;
        std::string kind;
        std::string name;
        std::getline(fields, day, ',');
        std::getline(fields, kind, ',');
        std::getline(fields, name);
        made.listed.push_back(
            {utc(day), kind == "working" ? koc::day_kind::working : koc::day_kind::holiday, name});
    }
    return made;
}

} // namespace koc_test
