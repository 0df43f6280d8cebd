// SPDX-License-Identifier: BSL-1.0
#pragma once

// The loop moves each task along its life as the other parts do their work, so that one table says
// where every task stands between idea and echo. What it does not do is decide: it follows.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/describe/digest.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/task/amplification.hpp>
#include <koc/task/offer.hpp>
#include <koc/task/review.hpp>
#include <koc/task/reward.hpp>
#include <koc/task/submission.hpp>
#include <koc/task/task.hpp>

#include <boost/describe/class.hpp>

namespace koc {

/// Ends a task whose work is judged; whoever is still at work on it is free.
struct close_task {
    task_id task;
};
BOOST_DESCRIBE_STRUCT(close_task, (), (task))

/// Calls a task off before work has come in.
struct cancel_task {
    task_id task;
};
BOOST_DESCRIBE_STRUCT(cancel_task, (), (task))

/// Follows the events of the task loop with `task_moved`.
class task_loop {
public:
    using events = event_list<>;
    using commands = command_list<close_task, cancel_task>;

    result<void> decide(auto const& world, close_task const& command, auto& out) const {
        auto const& judged = world.template get<reviews>();
        for (auto which : world.template get<submissions>().of(command.task)) {
            if (judged.find(which) == nullptr) {
                return error{errc::wrong_state, subject("submission", which),
                    "expected all work of the task to be reviewed before it is closed"};
            }
        }
        return end(world, command.task, task_moment::finished, out);
    }
    result<void> decide(auto const& world, cancel_task const& command, auto& out) const {
        return end(world, command.task, task_moment::called_off, out);
    }

    void react(auto const&, task_opened const& event, auto& out) const {
        step(event.brief.task, task_lifecycle::initial, task_moment::opened, out);
    }
    void react(auto const& world, offer_accepted const& event, auto& out) const {
        follow(world, event.task, task_moment::taken, out);
    }
    void react(auto const& world, work_submitted const& event, auto& out) const {
        follow(world, event.task, task_moment::handed_in, out);
    }
    void react(auto const& world, best_selected const& event, auto& out) const {
        follow(world, event.task, task_moment::best_selected, out);
    }
    void react(auto const& world, amplified const& event, auto& out) const {
        follow(world, event.task, task_moment::amplified, out);
    }
    void react(auto const& world, task_surprised const& event, auto& out) const {
        follow(world, event.task, task_moment::surprised, out);
    }

    void digest_into(hasher&) const {}

private:
    static void follow(auto const& world, task_id which, task_moment because, auto& out) {
        step(which, world.template get<tasks>().find(which)->standing, because, out);
    }
    static void step(task_id which, task_stage from, task_moment because, auto& out) {
        auto const to = task_lifecycle::step(from, because, no_context{});
        if (to && *to != from) {
            out.emit(task_moved{which, from, *to, because});
        }
    }
    static result<void> end(auto const& world, task_id which, task_moment because, auto& out) {
        auto const* task = world.template get<tasks>().find(which);
        if (task == nullptr) {
            return unknown("task", which);
        }
        if (auto refused = task->check(because)) {
            return *std::move(refused);
        }
        step(which, task->standing, because, out);
        return {};
    }
};

} // namespace koc
