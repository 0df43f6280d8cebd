// SPDX-License-Identifier: BSL-1.0
#include <koc/task/objective.hpp>

#include "support/catch.hpp"
#include "support/scenario.hpp"

#include <string>
#include <vector>

using namespace koc;
using koc_test::scenario;
using koc_test::winter_world;

namespace {

constexpr objective_id fresh{70};
constexpr insight_id doubt{1};

report_insight insight(score share) {
    return {doubt, "Does it keep its range in winter?", share, 1200, winter_world::plan(fresh)};
}

TEST_CASE("a measured doubt that presses opens its objective", "[task][C02]") {
    winter_world w;
    w.accepts(insight(percent(42)));
    auto const opened = w.emitted<objective_opened>();
    REQUIRE(opened.size() == 1);
    CHECK(opened.front().because == doubt);
    CHECK(w.emitted<insight_reported>().front().asked == 1200);
    auto const* made = w.get<objectives>().find(fresh);
    REQUIRE(made != nullptr);
    CHECK(made->open);
    CHECK(made->because == doubt);
    // The rubric and the money are fixed before the first piece is made.
    CHECK(made->plan.rubric.size() == 4);
    CHECK(made->plan.amplification_budget == money{1'000'000});
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
        winter_world w;
        w.accepts(insight(share));
        CHECK(w.emitted<objective_opened>().empty() != opens);
        CHECK((w.get<objectives>().find(fresh) != nullptr) == opens);
    }
}

TEST_CASE("a closed objective takes nothing new", "[task][C01]") {
    winter_world w;
    w.given(close_objective{w.range});
    w.refuses(close_objective{w.range}, errc::wrong_state, "objective 1", "open a new one");
    w.refuses(design_topic{topic_id{9}, w.range, "Another"}, errc::wrong_state, "objective 1");
    w.refuses(open_task{w.brief(task_id{1})}, errc::wrong_state, "objective 1");
}

TEST_CASE("an objective whose rubric or money cannot be is refused", "[task]") {
    winter_world w;
    auto const with = [](auto change) {
        auto plan = winter_world::plan(fresh);
        change(plan);
        return open_objective{plan};
    };
    std::string const too_long(name_length_max + 1, 'x');
    struct row {
        scenario::command asked;
        errc code;
        std::string subject;
        std::string word;
    };
    for (auto const& [asked, code, about, word] : std::vector<row>{
             {with([](auto& p) { p.objective = {}; }), errc::already_exists, "objective 0",
                 "above 0"},
             {with([](auto& p) { p.objective = winter_world::range; }), errc::already_exists,
                 "objective 1", "new"},
             {with([](auto& p) { p.title = ""; }), errc::invalid_text, "title of objective 70",
                 "non-empty"},
             {with([&](auto& p) { p.title = too_long; }), errc::invalid_text,
                 "title of objective 70", "512"},
             {with([](auto& p) { p.title = "\x80"; }), errc::invalid_text,
                 "open_objective.plan.title", "UTF-8"},
             {with([](auto& p) { p.rubric.clear(); }), errc::invalid_argument,
                 "rubric of objective 70", "from 1 to 32"},
             {with([](auto& p) {
                  p.rubric.assign(33, {"depth", percent(3)});
              }),
                 errc::invalid_argument, "rubric of objective 70", "from 1 to 32"},
             {with([](auto& p) { p.rubric[0].weight = percent(41); }), errc::invalid_argument,
                 "rubric of objective 70", "add up to 1"},
             {with([](auto& p) { p.rubric[0].weight = {}; }), errc::invalid_argument,
                 "criterion depth", "above 0"},
             {with([](auto& p) { p.rubric[0].weight = -whole(1); }), errc::invalid_argument,
                 "criterion depth", "above 0"},
             {with([](auto& p) { p.rubric[0].weight = whole(2); }), errc::invalid_argument,
                 "criterion depth", "at most 1"},
             {with([](auto& p) { p.rubric[1].name = "depth"; }), errc::invalid_argument,
                 "criterion depth", "once"},
             {with([](auto& p) { p.rubric[1].name = ""; }), errc::invalid_text,
                 "rubric of objective 70", "non-empty"},
             {with([](auto& p) { p.pass_at = -score{1}; }), errc::invalid_argument, "objective 70",
                 "pass_at"},
             {with([](auto& p) { p.pass_at = percent(101); }), errc::invalid_argument,
                 "objective 70", "pass_at"},
             {with([](auto& p) { p.amplification_budget = money{-1}; }), errc::invalid_argument,
                 "amplification budget of objective 70", "from 0"},
             {with([](auto& p) { p.amplification_budget = money_max + money{1}; }),
                 errc::invalid_argument, "amplification budget of objective 70", "from 0"},
             {close_objective{objective_id{}}, errc::unknown_id, "objective 0", "known"},
             {close_objective{fresh}, errc::unknown_id, "objective 70", "known"},
         }) {
        INFO(about << " / " << word);
        CHECK_NOTHROW(w.refuses(asked, code, about, word));
    }
}

TEST_CASE("a doubt that nobody measured is refused", "[task][C02]") {
    winter_world w;
    auto const with = [](auto change) {
        auto made = insight(percent(50));
        change(made);
        return made;
    };
    struct row {
        scenario::command asked;
        errc code;
        std::string subject;
        std::string word;
    };
    for (auto const& [asked, code, about, word] : std::vector<row>{
             {with([](auto& i) { i.insight = {}; }), errc::already_exists, "insight 0", "above 0"},
             {with([](auto& i) { i.question = ""; }), errc::invalid_text, "question of insight 1",
                 "non-empty"},
             {with([](auto& i) { i.doubt = percent(101); }), errc::invalid_argument, "insight 1",
                 "0 to 1"},
             {with([](auto& i) { i.doubt = -score{1}; }), errc::invalid_argument, "insight 1",
                 "0 to 1"},
             {with([](auto& i) { i.asked = 0; }), errc::invalid_argument, "insight 1",
                 "at least one person"},
             {with([](auto& i) { i.asked = -4; }), errc::invalid_argument, "insight 1",
                 "at least one person"},
             {with([](auto& i) { i.answer.objective = winter_world::range; }), errc::already_exists,
                 "objective 1", "new"},
             {with([](auto& i) { i.answer.rubric.clear(); }), errc::invalid_argument,
                 "rubric of objective 70", "from 1 to 32"},
         }) {
        INFO(about << " / " << word);
        CHECK_NOTHROW(w.refuses(asked, code, about, word));
    }
    w.given(insight(percent(10)));
    w.refuses(insight(percent(10)), errc::already_exists, "insight 1", "new");
}

} // namespace
