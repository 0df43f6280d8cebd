// SPDX-License-Identifier: BSL-1.0
#include <koc/core/daily_hours.hpp>

#include <koc/core/civil.hpp>

#include "support/catch.hpp"

#include <string_view>

namespace {

using koc::daily_hours;
using koc::hours;
using koc::instant;
using koc::minutes;

constexpr daily_hours night{hours(22), hours(8)};
constexpr daily_hours noon{hours(12), hours(14)};
constexpr koc::fixed_offset china{hours(8)};
constexpr koc::zone_rules berlin{
    hours(1), koc::summer_time{hours(2), {3, 5, 0, hours(2)}, {10, 5, 0, hours(3)}}};

instant at(std::string_view text) { return koc::from_iso8601(text).value(); }

TEST_CASE("daily hours lie within a day or over midnight, and end at their last time", "[core]") {
    CHECK(contains(night, at("2026-01-05T22:00:00Z")));
    CHECK(contains(night, at("2026-01-06T00:00:00Z")));
    CHECK(contains(night, at("2026-01-06T07:59:59Z")));
    CHECK_FALSE(contains(night, at("2026-01-06T08:00:00Z")));
    CHECK_FALSE(contains(night, at("2026-01-06T21:59:59Z")));
    CHECK(contains(noon, at("1969-12-31T12:00:00Z")));
    CHECK_FALSE(contains(noon, at("1969-12-31T14:00:00Z")));
    CHECK_FALSE(contains({hours(9), hours(9)}, at("2026-01-06T09:00:00Z")));
    CHECK_FALSE(contains({}, at("2026-01-06T00:00:00Z")));
}

TEST_CASE("daily hours are over at their end on the zone's own clocks", "[core]") {
    auto const outside = [](daily_hours const& of, auto const& where, char const* t) {
        return koc::to_iso8601(first_outside(of, where, at(t)));
    };
    CHECK(outside(night, china, "2026-01-05T15:30:00Z") == "2026-01-06T00:00:00Z"); // 23:30
    CHECK(outside(night, china, "2026-01-05T23:59:59Z") == "2026-01-06T00:00:00Z"); // 07:59
    CHECK(outside(night, china, "2026-01-06T00:00:00Z") == "2026-01-06T00:00:00Z");
    CHECK(outside(noon, china, "2026-01-06T05:00:00Z") == "2026-01-06T06:00:00Z");
    CHECK(outside({}, china, "2026-01-05T15:30:00Z") == "2026-01-05T15:30:00Z");
    // The night in which clocks are set forward has an hour less, the other one an hour more.
    CHECK(outside(night, berlin, "2026-03-28T22:00:00Z") == "2026-03-29T06:00:00Z");
    CHECK(outside(night, berlin, "2026-10-24T21:00:00Z") == "2026-10-25T07:00:00Z");
    // A time that is skipped is over where the clocks jump, and one that comes twice twice.
    daily_hours const early{hours(1), hours(2) + minutes(30)};
    CHECK(outside(early, berlin, "2026-03-29T00:30:00Z") == "2026-03-29T01:00:00Z");
    CHECK(outside(early, berlin, "2026-10-24T23:30:00Z") == "2026-10-25T00:30:00Z");
    CHECK(outside(early, berlin, "2026-10-25T01:10:00Z") == "2026-10-25T01:30:00Z");
    CHECK(first_outside(night, china, koc::instant_max) <= koc::instant_max);
}

TEST_CASE("daily hours are times of day", "[core]") {
    CHECK(check(night));
    CHECK(check(daily_hours{}));
    for (auto const& wrong :
        {daily_hours{hours(-1), hours(8)}, daily_hours{hours(22), hours(24)}}) {
        auto const refused = check(wrong);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == koc::errc::invalid_argument);
        CHECK(refused.error().subject == "daily_hours");
    }
}

} // namespace
