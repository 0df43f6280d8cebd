// SPDX-License-Identifier: BSL-1.0
#pragma once

// Why this one, and why not that one, completely: the first failing requirement, the gate's reason,
// or the score that is missing from the last one chosen. It asks the search itself, so the answer
// is about the decision that is made.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/explain/answer.hpp>
#include <koc/search/top_k.hpp>
#include <koc/search/verdict.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace koc {

/// What can be said about somebody and the `k` best.
template <typename PersonId>
using why_answer = std::variant<was_chosen<PersonId>, lacks_requirement<PersonId>,
    was_stopped<PersonId>, was_outscored<PersonId>>;

/// Why the member in slot `s` is or is not among the `k` best. One `top_k` and two explanations.
/// Refused: what `top_k` refuses; an empty slot (`unknown_id`).
template <population P, typename Task, typename Scorer, typename Gate = open_gate>
    requires scorer_for<Scorer, Task, candidate_of<P>> && gate_for<Gate, Task, candidate_of<P>>
        result<why_answer<id_of<P>>> why(P const& people, requirement_plan const& plan,
            Task const& task, Scorer const& scorer, std::size_t k, slot s, Gate const& gate = {}) {
        auto const best = top_k(people, plan, task, scorer, k, gate);
        if (!best) {
            return best.error();
        }
        if (s >= people.slot_count() ||
            (people.live_word(s / word_bits) >> (s % word_bits) & 1U) == 0) {
            return error{errc::unknown_id, "slot " + std::to_string(s),
                "expected the slot of a member; look it up again"};
        }
        auto const who = people.id_at(s);
        auto found = judge(people, plan, task, scorer, s, gate);
        if (found.failed) {
            return lacks_requirement<id_of<P>>{who, *std::move(found.failed)};
        }
        if (found.stopped_by) {
            return was_stopped<id_of<P>>{who, *std::move(found.stopped_by)};
        }
        auto const at = std::find_if(
            best->begin(), best->end(), [&](auto const& chosen) { return chosen.place == s; });
        if (at != best->end()) {
            return was_chosen<id_of<P>>{who, static_cast<std::size_t>(at - best->begin()) + 1,
                found.fit, std::move(found.why)};
        }
        auto const& last = best->back(); // there are k of them, or this one would be
        return was_outscored<id_of<P>>{who, found.fit, std::move(found.why), best->size(), last.id,
            last.fit, scorer.explain(task, people[last.place])};
    }

} // namespace koc
