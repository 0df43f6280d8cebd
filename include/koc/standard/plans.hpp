// SPDX-License-Identifier: BSL-1.0
#pragma once

// The cultivation plans of the standard programme, one for each stage, source and potential. They
// are data: a host sends them with define_plan, changed or not, or plans of its own instead.

#include <koc/core/instant.hpp>
#include <koc/member/cultivation/messages/cultivation_plans.hpp>
#include <koc/number/score.hpp>
#include <koc/tag/requirement.hpp>
#include <koc/workflow/plan.hpp>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace koc::standard {

namespace detail {

inline plan_step told_step(
    std::string name, std::string owner, duration due_after, std::vector<std::string> after = {}) {
    return {std::move(name), std::move(owner), "", due_after, false, false, std::move(after)};
}
inline plan_step acted_step(std::string name, std::string owner, std::string act,
    duration due_after, std::vector<std::string> after) {
    return {std::move(name), std::move(owner), std::move(act), due_after, false, false,
        std::move(after)};
}

/// From training to the first public piece; a first step where one comes before the training.
inline std::vector<plan_step> ladder(std::string first) {
    std::vector<plan_step> steps;
    std::vector<std::string> before_training;
    if (!first.empty()) {
        steps.push_back(told_step(first, "mentor", days(14)));
        before_training.push_back(std::move(first));
    }
    steps.push_back(
        {"content training", "trainer", "", days(21), true, true, std::move(before_training)});
    steps.push_back(
        {"community sharing", "mentor", "", days(21), true, true, {"content training"}});
    steps.push_back(acted_step(
        "topic of the first piece", "mentor", "agree_topic", days(14), {"community sharing"}));
    steps.push_back(acted_step("draft of the first piece", "mentor", "accept_draft", days(14),
        {"topic of the first piece"}));
    steps.push_back(acted_step("first public piece", "member", "publish_piece", days(7),
        {"community sharing", "draft of the first piece"}));
    steps.push_back(acted_step(
        "official push", "channel desk", "push_first_piece", days(2), {"first public piece"}));
    return steps;
}

} // namespace detail

/// Budding members are met. Active ones from open platforms are calibrated to the brand's themes,
/// which only their agreement does, and supplied, active ones from the brand's own communities
/// climb a ladder to their first public piece, whose first step is chosen by what they still lack.
/// Mature members create along and share what they know, and who evolves or has an honorary role is
/// spoken to. Each stage has its own channel and talking points.
inline std::vector<cultivation_plan> plans() {
    using detail::acted_step;
    using detail::ladder;
    using detail::told_step;
    auto const in_stage = [](char const* name) { return has("stage", name); };
    auto const owned_only =
        has("stage", "active") && has("source", "owned") && !has("source", "open");
    auto const lacks = [&](char const* what) {
        return owned_only && column(what) <= score{percent(50).raw - 1};
    };
    auto const id = [](std::uint64_t n) { return plan_id{n}; };
    using way = contact_channel;
    communication const first_steps{way::chat,
        {"Ask how the last step went and what was hard", "Praise one thing by name",
            "Offer help with the next step, and agree on a day"}};
    return {
        {id(1), "get to know", in_stage("budding"), 0, "scout", days(14),
            {acted_step("first talk", "scout", "record_contact", days(7), {})},
            {way::chat,
                {"Name the piece or the help by which they were found",
                    "Ask what they would like to do, and promise nothing yet"}}},
        {id(2), "direction and resources", in_stage("active") && has("source", "open"), 0,
            "content lead", days(14),
            {told_step("talk about the direction", "content lead", days(7)),
                acted_step("direction calibration", "content lead", "agree_to_themes", days(14),
                    {"talk about the direction"}),
                acted_step("exclusive resource", "content lead", "use_resource", days(30),
                    {"direction calibration"}),
                {"deep piece", "content lead", "", days(30), true, true, {"exclusive resource"}}},
            {way::phone,
                {"Tell the market goals of the season, and ask which themes are theirs",
                    "Ask what would take their next piece deeper than the last one"}}},
        {id(3), "ladder to the first voice", owned_only, 0, "mentor desk", days(7), ladder(""),
            first_steps},
        {id(4), "ladder, beginning with the product", lacks("familiarity"), 1, "mentor desk",
            days(7), ladder("product day"), first_steps},
        {id(5), "ladder, beginning with the community", lacks("loyalty"), 2, "mentor desk", days(7),
            ladder("evening with the team"), first_steps},
        {id(6), "ladder, beginning with encouragement", lacks("will_to_speak"), 3, "mentor desk",
            days(7), ladder("talk about their own story"), first_steps},
        {id(7), "co-creation", in_stage("mature"), 0, "co-creation lead", days(30),
            {told_step("co-creation talk", "co-creation lead", days(14)),
                acted_step("experience shared with newcomers", "co-creation lead", "record_session",
                    days(90), {"co-creation talk"})},
            {way::visit,
                {"Show which of their advice changed a decision",
                    "Ask for their view before the next decision, not after it"}}},
        {id(8), "candid talk", in_stage("evolving"), 0, "relationship lead", days(30),
            {acted_step(
                "talk about what changed", "relationship lead", "record_talk", days(7), {})},
            {way::phone,
                {"Thank them for works by name", "Listen to what changed, and ask for nothing",
                    "Name the roles that they may choose, and that they may stay as they are"}}},
    };
}

} // namespace koc::standard
