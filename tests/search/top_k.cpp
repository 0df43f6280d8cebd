// SPDX-License-Identifier: BSL-1.0
#include <koc/search/combinators.hpp>
#include <koc/search/top_k.hpp>
#include <koc/testing/archetypes.hpp>

#include "search/scorers.hpp"
#include "support/catch.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <string>
#include <vector>

namespace {

using koc::errc;
using koc::requirement_plan;
using koc::slot;
using koc::top_k;
using test::crowd;
using test::errand;
using test::mixture;
using test::person;
using test::person_id;

using found = std::vector<koc::match<person_id>>;

/// Everybody scored and sorted, and the rest thrown away.
found by_sorting(crowd const& people, koc::requirement const& needs, auto const& scorer,
    std::size_t k, auto const& gate) {
    found all;
    for (slot s = 0; s < people.slot_count(); ++s) {
        if (people.live(s) && test::meets(people, needs, s) && gate.admits(errand{}, people[s])) {
            all.push_back({s, people.id_at(s), scorer.rate(errand{}, people[s])});
        }
    }
    std::sort(all.begin(), all.end(), [](auto const& a, auto const& b) {
        return a.fit.raw > b.fit.raw || (a.fit.raw == b.fit.raw && a.id.value() < b.id.value());
    });
    all.resize(std::min(all.size(), k));
    return all;
}

crowd crowd_of(std::size_t count, std::int64_t depth(std::size_t)) {
    crowd people;
    for (std::size_t i = 0; i < count; ++i) {
        people.add({person_id{count - i}, {}, depth(i), 0}); // the highest id comes first
    }
    return people;
}

TEST_CASE("the k best are those of a full sort", "[match][C33]") {
    CHECK(rc::check("with and without bounds and gates, ties by the smaller id", [] {
        auto const people = test::any_crowd(test::any_taxonomy());
        auto const needs = test::any_requirement(people.tags(), 2);
        auto const plan = requirement_plan::compile(needs, people);
        RC_ASSERT(plan.has_value());
        auto const scorer = *rc::gen::arbitrary<bool>()
            ? test::any_mixture(-2'000'000)
            : test::bounded_mixture{{1'000'000, 0, 0}}; // four scores: ties
        auto const k = *rc::gen::inRange<std::size_t>(1, people.slot_count() + 1);
        auto const pruned = top_k(people, *plan, errand{}, scorer, k);
        auto const plain = top_k(people, *plan, errand{}, mixture{scorer}, k);
        auto const gated = top_k(people, *plan, errand{}, scorer, k, test::every_third{});
        RC_ASSERT(*pruned == by_sorting(people, needs, scorer, k, koc::open_gate{}));
        RC_ASSERT(*plain == *pruned);
        RC_ASSERT(*gated == by_sorting(people, needs, scorer, k, test::every_third{}));
        // A combination keeps the answer of what it combines.
        auto const shifted = koc::total{koc::weighted{scorer, koc::whole(2)}, scorer};
        auto const again = top_k(people, *plan, errand{}, shifted, k);
        RC_ASSERT(*again == by_sorting(people, needs, shifted, k, koc::open_gate{}));
    }));
}

TEST_CASE("equal scores go to the smaller ids, wherever they stand", "[match]") {
    auto const people = crowd_of(200, [](std::size_t) { return std::int64_t{1}; });
    auto const best =
        top_k(people, requirement_plan{}, errand{}, test::bounded_mixture{{1'000'000, 0, 0}}, 3);
    REQUIRE(best.has_value());
    REQUIRE(best->size() == 3);
    CHECK((*best)[0].id == person_id{1});
    CHECK((*best)[1].id == person_id{2});
    CHECK((*best)[2].id == person_id{3});
    CHECK((*best)[0].place == 199);
}

TEST_CASE("a number that makes no choice is refused", "[match]") {
    auto const three = crowd_of(3, [](std::size_t i) { return static_cast<std::int64_t>(i); });
    crowd const nobody;
    struct row {
        crowd const& people;
        std::size_t k;
        char const* subject;
    };
    row const rows[] = {
        {three, 0, "k = 0"},
        {three, 4, "k = 4"},
        {three, static_cast<std::size_t>(-1), "k = 18446744073709551615"},
        {nobody, 0, "k = 0"},
        {nobody, 1, "k = 1"},
    };
    for (auto const& [people, k, subject] : rows) {
        CAPTURE(subject, people.slot_count());
        auto const refused = top_k(people, requirement_plan{}, errand{}, mixture{}, k);
        REQUIRE(!refused);
        CHECK(refused.error().code == errc::invalid_argument);
        CHECK(refused.error().subject == subject);
        CHECK(refused.error().expected.starts_with("expected a number from 1 to "));
    }
    CHECK(top_k(three, requirement_plan{}, errand{}, mixture{}, 3).value().size() == 3);
}

TEST_CASE("fewer are found when fewer qualify, down to nobody", "[match]") {
    auto people = crowd_of(3, [](std::size_t i) { return static_cast<std::int64_t>(i); });
    people.remove(1);
    auto const two = top_k(people, requirement_plan{}, errand{}, mixture{1, 0, 0}, 3);
    REQUIRE(two.has_value());
    CHECK(two->size() == 2);
    CHECK((*two)[0].fit == koc::score{2});
    people.remove(0);
    people.remove(2);
    auto const none = top_k(people, requirement_plan{}, errand{}, mixture{}, 1);
    REQUIRE(none.has_value());
    CHECK(none->empty());
}

struct counting {
    int* rated;
    int* bounded;

