// SPDX-License-Identifier: BSL-1.0

// Rows of the catalogue (docs/catalogue.md) about seats, work and what it earns, each whole,
// on the standard programme.

#include "standard/unmoved.hpp"
#include "support/catch.hpp"
#include "support/scenario.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

using namespace koc;
using koc_test::unmoved;
using koc_test::winter_world;

namespace {

using works = std::vector<submission_id>;

constexpr task_id one{1};
constexpr task_id two{2};

/// Work of one listed task by the members 1, 2, ..., handed in under these ids, with these
/// qualities.
void judged(winter_world& w, task_id task, works const& ids, std::vector<score> const& qualities) {
    auto made = w.brief(task);
    made.seats = 10;
    w.listed(made);
    for (std::size_t i = 0; i < ids.size(); ++i) {
        w.handed_in(task, member_id{i + 1}, ids[i]);
        w.given(w.rate(ids[i], qualities[i]));
    }
}

// C06

TEST_CASE("members take seats of a listed task by themselves, as many as there are, each for the "
          "time of a lease",
    "[standard][C06]") {
    winter_world w;
    auto made = w.brief(one);
    made.seats = 2;
    made.needs = has("region", "northeast");
    w.given(open_task{made});
    auto const claims = [&](member_id who) {
        w.as({actor_kind::member, who.value()}).when(claim_task{one, who}).as({});
        return w.accepted();
    };
    CHECK_FALSE(claims(w.an)); // it is not in the hall yet
    w.accepts(list_task{one});
    CHECK(w.recorded<task_listed>().front().task == one);
    CHECK(w.at<listing_record>(one).id == one);
    // Nobody is asked; who comes gets a seat, and its lease.
    REQUIRE(claims(w.an));
    CHECK(w.events().front().by == actor{actor_kind::member, w.an.value()});
    CHECK(w.recorded<attention_asked>().empty());
    CHECK(w.recorded<offer_sent>().front().from == origin::board);
    auto const lease = w.recorded<offer_accepted>().front();
    CHECK(lease.member == w.an);
    CHECK(lease.lease_until == w.now() + days(14));
    CHECK(w.at<seat_record>(one).taken == 1);
    CHECK(w.at<attention_record>(w.an).commitments == 1);
    CHECK_FALSE(claims(w.an));  // one seat for each
    CHECK_FALSE(claims(w.guo)); // who does not meet the requirement gets none
    CHECK(w.refusal().code == errc::not_qualified);
    REQUIRE(claims(w.bao));
    CHECK_FALSE(claims(w.chen));
    CHECK(w.refusal().code == errc::no_capacity);
    // A seat that is given back is there for the next who comes.
    w.accepts(return_seat{lease.offer, {w.an.value(), "My car is in repair"}});
    CHECK(w.at<seat_record>(one).taken == 1);
    CHECK(w.at<attention_record>(w.an).commitments == 0);
    REQUIRE(claims(w.chen));
    CHECK_FALSE(claims(w.dong));
    // A lease does not outlast its task.
    auto soon = w.brief(two);
    soon.due_at = w.now() + days(5);
    w.listed(soon);
    w.accepts(claim_task{two, w.dong});
    CHECK(w.recorded<offer_accepted>().front().lease_until == w.now() + days(5));
    // Work within the lease is taken; it frees the member's desk but not the seat.
    w.wait(days(2)).accepts(submit_work{submission_id{1}, one, w.chen, "https://example.org/1"});
    CHECK(w.at(w.at(submission_id{1}).offer).stage == offer_stage::fulfilled);
    CHECK(w.at<attention_record>(w.chen).commitments == 0);
    CHECK(w.at<seat_record>(one).taken == 2);
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("a claim that cannot be is refused with its reason", "[standard][C06][refusal]") {
    winter_world w;
    auto made = w.brief(one);
    made.seats = 1;
    made.needs = has("region", "northeast");
    made.barred = {w.dong};
    w.listed(made);
    auto full = w.brief(two);
    full.seats = 1;
    w.listed(full);
    w.given(claim_task{two, w.an}, open_task{w.brief(task_id{3})});
    w.listed(w.brief(task_id{4}));
    w.given(cancel_task{task_id{4}});
    w.listed(w.brief(task_id{5}));
    w.given(claim_task{task_id{5}, w.an});
    unmoved same{w};
    same.refuses(claim_task{one, w.guo}, errc::not_qualified, "member 6", "region:northeast");
    same.refuses(
        claim_task{one, w.lan}, errc::not_qualified, "member 10", "stage:active or stage:mature");
    same.refuses(claim_task{one, w.dong}, errc::not_qualified, "member 3", "barred");
    same.refuses(claim_task{one, w.an}, errc::no_capacity, "member 1", "at most 2");
    same.refuses(claim_task{two, w.bao}, errc::no_capacity, "task 2", "all 1 are taken");
    same.refuses(claim_task{task_id{5}, w.an}, errc::already_exists, "member 1", "without a seat");
    same.refuses(claim_task{task_id{3}, w.bao}, errc::wrong_state, "task 3", "on the board");
    same.refuses(claim_task{task_id{4}, w.bao}, errc::wrong_state, "task 4", "stage cancelled");
    same.refuses(claim_task{one, w.nobody}, errc::unknown_id, "member 999", "known member");
    same.refuses(list_task{one}, errc::already_exists, "task 1", "not on the board yet");
    same.refuses(list_task{task_id{9}}, errc::unknown_id, "task 9", "known task");
}

// E38

TEST_CASE("a lease ends by itself at its time, and the seat is offered again", "[standard][E38]") {
    winter_world w;
    auto made = w.brief(one);
    made.seats = 2;
    made.needs = has("region", "northeast");
    w.listed(made);
    w.accepts(claim_task{one, w.an});
    auto const lease = w.recorded<offer_accepted>().front();
    CHECK(lease.lease_until == w.now() + days(14));
    w.wait(days(1)).accepts(claim_task{one, w.bao});
    w.refuses(claim_task{one, w.chen}, errc::no_capacity, "task 1", "all 2 are taken");
    w.refuses(dispatch{one, 3}, errc::no_capacity, "task 1", "all 2 are taken");
    // Up to its last millisecond the lease holds; then the seat is free, without anybody saying so.
    w.wait(days(13) - duration{1}).time_passes();
    CHECK(w.events().empty());
    CHECK(w.at<seat_record>(one).taken == 2);
    w.wait(duration{1}).time_passes();
    REQUIRE(w.recorded<offer_lapsed>().size() == 1);
    CHECK(w.events().front().by.kind == actor_kind::time);
    CHECK(w.events().front().at == lease.lease_until);
    CHECK(w.at(lease.offer).stage == offer_stage::lapsed);
    CHECK(w.at<attention_record>(w.an).commitments == 0);
    CHECK(w.at<seat_record>(one).taken == 1);
    // It is offered again: to the next best by a push, whose answer has a time as well.
    w.accepts(dispatch{one, 1});
    auto const next = w.recorded<offer_sent>().front();
    CHECK(next.member == w.jin);
    CHECK(next.answer_by == w.now() + days(3));
    // Nobody answers, so the offer ends. Bao's lease does not outlast the first one by more than a
    // day, so his seat is free as well by then.
    w.wait(days(3)).time_passes();
    REQUIRE(w.recorded<offer_expired>().size() == 1);
    CHECK(w.at(next.offer).stage == offer_stage::expired);
    CHECK(w.recorded<offer_lapsed>().size() == 1);
    CHECK(w.at<seat_record>(one).taken == 0);
    // To whoever comes from the board, for a lease of their own: also to who had let it lapse.
    w.accepts(claim_task{one, w.chen});
    CHECK(w.recorded<offer_accepted>().front().lease_until == made.due_at); // in 13 days
    w.accepts(claim_task{one, w.an});
    CHECK(w.at<seat_record>(one).taken == 2);
    // Work in time ends the lease for good.
    w.wait(days(2)).accepts(submit_work{submission_id{1}, one, w.chen, "https://example.org/1"});
    w.wait(days(20)).time_passes();
    REQUIRE(w.recorded<offer_lapsed>().size() == 1);
    CHECK(w.at(w.recorded<offer_lapsed>().front().offer).member == w.an);
    CHECK(w.at(w.at(submission_id{1}).offer).stage == offer_stage::fulfilled);
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE(
    "after a lease or the time to answer has ended, the seat is gone", "[standard][E38][refusal]") {
    winter_world w;
    w.listed(w.brief(one));
    w.given(claim_task{one, w.an}, open_task{w.brief(two)}, dispatch{two, 1});
    auto const offer = w.recorded<offer_sent>().front().offer;
    w.wait(days(14)).time_passes();
    unmoved same{w};
    same.refuses(submit_work{submission_id{1}, one, w.an, "https://example.org/1"},
        errc::wrong_state, "member 1", "seat");
    same.refuses(return_seat{offer_id{1}, {}}, errc::wrong_state, "offer 1", "stage lapsed");
    same.refuses(accept_offer{offer}, errc::wrong_state, "offer 2", "stage expired");
    same.refuses(decline_offer{offer, {}}, errc::wrong_state, "offer 2", "stage expired");
    same.refuses(adopt<offer_rules>{{{}}}, errc::invalid_argument, "offer_rules.lease", "above 0");
}

// C23

TEST_CASE(
    "all work of a task is judged by what its objective fixed at the start", "[standard][C23]") {
    winter_world w;
    auto other = w.plan(objective_id{2});
    other.rubric = {{"visual", percent(90)}, {"depth", percent(10)}};
    other.pass_at = percent(80);
    w.given(open_objective{other}, design_topic{topic_id{2}, objective_id{2}, "Winter light"});
    w.listed(w.brief(one));
    auto light = w.brief(two);
    light.topic = topic_id{2};
    w.listed(light);
    w.handed_in(one, w.an, submission_id{1});
    w.handed_in(one, w.bao, submission_id{2});
    w.handed_in(two, w.chen, submission_id{3});
    // A deep and plain piece meets the one objective and not the other.
    w.accepts(review_work{submission_id{1},
        {{"depth", percent(90)}, {"creativity", percent(50)}, {"visual", percent(70)},
            {"interaction", percent(20)}}});
    CHECK(w.recorded<work_reviewed>().front().quality == percent(64)); // .36 + .1 + .14 + .04
    CHECK(w.recorded<work_reviewed>().front().passed);                 // from 0.6 on
    w.accepts(review_work{submission_id{3}, {{"depth", percent(90)}, {"visual", percent(70)}}});
    CHECK(w.recorded<work_reviewed>().front().quality == percent(72)); // .09 + .63
    CHECK_FALSE(w.recorded<work_reviewed>().front().passed);           // from 0.8 on
    // Nothing is left out: as long as one piece waits, nobody is selected and nothing is closed.
    w.refuses(select_best{one}, errc::wrong_state, "submission 2", "reviewed");
    w.refuses(close_task{one}, errc::wrong_state, "submission 2", "reviewed");
    // And nothing moves the measure while work comes in: not a second opening, nor a closing.
    auto softer = w.plan(w.range);
    softer.pass_at = percent(10);
    w.refuses(open_objective{softer}, errc::already_exists, "objective 1", "new objective id");
    w.given(close_objective{w.range});
    w.accepts(review_work{submission_id{2},
        {{"depth", percent(50)}, {"creativity", percent(60)}, {"visual", percent(70)},
            {"interaction", percent(60)}}});
    CHECK(w.recorded<work_reviewed>().front().quality == percent(58)); // .2 + .12 + .14 + .12
    CHECK_FALSE(w.recorded<work_reviewed>().front().passed);
    w.accepts(select_best{one, 9, percent(60)});
    CHECK(w.recorded<best_selected>().front().chosen == works{submission_id{1}});
    CHECK(w.digest() == w.digest_of_replay());
}

// C25

TEST_CASE("the best of the work are selected by quota and threshold, and equal work alike",
    "[standard][C25]") {
    struct row {
        char const* story;
        std::int64_t quota;
        std::int64_t threshold;
        works chosen;
        std::int64_t cut;
    };
    // Handed in by An, Chen, Dong, Fang, Bao and Guo.
    std::vector<score> const qualities{
        percent(85), percent(90), percent(79), percent(95), percent(90), percent(80)};
    works const ids{submission_id{1}, submission_id{2}, submission_id{3}, submission_id{4},
        submission_id{5}, submission_id{6}};
    auto const w_ = [](std::uint64_t id) { return submission_id{id}; };
    for (auto const& [story, quota, threshold, chosen, cut] : std::vector<row>{
             {"the best one", 1, 80, {w_(4)}, 95},
             {"the second best are two, so both are in", 2, 80, {w_(4), w_(2), w_(5)}, 90},
             {"three", 3, 80, {w_(4), w_(2), w_(5)}, 90},
             {"four", 4, 80, {w_(4), w_(2), w_(5), w_(1)}, 85},
             {"room for all, but one is not good enough", 9, 80,
                 {w_(4), w_(2), w_(5), w_(1), w_(6)}, 80},
             {"a lower bar", 9, 79, {w_(4), w_(2), w_(5), w_(1), w_(6), w_(3)}, 79},
             {"a high one", 9, 91, {w_(4)}, 95},
         }) {
        INFO(story);
        winter_world w;
        judged(w, one, ids, qualities);
        w.accepts(select_best{one, quota, percent(threshold)});
        auto const best = w.recorded<best_selected>().front();
        CHECK(best.chosen == chosen);
        CHECK(best.cut == percent(cut));
        CHECK(w.stage(one) == task_stage::evaluated);
        for (auto work : ids) {
            auto const is_in = std::find(chosen.begin(), chosen.end(), work) != chosen.end();
            CHECK(w.at<review_record>(work).chosen == is_in);
        }
    }
    // The same work handed in the other way round meets the same fate.
    winter_world w;
    judged(w, one, {ids.rbegin(), ids.rend()}, {qualities.rbegin(), qualities.rend()});
    w.accepts(select_best{one, 2, percent(80)});
    CHECK(w.recorded<best_selected>().front().chosen == works{w_(4), w_(2), w_(5)});
    // Only they are carried further.
    w.accepts(amplify{w_(5), "site", {}});
    w.refuses(amplify{w_(1), "site", {}}, errc::not_qualified, "submission 1", "chosen");
    CHECK(w.digest() == w.digest_of_replay());
}

// C26

TEST_CASE("what is promised is paid to all whose work is good, and the best are surprised with "
          "more that nobody had promised",
    "[standard][C26]") {
    auto const up_to_selection = [](winter_world& w) {
        judged(w, one, {submission_id{1}, submission_id{2}, submission_id{3}},
            {percent(95), percent(70), percent(40)});
        w.given(select_best{one});
    };
    winter_world w;
    up_to_selection(w);
    // The base reward comes with the review, once, to An and Chen; Dong's work fell short.
    auto const paid = w.history_of<reward_granted>();
    REQUIRE(paid.size() == 2);
    for (std::size_t i = 0; i < 2; ++i) {
        CHECK(paid[i].member == member_id{i + 1});
        CHECK(paid[i].kind == reward_kind::base);
        CHECK(paid[i].amount == money{50'000});
    }
    // A programme that will surprise looks, up to then, exactly as one that will not.
    winter_world without;
    up_to_selection(without);
    CHECK(w.digest() == without.digest());
    auto const before = w.journal().size();
    w.accepts(surprise_best{one, money{80'000}, "Winter pathfinder"});
    REQUIRE(without.journal().size() == before);
    for (std::size_t i = 0; i < before; ++i) {
        REQUIRE(w.journal()[i].chain == without.journal()[i].chain);
    }
    // It is for the selected alone, and on top.
    auto const surprise = w.recorded<reward_granted>();
    REQUIRE(surprise.size() == 1);
    CHECK(surprise.front().member == w.an);
    CHECK(surprise.front().kind == reward_kind::surprise);
    CHECK(surprise.front().amount == money{80'000});
    CHECK(surprise.front().honour == "Winter pathfinder");
    CHECK(w.at<reward_record>(submission_id{1}).base == money{50'000});
    CHECK(w.at<reward_record>(submission_id{1}).surprise == money{80'000});
    CHECK(w.at<reward_record>(submission_id{2}).base == money{50'000});
    CHECK(w.at<reward_record>(submission_id{2}).surprise == money{});
    CHECK(w.engine().find_record<reward_record>(3) == nullptr);
    CHECK(w.stage(one) == task_stage::rewarded);
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("a surprise comes neither before the selection nor twice, nor out of nothing",
    "[standard][C26][refusal]") {
    winter_world w;
    judged(w, one, {submission_id{1}, submission_id{2}}, {percent(95), percent(70)});
    w.listed(w.brief(two));
    unmoved before{w};
    auto const early = "best_selected";
    before.refuses(surprise_best{one, money{1}, ""}, errc::wrong_state, "task 1", early);
    before.refuses(surprise_best{two, money{1}, ""}, errc::wrong_state, "task 2");
    before.refuses(surprise_best{task_id{9}, money{1}, ""}, errc::unknown_id, "task 9", "known");
    auto promised = w.brief(task_id{3});
    promised.base_reward = money{-1};
    before.refuses(open_task{promised}, errc::invalid_argument, "base reward", "from 0");
    w.given(select_best{one});
    unmoved selected{w};
    selected.refuses(surprise_best{one, money{}, ""}, errc::invalid_argument, "surprise for task 1",
        "an honour or both");
    selected.refuses(surprise_best{one, money{-1}, "Pathfinder"}, errc::invalid_argument,
        "surprise for task 1", "from 0");
    selected.refuses(surprise_best{one, money{}, std::string(513, 'x')}, errc::invalid_text,
        "honour for task 1", "512");
    w.given(surprise_best{one, money{1}, ""});
    unmoved surprised{w};
    surprised.refuses(surprise_best{one, money{1}, ""}, errc::wrong_state, "task 1");
}

} // namespace
