// SPDX-License-Identifier: BSL-1.0
#pragma once

// Messages of rewards: what work earns.

#include <koc/core/result.hpp>
#include <koc/member/member.hpp>
#include <koc/programme/money.hpp>
#include <koc/task/messages/submission.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <cstdint>
#include <string>

namespace koc {

/// What a reward is for.
enum class reward_kind : std::uint8_t {
    base,     ///< it was promised for work that meets its objective
    surprise, ///< nobody had promised it
};
BOOST_DESCRIBE_ENUM(reward_kind, base, surprise)

/// Gives the selected work of a task something more: money, an honour, or both.
struct surprise_best {
    task_id task;
    money amount;       ///< for each piece, from 0 to 10^12 minor units
    std::string honour; ///< such as "winter pathfinder"; may be empty when there is an amount
};
BOOST_DESCRIBE_STRUCT(surprise_best, (), (task, amount, honour))

/// Work earned its base reward, or a surprise on top.
struct reward_granted {
    submission_id submission;
    member_id member;
    reward_kind kind{};
    money amount;       ///< 0 or more
    std::string honour; ///< empty for none
};
BOOST_DESCRIBE_STRUCT(reward_granted, (), (submission, member, kind, amount, honour))
/// What is promised or given at once.
inline result<void> check(reward_granted const& event) {
    return check_money("reward_granted.amount", event.amount);
}

/// A review was corrected and the work no longer meets the objective, so its base reward falls from
/// `was` to `base`. What becomes of money that is already paid is for the host to decide.
struct reward_corrected {
    submission_id submission;
    member_id member;
    money was;  ///< the base reward before
    money base; ///< the base reward from now on
};
BOOST_DESCRIBE_STRUCT(reward_corrected, (), (submission, member, was, base))
/// As of `reward_granted`.
inline result<void> check(reward_corrected const& event) {
    return check_money("reward_corrected.base", event.base);
}

/// The selected work of a task gets a surprise.
struct task_surprised {
    task_id task;
    money amount;       ///< for each
    std::string honour; ///< empty for none
};
BOOST_DESCRIBE_STRUCT(task_surprised, (), (task, amount, honour))

/// What a piece of work has earned.
struct reward_record {
    submission_id id;
    money base;             ///< that was promised
    money surprise;         ///< on top
    std::string honour;     ///< empty for none
    bool surprised = false; ///< whether there was one
};
BOOST_DESCRIBE_STRUCT(reward_record, (), (id, base, surprise, honour, surprised))

} // namespace koc
