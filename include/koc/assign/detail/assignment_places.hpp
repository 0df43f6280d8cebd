// SPDX-License-Identifier: BSL-1.0
#pragma once

// Checks the entries of an assignment problem and numbers its ids; the solvers count in the order
// of these numbers.

#include <koc/assign/assignment_plan.hpp>
#include <koc/assign/detail/assignment_rows.hpp>
#include <koc/core/error.hpp>

#include <boost/unordered/unordered_flat_map.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <numeric>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace koc::detail {

/// The problem by places: checked, its tasks and people in the order of their ids, so that the
/// answer does not depend on the order in which they were listed.
template <typename TaskId, typename PersonId>
class assignment_places {
public:
    using problem_type = assignment_problem<TaskId, PersonId>;
    using pair = typename problem_type::pair;

    explicit assignment_places(problem_type const& problem) : problem_{problem} {}

    /// Nothing for a problem that can be solved, otherwise the first mistake in it.
    [[nodiscard]] std::optional<error> check() {
        auto const& [tasks, people, pairs] = problem_;
        if ((std::max)({tasks.size(), people.size(), pairs.size()}) > assignment_entries_max) {
            return error{errc::too_large, "assignment",
                "expected at most 2,000,000,000 tasks, people and pairs; split the problem"};
        }
        std::int64_t wanted = 0;
        for (auto const& each : tasks) {
            if (each.need < 1) {
                return not_positive(subject("task", each.id), "need", each.need);
            }
            if (each.fill_min < 0 || each.fill_min > each.need) {
                return error{errc::invalid_argument, subject("task", each.id),
                    "expected a minimum fill from 0 to its need of " + std::to_string(each.need) +
                        ", got " + std::to_string(each.fill_min) + "; lower it or raise the need"};
            }
            wanted += each.need;
        }
        std::int64_t offered = 0;
        for (auto const& each : people) {
            if (each.capacity < 1) {
                return not_positive(subject("person", each.id), "capacity", each.capacity);
            }
            offered += each.capacity;
        }
        if (auto refused = number(tasks, "task", task_order_, task_place_)) {
            return refused;
        }
        if (auto refused = number(people, "person", person_order_, person_place_)) {
            return refused;
        }
        return check_pairs((std::min)({wanted, offered, static_cast<std::int64_t>(pairs.size())}));
    }

    /// Whether all fits are narrow; after `check`.
    [[nodiscard]] bool narrow() const {
        return largest_ <= (std::numeric_limits<std::int32_t>::max)();
    }

    /// The rows, and the refusal of a pair that is listed twice; after `check`.
    template <typename Fit>
    [[nodiscard]] std::optional<error> fill(assignment_rows<Fit>& rows) const {
        auto const& [tasks, people, pairs] = problem_;
        rows.begin.assign(tasks.size() + 1, 0);
        for (auto const& each : pair_places_) {
            ++rows.begin[each.task + 1];
        }
        std::partial_sum(rows.begin.begin(), rows.begin.end(), rows.begin.begin());
        rows.arcs.resize(pairs.size());
        auto next = rows.begin;
        for (std::size_t i = 0; i < pairs.size(); ++i) {
            auto const [task, person] = pair_places_[i];
            rows.arcs[next[task]++] = {person, static_cast<Fit>(pairs[i].fit.raw)};
        }
        auto const better = [](assignment_arc<Fit> a, assignment_arc<Fit> b) {
            return a.fit != b.fit ? a.fit > b.fit : a.person < b.person;
        };
        std::vector<std::uint32_t> listed_by(people.size(), no_place);
        for (std::uint32_t t = 0; t < tasks.size(); ++t) {
            for (auto k = rows.begin[t]; k != rows.begin[t + 1]; ++k) {
                auto const p = rows.arcs[k].person;
                if (std::exchange(listed_by[p], t) == t) {
                    return error{errc::already_exists,
                        subject(pair{task_at(t).id, person_at(p).id, {}}),
                        "expected each pair once; keep the one with the right fit"};
                }
            }
            auto const row = rows.arcs.begin();
            auto const first = row + static_cast<std::ptrdiff_t>(rows.begin[t]);
            auto const last = row + static_cast<std::ptrdiff_t>(rows.begin[t + 1]);
            if (!std::is_sorted(first, last, better)) {
                std::sort(first, last, better);
            }
            rows.need.push_back(task_at(t).need);
            rows.fill_min.push_back(task_at(t).fill_min);
        }
        for (std::uint32_t p = 0; p < people.size(); ++p) {
            rows.capacity.push_back(person_at(p).capacity);
        }
        rows.missing_price = missing_price(problem_).raw;
        return std::nullopt;
    }

