// SPDX-License-Identifier: BSL-1.0
#pragma once

// The k best, exactly: identical to scoring everybody who qualifies and sorting, ties by the
// smaller id. How much is read depends on what the scorer can say of itself: one that is a sum over
// tags and columns is read off the index; one with a ceiling is asked about those whose ceiling may
// be among the best; one with a bound lets words of 64 members be skipped; any other is asked about
// everybody whom the requirement and the gate let through.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/try.hpp>
#include <koc/search/ceiling.hpp>
#include <koc/search/concepts.hpp>
#include <koc/search/detail/best.hpp>
#include <koc/search/detail/ceiling_room.hpp>
#include <koc/search/detail/ceiling_search.hpp>
#include <koc/search/detail/deferred_scores.hpp>
#include <koc/search/match.hpp>
#include <koc/tag/requirement_plan.hpp>

#include <concepts>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace koc {

namespace detail {

/// What may still be among the best where a search is, which knows blocks and not ids.
template <indexed_population P>
struct reach_of {
    P const& people;
    best<id_of<P>>& found;

    void enter([[maybe_unused]] std::size_t b) {
        if constexpr (requires {
                          { people.least_id(b) } -> std::same_as<id_of<P>>;
                      }) {
            found.enter(people.least_id(b));
        }
    }
    [[nodiscard]] bool operator()(score fit) const { return found.reachable(fit); }
    [[nodiscard]] bool anywhere(score fit) const { return found.anywhere(fit); }
};

} // namespace detail

/// The `k` best of the population for a task, best first; fewer when fewer qualify.
///
/// O(slots / 64) filter words plus O(log k) a scored candidate; a scorer with a ceiling over an
/// indexed population costs O(slots / 512) and what may be among the best.
/// Refused: k is 0 or larger than the number of slots, a ceiling's curve ends too soon
/// (`invalid_argument`); a ceiling names a column or tally that the index does not have
/// (`unknown_id`) or amounts that may overflow (`too_large`).
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
        if constexpr (ceiling_scorer_for<Scorer, Task, P> && indexed_population<P>) {
            auto const high = detail::ceiling_of(scorer, task);
            KOC_TRY(detail::check_names(people.index(), high));
            detail::reach_of<P> reach{people, found};
            detail::ceiling_search search{people.index(), plan, high};
            if constexpr (additive_scorer_for<Scorer, Task, P>) {
                auto const offer = [&](slot s, score fit) {
                    if (gate.admits(task, people[s])) {
                        found.offer({s, people.id_at(s), fit});
                    }
                };
                KOC_TRY(search.run(reach, offer, [] {}));
            } else {
                detail::deferred_scores scores{people, task, scorer, gate, found};
                auto const add = [&](slot s, score ceiling) { scores.add(s, ceiling); };
                KOC_TRY(search.run(reach, add, [&] { scores.ask_some(); }));
                scores.ask();
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
