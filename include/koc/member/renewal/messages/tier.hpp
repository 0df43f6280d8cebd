// SPDX-License-Identifier: BSL-1.0
#pragma once

// Messages of tiers: the operating layers of members, by closeness and contribution.

#include <koc/core/error.hpp>
#include <koc/core/id.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/result.hpp>
#include <koc/core/try.hpp>
#include <koc/member/member.hpp>
#include <koc/number/score.hpp>
#include <koc/workflow/ladder.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace koc {

struct tier_review_kind {
    static constexpr char const* noun = "tier review";
    using record = struct tier_review_record;
};
/// The reviews of tiers; there is one series of them, with id 1.
using tier_review_id = id<tier_review_kind>;

/// The operating layers. Kept as tags, so a task may ask for `has("tier", "leading")`.
enum class tier : std::uint8_t {
    base,    ///< who is budding, and who contributes little
    core,    ///< as `tier_rules` say
    leading, ///< as `tier_rules` say
};
BOOST_DESCRIBE_ENUM(tier, base, core, leading)

/// Two axes make a tier: how close somebody is to the brand, which is their stage, and the level of
/// what they contribute, a ladder over the sums of the qualities of their work and of what they
/// shared in sessions, period by period.
struct tier_rules {
    duration period = days(30); ///< between two reviews; a day or more
    /// By the sums of the qualities of a period.
    ladder contribution{{{whole(1), percent(60)}, {percent(250), percent(150)}}, 3, 2, 3};
    /// Who is budding is in the base tier.
    std::vector<tier> active = {tier::base, tier::core, tier::core};    ///< by level
    std::vector<tier> mature = {tier::core, tier::core, tier::leading}; ///< by level
    score shared_hour = percent(50); ///< what an hour of a session counts for who shared
    score shared_max = whole(1);     ///< the most that sessions count for in a period
};
BOOST_DESCRIBE_STRUCT(
    tier_rules, (), (period, contribution, active, mature, shared_hour, shared_max))

inline result<void> check(tier_rules const& rules) {
    if (rules.period < days(1)) {
        return error{
            errc::invalid_argument, "tier_rules.period", "expected a period of a day or more"};
    }
    KOC_TRY(check(rules.contribution, "tier_rules.contribution"));
    if (rules.shared_hour < score{} || rules.shared_max < score{}) {
        return error{errc::invalid_argument, "tier_rules.shared_hour",
            "expected that sessions count for 0 or more, as does the most of a period"};
    }
    for (auto const& [tiers, name] : {std::pair{&rules.active, "tier_rules.active"},
             std::pair{&rules.mature, "tier_rules.mature"}}) {
        if (tiers->size() != rules.contribution.rungs.size() + 1) {
            return error{errc::invalid_argument, name,
                "expected a tier for each level of contribution, and one for the lowest"};
        }
        for (std::size_t i = 1; i < tiers->size(); ++i) {
            if ((*tiers)[i] < (*tiers)[i - 1]) {
                return error{errc::invalid_argument, name,
                    "expected tiers that do not fall where contribution rises"};
            }
        }
    }
    return {};
}

/// Places everybody who is budding, active or mature, and reviews them at the end of each period
/// from now on.
struct begin_tier_reviews {};
BOOST_DESCRIBE_STRUCT(begin_tier_reviews, (), ())
/// Everybody in service has a tier from now on.
struct tier_reviews_begun {};
BOOST_DESCRIBE_STRUCT(tier_reviews_begun, (), ())

/// A period ended: everybody's contribution in it counts.
struct tiers_reviewed {
    tier_review_id review;
    std::int64_t period = 1; ///< counted from 1
};
BOOST_DESCRIBE_STRUCT(tiers_reviewed, (), (review, period))

/// The level of a member's contribution changed, or the tier that it and their stage make.
struct tier_changed {
    member_id member;
    tier from{};
    tier to{};
    std::int64_t level = 0; ///< of their contribution, from 0 on
    score contributed;      ///< in the period that ended
};
BOOST_DESCRIBE_STRUCT(tier_changed, (), (member, from, to, level, contributed))

/// Where somebody who is budding, active or mature stands. There is none for others, who are not
/// assessed.
struct tier_record {
    member_id id;
    koc::tier tier{};
    ladder_state contribution;
    score contributed; ///< so far in this period
    score shared = {}; ///< of it by sessions
};
BOOST_DESCRIBE_STRUCT(tier_record, (), (id, tier, contribution, contributed, shared))

/// How far the reviews are.
struct tier_review_record {
    tier_review_id id;
    std::int64_t period = 0; ///< how many have ended
    instant since;           ///< when this one began
};
BOOST_DESCRIBE_STRUCT(tier_review_record, (), (id, period, since))

/// Where a member stands. Refused (`not_qualified`) for who is evolving or of the alumni, as they
/// are not assessed, and before the reviews began.
struct show_tier {
    using answer = tier_record;
    member_id member;
};
BOOST_DESCRIBE_STRUCT(show_tier, (), (member))

} // namespace koc
