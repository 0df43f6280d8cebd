// SPDX-License-Identifier: BSL-1.0
#pragma once

// Rewards. The base reward was promised with the task and follows from work that meets the
// objective. A surprise was never promised: no task can carry one, and it can only be given to work
// that was selected as the best.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/text.hpp>
#include <koc/describe/digest.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/programme/money.hpp>
#include <koc/registry/table.hpp>
#include <koc/task/review.hpp>
#include <koc/task/submission.hpp>
#include <koc/task/task.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <cstdint>
#include <string>

namespace koc {

enum class reward_kind : std::uint8_t { base, surprise };
BOOST_DESCRIBE_ENUM(reward_kind, base, surprise)

/// Gives the selected work of a task something more: money, an honour, or both.
struct surprise_best {
    task_id task;
    money amount;
    std::string honour; ///< such as "winter pathfinder"; may be empty when there is an amount
};
BOOST_DESCRIBE_STRUCT(surprise_best, (), (task, amount, honour))

struct reward_granted {
    submission_id submission;
    member_id member;
    reward_kind kind{};
    money amount;
    std::string honour;
};
BOOST_DESCRIBE_STRUCT(reward_granted, (), (submission, member, kind, amount, honour))

/// The surprises of a task were given out.
struct task_surprised {
    task_id task;
};
BOOST_DESCRIBE_STRUCT(task_surprised, (), (task))

/// What a piece of work has earned.
struct reward_record {
    submission_id id;
    money base;
    money surprise;
    std::string honour;
    bool surprised = false;
};

/// The rewards.
class rewards {
public:
    using events = event_list<reward_granted, task_surprised>;
    using commands = command_list<surprise_best>;

    [[nodiscard]] table<reward_record> const& all() const { return rewards_; }
    [[nodiscard]] reward_record const* find(submission_id which) const {
        return rewards_.find(which);
    }

    result<void> decide(auto const& world, surprise_best const& command, auto& out) const {
        auto const name = subject("task", command.task);
        auto const* task = world.template get<tasks>().find(command.task);
        if (task == nullptr) {
            return unknown("task", command.task);
        }
        if (auto refused = task->check(task_moment::surprised)) {
            return *std::move(refused);
        }
        if (auto refused = check_money("surprise for " + name, command.amount)) {
            return *std::move(refused);
        }
        if (auto refused = command.honour.empty()
                ? std::nullopt
                : check_name("honour for " + name, command.honour)) {
            return *std::move(refused);
        }
        if (command.amount == money{} && command.honour.empty()) {
            return error{errc::invalid_argument, "surprise for " + name,
                "expected an amount, an honour or both"};
        }
        bool given = false;
        for (auto which : world.template get<submissions>().of(command.task)) {
            auto const* judged = world.template get<reviews>().find(which);
            auto const* earned = find(which);
            if (judged != nullptr && judged->chosen && (earned == nullptr || !earned->surprised)) {
                auto const member = world.template get<submissions>().find(which)->member;
                out.emit(reward_granted{
                    which, member, reward_kind::surprise, command.amount, command.honour});
                given = true;
            }
        }
        if (!given) {
            return error{errc::already_exists, "surprise for " + name,
                "expected selected work that has had no surprise yet"};
        }
        out.emit(task_surprised{command.task});
        return {};
    }

    /// The promise of the task, kept.
    void react(auto const& world, work_reviewed const& event, auto& out) const {
        auto const promised = world.template get<tasks>().find(event.task)->brief.base_reward;
        if (event.passed && promised > money{}) {
            out.emit(
                reward_granted{event.submission, event.member, reward_kind::base, promised, {}});
        }
    }

    void apply(reward_granted const& event, instant) {
        rewards_.insert({event.submission, {}, {}, {}, false});
        rewards_.update(event.submission, [&](reward_record& r) {
            if (event.kind == reward_kind::base) {
                r.base = r.base + event.amount;
            } else {
                r.surprise = r.surprise + event.amount;
                r.honour = event.honour;
                r.surprised = true;
            }
        });
    }

    void apply(task_surprised const&, instant) {}

    void digest_into(hasher& into) const {
        for (auto const& r : rewards_) {
            into.add(r.id).add(r.base).add(r.surprise).add(r.honour).add(r.surprised);
        }
    }

private:
    table<reward_record> rewards_;
};

} // namespace koc
