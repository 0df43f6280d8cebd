// SPDX-License-Identifier: BSL-1.0
#include <koc/search/top_k.hpp>
#include <koc/search/verdict.hpp>
#include <koc/testing/archetypes.hpp>

#include "search/scorers.hpp"
#include "support/catch.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <string>

namespace {

using koc::judge;
using koc::requirement_plan;
using koc::slot;
using test::errand;
using test::mixture;

TEST_CASE("a verdict names the first thing that stands in the way", "[match][E02]") {
    test::crowd people;
    auto const video = people.tag("format", "video");
    people.add({test::person_id{1}, {{video}}, 2, 0});
    people.add({test::person_id{3}, {{video}}, 2, 0});
    people.add({test::person_id{6}, {}, 2, 0});
    auto const plan = requirement_plan::compile(koc::has("format", "video"), people);
    REQUIRE(plan.has_value());
    mixture const scorer{1'000'000, 0, 0};

    auto const fits = judge(people, *plan, errand{}, scorer, 0, test::every_third{});
    CHECK(fits.admitted());
    CHECK(fits.fit == koc::whole(2));
    CHECK(fits.why.total() == fits.fit);

    auto const stopped = judge(people, *plan, errand{}, scorer, 1, test::every_third{});
    CHECK_FALSE(stopped.admitted());
    CHECK_FALSE(stopped.failed);
    CHECK(stopped.stopped_by == "3 is divided by three");
    CHECK(stopped.fit == koc::score{});

    auto const lacking = judge(people, *plan, errand{}, scorer, 2, test::every_third{});
    CHECK_FALSE(lacking.admitted());
    CHECK(lacking.failed == koc::has("format", "video"));
    CHECK_FALSE(lacking.stopped_by); // the gate is not asked any more
    CHECK(judge(people, *plan, errand{}, scorer, 1).admitted());
}

struct silent_gate {
    [[nodiscard]] bool admits(errand const&, test::person const&) const { return false; }
    [[nodiscard]] std::string refusal(errand const&, test::person const&) const { return {}; }
};

TEST_CASE("who is stopped without a word is stopped", "[match]") {
    test::crowd people;
    people.add({test::person_id{1}, {}, 0, 0});
    CHECK_FALSE(
        judge(people, requirement_plan{}, errand{}, mixture{}, 0, silent_gate{}).admitted());
}

TEST_CASE("a verdict and the search agree about everybody", "[match][E01][E02]") {
    CHECK(rc::check("over any crowd, requirement and scorer", [] {
        auto const people = test::any_crowd(test::any_taxonomy());
        auto const needs = test::any_requirement(people.tags(), 2);
        auto const plan = requirement_plan::compile(needs, people);
        RC_ASSERT(plan.has_value());
        auto const scorer = test::any_mixture(-2'000'000);
        auto const all =
            koc::top_k(people, *plan, errand{}, scorer, people.slot_count(), test::every_third{});
        RC_ASSERT(all.has_value());
        for (slot s = 0; s < people.slot_count(); ++s) {
            auto const it = std::find_if(
                all->begin(), all->end(), [&](auto const& found) { return found.place == s; });
            if (!people.live(s)) {
                RC_ASSERT(it == all->end());
                continue;
            }
            auto const v = judge(people, *plan, errand{}, scorer, s, test::every_third{});
            RC_ASSERT(v.admitted() == (it != all->end()));
            RC_ASSERT(v.failed.has_value() != test::meets(people, needs, s));
            RC_ASSERT((!v.failed || !v.stopped_by));
            if (v.admitted()) {
                RC_ASSERT(v.fit == it->fit);
                RC_ASSERT(v.why.total() == v.fit);
            }
        }
    }));
}

TEST_CASE("a verdict asks its arguments for no more than they promise", "[match]") {
    koc::archetypes::crowd const people{};
    koc::archetypes::task const task{0};
    koc::archetypes::scorer const scorer{koc::whole(3)};
    CHECK(judge(people, requirement_plan{}, task, scorer, 0).fit == koc::whole(3));
    CHECK(judge(people, requirement_plan{}, task, scorer, 0, koc::archetypes::gate{false})
              .stopped_by == "is closed");
}

} // namespace
