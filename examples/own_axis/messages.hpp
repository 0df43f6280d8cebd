// SPDX-License-Identifier: BSL-1.0
#pragma once

// Messages of expertise, an axis that a brand adds to the standard programme: points for good work,
// ranks reached by points, and a term after which a rank lapses. Units that use the engine include
// this; what decides is in expertise.hpp.

#include <koc/core/error.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/result.hpp>
#include <koc/member/member.hpp>
#include <koc/number/score.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace own_axis {

/// See programme.cpp.
struct programme;

//! [messages]
/// Kept as tags: a task may require `has("expert_rank", "gold")`.
enum class expert_rank : std::uint8_t { none, bronze, silver, gold };
BOOST_DESCRIBE_ENUM(expert_rank, none, bronze, silver, gold)

/// A member with points. The column `expertise` is their points.
struct expert_record {
    koc::member_id id;
    expert_rank rank{};
    std::int64_t points = 0;
    std::optional<koc::instant> until; ///< when the rank lapses; nothing without one
    bool lapsed = false;               ///< since the last one lapsed, no rank was reached
};
BOOST_DESCRIBE_STRUCT(expert_record, (), (id, rank, points, until, lapsed))

/// Awards points, such as for a course. Good work earns points by itself.
struct award_points {
    koc::member_id member;
    std::int64_t points = 0; ///< from 1 to 1,000
};
BOOST_DESCRIBE_STRUCT(award_points, (), (member, points))

/// Points were awarded. Carries the rank and term that follow, so that later rules do not change
/// what happened.
struct points_awarded {
    koc::member_id member;
    std::int64_t points = 0;
    expert_rank rank{};
    std::optional<koc::instant> until;
};
BOOST_DESCRIBE_STRUCT(points_awarded, (), (member, points, rank, until))

/// A term ended without new points; the points are gone too.
struct rank_lapsed {
    koc::member_id member;
};
BOOST_DESCRIBE_STRUCT(rank_lapsed, (), (member))

/// The members of a rank, oldest points first. O(log members + members found).
struct list_experts {
    using answer = std::vector<expert_record>;
    expert_rank rank = expert_rank::gold;
};
BOOST_DESCRIBE_STRUCT(list_experts, (), (rank))

struct expert_rules {
    std::int64_t bronze_at = 10; ///< points
    std::int64_t silver_at = 30;
    std::int64_t gold_at = 60;
    std::int64_t work_points = 10; ///< for flawless work; in proportion for other work
    koc::duration term = koc::days(180);
};
BOOST_DESCRIBE_STRUCT(expert_rules, (), (bronze_at, silver_at, gold_at, work_points, term))

inline koc::result<void> check(expert_rules const& rules) {
    if (rules.bronze_at < 1 || rules.silver_at <= rules.bronze_at ||
        rules.gold_at <= rules.silver_at) {
        return koc::error{koc::errc::invalid_argument, "expert_rules",
            "expected points above 0 that rise from bronze to gold"};
    }
    if (rules.work_points < 0 || rules.work_points > 1'000 || rules.term <= koc::duration{}) {
        return koc::error{koc::errc::invalid_argument, "expert_rules",
            "expected from 0 to 1,000 points for work, and a term above 0"};
    }
    return {};
}

/// The rank that some points make.
inline expert_rank rank_of(std::int64_t points, expert_rules const& rules) {
    return points >= rules.gold_at  ? expert_rank::gold
        : points >= rules.silver_at ? expert_rank::silver
        : points >= rules.bronze_at ? expert_rank::bronze
                                    : expert_rank::none;
}
/// Until when a rank lasts from now on; nothing for no rank.
inline std::optional<koc::instant> term_of(
    expert_rank rank, koc::instant now, expert_rules const& rules) {
    return rank == expert_rank::none ? std::nullopt : std::optional{now + rules.term};
}
/// What work earns, in proportion to its quality, rounded down.
inline std::int64_t points_for(koc::score quality, expert_rules const& rules) {
    return (quality * koc::whole(rules.work_points)).raw / koc::score::unit;
}
//! [messages]

} // namespace own_axis
