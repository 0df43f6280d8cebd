// SPDX-License-Identifier: BSL-1.0
#pragma once

// The standard scorers of discovery: on open platforms depth and originality, whatever the number
// of followers; in owned communities trying first, detailed feedback and patient help, and that the
// core circle stands behind them; in both, that they go on giving. More evidence always counts for
// more, but each further piece for less; trust is not evidence of this kind, as each vouch is
// another person's, and counts in full.

#include <koc/member/discovery/discovery.hpp>
#include <koc/number/fixed_math.hpp>
#include <koc/search/explanation.hpp>

namespace koc::standard {

/// Depth and originality of relevant contents: log2(1 + sum) each; what was given lately once more,
/// twice.
struct open_scorer {
    [[nodiscard]] static score rate(open_evidence const& e) { return explain(e).total(); }
    [[nodiscard]] static explanation explain(open_evidence const& e) {
        return explanation{}
            .add("depth", log2_1p(e.depth))
            .add("originality", log2_1p(e.originality))
            .add("lately", log2_1p(e.lately) * whole(2));
    }
};
static_assert(discovery_scorer_for<open_scorer, open_evidence>);

/// Feedback, first use, help to peers: log2(1 + sum) each; what was given lately once more, twice;
/// taking part counts for a quarter. A vouch of the core circle counts for 4, as much as 15 full
/// answers to different people.
///
/// The weight of what was given lately and its half-life (7 days) were chosen on the earlier
/// newcomers of a question-and-answer community (see docs/member.md#learning).
struct owned_scorer {
    [[nodiscard]] static score rate(owned_evidence const& e) { return explain(e).total(); }
    [[nodiscard]] static explanation explain(owned_evidence const& e) {
        return explanation{}
            .add("feedback", log2_1p(e.feedback))
            .add("first to try", log2_1p(e.first_use))
            .add("help to peers", log2_1p(e.help))
            .add("lately", log2_1p(e.lately) * whole(2))
            .add("taking part", log2_1p(whole(e.interactions)) * percent(25))
            .add("trust", e.trust * whole(4));
    }
};
static_assert(discovery_scorer_for<owned_scorer, owned_evidence>);

} // namespace koc::standard
