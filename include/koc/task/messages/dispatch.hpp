// SPDX-License-Identifier: BSL-1.0
#pragma once

// Messages of dispatch: a task offered to the members who fit it best.

#include <koc/core/instant.hpp>
#include <koc/core/result.hpp>
#include <koc/member/member.hpp>
#include <koc/number/score.hpp>
#include <koc/search/explanation.hpp>
#include <koc/tag/requirement.hpp>
#include <koc/task/messages/task.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace koc {

/// How much of a push goes to people with little history, by lot.
struct exploration_rules {
    score share;                     ///< of the offers of a push, from 0 (nobody) to 1
    std::int64_t outcomes_below = 3; ///< how many outcomes make somebody known
};
BOOST_DESCRIBE_STRUCT(exploration_rules, (), (share, outcomes_below))

inline result<void> check(exploration_rules const& rules) {
    if (rules.share < score{} || rules.share > whole(1) || rules.outcomes_below < 0) {
        return error{errc::invalid_argument, "exploration_rules",
            "expected a share from 0 to 1 and a number of outcomes of 0 or more"};
    }
    return {};
}

/// Offers a task to the `count` best people who may be asked now. A programme that explores needs
/// a seed: any number that nobody can foresee, drawn by the host.
struct dispatch {
    task_id task;
    std::int64_t count = 1;                           ///< from 1 to 100,000
    duration answer_within = days(3);                 ///< above 0
    std::optional<std::uint64_t> seed = std::nullopt; ///< needed where the programme explores
};
BOOST_DESCRIBE_STRUCT(dispatch, (), (task, count, answer_within, seed))

/// One person who was asked in a push that explores.
struct asked_by_chance {
    member_id member;
    score chance;        ///< that this push would ask them, before the lots were drawn
    bool by_lot = false; ///< not for their score
};
BOOST_DESCRIBE_STRUCT(asked_by_chance, (), (member, chance, by_lot))

/// A push explored. What comes of its offers, each divided by its chance, is an unbiased estimate
/// of what would have come from everybody who had one.
struct lots_drawn {
    task_id task;
    std::int64_t wave = 1;              ///< the number of the push, from 1 on
    std::uint64_t seed = 0;             ///< as the host drew it
    score share;                        ///< of the offers that went by lot, from 0 to 1
    std::int64_t pool = 0;              ///< how many people took part in the draw
    std::vector<asked_by_chance> asked; ///< in the order of the offers that follow
};
BOOST_DESCRIBE_STRUCT(lots_drawn, (), (task, wave, seed, share, pool, asked))

/// A member and how well they fit a task.
struct ranked_member {
    member_id member;
    score fit;

    friend bool operator==(ranked_member const&, ranked_member const&) = default;
};
BOOST_DESCRIBE_STRUCT(ranked_member, (), (member, fit))

/// Whom a dispatch would offer a task to now, but for lots: the best `count` who qualify and may be
/// asked, best first, ties by id.
struct rank_members {
    using answer = std::vector<ranked_member>;
    task_id task;
    std::int64_t count = 1; ///< from 1 to 100,000
};
BOOST_DESCRIBE_STRUCT(rank_members, (), (task, count))

/// What stands between a member and a task, or how well they fit it.
struct consideration {
    std::optional<requirement> failed; ///< the first part of the requirement that does not hold
    std::optional<std::string>
        stopped_by;  ///< why they may not be asked, where the requirement holds
    score fit;       ///< where nothing stops them
    explanation why; ///< the parts of `fit`

    [[nodiscard]] bool admitted() const { return !failed && !stopped_by; }
};
BOOST_DESCRIBE_STRUCT(consideration, (), (failed, stopped_by, fit, why))

/// Why this member, or why not.
struct consider_member {
    using answer = consideration;
    task_id task;
    member_id member;
};
BOOST_DESCRIBE_STRUCT(consider_member, (), (task, member))

} // namespace koc
