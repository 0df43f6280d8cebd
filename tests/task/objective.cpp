// SPDX-License-Identifier: BSL-1.0
#include <koc/task/messages/objective.hpp>

#include "support/catch.hpp"
#include "task/small_programme.hpp"

#include <string>

using namespace koc;
using koc_test::small_world;

namespace {

constexpr objective_id fresh{70};
constexpr insight_id doubt{1};

report_insight insight(score share) {
    return {doubt, "Does it keep its range in winter?", share, 1200, small_world::plan(fresh)};
}

TEST_CASE("a measured doubt that presses opens its objective", "[task][C02]") {
    small_world w;
    w.accepts(insight(percent(42)));
    auto const opened = w.recorded<objective_opened>();
    REQUIRE(opened.size() == 1);
    CHECK(opened.front().because == doubt);
    CHECK(w.recorded<insight_reported>().front().asked == 1200);
    auto const& made = w.at(fresh);
    CHECK(made.open);
    CHECK(made.because == doubt);
    // The rubric and the money are fixed before the first piece is made.
    CHECK(made.plan.rubric.size() == 4);
    CHECK(made.plan.amplification_budget == money{1'000'000});
    CHECK(w.at(doubt).doubt == percent(42));
    CHECK(w.replays());
}

TEST_CASE(
    "a doubt opens an objective from the share that the programme calls pressing", "[task][C02]") {
    struct row {
        score share;
        bool opens;
    };
    for (auto const& [share, opens] : {row{{}, false}, row{percent(30) - score{1}, false},
             row{percent(30), true}, row{whole(1), true}}) {
        CAPTURE(share.raw);
        small_world w;
        w.accepts(insight(share));
        CHECK(w.recorded<objective_opened>().empty() != opens);
        CHECK((w.find<objective_record>(fresh) != nullptr) == opens);
    }
}

TEST_CASE("what presses is a rule that may be adopted anew", "[task][C02]") {
    small_world w;
    w.refuses(adopt<objective_rules>{{percent(101)}}, errc::invalid_argument,
        "objective_rules.pressing_at");
    w.goes_by(objective_rules{percent(50)});
    w.accepts(insight(percent(42)));
    CHECK(w.recorded<objective_opened>().empty());
}

TEST_CASE("a closed objective takes nothing new", "[task][C01]") {
    small_world w;
    w.given(close_objective{w.range});
    w.refuses(close_objective{w.range}, errc::wrong_state, "objective 1", "open a new one");
    w.refuses(design_topic{topic_id{9}, w.range, "Another"}, errc::wrong_state, "objective 1");
    w.refuses(open_task{w.brief(task_id{1})}, errc::wrong_state, "objective 1");
}

TEST_CASE("an objective whose rubric or money cannot be is refused", "[task]") {
    small_world w;
    std::string const too_long(name_length_max + 1, 'x');
    auto const refused = [&](auto change, errc code, char const* about, char const* word) {
        auto plan = small_world::plan(fresh);
        change(plan);
        INFO(about << " / " << word);
        CHECK_NOTHROW(w.refuses(open_objective{plan}, code, about, word));
    };
    auto const bad = errc::invalid_argument;
    refused([](auto& p) { p.objective = {}; }, errc::already_exists, "objective 0", "above 0");
    refused([](auto& p) { p.objective = small_world::range; }, errc::already_exists, "objective 1",
        "new");
    refused(
        [](auto& p) { p.title = ""; }, errc::invalid_text, "title of objective 70", "non-empty");
    refused(
        [&](auto& p) { p.title = too_long; }, errc::invalid_text, "title of objective 70", "512");
    refused([](auto& p) { p.title = "\x80"; }, errc::invalid_text, "open_objective.plan.title",
        "UTF-8");
    refused([](auto& p) { p.rubric.clear(); }, bad, "rubric of objective 70", "from 1 to 32");
    refused(
        [](auto& p) {
            p.rubric.assign(33, {"depth", percent(3)});
        },
        bad, "rubric of objective 70", "from 1 to 32");
    refused([](auto& p) { p.rubric[0].weight = percent(41); }, bad, "rubric of objective 70",
        "add up to 1");
    refused([](auto& p) { p.rubric[0].weight = {}; }, bad, "criterion depth", "above 0");
    refused([](auto& p) { p.rubric[0].weight = -whole(1); }, bad, "criterion depth", "above 0");
    refused([](auto& p) { p.rubric[0].weight = whole(2); }, bad, "criterion depth", "at most 1");
    refused([](auto& p) { p.rubric[1].name = "depth"; }, bad, "criterion depth", "once");
    refused([](auto& p) { p.rubric[1].name = ""; }, errc::invalid_text, "rubric of objective 70",
        "non-empty");
    refused([](auto& p) { p.pass_at = -score{1}; }, bad, "objective 70", "pass_at");
    refused([](auto& p) { p.pass_at = percent(101); }, bad, "objective 70", "pass_at");
    refused([](auto& p) { p.amplification_budget = money{-1}; }, bad,
        "amplification budget of objective 70", "from 0");
    refused([](auto& p) { p.amplification_budget = money_max + money{1}; }, bad,
        "amplification budget of objective 70", "from 0");
    w.refuses(close_objective{objective_id{}}, errc::unknown_id, "objective 0", "known");
    w.refuses(close_objective{fresh}, errc::unknown_id, "objective 70", "known");
}

TEST_CASE("a doubt that nobody measured is refused", "[task][C02]") {
    small_world w;
    auto const refused = [&](auto change, errc code, char const* about, char const* word) {
        auto made = insight(percent(50));
        change(made);
        INFO(about << " / " << word);
        CHECK_NOTHROW(w.refuses(made, code, about, word));
    };
    auto const bad = errc::invalid_argument;
    refused([](auto& i) { i.insight = {}; }, errc::already_exists, "insight 0", "above 0");
    refused(
        [](auto& i) { i.question = ""; }, errc::invalid_text, "question of insight 1", "non-empty");
    refused([](auto& i) { i.doubt = percent(101); }, bad, "insight 1", "0 to 1");
    refused([](auto& i) { i.doubt = -score{1}; }, bad, "insight 1", "0 to 1");
    refused([](auto& i) { i.asked = 0; }, bad, "insight 1", "at least one person");
    refused([](auto& i) { i.asked = -4; }, bad, "insight 1", "at least one person");
    refused([](auto& i) { i.answer.objective = small_world::range; }, errc::already_exists,
        "objective 1", "new");
    refused(
        [](auto& i) { i.answer.rubric.clear(); }, bad, "rubric of objective 70", "from 1 to 32");
    w.given(insight(percent(10)));
    w.refuses(insight(percent(10)), errc::already_exists, "insight 1", "new");
}

} // namespace
