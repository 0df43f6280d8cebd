// SPDX-License-Identifier: BSL-1.0
#pragma once

// Why not that one: the first thing that stands between a candidate and a task. Gates are asked in
// the order in which the search asks them, so the answer is the one the search acted on.

#include <koc/search/concepts.hpp>
#include <koc/tag/requirement_plan.hpp>

#include <optional>
#include <string>
#include <utility>

namespace koc {

/// What a search would say about one candidate.
struct verdict {
    std::optional<requirement> failed;     ///< the first part of the requirement that does not hold
    std::optional<std::string> stopped_by; ///< the gate's reason, when the requirement holds
    score fit;                             ///< the score, when nothing stops them
    explanation why;                       ///< its parts

    [[nodiscard]] bool admitted() const { return !failed && !stopped_by; }
};

/// Judges the member in a live slot the way `top_k` does.
template <population P, typename Task, typename Scorer, typename Gate = open_gate>
    requires scorer_for<Scorer, Task, candidate_of<P>> && gate_for<Gate, Task, candidate_of<P>>
        verdict judge(P const& people, requirement_plan const& plan, Task const& task,
            Scorer const& scorer, slot s, Gate const& gate = {}) {
        verdict v;
        v.failed = plan.first_failure(people, s);
        if (v.failed) {
            return v;
        }
        auto const& candidate = people[s];
        if (!gate.admits(task, candidate)) {
            v.stopped_by = gate.refusal(task, candidate);
            return v;
        }
        v.fit = scorer.rate(task, candidate);
        v.why = scorer.explain(task, candidate);
        return v;
    }

} // namespace koc
