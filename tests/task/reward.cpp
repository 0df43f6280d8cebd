// SPDX-License-Identifier: BSL-1.0
#include <koc/task/reward.hpp>

#include "support/catch.hpp"
#include "support/scenario.hpp"

#include <string>
#include <vector>

using namespace koc;
using koc_test::scenario;
using koc_test::winter_world;

namespace {

constexpr task_id one{1};

/// Three judged pieces: excellent, good, and below the objective.
void three_judged(winter_world& w) {
    w.listed(w.brief(one));
    std::uint64_t id = 0;
    for (auto quality : {percent(95), percent(70), percent(40)}) {
        ++id;
        w.handed_in(one, member_id{id}, submission_id{id});
        w.given(w.rate(submission_id{id}, quality));
    }
}

TEST_CASE(
    "work that meets the objective earns the promised base reward, at its review", "[task][C26]") {
    winter_world w;
    w.listed(w.brief(one));
    w.handed_in(one, w.an, submission_id{1});
    w.accepts(w.rate(submission_id{1}, percent(60)));
    auto const granted = w.emitted<reward_granted>();
    REQUIRE(granted.size() == 1);
    CHECK(granted.front().kind == reward_kind::base);
    CHECK(granted.front().member == w.an);
    CHECK(granted.front().amount == money{50'000});
    w.handed_in(one, w.bao, submission_id{2});
    w.accepts(w.rate(submission_id{2}, percent(60) - score{1}));
    CHECK(w.emitted<reward_granted>().empty());
}

TEST_CASE(
    "the selected get a surprise on top of the base reward, and nobody else does", "[task][C26]") {
    winter_world w;
    three_judged(w);
    w.given(select_best{one});
    w.accepts(surprise_best{one, money{80'000}, "Winter pathfinder"});
    auto const granted = w.emitted<reward_granted>();
    REQUIRE(granted.size() == 1);
    CHECK(granted.front().kind == reward_kind::surprise);
    CHECK(granted.front().submission == submission_id{1});
    auto const& best = *w.get<rewards>().find(submission_id{1});
    CHECK(best.base == money{50'000});
    CHECK(best.surprise == money{80'000});
    CHECK(best.honour == "Winter pathfinder");
    CHECK(w.get<rewards>().find(submission_id{2})->surprise == money{});
    CHECK(w.get<rewards>().find(submission_id{3}) == nullptr);
    CHECK(w.standing(one) == task_stage::rewarded);
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE(
    "before the best are selected no event speaks of more than the base reward", "[task][C26]") {
    winter_world w;
    three_judged(w);
    for (auto const& granted : w.history_of<reward_granted>()) {
        CHECK(granted.kind == reward_kind::base);
        CHECK(granted.amount == w.get<tasks>().find(one)->brief.base_reward);
        CHECK(granted.honour.empty());
    }
    CHECK(w.history_of<task_surprised>().empty());
    // Nor could one: the promise of a task has no place for it, and the stage refuses it.
    w.refuses(surprise_best{one, money{1}, ""}, errc::wrong_state, "task 1", "best_selected");
}

TEST_CASE("a surprise may be an honour, money or both", "[task][C27]") {
    for (auto const& [amount, honour] : std::vector<std::pair<money, std::string>>{
             {money{1}, ""}, {money{}, "Pathfinder"}, {money{1}, "Pathfinder"}}) {
        winter_world w;
        three_judged(w);
        w.given(select_best{one});
        w.accepts(surprise_best{one, amount, honour});
        CHECK(w.emitted<reward_granted>().front().amount == amount);
        CHECK(w.emitted<reward_granted>().front().honour == honour);
    }
}

TEST_CASE("a surprise that cannot be is refused", "[task]") {
    winter_world w;
    three_judged(w);
    w.given(select_best{one});
    struct row {
        surprise_best asked;
        errc code;
        std::string subject;
        std::string word;
    };
    for (auto const& [asked, code, about, word] :
        std::vector<row>{
            {{task_id{}, money{1}, ""}, errc::unknown_id, "task 0", "known"},
            {{task_id{9}, money{1}, ""}, errc::unknown_id, "task 9", "known"},
            {{one, money{}, ""}, errc::invalid_argument, "surprise for task 1",
                "an honour or both"},
            {{one, money{-1}, "Pathfinder"}, errc::invalid_argument, "surprise for task 1",
                "from 0"},
            {{one, money_max + money{1}, ""}, errc::invalid_argument, "surprise for task 1",
                "from 0"},
            {{one, money{}, std::string(513, 'x')}, errc::invalid_text, "honour for task 1", "512"},
            {{one, money{}, "\xff"}, errc::invalid_text, "surprise_best.honour", "UTF-8"},
        }) {
        INFO(about << " / " << word);
        CHECK_NOTHROW(w.refuses(asked, code, about, word));
    }
    w.given(surprise_best{one, money{1}, ""});
    w.refuses(surprise_best{one, money{1}, ""}, errc::wrong_state, "task 1");
    w.given(amplify{submission_id{1}, "weibo", money{}});
    w.refuses(surprise_best{one, money{1}, ""}, errc::already_exists, "surprise for task 1",
        "no surprise yet");
}

} // namespace
