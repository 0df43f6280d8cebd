// SPDX-License-Identifier: BSL-1.0
#pragma once

// The k best, exactly: identical to scoring everybody who qualifies and sorting, ties by the
// smaller id. 64 members at a time: filter by the requirement, skip the word when its bound cannot
// beat the current k-th, pass the gate, score what is left.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/match/concepts.hpp>
#include <koc/tag/requirement_plan.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace koc {

/// A candidate and how well they fit.
template <typename Id>
struct match {
    slot place{};
    Id id;
    score fit;

    friend bool operator==(match const&, match const&) = default;
    /// Best first: the higher score, then the smaller id.
    friend bool operator<(match const& a, match const& b) {
        return a.fit != b.fit ? a.fit > b.fit : a.id < b.id;
    }
};

/// The `k` best of the population for a task, best first; fewer when fewer qualify.
///
/// O(slots / 64) filter words plus O(log k) a scored candidate; one allocation of k entries.
/// Refused: k is 0 or larger than the number of slots (`invalid_argument`).
template <population P, typename Task, typename Scorer, typename Gate = open_gate>
    requires scorer_for<Scorer, Task, candidate_of<P>> && gate_for<Gate, Task, candidate_of<P>>
        result<std::vector<match<id_of<P>>>> top_k(P const& people, requirement_plan const& plan,
            Task const& task, Scorer const& scorer, std::size_t k, Gate const& gate = {}) {
        if (k == 0 || k > people.slots()) {
            return error{errc::invalid_argument, "k = " + std::to_string(k),
                "expected a number from 1 to the population's number of slots, " +
                    std::to_string(people.slots())};
        }
        std::vector<match<id_of<P>>> best; // a heap whose front is the worst of the best
        best.reserve(k);
        auto const words = (people.slots() + word_bits - 1) / word_bits;
        for (std::size_t w = 0; w < words; ++w) {
            auto const fit = plan.filter(people, w, people.live_word(w));
            if (fit == 0) {
                continue;
            }
            if constexpr (bounded_scorer_for<Scorer, Task, P>) {
                // Equal to the k-th may still win by a smaller id, so only what is strictly below
                // is skipped.
                if (best.size() == k && scorer.bound(task, people, w) < best.front().fit) {
                    continue;
                }
            }
            for_each_slot(w, fit, [&](slot s) {
                auto const& candidate = people[s];
                if (!gate.admits(task, candidate)) {
                    return;
                }
                match<id_of<P>> const found{s, people.id_at(s), scorer.rate(task, candidate)};
                if (best.size() < k) {
                    best.push_back(found);
                    std::push_heap(best.begin(), best.end());
                } else if (found < best.front()) {
                    std::pop_heap(best.begin(), best.end());
                    best.back() = found;
                    std::push_heap(best.begin(), best.end());
                }
            });
        }
        std::sort_heap(best.begin(), best.end());
        return best;
    }

} // namespace koc
