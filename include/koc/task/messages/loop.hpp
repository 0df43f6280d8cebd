// SPDX-License-Identifier: BSL-1.0
#pragma once

// Messages of the task loop: the commands that end a task.

#include <koc/task/messages/task.hpp>

#include <boost/describe/class.hpp>

namespace koc {

/// Ends a task whose work is judged; whoever is still at work on it is free.
struct close_task {
    task_id task;
};
BOOST_DESCRIBE_STRUCT(close_task, (), (task))

/// Calls a task off before work has come in, or when all that came in fell short.
struct cancel_task {
    task_id task;
};
BOOST_DESCRIBE_STRUCT(cancel_task, (), (task))

} // namespace koc
