// SPDX-License-Identifier: BSL-1.0

// Strikes of who lets leases lapse, on the standard programme.

#include <koc/task/messages/strike.hpp>

#include "standard/unmoved.hpp"
#include "support/catch.hpp"
#include "support/scenario.hpp"

#include <cstdint>
#include <string>
#include <vector>

using namespace koc;
using koc_test::unmoved;
using koc_test::winter_world;

namespace {

/// Leases are of three days, and tasks are for video makers of the Northeast.
class strict_world : public winter_world {
public:
    strict_world() { given(adopt<offer_rules>{{days(3), {}}}); }

    /// A new listed task.
    task_id next_task() {
        auto made = brief(task_id{++tasks_});
        made.seats = 9;
        made.base_reward = {};
        made.needs = has("region", "northeast") && has("format", "video");
        listed(made);
        return made.task;
    }
    /// A seat of a new task.
    offer_id seat(member_id who) {
        given(claim_task{next_task(), who});
        return recorded<offer_accepted>().front().offer;
    }
    /// A seat of which nothing comes.
    offer_id no_show(member_id who) {
        auto const made = seat(who);
        wait(days(3)).time_passes();
        return made;
    }
    [[nodiscard]] std::string in_the_way(member_id who) const {
        return ask(consider_member{task_id{tasks_}, who}).stopped_by.value_or("");
    }
    [[nodiscard]] send_offer push(member_id who) const {
        return {task_id{tasks_}, who, origin::push, 1, {}, {}, now() + days(1)};
    }
    /// The strike that an offer brought; none where it brought none.
    [[nodiscard]] strike_id strike_of(offer_id which) const {
        for (auto const& one : history_of<strike_given>()) {
            if (one.cause == strike_cause::lease && one.about == which.value()) {
                return one.strike;
            }
        }
        return {};
    }
    [[nodiscard]] forgive_strike forgive(offer_id which) const {
        return {strike_of(which), {at(which).member.value(), "The car broke down"}};
    }
    strict_world& as_member(member_id who) {
        as({actor_kind::member, who.value()});
        return *this;
    }
    strict_world& as_operator() {
        as({actor_kind::employee, 3});
        return *this;
    }

private:
    std::uint64_t tasks_ = 0;
};

/// Leases that lapse.
void leases() {
    strict_world w;
    // Who gives the seat back in time has no strike, nor who hands in, has more time, does not
    // answer a push, or loses the seat with the task.
    auto const given_back = w.seat(w.fang);
    w.given(return_seat{given_back, {}});
    w.given(
        submit_work{submission_id{1}, w.at(w.seat(w.fang)).task, w.fang, "https://example.org/1"});
    auto const more_time = w.seat(w.jin);
    w.given(extend_lease{more_time, w.now() + days(5), {}});
    auto const called_off = w.at(w.seat(w.chen)).task;
    w.given(cancel_task{called_off});
    w.next_task();
    w.given(w.push(w.dong));
    auto const first = w.no_show(w.an);
    REQUIRE(w.recorded<strike_given>().size() == 1);
    CHECK(w.recorded<strike_given>().front().member == w.an);
    CHECK(w.recorded<strike_given>().front().cause == strike_cause::lease);
    CHECK(w.recorded<strike_given>().front().about == first.value());
    CHECK(w.events().front().by.kind == actor_kind::time);
    CHECK(w.history_of<offer_expired>().size() == 1);
    auto const since = w.now();
    CHECK(w.ask(list_at_risk{}).empty());
    w.given(return_seat{more_time, {}});
    // The second strike puts her in the report of the operators; she sees the same.
    w.no_show(w.an);
    w.as_operator();
    auto const report = w.ask(list_at_risk{});
    REQUIRE(report.size() == 1);
    CHECK(report.front().member == w.an);
    CHECK(report.front().counted == 2);
    CHECK_FALSE(report.front().stopped_until);
    w.as_member(w.an);
    auto const own = w.ask(list_strikes{w.an});
    CHECK(own.at_risk);
    REQUIRE(own.strikes.size() == 2);
    CHECK(own.strikes.front().id == w.strike_of(first));
    CHECK(own.strikes.front().at == since);
    CHECK(w.as_member(w.fang).ask(list_strikes{w.fang}).counted == 0);
    w.as({});
    w.next_task();
    CHECK(w.in_the_way(w.an).empty()); // a warning, and no more
    // The third stops pushes, with the reason and the day on which they begin again.
    auto const third = w.no_show(w.an);
    w.next_task();
    CHECK(w.in_the_way(w.an) ==
        "has 3 strikes, and nobody is asked from 3 on; wait until " + to_iso8601(since + days(90)) +
            ", forgive one, or list the task, as they may claim it");
    CHECK(w.ask(list_at_risk{}).front().stopped_until == since + days(90));
    w.accepts(dispatch{w.at(w.seat(w.chen)).task, 9});
    for (auto const& offer : w.recorded<offer_sent>()) {
        CHECK(offer.member != w.an);
    }
    // What she comes for herself is hers to do.
    auto const own_will = w.seat(w.an);
    w.accepts(submit_work{submission_id{2}, w.at(own_will).task, w.an, "https://example.org/2"});
    // A way back: an operator forgives a strike, with the reason.
    w.as_operator().accepts(w.forgive(third)).as({});
    CHECK(w.recorded<strike_forgiven>().front().reason.text == "The car broke down");
    w.next_task();
    CHECK(w.in_the_way(w.an).empty());
    w.accepts(w.push(w.an));
    CHECK(w.ask(list_strikes{w.an}).counted == 2);
    CHECK(w.ask(list_strikes{w.an}).strikes.size() == 3); // it is not erased
    // The other way: strikes grow old. Who is stopped again is asked again from that instant on.
    w.no_show(w.an);
    w.no_show(w.fang);
    w.no_show(w.fang);
    auto const stands = w.ask(list_at_risk{});
    REQUIRE(stands.size() == 2);
    CHECK(stands.front().member == w.an); // more of them, so first
    CHECK(stands.back().member == w.fang);
    w.next_task();
    CHECK_FALSE(w.in_the_way(w.an).empty());
    w.wait(since + days(90) - w.now() - duration{1});
    w.next_task();
    CHECK_FALSE(w.in_the_way(w.an).empty());
    w.wait(duration{1});
    CHECK(w.in_the_way(w.an).empty());
    CHECK(w.ask(list_strikes{w.an}).counted == 2);
    CHECK(w.digest() == w.digest_of_replay());
}

/// Promises that are no leases: a place at an event, a test drive, a session that was to be
/// attended or held, an appearance.
void events() {
    strict_world w;
    auto const stock = [](std::uint64_t id, resource_type type) {
        return stock_resource{
            resource_id{id}, "Seat", type, "Hall 4", 9, days(2), koc::everybody()};
    };
    w.given(adopt<resource_rules>{{9}}, stock(1, resource_type::internal_event),
        stock(2, resource_type::early_access), stock(3, resource_type::exclusive_information));
    w.given(define_office{office_id{1}, "Adviser", 9, days(365), source::open,
                {office_right::speak_publicly}},
        invite_to_office{office_id{1}, w.jin, {}}, take_office{office_id{1}, w.jin},
        plan_appearance{appearance_id{1}, "Auto show", w.now() + days(5)},
        name_speaker{appearance_id{1}, w.jin});
    auto const causes = [&](member_id who) {
        std::vector<strike_cause> found;
        for (auto const& one : w.ask(list_strikes{who}).strikes) {
            found.push_back(one.cause);
        }
        return found;
    };
    // Seats at an event and with a car: An uses neither, Bao uses his, Chen gives hers back. What
    // is only read takes a place from nobody.
    for (auto who : {w.an, w.bao, w.chen}) {
        for (std::uint64_t id : {1U, 2U}) {
            w.given(request_resource{resource_id{id}, who});
            auto const grant = w.recorded<resource_granted>().front().grant;
            if (who == w.bao) {
                w.given(use_resource{grant, {}});
            } else if (who == w.chen) {
                w.given(return_resource{grant});
            }
        }
        w.given(request_resource{resource_id{3}, who});
    }
    w.wait(days(2)).time_passes();
    CHECK(w.history_of<resource_lapsed>().size() == 5);
    CHECK(causes(w.an) == std::vector{strike_cause::seat, strike_cause::seat});
    CHECK(causes(w.bao).empty());
    CHECK(causes(w.chen).empty());
    CHECK(w.as_operator().ask(list_at_risk{}).front().member == w.an);
    // A session: who had said they would come and did not, where the desk says so.
    w.given(record_session{session_id{1}, w.jin, {w.bao}, {w.an}, 60});
    CHECK(causes(w.an).back() == strike_cause::attendance);
    CHECK(w.ask(list_strikes{w.an}).strikes.back().about == 1);
    w.as_member(w.jin).given(record_session{session_id{2}, w.jin, {w.bao}, {w.chen}, 60});
    CHECK(w.as({}).ask(list_strikes{w.chen}).strikes.empty());
    // The same limit as of leases: An is pushed to no more, and sees why.
    w.next_task();
    CHECK(w.in_the_way(w.an).find("has 3 strikes") == 0);
    auto const own = w.as_member(w.an).ask(list_strikes{w.an});
    CHECK(own.counted == 3);
    CHECK(own.stopped_until.has_value());
    // A reason that is accepted takes one away, and she is asked again.
    w.as_operator().accepts(forgive_strike{own.strikes.back().id, {w.an.value(), "Snowed in"}});
    w.as({});
    CHECK(w.in_the_way(w.an).empty());
    CHECK(w.ask(list_strikes{w.an}).counted == 2);

    // Sessions that were promised: one is held, one called off in time, of one nothing is heard.
    for (std::uint64_t n : {3U, 4U, 5U}) {
        w.as_member(w.jin).given(plan_session{session_id{n}, w.jin, w.now() + days(1), days(1)});
    }
    w.given(call_off_session{session_id{4}});
    w.wait(days(1)).given(record_session{session_id{3}, w.jin, {w.bao}, {}, 60});
    CHECK(w.as({}).time_passes().recorded<strike_given>().empty());
    w.wait(days(1)).time_passes();
    REQUIRE(w.recorded<session_missed>().size() == 1);
    CHECK(w.at(session_id{5}).stage == session_stage::missed);
    CHECK(w.at(session_id{4}).stage == session_stage::called_off);
    CHECK(causes(w.jin) == std::vector{strike_cause::session});
    // And an appearance at which the speaker is missing.
    w.refuses(report_absence{appearance_id{1}, w.jin}, errc::wrong_state, "appearance 1",
        "that has been");
    w.wait(days(2)).given(report_absence{appearance_id{1}, w.jin});
    CHECK(causes(w.jin) == std::vector{strike_cause::session, strike_cause::appearance});
    CHECK(w.as_operator().ask(list_at_risk{}).size() == 2);
    w.as({});
    CHECK(w.digest() == w.digest_of_replay());
}

// E39

TEST_CASE(
    "who lets leases or seats lapse, or does not come or hold what they promised, is at risk, "
    "then is pushed to no more, sees it, and has a way back",
    "[task][E39]") {
    SECTION("leases") { leases(); }
    SECTION("events") { events(); }
}
TEST_CASE(
    "strikes are for operators to forgive once and with a reason, and for nobody else to read",
    "[task][E39][refusal]") {
    strict_world w;
    auto const first = w.no_show(w.an);
    auto const second = w.no_show(w.an);
    w.no_show(w.an);
    w.given(w.forgive(first));
    auto const fourth = w.no_show(w.an);
    auto const returned = w.seat(w.chen);
    w.given(return_seat{returned, {}});
    w.next_task();
    unmoved same{w};
    same.refuses(w.push(w.an), errc::not_qualified, "member 1", "has 3 strikes");
    same.refuses(w.forgive(first), errc::wrong_state, "strike 1", "not forgiven already");
    CHECK_FALSE(w.strike_of(returned).valid());
    same.refuses(
        forgive_strike{strike_id{99}, {1, "x"}}, errc::unknown_id, "strike 99", "known strike");
    auto const of_second = w.strike_of(second);
    same.refuses(forgive_strike{of_second, {w.an.value(), ""}}, errc::invalid_text,
        "reason of strike 2", "non-empty");
    same.refuses(forgive_strike{of_second, {w.bao.value(), "x"}}, errc::invalid_argument,
        "reason of strike 2", "belong to the member");
    for (auto who : {w.an, w.bao}) {
        w.as_member(who);
        same.refuses(w.forgive(fourth), errc::not_qualified, "forgive_strike", "an employee");
        same.denies(
            list_at_risk{}, errc::not_qualified, subject("member", who), "expected an operator");
    }
    same.denies(list_strikes{w.an}, errc::not_qualified, "member 5", "member 1 themself");
    w.as({});
    same.denies(list_strikes{w.nobody}, errc::unknown_id, "member 999", "known member");
    for (auto const& wrong : {strike_rules{0, 0, days(9)}, strike_rules{2, 3, days(9)},
             strike_rules{3, 2, duration{}}}) {
        same.refuses(adopt<strike_rules>{wrong}, errc::invalid_argument, "strike_rules",
            "from 1 to strikes_max");
    }
}

} // namespace
