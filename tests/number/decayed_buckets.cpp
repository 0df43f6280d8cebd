// SPDX-License-Identifier: BSL-1.0
#include <koc/number/decayed_buckets.hpp>

#include "support/catch.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace {

constexpr koc::half_life week{koc::days(7)};
constexpr koc::instant start{1'700'000'000'000};

struct observation {
    koc::instant at;
    koc::score worth;
};

koc::decayed_buckets sum_of(std::vector<observation> const& all) {
    koc::decayed_buckets sum;
    for (auto const& each : all) {
        sum.add(week, each.at, each.worth);
    }
    return sum;
}

std::vector<observation> any_observations() {
    std::vector<observation> all(*rc::gen::inRange<std::size_t>(1, 40));
    for (auto& each : all) {
        each.at = start + koc::hours(*rc::gen::inRange(0, 24 * 400));
        each.worth = koc::score{*rc::gen::inRange<std::int64_t>(0, 5'000'000)};
    }
    return all;
}

TEST_CASE("the sum of the same observations is the same in whatever order they come", "[number]") {
    CHECK(rc::check([] {
        auto all = any_observations();
        auto const in_one_order = sum_of(all);
        for (auto i = all.size(); i > 1; --i) {
            std::swap(all[i - 1], all[*rc::gen::inRange<std::size_t>(0, i)]);
        }
        RC_ASSERT(sum_of(all) == in_one_order); // what is kept, not only what it comes to
        auto const later = start + koc::days(*rc::gen::inRange(400, 1000));
        RC_ASSERT(sum_of(all).at(week, later) == in_one_order.at(week, later));
    }));
}

TEST_CASE("an observation that is taken back leaves the sum of the others, and may come again",
    "[number]") {
    CHECK(rc::check([] {
        auto all = any_observations();
        all.push_back({start + koc::days(400), koc::score{1}}); // the newest, which stays
        auto const which = *rc::gen::inRange<std::size_t>(0, all.size() - 1);
        auto sum = sum_of(all);
        auto const before = sum;
        auto const [at, worth] = all[which];
        sum.take(week, at, worth);
        all.erase(all.begin() + static_cast<std::ptrdiff_t>(which));
        auto const later = start + koc::days(*rc::gen::inRange(400, 1000));
        RC_ASSERT(sum.at(week, later) == sum_of(all).at(week, later));
        sum.add(week, at, worth);
        RC_ASSERT(sum == before);
    }));
    koc::decayed_buckets none;
    none.take(week, start, koc::whole(1)); // of what it does not hold it takes nothing
    CHECK(none == koc::decayed_buckets{});
}

TEST_CASE("two sums together are the sum of all their observations", "[number]") {
    CHECK(rc::check([] {
        auto all = any_observations();
        auto const more = any_observations();
        auto sum = sum_of(all);
        sum.join(sum_of(more));
        all.insert(all.end(), more.begin(), more.end());
        RC_ASSERT(sum == sum_of(all));
    }));
    koc::decayed_buckets none;
    none.join({});
    CHECK(none == koc::decayed_buckets{});
}

TEST_CASE("it is the decayed sum of its observations, but for roundings", "[number]") {
    CHECK(rc::check([] {
        auto all = any_observations();
        std::sort(all.begin(), all.end(),
            [](observation const& a, observation const& b) { return a.at < b.at; });
        koc::decayed_sum other;
        for (auto const& each : all) {
            other.add(week, each.at, each.worth);
        }
        auto const later = all.back().at + koc::hours(*rc::gen::inRange(0, 2000));
        auto const off = sum_of(all).at(week, later) - other.at(week, later);
        RC_ASSERT(off <= koc::score{10} && off >= koc::score{-10});
    }));
}

TEST_CASE(
    "one observation counts in full at its instant and half after each half-life", "[number]") {
    auto const sum = sum_of({{start, koc::whole(8)}});
    CHECK(sum.at(week, start) == koc::whole(8));
    auto const half = sum.at(week, start + koc::days(7));
    CHECK(half <= koc::whole(4));
    CHECK(half >= koc::whole(4) - koc::score{4});
    CHECK(koc::decayed_buckets{}.at(week, start) == koc::score{});
}

TEST_CASE(
    "what is older than the newest by many half-lives is left out, come when it may", "[number]") {
    observation const old{start, koc::whole(1000)};
    observation const fresh{start + koc::days(7 * 26), koc::whole(1)};
    CHECK(sum_of({old, fresh}) == sum_of({fresh}));
    CHECK(sum_of({fresh, old}) == sum_of({fresh}));
}

TEST_CASE("no observation below 0 is added or taken back", "[number]") {
    koc::half_life const fade{koc::days(30)};
    koc::decayed_buckets kept;
    koc::decayed_sum sum;
    kept.add(fade, koc::instant{1'000}, koc::whole(2));
    auto const before = kept.at(fade, koc::instant{1'000});
    CHECK_THROWS_AS(kept.add(fade, koc::instant{1'000}, koc::score{-1}), koc::misfit);
    CHECK_THROWS_AS(kept.take(fade, koc::instant{1'000}, koc::score{-1}), koc::misfit);
    CHECK_THROWS_AS(sum.add(fade, koc::instant{1'000}, koc::score{-1}), koc::misfit);
    CHECK(kept.at(fade, koc::instant{1'000}) == before);
}

TEST_CASE("what is left of an amount after a time is halved with each half-life", "[number]") {
    STATIC_REQUIRE(week.left(koc::whole(8), {}) == koc::whole(8));
    STATIC_REQUIRE(week.left(koc::whole(8), koc::days(7)) == koc::whole(4));
    STATIC_REQUIRE(week.left(koc::whole(8), koc::days(21)) == koc::whole(1));
    STATIC_REQUIRE(week.left(koc::whole(8), koc::for_ever) == koc::score{});
    STATIC_REQUIRE(
        koc::half_life{koc::for_ever}.left(koc::whole(8), koc::days(9)) > koc::percent(799));
}

} // namespace
