// SPDX-License-Identifier: BSL-1.0
#pragma once

// The life of a task, from idea to echo, as a table. Work comes in until the best is selected,
// which waits for every lease. A task is called off while no work of it waits for its review or has
// passed.

#include <koc/core/id.hpp>
#include <koc/lifecycle/transition_table.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <cstdint>

namespace koc {

struct task_kind {
    static constexpr char const* noun = "task";
    using record = struct task_record;
};
using task_id = id<task_kind>;

/// Where a task stands.
enum class task_stage : std::uint8_t {
    idea,      ///< a topic waits for somebody
    open,      ///< people may be asked, or may claim it
    under_way, ///< somebody is at work
    delivered, ///< work has come in
    evaluated, ///< the best have been selected
    rewarded,  ///< who earned more has got more
    echoed,    ///< the best is carried further
    closed,    ///< it ended, with all work judged
    cancelled, ///< it was called off
};
BOOST_DESCRIBE_ENUM(
    task_stage, idea, open, under_way, delivered, evaluated, rewarded, echoed, closed, cancelled)

/// What moves a task.
enum class task_trigger : std::uint8_t {
    opened,        ///< it can be listed and offered
    taken,         ///< somebody has a seat
    vacated,       ///< all its seats are free again
    handed_in,     ///< work came in
    best_selected, ///< the best work was selected
    surprised,     ///< the selected were given more than was promised
    amplified,     ///< selected work was carried further
    finished,      ///< it was closed
    called_off,    ///< it was cancelled
};
BOOST_DESCRIBE_ENUM(task_trigger, opened, taken, vacated, handed_in, best_selected, surprised,
    amplified, finished, called_off)

/// How a task moves.
using task_lifecycle = transition_table<initial<task_stage::idea>,
    row<task_stage::idea, task_trigger::opened, task_stage::open>,
    row<task_stage::open, task_trigger::taken, task_stage::under_way>,
    row<task_stage::open, task_trigger::called_off, task_stage::cancelled>,
    row<task_stage::under_way, task_trigger::taken, task_stage::under_way>,
    row<task_stage::under_way, task_trigger::vacated, task_stage::open>,
    row<task_stage::under_way, task_trigger::handed_in, task_stage::delivered>,
    row<task_stage::under_way, task_trigger::called_off, task_stage::cancelled>,
    row<task_stage::delivered, task_trigger::taken, task_stage::delivered>,
    row<task_stage::delivered, task_trigger::handed_in, task_stage::delivered>,
    row<task_stage::delivered, task_trigger::best_selected, task_stage::evaluated>,
    row<task_stage::delivered, task_trigger::finished, task_stage::closed>,
    row<task_stage::delivered, task_trigger::called_off, task_stage::cancelled>,
    row<task_stage::evaluated, task_trigger::surprised, task_stage::rewarded>,
    row<task_stage::evaluated, task_trigger::amplified, task_stage::echoed>,
    row<task_stage::evaluated, task_trigger::finished, task_stage::closed>,
    row<task_stage::rewarded, task_trigger::amplified, task_stage::echoed>,
    row<task_stage::rewarded, task_trigger::finished, task_stage::closed>,
    row<task_stage::echoed, task_trigger::amplified, task_stage::echoed>,
    row<task_stage::echoed, task_trigger::surprised, task_stage::echoed>,
    row<task_stage::echoed, task_trigger::finished, task_stage::closed>,
    resting<task_stage::closed>, resting<task_stage::cancelled>,
    only_entry<task_stage::evaluated, task_trigger::best_selected>>;

/// A task moved.
struct task_moved {
    task_id task;
    task_stage from{};
    task_stage to{};
    task_trigger because{}; ///< what moved it
};
BOOST_DESCRIBE_STRUCT(task_moved, (), (task, from, to, because))

} // namespace koc