    [[nodiscard]] koc::score rate(errand const&, person const& p) const {
        ++*rated;
        return koc::whole(p.depth);
    }
    [[nodiscard]] koc::explanation explain(errand const&, person const&) const { return {}; }
    [[nodiscard]] koc::score bound(errand const&, crowd const& people, std::size_t w) const {
        ++*bounded;
        return koc::whole(people[static_cast<slot>(w * 64)].depth);
    }
};

TEST_CASE(
    "a word that cannot beat the k-th is skipped unread, one that may tie is not", "[match]") {
    // Four words of people, all alike within a word: 5, 3, 5, 4.
    auto const people = crowd_of(256, [](std::size_t i) {
        return std::int64_t{i / 64 == 1 ? 3 : i / 64 == 3 ? 4 : 5};
    });
    int rated = 0;
    int bounded = 0;
    auto const best = top_k(people, requirement_plan{}, errand{}, counting{&rated, &bounded}, 2);
    REQUIRE(best.has_value());
    CHECK(rated == 128); // the first word, and the third, which ties with smaller ids
    CHECK(bounded == 3);
    CHECK((*best)[0].id == person_id{65});
    CHECK((*best)[1].id == person_id{66});
}

TEST_CASE("nobody is rated who is filtered out or stopped at the gate", "[match]") {
    auto const people = crowd_of(6, [](std::size_t i) { return static_cast<std::int64_t>(i); });
    auto const plan = requirement_plan::compile(koc::column("depth") >= 2, people);
    REQUIRE(plan.has_value());
    int rated = 0;
    int bounded = 0;
    auto const best =
        top_k(people, *plan, errand{}, counting{&rated, &bounded}, 6, test::every_third{});
    REQUIRE(best.has_value());
    CHECK(best->size() == 3); // ids 4 to 1 qualify, 3 is stopped
    CHECK(rated == 3);
}

TEST_CASE("the search asks its arguments for no more than they promise", "[match]") {
    koc::archetypes::crowd const people{};
    koc::archetypes::task const task{0};
    auto const plan = requirement_plan::compile(koc::has("", ""), koc::archetypes::vocabulary{});
    REQUIRE(plan.has_value());
    auto const plain = top_k(people, *plan, task, koc::archetypes::scorer{koc::whole(3)}, 1);
    auto const bounded = top_k(people, *plan, task, koc::archetypes::bounded_scorer{koc::whole(3)},
        1, koc::archetypes::gate{true});
    REQUIRE(plain.has_value());
    REQUIRE(plain->size() == 1);
    CHECK(plain->front().fit == koc::whole(3));
    CHECK(*bounded == *plain);
    CHECK(top_k(people, *plan, task, koc::archetypes::scorer{{}}, 1, koc::archetypes::gate{false})
              .value()
              .empty());
}

} // namespace
