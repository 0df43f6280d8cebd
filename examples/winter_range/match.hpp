// SPDX-License-Identifier: BSL-1.0
#pragma once

// Who fits a task, why, and why not somebody else: what the engine knows before anybody is asked.
// Here it is only read.

#include "desk.hpp"
#include "tasks.hpp"

#include <koc/task/messages/dispatch.hpp>

#include <cstddef>

namespace winter_range {

/// What the task asks for and gives.
void show_brief(desk& at, task_plan const& plan);

/// The `shown` best for a task, with the parts of their scores.
void show_ranking(desk& at, task_plan const& plan, std::size_t shown);

/// Of all who lack one part of the requirement and nothing else, those with the best record: one a
/// part.
void show_near_misses(desk& at, task_plan const& plan);

} // namespace winter_range
