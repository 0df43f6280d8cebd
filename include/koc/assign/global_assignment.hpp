// SPDX-License-Identifier: BSL-1.0
#pragma once

// The best assignment from a whole population, by column generation: each task begins with its best
// candidates; whoever is not listed is worth at most the last one listed, as prices are never
// negative, and matters only where that exceeds the task's threshold. Those tasks list twice as
// many, until none is left (see global_plan.hpp).

#include <koc/assign/assignment.hpp>
#include <koc/assign/detail/candidate_lists.hpp>
#include <koc/assign/global_plan.hpp>
#include <koc/assign/opening.hpp>
#include <koc/core/error.hpp>
#include <koc/core/id.hpp>
#include <koc/core/result.hpp>
#include <koc/search/concepts.hpp>

#include <cstddef>
#include <numeric>
#include <utility>
#include <vector>

namespace koc {

/// The assignment with the highest total score of all people in the population: what `assign`
/// would find with every pair that qualifies, passes the gate and is not barred, without listing
/// them all. `capacity(id)` is how many tasks a person may have at once, at least 1; whoever may
/// have none is stopped by the gate. A task begins with `spare` candidates more than it needs.
///
/// One top-k search a task, and one more for each time its list is too short; one assignment of
/// what is listed a round. docs/assignment.md has figures.
///
/// Refused: what `assign` refuses; a pair barred twice (`already_exists`) or of an unknown task or
/// person (`unknown_id`).
template <population P, typename TaskId, typename Task, typename Scorer, typename Capacity,
    typename Gate = open_gate>
    requires scorer_for<Scorer, Task, candidate_of<P>> && gate_for<Gate, Task, candidate_of<P>>
        result<global_plan<TaskId, id_of<P>>> assign_from(P const& people,
            std::vector<opening<TaskId, Task>> const& openings, Scorer const& scorer,
            Capacity const& capacity, std::vector<barred_pair<TaskId, id_of<P>>> const& barred = {},
            Gate const& gate = {}, std::size_t spare = 8) {
        detail::candidate_lists lists{people, openings, spare};
        global_plan<TaskId, id_of<P>> made;
        made.listed = lists.problem(capacity);
        if (auto const tasks_alone = assign(made.listed); !tasks_alone) {
            return tasks_alone.error();
        }
        if (auto refused = lists.bar(barred)) {
            return *std::move(refused);
        }
        std::vector<std::size_t> too_short(openings.size());
        std::iota(too_short.begin(), too_short.end(), std::size_t{0});
        while (true) {
            for (auto const t : too_short) {
                if (auto refused = lists.lengthen(t, scorer, gate)) {
                    return *std::move(refused);
                }
            }
            made.searches += too_short.size();
            made.listed = {};
            made.listed = lists.problem(capacity);
            auto plan = assign(made.listed);
            if (!plan) {
                return plan.error();
            }
            made.plan = *std::move(plan);
            made.unlisted_max.clear();
            too_short.clear();
            for (std::size_t t = 0; t < openings.size(); ++t) {
                auto const unlisted = made.unlisted_max.emplace_back(lists.unlisted_max(t));
                if (unlisted && *unlisted > made.plan.tasks[t].threshold) {
                    too_short.push_back(t);
                }
            }
            if (too_short.empty()) {
                return made;
            }
        }
    }

} // namespace koc
