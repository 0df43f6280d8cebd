// SPDX-License-Identifier: BSL-1.0
#pragma once

// The input and the output of an assignment: tasks want several people, people have limited
// capacity, only the listed pairs may meet. A plan carries a certificate (dual variables): a price
// for each person and a threshold for each task, under which no pair that was left out is worth
// more than it costs and none that was taken is worth less.

#include <koc/assign/blocking_set.hpp>
#include <koc/core/error.hpp>
#include <koc/core/id.hpp>
#include <koc/number/score.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace koc {

/// What is to be assigned: plain data, in any order.
template <typename TaskId, typename PersonId>
    requires is_id<TaskId> && is_id<PersonId>
struct assignment_problem {
    struct task {
        TaskId id;
        std::int32_t need = 1; ///< how many different people it wants, at least 1
        std::int32_t fill_min =
            0; ///< how many it must have before any score counts, at most `need`
    };
    struct person {
        PersonId id;
        std::int32_t capacity = 1; ///< how many tasks they may have at once, at least 1
    };
    /// A task and somebody who may do it; whoever may not is left out.
    struct pair {
        TaskId task;
        PersonId person;
        score fit;

        friend bool operator==(pair const&, pair const&) = default;
    };

    std::vector<task> tasks;
    std::vector<person> people;
    std::vector<pair> pairs;
};

/// A best assignment and why it is one.
///
/// It counts everything twice, by pairs and by task and person, so that no entry can be changed
/// alone without `verify` noticing. Prices are the lowest that prove the plan, and thresholds the
/// highest; there is only one such set of numbers.
template <typename TaskId, typename PersonId>
struct assignment_plan {
    using pair = typename assignment_problem<TaskId, PersonId>::pair;

    struct task {
        TaskId id;
        std::int32_t need = 0;
        std::int32_t fill_min = 0;
        std::int32_t filled = 0;
        /// What a pair must be worth beyond the person's price to be taken: what the task's last
        /// place adds to the total. Below zero it is what the minimum fill costs at its last place;
        /// at `-missing_price(problem)` the minimum is missed.
        score threshold;

        friend bool operator==(task const&, task const&) = default;
    };
    struct person {
        PersonId id;
        std::int32_t capacity = 0;
        std::int32_t used = 0;
        score price; ///< what one more slot of theirs would add to the total; 0 where one is spare

        friend bool operator==(person const&, person const&) = default;
    };

    std::vector<pair> pairs;    ///< by task in the order of the problem, the best fit first
    score total;                ///< the sum of their fits
    std::vector<task> tasks;    ///< as in the problem
    std::vector<person> people; ///< as in the problem
    std::optional<blocking_set<TaskId, PersonId>> blocked; ///< where minimum fills are missed

    friend bool operator==(assignment_plan const&, assignment_plan const&) = default;
};

/// How many tasks, people or pairs a problem may have.
inline constexpr std::size_t assignment_entries_max = 2'000'000'000;
/// What the largest fit, times the places that can be filled and twice the smaller of the numbers
/// of tasks and people, may come to: at fits of at most 1, the first two may add up to 10^12.
inline constexpr std::int64_t assignment_sum_max = std::int64_t{1} << 60;

/// What one place short of a minimum fill weighs in total score: more than any rearrangement can
/// gain elsewhere, so that minimum fills come first and score second. O(pairs).
template <typename TaskId, typename PersonId>
score missing_price(assignment_problem<TaskId, PersonId> const& problem) {
    __extension__ using wide = __int128;
    wide largest = 0;
    for (auto const& each : problem.pairs) {
        largest = (std::max)(largest, each.fit.raw < 0 ? -wide{each.fit.raw} : each.fit.raw);
    }
    auto const turns = (std::min)(problem.tasks.size(), problem.people.size());
    auto const price = largest * (2 * wide{turns} + 1) + 1;
    return {static_cast<std::int64_t>(std::min<wide>(price, assignment_sum_max))};
}

/// How errors name a pair: "pair of task 3 and person 7".
template <typename Pair>
    requires requires(Pair const& it) { it.task, it.person, it.fit; }
std::string subject(Pair const& it) {
    return "pair of " + subject("task", it.task) + " and " + subject("person", it.person);
}

} // namespace koc
