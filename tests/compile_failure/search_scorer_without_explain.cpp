// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: Programme::match_scorer must model koc::scorer_for<match_task, member_record>
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

struct my_programme : koc::standard::programme {
    using match_scorer = newest_first;
};

koc::basic_engine<my_programme, koc::memory_journal<koc::event_of<my_programme>>> engine{{}};
