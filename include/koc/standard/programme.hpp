// SPDX-License-Identifier: BSL-1.0
#pragma once

// The standard programme: every aspect of the loop with the house's own taste. A host derives from
// it and overrides what it sees differently; the aspects are made with the derived bag, so one line
// is enough.

#include <koc/engine/engine.hpp>
#include <koc/journal/memory_journal.hpp>
#include <koc/member/attention.hpp>
#include <koc/member/discovery.hpp>
#include <koc/member/mentorship.hpp>
#include <koc/member/relationship.hpp>
#include <koc/member/roster.hpp>
#include <koc/member/track_record.hpp>
#include <koc/programme/tag_library.hpp>
#include <koc/standard/discovery_scorer.hpp>
#include <koc/standard/match_scorer.hpp>
#include <koc/task/amplification.hpp>
#include <koc/task/board.hpp>
#include <koc/task/dispatch.hpp>
#include <koc/task/loop.hpp>
#include <koc/task/objective.hpp>
#include <koc/task/offer.hpp>
#include <koc/task/review.hpp>
#include <koc/task/reward.hpp>
#include <koc/task/submission.hpp>
#include <koc/task/task.hpp>
#include <koc/task/topic.hpp>

namespace koc {

namespace standard {

/// Types are taste, values are rules; both may be overridden in a derived bag.
struct programme {
    using kept_facets = boost::mp11::mp_list<stage, source>;
    using open_scorer = standard::open_scorer;
    using owned_scorer = standard::owned_scorer;
    using match_scorer = standard::match_scorer;

    attention_rules attention;
    discovery_rules discovery;
    track_record_rules track_record;
    relationship_rules relationship;
    std::size_t mentees_max = 5;     ///< whom one mentor leads
    score proven_at = percent(70);   ///< the quality from which work earns its tags
    score pressing_at = percent(30); ///< the share of doubters that opens an objective
    exploration_rules exploration;   ///< nobody by lot, unless a programme says so
    duration lease = days(14);       ///< how long accepted work may take
    sensitive_tags sensitive = sensitive_tags::refused;
    requirement eligible = has("stage", "active") || has("stage", "mature"); ///< to do any task
    requirement askable =
        everybody(); ///< to be asked, beside being eligible; claims are not asked for

    template <typename Programme>
    using aspects = aspect_list<tag_library<Programme>, koc::attention<Programme>,
        roster<Programme>, koc::track_record<Programme>, koc::relationship<Programme>,
        koc::discovery<Programme>, mentorship<Programme>, objectives<Programme>, topics,
        tasks<Programme>, offers<Programme>, dispatching<Programme>, board<Programme>, submissions,
        reviews, rewards, amplification, task_loop>;
};

} // namespace standard

/// The standard programme over any journal, such as `koc::engine<koc::sqlite_journal>`.
template <typename Journal = memory_journal<event_of<standard::programme>>>
using engine = basic_engine<standard::programme, Journal>;

} // namespace koc
