// SPDX-License-Identifier: BSL-1.0

// Members' own time, on the standard programme: when they may be asked, and by when they answer.

#include <koc/core/civil.hpp>
#include <koc/member/messages/own_time.hpp>
#include <koc/programme/messages/calendar.hpp>

#include "standard/unmoved.hpp"
#include "support/catch.hpp"
#include "support/scenario.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

using namespace koc;
using koc_test::unmoved;
using koc_test::winter_world;

namespace {

constexpr task_id one{1};
constexpr task_id two{2};
constexpr task_id three{3};
constexpr task_id four{4};
constexpr zone_rules china{hours(8), {}};
constexpr zone_rules berlin{
    hours(1), summer_time{hours(2), {3, 5, 0, hours(2)}, {10, 5, 0, hours(3)}}};
constexpr daily_hours night{hours(22), hours(8)};

instant utc(std::string_view text) { return from_iso8601(text).value(); }

/// The programme is at home in China, where nobody is asked from ten in the evening to eight in the
/// morning. Guo lives in Berlin, Hua rests at noon only, and Bao at no time.
class people_at_home : public winter_world {
public:
    people_at_home() {
        given(adopt<calendar_rules>{{china, {}}}, adopt<own_time_rules>{{night}});
        as({actor_kind::member, guo.value()}).given(set_own_time{guo, berlin, {}});
        as({actor_kind::employee, 3})
            .given(set_own_time{hua, {}, daily_hours{hours(12), hours(14)}});
        as({}).given(set_own_time{bao, {}, daily_hours{}});
    }
    people_at_home& until(std::string_view text) {
        wait(utc(text) - now());
        return *this;
    }
    [[nodiscard]] send_offer push(task_id task, member_id who) const {
        return {task, who, origin::push, 1, {}, {}, now() + days(1)};
    }
    /// What keeps somebody from being asked, or nothing.
    [[nodiscard]] std::string in_the_way(task_id task, member_id who) const {
        return ask(consider_member{task, who}).stopped_by.value_or("");
    }
    [[nodiscard]] std::set<member_id> asked_people() const {
        std::set<member_id> found;
        for (auto const& offer : recorded<offer_sent>()) {
            found.insert(offer.member);
        }
        return found;
    }
    /// What the last command sent somebody.
    [[nodiscard]] offer_sent offer_to(member_id who) const {
        auto const all = recorded<offer_sent>();
        auto const found = std::find_if(
            all.begin(), all.end(), [&](offer_sent const& offer) { return offer.member == who; });
        return found == all.end() ? offer_sent{} : *found;
    }
    [[nodiscard]] instant answer_by(member_id who) const { return offer_to(who).answer_by; }
};

// E09

TEST_CASE("nobody is asked in the quiet hours of their own clocks, nor more often than they bear",
    "[member][E09]") {
    people_at_home w;
    auto made = w.brief(one);
    made.seats = 9;
    made.base_reward = {};
    w.listed(made);
    // Eleven in the evening in China, four in the afternoon in Berlin.
    w.until("2026-01-05T15:00:00Z");
    CHECK(w.ask(tell_own_time{w.an}).wall == utc("2026-01-05T23:00:00Z"));
    CHECK(w.ask(tell_own_time{w.an}).may_be_asked == utc("2026-01-06T00:00:00Z"));
    CHECK(w.ask(tell_own_time{w.guo}).wall == utc("2026-01-05T16:00:00Z"));
    CHECK(w.ask(tell_own_time{w.guo}).may_be_asked == w.now());
    w.accepts(dispatch{one, 9});
    CHECK(w.asked_people() == std::set<member_id>{w.guo, w.hua, w.bao});
    CHECK(w.in_the_way(one, w.an) ==
        "is in their quiet hours until 08:00 on their own clocks, 2026-01-06T00:00:00Z; ask them "
        "then, or list the task, as they may claim it now");
    CHECK(w.in_the_way(one, w.guo).find("quiet hours") == std::string::npos);
    // Who comes by themselves is not disturbed, and nothing is counted against their attention.
    w.as({actor_kind::member, w.an.value()}).accepts(claim_task{one, w.an}).as({});
    CHECK(w.recorded<attention_asked>().empty());
    // Half past noon in China, where Hua rests; in Berlin it is half past five in the morning.
    made.task = two;
    w.given(open_task{made});
    w.until("2026-01-06T04:30:00Z").accepts(dispatch{two, 9, hours(10)});
    CHECK(
        w.asked_people() == std::set<member_id>{w.an, w.chen, w.dong, w.fang, w.bao, w.jin, w.kai});
    CHECK(w.in_the_way(two, w.hua).find("until 14:00 on their own clocks, 2026-01-06T06:00:00Z") !=
        std::string::npos);
    CHECK(w.in_the_way(two, w.guo).find("until 08:00 on their own clocks, 2026-01-06T07:00:00Z") !=
        std::string::npos);
    // Ten hours on it is night in China: they may answer until the morning, Bao has no such hours.
    CHECK(w.answer_by(w.bao) == utc("2026-01-06T14:30:00Z"));
    CHECK(w.answer_by(w.chen) == utc("2026-01-07T00:00:00Z"));
    auto const of_chen = w.offer_to(w.chen).offer;
    auto const of_an = w.offer_to(w.an);
    w.accepts(decline_offer{of_an.offer, {w.an.value(), "Too much"}});
    // A morning that comes after the task is due is no time to answer.
    made.task = three;
    made.due_at = utc("2026-01-06T15:00:00Z"); // eleven in the evening in China
    w.listed(made);
    w.until("2026-01-06T06:00:00Z").accepts(dispatch{three, 9, hours(10)});
    CHECK(w.asked_people().count(w.hua) == 1);
    CHECK(w.answer_by(w.hua) == made.due_at);
    auto const of_kai = w.offer_to(w.kai).offer;
    CHECK(w.answer_by(w.chen) == made.due_at);
    // How much is asked of one person is bounded at any hour of the day: asks, a rest after a
    // refusal, and work that is not done yet.
    CHECK(w.asked_people().count(w.an) == 0);
    made.task = four;
    made.due_at = w.now() + days(30);
    w.given(open_task{made});
    w.until("2026-01-06T08:00:00Z");
    CHECK(w.in_the_way(four, w.bao) ==
        "was asked 3 times since 2025-12-30T08:00:00Z, the most allowed");
    CHECK(w.in_the_way(four, w.an) ==
        "declined lately and is left in peace until 2026-01-08T04:30:00Z");
    w.given(accept_offer{of_kai}, claim_task{one, w.kai});
    CHECK(w.in_the_way(four, w.kai) == "holds 2 of at most 2 unfinished tasks");
    CHECK(w.in_the_way(four, w.guo).empty());
    // The offers end when it was said that they would.
    w.until("2026-01-06T14:30:00Z").time_passes();
    REQUIRE(w.recorded<offer_expired>().size() == 1);
    CHECK(w.at(w.recorded<offer_expired>().front().offer).member == w.bao);
    w.until("2026-01-06T23:59:59Z").time_passes();
    CHECK(w.at(of_chen).stage == offer_stage::sent);
    w.until("2026-01-07T00:00:00Z").time_passes();
    CHECK(w.at(of_chen).stage == offer_stage::expired);
    // Who moves, or wants other hours, is asked by the new ones from then on.
    w.given(set_own_time{w.guo, {}, {}});
    w.until("2026-01-13T15:00:00Z"); // their night in China
    CHECK(w.in_the_way(four, w.guo).find("2026-01-14T00:00:00Z") != std::string::npos);
    CHECK(w.in_the_way(four, w.bao).empty()); // a week later
    w.given(set_own_time{w.guo, berlin, daily_hours{hours(15), hours(17)}});
    CHECK(w.in_the_way(four, w.guo).find("until 17:00") != std::string::npos);
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("what reminds of somebody and what invites them waits for the end of their quiet hours",
    "[member][E09]") {
    people_at_home w;
    w.given(set_own_time{w.kai, {}, daily_hours{}});
    // A daily contact and a step of a day, from eleven in the evening in China on.
    w.until("2026-01-05T15:00:00Z");
    w.given(define_plan{{plan_id{1}, "daily", has("stage", "active"), 0, "desk", days(1),
        {{"talk", "desk", "", days(1), false, false, {}}}}});
    w.given(choose_plan{w.an}, choose_plan{w.bao}, choose_plan{w.guo}, choose_plan{w.chen});
    auto const reminded = [&] {
        std::multiset<member_id> found;
        for (auto const& late : w.recorded<step_overdue>()) {
            found.insert(late.member);
        }
        for (auto const& contact : w.recorded<contact_due>()) {
            found.insert(contact.member);
        }
        return found;
    };
    using twice = std::multiset<member_id>; // of the step and of the contact
    w.until("2026-01-06T15:00:00Z").time_passes();
    CHECK(reminded() == twice{w.bao, w.bao, w.guo, w.guo});
    // Who takes the quiet hours back while something waits is reminded of at once.
    w.given(set_own_time{w.chen, {}, daily_hours{}}).time_passes();
    CHECK(reminded() == twice{w.chen, w.chen});
    w.until("2026-01-06T23:59:59Z").time_passes();
    CHECK(reminded().empty());
    w.until("2026-01-07T00:00:00Z").time_passes();
    CHECK(reminded() == twice{w.an, w.an});
    // When it was due is as it was.
    CHECK(w.at<cultivation_record>(w.an).next_contact == utc("2026-01-06T15:00:00Z"));

    // The invitations of a gala go out at eleven in the evening: to Kai then, to who sleeps later.
    w.given(plan_yearly_event{yearly_event_id{1}, "Gala", utc("2026-03-08T15:00:00Z")},
        plan_yearly_event{yearly_event_id{2}, "Rally", utc("2026-03-08T15:00:00Z")});
    auto const invited = [&] {
        std::vector<member_id> found;
        for (auto const& out : w.recorded<member_invited>()) {
            if (out.event == yearly_event_id{1}) {
                found.push_back(out.member);
            }
        }
        return found;
    };
    w.until("2026-01-07T15:00:00Z").time_passes();
    CHECK(invited() == std::vector{w.kai});
    CHECK(w.recorded<invitations_sent>().front().invited == 3);
    auto const waiting = w.recorded<invitation_deferred>();
    REQUIRE(waiting.size() == 4);
    CHECK(waiting.front().member == w.jin);
    CHECK(waiting.front().until == utc("2026-01-08T00:00:00Z"));
    w.refuses(answer_invitation{waiting.front().invitation, true}, errc::wrong_state,
        subject("invitation", waiting.front().invitation), "that is out");
    // The rally is called off in the night, and wakes nobody in the morning.
    w.given(end_yearly_event{yearly_event_id{2}});
    w.until("2026-01-08T00:00:00Z").time_passes();
    CHECK(invited() == std::vector{w.jin, w.ou});
    CHECK(w.recorded<member_invited>().size() == 2);
    w.accepts(answer_invitation{waiting.front().invitation, true});
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE(
    "quiet hours and clocks that are adopted later hold for what is to remind of somebody already",
    "[member][E09]") {
    winter_world w;
    auto const until = [&](char const* text) { w.wait(utc(text) - w.now()).time_passes(); };
    auto const reminded = [&] {
        std::set<member_id> found;
        for (auto const& contact : w.recorded<contact_due>()) {
            found.insert(contact.member);
        }
        return found;
    };
    using people = std::set<member_id>;
    until("2026-01-05T15:00:00Z");
    w.given(define_plan{{plan_id{1}, "daily", has("stage", "active"), 0, "desk", days(1),
                {{"talk", "desk", "", days(9), false, false, {}}}}},
        choose_plan{w.an}, choose_plan{w.bao}, set_own_time{w.bao, {}, daily_hours{}});
    w.given(adopt<calendar_rules>{{china, {}}}, adopt<own_time_rules>{{night}});
    until("2026-01-06T15:00:00Z"); // eleven in the evening in China
    CHECK(reminded() == people{w.bao});
    until("2026-01-06T23:59:59Z");
    CHECK(reminded().empty());
    until("2026-01-07T00:00:00Z");
    CHECK(reminded() == people{w.an});
    // The programme moves to Berlin, where it is one in the night when Chen would be reminded of.
    w.given(choose_plan{w.chen}, adopt<calendar_rules>{{berlin, {}}});
    until("2026-01-08T00:00:00Z");
    CHECK(reminded().empty());
    until("2026-01-08T07:00:00Z");
    CHECK(reminded() == people{w.chen});
    // Where the hours are given up, what waits for the morning does not any more.
    until("2026-01-08T22:30:00Z");
    w.given(choose_plan{w.dong});
    until("2026-01-09T12:00:00Z");
    w.given(adopt<own_time_rules>{});
    until("2026-01-09T22:30:00Z");
    CHECK(reminded() == people{w.dong});
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("a push into somebody's night is refused, and hours that there are not are no hours",
    "[member][E09][refusal]") {
    people_at_home w;
    w.listed(w.brief(one));
    w.until("2026-01-05T15:00:00Z");
    unmoved same{w};
    same.refuses(w.push(one, w.an), errc::over_budget, "member 1",
        "quiet hours until 08:00 on their own clocks, 2026-01-06T00:00:00Z; ask them then");
    // Nobody who is left out is asked instead, whoever wants them.
    w.as({actor_kind::employee, 3});
    same.refuses(w.push(one, w.jin), errc::over_budget, "member 8", "2026-01-06T00:00:00Z");
    w.as({actor_kind::member, w.an.value()});
    same.refuses(
        set_own_time{w.bao, china, {}}, errc::not_qualified, "member 5", "leave it to them");
    same.denies(tell_own_time{w.bao}, errc::not_qualified, "member 1", "themself, or an operator");
    w.as({});
    same.refuses(set_own_time{w.nobody, {}, {}}, errc::unknown_id, "member 999", "known member");
    same.denies(tell_own_time{w.nobody}, errc::unknown_id, "member 999", "known member");
    same.refuses(set_own_time{w.an, {}, daily_hours{hours(22), hours(24)}}, errc::invalid_argument,
        "daily_hours", "below 24");
    same.refuses(set_own_time{w.an, zone_rules{hours(27), {}}, {}}, errc::invalid_argument,
        "zone_rules.offset", "26 hours");
    same.refuses(adopt<own_time_rules>{{{hours(-1), hours(8)}}}, errc::invalid_argument,
        "daily_hours", "times from 0 hours");
    same.refuses(adopt<calendar_rules>{{zone_rules{hours(27), {}}, {}}}, errc::invalid_argument,
        "zone_rules.offset", "26 hours");
    // Where everybody who is left sleeps, nobody is asked.
    auto made = w.brief(two);
    made.needs = has("region", "northeast") && has("format", "video");
    w.given(open_task{made});
    unmoved still{w};
    still.refuses(dispatch{two, 3}, errc::not_qualified, "task 2", "ask consider_member why");
}

} // namespace
