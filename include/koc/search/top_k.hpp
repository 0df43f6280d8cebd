// SPDX-License-Identifier: BSL-1.0
#pragma once

// The k best, exactly: identical to scoring everybody who qualifies and sorting, ties by the
// smaller id. How much is read depends on what the scorer can say of itself: one that is a sum over
// tags and columns is read off the index; one with a bound lets words of 64 members be skipped; any
// other is asked about everybody whom the requirement and the gate let through.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/search/concepts.hpp>
#include <koc/search/detail/additive_search.hpp>
#include <koc/search/detail/best.hpp>
#include <koc/search/match.hpp>
#include <koc/tag/requirement_plan.hpp>

#include <string>
#include <utility>
#include <vector>

namespace koc {

/// The `k` best of the population for a task, best first; fewer when fewer qualify.
///
/// O(slots / 64) filter words plus O(log k) a scored candidate; an additive scorer over an indexed
/// population costs O(slots / 512) and what may be among the best.
/// Refused: k is 0 or larger than the number of slots (`invalid_argument`); an additive scorer
/// names a column that the index does not have (`unknown_id`) or amounts that may overflow
/// (`too_large`).
template <population P, typename Task, typename Scorer, typename Gate = open_gate>
    requires scorer_for<Scorer, Task, candidate_of<P>> && gate_for<Gate, Task, candidate_of<P>>
        result<std::vector<match<id_of<P>>>> top_k(P const& people, requirement_plan const& plan,
            Task const& task, Scorer const& scorer, std::size_t k, Gate const& gate = {}) {
        if (k == 0 || k > people.slot_count()) {
            return error{errc::invalid_argument, "k = " + std::to_string(k),
                "expected a number from 1 to the population's number of slots, " +
                    std::to_string(people.slot_count())};
        }
        detail::best<id_of<P>> found{k};
        if constexpr (additive_scorer_for<Scorer, Task, P> && indexed_population<P>) {
            auto terms = scorer.terms(task);
            for (auto const& [column, each] : terms.columns) {
                if (!people.index().has_column(column)) {
                    return unknown("column", column);
                }
            }
            auto refused = detail::additive_search{people.index(), plan, std::move(terms)}.run(
                [&](score fit) { return found.reachable(fit); },
                [&](slot s, score fit) {
                    if (gate.admits(task, people[s])) {
                        found.offer({s, people.id_at(s), fit});
                    }
                });
            if (refused) {
                return *std::move(refused);
            }
        } else {
            auto const words = (people.slot_count() + word_bits - 1) / word_bits;
            for (std::size_t w = 0; w < words; ++w) {
                auto const fit = plan.filter(people, w, people.live_word(w));
                if (fit == 0) {
                    continue;
                }
                if constexpr (bounded_scorer_for<Scorer, Task, P>) {
                    if (found.full() && !found.reachable(scorer.bound(task, people, w))) {
                        continue;
                    }
                }
                for_each_slot(w, fit, [&](slot s) {
                    auto const& candidate = people[s];
                    if (gate.admits(task, candidate)) {
                        found.offer({s, people.id_at(s), scorer.rate(task, candidate)});
                    }
                });
            }
        }
        return std::move(found).take();
    }

} // namespace koc
