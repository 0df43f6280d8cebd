// SPDX-License-Identifier: BSL-1.0
#include <koc/member/messages/stage.hpp>

#include <koc/lifecycle/diagram.hpp>
#include <koc/lifecycle/step_refusal.hpp>

#include "support/catch.hpp"
#include "support/scenario.hpp"

#include <algorithm>

using namespace koc;
using life = relationship_lifecycle;

namespace {

/// Excellent outcomes among all, and how long they lasted, where three are needed over 30 days,
/// half of all.
constexpr stage_evidence seen(std::int64_t excellent, std::int64_t outcomes, duration sustained) {
    return {true, outcomes, excellent, sustained, 3, percent(50), days(30)};
}
constexpr stage_evidence contacted = seen(0, 0, days(0));
constexpr stage_evidence stranger{};
constexpr stage_evidence excellent = seen(3, 3, days(30));

TEST_CASE("the relationship has its four stages, and the honorary one, as a checked table",
    "[member][B01]") {
    STATIC_REQUIRE(transition_table_for<life, stage_evidence>);
    STATIC_REQUIRE(life::initial == stage::budding);
    // The way of the documents: budding, active, mature, evolving, and a role that lasts.
    STATIC_REQUIRE(life::step(stage::budding, stage_trigger::willingness_confirmed, contacted) ==
        stage::active);
    STATIC_REQUIRE(life::step(stage::active, stage_trigger::excelled, excellent) == stage::mature);
    STATIC_REQUIRE(life::step(stage::mature, stage_trigger::waned, contacted) == stage::evolving);
    STATIC_REQUIRE(
        life::step(stage::evolving, stage_trigger::role_accepted, contacted) == stage::alumni);
    // Nobody is lost: who stepped back may return.
    STATIC_REQUIRE(life::step(stage::evolving, stage_trigger::willingness_confirmed, stranger) ==
        stage::active);
    STATIC_REQUIRE(
        life::step(stage::alumni, stage_trigger::willingness_confirmed, stranger) == stage::active);
}

TEST_CASE("willingness without contact opens nothing", "[member][B03]") {
    STATIC_REQUIRE_FALSE(
        life::step(stage::budding, stage_trigger::willingness_confirmed, stranger));
    auto const refused =
        life::refusal(stage::budding, stage_trigger::willingness_confirmed, stranger);
    CHECK(refused->as_error("member 1").code == errc::not_qualified);
    CHECK(refused->expected().find("\"was contacted\"") != std::string::npos);
}

TEST_CASE("every way into active is a confirmed will", "[member][B03]") {
    STATIC_REQUIRE(std::all_of(life::rows.begin(), life::rows.end(), [](auto const& row) {
        return row.to != stage::active || row.event == stage_trigger::willingness_confirmed;
    }));
}

TEST_CASE("no stage is an end, and no row leads to one", "[member][B29]") {
    for (auto from :
        {stage::budding, stage::active, stage::mature, stage::evolving, stage::alumni}) {
        CHECK_FALSE(life::rests(from));
        CHECK_FALSE(life::accepted(from).empty());
    }
}

TEST_CASE("forbidden jumps cannot be expressed: the table has no such row", "[member][B29]") {
    // From in the rows, to in the columns: budding, active, mature, evolving, alumni.
    constexpr bool possible[5][5] = {
        {false, true, false, false, false},
        {false, false, true, true, false},
        {false, false, false, true, false},
        {false, true, false, false, true},
        {false, true, false, false, false},
    };
    STATIC_REQUIRE([&] {
        for (int from = 0; from < 5; ++from) {
            for (int to = 0; to < 5; ++to) {
                if (life::accepts(static_cast<stage>(from), static_cast<stage>(to)) !=
                    possible[from][to]) {
                    return false;
                }
            }
        }
        return true;
    }());
}

TEST_CASE(
    "the guard of mature wants excellence often enough, over time, and not among much weak work",
    "[member][B11]") {
    struct row {
        std::int64_t excellent;
        std::int64_t outcomes;
        duration sustained;
        bool mature;
    };
    for (auto const& [count, outcomes, sustained, mature] : {
             row{0, 0, days(3650), false}, // time alone
             row{1, 1, days(3650), false},
             row{2, 2, days(30), false},
             row{3, 3, days(29), false},
             row{50, 50, days(0), false},  // one lucky day
             row{3, 40, days(300), false}, // much weak work
             row{3, 7, days(30), false},
             row{3, 6, days(30), true},
             row{3, 3, days(30), true},
             row{50, 50, days(3650), true},
         }) {
        CAPTURE(count, outcomes, sustained.ms);
        auto const evidence = seen(count, outcomes, sustained);
        CHECK(life::step(stage::active, stage_trigger::excelled, evidence).has_value() == mature);
        CHECK_FALSE(life::step(stage::budding, stage_trigger::excelled, evidence));
        CHECK_FALSE(life::step(stage::alumni, stage_trigger::excelled, evidence));
    }
}

TEST_CASE("the page shows the table as it is", "[member][B01]") {
    CHECK(koc_test::docs_page("docs/member.md").find("```mermaid\n" + mermaid<life>() + "```") !=
        std::string::npos);
}

} // namespace
