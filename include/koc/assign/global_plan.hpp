// SPDX-License-Identifier: BSL-1.0
#pragma once

// An assignment from a whole population, and the proof that nobody who was left out belongs in it:
// an unlisted pair is worth at most the last listed one of its task, and a price only lowers that,
// so where a task's threshold is no lower there is nothing to gain.

#include <koc/assign/assignment_check.hpp>
#include <koc/assign/assignment_plan.hpp>
#include <koc/core/error.hpp>
#include <koc/number/score.hpp>

#include <cstddef>
#include <optional>
#include <vector>

namespace koc {

/// The best assignment from a population, with its proof.
template <typename TaskId, typename PersonId>
struct global_plan {
    assignment_problem<TaskId, PersonId> listed; ///< all tasks, with the pairs that could matter
    assignment_plan<TaskId, PersonId> plan;      ///< the best of these, and of all there are
    /// Of each task what no pair of it exceeds that is not listed; nothing where all are listed.
    std::vector<std::optional<score>> unlisted_max;
    std::size_t searches = 0; ///< how many top-k searches it took
};

/// Nothing when `made.plan` is best: of the listed pairs by `verify`, and no unlisted pair is worth
/// more than its task's threshold; otherwise the first entry that shows it is not. Whether the
/// lists tell the truth about the population is not read here. O(tasks + people + pairs), expected.
template <typename TaskId, typename PersonId>
std::optional<error> verify(global_plan<TaskId, PersonId> const& made) {
    if (auto refused = verify(made.listed, made.plan)) {
        return refused;
    }
    if (made.unlisted_max.size() != made.plan.tasks.size()) {
        return error{errc::corrupt, "plan", "expected what is unlisted of each task"};
    }
    for (std::size_t t = 0; t < made.unlisted_max.size(); ++t) {
        auto const& task = made.plan.tasks[t];
        if (made.unlisted_max[t] && *made.unlisted_max[t] > task.threshold) {
            return error{errc::corrupt, subject("task", task.id),
                "expected a threshold that nobody who is not listed exceeds; list more people"};
        }
    }
    return std::nullopt;
}

} // namespace koc
