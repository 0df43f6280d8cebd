// SPDX-License-Identifier: BSL-1.0
#pragma once

// One piece of work for koc and its rival: tasks want 1 to 5 people, four people a task have 1 or 2
// slots, each task knows the 50 best of 150 people, mostly of its own cluster.

#include <koc/assign/assignment.hpp>

#include "workload.hpp"

#include <cstdint>

namespace work {

using job = koc::id<struct job_kind, std::uint32_t>;
using worker = koc::id<struct worker_kind, std::uint32_t>;
using assignment = koc::assignment_problem<job, worker>;

/// The generated problem as a host of koc would hold it.
inline assignment assignment_of(wl::AssignProblem const& given) {
    assignment made;
    for (std::uint32_t t = 0; t < given.tasks; ++t) {
        made.tasks.push_back({job{t + 1}, given.need[t], 0});
    }
    for (std::uint32_t p = 0; p < given.members; ++p) {
        made.people.push_back({worker{p + 1}, given.capacity[p]});
    }
    made.pairs.reserve(given.edges.size());
    for (auto const& each : given.edges) {
        made.pairs.push_back({job{each.task + 1}, worker{each.member + 1}, koc::score{each.score}});
    }
    return made;
}

/// The best total by koc; 0 when it is refused.
inline std::int64_t best_by_koc(assignment const& given) {
    auto const plan = koc::assign(given);
    return plan ? plan->total.raw : 0;
}

} // namespace work
