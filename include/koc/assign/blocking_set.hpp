// SPDX-License-Identifier: BSL-1.0
#pragma once

// Why minimum fills cannot be met: a set of tasks that together ask for more than all people who
// qualify for them can give (a violated Hall condition). Checked by counting, without the solver,
// and told in a sentence.

#include <koc/core/error.hpp>

#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/unordered/unordered_flat_set.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace koc {

/// Tasks whose minimum fills cannot be met together, whatever is done elsewhere.
///
/// Without any one of them the others could be met.
template <typename TaskId, typename PersonId>
struct blocking_set {
    std::vector<TaskId> tasks;    ///< in the order of the problem
    std::vector<PersonId> people; ///< all who are listed with one of them, in that order too
    std::int64_t asked = 0;       ///< the sum of their minimum fills
    std::int64_t can_give = 0;    ///< the most places of theirs that those people can take

    /// "these 14 tasks ask for 31 people; the 9 people who qualify can give 12"
    [[nodiscard]] std::string sentence() const {
        auto const count = [](std::int64_t n, char const* one, char const* many) {
            return std::to_string(n) + ' ' + (n == 1 ? one : many);
        };
        auto const size = static_cast<std::int64_t>(tasks.size());
        auto const able = static_cast<std::int64_t>(people.size());
        return (size == 1 ? "this task asks for "
                          : "these " + std::to_string(size) + " tasks ask for ") +
            count(asked, "person", "people") +
            (able == 0 ? "; nobody qualifies"
                       : "; the " + count(able, "person who qualifies", "people who qualify") +
                        " can give " + std::to_string(can_give));
    }

    friend bool operator==(blocking_set const&, blocking_set const&) = default;
};

/// Nothing when `set` blocks the minimum fills of `problem`, an `assignment_problem`; otherwise
/// what is not as it says. That no smaller part of it blocks is not checked. O(pairs), expected.
template <typename Problem, typename TaskId, typename PersonId>
std::optional<error> check_blocking(
    Problem const& problem, blocking_set<TaskId, PersonId> const& set) {
    auto const refuse = [](char const* expected) {
        return error{errc::corrupt, "blocking set", std::string{"expected "} + expected};
    };
    boost::unordered_flat_set<TaskId> const tasks(set.tasks.begin(), set.tasks.end());
    boost::unordered_flat_map<PersonId, std::int64_t> able; // with how many of the tasks
    std::int64_t asked = 0;
    std::int64_t can_give = 0;
    std::vector<PersonId> people;
    for (auto const& it : problem.tasks) {
        asked += tasks.contains(it.id) ? it.fill_min : 0;
    }
    for (auto const& it : problem.pairs) {
        able[it.person] += tasks.contains(it.task) ? 1 : 0;
    }
    for (auto const& it : problem.people) {
        if (auto const places = able[it.id]; places != 0) {
            can_give += std::min<std::int64_t>(places, it.capacity);
            people.push_back(it.id);
        }
    }
    if (tasks.size() != set.tasks.size() || people != set.people) {
        return refuse("its tasks once, and the people who qualify for them");
    }
    if (asked != set.asked || can_give != set.can_give) {
        return refuse("what its tasks ask for and its people can give");
    }
    if (asked <= can_give) {
        return refuse("tasks that ask for more than can be given");
    }
    return std::nullopt;
}

} // namespace koc
