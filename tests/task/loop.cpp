// SPDX-License-Identifier: BSL-1.0
#include <koc/task/loop.hpp>

#include "support/catch.hpp"
#include "support/scenario.hpp"

#include <string>
#include <vector>

using namespace koc;
using koc_test::scenario;
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
    auto const who = w.get<offers>().find(offer_id{1})->member;
    w.wait(days(5)).given(submit_work{submission_id{1}, one, who, "https://example.org/w"});
    w.wait(days(1)).given(w.rate(submission_id{1}, percent(92)), select_best{one},
        surprise_best{one, money{30'000}, "Winter pathfinder"},
        amplify{submission_id{1}, "official app", money{}},
        amplify{submission_id{1}, "paid feed", money{10'000}}, close_task{one});
    CHECK(life(w, one) ==
        std::vector{task_stage::idea, task_stage::open, task_stage::under_way,
            task_stage::delivered, task_stage::evaluated, task_stage::rewarded, task_stage::echoed,
            task_stage::closed});
    CHECK(w.standing(one) == task_stage::closed);
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
    w.refuses(cancel_task{one}, errc::wrong_state, "task 1", "in stage delivered, not called_off");
    w.refuses(close_task{one}, errc::wrong_state, "submission 1", "reviewed before it is closed");
    w.given(w.rate(submission_id{1}, percent(90)), close_task{one});
    w.refuses(close_task{one}, errc::wrong_state, "task 1", "no further event in stage closed");
    w.refuses(cancel_task{one}, errc::wrong_state, "task 1", "no further event in stage closed");
    for (auto unknown_task : {task_id{}, task_id{9}}) {
        w.refuses(close_task{unknown_task}, errc::unknown_id, subject("task", unknown_task));
        w.refuses(cancel_task{unknown_task}, errc::unknown_id, subject("task", unknown_task));
    }
}

TEST_CASE("closing frees whoever still holds a seat", "[task]") {
    winter_world w;
    w.listed(w.brief(one));
    w.given(claim_task{one, w.bao});
    w.handed_in(one, w.an, submission_id{1});
    w.given(w.rate(submission_id{1}, percent(90))).accepts(close_task{one});
    CHECK(w.emitted<offer_withdrawn>().size() == 1);
    CHECK(w.get<attention>().commitments(w.bao) == 0);
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
        auto const ranked = *w.get<dispatching>().rank(w.look(), task_id{2}, 20, w.now());
        for (std::size_t i = 0; i < ranked.size(); ++i) {
            if (ranked[i].id == who) {
                return i;
            }
        }
        return ranked.size();
    };
    CHECK(position(w.chen) == 1); // nobody has a record, so the smaller id stands first
    CHECK_FALSE(w.person(w.chen).tags.contains(deep));

    w.accepts(w.rate(submission_id{1}, percent(90)));
    auto const outcome = w.emitted<outcome_recorded>().front();
    CHECK(outcome.member == w.chen);
    CHECK(outcome.tags == std::vector{deep});
    CHECK(outcome.quality == percent(90));

    CHECK(w.get<track_record>().outcomes(w.chen, deep) == 1);
    CHECK(w.get<track_record>().quality(w.chen, deep, w.get<track_record>().at(w.now())) >
        percent(50));
    CHECK(w.person(w.chen).tags.contains(deep)); // earned
    CHECK(w.person(w.chen).outcomes == 1);
    CHECK(w.person(w.chen).quality() == ratio(19, 30)); // (0.9 + 1) / 3
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
    CHECK_FALSE(w.person(w.chen).tags.contains(deep));
    CHECK(w.person(w.chen).outcomes == 1);
    w.handed_in(one, w.dong, submission_id{2});
    w.given(w.rate(submission_id{2}, percent(70)));
    CHECK(w.person(w.dong).tags.contains(deep));
    // Only facets whose tags are earned are given by work.
    CHECK_FALSE(w.person(w.dong).tags.contains(w.tag("interest", "life")));
}

TEST_CASE("excellent work over time makes a partner of its author", "[task][C31][B11]") {
    winter_world w;
    for (std::uint64_t i = 1; i <= 3; ++i) {
        w.listed(w.brief(task_id{i}));
        w.handed_in(task_id{i}, w.an, submission_id{i});
        CHECK(w.person(w.an).standing == stage::active);
        w.accepts(w.rate(submission_id{i}, percent(90)));
        w.wait(days(16));
    }
    CHECK(w.person(w.an).standing == stage::mature);
}

} // namespace
