// SPDX-License-Identifier: BSL-1.0
#pragma once

// Messages of attention: how much is asked of people.

#include <koc/core/id.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/result.hpp>
#include <koc/member/member.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace koc {

/// How much may be asked of one person.
struct attention_rules {
    std::int64_t asks_max = 3;        ///< unasked-for offers within one window
    duration window = days(7);        ///< how far back asks count; above 0
    std::int64_t commitments_max = 2; ///< accepted work not yet handed in
    duration cool_down = days(2);     ///< quiet time after a refusal
};
BOOST_DESCRIBE_STRUCT(attention_rules, (), (asks_max, window, commitments_max, cool_down))

inline result<void> check(attention_rules const& rules) {
    if (rules.asks_max < 0 || rules.commitments_max < 0 || rules.window < duration{} ||
        rules.cool_down < duration{}) {
        return error{
            errc::invalid_argument, "attention_rules", "expected numbers and spans of 0 or more"};
    }
    return {};
}

// These have no commands of their own: whoever asks, or takes on work, calls them as part of
// another command.

/// Records that somebody is asked something they had not asked for.
struct ask_attention {
    member_id member;
};
BOOST_DESCRIBE_STRUCT(ask_attention, (), (member))
/// A member was asked; it counts against their attention from now on.
struct attention_asked {
    member_id member;
};
BOOST_DESCRIBE_STRUCT(attention_asked, (), (member))

/// Somebody said no.
struct note_refusal {
    member_id member;
};
BOOST_DESCRIBE_STRUCT(note_refusal, (), (member))
/// A member declined; they are not asked for a while.
struct attention_refused {
    member_id member;
};
BOOST_DESCRIBE_STRUCT(attention_refused, (), (member))

/// Somebody takes on a piece of work.
struct commit_to_work {
    member_id member;
};
BOOST_DESCRIBE_STRUCT(commit_to_work, (), (member))
/// A member took on one more piece of work.
struct commitment_made {
    member_id member;
};
BOOST_DESCRIBE_STRUCT(commitment_made, (), (member))

/// A piece of work was handed in or given back.
struct end_commitment {
    member_id member;
};
BOOST_DESCRIBE_STRUCT(end_commitment, (), (member))
/// One piece of a member's work ended, or came to nothing.
struct commitment_ended {
    member_id member;
};
BOOST_DESCRIBE_STRUCT(commitment_ended, (), (member))

/// What is asked of one person.
struct attention_record {
    member_id id;
    std::vector<instant> asked;        ///< ascending
    std::optional<instant> refused_at; ///< when they declined last, if ever
    std::int64_t commitments = 0;      ///< unfinished pieces of work
};
BOOST_DESCRIBE_STRUCT(attention_record, (), (id, asked, refused_at, commitments))

} // namespace koc
