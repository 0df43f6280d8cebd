// SPDX-License-Identifier: BSL-1.0
#pragma once

// The standard programme: every aspect of the loop, with the standard policies. A host derives from
// the policies, overrides a line, and lists aspects of its own behind the standard ones:
//
//     struct my_policies : koc::standard::policies { using match_scorer = my_scorer; };
//     struct my_programme : my_policies {
//         using aspects = boost::mp11::mp_push_back<koc::standard::aspects_with<my_policies>,
//         my_aspect>;
//     };

#include <koc/engine/aspect.hpp>
#include <koc/member/attention.hpp>
#include <koc/member/cultivation.hpp>
#include <koc/member/cultivation_plans.hpp>
#include <koc/member/discovery.hpp>
#include <koc/member/first_voice.hpp>
#include <koc/member/mentorship.hpp>
#include <koc/member/potential.hpp>
#include <koc/member/relationship.hpp>
#include <koc/member/roster.hpp>
#include <koc/member/track_record.hpp>
#include <koc/programme/tag_library.hpp>
#include <koc/standard/discovery_scorer.hpp>
#include <koc/standard/match_scorer.hpp>
#include <koc/standard/rules.hpp>
#include <koc/task/alignment.hpp>
#include <koc/task/amplification.hpp>
#include <koc/task/board.hpp>
#include <koc/task/dispatch.hpp>
#include <koc/task/loop.hpp>
#include <koc/task/objective.hpp>
#include <koc/task/offer.hpp>
#include <koc/task/participation.hpp>
#include <koc/task/resources.hpp>
#include <koc/task/review.hpp>
#include <koc/task/reward.hpp>
#include <koc/task/submission.hpp>
#include <koc/task/task.hpp>
#include <koc/task/topic.hpp>

namespace koc::standard {

/// The types that a programme may choose.
struct policies {
    using rules = standard::rules; ///< with which a journal begins
    using lifecycle = relationship_lifecycle;
    using open_scorer = standard::open_scorer;
    using owned_scorer = standard::owned_scorer;
    using match_scorer = standard::match_scorer;
};

/// The standard aspects with some policies, lower ones first.
template <typename Policies>
using aspects_with = aspect_list<tag_library, attention, roster, track_record,
    relationship<typename Policies::lifecycle>,
    discovery<typename Policies::open_scorer, typename Policies::owned_scorer>, mentorship,
    potential, cultivation_plans, cultivation, first_voice, objectives, topics, tasks, offers,
    submissions, reviews, rewards, amplification, dispatching<typename Policies::match_scorer>,
    board, task_loop, alignment, resources, participation>;

struct programme : policies {
    using aspects = aspects_with<policies>;
};

} // namespace koc::standard
