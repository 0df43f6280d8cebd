// SPDX-License-Identifier: BSL-1.0
#include <koc/workflow/plan.hpp>

#include "support/catch.hpp"

#include <string>
#include <vector>

using namespace koc;

namespace {

plan_step step(std::string name, std::vector<std::string> after = {}) {
    return {std::move(name), "trainer", "", days(7), false, false, std::move(after)};
}
running_plan three_steps() {
    return running_plan::begin(
        {step("learn"), step("try", {"learn"}), step("teach", {"learn", "try"})}, instant{});
}

TEST_CASE(
    "a step opens, and its time begins, when all that it waits for has ended", "[workflow][plan]") {
    auto plan = three_steps();
    CHECK(plan.untouched());
    CHECK(plan.find("learn")->state == step_state::open);
    CHECK(plan.find("learn")->due == instant{} + days(7));
    CHECK(plan.find("try")->state == step_state::waiting);
    CHECK_FALSE(plan.find("try")->due.has_value());

    plan.end("learn", step_state::done, instant{} + days(3));
    CHECK_FALSE(plan.untouched());
    CHECK(plan.find("try")->due == instant{} + days(10));
    CHECK(plan.find("teach")->state == step_state::waiting);
    plan.end("try", step_state::skipped, instant{} + days(4));
    CHECK(plan.find("teach")->state == step_state::open);
    CHECK_FALSE(plan.finished());
    plan.end("teach", step_state::done, instant{} + days(5));
    CHECK(plan.finished());
    CHECK_FALSE(plan.next_due().has_value());
}

TEST_CASE("a step out of its order is refused with the one that comes first", "[workflow][plan]") {
    auto plan = three_steps();
    CHECK(plan.check_end("course 1", "learn").has_value());
    auto const early = plan.check_end("course 1", "teach");
    REQUIRE_FALSE(early.has_value());
    CHECK(early.error().subject == "step 'teach' of course 1");
    CHECK(early.error().expected ==
        "expected 'learn' first, which comes before 'teach'; see to that step");
    CHECK(plan.check_end("course 1", "sing").error().code == errc::unknown_id);
    plan.end("learn", step_state::done, instant{});
    CHECK(plan.check_end("course 1", "learn").error().code == errc::already_exists);
    CHECK(plan.check_end("course 1", "teach").error().expected.find("'try' first") !=
        std::string::npos);
}

TEST_CASE(
    "what is due next leaves out steps without a time and those already told", "[workflow][plan]") {
    auto some_day = step("some day");
    some_day.due_after = for_ever;
    auto soon = step("soon");
    soon.due_after = days(1);
    auto plan = running_plan::begin({some_day, step("later"), soon}, instant{});
    CHECK(plan.next_due() == instant{} + days(1));
    plan.mark_overdue("soon");
    CHECK(plan.find("soon")->overdue);
    CHECK(plan.next_due() == instant{} + days(7));
    plan.end("later", step_state::done, instant{});
    CHECK_FALSE(plan.next_due().has_value());
}

TEST_CASE("the step of an act is the first that has not ended", "[workflow][plan]") {
    auto first = step("first piece");
    first.act = "publish";
    auto second = step("second piece", {"first piece"});
    second.act = "publish";
    auto plan = running_plan::begin({first, second}, instant{});
    CHECK(plan.done_by("publish")->step.name == "first piece");
    plan.end("first piece", step_state::done, instant{});
    CHECK(plan.done_by("publish")->step.name == "second piece");
    plan.end("second piece", step_state::done, instant{});
    CHECK(plan.done_by("publish") == nullptr);
    plan.assign("second piece", "employee 3");
    CHECK(plan.find("second piece")->step.owner == "employee 3");
}

TEST_CASE(
    "an act does the open step of several, and a plan is proven by its last steps alone, with "
    "none skipped",
    "[workflow][plan]") {
    auto late = step("late", {"first"});
    late.act = "publish";
    auto soon = step("soon");
    soon.act = "publish";
    auto plan = running_plan::begin({late, soon, step("first")}, instant{});
    CHECK(plan.done_by("publish")->step.name == "soon");
    plan.end("soon", step_state::done, instant{}, true);
    CHECK(plan.done_by("publish")->step.name == "late"); // which waits
    CHECK(plan.done_by("sing") == nullptr);

    plan.end("first", step_state::done, instant{});
    CHECK_FALSE(plan.proven());
    plan.end("late", step_state::done, instant{}, true);
    CHECK(plan.proven());

    auto told = three_steps();
    auto skipped = three_steps();
    for (auto const* name : {"learn", "try", "teach"}) {
        told.end(name, step_state::done, instant{});
        skipped.end(name, *name == 'l' ? step_state::skipped : step_state::done, instant{}, true);
    }
    CHECK_FALSE(told.proven());
    CHECK_FALSE(skipped.proven());
    CHECK_FALSE(running_plan{}.proven());
}

} // namespace
