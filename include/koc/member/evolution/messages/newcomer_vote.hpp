// SPDX-License-Identifier: BSL-1.0
#pragma once

// Messages of the selection of newcomers, in which honorary advisers vote.

#include <koc/core/id.hpp>
#include <koc/core/instant.hpp>
#include <koc/member/member.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <cstdint>
#include <vector>

namespace koc {

struct newcomer_vote_kind {
    static constexpr char const* noun = "newcomer vote";
    /// Of itself it holds up no merge and no erasure; `newcomer_votes` says whom it does.
    static constexpr bool runs_out = true;
    using record = struct newcomer_vote_record;
};
using newcomer_vote_id = id<newcomer_vote_kind>;

/// Opens a vote among newcomers; it closes by itself.
struct open_newcomer_vote {
    newcomer_vote_id vote;
    std::vector<member_id> candidates; ///< budding or active, each once
    std::int64_t seats = 1;            ///< from 1 to the number of candidates
    instant closes;                    ///< after now
};
BOOST_DESCRIBE_STRUCT(open_newcomer_vote, (), (vote, candidates, seats, closes))

/// The vote of an honorary adviser, who has one in each of these.
struct vote_for_newcomer {
    newcomer_vote_id vote;
    member_id voter;
    member_id candidate;
};
BOOST_DESCRIBE_STRUCT(vote_for_newcomer, (), (vote, voter, candidate))

/// Honorary advisers may vote among these newcomers until it closes.
struct newcomer_vote_opened {
    newcomer_vote_id vote;
    std::vector<member_id> candidates; ///< budding or active, each once
    std::int64_t seats = 1;            ///< from 1 to the number of candidates
    instant closes;                    ///< the deadline
};
BOOST_DESCRIBE_STRUCT(newcomer_vote_opened, (), (vote, candidates, seats, closes))

/// An honorary adviser voted.
struct newcomer_voted_for {
    newcomer_vote_id vote;
    member_id voter;
    member_id candidate;
};
BOOST_DESCRIBE_STRUCT(newcomer_voted_for, (), (vote, voter, candidate))

/// How many votes a candidate had, and whether they are chosen.
struct candidate_votes {
    member_id candidate;
    std::int64_t votes = 0; ///< how many
    bool chosen = false;    ///< once the vote is closed

    friend bool operator==(candidate_votes const&, candidate_votes const&) = default;
};
BOOST_DESCRIBE_STRUCT(candidate_votes, (), (candidate, votes, chosen))

/// The vote is over: most votes first, ties by id. Nobody is chosen without a vote; who has as
/// many votes as the last who takes a seat is chosen as well.
struct newcomer_vote_closed {
    newcomer_vote_id vote;
    std::vector<candidate_votes> votes; ///< most votes first, ties by id
};
BOOST_DESCRIBE_STRUCT(newcomer_vote_closed, (), (vote, votes))

/// What selections have made of a member. Kept as a tag, so `has("newcomer_selection", "chosen")`
/// works; who was not chosen has none.
enum class newcomer_selection : std::uint8_t {
    chosen, ///< by honorary advisers, in a selection of newcomers
};
BOOST_DESCRIBE_ENUM(newcomer_selection, chosen)

/// A newcomer who was chosen.
struct chosen_newcomer {
    member_id id;
    newcomer_selection selection{};
    newcomer_vote_id vote; ///< the newest that chose them
};
BOOST_DESCRIBE_STRUCT(chosen_newcomer, (), (id, selection, vote))

/// A vote among newcomers.
struct newcomer_vote_record {
    newcomer_vote_id id;
    std::int64_t seats = 1;             ///< from 1 to the number of candidates
    instant closes;                     ///< the deadline
    bool closed = false;                ///< whether the deadline passed
    std::vector<candidate_votes> votes; ///< by candidate id, without who was erased; once closed,
                                        ///< most votes first
    std::vector<member_id> voters;      ///< ascending; who voted for whom is in the journal alone
};
BOOST_DESCRIBE_STRUCT(newcomer_vote_record, (), (id, seats, closes, closed, votes, voters))

} // namespace koc
