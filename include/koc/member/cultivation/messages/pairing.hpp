// SPDX-License-Identifier: BSL-1.0
#pragma once

// Messages of pairing: who would like to be paired with whom, and pairs that are drawn for many at
// once.

#include <koc/member/member.hpp>
#include <koc/member/messages/stage.hpp>
#include <koc/number/score.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
#include <vector>

namespace koc {

/// Records how much a member would like another as their mentor or mentee.
struct wish_pair {
    member_id member;
    member_id other;
    score liking; ///< from 0, which is never, to 1
};
BOOST_DESCRIBE_STRUCT(wish_pair, (), (member, other, liking))

/// Pairs these newcomers with mature members who have room. Pairs that exist stay as they are.
struct draw_pairs {
    std::vector<member_id> mentees; ///< budding or active, without a mentor, each once
};
BOOST_DESCRIBE_STRUCT(draw_pairs, (), (mentees))

/// A member said how much they would like another; the newest word counts.
struct pair_wished {
    member_id member;
    member_id other;
    score liking; ///< from 0, which is never, to 1
};
BOOST_DESCRIBE_STRUCT(pair_wished, (), (member, other, liking))

/// A mentor and their mentee.
struct drawn_pair {
    member_id mentor;
    member_id mentee;

    friend bool operator==(drawn_pair const&, drawn_pair const&) = default;
};
BOOST_DESCRIBE_STRUCT(drawn_pair, (), (mentor, mentee))

/// Pairs were drawn: by mentee, and for whom there was no mentor.
struct pairs_drawn {
    std::vector<drawn_pair> pairs;   ///< by mentee
    std::vector<member_id> unpaired; ///< ascending
};
BOOST_DESCRIBE_STRUCT(pairs_drawn, (), (pairs, unpaired))

/// A mentor left, and as few pairs as possible were changed: the new pairs, by mentee, and for whom
/// there was no mentor.
struct pairs_redrawn {
    member_id left;                  ///< the mentor who left
    std::vector<drawn_pair> pairs;   ///< those that are new, by mentee
    std::vector<member_id> unpaired; ///< ascending
};
BOOST_DESCRIBE_STRUCT(pairs_redrawn, (), (left, pairs, unpaired))

/// How much somebody is liked.
struct pair_wish {
    member_id other;
    score liking; ///< from 0, which is never, to 1
};
BOOST_DESCRIBE_STRUCT(pair_wish, (), (other, liking))

/// What is known of a member for pairing. There is none of who has never been mature, wished or
/// been paired by a draw, as of most members.
struct pairing_record {
    member_id id;
    bool mature = false;           ///< whether they are now, and so may lead newcomers
    std::vector<pair_wish> wishes; ///< by the other's id
    bool drawn = false;            ///< has or needs a mentor by a draw, not by hand
};
BOOST_DESCRIBE_STRUCT(pairing_record, (), (id, mature, wishes, drawn))

} // namespace koc
