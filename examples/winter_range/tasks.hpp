// SPDX-License-Identifier: BSL-1.0
#pragma once

// The objectives, topics and tasks of this story, by the ids that its chapters share.

#include "phrases.hpp"
#include "print.hpp"

#include <koc/programme/money.hpp>
#include <koc/task/messages/objective.hpp>
#include <koc/task/messages/task_stage.hpp>
#include <koc/task/messages/topic.hpp>

#include <array>
#include <string>

namespace winter_range {

inline constexpr koc::objective_id winter_objective{1};
inline constexpr koc::objective_id family_objective{2};
inline constexpr koc::topic_id winter_topic{1};
inline constexpr koc::topic_id snow_topic{2};
inline constexpr koc::topic_id charging_topic{3};
inline constexpr koc::topic_id family_topic{4};

constexpr koc::money in_yuan(std::int64_t yuan) { return {yuan * 100}; }

/// A task of this story: its id, what answers.csv calls it, and the craft that good work on it
/// proves.
struct task_plan {
    koc::task_id id;
    char const* key;
    char const* craft;
    phrase title;
};
inline constexpr task_plan winter_test{
    koc::task_id{1}, "winter_test", "deep_review", phrases::task_winter};
inline constexpr task_plan family_space{
    koc::task_id{2}, "family_space", "family_story", phrases::task_family};
inline constexpr task_plan night_charging{
    koc::task_id{3}, "night_charging", "practical_tip", phrases::task_charging};

inline constexpr std::array tasks_of_story{winter_test, family_space, night_charging};

/// The journal's own language is the programme's, whatever language the page is in.
inline std::string recorded(phrase const& text) { return std::string{text.zh}; }

inline std::string named(page const& page, task_plan const& plan) {
    return page.words(phrases::task_named, plan.id.value(), page.words(plan.title));
}

} // namespace winter_range
