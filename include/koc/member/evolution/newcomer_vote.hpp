// SPDX-License-Identifier: BSL-1.0
#pragma once

// The selection of newcomers: honorary advisers, and nobody else, vote on who is chosen. What an
// adviser votes says nothing about the adviser. A candidate who is erased is one no more, and the
// vote goes on among the others; what was voted for them counts for nobody.

#include <koc/core/civil.hpp>
#include <koc/core/error.hpp>
#include <koc/core/misfit.hpp>
#include <koc/core/result.hpp>
#include <koc/core/try.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/engine/guard_kinds.hpp>
#include <koc/member/detail/accounts.hpp>
#include <koc/member/evolution/messages/newcomer_vote.hpp>
#include <koc/member/messages/erasure.hpp>
#include <koc/member/messages/merging.hpp>
#include <koc/member/messages/relationship.hpp>
#include <koc/member/messages/roster.hpp>
#include <koc/registry/contribution.hpp>
#include <koc/state/agenda.hpp>
#include <koc/state/table.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace koc {

/// Whether somebody is an honorary adviser now.
[[nodiscard]] inline bool is_honorary_adviser(relationship_record const* person) {
    return person != nullptr && person->stage == stage::alumni &&
        person->role == alumni_role::honorary_adviser;
}

/// The selections and their votes.
class newcomer_votes : public aspect<newcomer_votes> {
public:
    using events = event_list<newcomer_vote_opened, newcomer_voted_for, newcomer_vote_closed>;
    using commands = command_list<open_newcomer_vote, vote_for_newcomer>;
    using follows = event_list<account_closing, member_erased>;
    using kept = kept_list<kept_tag<&chosen_newcomer::selection>>;

    static constexpr auto guards(open_newcomer_vote const*) {
        return require(by_desk<open_newcomer_vote>);
    }
    result<void> decide(open_newcomer_vote const& command, context& in) const {
        auto const name = subject("newcomer vote", command.vote);
        if (!command.vote.valid() || votes_.contains(command.vote)) {
            return error{errc::already_exists, name, "expected a new id above 0"};
        }
        auto sorted = command.candidates;
        std::sort(sorted.begin(), sorted.end());
        if (sorted.size() > candidates_max ||
            std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end()) {
            return error{errc::invalid_argument, "candidates of " + name,
                "expected at most " + std::to_string(candidates_max) + " candidates, each once"};
        }
        if (command.seats < 1 || static_cast<std::size_t>(command.seats) > sorted.size()) {
            return error{errc::invalid_argument, "open_newcomer_vote.seats",
                "expected from 1 to the " + std::to_string(sorted.size()) + " candidates"};
        }
        if (command.closes <= in.now()) {
            return error{errc::invalid_argument, "open_newcomer_vote.closes",
                "expected an instant in the future"};
        }
        for (auto who : sorted) {
            auto const* person = in.find_record<relationship_record>(who.value());
            if (person == nullptr) {
                return unknown("member", who);
            }
            if (!is_newcomer(person->stage)) {
                return error{errc::not_qualified, subject("member", who),
                    "expected a newcomer, in stage budding or active, not " +
                        std::string{name_of(person->stage)}};
            }
        }
        in.record(newcomer_vote_opened{command.vote, sorted, command.seats, command.closes});
        return {};
    }
    static constexpr auto guards(vote_for_newcomer const*) {
        return require(in_person<&vote_for_newcomer::voter>, known<&vote_for_newcomer::vote>,
            known<&vote_for_newcomer::voter>);
    }
    result<void> decide(vote_for_newcomer const& command, context& in) const {
        auto const& selection = votes_[command.vote];
        auto const voter = subject("member", command.voter);
        if (!is_honorary_adviser(in.find_record<relationship_record>(command.voter.value()))) {
            return error{errc::not_qualified, voter, "expected the vote of an honorary adviser"};
        }
        if (selection.closed || selection.closes <= in.now()) {
            return error{errc::wrong_state, subject("newcomer vote", command.vote),
                "expected a selection that is still open"};
        }
        if (!is_candidate(selection, command.candidate)) {
            return error{errc::not_qualified, subject("member", command.candidate),
                "expected a candidate of " + subject("newcomer vote", command.vote)};
        }
        if (std::binary_search(selection.voters.begin(), selection.voters.end(), command.voter)) {
            return error{
                errc::already_exists, voter, "expected one vote of each adviser, and theirs is in"};
        }
        in.record(newcomer_voted_for{command.vote, command.voter, command.candidate});
        return {};
    }

