// SPDX-License-Identifier: BSL-1.0
#pragma once

// Checks an assignment's feasibility and complementary slackness, without the solver: each pair
// taken is worth at least its threshold and price, each pair left out at most that, an empty seat
// has threshold 0 and a spare slot price 0. One pass over the pairs; the first violation is named.

#include <koc/assign/assignment_plan.hpp>
#include <koc/assign/blocking_set.hpp>
#include <koc/core/error.hpp>

#include <boost/unordered/unordered_flat_map.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace koc {

/// Nothing when `plan` is a best assignment of `problem`, one that `assign` accepts, and its prices
/// are the lowest that prove it; otherwise the first entry that shows it is not (`corrupt`). The
/// blocking set is checked to block, not to be thin. O(tasks + people + pairs), expected.
template <typename TaskId, typename PersonId>
std::optional<error> verify(assignment_problem<TaskId, PersonId> const& problem,
    assignment_plan<TaskId, PersonId> const& plan) {
    __extension__ using wide = __int128;
    auto const refuse = [](std::string subject, char const* expected) {
        return error{errc::corrupt, std::move(subject), std::string{"expected "} + expected};
    };

    // The plan is about this problem. Below, tasks are counted first and people after them.
    auto const tasks = problem.tasks.size();
    auto const all = tasks + problem.people.size();
    if (plan.tasks.size() != tasks || plan.people.size() != all - tasks) {
        return refuse("plan", "an entry for each task and person; solve the problem again");
    }
    boost::unordered_flat_map<TaskId, std::size_t> task_at;
    boost::unordered_flat_map<PersonId, std::size_t> person_at;
    for (std::size_t t = 0; t < tasks; ++t) {
        auto const& [id, need, fill_min] = problem.tasks[t];
        auto const& made = plan.tasks[t];
        if (made.id != id || made.need != need || made.fill_min != fill_min) {
            return refuse(subject("task", id), "the need and minimum fill it was planned with");
        }
        task_at.emplace(id, t);
    }
    for (std::size_t p = tasks; p < all; ++p) {
        auto const& [id, capacity] = problem.people[p - tasks];
        if (plan.people[p - tasks].id != id || plan.people[p - tasks].capacity != capacity) {
            return refuse(subject("person", id), "the capacity they were planned with");
        }
        person_at.emplace(id, p);
    }

    // What was taken is worth what it costs, and nothing else is worth more.
    boost::unordered_flat_map<std::pair<TaskId, PersonId>, std::optional<score>> fit_of;
    for (auto const& it : plan.pairs) {
        fit_of.try_emplace({it.task, it.person});
    }
    std::vector<std::int32_t> count(all);
    std::vector<std::vector<std::size_t>> holds(all); // whose number each one keeps where it is
    for (auto const& it : problem.pairs) {
        auto const task = task_at.find(it.task);
        auto const person = person_at.find(it.person);
        if (task == task_at.end() || person == person_at.end()) {
            return refuse(subject(it), "a listed task and a listed person");
        }
        auto const [t, p] = std::pair{task->second, person->second};
        auto const cost = wide{plan.tasks[t].threshold.raw} + plan.people[p - tasks].price.raw;
        auto const planned = fit_of.find({it.task, it.person});
        bool const taken = planned != fit_of.end();
        if (taken ? it.fit.raw < cost : it.fit.raw > cost) {
            return refuse(subject(it), taken ? "to be worth its cost" : "to be taken, at its cost");
        }
        if (it.fit.raw == cost) {
            holds[taken ? p : t].push_back(taken ? t : p);
        }
        if (taken) {
            planned->second = it.fit;
            ++count[t];
            ++count[p];
        }
    }
    wide total = 0;
    for (auto const& it : plan.pairs) {
        if (std::exchange(fit_of[{it.task, it.person}], std::nullopt) != it.fit) {
            return refuse(subject(it), "a pair of the problem with its fit, planned once");
        }
        total += it.fit.raw;
    }
    if (total != plan.total.raw) {
        return refuse("total", "the sum of the fits of the pairs");
    }

    // Counts keep their limits, and what is not scarce has no price.
    auto const lowest = -missing_price(problem).raw;
    bool missing = false;
    std::vector<std::size_t> held; // numbers that cannot move
    for (std::size_t t = 0; t < tasks; ++t) {
        auto const& it = plan.tasks[t];
        auto const floor = it.filled > it.fill_min ? 0 : lowest;
        auto const ceiling = it.filled < it.fill_min ? lowest : 0; // with an empty place
        bool const has_empty = it.filled < it.need;
        if (it.filled != count[t] || it.filled > it.need || it.threshold.raw < floor ||
            (has_empty && it.threshold.raw > ceiling)) {
            return refuse(subject("task", it.id), "a count and a threshold that its pairs explain");
        }
        if (has_empty && it.threshold.raw == ceiling) {
            held.push_back(t);
        }
        missing = missing || it.filled < it.fill_min;
    }
    for (std::size_t p = tasks; p < all; ++p) {
        auto const& it = plan.people[p - tasks];
        if (it.used != count[p] || it.used > it.capacity || it.price.raw < 0 ||
            (it.used < it.capacity && it.price.raw > 0)) {
            return refuse(subject("person", it.id), "a count and a price that their pairs explain");
        }
        if (it.price.raw == 0) {
            held.push_back(p);
        }
    }

    // No threshold can be higher and no price lower: each is kept by one that cannot move.
    std::vector<char> kept(all, false);
    for (std::size_t i = 0; i < held.size(); ++i) {
        if (auto const at = held[i]; !std::exchange(kept[at], true)) {
            held.insert(held.end(), holds[at].begin(), holds[at].end());
        }
    }
    for (std::size_t i = 0; i < all; ++i) {
        if (!kept[i]) {
            return i < tasks
                ? refuse(subject("task", plan.tasks[i].id), "the highest threshold that holds")
                : refuse(subject("person", plan.people[i - tasks].id), "the lowest price there is");
        }
    }
    if (plan.blocked.has_value() != missing) {
        return refuse("blocking set", "one when and only when a minimum fill is missed");
    }
    return missing ? check_blocking(problem, *plan.blocked) : std::nullopt;
}

} // namespace koc
