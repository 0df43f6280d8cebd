// SPDX-License-Identifier: BSL-1.0
#pragma once

// Messages of help among customers: since when somebody owns the product, and what the help that
// somebody gave to others counts for.

#include <koc/core/error.hpp>
#include <koc/core/id.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/result.hpp>
#include <koc/member/member.hpp>
#include <koc/number/score.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>

namespace koc {

/// What help counts for. Read when it is asked for, so it may change at any time.
struct peer_help_rules {
    duration newcomer = days(90);    ///< for so long somebody who owns the product is new
    score newcomer_bonus = whole(1); ///< by so much of itself help to a newcomer counts more
    score person_max = whole(6);     ///< the most that help to one person counts for
    /// After so many full answers to one person each further one counts half as much, and so on;
    /// from 1 to 1,000.
    std::int64_t halved_after = 3;
    /// The detail from which an answer shows that the helper helped that person, for the number of
    /// people whom they helped and for trust; from 0 to 1.
    score detail_min = percent(30);
};
BOOST_DESCRIBE_STRUCT(
    peer_help_rules, (), (newcomer, newcomer_bonus, person_max, halved_after, detail_min))

inline result<void> check(peer_help_rules const& rules) {
    if (rules.newcomer < duration{} || rules.newcomer_bonus < score{} ||
        rules.newcomer_bonus > whole(100) || rules.person_max <= score{} ||
        rules.halved_after < 1 || rules.halved_after > 1000 || rules.detail_min < score{} ||
        rules.detail_min > whole(1)) {
        return error{errc::invalid_argument, "peer_help_rules",
            "expected a span of 0 or more, a bonus from 0 to 100, a most above 0, a halving after "
            "1 to 1000 answers and a detail from 0 to 1"};
    }
    return {};
}

/// Since when somebody owns the product. It is told once.
struct register_owner {
    member_id person;
    instant since; ///< not after now
};
BOOST_DESCRIBE_STRUCT(register_owner, (), (person, since))

/// Since when somebody owns the product.
struct owner_registered {
    member_id person;
    instant since;
};
BOOST_DESCRIBE_STRUCT(owner_registered, (), (person, since))

/// Since when somebody owns the product. There is none for who was not registered.
struct owner_record {
    member_id id;
    instant since;
};
BOOST_DESCRIBE_STRUCT(owner_record, (), (id, since))

struct help_kind {
    static constexpr char const* noun = "help";
    using record = struct help_record;
};
/// Help that was told, by the number of its signal.
using help_id = id<help_kind>;

/// One person helped another one.
struct help_record {
    help_id id;
    member_id helper;
    member_id helped;
    instant at;   ///< when it was given
    score amount; ///< how helpful, times how often
    score detail; ///< how helpful
};
BOOST_DESCRIBE_STRUCT(help_record, (), (id, helper, helped, at, amount, detail))

/// The help that one person gave, and what of it counts.
struct help_given {
    std::int64_t people = 0;    ///< distinct people whom they helped with enough detail
    std::int64_t newcomers = 0; ///< those of them who were new when they were so helped
    std::int64_t returned = 0;  ///< those of them from whom a chain of help leads back
    score counted;              ///< what it counts for as a whole
    score lately;               ///< the same, each help counting half after each half-life

    friend bool operator==(help_given const&, help_given const&) = default;
};
BOOST_DESCRIBE_STRUCT(help_given, (), (people, newcomers, returned, counted, lately))

/// What somebody's help counts for; nothing for whoever helped nobody. O(all help).
struct assess_help {
    using answer = help_given;
    member_id person;
};
BOOST_DESCRIBE_STRUCT(assess_help, (), (person))

} // namespace koc
