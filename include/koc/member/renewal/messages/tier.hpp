// SPDX-License-Identifier: BSL-1.0
#pragma once

// Messages of tiers: the operating layers of members, by closeness and contribution.

#include <koc/core/error.hpp>
#include <koc/core/id.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/result.hpp>
#include <koc/core/try.hpp>
#include <koc/member/member.hpp>
#include <koc/member/messages/stage.hpp>
#include <koc/number/check_number.hpp>
#include <koc/number/score.hpp>
#include <koc/workflow/ladder.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
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
    score shared_hour = percent(50); ///< what an hour of a session counts for who shared; to 1,000
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
    if (rules.shared_hour < score{} || rules.shared_hour > whole(1'000) ||
        rules.shared_max < score{}) {
        return error{errc::invalid_argument, "tier_rules.shared_hour",
            "expected that an hour of a session counts for 0 to 1,000, and the most of a period "
            "for 0 or more"};
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

/// Computes the levels of everybody in service anew, period by period from when they were placed,
/// and sets their tiers by them. Periods stand as they were reviewed, with what was done in each;
/// what it counts for follows the rules of today from period `from` on, and before it those by
/// which the period was reviewed. Nobody loses a level that a review gave them as long as it is
/// locked by the rules of that review.
///
/// Refused (`wrong_state`) before the first `begin_tier_reviews`, and where nothing would change.
/// O(members * periods).
struct recompute_tiers {
    std::string reason = {}; ///< one line; everybody whose level or tier is set reads it
    std::int64_t from = 1;   ///< of the periods that ended, from 1 to the last
};
BOOST_DESCRIBE_STRUCT(recompute_tiers, (), (reason, from))

/// A member's level was computed anew. What was recorded before stands; this takes its place from
/// now on.
struct tier_recomputed {
    member_id member;
    tier from{};
    tier to{};
    ladder_state was;
    ladder_state now;
    std::int64_t since = 1; ///< the first period that counts by the rules of today
    std::string reason;

    friend bool operator==(tier_recomputed const&, tier_recomputed const&) = default;
};
BOOST_DESCRIBE_STRUCT(tier_recomputed, (), (member, from, to, was, now, since, reason))
/// What recomputing makes.
inline result<void> check(tier_recomputed const& event) {
    constexpr auto most = (std::numeric_limits<std::int64_t>::max)();
    for (auto const number : {event.now.level, event.now.rising, event.now.falling}) {
        KOC_TRY(check_between("tier_recomputed.now", number, 0, most - 1)); // one more may come
    }
    return check_between("tier_recomputed.now", event.now.locked, 0, most);
}

/// What somebody did in a period, before rules say what it counts for.
struct period_work {
    score work;               ///< the sum of the qualities of their outcomes, 0 or more
    std::int64_t minutes = 0; ///< of sessions of theirs to which somebody came

    friend bool operator==(period_work const&, period_work const&) = default;
};
BOOST_DESCRIBE_STRUCT(period_work, (), (work, minutes))

/// Periods running in each of which somebody did the same.
struct worked_periods {
    std::int64_t first = 1;
    std::int64_t periods = 1; ///< how many
    period_work each;

    friend bool operator==(worked_periods const&, worked_periods const&) = default;
};
BOOST_DESCRIBE_STRUCT(worked_periods, (), (first, periods, each))

/// A level that a review gave, which no recomputation takes before a period has ended.
struct level_promise {
    std::int64_t level = 0;
    std::int64_t until = 0; ///< the last period of the lock

    friend bool operator==(level_promise const&, level_promise const&) = default;
};
BOOST_DESCRIBE_STRUCT(level_promise, (), (level, until))

/// Where somebody who is budding, active or mature stands. There is none for others, who are not
/// assessed.
struct tier_record {
    member_id id;
    koc::tier tier{};
    ladder_state contribution;
    koc::stage stage{}; ///< by which the tier was set: at the last review, or when they were placed
    period_work done;   ///< so far in this period
    level_promise promise;
};
BOOST_DESCRIBE_STRUCT(tier_record, (), (id, tier, contribution, stage, done, promise))

/// What a level is computed from: the periods in which somebody was reviewed, ascending, since they
/// were placed. There is none before the first.
struct tier_history {
    member_id id;
    std::vector<worked_periods> past;
};
BOOST_DESCRIBE_STRUCT(tier_history, (), (id, past))

/// The last recomputation that set a member's level or tier. There is none before the first.
struct tier_recomputation {
    member_id id;
    instant at;
    tier from{};
    tier to{};
    std::int64_t level_from = 0;
    std::int64_t level = 0;
    std::string reason;

    friend bool operator==(tier_recomputation const&, tier_recomputation const&) = default;
};
BOOST_DESCRIBE_STRUCT(tier_recomputation, (), (id, at, from, to, level_from, level, reason))

/// The rules by which periods were reviewed, from one on.
struct tier_rules_since {
    std::int64_t period = 1;
    tier_rules rules;
};
BOOST_DESCRIBE_STRUCT(tier_rules_since, (), (period, rules))

/// How far the reviews are.
struct tier_review_record {
    tier_review_id id;
    std::int64_t period = 0;             ///< how many have ended
    instant since;                       ///< when this one began
    std::vector<tier_rules_since> rules; ///< of the periods that ended, ascending
};
BOOST_DESCRIBE_STRUCT(tier_review_record, (), (id, period, since, rules))

/// Where a member stands, and why it is not where a review left them.
struct tier_view {
    member_id id;
    koc::tier tier{};
    ladder_state contribution;
    score contributed; ///< so far in this period, by the rules of today
    score shared;      ///< of it by sessions
    std::optional<tier_recomputation> recomputed;
};
BOOST_DESCRIBE_STRUCT(tier_view, (), (id, tier, contribution, contributed, shared, recomputed))

/// Where a member stands. Refused (`not_qualified`) for who is evolving or of the alumni, as they
/// are not assessed, and before the reviews began.
struct show_tier {
    using answer = tier_view;
    member_id member;
};
BOOST_DESCRIBE_STRUCT(show_tier, (), (member))

} // namespace koc
