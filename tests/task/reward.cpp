// SPDX-License-Identifier: BSL-1.0
#include <koc/task/messages/reward.hpp>

#include "standard/unmoved.hpp"
#include "support/catch.hpp"
#include "task/work_world.hpp"

#include <string>
#include <utility>
#include <vector>

using namespace koc;
using koc_test::work_world;

namespace {

constexpr task_id one{1};
constexpr submission_id work{1};
constexpr submission_id second{2};

/// Three judged pieces: excellent, good, and below the objective.
void three_judged(work_world& w) { w.judged(one, {percent(95), percent(70), percent(40)}); }

TEST_CASE(
    "work that meets the objective earns the promised base reward, at its review", "[task][C26]") {
    work_world w;
    w.listed(w.brief(one));
    w.handed_in(one, w.an, work);
    w.accepts(w.rate(work, percent(60)));
    auto const granted = w.recorded<reward_granted>();
    REQUIRE(granted.size() == 1);
    CHECK(granted.front().kind == reward_kind::base);
    CHECK(granted.front().member == w.an);
    CHECK(granted.front().amount == money{50'000});
    w.handed_in(one, w.bao, second);
    w.accepts(w.rate(second, percent(60) - score{1}));
    CHECK(w.recorded<reward_granted>().empty());
}

TEST_CASE(
    "the base reward follows a corrected review, and no grant is negative", "[task][C26][F31]") {
    work_world w;
    w.judged(one, {percent(90), percent(40)});
    w.accepts(w.correct(work, percent(95)));
    CHECK(w.recorded<reward_granted>().empty());
    CHECK(w.recorded<reward_corrected>().empty());

    w.accepts(w.correct(work, percent(59)));
    CHECK(w.recorded<reward_granted>().empty());
    auto const withdrawn = w.recorded<reward_corrected>();
    REQUIRE(withdrawn.size() == 1);
    CHECK(withdrawn.front().member == w.an);
    CHECK(withdrawn.front().was == money{50'000});
    CHECK(withdrawn.front().base == money{});
    CHECK(w.at<reward_record>(work).base == money{});

    w.accepts(w.correct(work, percent(58))); // nothing is withdrawn twice
    CHECK(w.recorded<reward_corrected>().empty());
    w.accepts(w.correct(work, percent(60)));
    CHECK(w.recorded<reward_granted>().front().amount == money{50'000});
    CHECK(w.at<reward_record>(work).base == money{50'000});

    w.accepts(w.correct(second, percent(80))); // that had never earned anything
    CHECK(w.recorded<reward_granted>().front().member == w.chen);
    CHECK(w.at<reward_record>(second).base == money{50'000});
    for (auto const& granted : w.history_of<reward_granted>()) {
        CHECK(granted.amount > money{});
    }
    CHECK(w.replays());
}

TEST_CASE(
    "a task that promises nothing grants nothing, whatever the review becomes", "[task][C26]") {
    work_world w;
    auto made = w.brief(one);
    made.base_reward = {};
    w.listed(made);
    w.handed_in(one, w.an, work);
    w.given(w.rate(work, percent(90)), w.correct(work, percent(10)), w.correct(work, percent(90)));
    CHECK(w.history_of<reward_granted>().empty());
    CHECK(w.history_of<reward_corrected>().empty());
}

TEST_CASE(
    "the selected get a surprise on top of the base reward, and nobody else does", "[task][C26]") {
    work_world w;
    three_judged(w);
    w.given(select_best{one});
    w.accepts(surprise_best{one, money{80'000}, "Winter pathfinder"});
    auto const granted = w.recorded<reward_granted>();
    REQUIRE(granted.size() == 1);
    CHECK(granted.front().kind == reward_kind::surprise);
    CHECK(granted.front().submission == work);
    auto const& best = w.at<reward_record>(work);
    CHECK(best.base == money{50'000});
    CHECK(best.surprise == money{80'000});
    CHECK(best.honour == "Winter pathfinder");
    CHECK(w.at<reward_record>(second).surprise == money{});
    CHECK(w.find<reward_record>(submission_id{3}) == nullptr);
    CHECK(w.stage(one) == task_stage::rewarded);
    CHECK(w.replays());
}

TEST_CASE(
    "before the best are selected no event speaks of more than the base reward", "[task][C26]") {
    work_world w;
    three_judged(w);
    for (auto const& granted : w.history_of<reward_granted>()) {
        CHECK(granted.kind == reward_kind::base);
        CHECK(granted.amount == w.at(one).brief.base_reward);
        CHECK(granted.honour.empty());
    }
    CHECK(w.history_of<task_surprised>().empty());
    // Nor could one: the promise of a task has no place for it, and the stage refuses it.
    w.refuses(surprise_best{one, money{1}, ""}, errc::wrong_state, "task 1", "best_selected");
}

TEST_CASE("a surprise may be an honour, money or both", "[task][C27]") {
    for (auto const& [amount, honour] : std::vector<std::pair<money, std::string>>{
             {money{1}, ""}, {money{}, "Pathfinder"}, {money{1}, "Pathfinder"}}) {
        work_world w;
        three_judged(w);
        w.given(select_best{one});
        w.accepts(surprise_best{one, amount, honour});
        CHECK(w.recorded<reward_granted>().front().amount == amount);
        CHECK(w.recorded<reward_granted>().front().honour == honour);
    }
}

TEST_CASE("a surprise passes over the work of who was erased", "[task][C26][E16]") {
    work_world w;
    w.judged(one, {percent(95), percent(90)});
    w.given(select_best{one, 2});
    request_approval erasing;
    erasing.erasure = erase_member{w.an};
    w.by_two(erasing);
    w.accepts(surprise_best{one, money{80'000}, {}});
    REQUIRE(w.recorded<reward_granted>().size() == 1);
    CHECK(w.recorded<reward_granted>().front().submission == second);
    CHECK(w.at<reward_record>(work).surprise == money{});
    CHECK(w.replays());

    work_world alone;
    three_judged(alone);
    alone.given(select_best{one});
    alone.by_two(erasing);
    koc_test::unmoved{alone}.refuses(surprise_best{one, money{80'000}, {}}, errc::already_exists,
        "surprise for task 1", "selected work that has had no surprise yet");
}

TEST_CASE("a surprise that cannot be is refused", "[task][C26][C27][refusal]") {
    work_world w;
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
    w.given(amplify{work, "weibo", money{}});
    w.refuses(surprise_best{one, money{1}, ""}, errc::already_exists, "surprise for task 1",
        "no surprise yet");
}

} // namespace