    /// One person stands once and has one voice.
    [[nodiscard]] result<void> review(account_closing const& event, world const&) const {
        result<void> done;
        votes_.for_each([&](newcomer_vote_record const& it) {
            auto const& voters = it.voters;
            if (done && !event.erased && !it.closed &&
                (is_candidate(it, event.member) ||
                    std::binary_search(voters.begin(), voters.end(), event.member))) {
                done = detail::still_open(event.member,
                    "they take part in " + subject("newcomer vote", it.id),
                    "wait until " + to_iso8601(it.closes));
            }
        });
        return done;
    }

    void due(newcomer_vote_id which, context& in) const {
        auto const& selection = votes_[which];
        auto votes = selection.votes;
        std::sort(
            votes.begin(), votes.end(), [](candidate_votes const& a, candidate_votes const& b) {
                return a.votes != b.votes ? a.votes > b.votes : a.candidate < b.candidate;
            });
        // Who is a newcomer no more leaves their seat to the next.
        std::int64_t seated = 0;
        std::int64_t last = 0;
        for (auto& candidate : votes) {
            auto const fills = seated < selection.seats;
            auto const* person = in.find_record<relationship_record>(candidate.candidate.value());
            candidate.chosen = candidate.votes > 0 && (fills || candidate.votes == last) &&
                person != nullptr && is_newcomer(person->stage);
            if (candidate.chosen) {
                ++seated;
                last = candidate.votes;
            }
        }
        in.record(newcomer_vote_closed{which, std::move(votes)});
    }

    void apply(newcomer_vote_opened const& event, world const&) {
        newcomer_vote_record opened{event.vote, event.seats, event.closes, false, {}, {}};
        for (auto who : event.candidates) {
            opened.votes.push_back({who, 0, false});
        }
        votes_.insert(std::move(opened));
        due_.put(event.vote, event.closes);
    }
    void apply(newcomer_voted_for const& event, world const&) {
        votes_.update(event.vote, [&](newcomer_vote_record& selection) {
            if (selection.closed) {
                throw_misfit("an open " + subject("newcomer vote", event.vote));
            }
            auto& voters = selection.voters;
            voters.insert(std::lower_bound(voters.begin(), voters.end(), event.voter), event.voter);
            for (auto& candidate : selection.votes) {
                candidate.votes += candidate.candidate == event.candidate ? 1 : 0;
            }
        });
    }
    void apply(newcomer_vote_closed const& event, world const&) {
        votes_.update(event.vote, [&](newcomer_vote_record& selection) {
            selection.closed = true;
            selection.votes = event.votes;
        });
        for (auto const& candidate : event.votes) {
            if (candidate.chosen) {
                chosen_.put(candidate.candidate, [&](chosen_newcomer& one) {
                    one.selection = newcomer_selection::chosen;
                    one.vote = event.vote;
                });
            }
        }
        due_.drop(event.vote);
    }
    void apply(member_erased const& event, world const&) {
        std::vector<newcomer_vote_id> open; // as changing a record changes what is walked
        votes_.for_each([&](newcomer_vote_record const& it) {
            if (!it.closed && is_candidate(it, event.member)) {
                open.push_back(it.id);
            }
        });
        for (auto which : open) {
            votes_.update(which, [&](newcomer_vote_record& it) {
                std::erase_if(it.votes,
                    [&](candidate_votes const& each) { return each.candidate == event.member; });
            });
        }
    }

private:
    static constexpr std::size_t candidates_max = 1000;

    static bool is_candidate(newcomer_vote_record const& of, member_id who) {
        return std::any_of(of.votes.begin(), of.votes.end(),
            [&](candidate_votes const& each) { return each.candidate == who; });
    }

    table<newcomer_vote_record> votes_;
    table<chosen_newcomer> chosen_;
    agenda<newcomer_vote_id> due_;
    BOOST_DESCRIBE_CLASS(newcomer_votes, (), (), (), (votes_, chosen_, due_))
};

} // namespace koc
