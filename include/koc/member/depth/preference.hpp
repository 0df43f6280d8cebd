// SPDX-License-Identifier: BSL-1.0
#pragma once

// Preference votes: the panel of a project votes on designs. Each voter is shown them in an order
// of their own, so that none gains by its place, and nobody is told how the vote stands before its
// deadline, so that none gains by leading. Single votes are in the journal and in the record, for
// the host's process alone.

#include <koc/core/civil.hpp>
#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/text.hpp>
#include <koc/core/try.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/engine/guard_kinds.hpp>
#include <koc/member/acting.hpp>
#include <koc/member/depth/messages/preference.hpp>
#include <koc/member/depth/panel.hpp>
#include <koc/member/detail/accounts.hpp>
#include <koc/member/messages/erasure.hpp>
#include <koc/member/messages/merging.hpp>
#include <koc/member/messages/relationship.hpp>
#include <koc/member/messages/roster.hpp>
#include <koc/state/agenda.hpp>
#include <koc/state/table.hpp>
#include <koc/workflow/ballot.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace koc {

/// The votes on designs.
class preferences : public aspect<preferences> {
public:
    using events = event_list<preference_vote_opened, preference_cast, preference_vote_closed>;
    using commands = command_list<open_preference_vote, cast_preference>;
    using queries = query_list<show_designs, count_preferences>;
    using follows = event_list<account_closing, member_erased>;
    using reads = aspect_list<panels>;

    static constexpr auto guards(open_preference_vote const*) {
        return require(by_desk<open_preference_vote>, known<&open_preference_vote::project>);
    }
    result<void> decide(open_preference_vote const& command, context& in) const {
        auto const name = subject("vote", command.vote);
        if (!command.vote.valid()) {
            return error{errc::invalid_argument, name, "expected an id above 0"};
        }
        if (votes_.contains(command.vote)) {
            return error{
                errc::already_exists, name, "expected an id that no vote has; choose another"};
        }
        KOC_TRY(check_designs(name, command.designs));
        auto const voters = may_vote(in.at(command.project).bound, in);
        if (voters.empty()) {
            return error{errc::not_qualified, subject("project", command.project),
                "expected a panel of which somebody mature has signed confidentiality; have them "
                "sign first"};
        }
        preference_vote_opened const opened{command.vote, command.project, command.designs, voters,
            command.closes, command.quorum, command.seed};
        KOC_TRY(check_ballot(name, ballot_of(opened, in.now())));
        if (command.closes < in.now() + preference_voting_min) {
            return error{errc::invalid_argument, name,
                "expected a deadline from " + to_iso8601(in.now() + preference_voting_min) +
                    " on, so that everybody has the time to vote; choose a later one"};
        }
        if (command.quorum < 1) {
            return error{errc::invalid_argument, name,
                "expected a quorum of 1 or more, so that no count is valid for which nobody "
                "voted; raise it"};
        }
        if (command.quorum > static_cast<std::int64_t>(voters.size())) {
            return error{errc::invalid_argument, name,
                "expected a quorum of at most the " + std::to_string(voters.size()) +
                    " who may vote"};
        }
        in.record(opened);
        return {};
    }

    static constexpr auto guards(cast_preference const*) {
        return require(in_person<&cast_preference::member>, known<&cast_preference::vote>,
            known<&cast_preference::member>);
    }
    result<void> decide(cast_preference const& command, context& in) const {
        auto const& it = votes_[command.vote];
        KOC_TRY(check_vote(subject("vote", it.id), it.cast, it.voters, "member",
            {command.member.value(), command.design, in.now()}));
        in.record(preference_cast{command.vote, command.member, command.design});
        return {};
    }
    /// One person has one voice. Who is erased has none any more.
    [[nodiscard]] result<void> review(account_closing const& event, world const& in) const {
        result<void> done;
        votes_.for_each([&](preference_vote_record const& it) {
            if (done && !event.erased && it.cast.closes > in.now() &&
                std::binary_search(it.voters.begin(), it.voters.end(), event.member.value())) {
                done = detail::still_open(event.member,
                    "they may vote in " + subject("vote", it.id), "wait until it is closed");
            }
        });
        return done;
    }
    void due(preference_vote_id which, context& in) const {
        auto const& it = votes_[which];
        in.record(preference_vote_closed{which, count_votes(it.cast, it.voters)});
    }

