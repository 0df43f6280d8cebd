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
#include <koc/member/cultivation/cultivation.hpp>
#include <koc/member/cultivation/cultivation_desk.hpp>
#include <koc/member/cultivation/cultivation_plans.hpp>
#include <koc/member/cultivation/first_voice.hpp>
#include <koc/member/cultivation/generations.hpp>
#include <koc/member/cultivation/mentorship.hpp>
#include <koc/member/cultivation/onboarding.hpp>
#include <koc/member/cultivation/pairing.hpp>
#include <koc/member/cultivation/potential.hpp>
#include <koc/member/cultivation/sessions.hpp>
#include <koc/member/depth/committee.hpp>
#include <koc/member/depth/impact.hpp>
#include <koc/member/depth/improvement.hpp>
#include <koc/member/depth/office.hpp>
#include <koc/member/depth/panel.hpp>
#include <koc/member/depth/preference.hpp>
#include <koc/member/depth/representation.hpp>
#include <koc/member/discovery/discovery.hpp>
#include <koc/member/discovery/discovery_precision.hpp>
#include <koc/member/discovery/features.hpp>
#include <koc/member/discovery/feeds.hpp>
#include <koc/member/discovery/learned_tags.hpp>
#include <koc/member/discovery/peer_help.hpp>
#include <koc/member/discovery/territory.hpp>
#include <koc/member/discovery/trust.hpp>
#include <koc/member/erasure.hpp>
#include <koc/member/evolution/evolution.hpp>
#include <koc/member/evolution/invitations.hpp>
#include <koc/member/evolution/newcomer_vote.hpp>
#include <koc/member/evolution/rhythm.hpp>
#include <koc/member/identity.hpp>
#include <koc/member/merging.hpp>
#include <koc/member/own_time.hpp>
#include <koc/member/relationship.hpp>
#include <koc/member/renewal/renewal.hpp>
#include <koc/member/renewal/squad.hpp>
#include <koc/member/renewal/tier.hpp>
#include <koc/member/roster.hpp>
#include <koc/member/track_record.hpp>
#include <koc/programme/calendar.hpp>
#include <koc/programme/tag_library.hpp>
#include <koc/standard/discovery_scorer.hpp>
#include <koc/standard/match_scorer.hpp>
#include <koc/standard/rules.hpp>
#include <koc/task/alignment.hpp>
#include <koc/task/alumni_wall.hpp>
#include <koc/task/amplification.hpp>
#include <koc/task/approval.hpp>
#include <koc/task/authenticity.hpp>
#include <koc/task/board.hpp>
#include <koc/task/dispatch.hpp>
#include <koc/task/growth.hpp>
#include <koc/task/honours.hpp>
#include <koc/task/loop.hpp>
#include <koc/task/objective.hpp>
#include <koc/task/offer.hpp>
#include <koc/task/open_work.hpp>
#include <koc/task/participation.hpp>
#include <koc/task/resource_impact.hpp>
#include <koc/task/resources.hpp>
#include <koc/task/review.hpp>
#include <koc/task/reward.hpp>
#include <koc/task/strike.hpp>
#include <koc/task/submission.hpp>
#include <koc/task/task.hpp>
#include <koc/task/thanks.hpp>
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
using aspects_with = aspect_list<tag_library, calendar, own_time, attention, roster, merges,
    erasures, track_record, relationship<typename Policies::lifecycle>, evolution, rhythm,
    invitations, newcomer_votes, sessions, features, peer_help, trust,
    discovery<typename Policies::open_scorer, typename Policies::owned_scorer>, discovery_precision,
    learned_tags, feeds, territories, mentorship, mentor_pairing, onboarding, generations,
    potential, cultivation_plans, cultivation, cultivation_desk, first_voice, offices,
    representation, improvements, committee, panels, preferences, impacts, identities, squads,
    renewal, tiers, objectives, topics, tasks, offers, strikes, submissions, thanks, alumni_walls,
    reviews, growth, rewards, honours, amplification, approvals,
    dispatching<typename Policies::match_scorer>, board, task_loop, alignment, open_work, resources,
    resource_impact, participation, authenticity>;

struct programme : policies {
    using aspects = aspects_with<policies>;
};

} // namespace koc::standard
