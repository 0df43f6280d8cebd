// SPDX-License-Identifier: BSL-1.0
#include <koc/task/messages/loop.hpp>

#include "support/catch.hpp"
#include "support/scenario.hpp"
#include "task/small_programme.hpp"

#include <string>
#include <vector>

using namespace koc;
using koc_test::judge_work;
using koc_test::scenario;
using koc_test::small_world;
using koc_test::winter_world;

namespace {

constexpr task_id one{1};

std::vector<task_stage> life(scenario const& s, task_id which) {
    std::vector<task_stage> stages{task_lifecycle::initial};
    for (auto const& moved : s.history_of<task_moved>()) {
        if (moved.task == which) {
            CHECK(moved.from == stages.back());
            stages.push_back(moved.to);
        }
    }
    return stages;
}

TEST_CASE("a task lives from idea to echo, and every move is recorded", "[task][C32]") {
    winter_world w;
    w.given(open_task{w.brief(one)}, dispatch{one, 2}, accept_offer{offer_id{1}});
    auto const who = w.at(offer_id{1}).member;
    w.wait(days(5)).given(submit_work{submission_id{1}, one, who, "https://example.org/w"});
    w.wait(days(1)).given(w.rate(submission_id{1}, percent(92)), select_best{one},
        surprise_best{one, money{30'000}, "Winter pathfinder"},
        amplify{submission_id{1}, "official app", money{}},
        amplify{submission_id{1}, "paid feed", money{10'000}}, close_task{one});
    CHECK(life(w, one) ==
        std::vector{task_stage::idea, task_stage::open, task_stage::under_way,
            task_stage::delivered, task_stage::evaluated, task_stage::rewarded, task_stage::echoed,
            task_stage::closed});
    CHECK(w.stage(one) == task_stage::closed);
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("echo without a surprise, and a close without either, are lives too", "[task][C32]") {
    winter_world w;
    w.listed(w.brief(one));
    w.handed_in(one, w.an, submission_id{1});
    w.given(w.rate(submission_id{1}, percent(92)), select_best{one},
        amplify{submission_id{1}, "app", money{}}, surprise_best{one, money{1}, ""},
        close_task{one});
    CHECK(life(w, one).back() == task_stage::closed);
    w.listed(w.brief(task_id{2}));
    w.handed_in(task_id{2}, w.an, submission_id{2});
    w.given(w.rate(submission_id{2}, percent(10)), close_task{task_id{2}});
    CHECK(life(w, task_id{2}) ==
        std::vector{task_stage::idea, task_stage::open, task_stage::under_way,
            task_stage::delivered, task_stage::closed});
}

TEST_CASE("moves out of turn are refused and told what the stage accepts", "[task][C32]") {
    winter_world w;
    w.listed(w.brief(one));
    w.refuses(close_task{one}, errc::wrong_state, "task 1", "taken or called_off in stage open");
    w.refuses(select_best{one}, errc::wrong_state, "task 1", "taken or called_off in stage open");
    w.handed_in(one, w.an, submission_id{1});
    w.refuses(cancel_task{one}, errc::wrong_state, "task 1",
        "such as submission 1; review it and close the task");
    w.refuses(close_task{one}, errc::wrong_state, "submission 1", "reviewed before it is closed");
    w.given(w.rate(submission_id{1}, percent(90)));
    w.refuses(cancel_task{one}, errc::wrong_state, "task 1", "waits for its review or has passed");
    w.given(close_task{one});
    w.refuses(close_task{one}, errc::wrong_state, "task 1", "no further event in stage closed");
    w.refuses(cancel_task{one}, errc::wrong_state, "task 1", "no further event in stage closed");
    for (auto unknown_task : {task_id{}, task_id{9}}) {
        w.refuses(close_task{unknown_task}, errc::unknown_id, subject("task", unknown_task));
        w.refuses(cancel_task{unknown_task}, errc::unknown_id, subject("task", unknown_task));
    }
}

TEST_CASE(
    "a task that everybody has left is open again, and can be taken or called off", "[task][C32]") {
    for (bool const again : {false, true}) {
        CAPTURE(again);
        small_world w;
        w.listed(w.brief(one));
        w.given(claim_task{one, w.an}, claim_task{one, w.bao});
        w.accepts(return_seat{offer_id{1}, {}});
        CHECK(w.stage(one) == task_stage::under_way); // Bao is at work
        w.wait(days(14)).time_passes();
        CHECK(w.recorded<offer_lapsed>().size() == 1);
        CHECK(w.stage(one) == task_stage::open);
        if (again) {
            w.accepts(claim_task{one, w.chen});
            CHECK(life(w, one) ==
                std::vector{task_stage::idea, task_stage::open, task_stage::under_way,
                    task_stage::open, task_stage::under_way});
        } else {
            w.accepts(cancel_task{one});
            CHECK(w.stage(one) == task_stage::cancelled);
        }
        CHECK(w.replays());
    }
}

TEST_CASE(
    "a task whose only work fell short can be taken again, closed or called off", "[task][C32]") {
    enum class then { taken, closed, called_off };
    for (auto const next : {then::taken, then::closed, then::called_off}) {
        CAPTURE(static_cast<int>(next));
        small_world w;
        auto made = w.brief(one);
        made.seats = 1;
        w.listed(made);
        w.handed_in(one, w.an, submission_id{1});
        w.refuses(cancel_task{one}, errc::wrong_state, "task 1", "submission 1");
        w.refuses(claim_task{one, w.bao}, errc::no_capacity, "task 1", "1 are taken");
        w.given(judge_work{submission_id{1}, false});
        CHECK(w.stage(one) == task_stage::delivered);
        CHECK(w.seats_taken(one) == 0);
        switch (next) {
        case then::taken:
            w.handed_in(one, w.bao, submission_id{2});
            w.given(judge_work{submission_id{2}, true});
            w.refuses(cancel_task{one}, errc::wrong_state, "task 1", "submission 2");
            w.accepts(close_task{one});
            break;
        case then::closed:
            w.accepts(close_task{one});
            break;
        case then::called_off:
            w.given(claim_task{one, w.bao}); // who is at work is set free
            w.accepts(cancel_task{one});
            CHECK(w.commitments(w.bao) == 0);
            CHECK(w.stage(one) == task_stage::cancelled);
            break;
        }
        CHECK(w.replays());
    }
}

TEST_CASE("a task that nobody answered can be dispatched again to the same people", "[task][E38]") {
    winter_world w;
    auto made = w.brief(one);
    made.needs = has("region", "harbin") && has("format", "text_image"); // Bao alone
    made.due_at = w.now() + days(60);
    w.given(open_task{made}, dispatch{one});
    w.refuses(dispatch{one}, errc::not_qualified, "task 1", "may be asked");
    w.wait(days(30)).accepts(dispatch{one});
    REQUIRE(w.recorded<offer_sent>().size() == 1);
    CHECK(w.recorded<offer_sent>().front().member == w.bao);
    CHECK(w.recorded<offer_sent>().front().wave == 2);
    w.accepts(accept_offer{offer_id{2}});
}

TEST_CASE("closing frees whoever still holds a seat", "[task]") {
    winter_world w;
    w.listed(w.brief(one));
    w.given(claim_task{one, w.bao});
    w.handed_in(one, w.an, submission_id{1});
    w.given(w.rate(submission_id{1}, percent(90))).accepts(close_task{one});
    CHECK(w.recorded<offer_withdrawn>().size() == 1);
    CHECK(w.at<attention_record>(w.bao).commitments == 0);
}

TEST_CASE("a review comes back as track record, earned tag, quality column and the next ranking",
    "[task][C31]") {
    winter_world w;
    auto const deep = w.tag("skill", "deep_review");
    auto made = w.brief(one);
    made.wanted = {{deep}};
    w.listed(made);
    w.handed_in(one, w.chen, submission_id{1});

    auto next = w.brief(task_id{2});
    next.wanted = {{deep}};
    next.needs = has("stage", "active");
    w.given(open_task{next});
    auto const position = [&](member_id who) {
        auto const ranked = w.ask(rank_members{task_id{2}, 20});
        for (std::size_t i = 0; i < ranked.size(); ++i) {
            if (ranked[i].member == who) {
                return i;
            }
        }
        return ranked.size();
    };
    CHECK(position(w.chen) == 1); // nobody has a record, so the smaller id stands first
    CHECK_FALSE(w.at(w.chen).tags.contains(deep));

    w.accepts(w.rate(submission_id{1}, percent(90)));
    auto const outcome = w.recorded<outcome_recorded>().front();
    CHECK(outcome.member == w.chen);
    CHECK(outcome.tags == std::vector{deep});
    CHECK(outcome.quality == percent(90));

    auto const& past = w.at<track_record_entry>(w.chen);
    REQUIRE(past.subjects.size() == 1);
    CHECK(past.subjects.front().tag == deep);
    CHECK(past.subjects.front().outcomes == 1);
    CHECK(w.at(w.chen).tags.contains(deep)); // earned
    CHECK(past.outcomes == 1);
    CHECK(past.mean_quality() == ratio(19, 30)); // (0.9 + 1) / 3
    CHECK(position(w.chen) == 0);
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("weak work earns no tag and moves nobody to the front", "[task][C31]") {
    winter_world w;
    auto const deep = w.tag("skill", "deep_review");
    auto made = w.brief(one);
    made.wanted = {{deep}, {w.tag("interest", "life")}};
    w.listed(made);
    w.handed_in(one, w.chen, submission_id{1});
    w.given(w.rate(submission_id{1}, percent(70) - score{1}));
    CHECK_FALSE(w.at(w.chen).tags.contains(deep));
    CHECK(w.at<track_record_entry>(w.chen).outcomes == 1);
    w.handed_in(one, w.dong, submission_id{2});
    w.given(w.rate(submission_id{2}, percent(70)));
    CHECK(w.at(w.dong).tags.contains(deep));
    // Only facets whose tags are earned are given by work.
    CHECK_FALSE(w.at(w.dong).tags.contains(w.tag("interest", "life")));
}

TEST_CASE("excellent work over time makes a partner of its author", "[task][C31][B11]") {
    winter_world w;
    for (std::uint64_t i = 1; i <= 3; ++i) {
        w.listed(w.brief(task_id{i}));
        w.handed_in(task_id{i}, w.an, submission_id{i});
        CHECK(w.stage(w.an) == stage::active);
        w.accepts(w.rate(submission_id{i}, percent(90)));
        w.wait(days(16));
    }
    CHECK(w.stage(w.an) == stage::mature);
}

} // namespace
