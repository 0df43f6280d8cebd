// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: a programme's match_scorer must model koc::scorer_for<koc::match_task
// EXPECT: docs/match.md#scorer

// A score that cannot say why is no score.

#include <koc/standard/programme.hpp>

struct newest_first {
    [[nodiscard]] koc::score rate(auto const&, koc::member_record const& m) const {
        return {m.enrolled_at.ms};
    }
#ifndef KOC_OFFEND
    [[nodiscard]] koc::explanation explain(auto const& task, koc::member_record const& m) const {
        return koc::explanation{}.add("newest", rate(task, m));
    }
#endif
};

struct my_policies : koc::standard::policies {
    using match_scorer = newest_first;
};

koc::dispatching<my_policies::match_scorer> dispatcher;
