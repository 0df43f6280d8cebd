// SPDX-License-Identifier: BSL-1.0
#pragma once

// What a fairness constraint costs: the difference of two optima, with and without a minimum fill
// of a task or the capacity of a person. Marginal costs, of the last seat and of one more slot, are
// in every plan: thresholds below zero and prices of people.

#include <koc/assign/assignment.hpp>
#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/number/score.hpp>

#include <algorithm>
#include <string>
#include <utility>

namespace koc {

/// What the minimum fills cost in total score: the optimum without them less the optimum with them.
/// Two assignments. Refused: what `assign` refuses; minimum fills that cannot all be met
/// (`no_capacity`).
template <typename TaskId, typename PersonId>
result<score> price_of_floors(assignment_problem<TaskId, PersonId> problem) {
    auto const with = assign(problem);
    if (!with) {
        return with.error();
    }
    if (with->blocked) {
        return error{errc::no_capacity, "minimum fills",
            "expected fills that can be met, but " + with->blocked->sentence() +
                "; lower one of them or find more people"};
    }
    for (auto& task : problem.tasks) {
        task.fill_min = 0;
    }
    auto const without = assign(problem);
    return without->total - with->total;
}

/// What it costs that `person` has the capacity of `problem` and not `capacity`: below zero where
/// `capacity` is the smaller one. Two assignments. Refused: what `assign` refuses for either; a
/// person who is not listed (`unknown_id`); minimum fills that cannot all be met with both
/// (`no_capacity`).
template <typename TaskId, typename PersonId>
result<score> price_of_cap(
    assignment_problem<TaskId, PersonId> problem, PersonId person, std::int32_t capacity) {
    auto const with = assign(problem);
    if (!with) {
        return with.error();
    }
    auto const at = std::find_if(problem.people.begin(), problem.people.end(),
        [&](auto const& each) { return each.id == person; });
    if (at == problem.people.end()) {
        return unknown("person", person);
    }
    at->capacity = capacity;
    auto const without = assign(problem);
    if (!without) {
        return without.error();
    }
    if (with->blocked || without->blocked) {
        return error{errc::no_capacity, "minimum fills",
            "expected fills that can be met with either capacity, but " +
                (with->blocked ? with->blocked : without->blocked)->sentence() +
                "; lower one of them or find more people"};
    }
    return without->total - with->total;
}

} // namespace koc
