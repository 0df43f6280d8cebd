// SPDX-License-Identifier: BSL-1.0
#pragma once

// One assignment problem at many bonuses for newcomers: its checked entries, the plans that are
// compared, and the plan that is put together from two of them.

#include <koc/assign/assignment.hpp>
#include <koc/assign/detail/swap_chains.hpp>
#include <koc/core/error.hpp>
#include <koc/core/result.hpp>

#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/unordered/unordered_flat_set.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace koc::detail {

/// One problem at many bonuses.
template <typename TaskId, typename PersonId>
class bonus_search {
public:
    using problem_type = assignment_problem<TaskId, PersonId>;
    using plan_type = assignment_plan<TaskId, PersonId>;

    bonus_search(problem_type const& problem, std::vector<PersonId> const& newcomers)
        : problem_{problem}, newcomers_(newcomers.begin(), newcomers.end()) {}

    [[nodiscard]] bool is_new(PersonId person) const { return newcomers_.contains(person); }

    [[nodiscard]] std::optional<error> check(
        std::vector<PersonId> const& newcomers, std::int64_t places) const {
        if (places < 0) {
            return error{errc::invalid_argument, "share of newcomers",
                "expected 0 places or more, got " + std::to_string(places) + "; correct it"};
        }
        boost::unordered_flat_set<PersonId> unseen;
        for (auto const& each : problem_.people) {
            unseen.insert(each.id);
        }
        for (auto const person : newcomers) {
            if (unseen.erase(person) == 0) {
                return std::count(newcomers.begin(), newcomers.end(), person) > 1
                    ? error{errc::already_exists, subject("person", person),
                          "expected each newcomer once; leave out the repetition"}
                    : unknown("person", person);
            }
        }
        return std::nullopt;
    }

    /// The problem with its fits times `factor`, and the bonus on those of newcomers.
    [[nodiscard]] problem_type raised(std::int64_t factor, std::int64_t bonus) const {
        auto made = problem_;
        for (auto& each : made.pairs) {
            each.fit.raw = each.fit.raw * factor + (is_new(each.person) ? bonus : 0);
        }
        return made;
    }
    /// Between the bonuses `n` and `n + 1`: there all best plans give newcomers the same number of
    /// places, as the total per place changes by whole numbers.
    [[nodiscard]] result<plan_type> just_above(std::int64_t n) const {
        return assign(raised(2, 2 * n + 1));
    }
    [[nodiscard]] std::int64_t places(plan_type const& plan) const {
        return std::count_if(plan.pairs.begin(), plan.pairs.end(),
            [&](auto const& each) { return is_new(each.person); });
    }

private:
    problem_type const& problem_;
    boost::unordered_flat_set<PersonId> newcomers_;
};

/// The plan with other pairs that are as good, in the order of `assign`; prices stay as they are.
template <typename TaskId, typename PersonId>
assignment_plan<TaskId, PersonId> with_pairs(assignment_problem<TaskId, PersonId> const& problem,
    assignment_plan<TaskId, PersonId> plan,
    typename swap_chains<TaskId, PersonId>::pair_set const& pairs) {
    boost::unordered_flat_map<TaskId, std::size_t> task_at;
    boost::unordered_flat_map<PersonId, std::size_t> person_at;
    for (std::size_t t = 0; t < plan.tasks.size(); ++t) {
        plan.tasks[t].filled = 0;
        task_at.emplace(plan.tasks[t].id, t);
    }
    for (std::size_t p = 0; p < plan.people.size(); ++p) {
        plan.people[p].used = 0;
        person_at.emplace(plan.people[p].id, p);
    }
    plan.pairs.clear();
    for (auto const& each : problem.pairs) {
        if (pairs.contains({each.task, each.person})) {
            plan.pairs.push_back(each);
            ++plan.tasks[task_at[each.task]].filled;
            ++plan.people[person_at[each.person]].used;
        }
    }
    std::sort(plan.pairs.begin(), plan.pairs.end(), [&](auto const& a, auto const& b) {
        return std::tuple{task_at[a.task], -a.fit, a.person} <
            std::tuple{task_at[b.task], -b.fit, b.person};
    });
    return plan;
}

} // namespace koc::detail
