// SPDX-License-Identifier: BSL-1.0
#include <koc/core/working_days.hpp>

#include "support/calendars.hpp"
#include "support/catch.hpp"

#include <string>
#include <string_view>

namespace {

using koc::day_kind;
using koc::hours;
using koc::is_working;
using koc::working_calendar;
using koc::working_days_after;
using koc_test::berlin;
using koc_test::utc;

constexpr koc::fixed_offset china{hours(8)};

/// A week off, with the Saturday before and the Sunday after it made up for.
working_calendar autumn() {
    working_calendar made;
    made.listed.push_back({utc("2026-09-26"), day_kind::working, "National Day"});
    for (auto const* day : {"2026-10-01", "2026-10-02", "2026-10-05", "2026-10-06", "2026-10-07"}) {
        made.listed.push_back({utc(day), day_kind::holiday, "National Day"});
    }
    made.listed.push_back({utc("2026-10-11"), day_kind::working, "National Day"});
    return made;
}

TEST_CASE("Monday to Friday are worked, but for what is listed", "[core]") {
    working_calendar const plain;
    CHECK(is_working(plain, utc("2026-09-25T23:59:59Z")));
    CHECK_FALSE(is_working(plain, utc("2026-09-26")));
    CHECK_FALSE(is_working(plain, utc("2026-09-27")));
    CHECK(is_working(plain, utc("1969-12-31"))); // a Wednesday
    auto const china_2026 = autumn();
    CHECK(is_working(china_2026, utc("2026-09-26T12:00:00Z")));
    CHECK_FALSE(is_working(china_2026, utc("2026-10-01T12:00:00Z")));
    CHECK(is_working(china_2026, utc("2026-10-11")));
    CHECK_FALSE(is_working(china_2026, utc("2026-10-10")));
}

TEST_CASE("working days are counted from the next day, on the zone's clocks", "[core]") {
    auto const calendar = autumn();
    auto const after = [&](char const* t, std::int64_t count) {
        return koc::to_iso8601(working_days_after(calendar, china, utc(t), count));
    };
    // Wednesday, 30 September, in the evening in China: the first working day after is the 8th.
    CHECK(after("2026-09-30T11:00:00Z", 1) == "2026-10-08T16:00:00Z");
    CHECK(after("2026-09-30T11:00:00Z", 2) == "2026-10-09T16:00:00Z");
    CHECK(after("2026-09-30T11:00:00Z", 3) == "2026-10-11T16:00:00Z"); // the Sunday made up for
    CHECK(after("2026-09-30T11:00:00Z", 0) == "2026-09-30T16:00:00Z");
    // After midnight there it is the first of October already.
    CHECK(after("2026-09-30T16:00:00Z", 1) == "2026-10-08T16:00:00Z");
    CHECK(after("2026-09-25T10:00:00Z", 1) == "2026-09-26T16:00:00Z"); // Saturday is worked
    // A day in which the clocks are changed ends at its own midnight.
    CHECK(koc::to_iso8601(working_days_after({}, berlin, utc("2026-10-23T12:00:00Z"), 1)) ==
        "2026-10-26T23:00:00Z");
    CHECK(working_days_after({}, china, koc::instant_max, 5) <= koc::instant_max);
}

TEST_CASE("a calendar that cannot be asked is refused by its entry", "[core]") {
    CHECK(koc::check(autumn()).has_value());
    auto const refused = [](working_calendar const& calendar, std::string_view entry) {
        auto const checked = koc::check(calendar);
        REQUIRE_FALSE(checked);
        CHECK(checked.error().subject == entry);
    };
    auto wrong = autumn();
    wrong.version = 0;
    refused(wrong, "working_calendar.version");
    wrong = autumn();
    wrong.listed[2].day = wrong.listed[2].day + hours(1);
    refused(wrong, "working_calendar.listed[2].day");
    wrong = autumn();
    wrong.listed[3].day = wrong.listed[2].day;
    refused(wrong, "working_calendar.listed[3].day");
}

// The real calendar is used where it is there; it is no part of the project.
TEST_CASE("ten years of a real calendar have the working days that were announced", "[core]") {
    auto const calendar = koc_test::announced_calendar();
    if (calendar.listed.empty()) {
        WARN("KOC_REAL_DATA is not set, or has no working_days/china.csv");
        return;
    }
    REQUIRE(calendar.listed.size() > 300);
    REQUIRE(koc::check(calendar).has_value());
    auto const worked_in = [&](int year) {
        auto const first = utc(std::to_string(year) + "-01-01");
        auto const next = utc(std::to_string(year + 1) + "-01-01");
        int sum = 0;
        for (auto day = first; day < next; day = day + koc::days(1)) {
            sum += is_working(calendar, day) ? 1 : 0;
        }
        return sum;
    };
    CHECK(worked_in(2019) == 250);
    CHECK(worked_in(2021) == 250);
    CHECK(worked_in(2023) == 249);
    CHECK(worked_in(2025) == 248);
    // The Spring Festival of 2024: the 10th to the 17th of February, and the 18th is worked.
    CHECK(koc::to_iso8601(working_days_after(calendar, china, utc("2024-02-09T08:00:00Z"), 1)) ==
        "2024-02-18T16:00:00Z");
}

} // namespace
