// SPDX-License-Identifier: BSL-1.0
#pragma once

// Messages of preference votes: which of several designs the panel of a project prefers.

#include <koc/core/id.hpp>
#include <koc/core/instant.hpp>
#include <koc/member/depth/messages/panel.hpp>
#include <koc/member/member.hpp>
#include <koc/workflow/ballot.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace koc {

struct preference_vote_kind {
    static constexpr char const* noun = "vote";
    using record = struct preference_vote_record;
};
/// A vote on designs, by an id of the host's.
using preference_vote_id = id<preference_vote_kind>;

/// The shortest time for which a vote on designs may be open.
inline constexpr duration preference_voting_min = days(1);

/// Lets the members of a panel who have signed vote on designs. Who signs later does not vote.
struct open_preference_vote {
    preference_vote_id vote;
    project_id project;
    std::vector<std::string> designs; ///< their titles, from 2 to `ballot_options_max`
    instant closes;                   ///< the deadline, from `preference_voting_min` after now on
    std::int64_t quorum = 1; ///< how many have to vote for the count to mean something; from 1 on
    std::uint64_t seed = 0;  ///< a random number, for the orders in which designs are shown
};
BOOST_DESCRIBE_STRUCT(open_preference_vote, (), (vote, project, designs, closes, quorum, seed))

/// A member's preference, once.
struct cast_preference {
    preference_vote_id vote;
    member_id member;
    std::int64_t design = 0; ///< by its place in `designs`, from 0
};
BOOST_DESCRIBE_STRUCT(cast_preference, (), (vote, member, design))

/// The panel votes on designs until the deadline.
struct preference_vote_opened {
    preference_vote_id vote;
    project_id project;
    std::vector<std::string> designs;
    std::vector<member_id> voters; ///< ascending
    instant closes;                ///< the deadline
    std::int64_t quorum = 0;       ///< how many have to vote for the count to mean something
    std::uint64_t seed = 0;
};
BOOST_DESCRIBE_STRUCT(
    preference_vote_opened, (), (vote, project, designs, voters, closes, quorum, seed))

/// A member voted; how the vote stands is secret until its deadline.
struct preference_cast {
    preference_vote_id vote;
    member_id member;
    std::int64_t design = 0; ///< by its place in `designs`, from 0
};
BOOST_DESCRIBE_STRUCT(preference_cast, (), (vote, member, design))

/// The deadline passed, and what was voted is no longer secret.
struct preference_vote_closed {
    preference_vote_id vote;
    ballot_count count;
};
BOOST_DESCRIBE_STRUCT(preference_vote_closed, (), (vote, count))

/// A vote on designs and what was voted, which is secret until its deadline.
struct preference_vote_record {
    preference_vote_id id;
    project_id project;
    std::vector<std::string> designs;
    std::vector<std::uint64_t> voters; ///< ids of members, ascending, without who was erased
                                       ///< before they voted
    ballot cast;
};
BOOST_DESCRIBE_STRUCT(preference_vote_record, (), (id, project, designs, voters, cast))

/// A design as somebody is shown it.
struct shown_design {
    std::int64_t design = 0; ///< by its place in the vote, whatever place it is shown at
    std::string title;

    friend bool operator==(shown_design const&, shown_design const&) = default;
};
BOOST_DESCRIBE_STRUCT(shown_design, (), (design, title))

/// The designs of a vote in the order in which this voter is shown them, always the same one. Asked
/// by the voter, an employee or the host.
struct show_designs {
    using answer = std::vector<shown_design>;
    preference_vote_id vote;
    member_id member;
};
BOOST_DESCRIBE_STRUCT(show_designs, (), (vote, member))

/// How a vote went. Nobody is told before its deadline.
struct count_preferences {
    using answer = ballot_count;
    preference_vote_id vote;
};
BOOST_DESCRIBE_STRUCT(count_preferences, (), (vote))

} // namespace koc