    /// Where in the problem the task or person of a place stands.
    [[nodiscard]] std::uint32_t task_index(std::uint32_t place) const { return task_order_[place]; }
    [[nodiscard]] std::uint32_t person_index(std::uint32_t place) const {
        return person_order_[place];
    }

private:
    static constexpr std::uint32_t no_place = (std::numeric_limits<std::uint32_t>::max)();

    struct place_pair {
        std::uint32_t task;
        std::uint32_t person;
    };
    template <typename Id>
    using directory = boost::unordered_flat_map<Id, std::uint32_t>;

    static error not_positive(std::string who, char const* what, std::int32_t value) {
        return {errc::invalid_argument, std::move(who),
            std::string{"expected a "} + what + " of at least 1, got " + std::to_string(value) +
                "; correct it or leave the entry out"};
    }

    auto const& task_at(std::uint32_t place) const { return problem_.tasks[task_order_[place]]; }
    auto const& person_at(std::uint32_t place) const {
        return problem_.people[person_order_[place]];
    }

    /// Gives each entry its place by id.
    template <typename Entry, typename Id>
    static std::optional<error> number(std::vector<Entry> const& entries, char const* kind,
        std::vector<std::uint32_t>& order, directory<Id>& place) {
        order.resize(entries.size());
        std::iota(order.begin(), order.end(), 0U);
        auto const by_id = [&](std::uint32_t a, std::uint32_t b) {
            return std::less<>{}(entries[a].id, entries[b].id);
        };
        if (!std::is_sorted(order.begin(), order.end(), by_id)) {
            std::sort(order.begin(), order.end(), by_id);
        }
        place.reserve(entries.size());
        for (std::uint32_t i = 0; i < order.size(); ++i) {
            auto const id = entries[order[i]].id;
            if (!id.valid()) {
                return error{errc::invalid_argument, subject(kind, id),
                    "expected an id other than 0, which names nobody; fill it in"};
            }
            if (!place.emplace(id, i).second) {
                return error{errc::already_exists, subject(kind, id),
                    "expected to be listed once; merge the entries"};
            }
        }
        return std::nullopt;
    }

    std::optional<error> check_pairs(std::int64_t fillable) {
        auto const& [tasks, people, pairs] = problem_;
        auto const paths =
            static_cast<std::int64_t>(2 * (std::min)(tasks.size(), people.size()) + 2);
        auto const fit_max = assignment_sum_max / (fillable + paths);
        pair_places_.reserve(pairs.size());
        for (auto const& each : pairs) {
            // Pairs mostly come in runs of one task.
            if (pair_places_.empty() || each.task != (&each)[-1].task) {
                auto const task = task_place_.find(each.task);
                if (task == task_place_.end()) {
                    return unknown("task", each.task);
                }
                pair_places_.push_back({task->second, 0});
            } else {
                pair_places_.push_back({pair_places_.back().task, 0});
            }
            auto const person = person_place_.find(each.person);
            if (person == person_place_.end()) {
                return unknown("person", each.person);
            }
            pair_places_.back().person = person->second;
            if (each.fit.raw > fit_max || each.fit.raw < -fit_max) {
                return error{errc::too_large, subject(each),
                    "expected a fit of at most " + std::to_string(fit_max) +
                        " millionths either way, so that sums over this problem fit; scale all "
                        "fits "
                        "down"};
            }
            largest_ = (std::max)(largest_, each.fit.raw < 0 ? -each.fit.raw : each.fit.raw);
        }
        return std::nullopt;
    }

    problem_type const& problem_;
    std::vector<std::uint32_t> task_order_; ///< index in the problem, by place
    std::vector<std::uint32_t> person_order_;
    directory<TaskId> task_place_;
    directory<PersonId> person_place_;
    std::vector<place_pair> pair_places_; ///< of each pair of the problem
    std::int64_t largest_ = 0;
};

} // namespace koc::detail
