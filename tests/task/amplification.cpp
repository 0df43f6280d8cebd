// SPDX-License-Identifier: BSL-1.0
#include <koc/task/messages/amplification.hpp>

#include "support/catch.hpp"
#include "task/work_world.hpp"

#include <rapidcheck.h>

#include <string>
#include <vector>

using namespace koc;
using koc_test::work_world;

namespace {

constexpr task_id one{1};
constexpr submission_id best{1};
constexpr submission_id other{2};

/// Two judged pieces, the first selected.
void selected(work_world& w) {
    w.judged(one, {percent(95), percent(85)});
    w.given(select_best{one});
}

money spent(work_world const& w) {
    auto const* sum = w.find<spending_record>(w.range);
    return sum == nullptr ? money{} : sum->spent;
}

TEST_CASE("the best work is carried further through the brand's own channels", "[task][C29]") {
    work_world w;
    selected(w);
    w.accepts(amplify{best, "official app", money{}});
    w.accepts(amplify{best, "paid feed", money{400'000}});
    auto const event = w.recorded<amplified>().front();
    CHECK(event.task == one);
    CHECK(event.objective == w.range);
    CHECK(
        w.at<echo_record>(best).channels == std::vector<std::string>{"official app", "paid feed"});
    CHECK(w.find<echo_record>(other) == nullptr);
    CHECK(spent(w) == money{400'000});
    CHECK(w.stage(one) == task_stage::echoed);
    CHECK(w.replays());
}

TEST_CASE(
    "the budget that the objective fixed is spent to the last coin and not beyond", "[task][C29]") {
    work_world w;
    selected(w);
    w.one_may_spend(money_max);
    w.given(amplify{best, "a", money{999'999}});
    w.refuses(amplify{best, "b", money{2}}, errc::over_budget, "objective 1", "1 minor units");
    w.accepts(amplify{best, "b", money{1}});
    w.refuses(amplify{best, "c", money{1}}, errc::over_budget, "objective 1", "0 minor units");
    w.accepts(amplify{best, "c", money{}}); // a plain repost costs nothing
}

TEST_CASE(
    "the budget of an objective is shared by all its tasks and never overspent", "[task][C29]") {
    CHECK(rc::check([] {
        work_world w;
        w.one_may_spend(money_max);
        for (std::uint64_t i = 1; i <= 3; ++i) {
            w.listed(w.brief(task_id{i}));
            w.handed_in(task_id{i}, w.an, submission_id{i});
            w.given(w.rate(submission_id{i}, percent(90)), select_best{task_id{i}});
        }
        money sum;
        for (int attempt = *rc::gen::inRange(1, 40); attempt > 0; --attempt) {
            auto const cost = money{*rc::gen::inRange<std::int64_t>(-10, 500'000)};
            w.when(amplify{submission_id{*rc::gen::inRange<std::uint64_t>(1, 4)},
                std::to_string(*rc::gen::inRange(0, 20)), cost});
            if (w.accepted()) {
                sum = sum + cost;
            } else {
                auto const code = w.refusal().code;
                auto const right = code == errc::over_budget
                    ? cost > money{1'000'000} - sum
                    : cost < money{} || code == errc::already_exists;
                RC_ASSERT(right);
            }
            RC_ASSERT(sum <= money{1'000'000});
            RC_ASSERT(spent(w) == sum);
        }
    }));
}

TEST_CASE("what was not selected is not amplified", "[task][C29]") {
    work_world w;
    selected(w);
    w.refuses(amplify{other, "official app", money{}}, errc::not_qualified, "submission 2",
        "submission is chosen");
}

TEST_CASE("an amplification that cannot be is refused", "[task][C29][refusal]") {
    work_world w;
    selected(w);
    w.one_may_spend(money_max);
    w.given(amplify{best, "weibo", money{5}});
    struct row {
        amplify asked;
        errc code;
        std::string subject;
        std::string word;
    };
    for (auto const& [asked, code, about, word] : std::vector<row>{
             {{submission_id{}, "app", money{}}, errc::unknown_id, "submission 0", "known"},
             {{submission_id{9}, "app", money{}}, errc::unknown_id, "submission 9", "known"},
             {{best, "", money{}}, errc::invalid_text, "channel for submission 1", "non-empty"},
             {{best, std::string(513, 'x'), money{}}, errc::invalid_text,
                 "channel for submission 1", "512"},
             {{best, "\xff", money{}}, errc::invalid_text, "amplify.channel", "UTF-8"},
             {{best, "app", money{-1}}, errc::invalid_argument, "cost for submission 1", "from 0"},
             {{best, "app", money_max + money{1}}, errc::invalid_argument, "cost for submission 1",
                 "from 0"},
             {{best, "app", money{1'000'000}}, errc::over_budget, "objective 1", "999995"},
             {{best, "weibo", money{5}}, errc::already_exists, "submission 1", "not 'weibo'"},
         }) {
        INFO(about << " / " << word);
        CHECK_NOTHROW(w.refuses(asked, code, about, word));
    }
    w.given(close_task{one});
    w.refuses(amplify{best, "app", money{}}, errc::wrong_state, "task 1", "closed");
}

} // namespace
