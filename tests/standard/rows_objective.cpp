// SPDX-License-Identifier: BSL-1.0

// Rows of the catalogue (docs/catalogue.md) about what work is for: doubts, objectives and topics,
// each whole, on the standard programme.

#include "standard/unmoved.hpp"
#include "support/catch.hpp"
#include "support/scenario.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

using namespace koc;
using koc_test::unmoved;
using koc_test::winter_world;

namespace {

using ids = std::vector<member_id>;

constexpr task_id one{1};
constexpr objective_id charging{2};

ids asked(winter_world const& w) {
    ids found;
    for (auto const& sent : w.recorded<offer_sent>()) {
        found.push_back(sent.member);
    }
    return found;
}

/// An objective that judges by one thing, strictly.
objective_plan strict_plan() {
    return {charging, "Buyers know where to charge", {{"clarity", whole(1)}}, percent(80),
        money{1'000}};
}

// C01

TEST_CASE("every task serves the objective of its topic: in its phase, by its mark and from its "
          "money",
    "[standard][C01]") {
    winter_world w;
    w.one_may_spend(money_max);
    w.given(open_objective{strict_plan()},
        design_topic{topic_id{2}, charging, "Where I charge in winter"});
    for (std::uint64_t i = 1; i <= 4; ++i) {
        auto made = w.brief(task_id{i});
        made.topic = i % 2 == 1 ? w.test_drive : topic_id{2};
        w.listed(made);
        CHECK(w.at(task_id{i}).objective == (i % 2 == 1 ? w.range : charging));
    }
    // Which objective it is decides what the work is judged by, and who pays to carry it further.
    w.handed_in(task_id{1}, w.an, submission_id{1});
    w.handed_in(task_id{2}, w.bao, submission_id{2});
    w.refuses(w.rate(submission_id{2}, percent(70)), errc::invalid_argument, "submission 2",
        "1 dimension");
    w.given(w.rate(submission_id{1}, percent(70)));
    CHECK(w.recorded<work_reviewed>().front().passed); // 0.7 meets the one objective
    w.given(review_work{submission_id{2}, {{"clarity", percent(70)}}});
    CHECK_FALSE(w.recorded<work_reviewed>().front().passed); // and not the other
    w.given(select_best{task_id{1}, 1, percent(60)});
    w.accepts(amplify{submission_id{1}, "site", money{400'000}});
    CHECK(w.recorded<amplified>().front().objective == w.range);
    CHECK(w.at<spending_record>(w.range).spent == money{400'000});
    CHECK(w.engine().find_record<spending_record>(charging.value()) == nullptr);
    // When the phase of an objective is over nothing new serves it; what runs comes to its end.
    w.given(close_objective{w.range});
    auto late = w.brief(task_id{5});
    w.refuses(open_task{late}, errc::wrong_state, "objective 1", "an open objective");
    late.topic = topic_id{2};
    w.accepts(open_task{late});
    w.accepts(claim_task{task_id{3}, w.chen});
    // There is no other way to a task, and none without an objective.
    std::size_t tasks = 0;
    w.engine().each<task_record>([&](task_record const& t) {
        ++tasks;
        CHECK(w.at(t.brief.topic).objective == t.objective);
        CHECK(w.engine().find(t.objective) != nullptr);
    });
    CHECK(tasks == 5);
    CHECK(w.history_of<task_opened>().size() == 5);
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("a task that serves no open objective is refused", "[standard][C01][refusal]") {
    winter_world w;
    w.given(open_objective{w.plan(charging)}, design_topic{topic_id{2}, charging, "Topic"},
        close_objective{charging});
    unmoved same{w};
    auto made = w.brief(one);
    made.topic = topic_id{9};
    same.refuses(open_task{made}, errc::unknown_id, "task 1", "every task serves an objective");
    made.topic = {};
    same.refuses(open_task{made}, errc::unknown_id, "task 1", "the topic of an open objective");
    made.topic = topic_id{2};
    same.refuses(open_task{made}, errc::wrong_state, "objective 2", "an open objective");
}

// C02

TEST_CASE("when the numbers show a doubt that presses, an objective with all that it needs is "
          "there at once",
    "[standard][C02]") {
    winter_world w;
    report_insight doubt{
        insight_id{1}, "Where do I charge in winter?", percent(29), 500, strict_plan()};
    // A doubt of 29 % of 500 is kept, and opens nothing.
    w.accepts(doubt);
    CHECK(w.recorded<insight_reported>().front().doubt == percent(29));
    CHECK(w.recorded<objective_opened>().empty());
    CHECK(w.engine().find(charging) == nullptr);
    w.refuses(design_topic{topic_id{2}, charging, "Topic"}, errc::unknown_id, "objective 2");
    // A millionth below the mark is below it. At the mark the doubt and its objective are one
    // decision.
    doubt.insight = insight_id{2};
    doubt.doubt = percent(30) - score{1};
    w.accepts(doubt);
    CHECK(w.recorded<objective_opened>().empty());
    doubt.insight = insight_id{3};
    doubt.doubt = percent(30);
    doubt.asked = 800;
    w.accepts(doubt);
    CHECK(w.receipt().count == 2);
    auto const opened = w.recorded<objective_opened>();
    REQUIRE(opened.size() == 1);
    CHECK(opened.front().because == insight_id{3});
    // It says what is doubted, by how many of how many, and by what the answers will be judged.
    auto const& objective = w.at(charging);
    CHECK(objective.open);
    CHECK(objective.plan.title == "Buyers know where to charge");
    CHECK(objective.plan.rubric == strict_plan().rubric);
    CHECK(objective.plan.pass_at == percent(80));
    CHECK(objective.plan.amplification_budget == money{1'000});
    auto const& why = w.at(objective.because);
    CHECK(why.question == "Where do I charge in winter?");
    CHECK(why.doubt == percent(30));
    CHECK(why.asked == 800);
    // It is an objective as any other: work for it can begin.
    auto made = w.brief(one);
    made.topic = topic_id{2};
    w.given(design_topic{topic_id{2}, charging, "Where I charge in winter"}, open_task{made});
    w.accepts(dispatch{one, 1});
    CHECK(w.at(one).objective == charging);
    // What presses is for the programme to say.
    w.given(adopt<objective_rules>{{percent(50)}});
    doubt = {insight_id{4}, "Is it loud?", percent(43), 500, w.plan(objective_id{3})};
    w.accepts(doubt);
    CHECK(w.recorded<objective_opened>().empty());
    w.given(adopt<objective_rules>{{percent(40)}});
    doubt.insight = insight_id{5};
    w.accepts(doubt);
    CHECK(w.at(objective_id{3}).because == insight_id{5});
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("a doubt that nobody measured, or without an objective to open, is refused",
    "[standard][C02][refusal]") {
    winter_world w;
    report_insight const doubt{insight_id{1}, "Does it last?", percent(43), 500, w.plan(charging)};
    unmoved same{w};
    auto bad = doubt;
    bad.asked = 0;
    same.refuses(bad, errc::invalid_argument, "insight 1", "at least one person");
    bad = doubt;
    bad.doubt = percent(101);
    same.refuses(bad, errc::invalid_argument, "insight 1", "from 0 to 1");
    bad = doubt;
    bad.question = "";
    same.refuses(bad, errc::invalid_text, "question of insight 1");
    bad = doubt;
    bad.answer.objective = w.range; // one that is there is not opened again
    same.refuses(bad, errc::already_exists, "objective 1", "new objective id");
    bad = doubt;
    bad.insight = {};
    same.refuses(bad, errc::already_exists, "insight 0", "new insight id");
    bad = doubt;
    bad.answer.rubric.front().weight = percent(41);
    same.refuses(bad, errc::invalid_argument, "rubric of objective 2", "add up to 1");
    bad.answer.rubric.clear();
    same.refuses(bad, errc::invalid_argument, "rubric of objective 2", "from 1 to 32 dimensions");
    bad = doubt;
    bad.answer.title = "two\nlines";
    same.refuses(bad, errc::invalid_text, "title of objective 2");
    bad = doubt;
    bad.answer.pass_at = percent(101);
    same.refuses(bad, errc::invalid_argument, "objective 2", "pass_at from 0 to 1");
    w.given(doubt);
    unmoved then{w};
    bad = doubt;
    bad.answer.objective = objective_id{3};
    then.refuses(bad, errc::already_exists, "insight 1", "new insight id");
}

// C03

TEST_CASE("one objective fans out to several topics and their tasks, for different people and to "
          "one end",
    "[standard][C03]") {
    winter_world w;
    w.one_may_spend(money_max);
    w.given(open_objective{w.plan(charging)});
    struct idea {
        topic_id topic;
        char const* title;
        requirement needs;
        ids reaches;
    };
    std::vector<idea> const series{
        {topic_id{11}, "A day at minus twenty, charged once",
            has("region", "northeast") && has("format", "video"),
            {w.an, w.chen, w.dong, w.fang, w.jin}},
        {topic_id{12}, "What my family asks about charging",
            has("interest", "life") && has("format", "text_image"), {w.bao, w.hua, w.kai}},
        {topic_id{13}, "The numbers of a mild winter", has("region", "south"),
            {w.guo, w.hua, w.kai}},
    };
    std::uint64_t next = 0;
    for (auto const& [topic, title, needs, reaches] : series) {
        INFO(title);
        w.accepts(design_topic{topic, charging, title});
        CHECK(w.recorded<topic_designed>().front().objective == charging);
        CHECK(w.at(topic).title == title);
        // Each topic has tasks of its own, and each task its own people.
        for (int twice = 0; twice < 2; ++twice) {
            auto made = w.brief(task_id{++next});
            made.topic = topic;
            made.needs = needs;
            made.seats = 5;
            w.listed(made);
            CHECK(w.at(task_id{next}).objective == charging);
        }
        w.accepts(dispatch{task_id{next}, 9});
        auto who = asked(w);
        std::sort(who.begin(), who.end());
        CHECK(who == reaches);
    }
    std::size_t topics = 0;
    w.engine().each<topic_record>(
        [&](topic_record const& t) { topics += t.objective == charging ? 1U : 0U; });
    CHECK(topics == 3);
    // They belong together: one rubric judges the work of all of them, and one budget carries it.
    w.handed_in(task_id{1}, w.an, submission_id{1});
    w.handed_in(task_id{3}, w.bao, submission_id{2});
    w.handed_in(task_id{5}, w.guo, submission_id{3});
    for (std::uint64_t i = 1; i <= 3; ++i) {
        w.accepts(review_work{submission_id{i},
            {{"depth", percent(90)}, {"creativity", percent(80)}, {"visual", percent(90)},
                {"interaction", percent(70)}}});
        CHECK(w.recorded<work_reviewed>().front().quality == percent(84));
        w.given(select_best{task_id{2 * i - 1}});
    }
    // Bao, who was found in the brand's communities, has spoken in public before.
    constexpr piece_id piece{1};
    constexpr auto link = "https://example.org/bao";
    w.given(record_sharing{w.bao, link}, plan_piece{piece, w.bao, "My family's charger"},
        agree_topic{piece}, propose_draft{piece, link}, accept_draft{piece, 1},
        sign_off_draft{piece}, publish_piece{piece, link});
    w.given(amplify{submission_id{1}, "site", money{600'000}},
        amplify{submission_id{2}, "site", money{300'000}});
    CHECK(w.at<spending_record>(charging).spent == money{900'000});
    w.refuses(amplify{submission_id{3}, "site", money{100'001}}, errc::over_budget, "objective 2",
        "100000 minor units");
    w.accepts(amplify{submission_id{3}, "site", money{100'000}});
    // When the objective is closed, so is the series.
    w.given(close_objective{charging});
    auto late = w.brief(task_id{20});
    for (auto const& part : series) {
        late.topic = part.topic;
        w.refuses(open_task{late}, errc::wrong_state, "objective 2", "an open objective");
    }
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("a topic without an open objective, or that is there already, is refused",
    "[standard][C03][refusal]") {
    winter_world w;
    w.given(open_objective{w.plan(charging)}, close_objective{charging});
    unmoved same{w};
    same.refuses(design_topic{topic_id{2}, objective_id{9}, "Topic"}, errc::unknown_id,
        "objective 9", "known objective");
    same.refuses(
        design_topic{topic_id{2}, {}, "Topic"}, errc::unknown_id, "objective 0", "known objective");
    same.refuses(design_topic{topic_id{2}, charging, "Topic"}, errc::wrong_state, "objective 2",
        "an open objective");
    same.refuses(design_topic{w.test_drive, w.range, "Topic"}, errc::already_exists, "topic 1",
        "new topic id");
    same.refuses(
        design_topic{{}, w.range, "Topic"}, errc::already_exists, "topic 0", "new topic id");
    same.refuses(
        design_topic{topic_id{2}, w.range, "two\nlines"}, errc::invalid_text, "title of topic 2");
}

} // namespace
