// SPDX-License-Identifier: BSL-1.0
#include <koc/task/messages/review.hpp>

#include "support/catch.hpp"
#include "task/work_world.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <string>
#include <variant>
#include <vector>

using namespace koc;
using koc_test::work_world;

namespace {

constexpr task_id one{1};
constexpr submission_id work{1};
constexpr submission_id second{2};
constexpr submission_id third{3};

std::int64_t outcomes(work_world const& w, member_id who) {
    auto const* past = w.find<track_record_entry>(who);
    return past == nullptr ? 0 : past->outcomes;
}

TEST_CASE("work is judged by the rubric that its objective fixed at the start", "[task][C23]") {
    work_world w;
    w.listed(w.brief(one));
    w.handed_in(one, w.an, work);
    w.accepts(review_work{work,
        {{"depth", percent(90)}, {"creativity", percent(50)}, {"visual", percent(70)},
            {"interaction", percent(20)}}});
    auto const reviewed = w.recorded<work_reviewed>().front();
    CHECK(reviewed.quality == percent(64)); // 0.4 * 0.9 + 0.2 * (0.5 + 0.7 + 0.2)
    CHECK(reviewed.passed);                 // from 0.6 on
    CHECK(w.at<review_record>(work).quality == percent(64));
}

TEST_CASE("another objective judges the same ratings in its own way", "[task][C23]") {
    work_world w;
    auto plan = w.plan(objective_id{2});
    plan.rubric = {{"visual", percent(90)}, {"depth", percent(10)}};
    plan.pass_at = percent(80);
    auto made = w.brief(one);
    made.topic = topic_id{2};
    w.given(open_objective{plan}, design_topic{topic_id{2}, objective_id{2}, "Winter light"});
    w.listed(made);
    w.handed_in(one, w.an, work);
    w.refuses(w.rate(work, percent(90)), errc::invalid_argument, "submission 1", "2 dimensions");
    w.accepts(review_work{work, {{"depth", whole(1)}, {"visual", percent(70)}}});
    CHECK(w.recorded<work_reviewed>().front().quality == percent(73));
    CHECK_FALSE(w.recorded<work_reviewed>().front().passed);
}

TEST_CASE("each dimension is a part of the judgement, by its name and weight", "[task][C24]") {
    work_world w;
    w.listed(w.brief(one));
    w.handed_in(one, w.an, work);
    w.accepts(review_work{work,
        {{"interaction", percent(20)}, {"visual", percent(70)}, {"creativity", percent(50)},
            {"depth", percent(90)}}}); // in whatever order
    auto const why = w.recorded<work_reviewed>().front().why;
    REQUIRE(why.parts.size() == 4);
    CHECK(why.parts[0] == reason{"depth", {}, percent(36)});
    CHECK(why.parts[1] == reason{"creativity", {}, percent(10)});
    CHECK(why.parts[2] == reason{"visual", {}, percent(14)});
    CHECK(why.parts[3] == reason{"interaction", {}, percent(4)});
}

TEST_CASE("work at the mark in every dimension is at the mark, however the weights are cut",
    "[task][C23][C24]") {
    CHECK(rc::check([] {
        auto const dimensions = *rc::gen::inRange<std::int64_t>(1, 33);
        work_world w;
        auto plan = w.plan(objective_id{2});
        plan.rubric.clear();
        for (std::int64_t i = 0; i < dimensions; ++i) {
            auto const rest = i == 0 ? score::unit % dimensions : 0;
            plan.rubric.push_back(
                {"d" + std::to_string(i), score{score::unit / dimensions + rest}});
        }
        plan.pass_at = score{*rc::gen::inRange<std::int64_t>(0, score::unit + 1)};
        auto made = w.brief(one);
        made.topic = topic_id{2};
        w.given(open_objective{plan}, design_topic{topic_id{2}, objective_id{2}, "Cut"});
        w.listed(made);
        w.handed_in(one, w.an, work);
        review_work review{work, {}};
        for (auto const& c : plan.rubric) {
            review.ratings.push_back({c.name, plan.pass_at});
        }
        w.accepts(review);
        auto const judged = w.recorded<work_reviewed>().front();
        RC_ASSERT(judged.quality == plan.pass_at);
        RC_ASSERT(judged.passed);
        RC_ASSERT(judged.why.total() == judged.quality);
    }));
}

TEST_CASE(
    "a review is an outcome in the track record, on the subjects of the task", "[task][C23]") {
    work_world w;
    auto made = w.brief(one);
    made.wanted = {{w.tag("interest", "technology")}, {w.tag("region", "harbin"), percent(50)}};
    w.listed(made);
    w.handed_in(one, w.an, work);
    w.accepts(w.rate(work, percent(90)));
    auto const outcome = w.recorded<outcome_recorded>().front();
    CHECK(outcome.member == w.an);
    CHECK(outcome.tags == std::vector{w.tag("interest", "technology"), w.tag("region", "harbin")});
    CHECK(outcome.quality == percent(90));
    CHECK(outcome.at == w.now());
    CHECK(outcomes(w, w.an) == 1);
    CHECK(w.replays());
}

TEST_CASE("what alumni hand in is taken as it is and paid for, and never judged", "[task][B22]") {
    work_world w;
    w.listed(w.brief(one));
    w.seat(one, w.an);
    w.becomes_alumnus(w.an);
    CHECK(w.recorded<review_waived>().empty());
    w.accepts(submit_work{work, one, w.an, "https://example.org/range"});
    REQUIRE(w.recorded<review_waived>().size() == 1);
    CHECK(w.recorded<review_waived>().front().submission == work);
    CHECK(w.recorded<review_waived>().front().member == w.an);
    CHECK(w.recorded<reward_granted>().front().amount == money{50'000});
    CHECK(w.at<review_waiver>(work).id == work);
    CHECK(w.find<review_record>(work) == nullptr);
    w.refuses(w.rate(work, percent(90)), errc::not_qualified, "member 1", "leave submission 1");
    CHECK(outcomes(w, w.an) == 0);
    CHECK(w.seat_of(work) == offer_stage::fulfilled);
    CHECK(w.commitments(w.an) == 0);
    w.accepts(close_task{one});
    CHECK(w.replays());
}

TEST_CASE("of a task without a promise nothing is paid for work that is taken as it is, and what "
          "was judged before is neither taken nor paid again",
    "[task][B22]") {
    work_world w;
    auto free = w.brief(one);
    free.base_reward = {};
    w.listed(free);
    w.listed(w.brief(task_id{2}));
    w.listed(w.brief(task_id{3}));
    w.handed_in(one, w.an, work);
    w.handed_in(task_id{2}, w.an, second);
    w.handed_in(task_id{3}, w.an, third);
    w.given(w.rate(second, percent(90)), w.rate(third, percent(10)));
    auto const before = w.history_of<reward_granted>().size();
    w.becomes_alumnus(w.an);
    CHECK(w.recorded<review_waived>().size() == 1);
    CHECK(w.history_of<reward_granted>().size() == before);
    CHECK(w.replays());
}

TEST_CASE("a seat whose work failed is free again", "[task][C23]") {
    work_world w;
    auto made = w.brief(one);
    made.seats = 1;
    w.listed(made);
    w.handed_in(one, w.an, work);
    w.refuses(claim_task{one, w.bao}, errc::no_capacity, "task 1");
    w.accepts(w.rate(work, percent(40)));
    CHECK(w.seat_of(work) == offer_stage::failed);
    CHECK(w.seats_taken(one) == 0);
    w.handed_in(one, w.bao, second);
    w.accepts(w.rate(second, percent(90)));
    CHECK(w.seat_of(second) == offer_stage::fulfilled);
    CHECK(w.seats_taken(one) == 1);
    w.accepts(select_best{one});
    CHECK(w.replays());
}

TEST_CASE(
    "a mistyped review is corrected with a reason, and the record follows", "[task][C23][F31]") {
    work_world w;
    w.judged(one, {percent(90)});
    auto const reviewed_at = w.now();
    w.wait(days(3)).accepts(w.correct(work, percent(80)));
    auto const corrected = w.recorded<review_corrected>().front();
    CHECK(corrected.was == percent(90));
    CHECK(corrected.quality == percent(80));
    CHECK(corrected.why.total() == percent(80));
    CHECK(corrected.reason.text == "mistyped");
    CHECK(w.at<review_record>(work).quality == percent(80));
    auto const outcome = w.recorded<outcome_corrected>().front();
    CHECK(outcome.was == percent(90));
    CHECK(outcome.quality == percent(80));
    CHECK(outcome.at == reviewed_at);
    CHECK(outcome.tags == std::vector{w.tag("interest", "technology")});
    CHECK(outcomes(w, w.an) == 1);
    CHECK(w.at<track_record_entry>(w.an).quality_sum == percent(80));
    w.accepts(w.correct(work, percent(85))); // again, from what it is now
    CHECK(w.recorded<outcome_corrected>().front().was == percent(80));
    CHECK(w.at<track_record_entry>(w.an).quality_sum == percent(85));
    CHECK(w.replays());
}

TEST_CASE("a correction across the mark moves the seat", "[task][C23][F31]") {
    work_world w;
    w.judged(one, {percent(90)});
    w.accepts(w.correct(work, percent(40)));
    CHECK_FALSE(w.at<review_record>(work).passed);
    CHECK(w.seat_of(work) == offer_stage::failed);
    CHECK(w.seats_taken(one) == 0);
    w.accepts(w.correct(work, percent(30)));
    CHECK(w.seats_taken(one) == 0);
    w.accepts(w.correct(work, percent(60)));
    CHECK(w.at<review_record>(work).passed);
    CHECK(w.seat_of(work) == offer_stage::fulfilled);
    CHECK(w.seats_taken(one) == 1);
    CHECK(w.replays());
}

TEST_CASE(
    "work that was good after all counts even where its seat went to another", "[task][C23][F31]") {
    work_world w;
    auto made = w.brief(one);
    made.seats = 1;
    w.listed(made);
    w.handed_in(one, w.an, work);
    w.given(w.rate(work, percent(40)));
    w.handed_in(one, w.bao, second);
    w.accepts(w.correct(work, percent(90)));
    CHECK(w.seats_taken(one) == 2);
    w.refuses(claim_task{one, w.chen}, errc::no_capacity, "task 1");
}

TEST_CASE("the best are chosen by quota and threshold, best first", "[task][C25]") {
    work_world w;
    w.judged(one, {percent(70), percent(95), percent(85), percent(90), percent(79)});
    w.accepts(select_best{one, 2, percent(80)});
    auto const best = w.recorded<best_selected>().front();
    CHECK(best.chosen == std::vector{submission_id{2}, submission_id{4}});
    CHECK(best.cut == percent(90));
    CHECK(w.stage(one) == task_stage::evaluated);
    CHECK(w.at<review_record>(second).chosen);
    CHECK_FALSE(w.at<review_record>(third).chosen);
    CHECK(w.at<selection_record>(one).cut == percent(90));
    CHECK(w.replays());
}

TEST_CASE("a quota that is not filled takes only what is good enough", "[task][C25]") {
    work_world w;
    w.judged(one, {percent(70), percent(95), percent(79), percent(80)});
    w.accepts(select_best{one, 100, percent(80)});
    CHECK(w.recorded<best_selected>().front().chosen ==
        std::vector{submission_id{2}, submission_id{4}});
}

TEST_CASE(
    "equal work meets an equal fate, whatever the quota and whoever came first", "[task][C25]") {
    CHECK(rc::check([] {
        work_world w;
        std::vector<score> qualities;
        for (int i = *rc::gen::inRange(1, 8); i > 0; --i) {
            qualities.push_back(percent(*rc::gen::inRange(75, 90)));
        }
        auto const quota = *rc::gen::inRange<std::int64_t>(1, 8);
        w.judged(one, qualities);
        auto const accepted = w.when(select_best{one, quota, percent(80)}).accepted();
        auto const good = std::count_if(
            qualities.begin(), qualities.end(), [](score q) { return q >= percent(80); });
        RC_ASSERT(accepted == (good > 0));
        if (!accepted) {
            return;
        }
        auto const best = w.recorded<best_selected>().front();
        auto const chosen = [&](std::uint64_t i) {
            return std::find(best.chosen.begin(), best.chosen.end(), submission_id{i}) !=
                best.chosen.end();
        };
        std::int64_t better_than_last = 0;
        for (std::uint64_t i = 1; i <= qualities.size(); ++i) {
            // One cut for all: chosen is who is at or above it.
            RC_ASSERT(chosen(i) == (qualities[i - 1] >= best.cut));
            better_than_last += qualities[i - 1] > best.cut;
        }
        RC_ASSERT(best.cut >= percent(80));
        RC_ASSERT(
            static_cast<std::int64_t>(best.chosen.size()) >= std::min<std::int64_t>(quota, good));
        RC_ASSERT(better_than_last < quota); // only those tied with the last go beyond the quota
    }));
}

TEST_CASE("nobody is chosen while work waits for its review", "[task][C25]") {
    work_world w;
    w.listed(w.brief(one));
    w.handed_in(one, w.an, work);
    w.handed_in(one, w.bao, second);
    w.given(w.rate(work, percent(90)));
    w.refuses(select_best{one}, errc::wrong_state, "submission 2", "reviewed");
    w.given(w.rate(second, percent(95)));
    w.accepts(select_best{one});
    CHECK(w.recorded<best_selected>().front().chosen == std::vector{second});
}

TEST_CASE("the selection waits for whoever may still hand in, so that better work is not left out",
    "[task][C25]") {
    work_world w;
    w.listed(w.brief(one));
    auto const seat = w.seat(one, w.bao);
    w.handed_in(one, w.an, work);
    w.given(w.rate(work, percent(90)));
    auto const until = to_iso8601(w.at(seat).until);
    w.refuses(select_best{one}, errc::wrong_state, "task 1", "member 5 may hand in until " + until);
    w.refuses(
        select_best{one}, errc::wrong_state, "task 1", "offer " + std::to_string(seat.value()));

    SECTION("better work comes in time and is chosen") {
        w.given(submit_work{second, one, w.bao, "https://example.org/range"},
            w.rate(second, percent(95)));
        w.accepts(select_best{one});
        CHECK(w.recorded<best_selected>().front().chosen == std::vector{second});
    }
    SECTION("the seat is given back") {
        w.given(return_seat{seat, {}});
        w.accepts(select_best{one});
    }
    SECTION("the lease ends") {
        w.wait(days(14)).accepts(select_best{one});
        CHECK(w.at(seat).stage == offer_stage::lapsed);
    }
    CHECK(w.replays());
}

TEST_CASE("after the selection nobody takes a seat of the task any more", "[task][C25]") {
    work_world w;
    w.judged(one, {percent(90)});
    w.given(send_offer{one, w.bao, origin::push, 1, {}, {}, w.now() + days(1)});
    auto const pending = w.recorded<offer_sent>().front().offer;
    w.given(select_best{one});
    w.refuses(accept_offer{pending}, errc::wrong_state, "task 1");
}

TEST_CASE(
    "a selection stands: reviews are corrected only where it remains right", "[task][C25][F31]") {
    // Quota 2, threshold 80 %. The third is the best that was not selected.
    struct row {
        char const* what;
        std::vector<score> qualities;
        submission_id corrected;
        score to;
        char const* refusal; // empty: accepted
    };
    for (auto const& [what, qualities, corrected, to, refusal] : std::vector<row>{
             {"selected, better", {percent(95), percent(90), percent(85)}, second, percent(97), ""},
             {"selected, worse than before", {percent(95), percent(90), percent(85)}, second,
                 percent(86), ""},
             {"selected, as good as another", {percent(95), percent(90), percent(85)}, second,
                 percent(85), "submission 3 would now be selected"},
             {"selected, no longer the best", {percent(95), percent(90), percent(85)}, second,
                 percent(84), "submission 2 would no longer be selected"},
             {"selected, below the threshold", {percent(95), percent(90)}, second, percent(79),
                 "submission 2 would no longer be selected"},
             {"not selected, still behind", {percent(95), percent(90), percent(85)}, third,
                 percent(89), ""},
             {"not selected, worse", {percent(95), percent(90), percent(85)}, third, percent(10),
                 ""},
             {"not selected, as good as the last", {percent(95), percent(90), percent(85)}, third,
                 percent(90), "submission 3 would now be selected"},
             {"not selected, though the quota has room", {percent(95), percent(70)}, second,
                 percent(80), "submission 2 would now be selected"},
             {"selected by a tie, better", {percent(95), percent(90), percent(90)}, third,
                 percent(92), ""},
             {"selected by a tie, worse", {percent(95), percent(90), percent(90)}, third,
                 percent(89), "submission 3 would no longer be selected"},
         }) {
        INFO(what);
        work_world w;
        w.judged(one, qualities);
        w.given(select_best{one, 2, percent(80)});
        auto const chosen = w.at<review_record>(corrected).chosen;
        if (std::string{refusal}.empty()) {
            CHECK_NOTHROW(w.accepts(w.correct(corrected, to)));
            CHECK(w.at<review_record>(corrected).quality == to);
        } else {
            CHECK_NOTHROW(w.refuses(w.correct(corrected, to), errc::wrong_state,
                "submission " + std::to_string(corrected.value()), refusal));
        }
        CHECK(w.at<review_record>(corrected).chosen == chosen);
    }
}

TEST_CASE("a review that does not fit the rubric, or comes twice, is refused",
    "[task][C23][C25][refusal]") {
    work_world w;
    w.listed(w.brief(one));
    w.handed_in(one, w.an, work);
    w.handed_in(one, w.bao, second);
    w.given(w.rate(second, percent(90)));
    auto const with = [&](auto change) {
        auto review = w.rate(work, percent(50));
        change(review.ratings);
        return review;
    };
    w.listed(w.brief(task_id{2}));
    struct row {
        std::variant<review_work, correct_review, select_best> asked;
        errc code;
        std::string subject;
        std::string word;
    };
    auto const wrong = [&](auto change) {
        auto asked = w.correct(second, percent(80));
        change(asked);
        return asked;
    };
    for (auto const& [asked, code, about, word] :
        std::vector<row>{
            {w.rate(submission_id{}, percent(50)), errc::unknown_id, "submission 0", "known"},
            {w.rate(submission_id{9}, percent(50)), errc::unknown_id, "submission 9", "known"},
            {w.rate(second, percent(50)), errc::already_exists, "submission 2", "not reviewed yet"},
            {w.rate(work, -score{1}), errc::invalid_argument, "submission 1", "0 to 1"},
            {w.rate(work, percent(101)), errc::invalid_argument, "submission 1", "0 to 1"},
            {with([](auto& r) { r.clear(); }), errc::invalid_argument, "submission 1",
                "4 dimensions"},
            {with([](auto& r) { r.pop_back(); }), errc::invalid_argument, "submission 1",
                "4 dimensions"},
            {with([](auto& r) {
                 r.push_back({"charm", percent(50)});
             }),
                errc::invalid_argument, "submission 1", "4 dimensions"},
            {with([](auto& r) { r[0].criterion = "charm"; }), errc::invalid_argument,
                "submission 1", "'depth'"},
            {with([](auto& r) { r[1].criterion = "depth"; }), errc::invalid_argument,
                "submission 1", "'creativity'"},
            {with([](auto& r) { r[0].criterion = "\xff"; }), errc::invalid_text,
                "review_work.ratings[0].criterion", "UTF-8"},
            {w.correct(submission_id{9}, percent(50)), errc::unknown_id, "submission 9", "known"},
            {w.correct(work, percent(50)), errc::wrong_state, "submission 1", "review it first"},
            {wrong([](auto& c) { c.reason = {}; }), errc::invalid_text,
                "reason to correct the review of submission 2", "non-empty"},
            {wrong([](auto& c) { c.ratings.pop_back(); }), errc::invalid_argument, "submission 2",
                "4 dimensions"},
            {wrong([](auto& c) { c.ratings[0].value = whole(2); }), errc::invalid_argument,
                "submission 2", "'depth'"},
            {select_best{task_id{}}, errc::unknown_id, "task 0", "known"},
            {select_best{task_id{9}}, errc::unknown_id, "task 9", "known"},
            {select_best{task_id{2}}, errc::wrong_state, "task 2", "taken"},
            {select_best{one, 0}, errc::invalid_argument, "select_best.quota", "from 1"},
            {select_best{one, -3}, errc::invalid_argument, "select_best.quota", "from 1"},
            {select_best{one, 1, -score{1}}, errc::invalid_argument, "select_best.threshold",
                "from 0 to 1"},
            {select_best{one, 1, percent(101)}, errc::invalid_argument, "select_best.threshold",
                "from 0 to 1"},
        }) {
        INFO(about << " / " << word);
        CHECK_NOTHROW(std::visit(
            [&, &c = code, &a = about, &t = word](auto const& it) { w.refuses(it, c, a, t); },
            asked));
    }
    w.given(w.rate(work, percent(10)));
    w.refuses(select_best{one, 1, percent(95)}, errc::not_qualified, "task 1", "lower it");
    w.given(select_best{one});
    w.refuses(select_best{one}, errc::wrong_state, "task 1", "not best_selected");
}

} // namespace
