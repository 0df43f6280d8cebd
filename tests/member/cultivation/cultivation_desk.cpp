// SPDX-License-Identifier: BSL-1.0
#include <koc/member/cultivation/messages/cultivation_desk.hpp>

#include "member/cultivated.hpp"
#include "standard/unmoved.hpp"
#include "support/catch.hpp"

#include <optional>
#include <vector>

using namespace koc;
using koc_test::cultivated_world;
using koc_test::unmoved;
using koc_test::winter_world;

namespace {

TEST_CASE(
    "who is on no plan is listed with the plan to choose for them, and who no plan is for with "
    "none",
    "[member][plan]") {
    winter_world w;                              // where everybody joined before there was a plan
    CHECK(w.ask(list_unplanned{}).size() == 12); // all but the alumna
    for (auto const& plan : standard::plans()) {
        w.given(define_plan{plan});
    }
    auto const before = w.ask(list_unplanned{});
    REQUIRE(before.size() == 12);
    CHECK(before.front() == unplanned_member{w.an, stage::active, plan_id{2}});
    CHECK(before.back() == unplanned_member{w.ning, stage::evolving, plan_id{8}});
    for (auto const& one : before) {
        CHECK(one.member != w.ou);
        CHECK(one.fits.has_value());
        w.given(choose_plan{one.member});
    }
    CHECK(w.ask(list_unplanned{}).empty());
    // A plan that is taken out of use leaves a gap, into which who comes next falls.
    w.given(retire_plan{plan_id{1}});
    constexpr member_id pan{70};
    w.given(enrol{pan, {70, "Pan"}, {source::open}, {}});
    CHECK(w.ask(list_unplanned{}) ==
        std::vector<unplanned_member>{{pan, stage::budding, std::nullopt}});
    w.given(define_plan{standard::plans().front()});
    CHECK(w.ask(list_unplanned{}).front().fits == plan_id{1});
    w.given(choose_plan{pan});
    CHECK(w.ask(list_unplanned{}).empty());
    // Of alumni nothing is asked, so they are in no gap.
    w.given(record_contact{pan, {}}, confirm_willingness{pan},
        record_waning{pan, waning_reason::life_change, {}});
    w.role_offered(pan, alumni_role::friend_of_the_brand);
    w.given(accept_role{pan, alumni_role::friend_of_the_brand});
    CHECK(w.ask(list_unplanned{}).empty());
}

TEST_CASE("members see neither who is on no plan nor what others completed", "[member][plan]") {
    cultivated_world w;
    w.shared(w.pan);
    CHECK(w.as(w.self(w.pan)).ask(list_completed_steps{w.pan}).size() == 3); // and a first talk
    w.as({});
    CHECK(w.ask(list_completed_steps{w.an}).empty());
    unmoved same{w};
    same.denies(list_completed_steps{w.nobody}, errc::unknown_id, "member 999", "known member");
    w.as(w.self(w.an));
    same.denies(list_completed_steps{w.pan}, errc::not_qualified, "member 70", "not member 1");
    same.denies(list_unplanned{}, errc::not_qualified, "list_unplanned", "an employee or the host");
}

TEST_CASE("each version of a plan is kept once, and who is on it has only the places of its steps",
    "[member][plan]") {
    cultivated_world w;
    w.active(w.pan, {source::owned});
    auto changed = standard::plans()[2];
    changed.steps = {changed.steps.front()};
    changed.contact = {contact_channel::group, {"Meet the others"}};
    w.given(define_plan{changed});
    w.active(w.qi, {source::owned});
    // The running plan keeps its version, with its steps and its way of speaking.
    CHECK(w.record(w.pan).version == 1);
    CHECK(w.record(w.pan).running.steps.size() == 6);
    CHECK(w.ask(next_steps{w.pan}).front().contact.channel == contact_channel::chat);
    CHECK(w.record(w.qi).version == 2);
    CHECK(w.record(w.qi).running.steps.size() == 1);
    CHECK(w.ask(next_steps{w.qi}).front().contact.channel == contact_channel::group);
    CHECK(w.at(plan_id{3}).versions.size() == 2);
    // What was completed is told in the words of the version in which it was.
    w.as(w.trainer).given(complete_step{w.qi, "content training", "https://example.org/course/7"});
    w.as({});
    changed.steps.front().name = "another training";
    w.given(define_plan{changed});
    auto const completed = w.ask(list_completed_steps{w.qi});
    REQUIRE(completed.size() == 2);
    CHECK(completed.front().step == "first talk");
    CHECK(completed.back() ==
        completed_step{plan_id{3}, "content training",
            {w.qi.value(), "https://example.org/course/7"}, "employee 3", w.now()});
    CHECK(w.digest() == w.digest_of_replay());
}

} // namespace
