// SPDX-License-Identifier: BSL-1.0
#pragma once

// A vote of some people on numbered options: who may vote, until when, one vote each, a quorum, and
// a count. Who may vote is a sorted list of ids that comes with each call, as it may be fixed when
// the vote begins or be whoever holds an office at the time. The order in which somebody is shown
// the options is drawn from a recorded seed, so that no option gains by standing first.

#include <koc/core/civil.hpp>
#include <koc/core/error.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/misfit.hpp>
#include <koc/core/result.hpp>
#include <koc/describe/digest.hpp> // XXH3

#include <boost/describe/class.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace koc {

/// The most options that one vote may have.
inline constexpr std::int64_t ballot_options_max = 100;

/// One voter's choice.
struct ballot_vote {
    std::uint64_t voter = 0;
    std::int64_t option = 0; ///< from 0
    instant at;

    friend bool operator==(ballot_vote const&, ballot_vote const&) = default;
};
BOOST_DESCRIBE_STRUCT(ballot_vote, (), (voter, option, at))

/// A vote: its options, its time and what was cast.
struct ballot {
    std::int64_t options = 0; ///< how many, from 1 to `ballot_options_max`; numbered from 0
    instant opens;
    instant closes;                 ///< votes count until just before this instant
    std::int64_t quorum = 0;        ///< how many have to vote for the vote to be valid
    std::uint64_t seed = 0;         ///< of the orders in which the options are shown
    std::vector<ballot_vote> votes; ///< ascending by voter
};
BOOST_DESCRIBE_STRUCT(ballot, (), (options, opens, closes, quorum, seed, votes))

/// The votes of a ballot, counted.
struct ballot_count {
    std::vector<std::int64_t> votes; ///< for each option
    std::int64_t turnout = 0;        ///< how many voted
    std::int64_t voters = 0;         ///< how many may vote
    bool quorate = false;            ///< whether the quorum was reached

    friend bool operator==(ballot_count const&, ballot_count const&) = default;
};
BOOST_DESCRIBE_STRUCT(ballot_count, (), (votes, turnout, voters, quorate))

namespace detail {

inline std::vector<ballot_vote>::const_iterator vote_place(ballot const& of, std::uint64_t voter) {
    return std::lower_bound(of.votes.begin(), of.votes.end(), voter,
        [](ballot_vote const& v, std::uint64_t wanted) { return v.voter < wanted; });
}

} // namespace detail

/// The vote of somebody, or null. O(log votes).
inline ballot_vote const* vote_of(ballot const& of, std::uint64_t voter) {
    auto const place = detail::vote_place(of, voter);
    return place != of.votes.end() && place->voter == voter ? &*place : nullptr;
}

/// Whether a vote can be held: at least one option, a closing behind the opening, a quorum of 0 or
/// more. `name` is what the refusal is about.
inline result<void> check_ballot(std::string const& name, ballot const& made) {
    if (made.options < 1 || made.options > ballot_options_max) {
        return error{errc::invalid_argument, name,
            "expected from 1 to " + std::to_string(ballot_options_max) + " options, not " +
                std::to_string(made.options)};
    }
    if (made.closes <= made.opens) {
        return error{errc::invalid_argument, name,
            "expected a deadline after " + to_iso8601(made.opens) + "; choose a later one"};
    }
    if (made.quorum < 0) {
        return error{errc::invalid_argument, name, "expected a quorum of 0 or more"};
    }
    return {};
}

/// Whether somebody may cast a vote for an option now. `roll` is who may vote, ascending; `noun` is
/// what refusals call a voter. Refused, in this order: `not_qualified` (not on the roll),
/// `wrong_state` (not open yet, or closed), `already_exists` (has voted), `invalid_argument` (no
/// such option).
inline result<void> check_vote(std::string const& name, ballot const& of,
    std::span<std::uint64_t const> roll, char const* noun, ballot_vote const& vote) {
    auto const who = std::string{noun} + ' ' + std::to_string(vote.voter);
    if (!std::binary_search(roll.begin(), roll.end(), vote.voter)) {
        return error{errc::not_qualified, who,
            "expected one of the " + std::to_string(roll.size()) + " who may vote on " + name +
                " now; leave the vote to them"};
    }
    if (vote.at < of.opens) {
        return error{errc::wrong_state, name,
            "expected a vote from " + to_iso8601(of.opens) + " on; vote then"};
    }
    if (vote.at >= of.closes) {
        return error{errc::wrong_state, name,
            "expected a vote before the deadline, " + to_iso8601(of.closes) +
                "; it is too late for one"};
    }
    if (vote_of(of, vote.voter) != nullptr) {
        return error{errc::already_exists, who,
            "expected somebody who has not voted on " + name + " yet; each vote stands"};
    }
    if (vote.option < 0 || vote.option >= of.options) {
        return error{errc::invalid_argument, name,
            "expected an option from 0 to " + std::to_string(of.options - 1) + ", not " +
                std::to_string(vote.option)};
    }
    return {};
}

/// Adds a vote that was checked; a misfit for an option that the ballot does not have.
inline void cast_vote(ballot& into, ballot_vote const& vote) {
    if (vote.option < 0 || vote.option >= into.options) {
        throw_misfit("option " + std::to_string(vote.option));
    }
    into.votes.insert(detail::vote_place(into, vote.voter), vote);
}

/// Counts the votes of those on a roll, ascending. O(votes log roll).
inline ballot_count count_votes(ballot const& of, std::span<std::uint64_t const> roll) {
    ballot_count count;
    count.votes.resize(static_cast<std::size_t>(of.options));
    count.voters = static_cast<std::int64_t>(roll.size());
    for (auto const& vote : of.votes) {
        if (std::binary_search(roll.begin(), roll.end(), vote.voter)) {
            ++count.votes[static_cast<std::size_t>(vote.option)];
            ++count.turnout;
        }
    }
    count.quorate = count.turnout >= of.quorum;
    return count;
}

/// The options in the order in which somebody is shown them: a permutation that is uniform over
/// seeds, and for one seed differs from voter to voter. Each option has a lot, the XXH3 of voter
/// and option, eight bytes each with the lowest first, under the seed; the smallest comes first.
inline std::vector<std::int64_t> presentation_order(ballot const& of, std::uint64_t voter) {
    std::vector<std::pair<std::uint64_t, std::int64_t>> lots;
    for (std::int64_t option = 0; option < of.options; ++option) {
        std::array<unsigned char, 16> bytes{};
        for (unsigned i = 0; i < 8; ++i) {
            bytes[i] = static_cast<unsigned char>(voter >> 8 * i);
            bytes[i + 8] = static_cast<unsigned char>(static_cast<std::uint64_t>(option) >> 8 * i);
        }
        lots.emplace_back(XXH3_64bits_withSeed(bytes.data(), bytes.size(), of.seed), option);
    }
    std::sort(lots.begin(), lots.end());
    std::vector<std::int64_t> order;
    for (auto const& lot : lots) {
        order.push_back(lot.second);
    }
    return order;
}

} // namespace koc
