// SPDX-License-Identifier: BSL-1.0
#include <koc/task/review.hpp>

#include "support/catch.hpp"
#include "support/scenario.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <string>
#include <vector>

using namespace koc;
using koc_test::scenario;
using koc_test::winter_world;

namespace {

constexpr task_id one{1};
constexpr submission_id work{1};

/// Seven pieces of work of one task, by members 1 to 7, with these qualities.
void judged(winter_world& w, std::vector<score> const& qualities) {
    auto made = w.brief(one);
    made.seats = 7;
    w.listed(made);
    for (std::uint64_t i = 1; i <= qualities.size(); ++i) {
        w.handed_in(one, member_id{i}, submission_id{i});
        w.given(w.rate(submission_id{i}, qualities[i - 1]));
    }
}

TEST_CASE("work is judged by the rubric that its objective fixed at the start", "[task][C23]") {
    winter_world w;
    w.listed(w.brief(one));
    w.handed_in(one, w.an, work);
    w.accepts(review_work{work,
        {{"depth", percent(90)}, {"creativity", percent(50)}, {"visual", percent(70)},
            {"interaction", percent(20)}}});
    auto const reviewed = w.emitted<work_reviewed>().front();
    CHECK(reviewed.quality == percent(64)); // 0.4 * 0.9 + 0.2 * (0.5 + 0.7 + 0.2)
    CHECK(reviewed.passed);                 // from 0.6 on
    CHECK(w.get<reviews>().find(work)->quality == percent(64));
}

TEST_CASE("another objective judges the same ratings in its own way", "[task][C23]") {
    winter_world w;
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
    CHECK(w.emitted<work_reviewed>().front().quality == percent(73));
    CHECK_FALSE(w.emitted<work_reviewed>().front().passed);
}

TEST_CASE("each dimension is a part of the judgement, by its name and weight", "[task][C24]") {
    winter_world w;
    w.listed(w.brief(one));
    w.handed_in(one, w.an, work);
    w.accepts(review_work{work,
        {{"interaction", percent(20)}, {"visual", percent(70)}, {"creativity", percent(50)},
            {"depth", percent(90)}}}); // in whatever order
    auto const why = w.emitted<work_reviewed>().front().why;
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
        winter_world w;
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
        auto const judged = w.emitted<work_reviewed>().front();
        RC_ASSERT(judged.quality == plan.pass_at);
        RC_ASSERT(judged.passed);
        RC_ASSERT(judged.why.total() == judged.quality);
    }));
}

TEST_CASE("the best are chosen by quota and threshold, best first", "[task][C25]") {
    winter_world w;
    judged(w, {percent(70), percent(95), percent(85), percent(90), percent(79)});
    w.accepts(select_best{one, 2, percent(80)});
    auto const best = w.emitted<best_selected>().front();
    CHECK(best.chosen == std::vector{submission_id{2}, submission_id{4}});
    CHECK(best.cut == percent(90));
    CHECK(w.standing(one) == task_stage::evaluated);
    CHECK(w.get<reviews>().find(submission_id{2})->chosen);
    CHECK_FALSE(w.get<reviews>().find(submission_id{3})->chosen);
}

TEST_CASE("a quota that is not filled takes only what is good enough", "[task][C25]") {
    winter_world w;
    judged(w, {percent(70), percent(95), percent(79), percent(80)});
    w.accepts(select_best{one, 100, percent(80)});
    CHECK(w.emitted<best_selected>().front().chosen ==
        std::vector{submission_id{2}, submission_id{4}});
}

TEST_CASE(
    "equal work meets an equal fate, whatever the quota and whoever came first", "[task][C25]") {
    CHECK(rc::check([] {
        winter_world w;
        std::vector<score> qualities;
        for (int i = *rc::gen::inRange(1, 8); i > 0; --i) {
            qualities.push_back(percent(*rc::gen::inRange(75, 90)));
        }
        auto const quota = *rc::gen::inRange<std::int64_t>(1, 8);
        judged(w, qualities);
        w.when(select_best{one, quota, percent(80)});
        auto const good = std::count_if(
            qualities.begin(), qualities.end(), [](score q) { return q >= percent(80); });
        RC_ASSERT(w.accepted() == (good > 0));
        if (!w.accepted()) {
            return;
        }
        auto const best = w.emitted<best_selected>().front();
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
    winter_world w;
    w.listed(w.brief(one));
    w.handed_in(one, w.an, submission_id{1});
    w.handed_in(one, w.bao, submission_id{2});
    w.given(w.rate(submission_id{1}, percent(90)));
    w.refuses(select_best{one}, errc::wrong_state, "submission 2", "reviewed");
}

TEST_CASE("a review that does not fit the rubric, or comes twice, is refused", "[task]") {
    winter_world w;
    w.listed(w.brief(one));
    w.handed_in(one, w.an, work);
    w.handed_in(one, w.bao, submission_id{2});
    w.given(w.rate(submission_id{2}, percent(90)));
    auto const with = [&](auto change) {
        auto review = w.rate(work, percent(50));
        change(review.ratings);
        return review;
    };
    auto const none = w.brief(task_id{2});
    w.given(open_task{none});
    struct row {
        scenario::command asked;
        errc code;
        std::string subject;
        std::string word;
    };
    for (auto const& [asked, code, about, word] : std::vector<row>{
             {w.rate(submission_id{}, percent(50)), errc::unknown_id, "submission 0", "known"},
             {w.rate(submission_id{9}, percent(50)), errc::unknown_id, "submission 9", "known"},
             {w.rate(submission_id{2}, percent(50)), errc::already_exists, "submission 2",
                 "not reviewed yet"},
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
             {select_best{task_id{}}, errc::unknown_id, "task 0", "known"},
             {select_best{task_id{9}}, errc::unknown_id, "task 9", "known"},
             {select_best{task_id{2}}, errc::wrong_state, "task 2", "taken"},
             {select_best{one, 0}, errc::invalid_argument, "task 1", "quota"},
             {select_best{one, -3}, errc::invalid_argument, "task 1", "quota"},
             {select_best{one, 1, -score{1}}, errc::invalid_argument, "task 1", "threshold"},
             {select_best{one, 1, percent(101)}, errc::invalid_argument, "task 1", "threshold"},
         }) {
        INFO(about << " / " << word);
        CHECK_NOTHROW(w.refuses(asked, code, about, word));
    }
    w.given(w.rate(work, percent(10)));
    w.refuses(select_best{one, 1, percent(95)}, errc::not_qualified, "task 1", "lower it");
    w.given(select_best{one});
    w.refuses(select_best{one}, errc::wrong_state, "task 1", "not best_selected");
}

} // namespace
