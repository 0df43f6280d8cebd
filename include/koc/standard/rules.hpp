// SPDX-License-Identifier: BSL-1.0
#pragma once

// The rules with which a journal of the standard programme begins, where they are not the defaults
// of their type.

#include <koc/task/messages/task.hpp>

#include <boost/describe/class.hpp>

namespace koc::standard {

/// Give an engine a struct like this with the rules that are to begin otherwise:
/// `engine::of<standard::programme>(journal, my_rules{})`. What it does not name begins with the
/// defaults here, or of its type.
struct rules {
    /// Active and mature members may do tasks.
    task_rules tasks{has("stage", "active") || has("stage", "mature"), everybody()};
};
BOOST_DESCRIBE_STRUCT(rules, (), (tasks))

} // namespace koc::standard
