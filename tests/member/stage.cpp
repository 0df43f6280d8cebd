// SPDX-License-Identifier: BSL-1.0
#include <koc/member/stage.hpp>

#include <koc/lifecycle/diagram.hpp>
#include <koc/lifecycle/step_refusal.hpp>

#include "support/catch.hpp"
#include "support/scenario.hpp"

#include <algorithm>

using namespace koc;
using life = relationship_lifecycle;

namespace {

constexpr standing contacted{true, 0, 3, days(0), days(30)};
constexpr standing stranger{false, 0, 3, days(0), days(30)};
constexpr standing excellent{true, 3, 3, days(30), days(30)};

TEST_CASE("the relationship has its four stages, and the honorary one, as a checked table",
    "[member][B01]") {
    STATIC_REQUIRE(transition_table_for<life, standing>);
    STATIC_REQUIRE(life::initial == stage::budding);
    // The way of the documents: budding, active, mature, evolving, and a role that lasts.
    STATIC_REQUIRE(
        life::step(stage::budding, moment::willingness_confirmed, contacted) == stage::active);
    STATIC_REQUIRE(life::step(stage::active, moment::excelled, excellent) == stage::mature);
    STATIC_REQUIRE(life::step(stage::mature, moment::waned, contacted) == stage::evolving);
    STATIC_REQUIRE(life::step(stage::evolving, moment::role_accepted, contacted) == stage::alumni);
    // Nobody is lost: who stepped back may return.
    STATIC_REQUIRE(
        life::step(stage::evolving, moment::willingness_confirmed, stranger) == stage::active);
    STATIC_REQUIRE(
        life::step(stage::alumni, moment::willingness_confirmed, stranger) == stage::active);
}

TEST_CASE("willingness without contact opens nothing", "[member][B03]") {
    STATIC_REQUIRE_FALSE(life::step(stage::budding, moment::willingness_confirmed, stranger));
    auto const refused = life::refusal(stage::budding, moment::willingness_confirmed, stranger);
    CHECK(refused->as_error("member 1").code == errc::not_qualified);
    CHECK(refused->expected().find("\"was contacted\"") != std::string::npos);
}

TEST_CASE("every way into active is a confirmed will", "[member][B03]") {
    STATIC_REQUIRE(std::all_of(life::rows.begin(), life::rows.end(), [](auto const& row) {
        return row.to != stage::active || row.event == moment::willingness_confirmed;
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
    "the guard of mature wants both: excellence often enough and over time", "[member][B11]") {
    struct row {
        std::int64_t excellent;
        duration sustained;
        bool mature;
    };
    for (auto const& [count, sustained, mature] : {
             row{0, days(3650), false}, // time alone
             row{1, days(3650), false},
             row{2, days(30), false},
             row{3, days(29), false},
             row{50, days(0), false}, // one lucky day
             row{3, days(30), true},
             row{50, days(3650), true},
         }) {
        CAPTURE(count, sustained.ms);
        standing const seen{true, count, 3, sustained, days(30)};
        CHECK(life::step(stage::active, moment::excelled, seen).has_value() == mature);
        CHECK_FALSE(life::step(stage::budding, moment::excelled, seen));
        CHECK_FALSE(life::step(stage::alumni, moment::excelled, seen));
    }
}

TEST_CASE("the page shows the table as it is", "[member][B01]") {
    CHECK(koc_test::docs_page("docs/member.md").find("```mermaid\n" + mermaid<life>() + "```") !=
        std::string::npos);
}

} // namespace
