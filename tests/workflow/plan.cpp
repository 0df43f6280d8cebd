// SPDX-License-Identifier: BSL-1.0
#include <koc/workflow/plan.hpp>

#include "support/catch.hpp"

#include <string>
#include <utility>
#include <vector>

using namespace koc;

namespace {

plan_step step(std::string name, std::vector<std::string> after = {}) {
    return {std::move(name), "trainer", "", days(7), false, false, std::move(after)};
}
/// Steps, and how far somebody is with them.
struct taken_through {
    explicit taken_through(std::vector<plan_step> steps)
        : written{std::move(steps)}, running{running_plan::begin(written, instant{})} {}

    [[nodiscard]] running_step const& at(char const* name) const {
        return running.steps.at(running.find(written, name).value());
    }
    [[nodiscard]] std::string done_by(char const* act) const {
        auto const place = running.done_by(written, act);
        return place ? written.at(*place).name : "";
    }
    [[nodiscard]] result<void> check_end(char const* name) const {
        return running.check_end(written, "course 1", name);
    }
    [[nodiscard]] bool proven() const { return running.proven(written); }
    void end(char const* name, step_state how, instant now, bool is_proven = false) {
        running.end(written, name, how, now, is_proven);
    }

    std::vector<plan_step> written;
    running_plan running;
};
taken_through three_steps() {
    return taken_through{{step("learn"), step("try", {"learn"}), step("teach", {"learn", "try"})}};
}

TEST_CASE(
    "a step opens, and its time begins, when all that it waits for has ended", "[workflow][plan]") {
    auto plan = three_steps();
    CHECK(plan.running.untouched());
    CHECK(plan.at("learn").state == step_state::open);
    CHECK(plan.at("learn").due == instant{} + days(7));
    CHECK(plan.at("try").state == step_state::waiting);
    CHECK_FALSE(plan.at("try").due.has_value());

    plan.end("learn", step_state::done, instant{} + days(3));
    CHECK_FALSE(plan.running.untouched());
    CHECK(plan.at("try").due == instant{} + days(10));
    CHECK(plan.at("teach").state == step_state::waiting);
    plan.end("try", step_state::skipped, instant{} + days(4));
    CHECK(plan.at("teach").state == step_state::open);
    CHECK_FALSE(plan.running.finished());
    plan.end("teach", step_state::done, instant{} + days(5));
    CHECK(plan.running.finished());
    CHECK_FALSE(plan.running.next_due().has_value());
}

TEST_CASE("a step out of its order is refused with the one that comes first", "[workflow][plan]") {
    auto plan = three_steps();
    CHECK(plan.check_end("learn").has_value());
    auto const early = plan.check_end("teach");
    REQUIRE_FALSE(early.has_value());
    CHECK(early.error().subject == "step 'teach' of course 1");
    CHECK(early.error().expected ==
        "expected 'learn' first, which comes before 'teach'; see to that step");
    CHECK(plan.check_end("sing").error().code == errc::unknown_id);
    plan.end("learn", step_state::done, instant{});
    CHECK(plan.check_end("learn").error().code == errc::already_exists);
    CHECK(plan.check_end("teach").error().expected.find("'try' first") != std::string::npos);
}

TEST_CASE(
    "what is due next leaves out steps without a time and those already told", "[workflow][plan]") {
    auto some_day = step("some day");
    some_day.due_after = for_ever;
    auto soon = step("soon");
    soon.due_after = days(1);
    auto plan = taken_through{{some_day, step("later"), soon}};
    CHECK(plan.running.next_due() == instant{} + days(1));
    plan.running.mark_overdue(plan.written, "soon");
    CHECK(plan.at("soon").overdue);
    CHECK(plan.running.next_due() == instant{} + days(7));
    plan.end("later", step_state::done, instant{});
    CHECK_FALSE(plan.running.next_due().has_value());
}

TEST_CASE("the step of an act is the first that has not ended", "[workflow][plan]") {
    auto first = step("first piece");
    first.act = "publish";
    auto second = step("second piece", {"first piece"});
    second.act = "publish";
    auto plan = taken_through{{first, second}};
    CHECK(plan.done_by("publish") == "first piece");
    plan.end("first piece", step_state::done, instant{});
    CHECK(plan.done_by("publish") == "second piece");
    plan.end("second piece", step_state::done, instant{});
    CHECK(plan.done_by("publish").empty());
    // One person's step is given to another owner, and again; what is written stays.
    CHECK(plan.running.owner_of(plan.written, 1) == "trainer");
    for (auto const* owner : {"employee 3", "employee 4"}) {
        plan.running.assign(plan.written, "second piece", owner);
        CHECK(plan.running.owner_of(plan.written, 1) == owner);
    }
    CHECK(plan.running.owner_of(plan.written, 0) == "trainer");
    CHECK(plan.written.at(1).owner == "trainer");
    CHECK(plan.running.owners.size() == 1);
}

TEST_CASE("no plan begins whose steps wait for one that it does not have", "[workflow][plan]") {
    koc::plan_step lost;
    lost.name = "second";
    lost.after = {"first"};
    CHECK_THROWS_AS(koc::running_plan::begin({lost}, koc::instant{}), koc::misfit);
}

TEST_CASE(
    "an act does the open step of several, and a plan is proven by its last steps alone, with "
    "none skipped",
    "[workflow][plan]") {
    auto late = step("late", {"first"});
    late.act = "publish";
    auto soon = step("soon");
    soon.act = "publish";
    auto plan = taken_through{{late, soon, step("first")}};
    CHECK(plan.done_by("publish") == "soon");
    plan.end("soon", step_state::done, instant{}, true);
    CHECK(plan.done_by("publish") == "late"); // which waits
    CHECK(plan.done_by("sing").empty());

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
    CHECK_FALSE(taken_through{{}}.proven());
}

} // namespace
