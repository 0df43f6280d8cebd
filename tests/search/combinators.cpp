// SPDX-License-Identifier: BSL-1.0
#include <koc/search/combinators.hpp>
#include <koc/testing/archetypes.hpp>
#include <koc/testing/scorer.hpp>

#include "search/scorers.hpp"
#include "support/catch.hpp"

#include <rapidcheck.h>

#include <string>
#include <vector>

namespace {

using koc::capped;
using koc::floored;
using koc::percent;
using koc::product;
using koc::score;
using koc::total;
using koc::weighted;
using koc::whole;
using test::errand;
using test::mixture;
using test::person;

person const her{test::person_id{3}, {}, 2, 1};

score rated(auto const& scorer) { return scorer.rate(errand{}, her); }

TEST_CASE("combinators say what they are called", "[match]") {
    mixture const two_and_a_half{1'000'000, 500'000, 0}; // 2 x 1 + 1 x 0.5
    mixture const minus_one{0, -1'000'000, 0};
    struct row {
        score got;
        score wanted;
    };
    row const rows[] = {
        {rated(two_and_a_half), percent(250)},
        {rated(weighted{two_and_a_half, whole(2)}), whole(5)},
        {rated(weighted{two_and_a_half, score{}}), whole(0)},
        {rated(weighted{two_and_a_half, score{1}}), {2}}, // towards zero
        {rated(weighted{minus_one, percent(150)}), percent(-150)},
        {rated(total{two_and_a_half, minus_one}), percent(150)},
        {rated(total{}), whole(0)},
        {rated(capped{two_and_a_half, whole(2)}), whole(2)},
        {rated(capped{two_and_a_half, whole(3)}), percent(250)},
        {rated(floored{minus_one, whole(0)}), whole(0)},
        {rated(floored{minus_one, whole(-2)}), whole(-1)},
        {rated(product{two_and_a_half, two_and_a_half}), percent(625)},
        {rated(product{two_and_a_half, minus_one}), percent(-250)},
        {rated(product{two_and_a_half, total{}}), whole(0)},
    };
    for (auto const& [got, wanted] : rows) {
        CHECK(got.raw == wanted.raw);
    }
}

TEST_CASE("what a cap takes and a floor gives has its own part", "[match][E01]") {
    mixture const given{1'000'000, 500'000, 0};
    auto const cut = capped{given, whole(2)}.explain(errand{}, her);
    CHECK(cut.parts.back() == koc::reason{"cap", {}, percent(-50)});
    auto const raised = floored{given, whole(3)}.explain(errand{}, her);
    CHECK(raised.parts.back() == koc::reason{"floor", {}, percent(50)});
    CHECK(capped{given, whole(9)}.explain(errand{}, her) == given.explain(errand{}, her));
}

TEST_CASE("a weight scales each part, and roundings are not lost", "[match][E01]") {
    mixture const given{1, 1, 1}; // 2 + 1 + 3 millionths
    auto const halved = weighted{given, percent(50)}.explain(errand{}, her);
    REQUIRE(halved.parts.size() == 3);
    CHECK(halved.total() == score{3});
    CHECK(halved.parts[0].amount == score{1});
    CHECK(halved.parts[1].amount == score{0}); // half of one millionth
    CHECK(halved.parts[2].amount == score{2}); // with what was lost
}

TEST_CASE("a bound exists where every part has one", "[match]") {
    using bounded = test::bounded_mixture;
    using plain = test::mixture;
    using test::crowd;
    STATIC_REQUIRE(koc::bounded_scorer_for<weighted<bounded>, errand, crowd>);
    STATIC_REQUIRE(koc::bounded_scorer_for<capped<floored<bounded>>, errand, crowd>);
    STATIC_REQUIRE(koc::bounded_scorer_for<total<bounded, bounded>, errand, crowd>);
    STATIC_REQUIRE(koc::bounded_scorer_for<product<bounded, bounded>, errand, crowd>);
    STATIC_REQUIRE_FALSE(koc::bounded_scorer_for<weighted<plain>, errand, crowd>);
    STATIC_REQUIRE_FALSE(koc::bounded_scorer_for<total<bounded, plain>, errand, crowd>);
    STATIC_REQUIRE_FALSE(koc::bounded_scorer_for<product<plain, bounded>, errand, crowd>);
    STATIC_REQUIRE(koc::scorer_for<total<bounded, plain>, errand, person>);
}

TEST_CASE("every combinator keeps the laws of a scorer", "[match]") {
    CHECK(rc::check("over any crowd, weights, limits and parts", [] {
        auto const people = test::any_crowd(test::any_taxonomy());
        auto const any = test::any_mixture(-2'000'000);
        auto const other = test::any_mixture(-2'000'000);
        auto const positive = test::any_mixture(0);
        auto const factor = test::any_mixture(0);
        score const weight{*rc::gen::inRange<std::int64_t>(0, 3'000'000)};
        score const limit{*rc::gen::inRange<std::int64_t>(-9'000'000, 9'000'000)};
        auto const holds = [&](auto const& scorer) {
            RC_ASSERT(koc::testing::check_scorer_laws(scorer, errand{}, people) ==
                std::vector<std::string>{});
        };
        holds(weighted{any, weight});
        holds(total{any, other, positive});
        holds(capped{any, limit});
        holds(floored{any, limit});
        holds(product{positive, factor});
        holds(total{weighted{capped{any, limit}, weight},
            product{positive, weighted{factor, weight}}, floored{weighted{other, weight}, limit}});
        // Without bounds a factor may be negative, and the parts still add up.
        holds(product{test::mixture{any}, test::mixture{other}});
        holds(weighted{test::mixture{any}, -weight});
    }));
}

TEST_CASE("combinators ask a scorer for no more than it promises", "[match]") {
    koc::archetypes::crowd const people{};
    koc::archetypes::task const task{0};
    koc::archetypes::bounded_scorer const one{whole(1)};
    auto const all = total{weighted{one, percent(50)}, capped{one, whole(2)},
        floored{one, whole(0)}, product{one, one}};
    CHECK(all.rate(task, people[0]) == percent(350));
    CHECK(all.bound(task, people, 0) == percent(350));
    CHECK(koc::testing::check_scorer_laws(all, task, people).empty());
}

} // namespace
