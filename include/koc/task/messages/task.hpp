// SPDX-License-Identifier: BSL-1.0
#pragma once

// Messages of tasks: what is to be made, by whom, until when.

#include <koc/core/instant.hpp>
#include <koc/core/result.hpp>
#include <koc/core/try.hpp>
#include <koc/core/zone.hpp>
#include <koc/member/member.hpp>
#include <koc/number/check_number.hpp>
#include <koc/number/score.hpp>
#include <koc/programme/money.hpp>
#include <koc/tag/requirement.hpp>
#include <koc/tag/tag_set.hpp>
#include <koc/task/messages/task_stage.hpp>
#include <koc/task/messages/topic.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace koc {

/// What a task consists of.
struct task_brief {
    task_id task;
    topic_id topic;
    std::string title;                ///< one line
    std::vector<weighted_tag> wanted; ///< its subjects and preferences, each with its importance
    requirement needs;                ///< who may do it at all
    std::int64_t seats = 1;           ///< how many people, from 1 to 100,000
    instant due_at;                   ///< after it is opened; left out where a day is given
    money base_reward;             ///< for work that meets the objective; nothing more is promised
    std::vector<member_id> barred; ///< who may not do it
    /// The last day on which it may be done, see koc/core/zone.hpp: it is due at the end of that
    /// day on each member's own clocks. Opened, `due_at` is when that day has ended everywhere.
    std::optional<instant> due_day = {};
    /// `due_day` as a number of working days, from 1 to 1,000, after the day on which it is opened,
    /// by the programme's calendar and clocks. Opened, `due_day` is set.
    std::optional<std::int64_t> due_working_days = {};
    /// The work is published on open platforms: it is not for who was found in the brand's own
    /// communities and has not published a first piece of their own yet.
    bool published_openly = {};
};
BOOST_DESCRIBE_STRUCT(task_brief, (),
    (task, topic, title, wanted, needs, seats, due_at, base_reward, barred, due_day,
        due_working_days, published_openly))

/// Opens a task.
struct open_task {
    task_brief brief;
};
BOOST_DESCRIBE_STRUCT(open_task, (), (brief))

/// A task can be listed and offered, with its due times as they were computed.
struct task_opened {
    task_brief brief;
};
BOOST_DESCRIBE_STRUCT(task_opened, (), (brief))
/// What `open_task` lets through.
inline result<void> check(task_opened const& event) {
    for (auto const& wanted : event.brief.wanted) {
        KOC_TRY(check_between("task_opened.brief.wanted", wanted.weight.raw, 1, whole(100).raw));
    }
    KOC_TRY(check_between("task_opened.brief.seats", event.brief.seats, 1, 100'000));
    return check_money("task_opened.brief.base_reward", event.brief.base_reward);
}

/// A task as it stands.
struct task_record {
    task_id id;
    task_brief brief; ///< `barred` ascending
    objective_id objective;
    task_stage stage = task_lifecycle::initial;

    [[nodiscard]] bool bars(member_id who) const {
        return std::binary_search(brief.barred.begin(), brief.barred.end(), who);
    }
    /// When it is due for somebody with such clocks.
    template <zone Z>
    [[nodiscard]] instant due_for(Z const& where) const {
        return brief.due_day ? (std::min)(from_wall(where, *brief.due_day + days(1)), brief.due_at)
                             : brief.due_at;
    }
};
BOOST_DESCRIBE_STRUCT(task_record, (), (id, brief, objective, stage))

/// Who may do any task, and who may be asked, beside what each task requires.
struct task_rules {
    requirement eligible = everybody();
    requirement askable = everybody(); ///< claims from the board are not asked for
};
BOOST_DESCRIBE_STRUCT(task_rules, (), (eligible, askable))

} // namespace koc
