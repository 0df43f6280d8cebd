// SPDX-License-Identifier: BSL-1.0
#pragma once

// Messages of the rhythm: how often a member delivers, and the signs that they give less than they
// used to.

#include <koc/core/error.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/result.hpp>
#include <koc/member/member.hpp>
#include <koc/member/messages/relationship.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace koc {

/// Why somebody in service may be waning.
enum class waning_cause : std::uint8_t {
    silent,            ///< quiet for longer than their own rhythm explains
    never_delivered,   ///< in service for some time without any outcome
    repeated_refusals, ///< several offers declined in a row
    slowing,           ///< not silent, but with a rhythm that is much slower than their best
};
BOOST_DESCRIBE_ENUM(waning_cause, silent, never_delivered, repeated_refusals, slowing)

/// A sign that somebody in service may be waning.
struct rhythm_sign {
    member_id member;
    waning_cause cause{};
    duration quiet;                ///< since their newest outcome, or since they are in service
    std::optional<duration> usual; ///< the usual time between their outcomes, if it is known
    std::int64_t refusals = 0;     ///< offers declined since the last work
    std::optional<waning_reason> reason; ///< what they said in a talk of this service, if any
    std::optional<duration> best = {};   ///< their shortest usual time in this service, if known

    friend bool operator==(rhythm_sign const&, rhythm_sign const&) = default;
};
BOOST_DESCRIBE_STRUCT(rhythm_sign, (), (member, cause, quiet, usual, refusals, reason, best))

/// The signs that members in service give less than they used to, the longest quiet first, ties by
/// id and cause. Somebody who declines one offer shows none. O(members in service).
struct list_waning_signs {
    using answer = std::vector<rhythm_sign>;
};
BOOST_DESCRIBE_STRUCT(list_waning_signs, (), ())

/// When a member delivers.
struct rhythm_record {
    member_id id;
    bool serving = false;          ///< active or mature
    instant since;                 ///< when they came into service last
    std::vector<instant> outcomes; ///< the newest few, at least a day apart, ascending
    std::int64_t refusals = 0;     ///< declined since the last outcome or accepted work
    /// The shortest time that was usual over as many outcomes as are kept, all of them since they
    /// returned last.
    std::optional<duration> best = {};
    std::optional<instant> returned = {}; ///< when they came back last, if they ever did
};
BOOST_DESCRIBE_STRUCT(rhythm_record, (), (id, serving, since, outcomes, refusals, best, returned))

/// When a member counts as waning.
struct rhythm_rules {
    /// In usual times between outcomes. Who slows down has a usual time of more than this many
    /// times their shortest one.
    std::int64_t silent_after = 2;
    duration shortest = days(7);      ///< a usual time is taken to be at least this
    duration patience = days(90);     ///< for who has no rhythm yet
    std::int64_t refusals_needed = 3; ///< in a row
};
BOOST_DESCRIBE_STRUCT(rhythm_rules, (), (silent_after, shortest, patience, refusals_needed))

inline result<void> check(rhythm_rules const& rules) {
    if (rules.silent_after < 1 || rules.silent_after > 100 || rules.refusals_needed < 2) {
        return error{errc::invalid_argument, "rhythm_rules",
            "expected silent_after from 1 to 100, and at least two refusals, as one no is no sign"};
    }
    if (rules.shortest <= duration{} || rules.patience <= duration{}) {
        return error{errc::invalid_argument, "rhythm_rules", "expected spans above 0"};
    }
    return {};
}

} // namespace koc
