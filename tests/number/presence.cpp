// SPDX-License-Identifier: BSL-1.0
#include <koc/describe/digest.hpp>
#include <koc/number/presence.hpp>

#include "support/catch.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <set>
#include <vector>

namespace {

constexpr koc::presence_scale scale{koc::days(14), koc::days(90)};
constexpr koc::instant start{1'700'000'000'000};

koc::presence of(std::vector<koc::instant> const& visits) {
    koc::presence there;
    for (auto t : visits) {
        there.add(scale, t);
    }
    return there;
}

/// From the definition, in floating point; in units.
long double truth(std::vector<koc::instant> const& visits, koc::instant now) {
    std::set<std::int64_t> spans;
    for (auto t : visits) {
        spans.insert(scale.span_of(t));
    }
    long double sum = 0;
    for (auto span : spans) {
        auto const age = now.ms - span * koc::days(14).ms;
        sum +=
            std::exp2(-static_cast<long double>(age) / static_cast<long double>(koc::days(90).ms));
    }
    return sum;
}

auto any_visits() {
    return *rc::gen::container<std::vector<koc::instant>>(rc::gen::map(
        rc::gen::inRange<std::int64_t>(0, 800), [](auto d) { return start - koc::days(d); }));
}

TEST_CASE("somebody who never came has no presence and will not come again", "[core]") {
    constexpr koc::presence none;
    STATIC_REQUIRE(none.count() == 0);
    STATIC_REQUIRE(none.recent(scale, start) == koc::score{});
    STATIC_REQUIRE(none.comes_again(scale, start, koc::days(90)) == koc::score{});
    STATIC_REQUIRE(sizeof(koc::presence) == 16);
}

TEST_CASE("many visits in one span count once", "[core]") {
    koc::presence there;
    for (int i = 0; i < 100; ++i) {
        there.add(scale, koc::instant{koc::hours(i).ms});
    }
    CHECK(there.count() == 1);
    CHECK(there.recent(scale, koc::instant{}) == koc::whole(1));
    CHECK(there.recent(scale, koc::instant{} + koc::days(90)) == koc::percent(50));
    there.add(scale, koc::instant{} + koc::days(14));
    CHECK(there.count() == 2);
    there.add(scale, koc::instant{} - koc::days(1)); // before 1970 as well as after
    CHECK(there.count() == 3);
}

TEST_CASE("visits may be added in any order", "[core]") {
    CHECK(rc::check([] {
        auto const visits = any_visits();
        auto backward = visits;
        std::reverse(backward.begin(), backward.end());
        RC_ASSERT(of(visits) == of(backward));
        RC_ASSERT(koc::digest_of(of(visits)) == koc::digest_of(of(backward)));
    }));
}

TEST_CASE("two presences together are that of all their visits", "[core]") {
    CHECK(rc::check([] {
        auto all = any_visits();
        auto const more = any_visits();
        auto joined = of(all);
        joined.join(of(more));
        all.insert(all.end(), more.begin(), more.end());
        RC_ASSERT(joined == of(all));
    }));
}

TEST_CASE("what is recent follows its definition", "[core]") {
    CHECK(rc::check([] {
        auto const visits = any_visits();
        auto const now = start + koc::hours(*rc::gen::inRange<std::int64_t>(0, 24 * 90));
        auto const recent = static_cast<long double>(of(visits).recent(scale, now).raw) / 1e6L;
        RC_ASSERT(std::abs(recent - truth(visits, now)) < 1e-4L);
    }));
}

TEST_CASE("what is 64 spans older than the newest visit is forgotten", "[core]") {
    auto there = of({start, start - koc::days(14 * 63), start - koc::days(14 * 64)});
    CHECK(there.count() == 2);
    there.add(scale, start + koc::days(14));
    CHECK(there.count() == 2);
    there.add(scale, start + koc::days(14 * 1000));
    CHECK(there.count() == 1);
    CHECK(there.recent(scale, start + koc::days(14 * 2000)) == koc::score{});
}

TEST_CASE("the chance rises with the visits and the horizon, and falls with silence", "[core]") {
    CHECK(rc::check([] {
        auto visits = any_visits();
        visits.push_back(start);
        auto const there = of(visits);
        auto const silent = koc::days(*rc::gen::inRange<std::int64_t>(1, 400));
        auto const within = koc::days(*rc::gen::inRange<std::int64_t>(1, 400));
        auto const chance = there.comes_again(scale, start, within);
        RC_ASSERT(chance > koc::score{});
        RC_ASSERT(chance <= koc::whole(1));
        RC_ASSERT(there.comes_again(scale, start, within + koc::days(1)) >= chance);
        RC_ASSERT(there.comes_again(scale, start + silent, within) <= chance);
        RC_ASSERT(there.comes_again(scale, start, {}) == koc::score{});
        auto more = there;
        more.add(scale, start - koc::days(*rc::gen::inRange<std::int64_t>(0, 800)));
        RC_ASSERT(more.comes_again(scale, start, within) >= chance);
    }));
}

TEST_CASE("spans and half-lives may be for ever", "[core]") {
    static constexpr koc::presence_scale one_span{koc::for_ever, koc::for_ever};
    constexpr auto there = [] {
        koc::presence p;
        p.add(one_span, koc::instant_min);
        p.add(one_span, koc::instant{});
        p.add(one_span, koc::instant_max);
        return p;
    }();
    STATIC_REQUIRE(there.count() == 2); // before and since 1970
    STATIC_REQUIRE(there.comes_again(one_span, koc::instant_max, koc::for_ever) > koc::score{});
}

TEST_CASE("the chance is the same everywhere", "[core]") {
    constexpr auto there = [] {
        koc::presence p;
        for (int i = 0; i < 6; ++i) {
            p.add(scale, koc::instant{} + koc::days(14 * i));
        }
        return p;
    }();
    constexpr auto now = koc::instant{} + koc::days(70);
    STATIC_REQUIRE(there.recent(scale, now).raw == 4'660'376);
    STATIC_REQUIRE(there.comes_again(scale, now, koc::days(90)).raw == 867'206);
}

} // namespace
