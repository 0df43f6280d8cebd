// SPDX-License-Identifier: BSL-1.0
#pragma once

// Messages of rewards: what work earns.

#include <koc/member/member.hpp>
#include <koc/programme/money.hpp>
#include <koc/task/messages/submission.hpp>

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

/// A review was corrected and the work no longer meets the objective, so its base reward falls from
/// `was` to `base`. What becomes of money that is already paid is for the host to decide.
struct reward_corrected {
    submission_id submission;
    member_id member;
    money was;
    money base;
};
BOOST_DESCRIBE_STRUCT(reward_corrected, (), (submission, member, was, base))

/// The selected work of a task gets a surprise.
struct task_surprised {
    task_id task;
    money amount;
    std::string honour;
};
BOOST_DESCRIBE_STRUCT(task_surprised, (), (task, amount, honour))

/// What a piece of work has earned.
struct reward_record {
    submission_id id;
    money base;
    money surprise;
    std::string honour;
    bool surprised = false;
};
BOOST_DESCRIBE_STRUCT(reward_record, (), (id, base, surprise, honour, surprised))

} // namespace koc
