// SPDX-License-Identifier: BSL-1.0
#include <koc/tag/requirement_search.hpp>

#include "support/catch.hpp"
#include "tag/crowd.hpp"

#include <rapidcheck.h>

#include <algorithm>

namespace {

using koc::has;
using koc::requirement_plan;
using koc::slot;

TEST_CASE(
    "a search leaves whom the requirement admits, and only asks about numbers again", "[tag]") {
    CHECK(rc::check("in any crowd", [] {
        auto const people = test::any_crowd(test::any_taxonomy());
        auto const needs = test::any_requirement(people.tags(), 3);
        auto const plan = requirement_plan::compile(needs, people);
        RC_ASSERT(plan.has_value());
        requirement_plan::search search{*plan, people.index()};
        koc::postings::reader live{people.index().live()};
        auto const open = search.enter(0);
        if (live.enter(0) == 0) {
            RC_ASSERT(open == 0U);
            return;
        }
        auto left = live.read(0);
        search.filter(0, left);
        bool anybody = false;
        for (slot s = 0; s < people.slot_count(); ++s) {
            bool const admitted = plan->admits(people, s);
            bool const found = left.contains(s) ? search.settles(s) : false;
            RC_ASSERT(found == admitted);
            anybody = anybody || admitted;
        }
        RC_ASSERT(open >= (anybody ? 1U : 0U));
    }));
}

TEST_CASE("blocks without a tag that is insisted on are not looked at", "[tag]") {
    test::crowd people;
    for (std::uint64_t i = 0; i < 2000; ++i) {
        auto const place = i == 1500 ? "harbin" : "hainan";
        people.add({test::person_id{i + 1}, {{people.tag("region", place)}}, 0, 0});
    }
    auto const blocks = [&](koc::requirement const& needs) {
        auto const plan = requirement_plan::compile(needs, people);
        return requirement_plan::search{*plan, people.index()}.enter(0);
    };
    CHECK(blocks(koc::everybody()) == 0b1111);
    CHECK(blocks(has("region", "northeast")) == 0b0100);
    CHECK(blocks(has("region", "northeast") && has("region", "hainan")) == 0b0100);
    CHECK(blocks(has("region", "northeast") || has("region", "south")) == 0b1111);
    CHECK(blocks(has("region", "jilin")) == 0);
    CHECK(blocks(!has("region", "south")) == 0b1111); // somebody there may lack it
    CHECK(blocks(koc::column("depth") >= 1) == 0b1111);
}

} // namespace