    [[nodiscard]] result<std::vector<shown_design>> answer(
        show_designs const& query, world const& in) const {
        auto const* it = votes_.find(query.vote);
        if (it == nullptr) {
            return unknown("vote", query.vote);
        }
        if (in.by().kind == actor_kind::member) {
            KOC_TRY(check_own_word(in.by(), query.member, "look at the designs"));
        }
        auto const who = query.member.value();
        if (!std::binary_search(it->voters.begin(), it->voters.end(), who)) {
            return error{errc::not_qualified, subject("member", query.member),
                "expected one of the " + std::to_string(it->voters.size()) +
                    " who had signed confidentiality when " + subject("vote", it->id) +
                    " was opened"};
        }
        std::vector<shown_design> shown;
        for (auto design : presentation_order(it->cast, who)) {
            shown.push_back({design, it->designs[static_cast<std::size_t>(design)]});
        }
        return shown;
    }
    [[nodiscard]] result<ballot_count> answer(
        count_preferences const& query, world const& in) const {
        auto const* it = votes_.find(query.vote);
        if (it == nullptr) {
            return unknown("vote", query.vote);
        }
        KOC_TRY(in.get<panels>().check_may_see(it->project, in.by()));
        if (in.now() < it->cast.closes) {
            return error{errc::wrong_state, subject("vote", it->id),
                "expected a vote whose deadline has passed; how it stands is secret until " +
                    to_iso8601(it->cast.closes)};
        }
        return count_votes(it->cast, it->voters);
    }

    void apply(preference_vote_opened const& event, world const& in) {
        std::vector<std::uint64_t> voters;
        for (auto who : event.voters) {
            voters.push_back(who.value());
        }
        votes_.insert({event.vote, event.project, event.designs, std::move(voters),
            ballot_of(event, in.now())});
        due_.put(event.vote, event.closes);
    }
    void apply(preference_cast const& event, world const& in) {
        votes_.update(event.vote, [&](preference_vote_record& it) {
            cast_vote(it.cast, {event.member.value(), event.design, in.now()});
        });
    }
    void apply(preference_vote_closed const& event, world const&) { due_.drop(event.vote); }
    /// What they voted stays; who had not voted is not waited for.
    void apply(member_erased const& event, world const&) {
        auto const who = event.member.value();
        std::vector<preference_vote_id> open; // as changing a record changes what is walked
        votes_.for_each([&](preference_vote_record const& it) {
            if (due_.when(it.id) && vote_of(it.cast, who) == nullptr &&
                std::binary_search(it.voters.begin(), it.voters.end(), who)) {
                open.push_back(it.id);
            }
        });
        for (auto which : open) {
            votes_.update(which, [&](preference_vote_record& it) { std::erase(it.voters, who); });
        }
    }

private:
    /// Those who signed, are mature now, and were not erased since.
    static std::vector<member_id> may_vote(std::vector<member_id> bound, world const& in) {
        std::erase_if(bound, [&](member_id who) {
            auto const* person = in.find_record<relationship_record>(who.value());
            return person == nullptr || person->stage != stage::mature ||
                in.find_record<erasure_record>(who.value()) != nullptr;
        });
        return bound;
    }
    static result<void> check_designs(
        std::string const& name, std::vector<std::string> const& designs) {
        if (designs.size() < 2) {
            return error{errc::invalid_argument, name,
                "expected at least two designs to choose from; add one"};
        }
        for (auto each = designs.begin(); each != designs.end(); ++each) {
            if (auto refused = check_name("design of " + name, *each)) {
                return *std::move(refused);
            }
            if (std::find(designs.begin(), each, *each) != each) {
                return error{errc::already_exists, name,
                    "expected designs with different titles, not " + koc::quoted(*each) +
                        " twice; rename one"};
            }
        }
        return {};
    }
    static ballot ballot_of(preference_vote_opened const& event, instant opens) {
        ballot made;
        made.options = static_cast<std::int64_t>(event.designs.size());
        made.opens = opens;
        made.closes = event.closes;
        made.quorum = event.quorum;
        made.seed = event.seed;
        return made;
    }

    table<preference_vote_record> votes_;
    agenda<preference_vote_id> due_;
    BOOST_DESCRIBE_CLASS(preferences, (), (), (), (votes_, due_))
};

} // namespace koc
