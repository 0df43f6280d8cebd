// SPDX-License-Identifier: BSL-1.0

// Rows of the catalogue (docs/catalogue.md) about deadlines on members' own clocks, each whole, on
// the standard programme.

#include "standard/unmoved.hpp"
#include "support/calendars.hpp"
#include "support/catch.hpp"
#include "support/scenario.hpp"

#include <string_view>

using namespace koc;
using koc_test::berlin;
using koc_test::china;
using koc_test::unmoved;
using koc_test::utc;
using koc_test::winter_world;

namespace {

constexpr task_id one{1};
constexpr task_id two{2};
constexpr task_id three{3};
constexpr zone_rules los_angeles{
    hours(-8), summer_time{hours(-7), {3, 2, 0, hours(2)}, {11, 1, 0, hours(2)}}};

/// The programme is at home in China; Guo lives in Berlin and Hua in Los Angeles.
class three_zones : public winter_world {
public:
    three_zones() {
        given(adopt<calendar_rules>{{china, {}}}, set_own_time{guo, berlin, {}},
            set_own_time{hua, los_angeles, {}});
    }
    void until(std::string_view text) { wait(utc(text) - now()); }
    /// A task that is due at the end of a day.
    [[nodiscard]] task_brief due_on(task_id task, std::string_view day) const {
        auto made = brief(task);
        made.seats = 9;
        made.due_at = {};
        made.due_day = utc(day);
        return made;
    }
    /// A seat that somebody takes by themselves, and until when.
    offer_accepted claimed(task_id task, member_id who) {
        accepts(claim_task{task, who});
        return recorded<offer_accepted>().front();
    }
    [[nodiscard]] extend_lease more_time(offer_id offer, std::string_view text) const {
        return {offer, utc(text), {at(offer).member.value(), "Snowed in"}};
    }
};

// E10

TEST_CASE("a day ends on each member's own clocks, and one member may be given more time than the "
          "others",
    "[standard][E10]") {
    three_zones w;
    w.until("2026-01-10T02:00:00Z");
    w.listed(w.due_on(one, "2026-01-20"));
    CHECK(w.at(one).brief.due_at == utc("2026-01-21T12:00:00Z")); // it has ended everywhere
    // The same day for everybody, and three instants at which it ends.
    auto const of_an = w.claimed(one, w.an);
    auto const of_guo = w.claimed(one, w.guo);
    auto const of_hua = w.claimed(one, w.hua);
    auto const of_bao = w.claimed(one, w.bao);
    CHECK(of_an.lease_until == utc("2026-01-20T16:00:00Z"));
    CHECK(of_guo.lease_until == utc("2026-01-20T23:00:00Z"));
    CHECK(of_hua.lease_until == utc("2026-01-21T08:00:00Z"));
    CHECK(of_bao.lease_until == utc("2026-01-20T16:00:00Z"));
    // Bao is given ten days more, which is after the task is due.
    w.as({actor_kind::employee, 3})
        .accepts(w.more_time(of_bao.offer, "2026-01-31T16:00:00Z"))
        .as({});
    REQUIRE(w.events().size() == 1);
    CHECK(w.events().front().by == actor{actor_kind::employee, 3});
    CHECK(w.recorded<lease_extended>().front().reason.text == "Snowed in");
    CHECK(w.at(of_bao.offer).until == utc("2026-01-31T16:00:00Z"));
    CHECK(w.at(of_an.offer).until == of_an.lease_until);
    CHECK(w.at(of_hua.offer).until == of_hua.lease_until);
    // In China the day is over: An's lease ends, and nobody there can come or be asked any more.
    w.until("2026-01-20T15:59:59Z");
    CHECK(w.ask(consider_member{one, w.chen}).admitted());
    w.until("2026-01-20T16:00:00Z");
    w.time_passes();
    CHECK(w.at(of_an.offer).stage == offer_stage::lapsed);
    CHECK(w.at(of_guo.offer).stage == offer_stage::held);
    CHECK_FALSE(w.ask(consider_member{one, w.chen}).admitted());
    CHECK(w.ask(consider_member{one, w.chen}).stopped_by->find("2026-01-20T16:00:00Z") !=
        std::string::npos);
    // In Berlin it is five in the afternoon of that day: work is taken, from who holds a seat and
    // from who takes one now.
    w.accepts(submit_work{submission_id{1}, one, w.guo, "https://example.org/1"});
    w.given(set_own_time{w.dong, berlin, {}});
    auto const of_dong = w.claimed(one, w.dong);
    CHECK(of_dong.lease_until == utc("2026-01-20T23:00:00Z"));
    w.until("2026-01-21T07:59:59Z");
    w.time_passes();
    CHECK(w.at(of_dong.offer).stage == offer_stage::lapsed);
    w.accepts(submit_work{submission_id{2}, one, w.hua, "https://example.org/2"});
    // The task is due for all, but for the one who was given more time. Their work counts as any.
    w.until("2026-01-31T15:59:59Z");
    w.time_passes();
    CHECK(w.at(of_bao.offer).stage == offer_stage::held);
    w.given(w.rate(submission_id{1}, percent(80)), w.rate(submission_id{2}, percent(80)));
    w.refuses(
        select_best{one, 1, percent(60)}, errc::wrong_state, "task 1", "member 5 may hand in");
    w.accepts(submit_work{submission_id{3}, one, w.bao, "https://example.org/3"});
    w.accepts(w.rate(submission_id{3}, percent(90)));
    CHECK(w.recorded<reward_granted>().front().amount == money{50'000});
    w.accepts(select_best{one, 1, percent(60)});
    CHECK(w.at(submission_id{3}).member == w.bao);
    CHECK(w.at<review_record>(submission_id{3}).chosen);
    // A given deadline stays when the member moves; the next one goes by the new clocks, which are
    // an hour ahead in summer.
    w.until("2026-07-01T02:00:00Z");
    w.listed(w.due_on(two, "2026-07-10"));
    auto const at_home = w.claimed(two, w.hua);
    CHECK(at_home.lease_until == utc("2026-07-11T07:00:00Z"));
    w.given(set_own_time{w.hua, berlin, {}});
    CHECK(w.at(at_home.offer).until == utc("2026-07-11T07:00:00Z"));
    w.listed(w.due_on(three, "2026-07-10"));
    CHECK(w.claimed(three, w.hua).lease_until == utc("2026-07-10T22:00:00Z"));
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("an extension that is not used ends like any lease, and none ends in a member's night",
    "[standard][E10]") {
    three_zones w;
    w.given(adopt<own_time_rules>{{{hours(22), hours(8)}}});
    w.listed(w.brief(one));
    w.until("2026-01-05T15:00:00Z"); // eleven in the evening in China, four in Berlin
    auto const of_an = w.claimed(one, w.an);
    auto const of_guo = w.claimed(one, w.guo);
    CHECK(of_an.lease_until == utc("2026-01-20T00:00:00Z")); // fourteen days, and the night
    CHECK(of_guo.lease_until == utc("2026-01-19T15:00:00Z"));
    // Twice for one person, and each time from where the lease ended.
    w.accepts(w.more_time(of_an.offer, "2026-01-22T00:00:00Z"));
    w.accepts(w.more_time(of_an.offer, "2026-02-10T00:00:00Z"));
    w.until("2026-02-09T23:59:59Z");
    w.time_passes();
    CHECK(w.at(of_guo.offer).stage == offer_stage::lapsed);
    CHECK(w.at<seat_record>(one).taken == 1);
    CHECK(w.at<attention_record>(w.an).commitments == 1);
    w.until("2026-02-10T00:00:00Z");
    w.time_passes();
    REQUIRE(w.recorded<offer_lapsed>().size() == 1);
    CHECK(w.recorded<offer_lapsed>().front().offer == of_an.offer);
    CHECK(w.at<seat_record>(one).taken == 0);
    CHECK(w.at<attention_record>(w.an).commitments == 0);
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("time that has passed is given to nobody, nor is there a day that ends at two instants",
    "[standard][E10][refusal]") {
    three_zones w;
    w.until("2026-01-10T02:00:00Z");
    w.listed(w.due_on(one, "2026-01-20"));
    w.listed(w.brief(two));
    auto const lapsed = w.claimed(one, w.an).offer;
    auto const returned = w.claimed(one, w.bao).offer;
    auto const held = w.claimed(one, w.hua).offer;
    w.given(return_seat{returned, {}});
    w.until("2026-01-20T16:00:00Z");
    w.time_passes();
    unmoved same{w};
    same.refuses(
        w.more_time(lapsed, "2026-02-01T00:00:00Z"), errc::wrong_state, "offer 1", "stage lapsed");
    same.refuses(w.more_time(returned, "2026-02-01T00:00:00Z"), errc::wrong_state, "offer 2",
        "stage returned");
    same.refuses(w.more_time(held, "2026-01-15T00:00:00Z"), errc::invalid_argument, "offer 3",
        "more time than until 2026-01-21T08:00:00Z");
    same.refuses(w.more_time(held, "2026-01-21T08:00:00Z"), errc::invalid_argument, "offer 3",
        "name a later instant");
    same.refuses(extend_lease{offer_id{99}, w.now() + days(1), {}}, errc::unknown_id, "offer 99",
        "known offer");
    same.refuses(extend_lease{held, w.now() + days(9), {w.an.value(), "x"}}, errc::invalid_argument,
        "reason of offer 3", "belong to the member");
    for (auto who : {w.hua, w.an}) {
        w.as({actor_kind::member, who.value()});
        same.refuses(w.more_time(held, "2026-02-01T00:00:00Z"), errc::not_qualified, "extend_lease",
            "expected an employee");
    }
    w.as({});
    // For who has it, the day is over; for the others it is not.
    same.refuses(
        claim_task{one, w.chen}, errc::wrong_state, "member 2", "last day ended at 2026-01-20T16");
    same.refuses(send_offer{one, w.chen, origin::push, 1, {}, {}, w.now() + days(1)},
        errc::wrong_state, "member 2", "last day ended");
    auto made = w.due_on(three, "2026-02-01");
    made.due_at = w.now() + days(5);
    same.refuses(open_task{made}, errc::invalid_argument, "task 3", "one of due_at, due_day");
    made = w.due_on(three, "2026-02-01T08:00:00Z");
    same.refuses(open_task{made}, errc::invalid_argument, "task 3", "the midnight of a day");
    same.refuses(open_task{w.due_on(three, "2026-01-18")}, errc::invalid_argument, "task 3",
        "due time in the future");
    made = w.brief(three);
    made.due_at = {};
    same.refuses(open_task{made}, errc::invalid_argument, "task 3", "due time in the future");
}

} // namespace
