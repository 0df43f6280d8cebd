// SPDX-License-Identifier: BSL-1.0
#include <koc/task/messages/approval.hpp>

#include "member/circle_world.hpp"
#include "standard/unmoved.hpp"
#include "support/catch.hpp"

#include <cstdint>
#include <optional>

using namespace koc;
using koc_test::circle_world;
using koc_test::unmoved;

namespace {

constexpr task_id one{1};
constexpr submission_id best{1};

/// Two selected pieces of work of a task, a committee of one, and a threshold of 100,000.
class spending_world : public circle_world {
public:
    spending_world() {
        listed(brief(one));
        handed_in(one, an, best);
        handed_in(one, chen, submission_id{2});
        given(rate(best, percent(90)), rate(submission_id{2}, percent(90)),
            select_best{one, 2, percent(80)},
            adopt<approval_rules>{{money{100'000}, true, days(7)}});
        seat(committee, {kai});
    }
    spending_world& as_person(std::uint64_t employee) {
        as({actor_kind::employee, employee});
        return *this;
    }
    static request_approval surprise(std::uint64_t id, std::int64_t minor) {
        return {approval_id{id}, surprise_best{one, money{minor}, "pathfinder"}, {}, {}};
    }
    static request_approval boost(std::uint64_t id, std::int64_t minor) {
        return {approval_id{id}, {}, amplify{best, "site", money{minor}}, {}};
    }
    request_approval removal(std::uint64_t id) const {
        return {approval_id{id}, {}, {}, end_office{committee, kai, {kai.value(), "Moved"}}};
    }
};

TEST_CASE("spending above the threshold, or taking a veto from somebody, takes two people, and "
          "happens when the second one approves",
    "[task][F23]") {
    spending_world w;
    // Two pieces at 50,000 each are the threshold, one more minor unit each is above it.
    w.as_person(3).refuses(surprise_best{one, money{50'001}, {}}, errc::not_qualified, "task 1",
        "the approval of two people for 100002 minor units, which is more than 100000");
    w.as_host().refuses(
        surprise_best{one, money{50'001}, {}}, errc::not_qualified, "task 1", "two people");
    w.as_person(3).accepts(w.surprise(1, 50'001));
    CHECK(w.history_of<task_surprised>().empty());
    w.refuses(approve_request{approval_id{1}}, errc::not_qualified, "employee 3",
        "nobody approves their own");
    w.as_person(4).accepts(approve_request{approval_id{1}});
    REQUIRE(w.recorded<reward_granted>().size() == 2);
    CHECK(w.recorded<reward_granted>().front().amount == money{50'001});
    CHECK(w.at(approval_id{1}).state.decided_by == 4);

    w.refuses(amplify{best, "site", money{100'001}}, errc::not_qualified, "submission 1", "two");
    w.accepts(amplify{best, "app", money{100'000}}); // one is enough up to the threshold
    w.given(w.boost(2, 100'001));
    w.as_person(3).accepts(approve_request{approval_id{2}});
    CHECK(w.recorded<amplified>().front().cost == money{100'001});

    // A veto is not taken from somebody by one person; they may give it up by themselves.
    w.as_host().refuses(end_office{w.committee, w.kai, {w.kai.value(), "Moved"}},
        errc::not_qualified, "member 9", "the approval of two people");
    w.as_person(3).given(w.removal(3));
    w.as_person(4).accepts(approve_request{approval_id{3}});
    CHECK(w.recorded<office_ended>().front().because == office_end::removed);
    w.as_host().seat(w.committee, {w.kai});
    w.as_member(w.kai).accepts(end_office{w.committee, w.kai, {}});

    // A no, or silence, and nothing happens.
    w.as_person(3).given(w.boost(4, 200'000), w.boost(5, 200'000));
    w.as_person(4).accepts(reject_request{approval_id{4}, "Too much for a site"});
    w.wait(days(7)).time_passes();
    CHECK(w.at(approval_id{5}).state.stage == approval_stage::lapsed);
    w.refuses(
        approve_request{approval_id{5}}, errc::wrong_state, "approval 5", "one that is lapsed");
    w.refuses(
        approve_request{approval_id{4}}, errc::wrong_state, "approval 4", "one that is rejected");
    CHECK(w.history_of<amplified>().size() == 2);
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE(
    "what one person may spend is not widened by cutting it into pieces, by promising it or by "
    "changing the rule",
    "[task][F23]") {
    spending_world w;
    // What is done on one day counts together; the next day begins anew.
    w.as_person(3).accepts(amplify{best, "site", money{60'000}});
    w.refuses(amplify{submission_id{2}, "site", money{40'001}}, errc::not_qualified, "submission 2",
        "100001 minor units, with those that employee 3 committed alone today, which is more than "
        "100000");
    w.accepts(amplify{submission_id{2}, "site", money{40'000}});
    w.wait(days(1)).accepts(amplify{best, "app", money{100'000}});

    // A task promises its base reward to every seat.
    auto promised = w.brief(task_id{2});
    promised.seats = 3;
    promised.base_reward = money{33'334};
    w.refuses(open_task{promised}, errc::not_qualified, "task 2", "200002 minor units");
    request_approval asked{approval_id{1}, {}, {}, {}};
    asked.opening = open_task{promised};
    w.given(asked);
    w.as_person(4).accepts(approve_request{approval_id{1}});
    CHECK(w.recorded<task_opened>().front().brief.base_reward == money{33'334});
    promised.task = task_id{3};
    promised.base_reward = money{33'333};
    w.accepts(open_task{promised});

    // One person may tighten the rule; to loosen it takes two.
    approval_rules const loose{money{500'000}, true, days(7)};
    w.refuses(adopt<approval_rules>{loose}, errc::not_qualified, "approval_rules", "two people");
    w.as_host().refuses(adopt<approval_rules>{{money{100'000}, false, days(7)}},
        errc::not_qualified, "approval_rules", "two people");
    w.as_person(3).accepts(adopt<approval_rules>{{money{50'000}, true, days(7)}});
    request_approval loosening{approval_id{2}, {}, {}, {}};
    loosening.guard = loose;
    w.given(loosening);
    w.as_person(4).accepts(approve_request{approval_id{2}});
    w.wait(days(1)).accepts(amplify{submission_id{2}, "app", money{400'000}});
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("what one person commits alone in a day is bounded over the whole programme, in tasks, "
          "surprises and boosts alike",
    "[task][F23]") {
    spending_world w;
    auto const task_of = [&](std::uint64_t id, std::int64_t minor) {
        auto promised = w.brief(task_id{id});
        promised.seats = 1;
        promised.base_reward = money{minor};
        return open_task{promised};
    };
    // Three tasks of different objectives come to 90,000, and a fourth would be too much.
    w.given(open_objective{w.plan(objective_id{2})},
        design_topic{topic_id{2}, objective_id{2}, "Ice on the road"});
    auto elsewhere = task_of(12, 30'000);
    elsewhere.brief.topic = topic_id{2};
    w.as_person(3).accepts(task_of(10, 30'000)).accepts(task_of(11, 30'000)).accepts(elsewhere);
    w.refuses(task_of(13, 30'000), errc::not_qualified, "task 13",
        "120000 minor units, with those that employee 3 committed alone today");
    w.accepts(task_of(13, 0)); // which promises nothing
    w.refuses(amplify{best, "site", money{10'001}}, errc::not_qualified, "submission 1", "100001");
    w.accepts(amplify{best, "site", money{10'000}});
    w.refuses(surprise_best{one, money{1}, {}}, errc::not_qualified, "task 1", "100002");
    // Another employee has a sum of their own; who acts for the host is told apart by nobody.
    w.as_person(4).accepts(amplify{submission_id{2}, "site", money{60'000}});
    w.as_host().refuses(amplify{best, "app", money{1}}, errc::not_qualified, "submission 1",
        "150001 minor units, with those that host committed alone today");

    // What two people agree on counts for neither.
    w.as_person(3).given(request_approval{approval_id{1}, {}, amplify{best, "app", money{9}}, {}});
    w.as_person(4).given(approve_request{approval_id{1}}, w.surprise(2, 50'000));
    request_approval opening{approval_id{3}, {}, {}, {}};
    opening.opening = task_of(20, 90'000);
    w.given(opening);
    w.as_person(3).given(approve_request{approval_id{2}}, approve_request{approval_id{3}});
    CHECK(w.history_of<task_surprised>().size() == 1);
    w.refuses(amplify{best, "fair", money{1}}, errc::not_qualified, "submission 1", "for 100001 ");
    w.as_person(4).refuses(
        amplify{best, "fair", money{40'001}}, errc::not_qualified, "submission 1", "for 100001 ");
    w.accepts(amplify{best, "fair", money{40'000}});
    w.wait(days(1));
    w.as_person(3).accepts(task_of(21, 100'000));
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("who may be the second person reads what waits for them", "[task][F23]") {
    spending_world w;
    w.as_person(3).given(w.boost(1, 200'000));
    w.wait(days(1)).given(w.boost(2, 300'000), w.removal(3));
    auto const open = w.as_person(4).ask(list_approvals{});
    REQUIRE(open.size() == 3);
    CHECK(open[0].id == approval_id{1});
    CHECK(open[0].state.asked_by == 3);
    CHECK(open[1].boost->cost == money{300'000});
    CHECK(open[2].removal->member == w.kai);
    w.given(reject_request{approval_id{2}, "Too much"}, approve_request{approval_id{3}});
    CHECK(w.ask(list_approvals{}).size() == 1);
    CHECK(w.as_host().ask(list_approvals{}).size() == 1);
    w.wait(days(6));
    CHECK(w.ask(list_approvals{}).empty());
}

TEST_CASE(
    "nobody approves their own, without a name, or what cannot be done", "[task][F23][refusal]") {
    spending_world w;
    w.as_person(3).given(w.boost(1, 200'000), w.boost(2, 1'000'001));
    unmoved same{w};
    same.refuses(approve_request{approval_id{1}}, errc::not_qualified, "employee 3", "their own");
    same.refuses(
        reject_request{approval_id{1}, "No"}, errc::not_qualified, "employee 3", "their own");
    same.refuses(w.boost(1, 5), errc::already_exists, "approval 1", "choose another");
    same.refuses(w.boost(0, 5), errc::invalid_argument, "approval 0", "above 0");
    same.refuses(request_approval{approval_id{3}, {}, {}, {}}, errc::invalid_argument, "approval 3",
        "one thing to approve, of surprise, boost, removal, opening, guard, committee, priority, "
        "waning or erasure; ask");
    auto two = w.boost(3, 5);
    two.removal = w.removal(3).removal;
    same.refuses(two, errc::invalid_argument, "approval 3", "each by itself");
    same.refuses(adopt<approval_rules>{{money{-1}, true, days(1)}}, errc::invalid_argument,
        "approval_rules", "0 or more");
    w.as_person(4);
    same.refuses(approve_request{approval_id{2}}, errc::over_budget, "objective 1", "budget");
    same.refuses(reject_request{approval_id{1}, " "}, errc::invalid_text, "reason for approval 1");
    same.refuses(approve_request{approval_id{9}}, errc::unknown_id, "approval 9");
    w.as({actor_kind::member, 9});
    same.denies(list_approvals{}, errc::not_qualified, "list_approvals", "an employee or the host");
    for (auto const by : {actor{}, actor{actor_kind::member, 9}, actor{actor_kind::employee, 0}}) {
        w.as(by);
        same.refuses(approve_request{approval_id{1}}, errc::not_qualified, "approve_request",
            "an employee, by their id");
        same.refuses(w.boost(3, 200'000), errc::not_qualified, "request_approval", "told apart");
    }
}

} // namespace
