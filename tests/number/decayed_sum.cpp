// SPDX-License-Identifier: BSL-1.0
#include <koc/core/civil.hpp>
#include <koc/number/decayed_sum.hpp>

#include "support/catch.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

namespace {

constexpr koc::half_life month{koc::days(30)};
constexpr koc::instant start{1'700'000'000'000};

struct observation {
    koc::instant at;
    koc::score worth;
};

koc::decayed_sum sum_of(koc::half_life const& fade, std::vector<observation> const& all) {
    koc::decayed_sum sum;
    for (auto const& each : all) {
        sum.add(fade, each.at, each.worth);
    }
    return sum;
}

/// The same in floating point, from the definition; in raw millionths.
long double truth(koc::half_life const& fade, std::vector<observation> const& all, koc::instant t) {
    long double sum = 0;
    for (auto const& each : all) {
        auto const lives =
            static_cast<long double>((t - each.at).ms) / static_cast<long double>(fade.span().ms);
        sum += static_cast<long double>(each.worth.raw) * std::exp2(-lives);
    }
    return sum;
}

TEST_CASE("an observation counts half after each half-life", "[core]") {
    constexpr auto observed = [] {
        koc::decayed_sum sum;
        sum.add(month, koc::instant{}, koc::whole(8));
        return sum;
    }();
    STATIC_REQUIRE(observed.at(month, koc::instant{}) == koc::whole(8));
    STATIC_REQUIRE(observed.at(month, koc::instant{} + koc::days(30)) == koc::whole(4));
    STATIC_REQUIRE(observed.at(month, koc::instant{} + koc::days(60)) == koc::whole(2));
    STATIC_REQUIRE(observed.at(month, koc::instant{} + koc::days(240)) == koc::ratio(1, 32));
    STATIC_REQUIRE(observed.at(month, koc::instant{} + koc::days(36'500)) == koc::score{});
    STATIC_REQUIRE(koc::decayed_sum{}.at(month, start) == koc::score{});
    STATIC_REQUIRE(sizeof(koc::decayed_sum) == 16);
}

TEST_CASE("with a half-life of for ever nothing fades", "[core]") {
    static constexpr koc::half_life never{koc::for_ever};
    constexpr auto kept = [] {
        koc::decayed_sum sum;
        sum.add(never, koc::instant_min, koc::whole(8));
        return sum;
    }();
    CHECK(kept.at(never, koc::instant_min).raw >= koc::whole(8).raw - 1'000);
    CHECK(kept.at(never, koc::instant_max).raw >= koc::whole(8).raw - 1'000);
}

TEST_CASE("a late observation counts as if it had come in time", "[core]") {
    observation const first{start, koc::whole(5)};
    observation const second{start + koc::days(90), koc::whole(3)};
    auto const in_time = sum_of(month, {first, second});
    auto const late = sum_of(month, {second, first});
    auto const then = start + koc::days(100);
    CHECK(std::abs(in_time.at(month, then).raw - late.at(month, then).raw) <= 1);
}

TEST_CASE("a sum follows the definition for any observations", "[core]") {
    CHECK(rc::check("within a millionth of the sum and two of the smallest unit", [] {
        koc::half_life const fade{{*rc::gen::inRange<std::int64_t>(1, koc::days(1000).ms)}};
        auto const span = std::min(fade.span().ms * 40, koc::days(10'000).ms);
        std::vector<observation> all;
        auto latest = start;
        for (auto const worth : *rc::gen::container<std::vector<std::int64_t>>(
                 rc::gen::inRange<std::int64_t>(0, 1'000'000'000))) {
            auto const at = start + koc::duration{*rc::gen::inRange<std::int64_t>(0, span)};
            all.push_back({at, {worth}});
            latest = std::max(latest, all.back().at);
        }
        auto const sum = sum_of(fade, all);
        auto const asked = latest + koc::duration{*rc::gen::inRange<std::int64_t>(0, span)};
        auto const expected = truth(fade, all, asked);
        auto const got = static_cast<long double>(sum.at(fade, asked).raw);
        RC_ASSERT(std::abs(got - expected) <= expected * 1e-6L + 2);
        RC_ASSERT(sum.at(fade, asked) <= sum.at(fade, latest));
    }));
}

TEST_CASE("a sum neither overflows nor depends on how far apart the years are", "[core]") {
    koc::decayed_sum sum;
    sum.add(month, koc::instant_min, koc::whole(7));
    sum.add(month, koc::instant_max, koc::whole(1));
    CHECK(sum.at(month, koc::instant_max).raw >= koc::whole(1).raw - 2);
    CHECK(sum.at(month, koc::instant_max) <= koc::whole(1));

    koc::half_life const moment{koc::duration{1}};
    koc::decayed_sum brief;
    brief.add(moment, koc::instant_max - koc::duration{1}, koc::whole(6));
    CHECK(brief.at(moment, koc::instant_max) == koc::whole(3));

    koc::score const most{std::numeric_limits<std::int64_t>::max()};
    koc::decayed_sum full;
    full.add(month, start, most);
    auto const held = full.at(month, start);
    CHECK(held > koc::whole(35'000'000));
    full.add(month, start, most);
    CHECK(full.at(month, start) == held);
}

TEST_CASE("an age can be computed once for many sums", "[core]") {
    auto const now = month.at(start + koc::days(11));
    for (std::int64_t worth = 1; worth < 1000; worth += 37) {
        auto const sum = sum_of(month, {{start, koc::whole(worth)}});
        CHECK(sum.at(now) == sum.at(month, start + koc::days(11)));
    }
}

TEST_CASE("a decayed sum is the same number everywhere", "[core]") {
    auto const sum = sum_of(month,
        {{start, koc::whole(5)}, {start + koc::days(17), koc::percent(75)},
            {start + koc::days(91), koc::score{1}}, {start + koc::days(3), koc::whole(2)}});
    CHECK(sum.at(month, start + koc::days(100)).raw == 818938);
}

TEST_CASE("what is taken away leaves what the rest alone would be", "[number]") {
    CHECK(rc::check([] {
        auto const worth = [] {
            return koc::score{*rc::gen::inRange<std::int64_t>(0, 10 * koc::score::unit)};
        };
        auto const age = [] { return koc::days(*rc::gen::inRange(0, 200)); };
        observation const kept{start - age(), worth()};
        observation const part{start - age(), worth()};
        auto both = sum_of(month, {kept, part});
        both.take(month, part.at, part.worth);
        auto const alone = sum_of(month, {kept});
        auto const difference = both.at(month, start) - alone.at(month, start);
        RC_ASSERT(difference.raw >= -1 && difference.raw <= 1);
        both.take(month, kept.at, koc::whole(1000)); // never below nothing
        RC_ASSERT(both.at(month, start) == koc::score{});
    }));
}

TEST_CASE("two sums together are worth what all their observations are", "[number]") {
    CHECK(rc::check([] {
        koc::half_life const fade{koc::days(*rc::gen::inRange(1, 200))};
        std::vector<observation> all;
        koc::decayed_sum parts[2];
        for (auto left = *rc::gen::inRange(0, 30); left > 0; --left) {
            observation const one{koc::instant{} + koc::hours(*rc::gen::inRange(0, 20'000)),
                koc::score{*rc::gen::inRange<std::int64_t>(0, 5'000'000)}};
            all.push_back(one);
            parts[*rc::gen::inRange(0, 2)].add(fade, one.at, one.worth);
        }
        auto joined = parts[0];
        joined.join(parts[1]);
        auto reversed = parts[1];
        reversed.join(parts[0]);
        RC_ASSERT(joined == reversed);
        auto const later = koc::instant{} + koc::hours(20'000);
        auto const off = joined.at(fade, later) - sum_of(fade, all).at(fade, later);
        RC_ASSERT(off <= koc::score{4} && off >= koc::score{-4});
    }));
}

TEST_CASE("a level says what a sum is worth at most, whenever it is asked", "[core]") {
    CHECK_FALSE(koc::decayed_sum{}.level().has_value());
    CHECK(rc::check([] {
        koc::half_life const fade{{*rc::gen::inRange<std::int64_t>(1, 400'000'000'000)}};
        koc::decayed_sum sum;
        auto newest = start;
        for (auto n = *rc::gen::inRange(1, 20); n > 0; --n) {
            auto const at = start +
                koc::duration{
                    *rc::gen::inRange<std::int64_t>(-5'000'000'000'000, 5'000'000'000'000)};
            sum.add(fade, at, {*rc::gen::inRange<std::int64_t>(0, 3'000'000)});
            newest = std::max(newest, at);
        }
        auto const now =
            fade.at(newest + koc::duration{*rc::gen::inRange<std::int64_t>(0, 900'000'000'000)});
        auto const level = sum.level();
        if (!level) {
            RC_ASSERT(sum.at(now) == koc::score{});
            return;
        }
        auto const most = koc::decayed_sum::most_at(*level, now);
        RC_ASSERT(sum.at(now) <= most);
        // A level is a sixteenth of a doubling, and some millionths are left to roundings.
        RC_ASSERT(most.raw <= sum.at(now).raw + sum.at(now).raw / 16 + 6);
        RC_ASSERT(koc::decayed_sum::most_at(*level - 1, now) <= most);
        RC_ASSERT(koc::decayed_sum::most_at(koc::decayed_sum::level_of_nothing(now), now) <=
            koc::score{8});
    }));
}

TEST_CASE("levels far from an age are worth nothing, or all that a sum can be", "[core]") {
    auto const now = month.at(start);
    CHECK(koc::decayed_sum::most_at(std::numeric_limits<std::int64_t>::min() / 2, now) <=
        koc::score{8});
    auto const all = koc::decayed_sum::most_at(std::numeric_limits<std::int64_t>::max() / 2, now);
    CHECK(all > koc::whole(35'000'000));
    koc::decayed_sum full;
    for (int i = 0; i < 80; ++i) {
        full.add(month, start, koc::whole(1'000'000));
    }
    CHECK(full.at(month, start) <= koc::decayed_sum::most_at(*full.level(), now));
}

} // namespace
