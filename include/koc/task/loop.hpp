// SPDX-License-Identifier: BSL-1.0
#pragma once

// The task loop moves each task along its lifecycle as the other aspects do their work, so that one
// table says where every task stands between idea and echo. It decides only how a task ends.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/engine/guard_kinds.hpp>
#include <koc/lifecycle/step_refusal.hpp>
#include <koc/task/detail/awaits_review.hpp>
#include <koc/task/messages/amplification.hpp>
#include <koc/task/messages/loop.hpp>
#include <koc/task/messages/review.hpp>
#include <koc/task/messages/reward.hpp>
#include <koc/task/offer.hpp>
#include <koc/task/submission.hpp>

#include <boost/describe/class.hpp>

namespace koc {

/// Follows the events of a task's life with `task_moved`.
class task_loop : public aspect<task_loop> {
public:
    using events = event_list<task_moved>;
    using commands = command_list<close_task, cancel_task>;
    using follows = event_list<task_opened, offer_accepted, offer_lapsed, offer_failed,
        seat_returned, work_submitted, best_selected, amplified, task_surprised>;
    using reads = aspect_list<offers, submissions>;

    static constexpr auto guards(close_task const*) {
        return require(by_desk<close_task>, known<&close_task::task>,
            may_step<&close_task::task, task_lifecycle, task_trigger::finished>);
    }
    result<void> decide(close_task const& command, context& in) const {
        for (auto const& work : in.get<submissions>().of(command.task)) {
            if (detail::awaits_review(in, work)) {
                return error{errc::wrong_state, subject("submission", work.id),
                    "expected all work of the task to be reviewed before it is closed"};
            }
        }
        follow(command.task, task_trigger::finished, in);
        return {};
    }
    static constexpr auto guards(cancel_task const*) {
        return require(by_desk<cancel_task>, known<&cancel_task::task>,
            may_step<&cancel_task::task, task_lifecycle, task_trigger::called_off>);
    }
    result<void> decide(cancel_task const& command, context& in) const {
        for (auto const& work : in.get<submissions>().of(command.task)) {
            auto const* judged = in.find_record<review_record>(work.id.value());
            if (judged == nullptr || judged->passed) {
                return error{errc::wrong_state, subject("task", command.task),
                    "expected no work that waits for its review or has passed, or was taken as it "
                    "is, such as " +
                        subject("submission", work.id) +
                        (detail::awaits_review(in, work) ? "; review it and close the task instead"
                                                         : "; close the task instead")};
            }
        }
        follow(command.task, task_trigger::called_off, in);
        return {};
    }

    void react(task_opened const& event, context& in) const {
        follow(event.brief.task, task_trigger::opened, in);
    }
    void react(offer_accepted const& event, context& in) const {
        follow(event.task, task_trigger::taken, in);
    }
    void react(offer_lapsed const& event, context& in) const { leave(event.offer, in); }
    void react(offer_failed const& event, context& in) const { leave(event.offer, in); }
    void react(seat_returned const& event, context& in) const { leave(event.offer, in); }
    void react(work_submitted const& event, context& in) const {
        follow(event.task, task_trigger::handed_in, in);
    }
    void react(best_selected const& event, context& in) const {
        follow(event.task, task_trigger::best_selected, in);
    }
    void react(amplified const& event, context& in) const {
        follow(event.task, task_trigger::amplified, in);
    }
    void react(task_surprised const& event, context& in) const {
        follow(event.task, task_trigger::surprised, in);
    }

    void apply(task_moved const&, world const&) {} // by koc::tasks, which keeps the stage

private:
    static void follow(task_id which, task_trigger because, context& in) {
        auto const from = in.at(which).stage;
        if (auto const to = task_lifecycle::step(from, because); to && *to != from) {
            in.record(task_moved{which, from, *to, because});
        }
    }
    /// A seat of the task is free again.
    static void leave(offer_id which, context& in) {
        auto const task = in.at(which).task;
        if (in.get<offers>().seats(task).taken == 0) {
            follow(task, task_trigger::vacated, in);
        }
    }

    BOOST_DESCRIBE_CLASS(task_loop, (), (), (), ())
};

} // namespace koc
