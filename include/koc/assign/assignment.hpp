// SPDX-License-Identifier: BSL-1.0
#pragma once

// Maximum-weight assignment of people to tasks, exact, with the prices that prove it (see
// assignment_plan.hpp; assignment_check.hpp checks that proof without the solver). Where a minimum
// fill cannot be met, the answer is the best partial plan and the tasks and people that make it
// impossible.

#include <koc/assign/assignment_plan.hpp>
#include <koc/assign/detail/assignment_places.hpp>
#include <koc/assign/detail/assignment_rows.hpp>
#include <koc/assign/detail/best_choice.hpp>
#include <koc/assign/detail/blocking_rows.hpp>
#include <koc/core/error.hpp>
#include <koc/core/result.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace koc {

namespace detail {

/// What was chosen by places, said by ids.
template <typename Fit, typename TaskId, typename PersonId>
assignment_plan<TaskId, PersonId> plan_of(assignment_problem<TaskId, PersonId> const& problem,
    assignment_places<TaskId, PersonId> const& places, assignment_rows<Fit> const& rows,
    assignment_choice const& chosen) {
    assignment_plan<TaskId, PersonId> plan;
    for (auto const& each : problem.tasks) {
        plan.tasks.push_back({each.id, each.need, each.fill_min, 0, {}});
    }
    for (auto const& each : problem.people) {
        plan.people.push_back({each.id, each.capacity, 0, {}});
    }
    for (std::uint32_t p = 0; p < plan.people.size(); ++p) {
        plan.people[places.person_index(p)].price = {chosen.price[p]};
    }
    // The rows are by id, the plan is in the order of the problem.
    std::vector<std::uint32_t> row_of(plan.tasks.size());
    for (std::uint32_t t = 0; t < plan.tasks.size(); ++t) {
        row_of[places.task_index(t)] = t;
    }
    plan.pairs.reserve(chosen.taken.size());
    for (std::uint32_t i = 0; i < plan.tasks.size(); ++i) {
        auto const t = row_of[i];
        auto& task = plan.tasks[i];
        task.threshold = {chosen.threshold[t]};
        auto const first =
            std::lower_bound(chosen.taken.begin(), chosen.taken.end(), rows.begin[t]);
        for (auto at = first; at != chosen.taken.end() && *at < rows.begin[t + 1]; ++at) {
            auto const arc = rows.arcs[*at];
            auto& person = plan.people[places.person_index(arc.person)];
            plan.pairs.push_back({task.id, person.id, score{arc.fit}});
            plan.total += score{arc.fit};
            ++task.filled;
            ++person.used;
        }
    }
    return plan;
}

/// What blocks by places, said by ids in the order of the problem.
template <typename TaskId, typename PersonId>
blocking_set<TaskId, PersonId> blocking_of(assignment_problem<TaskId, PersonId> const& problem,
    assignment_places<TaskId, PersonId> const& places, blocking_places const& found) {
    std::vector<bool> blocks(problem.tasks.size() + problem.people.size());
    for (auto const t : found.tasks) {
        blocks[places.task_index(t)] = true;
    }
    for (auto const p : found.people) {
        blocks[problem.tasks.size() + places.person_index(p)] = true;
    }
    blocking_set<TaskId, PersonId> set;
    set.asked = found.asked;
    set.can_give = found.can_give;
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        if (blocks[i] && i < problem.tasks.size()) {
            set.tasks.push_back(problem.tasks[i].id);
        } else if (blocks[i]) {
            set.people.push_back(problem.people[i - problem.tasks.size()].id);
        }
    }
    return set;
}

template <typename Fit, typename TaskId, typename PersonId>
result<assignment_plan<TaskId, PersonId>> assign_with(
    assignment_problem<TaskId, PersonId> const& problem,
    assignment_places<TaskId, PersonId> const& places) {
    assignment_rows<Fit> rows;
    if (auto refused = places.fill(rows)) {
        return *std::move(refused);
    }
    auto plan = plan_of(problem, places, rows, best_choice(rows));
    if (std::any_of(plan.tasks.begin(), plan.tasks.end(),
            [](auto const& task) { return task.filled < task.fill_min; })) {
        plan.blocked = blocking_of(problem, places, blocking_rows{rows}.find());
    }
    return plan;
}

} // namespace detail

/// The assignment with the highest total score: of those with the fewest places short of the
/// minimum fills, the best. Pairs with a negative fit are used for minimum fills only. Ties are
/// resolved by the ids, so the same set of entries gives the same pairs and prices in whatever
/// order it comes.
///
/// Refused, naming the entry: a need or capacity below 1, a minimum fill below 0 or above the need
/// (`invalid_argument`), the id 0 (`invalid_argument`), an entry or pair listed twice
/// (`already_exists`), a pair of an id that is not listed (`unknown_id`), fits whose sums could
/// leave `assignment_sum_max` (`too_large`). Minimum fills that cannot be met are no refusal: see
/// `blocked`.
///
/// One search over part of the pairs for each place to be filled, or the network simplex method
/// where people are scarce; docs/assignment.md has figures.
/// Beside the problem and the plan it takes about 30 bytes a pair and 80 a person.
template <typename TaskId, typename PersonId>
result<assignment_plan<TaskId, PersonId>> assign(
    assignment_problem<TaskId, PersonId> const& problem) {
    detail::assignment_places<TaskId, PersonId> places{problem};
    if (auto refused = places.check()) {
        return *std::move(refused);
    }
    return places.narrow() ? detail::assign_with<std::int32_t>(problem, places)
                           : detail::assign_with<std::int64_t>(problem, places);
}

} // namespace koc
