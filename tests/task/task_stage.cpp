// SPDX-License-Identifier: BSL-1.0
#include <koc/task/messages/task_stage.hpp>

#include <koc/lifecycle/diagram.hpp>

#include "support/catch.hpp"
#include "support/scenario.hpp"

#include <algorithm>

using namespace koc;
using life = task_lifecycle;

namespace {

TEST_CASE("a task goes from idea to echo and rest by one table", "[task][C32]") {
    STATIC_REQUIRE(transition_table_for<life, no_context>);
    STATIC_REQUIRE([] {
        auto at = life::initial;
        for (auto next : {task_trigger::opened, task_trigger::taken, task_trigger::handed_in,
                 task_trigger::best_selected, task_trigger::surprised, task_trigger::amplified,
                 task_trigger::finished}) {
            at = life::step(at, next).value();
        }
        return at == task_stage::closed;
    }());
    STATIC_REQUIRE(life::rests(task_stage::closed));
    STATIC_REQUIRE(life::rests(task_stage::cancelled));
}

TEST_CASE("work is evaluated by selecting the best, and in no other way", "[task][C32]") {
    STATIC_REQUIRE(std::all_of(life::rows.begin(), life::rows.end(), [](auto const& row) {
        return row.to != task_stage::evaluated || row.from == task_stage::evaluated ||
            row.event == task_trigger::best_selected;
    }));
}

TEST_CASE("nothing is surprised or amplified before the best are selected", "[task][C26]") {
    for (auto from : {task_stage::idea, task_stage::open, task_stage::under_way,
             task_stage::delivered, task_stage::closed, task_stage::cancelled}) {
        CHECK_FALSE(life::allows(from, task_trigger::surprised));
        CHECK_FALSE(life::allows(from, task_trigger::amplified));
    }
}

TEST_CASE("a task is called off only before the best of its work is selected", "[task][C32]") {
    for (auto from : {task_stage::open, task_stage::under_way, task_stage::delivered}) {
        CHECK(life::allows(from, task_trigger::called_off));
    }
    for (auto from : {task_stage::evaluated, task_stage::rewarded, task_stage::echoed,
             task_stage::closed, task_stage::cancelled}) {
        CHECK_FALSE(life::allows(from, task_trigger::called_off));
    }
}

TEST_CASE("a task that everybody has left waits for others", "[task]") {
    STATIC_REQUIRE(life::step(task_stage::under_way, task_trigger::vacated) == task_stage::open);
    // What has been handed in stays so, whoever leaves.
    CHECK_FALSE(life::allows(task_stage::delivered, task_trigger::vacated));
}

TEST_CASE(
    "wherever a task may be left without anybody, it can be taken again and called off", "[task]") {
    for (auto stage : {task_stage::open, task_stage::under_way, task_stage::delivered}) {
        CHECK(life::allows(stage, task_trigger::taken));
        CHECK(life::allows(stage, task_trigger::called_off));
    }
}

TEST_CASE("the page shows the table of a task's life as it is", "[task][C32]") {
    CHECK(koc_test::docs_page("docs/task.md").find("```mermaid\n" + mermaid<life>() + "```") !=
        std::string::npos);
}

} // namespace
