// SPDX-License-Identifier: BSL-1.0
#include <koc/core/civil.hpp>

#include "support/catch.hpp"

#include <rapidcheck.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>

namespace {

TEST_CASE("an instant is written as people and files write it", "[core]") {
    std::array const cases{
        std::pair{koc::instant{0}, "1970-01-01T00:00:00Z"},
        std::pair{koc::instant{1}, "1970-01-01T00:00:00.001Z"},
        std::pair{koc::instant{-1}, "1969-12-31T23:59:59.999Z"},
        std::pair{koc::instant{120}, "1970-01-01T00:00:00.120Z"},
        std::pair{koc::instant{951'782'400'000}, "2000-02-29T00:00:00Z"},
        std::pair{koc::instant{1'769'848'200'000}, "2026-01-31T08:30:00Z"},
        std::pair{koc::instant_min, "0000-01-01T00:00:00Z"},
        std::pair{koc::instant_max, "9999-12-31T23:59:59.999Z"},
    };
    for (auto const& [t, text] : cases) {
        CHECK(koc::to_iso8601(t) == text);
        REQUIRE(koc::from_iso8601(text));
        CHECK(*koc::from_iso8601(text) == t);
    }
}

TEST_CASE("every day has the date that std::chrono gives it", "[core]") {
    using namespace std::chrono;
    bool same = true;
    // All days of the years 0 to 9999 and some beyond, whose dates are written all the same.
    for (std::int64_t day = -900'000; day <= 3'000'000; ++day) {
        year_month_day const wanted{sys_days{std::chrono::days{static_cast<int>(day)}}};
        auto const found = koc::detail::date_at(day);
        same = same && found.year == static_cast<int>(wanted.year()) &&
            found.month == static_cast<unsigned>(wanted.month()) &&
            found.day == static_cast<unsigned>(wanted.day()) && koc::detail::days_to(found) == day;
    }
    CHECK(same);
}

TEST_CASE("any instant is written, even one outside of the calendar", "[core]") {
    constexpr auto limit = std::numeric_limits<std::int64_t>::max();
    CHECK(koc::to_iso8601({limit}) == "292278994-08-17T07:12:55.807Z");
    CHECK(koc::to_iso8601({-limit - 1}) == "-292275055-05-16T16:47:04.192Z");
}

TEST_CASE("a date may stand without time, and a time has a zone", "[core]") {
    constexpr koc::instant midnight{1'769'817'600'000};
    std::array const cases{
        std::pair{"2026-01-31", koc::duration{}},
        std::pair{"2026-01-31 08:30:00Z", koc::hours(8) + koc::minutes(30)},
        std::pair{"2026-01-31T08:30:00Z", koc::hours(8) + koc::minutes(30)},
        std::pair{"2026-01-31T08:30:00+00:00", koc::hours(8) + koc::minutes(30)},
        std::pair{"2026-01-31T08:30:00-00:00", koc::hours(8) + koc::minutes(30)},
        std::pair{"2026-01-31T08:30:00+08:00", koc::minutes(30)},
        std::pair{"2026-01-31T05:00:00.007-03:30", koc::minutes(510) + koc::duration{7}},
        std::pair{"2026-02-01T07:59:59+08:00", koc::days(1) - koc::seconds(1)},
        std::pair{"2026-01-30T20:30:00-03:30", koc::duration{}},
        std::pair{"2026-01-31T23:59:59.999Z", koc::days(1) - koc::duration{1}},
        std::pair{"2026-01-31 00:00:00.001Z", koc::duration{1}},
    };
    for (auto const& [text, of_day] : cases) {
        CAPTURE(text);
        REQUIRE(koc::from_iso8601(text));
        CHECK(koc::from_iso8601(text)->ms == (midnight + of_day).ms);
    }
}

TEST_CASE("a time without a zone is refused, and the sentence says so", "[core]") {
    for (auto const* text :
        {"2026-11-02T09:00:00", "2026-11-02 09:00:00", "2026-11-02T09:00:00.250"}) {
        CAPTURE(text);
        auto const refused = koc::from_iso8601(text);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == koc::errc::invalid_argument);
        CHECK(refused.error().expected ==
            "expected a time with its zone, and the zone is missing; append Z for UTC or the "
            "distance from it, such as +08:00");
    }
    auto const too_late = koc::from_iso8601("9999-12-31T23:59:59-00:01");
    REQUIRE_FALSE(too_late);
    CHECK(too_late.error().expected == "expected an instant between the years 0 and 9999");
    CHECK_FALSE(koc::from_iso8601("0000-01-01T00:00:00+00:01"));
}

TEST_CASE("what is no instant of the calendar is refused", "[core]") {
    for (auto const* text : {
             "",
             "2",
             "2026",
             "2026-01",
             "2026-01-",
             "2026-01-3",
             "26-01-31",
             "2026/01/31",
             "2026-01-31T",
             "2026-01-31Z",
             "2026-01-31T08",
             "2026-01-31T08:30",
             "2026-01-31T08:30Z",
             "2026-00-10",
             "2026-13-10",
             "2026-01-00",
             "2026-01-32",
             "2026-02-29",
             "1900-02-29",
             "2026-04-31",
             "2026-01-31T24:00:00Z",
             "2026-01-31T08:60:00Z",
             "2026-01-31T08:30:60Z",
             "2026-01-31t08:30:00Z",
             "2026-01-31T08:30:00z",
             "2026-01-31T08-30-00Z",
             "2026-01-31T08:30:00.Z",
             "2026-01-31T08:30:00.1Z",
             "2026-01-31T08:30:00.1234Z",
             "2026-01-31T08:30:00,123Z",
             "2026-01-31T08:30:00ZZ",
             "2026-01-31T08:30:00+0800",
             "2026-01-31T08:30:00+08",
             "2026-01-31T08:30:00+8:00",
             "2026-01-31T08:30:00+24:00",
             "2026-01-31T08:30:00+08:60",
             "2026-01-31T08:30:00+08:00Z",
             "2026-01-31T08:30:00 +08:00",
             "2026-01-31T08:30:00CET",
             "2026-01-31+08:00",
             " 2026-01-31",
             "2026-01-31 ",
             "+026-01-31",
             "-026-01-31",
             "2026-1a-31",
             "2026-01-31T0 :30:00Z",
             "2\xef\xbc\x90"
             "26-01-31",
         }) {
        CAPTURE(text);
        CHECK_FALSE(koc::from_iso8601(text));
    }
}

TEST_CASE("the same date comes again a year later, whatever leap days lie between", "[core]") {
    auto const at = [](char const* text) { return *koc::from_iso8601(text); };
    CHECK(koc::years_after(at("2026-01-05T08:00:00Z"), 1) == at("2027-01-05T08:00:00Z"));
    CHECK(koc::years_after(at("2027-06-01T00:00:00Z"), 1) == at("2028-06-01T00:00:00Z"));
    CHECK(koc::years_after(at("2028-02-29T12:00:00Z"), 1) == at("2029-03-01T12:00:00Z"));
    CHECK(koc::years_after(at("2028-02-29T12:00:00Z"), 4) == at("2032-02-29T12:00:00Z"));
    CHECK(koc::years_after(at("1969-12-31T23:59:59Z"), 1) == at("1970-12-31T23:59:59Z"));
}

TEST_CASE("every instant of the calendar survives being written and read", "[core]") {
    CHECK(rc::check("from_iso8601 reads what to_iso8601 writes, and later is not less", [] {
        auto const any = rc::gen::inRange(koc::instant_min.ms, koc::instant_max.ms + 1);
        koc::instant const t{*any};
        koc::instant const whole_second{t.ms - (t.ms % 1000 + 1000) % 1000};
        RC_ASSERT(*koc::from_iso8601(koc::to_iso8601(t)) == t);
        RC_ASSERT(koc::to_iso8601(whole_second).size() == 20U);
        koc::instant const next{whole_second.ms + 1000};
        RC_PRE(next <= koc::instant_max);
        RC_ASSERT(koc::to_iso8601(whole_second) < koc::to_iso8601(next));
    }));
}

TEST_CASE("what is read as it is written is what any spelling is read as", "[core]") {
    for (std::string const text : {"2026-01-31T08:30:00Z", "2024-02-29T23:59:59.999Z",
             "0000-12-31T00:00:00.001Z", "9999-02-28T19:00:09Z"}) {
        koc::instant read;
        CHECK(koc::detail::read_iso8601(text, read));
        CHECK(koc::to_iso8601(read) == text);
        // Any other character anywhere, also one that makes a date of no calendar.
        for (std::size_t at = 0; at < text.size(); ++at) {
            for (int other = 0; other < 256; ++other) {
                auto changed = text;
                changed[at] = static_cast<char>(other);
                auto const wanted = koc::from_iso8601(changed);
                if (koc::detail::read_iso8601(changed, read)) {
                    REQUIRE(wanted.has_value());
                    REQUIRE(read == *wanted);
                } else { // only what is spelled in another way
                    REQUIRE((!wanted || koc::to_iso8601(*wanted) != changed));
                }
            }
        }
        for (std::size_t size = 0; size < text.size(); ++size) {
            CHECK_FALSE(koc::detail::read_iso8601(text.substr(0, size), read));
        }
    }
}

} // namespace
