// SPDX-License-Identifier: BSL-1.0
#pragma once

// The tables of the programme: people and their handles, signals, objectives, topics and tasks, and
// outcomes. Each is a command, and its columns are the command's members; in files they are called
// by the names of these functions.

#include <koc/core/personal_text.hpp>
#include <koc/describe/message.hpp>
#include <koc/exchange/exchange_table.hpp>
#include <koc/member/discovery/messages/discovery.hpp>
#include <koc/member/messages/identity.hpp>
#include <koc/member/messages/roster.hpp>
#include <koc/member/messages/track_record.hpp>
#include <koc/task/messages/objective.hpp>
#include <koc/task/messages/task.hpp>
#include <koc/task/messages/topic.hpp>

#include <string>
#include <utility>
#include <vector>

namespace koc {

/// People: `member, name, sources, tags`, and beside them `contact`, which is not kept. Somebody of
/// the same name and contact, or whose handle is that contact, is suspected to be the same.
inline exchange_table members_table() {
    exchange_table made{
        row_form{message_type_of<enrol>, {"tags"}, {"contact"}}, {"member"}, {"name", "contact"}};
    made.known_alike = [](engine const& in, note_alike const& note) {
        in.each<handle_record>([&](handle_record const& handle) {
            if (auto const* who = in.find(handle.member)) {
                note({who->name.text, handle.name.text}, who->id.value());
            }
        });
    };
    return made;
}

/// Under which names people are known elsewhere: `member, platform, handle`. The id of a person in
/// another system is a handle of that system.
inline exchange_table handles_table() {
    exchange_table made{row_form{message_type_of<link_handle>}, {"platform", "handle"}};
    made.requests = false; // two handles of a member differ in personal words alone
    return made;
}

/// What people published on open platforms, see `report_content`.
inline exchange_table contents_table() {
    return {row_form{message_type_of<report_content>,
                {"self_initiated", "followers", "view", "about", "platform"}},
        {"platform", "signal"}};
}

/// What people did in the brand's own communities, see `report_contribution`.
inline exchange_table contributions_table() {
    return {
        row_form{message_type_of<report_contribution>, {"times", "detail", "helped", "feature"}},
        {"signal"}};
}

/// What the programme works towards: `objective, title, rubric, pass_at, amplification_budget`.
inline exchange_table objectives_table() {
    return {row_form{message_type_of<open_objective>, {"pass_at", "amplification_budget"}},
        {"objective"}};
}

/// What could be made for it: `topic, objective, title, themes`.
inline exchange_table topics_table() {
    return {row_form{message_type_of<design_topic>, {"themes"}}, {"topic"}};
}

/// What is to be made, see `task_brief`.
inline exchange_table tasks_table() {
    return {
        row_form{message_type_of<open_task>,
            {"wanted", "needs", "seats", "due_at", "base_reward", "barred", "published_openly"}},
        {"task"}};
}

/// Past work: `member, tags, quality, at`.
inline exchange_table outcomes_table() { return {row_form{message_type_of<record_outcome>}, {}}; }

} // namespace koc
