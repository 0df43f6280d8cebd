// SPDX-License-Identifier: BSL-1.0
#pragma once

// Exchange paths between two optimal assignments: a task gains a person, who leaves another task,
// which gains somebody else. Each path changes the number of newcomer seats by at most one, so
// between two optima there is one for each number in between.

#include <koc/assign/assignment_plan.hpp>

#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/unordered/unordered_flat_set.hpp>

#include <cstdint>
#include <utility>
#include <vector>

namespace koc::detail {

/// The chains from the pairs of one assignment to those of another.
template <typename TaskId, typename PersonId>
class swap_chains {
public:
    using pair_set = boost::unordered_flat_set<std::pair<TaskId, PersonId>>;

    swap_chains(assignment_plan<TaskId, PersonId> const& from,
        assignment_plan<TaskId, PersonId> const& to) {
        pair_set target;
        for (auto const& each : from.pairs) {
            now_.emplace(each.task, each.person);
        }
        for (auto const& each : to.pairs) {
            target.emplace(each.task, each.person);
            if (!now_.contains({each.task, each.person})) {
                gains_[each.task].push_back(each.person);
                ++task_net_[each.task];
                ++person_net_[each.person];
                tasks_.push_back(each.task);
            }
        }
        for (auto const& each : from.pairs) {
            if (!target.contains({each.task, each.person})) {
                loses_[each.person].push_back(each.task);
                --task_net_[each.task];
                --person_net_[each.person];
                people_.push_back(each.person);
            }
        }
    }

    /// Follows chains until people for whom `counts(person)` holds have `more` places more, or no
    /// chain is left; the pairs are then these.
    template <typename Counts>
    pair_set followed(std::int64_t more, Counts const& counts) && {
        for (auto const task : tasks_) {
            for (auto& net = task_net_[task]; more > 0 && net > 0; --net) {
                more -= followed_from(task, counts);
            }
        }
        for (auto const person : people_) {
            for (auto& net = person_net_[person]; more > 0 && net < 0; ++net) {
                more += counts(person) ? 1 : 0;
                more -= followed_from(left_by(person), counts);
            }
        }
        return std::move(now_);
    }

private:
    /// Follows the chain that goes on with `task` gaining somebody; returns how many places more
    /// its last person counts.
    template <typename Counts>
    int followed_from(TaskId task, Counts const& counts) {
        while (!gains_[task].empty()) {
            auto const person = gains_[task].back();
            gains_[task].pop_back();
            now_.emplace(task, person);
            if (loses_[person].empty()) {
                return counts(person) ? 1 : 0;
            }
            task = left_by(person);
        }
        return 0;
    }

    TaskId left_by(PersonId person) {
        auto const task = loses_[person].back();
        loses_[person].pop_back();
        now_.erase({task, person});
        return task;
    }

    pair_set now_;
    boost::unordered_flat_map<TaskId, std::vector<PersonId>> gains_;
    boost::unordered_flat_map<PersonId, std::vector<TaskId>> loses_;
    boost::unordered_flat_map<TaskId, int> task_net_;
    boost::unordered_flat_map<PersonId, int> person_net_;
    std::vector<TaskId> tasks_; ///< in which order chains begin
    std::vector<PersonId> people_;
};

} // namespace koc::detail
