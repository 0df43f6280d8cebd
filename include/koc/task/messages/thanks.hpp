// SPDX-License-Identifier: BSL-1.0
#pragma once

// Messages of thanks: gratitude for works that are on record.

#include <koc/core/instant.hpp>
#include <koc/core/personal_text.hpp>
#include <koc/member/member.hpp>
#include <koc/task/messages/submission.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
#include <vector>

namespace koc {

/// Thanks a member for works of theirs. At least one is named where they have handed in any.
struct thank_member {
    member_id member;
    std::vector<submission_id> works; ///< theirs, each once
    personal_text words;
};
BOOST_DESCRIBE_STRUCT(thank_member, (), (member, works, words))

/// A member was thanked for works of theirs.
struct member_thanked {
    member_id member;
    std::vector<submission_id> works;
    personal_text words;
};
BOOST_DESCRIBE_STRUCT(member_thanked, (), (member, works, words))

/// One time that a member was thanked.
struct given_thanks {
    instant at; ///< when they were thanked
    std::vector<submission_id> works;
    personal_text words;

    friend bool operator==(given_thanks const&, given_thanks const&) = default;
};
BOOST_DESCRIBE_STRUCT(given_thanks, (), (at, works, words))

/// What a member was thanked for. There is none before the first work or thanks.
struct thanks_record {
    member_id id;
    std::int64_t handed_in = 0;        ///< works of theirs that may be named
    bool in_this_stage = false;        ///< whether they were thanked since their stage changed
    std::vector<given_thanks> given{}; ///< oldest first; never shortened
};
BOOST_DESCRIBE_STRUCT(thanks_record, (), (id, handed_in, in_this_stage, given))

} // namespace koc
