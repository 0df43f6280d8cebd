// SPDX-License-Identifier: BSL-1.0
#include <koc/core/zone.hpp>

#include "support/catch.hpp"

#include <rapidcheck.h>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace {

using koc::duration;
using koc::errc;
using koc::from_wall;
using koc::hours;
using koc::instant;
using koc::wall_at;
using koc::zone_rules;

instant at(std::string_view text) { return koc::from_iso8601(text).value(); }

constexpr koc::fixed_offset china{hours(8)};
constexpr zone_rules berlin{
    hours(1), koc::summer_time{hours(2), {3, 5, 0, hours(2)}, {10, 5, 0, hours(3)}}};
constexpr zone_rules new_york{
    hours(-5), koc::summer_time{hours(-4), {3, 2, 0, hours(2)}, {11, 1, 0, hours(2)}}};
constexpr zone_rules sydney{
    hours(10), koc::summer_time{hours(11), {10, 1, 0, hours(2)}, {4, 1, 0, hours(3)}}};

TEST_CASE("a clock on the wall shows its zone's time", "[core]") {
    struct row {
        char const* story;
        zone_rules where;
        char const* t;
        char const* wall;
    };
    for (auto const& [story, where, t, wall] : {
             row{"winter in Berlin", berlin, "2026-01-31T08:30:00Z", "2026-01-31T09:30:00Z"},
             row{"before the change", berlin, "2026-03-29T00:59:59Z", "2026-03-29T01:59:59Z"},
             row{"two becomes three", berlin, "2026-03-29T01:00:00Z", "2026-03-29T03:00:00Z"},
             row{"summer", berlin, "2026-10-25T00:59:59Z", "2026-10-25T02:59:59Z"},
             row{"three becomes two", berlin, "2026-10-25T01:00:00Z", "2026-10-25T02:00:00Z"},
             row{"New York springs forward", new_york, "2026-03-08T07:00:00Z",
                 "2026-03-08T03:00:00Z"},
             row{"and falls back", new_york, "2026-11-01T06:00:00Z", "2026-11-01T01:00:00Z"},
             row{"summer in Sydney", sydney, "2026-01-01T00:00:00Z", "2026-01-01T11:00:00Z"},
             row{"its last hour", sydney, "2026-04-04T15:59:59Z", "2026-04-05T02:59:59Z"},
             row{"winter in Sydney", sydney, "2026-04-04T16:00:00Z", "2026-04-05T02:00:00Z"},
             row{"and summer again", sydney, "2026-10-03T16:00:00Z", "2026-10-04T03:00:00Z"},
         }) {
        INFO(story);
        CHECK(koc::to_iso8601(wall_at(where, at(t))) == wall);
    }
    CHECK(wall_at(china, at("2026-01-31T20:00:00Z")) == at("2026-02-01T04:00:00Z"));
}

TEST_CASE(
    "a wall time that comes twice is the first, and one that is skipped is the jump", "[core]") {
    CHECK(from_wall(berlin, at("2026-10-25T02:30:00Z")) == at("2026-10-25T00:30:00Z"));
    CHECK(from_wall(berlin, at("2026-03-29T02:30:00Z")) == at("2026-03-29T01:00:00Z"));
    CHECK(from_wall(berlin, at("2026-03-29T03:00:00Z")) == at("2026-03-29T01:00:00Z"));
    CHECK(from_wall(sydney, at("2026-10-04T02:00:00Z")) == at("2026-10-03T16:00:00Z"));
    CHECK(from_wall(china, at("2026-02-01T04:00:00Z")) == at("2026-01-31T20:00:00Z"));
}

TEST_CASE("an instant and what the wall shows then lead to each other", "[core]") {
    CHECK(rc::check("in any of the zones", [] {
        auto const where = *rc::gen::element(berlin, new_york, sydney, zone_rules{hours(-11), {}});
        auto const t =
            instant{*rc::gen::inRange<std::int64_t>(1'500'000'000'000, 2'000'000'000'000)};
        auto const wall = wall_at(where, t);
        auto const back = from_wall(where, wall);
        RC_ASSERT(back <= t);
        RC_ASSERT(wall_at(where, back) == wall);
        RC_ASSERT(t - back <= hours(1)); // where an hour comes twice
        // The wall never shows this or more before.
        RC_ASSERT(wall_at(where, back - duration{1}) != wall);
    }));
}

TEST_CASE("a day begins at midnight, also before 1970", "[core]") {
    CHECK(koc::day_of(at("2026-01-31T23:59:59Z")) == at("2026-01-31"));
    CHECK(koc::day_of(instant{-1}) == at("1969-12-31"));
    CHECK(koc::day_of(at("2026-02-01")) == at("2026-02-01"));
}

TEST_CASE("rules that are none are refused by their part", "[core]") {
    CHECK(koc::check(berlin).has_value());
    CHECK(koc::check(sydney).has_value());
    CHECK(koc::check(zone_rules{hours(14), {}}).has_value());
    auto const refused = [](zone_rules const& rules, std::string_view part) {
        auto const checked = koc::check(rules);
        REQUIRE_FALSE(checked);
        CHECK(checked.error().code == errc::invalid_argument);
        CHECK(checked.error().subject == part);
    };
    refused({hours(27), {}}, "zone_rules.offset");
    auto wrong = berlin;
    wrong.summer->offset = hours(-27);
    refused(wrong, "zone_rules.summer.offset");
    wrong = berlin;
    wrong.summer->begins.month = 13;
    refused(wrong, "zone_rules.summer.begins");
    wrong = berlin;
    wrong.summer->ends.at = hours(24);
    refused(wrong, "zone_rules.summer.ends");
    wrong = berlin;
    wrong.summer->ends.month = 4;
    refused(wrong, "zone_rules.summer");
}

} // namespace
