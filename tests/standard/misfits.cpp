// SPDX-License-Identifier: BSL-1.0

// Journals of the standard programme whose chain fits and that hold what no command lets through.

#include <koc/journal/memory_journal.hpp>

#include "support/catch.hpp"
#include "support/scenario.hpp"

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace koc;
using koc_test::standard_engine;
using koc_test::winter_world;

namespace {

constexpr auto most = (std::numeric_limits<std::int64_t>::max)();
constexpr auto least = (std::numeric_limits<std::int64_t>::min)();
constexpr member_id an{1};

/// A journal with these events at its end refuses the last of them, as what it brings is not
/// `accepted`, and shows the state before it.
template <typename... E>
void refuses_last(std::vector<envelope> const& before, std::string_view accepted, E... happened) {
    memory_journal journal;
    journal_head head;
    instant at{1'700'000'000'000};
    auto const append = [&](batch const& one) {
        auto const to = journal.append(head, std::span{&one, 1});
        REQUIRE(to.has_value());
        head = *to;
    };
    for (auto const& e : before) {
        append({e, e.events});
        at = e.at;
    }
    std::string name;
    auto fits = head;
    (
        [&] {
            fits = head;
            append({{at, {}, {}, writer_id{1}, {}}, {event::of(happened)}});
            name = event::of(happened).type().name;
        }(),
        ...);
    INFO(name << ", " << accepted);
    auto engine = standard_engine(journal);
    auto const read = engine.catch_up();
    REQUIRE_FALSE(read.has_value());
    CHECK(read.error().code == errc::corrupt);
    CHECK(read.error().subject == "event " + std::to_string(fits.position) + " (" + name + ')');
    INFO(read.error().expected);
    CHECK(read.error().expected.find(accepted) != std::string::npos);
    CHECK(engine.head() == fits);
}
template <typename... E>
void refuses_values(std::string_view accepted, E... each) {
    (refuses_last({}, accepted, each), ...);
}

TEST_CASE("an event with a number that no command lets through is refused by name before anybody "
          "applies it",
    "[standard][engine]") {
    contribution_reported helped{signal_id{1}, an, contribution_kind::gave_feedback};
    for (auto const times : {std::int64_t{0}, std::int64_t{-1}, most, least}) {
        helped.times = times;
        refuses_values("contribution_reported.times", helped);
    }
    helped.times = 1;
    helped.detail = score{-1};
    refuses_values("contribution_reported.detail", helped);

    content_reported const piece{signal_id{1}, an, percent(50), percent(50), percent(50)};
    for (auto const value : {score{-1}, whole(1) + score{1}, score{most}, score{least}}) {
        auto made = piece;
        made.depth = value;
        refuses_values("content_reported.depth", made);
        made = piece;
        made.originality = value;
        refuses_values("content_reported.originality", made);
        made = piece;
        made.relevance = value;
        refuses_values("content_reported.relevance", made);

        weighted_tag const tag{tag_id{1}, value};
        refuses_values("member_enrolled.tags", member_enrolled{an, {}, {}, {tag}});
        refuses_values("member_retagged.put", member_retagged{an, {tag}, {}});
        refuses_values("tags_learned.learned", tags_learned{an, {{tag_id{1}, value, 1}}, {}});
        refuses_values("territory_declared.tags",
            territory_declared{territory_id{1}, "Cold", tag_set{{tag}}, 1});
        refuses_values("outcome_recorded.quality", outcome_recorded{an, {}, value, {}});
        refuses_values("outcome_corrected.was", outcome_corrected{an, {}, value, {}, {}});
        refuses_values("outcome_corrected.quality", outcome_corrected{an, {}, {}, value, {}});
        work_reviewed judged{submission_id{1}, task_id{1}, an, value, {}};
        refuses_values("work_reviewed.quality", judged);
        judged.quality = {};
        judged.ratings = {{}, value};
        refuses_values("work_reviewed.ratings", judged);
        review_corrected corrected{submission_id{1}, task_id{1}, an, value, {}, {}, false, {}};
        refuses_values("review_corrected.was", corrected);
        corrected = {submission_id{1}, task_id{1}, an, {}, value, {}, false, {}};
        refuses_values("review_corrected.quality", corrected);
        corrected = {submission_id{1}, task_id{1}, an, {}, {}, {}, false, {}};
        corrected.ratings = {value};
        refuses_values("review_corrected.ratings", corrected);
        objective_plan plan;
        plan.rubric = {{"depth", value}};
        refuses_values("objective_opened.plan.rubric", objective_opened{plan, {}});
    }
    refuses_values("outcome_recorded.tags",
        outcome_recorded{an, {tag_id{1}, tag_id{2}, tag_id{1}}, percent(50), {}});

    for (auto const number : {std::int64_t{-1}, most, least}) {
        refuses_values("platform_read.added", platform_read{platform_id{1}, 1, number});
        refuses_values("renewal_planned.hours", renewal_planned{1, {0, 0, number, 0}});
        refuses_values("effort_shifted.to", effort_shifted{{}, {0, 0, 0, number}, 0, {}});
        refuses_values("reach_reported.people", reach_reported{submission_id{1}, number});
        refuses_values("reward_granted.amount",
            reward_granted{submission_id{1}, an, reward_kind::base, {number}, {}});
        refuses_values(
            "reward_corrected.base", reward_corrected{submission_id{1}, an, {}, {number}});
        refuses_values("amplified.cost",
            amplified{submission_id{1}, task_id{1}, objective_id{1}, "Weibo", {number}});
        objective_plan plan;
        plan.amplification_budget = {number};
        refuses_values("objective_opened.plan.amplification_budget", objective_opened{plan, {}});
        task_brief brief;
        brief.base_reward = {number};
        refuses_values("task_opened.brief.base_reward", task_opened{brief});
        refuses_values("tier_recomputed.now",
            tier_recomputed{an, {}, {}, {}, {number, 0, 0, 0}, 1, {}},
            tier_recomputed{an, {}, {}, {}, {0, number, 0, 0}, 1, {}},
            tier_recomputed{an, {}, {}, {}, {0, 0, number, 0}, 1, {}});
    }
    for (auto const number : {std::int64_t{0}, std::int64_t{-1}, most, least}) {
        refuses_values("territory_declared.natives_wanted",
            territory_declared{territory_id{1}, "Cold", {}, number});
        refuses_values("impact_thanked.advice", impact_thanked{an, product_decision_id{1}, number});
        refuses_values("session_held.minutes", session_held{session_id{1}, an, {}, {}, number, {}});
        refuses_values("onboarding_planned.steps", onboarding_planned{an, {{"Rules", number}}});
        refuses_values("onboarding_given.minutes", onboarding_given{an, 1, {}, number});
        refuses_values("renewal_planned.size", renewal_planned{number, {}});
        refuses_values("hours_booked.hours", hours_booked{desk::planning, number});
        refuses_values("best_selected.quota", best_selected{task_id{1}, {}, {}, number, {}, {}});
        task_brief brief;
        brief.seats = number;
        refuses_values("task_opened.brief.seats", task_opened{brief});
        brief = {};
        brief.wanted = {{tag_id{1}, score{number}}};
        refuses_values("task_opened.brief.wanted", task_opened{brief});
    }
    for (auto const number : {std::int64_t{-1}, least}) {
        refuses_values(
            "office_defined.seats", office_defined{office_id{1}, "Jury", number, {}, {}, {}});
        refuses_values("tier_recomputed.now",
            tier_recomputed{an, {}, {}, {}, {0, 0, 0, number}, 1, {}}); // a lock may be for ever
    }
    cultivation_plan plan;
    plan_step const talk{"Talk", "desk", {}, for_ever, false, false, {}};
    plan.steps = {talk, talk};
    refuses_values("step 'Talk' of plan_defined.plan", plan_defined{plan, 1});
}

TEST_CASE(
    "an event that does not follow from those before it is refused by name", "[standard][engine]") {
    winter_world w;
    w.given(report_content{signal_id{1}, member_id{71}, percent(50), percent(50), percent(90)},
        report_content{signal_id{2}, member_id{72}, percent(50), percent(50), percent(90)},
        report_authenticity{doubt_id{1}, w.an, doubt_kind::other, {}, {w.an.value(), "Odd"}},
        begin_tier_reviews{});
    auto const& told = w.journal();
    auto const of = [](std::uint64_t doubt, std::uint64_t person, std::uint64_t content) {
        return authenticity_doubted{doubt_id{doubt}, member_id{person}, doubt_kind::other, {},
            {person, "Odd"}, seen_signal_id{content}, {}};
    };
    auto const first = find_signal({}, signal_id{1}, w.engine())->id.value();

    refuses_last(told, "a new doubt 1", of(1, 2, 0));
    refuses_last(told, "a piece of person 72 that counts", of(2, 72, first));
    refuses_last(told, "a piece of person 71 that counts", of(2, 71, first), of(3, 71, first));
    refuses_last(told, "what doubt 1 is about",
        doubt_settled{doubt_id{1}, w.bao, {}, false, {w.bao.value(), "No"}, {}});
    refuses_last(told, "unfinished work of member 1", commitment_ended{w.an});
    refuses_last(told, "another account of member 1", members_merged{w.an, w.an, {}, {}});
    refuses_last(told, "another account of member 1", members_merged{w.bao, w.an, {}, {}},
        members_merged{w.chen, w.an, {}, {}});
    refuses_last(told, "an account of member 2", members_merged{w.bao, w.an, {}, {}},
        merge_undone{w.chen, w.an});
    refuses_last(told, "the period before 7", tiers_reviewed{tier_review_id{1}, 7});
    refuses_last(told, "the period before", tiers_reviewed{tier_review_id{1}, most});
    zone_rules zone;
    zone.summer.emplace();
    zone.summer->begins.week = 2'147'483'647;
    refuses_last(told, "a value of zone_rules.summer", own_time_set{w.an, zone, {}});
    refuses_last(told, "the push before push",
        offer_sent{offer_id{99}, task_id{1}, w.an, origin::push, most, {}, {}, {}});
}

} // namespace
