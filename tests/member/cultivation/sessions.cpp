// SPDX-License-Identifier: BSL-1.0
#include <koc/member/cultivation/messages/sessions.hpp>

#include "member/cultivated.hpp"
#include "standard/unmoved.hpp"
#include "support/catch.hpp"

#include <string>
#include <vector>

using namespace koc;
using koc_test::cultivated_world;
using koc_test::unmoved;
using koc_test::winter_world;

namespace {

actor himself(member_id who) { return {actor_kind::member, who.value()}; }

using names = std::vector<std::string>;

// B17

TEST_CASE("a session of sharing counts for both sides: who came has done that step of training and "
          "may go on, and who shared has done theirs and rises by it",
    "[member][B17]") {
    cultivated_world w;
    constexpr auto pan = w.pan;
    constexpr auto qi = w.qi;
    w.active(pan, {source::owned});
    w.active(qi, {source::owned});
    w.given(choose_plan{w.jin}, choose_plan{w.kai});
    w.given(
        complete_step{w.jin, "co-creation talk", ""}, complete_step{w.kai, "co-creation talk", ""});
    CHECK(w.next(w.jin) == names{"experience shared with newcomers"});
    // A task for who has learned from the experienced is for neither of the newcomers yet.
    auto made = w.brief(task_id{1});
    made.needs = column("learned") >= 1;
    w.listed(made);
    w.refuses(claim_task{made.task, pan}, errc::not_qualified, "member 70", "learned");

    // The session that the desk organised taught the step of training that Pan has to do.
    w.as(w.trainer).accepts(
        record_session{session_id{1}, w.jin, {pan, w.lan}, {qi}, 60, "content training"});
    // For who came: the step is done, with the session as evidence, and the next one is open.
    CHECK(w.next(pan) == names{"community sharing"});
    auto const trained = w.ask(list_completed_steps{pan});
    REQUIRE(trained.size() == 2); // with the first talk, of another plan
    CHECK(trained.back() ==
        completed_step{
            plan_id{3}, "content training", {pan.value(), "session 1"}, "employee 3", w.now()});
    CHECK(w.next(w.lan).empty());                   // who has no such step has their credit alone
    CHECK(w.next(qi) == names{"content training"}); // and who did not come has neither
    w.as({}).accepts(claim_task{made.task, pan});
    w.refuses(claim_task{made.task, qi}, errc::not_qualified, "member 71", "learned");
    // For who shared: the step of their own plan is done, and that of who did not share is open.
    CHECK(w.next(w.jin).empty());
    CHECK(w.next(w.kai) == names{"experience shared with newcomers"});

    // Two mature members whose work is alike; the one who shares as well becomes a leader of whom
    // a requirement can ask, and the other does not.
    w.given(
        adopt<tier_rules>{
            {.contribution = {{{whole(1), percent(60)}, {percent(250), percent(150)}}, 1, 2, 3}}},
        begin_tier_reviews{});
    for (std::uint64_t month = 1; month <= 2; ++month) {
        for (auto who : {w.jin, w.kai}) {
            w.given(record_outcome{who, {}, whole(1), w.now()},
                record_outcome{who, {}, whole(1), w.now()});
        }
        w.given(record_session{session_id{month + 1}, w.jin, {w.min}, {}, 60});
        CHECK(w.ask(show_tier{w.jin}).contributed == percent(250));
        CHECK(w.ask(show_tier{w.kai}).contributed == percent(200));
        w.wait(days(30)).time_passes();
    }
    CHECK(w.ask(find_members{has("tier", "leading")}) == std::vector{w.jin});
    // However much is shared in a month, it counts for so much at most.
    w.given(record_session{session_id{4}, w.kai, {w.min}, {}, 180},
        record_session{session_id{5}, w.kai, {}, {w.min}, 60});
    CHECK(w.ask(show_tier{w.kai}).contributed == whole(1));
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("what was given and attended is summed, and both sides are found by it", "[member]") {
    winter_world w;
    w.as(himself(w.jin))
        .accepts(record_session{session_id{1}, w.jin, {w.lan, w.min, w.an}, {w.bao}, 45});
    w.as({}).given(record_session{session_id{2}, w.jin, {w.lan}, {}, 30},
        record_session{session_id{3}, w.kai, {}, {w.lan, w.min}, 60});
    auto const& jin = w.at<session_credit>(w.jin);
    CHECK(jin.given == 2);
    CHECK(jin.given_minutes == 75);
    CHECK(jin.attended == 0);
    CHECK(w.at<session_credit>(w.lan).attended == 2);
    CHECK(w.at<session_credit>(w.lan).attended_minutes == 75);
    CHECK(w.at<session_credit>(w.min).attended == 1);
    CHECK(w.at<session_credit>(w.an).attended_minutes == 45);
    // Who did not come has no credit, nor has Kai, to whom nobody came.
    CHECK(w.engine().find_record<session_credit>(w.bao.value()) == nullptr);
    CHECK(w.engine().find_record<session_credit>(w.kai.value()) == nullptr);
    CHECK(w.at(session_id{1}).attendees == std::vector{w.lan, w.min, w.an});
    CHECK(w.at(session_id{1}).stage == session_stage::held);
    // Both sides are found by it.
    CHECK(w.ask(find_members{column("shared") >= 2}) == std::vector{w.jin});
    CHECK(w.ask(find_members{column("learned") >= 1}) == std::vector{w.an, w.lan, w.min});
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE(
    "a session that was promised and held is recorded whatever has become of its giver and of "
    "who came, and what is to come of a giver who leaves is called off",
    "[member][B17]") {
    winter_world w;
    session_id const held{1};
    session_id const to_come{2};
    session_id const of_kai{3};
    session_id const of_adviser{4};
    w.role_offered(w.ning, alumni_role::honorary_adviser);
    w.given(accept_role{w.ning, alumni_role::honorary_adviser},
        plan_session{held, w.jin, w.now() + days(1)},
        plan_session{to_come, w.jin, w.now() + days(9)},
        plan_session{of_kai, w.kai, w.now() + days(9)},
        plan_session{of_adviser, w.ning, w.now() + days(9)});
    // It has taken place; then An, who came, becomes mature, and Jin can give less.
    w.wait(days(1) + hours(1));
    for (auto ago : {40, 20, 0}) {
        w.given(record_outcome{w.an, {}, percent(95), w.now() - days(ago)});
    }
    CHECK(w.stage(w.an) == stage::mature);
    w.accepts(record_waning{w.jin, waning_reason::life_change, {}});
    REQUIRE(w.recorded<session_called_off>().size() == 1);
    CHECK(w.recorded<session_called_off>().front().session == to_come);
    w.refuses(record_session{session_id{9}, w.jin, {w.lan}, {}, 60}, errc::not_qualified,
        "member 8", "mature member or an honorary adviser");
    w.refuses(record_session{session_id{9}, w.kai, {w.an}, {}, 60}, errc::not_qualified, "member 1",
        "expected newcomers");
    w.as(himself(w.jin)).accepts(record_session{held, w.jin, {w.lan, w.an}, {}, 60}).as({});
    CHECK(w.at<session_credit>(w.jin).given == 1);
    CHECK(w.at<session_credit>(w.an).attended == 1);
    // An adviser who comes back gives no sessions before they are mature.
    w.accepts(confirm_willingness{w.ning});
    CHECK(w.at(of_adviser).stage == session_stage::called_off);
    CHECK(w.at(of_kai).stage == session_stage::planned);
    // An was no newcomer any more when the session of Kai began, of which nothing is heard.
    w.wait(days(9));
    w.refuses(record_session{of_kai, w.kai, {w.an}, {}, 60}, errc::not_qualified, "member 1",
        "expected newcomers");
    w.wait(days(3)).time_passes();
    CHECK(w.history_of<session_missed>().size() == 1);
    REQUIRE(w.history_of<strike_given>().size() == 1);
    CHECK(w.history_of<strike_given>().front().member == w.kai);
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("sessions of who is not mature, to who is no newcomer, or told by others, are refused",
    "[member][B17][refusal]") {
    cultivated_world w;
    w.active(w.pan, {source::owned});
    w.active(w.qi, {source::owned});
    w.given(record_session{session_id{1}, w.jin, {w.lan}, {}, 30});
    session_id const planned{3};
    session_id const called_off{4};
    w.given(plan_session{planned, w.jin, w.now() + days(2)},
        plan_session{called_off, w.jin, w.now() + days(2)}, call_off_session{called_off},
        complete_step{w.qi, "content training", "https://example.org/course/7"});
    unmoved same{w};
    session_id const next{2};
    // What it taught is a step that somebody who came has to do now, and reports by hand.
    auto const teaches = [&](member_id who, char const* step) {
        return record_session{next, w.jin, {who}, {}, 30, step};
    };
    same.refuses(teaches(w.pan, "singing"), errc::unknown_id, "step 'singing' of member 70",
        "'content training'");
    same.refuses(teaches(w.pan, "community sharing"), errc::wrong_state,
        "step 'community sharing' of member 70", "'content training' first");
    same.refuses(teaches(w.qi, "content training"), errc::already_exists,
        "step 'content training' of member 71", "it was done");
    same.refuses(record_session{next, w.jin, {}, {w.pan}, 30, "content training"},
        errc::invalid_argument, "session 2", "somebody who came");
    // Planned sessions are held by who promised them, at their time, and called off before it.
    same.refuses(plan_session{session_id{1}, w.jin, w.now() + days(1)}, errc::already_exists,
        "session 1", "new id");
    same.refuses(plan_session{next, w.an, w.now() + days(1)}, errc::not_qualified, "member 1",
        "mature member or an honorary adviser");
    same.refuses(plan_session{next, w.jin, w.now()}, errc::invalid_argument, "session 2",
        "an instant to come");
    same.refuses(plan_session{next, w.jin, w.now() + days(1), {}}, errc::invalid_argument,
        "session 2", "span above 0");
    same.refuses(plan_session{next, w.nobody, w.now() + days(1)}, errc::unknown_id, "member 999");
    same.refuses(record_session{planned, w.jin, {w.lan}, {}, 30}, errc::wrong_state, "session 3",
        "held by member 8");
    same.refuses(call_off_session{called_off}, errc::wrong_state, "session 4", "called_off");
    same.refuses(call_off_session{session_id{1}}, errc::wrong_state, "session 1", "held");
    same.refuses(call_off_session{next}, errc::unknown_id, "session 2");
    same.refuses(record_session{called_off, w.jin, {w.lan}, {}, 30}, errc::already_exists,
        "session 4", "new id");
    same.refuses(record_session{session_id{1}, w.jin, {w.lan}, {}, 30}, errc::already_exists,
        "session 1", "new id");
    same.refuses(record_session{next, w.an, {w.lan}, {}, 30}, errc::not_qualified, "member 1",
        "mature member or an honorary adviser");
    same.refuses(record_session{next, w.ou, {w.lan}, {}, 30}, errc::not_qualified, "member 13",
        "mature member or an honorary adviser");
    same.refuses(record_session{next, w.jin, {w.kai}, {}, 30}, errc::not_qualified, "member 9",
        "expected newcomers");
    same.refuses(record_session{next, w.jin, {w.jin}, {}, 30}, errc::not_qualified, "member 8",
        "expected newcomers");
    same.refuses(record_session{next, w.jin, {w.lan}, {w.lan}, 30}, errc::invalid_argument,
        "member 10", "each person once");
    same.refuses(record_session{next, w.jin, {}, {}, 30}, errc::invalid_argument,
        "attendees of session 2", "from 1 to 1000");
    same.refuses(record_session{next, w.jin, {w.nobody}, {}, 30}, errc::unknown_id, "member 999");
    same.refuses(record_session{next, w.nobody, {w.lan}, {}, 30}, errc::unknown_id, "member 999");
    same.refuses(record_session{next, w.jin, {w.lan}, {}, 0}, errc::invalid_argument,
        "record_session.minutes", "from 1 to 1440");
    for (auto const& wrong :
        {tier_rules{.shared_hour = percent(-1)}, tier_rules{.shared_max = percent(-1)}}) {
        same.refuses(adopt<tier_rules>{wrong}, errc::invalid_argument, "tier_rules.shared_hour",
            "0 or more");
    }
    w.as(himself(w.kai));
    same.refuses(record_session{next, w.jin, {w.lan}, {}, 30}, errc::not_qualified, "member 8",
        "not member 9");
    same.refuses(plan_session{next, w.jin, w.now() + days(1)}, errc::not_qualified, "member 8",
        "not member 9");
    same.refuses(call_off_session{planned}, errc::not_qualified, "member 8", "not member 9");
    // Nobody certifies what they gave themselves.
    w.as(himself(w.jin));
    same.refuses(teaches(w.pan, "content training"), errc::not_qualified, "session 2",
        "an employee or the host");
}

} // namespace
