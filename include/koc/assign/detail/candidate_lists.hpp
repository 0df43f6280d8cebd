// SPDX-License-Identifier: BSL-1.0
#pragma once

// The best candidates of each task, as many as were asked for so far, and the assignment problem
// that they make.

#include <koc/assign/global_plan.hpp>
#include <koc/assign/opening.hpp>
#include <koc/core/error.hpp>
#include <koc/search/concepts.hpp>
#include <koc/search/match.hpp>
#include <koc/search/top_k.hpp>

#include <boost/unordered/unordered_flat_map.hpp>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

namespace koc::detail {

template <population P, typename TaskId, typename Task>
class candidate_lists {
public:
    using person_id = id_of<P>;

    candidate_lists(
        P const& people, std::vector<opening<TaskId, Task>> const& openings, std::size_t spare)
        : people_{people}, openings_{openings}, lists_(openings.size()), spare_{spare} {}

    /// Notes who may not have what; the refusal of a pair of nobody, of nothing, or given twice.
    [[nodiscard]] std::optional<error> bar(
        std::vector<barred_pair<TaskId, person_id>> const& pairs) {
        boost::unordered_flat_map<TaskId, std::size_t> task_at;
        for (std::size_t t = 0; t < openings_.size(); ++t) {
            task_at.emplace(openings_[t].id, t);
        }
        std::vector<person_id> unseen;
        for (auto const& each : pairs) {
            auto const task = task_at.find(each.task);
            if (task == task_at.end()) {
                return unknown("task", each.task);
            }
            lists_[task->second].barred.push_back(each.person);
            unseen.push_back(each.person);
        }
        for (std::size_t t = 0; t < lists_.size(); ++t) {
            auto& barred = lists_[t].barred;
            std::sort(barred.begin(), barred.end());
            auto const twice = std::adjacent_find(barred.begin(), barred.end());
            if (twice != barred.end()) {
                return error{errc::already_exists,
                    subject("task", openings_[t].id) + " and " + subject("person", *twice),
                    "expected to be barred once; leave out the repetition"};
            }
        }
        return somebody_unknown(std::move(unseen));
    }

    /// Lists as many candidates of a task as it may need and a few more; twice as many when asked
    /// again. What the search refuses is passed on.
    template <typename Scorer, typename Gate>
    [[nodiscard]] std::optional<error> lengthen(
        std::size_t t, Scorer const& scorer, Gate const& gate) {
        auto& it = lists_[t];
        auto const& [id, task, required, need, fill_min] = openings_[t];
        auto const first = static_cast<std::size_t>(need) + spare_ + it.barred.size();
        it.asked = (std::min)(it.asked == 0 ? first : 2 * it.asked, people_.slot_count());
        if (it.asked != 0) {
            auto found = top_k(people_, required, task, scorer, it.asked, gate);
            if (!found) {
                return found.error();
            }
            it.best = *std::move(found);
        }
        it.complete = it.best.size() < it.asked || it.asked == people_.slot_count();
        if (!it.best.empty()) {
            it.worst = it.best.back().fit;
        }
        std::erase_if(it.best, [&](auto const& each) {
            return std::binary_search(it.barred.begin(), it.barred.end(), each.id);
        });
        return std::nullopt;
    }

    /// What no unlisted candidate of a task exceeds; nothing when all are listed.
    [[nodiscard]] std::optional<score> unlisted_max(std::size_t t) const {
        return lists_[t].complete ? std::nullopt : std::optional{lists_[t].worst};
    }

    /// All that is listed: people by slot, pairs by task.
    template <typename Capacity>
    [[nodiscard]] assignment_problem<TaskId, person_id> problem(Capacity const& capacity) const {
        assignment_problem<TaskId, person_id> made;
        std::size_t pairs = 0;
        for (auto const& each : lists_) {
            pairs += each.best.size();
        }
        made.pairs.reserve(pairs);
        std::vector<std::pair<slot, person_id>> listed;
        listed.reserve(pairs);
        for (std::size_t t = 0; t < lists_.size(); ++t) {
            auto const& each = openings_[t];
            made.tasks.push_back({each.id, each.need, each.fill_min});
            for (auto const& candidate : lists_[t].best) {
                made.pairs.push_back({each.id, candidate.id, candidate.fit});
                listed.emplace_back(candidate.place, candidate.id);
            }
        }
        std::sort(listed.begin(), listed.end());
        listed.erase(std::unique(listed.begin(), listed.end()), listed.end());
        for (auto const& [place, id] : listed) {
            made.people.push_back({id, capacity(id)});
        }
        return made;
    }

private:
    struct candidates {
        std::vector<match<person_id>> best;
        std::vector<person_id> barred; ///< ascending
        std::size_t asked = 0;
        score worst;
        bool complete = false;
    };

    [[nodiscard]] std::optional<error> somebody_unknown(std::vector<person_id> unseen) const {
        std::sort(unseen.begin(), unseen.end());
        unseen.erase(std::unique(unseen.begin(), unseen.end()), unseen.end());
        std::vector<bool> seen(unseen.size());
        auto const words = unseen.empty() ? 0 : (people_.slot_count() + word_bits - 1) / word_bits;
        for (std::size_t w = 0; w < words; ++w) {
            for_each_slot(w, people_.live_word(w), [&](slot s) {
                auto const at = std::lower_bound(unseen.begin(), unseen.end(), people_.id_at(s));
                if (at != unseen.end() && *at == people_.id_at(s)) {
                    seen[static_cast<std::size_t>(at - unseen.begin())] = true;
                }
            });
        }
        auto const missing = std::find(seen.begin(), seen.end(), false);
        return missing == seen.end()
            ? std::nullopt
            : std::optional{
                  unknown("person", unseen[static_cast<std::size_t>(missing - seen.begin())])};
    }

    P const& people_;
    std::vector<opening<TaskId, Task>> const& openings_;
    std::vector<candidates> lists_;
    std::size_t spare_; ///< how many a task lists beyond its need and those barred, to begin with
};

} // namespace koc::detail
