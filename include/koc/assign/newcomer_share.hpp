// SPDX-License-Identifier: BSL-1.0
#pragma once

// The smallest score bonus at which newcomers get their share of the seats in the best assignment.
// A plan that is better in scores alone gives newcomers less. The bonus is found by bisection;
// where several assignments are optimal at it, one with just the share is taken.

#include <koc/assign/assignment.hpp>
#include <koc/assign/detail/bonus_search.hpp>
#include <koc/assign/detail/swap_chains.hpp>
#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/number/score.hpp>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace koc {

/// A best assignment among those that give newcomers their share, and what that costs.
template <typename TaskId, typename PersonId>
struct newcomer_share {
    /// The problem with the bonus on newcomers' fits; `verify(problem, plan)` reads the proof.
    assignment_problem<TaskId, PersonId> problem;
    assignment_plan<TaskId, PersonId> plan; ///< its fits and total include the bonus
    std::int64_t places = 0;                ///< that newcomers have in it
    score bonus;                            ///< what the last place kept costs
    score total;                            ///< the sum of the fits without the bonus
    score price;                            ///< what the share costs in total score
};

/// The best assignment among those with the fewest places short of the minimum fills in which
/// `newcomers` have at least `places` places. About 2 log2(bonus) assignments.
///
/// Refused: what `assign` refuses for these fits or with the bonus on them; fewer than 0 places
/// (`invalid_argument`); a newcomer who is not listed (`unknown_id`) or named twice
/// (`already_exists`); more places than newcomers can take (`no_capacity`).
template <typename TaskId, typename PersonId>
result<newcomer_share<TaskId, PersonId>> assign_with_newcomers(
    assignment_problem<TaskId, PersonId> const& problem, std::vector<PersonId> const& newcomers,
    std::int64_t places) {
    detail::bonus_search<TaskId, PersonId> const search{problem, newcomers};
    if (auto refused = search.check(newcomers, places)) {
        return *std::move(refused);
    }
    auto const free = assign(problem);
    if (!free) {
        return free.error();
    }
    auto const most = search.places(assign(search.raised(0, 1)).value());
    if (most < places) {
        return error{errc::no_capacity, "share of newcomers",
            "expected at most " + std::to_string(most) + ", the places they can take, got " +
                std::to_string(places) + "; lower the share or list more newcomers"};
    }
    newcomer_share<TaskId, PersonId> made{
        problem, *free, search.places(*free), {}, free->total, {}};
    if (made.places >= places) {
        return made;
    }

    // The least bonus just above which they have their places: doubled, then the interval halved.
    std::int64_t low = -1;
    std::int64_t high = 0;
    auto below = free;
    auto above = search.just_above(high);
    auto const too_few = [&](auto const& plan) { return plan && search.places(*plan) < places; };
    while (too_few(above)) {
        low = std::exchange(high, 2 * high + 1);
        below = std::exchange(above, search.just_above(high));
    }
    while (above && high - low > 1) {
        auto const middle = low + (high - low) / 2;
        auto at = search.just_above(middle);
        (too_few(at) ? low : high) = middle;
        (too_few(at) ? below : above) = std::move(at);
    }
    if (!above) {
        return above.error();
    }

    // At that bonus both are best, and so is all that lies between them.
    made.problem = search.raised(1, high);
    auto const priced = assign(made.problem);
    if (!priced) {
        return priced.error();
    }
    made.plan = detail::with_pairs(made.problem, *priced,
        detail::swap_chains{*below, *above}.followed(places - search.places(*below),
            [&](PersonId person) { return search.is_new(person); }));
    made.places = places;
    made.bonus = {high};
    made.total = {made.plan.total.raw - places * high};
    made.price = free->total - made.total;
    return made;
}

} // namespace koc
