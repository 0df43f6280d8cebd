// SPDX-License-Identifier: BSL-1.0
#pragma once

// Messages of the task board, from which members claim work.

#include <koc/member/member.hpp>
#include <koc/task/messages/task.hpp>

#include <boost/describe/class.hpp>

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

/// A task is on the board, and members may claim its seats.
struct task_listed {
    task_id task;
};
BOOST_DESCRIBE_STRUCT(task_listed, (), (task))

/// A task that is on the board.
struct listing_record {
    task_id id;
};
BOOST_DESCRIBE_STRUCT(listing_record, (), (id))

} // namespace koc
