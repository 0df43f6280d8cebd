// SPDX-License-Identifier: BSL-1.0
#pragma once

// An assignment problem as its solvers read it: without names, one row of arcs a task, the row in
// the order in which the task would choose.

#include <cstddef>
#include <cstdint>
#include <vector>

namespace koc::detail {

/// A person that a task may have, by place. Narrow scores halve what a scan reads.
template <typename Fit>
struct assignment_arc {
    std::uint32_t person = 0;
    Fit fit = 0;
};

/// An assignment problem without names: tasks and people are numbered from 0.
template <typename Fit>
struct assignment_rows {
    std::vector<std::size_t> begin;        ///< row t is arcs[begin[t]] to arcs[begin[t + 1]]
    std::vector<assignment_arc<Fit>> arcs; ///< a row: best first, then the smaller person
    std::vector<std::int32_t> need;        ///< of each task
    std::vector<std::int32_t> fill_min;    ///< of each task
    std::vector<std::int32_t> capacity;    ///< of each person
    std::int64_t missing_price = 0;        ///< what a place short of a minimum costs
};

/// The best choice for `assignment_rows`.
struct assignment_choice {
    std::vector<std::uint32_t> taken;    ///< indices of arcs, ascending
    std::vector<std::int64_t> threshold; ///< of each task; the highest that prove the plan
    std::vector<std::int64_t> price;     ///< of each person; the lowest that prove it
};

} // namespace koc::detail
