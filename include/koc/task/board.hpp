// SPDX-License-Identifier: BSL-1.0
#pragma once

// The task board: what is listed there, people take by themselves. A claim holds a seat for the
// time of a lease; when the lease ends without work, the seat is free again. The requirement holds
// here too; only the asking is spared, so the attention budget does not.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/describe/digest.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/member/roster.hpp>
#include <koc/registry/table.hpp>
#include <koc/task/offer.hpp>
#include <koc/task/task.hpp>

#include <boost/describe/class.hpp>

#include <utility>

namespace koc {

/// Puts a task on the board.
struct list_task {
    task_id task;
};
BOOST_DESCRIBE_STRUCT(list_task, (), (task))

/// Takes a seat of a listed task.
struct claim_task {
    task_id task;
    member_id member;
};
BOOST_DESCRIBE_STRUCT(claim_task, (), (task, member))

struct task_listed {
    task_id task;
};
BOOST_DESCRIBE_STRUCT(task_listed, (), (task))

/// The board. Whoever claims must meet the task's requirement and `Programme::eligible`.
template <typename Programme>
class board {
public:
    using events = event_list<task_listed>;
    using commands = command_list<list_task, claim_task>;

    explicit board(Programme const& programme) : eligible_{programme.eligible} {}

    [[nodiscard]] bool lists(task_id task) const { return listed_.contains(task); }

    result<void> decide(auto const& world, list_task const& command, auto& out) const {
        auto const* task = world.template get<tasks>().find(command.task);
        if (task == nullptr) {
            return unknown("task", command.task);
        }
        if (auto refused = task->check(task_moment::taken)) {
            return *std::move(refused);
        }
        if (lists(command.task)) {
            return error{errc::already_exists, subject("task", command.task),
                "expected a task that is not on the board yet"};
        }
        out.emit(task_listed{command.task});
        return {};
    }
    result<void> decide(auto const& world, claim_task const& command, auto& out) const {
        auto const* task = world.template get<tasks>().find(command.task);
        auto const& people = world.template get<roster>().people();
        auto const place = people.slot_of(command.member);
        if (task == nullptr) {
            return unknown("task", command.task);
        }
        if (!place) {
            return unknown("member", command.member);
        }
        if (!lists(command.task)) {
            return error{errc::wrong_state, subject("task", command.task),
                "expected a task that is on the board"};
        }
        auto const plan =
            world.template get<tasks>().compile(world, eligible_ && task->brief.needs);
        if (!plan) {
            return plan.error();
        }
        if (auto const failed = plan->first_failure(people, *place)) {
            return error{errc::not_qualified, subject("member", command.member),
                "expected somebody who meets the requirement: " + to_string(*failed)};
        }
        auto const& known = world.template get<offers>();
        if (task->bars(command.member)) {
            return error{errc::not_qualified, subject("member", command.member),
                "expected somebody who is not barred from " + subject("task", command.task)};
        }
        auto const* earlier = known.find(command.task, command.member);
        if (earlier != nullptr && earlier->standing == offer_stage::sent) {
            return error{errc::wrong_state, subject("member", command.member),
                "expected no open offer of this task; accept " + subject("offer", earlier->id) +
                    " instead"};
        }
        if (earlier != nullptr &&
            (earlier->standing == offer_stage::held ||
                earlier->standing == offer_stage::fulfilled)) {
            return error{errc::already_exists, subject("member", command.member),
                "expected somebody without a seat of " + subject("task", command.task)};
        }
        if (auto refused = known.check_seat(world, *task, command.member, out.now())) {
            return *std::move(refused);
        }
        auto const until = known.lease_end(*task, out.now());
        auto const id = known.next_id();
        out.emit(offer_sent{id, command.task, command.member, origin::board, 0, {}, {}, until});
        out.emit(offer_accepted{id, command.task, command.member, until});
        out.emit(commitment_made{command.member});
        return {};
    }

    void apply(task_listed const& event, instant) { listed_.insert({event.task}); }

    void digest_into(hasher& into) const {
        for (auto const& entry : listed_) {
            into.add(entry.id);
        }
    }

private:
    struct listing {
        task_id id;
    };

    requirement eligible_;
    table<listing> listed_;
};

} // namespace koc
