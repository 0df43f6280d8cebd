// SPDX-License-Identifier: BSL-1.0
#pragma once

// The committee's power over product decisions. A decision is open for objections until its
// deadline. Who holds an office with the right of veto when it is proposed has a voice on it and
// may support or stop it, once. The voices are on record with the decision: nobody's is taken by
// what others do afterwards; a voice that was not used ends with the term, or when its holder
// resigns. One veto stops a decision for everybody, the host included. It is adopted after the
// deadline where a quorum of the voices has spoken, or before it where all of them have. What
// members propose is taken up by a decision about it that was adopted, and by nothing else.

#include <koc/core/civil.hpp>
#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/text.hpp>
#include <koc/core/try.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/engine/consequence_kinds.hpp>
#include <koc/engine/guard_kinds.hpp>
#include <koc/member/acting.hpp>
#include <koc/member/depth/messages/committee.hpp>
#include <koc/member/depth/messages/improvement.hpp>
#include <koc/member/depth/office.hpp>
#include <koc/member/detail/accounts.hpp>
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

/// The product decisions that the committee is asked about.
class committee : public aspect<committee> {
public:
    using events = event_list<decision_proposed, decision_supported, decision_vetoed,
        voice_given_back, decision_closed, decision_adopted>;
    using commands =
        command_list<propose_decision, support_decision, veto_decision, adopt_decision>;
    using follows = event_list<command_asked, improvement_answered, office_ended, account_closing>;
    using reads = aspect_list<offices>;
    using rules = committee_rules;

    static constexpr auto guards(propose_decision const*) {
        return require(by_desk<propose_decision>);
    }
    result<void> decide(propose_decision const& command, context& in) const {
        auto const name = subject("decision", command.decision);
        if (!command.decision.valid()) {
            return error{errc::invalid_argument, name, "expected an id above 0"};
        }
        if (decisions_.contains(command.decision)) {
            return error{
                errc::already_exists, name, "expected an id that no decision has; choose another"};
        }
        if (auto refused = check_name("title of " + name, command.title)) {
            return *std::move(refused);
        }
        auto const& by = in.rules<rules>();
        if (command.improvement) {
            auto const about = subject("improvement", *command.improvement);
            auto const* proposal = in.find(*command.improvement);
            if (proposal == nullptr) {
                return unknown("improvement", *command.improvement);
            }
            if (proposal->answered) {
                return error{errc::wrong_state, about,
                    "expected a proposal that is not answered yet; propose the decision without "
                    "it"};
            }
            for (auto const& it : decisions_.all<by_stage>(product_decision_stage::open)) {
                if (it.improvement == command.improvement) {
                    return error{errc::already_exists, about,
                        "expected a proposal about which no decision is open, but " +
                            subject("decision", it.id) + " is; wait until " +
                            to_iso8601(it.voices.closes)};
                }
            }
        }
        in.record(decision_proposed{command.decision, command.title, in.now() + by.voting,
            by.quorum, by.without_quorum, command.improvement,
            in.get<offices>().holders(office_right::veto, in.now())});
        return {};
    }

    static constexpr auto guards(support_decision const*) {
        return require(in_person<&support_decision::member>, known<&support_decision::decision>,
            known<&support_decision::member>);
    }
    result<void> decide(support_decision const& command, context& in) const {
        KOC_TRY(check_voice(command.decision, command.member, support, in));
        in.record(decision_supported{command.decision, command.member});
        return {};
    }
    static constexpr auto guards(veto_decision const*) {
        return require(in_person<&veto_decision::member>, known<&veto_decision::decision>,
            known<&veto_decision::member>);
    }
    result<void> decide(veto_decision const& command, context& in) const {
        KOC_TRY(check_voice(command.decision, command.member, veto, in));
        KOC_TRY(check_words("veto reason of member", command.member, command.reason));
        in.record(decision_vetoed{command.decision, command.member, command.reason});
        return {};
    }
    static constexpr auto guards(adopt_decision const*) {
        return require(by_desk<adopt_decision>, known<&adopt_decision::decision>);
    }
    result<void> decide(adopt_decision const& command, context& in) const {
        auto const& it = decisions_[command.decision];
        auto const name = subject("decision", it.id);
        if (it.stage == product_decision_stage::adopted) {
            return error{errc::already_exists, name, "expected a decision not adopted yet"};
        }
        if (auto const who = vetoed_by(it); !who.empty()) {
            return error{errc::not_qualified, name,
                "expected a decision that nobody of the committee stopped, but it was vetoed by " +
                    who + "; change it and propose it as another"};
        }
        auto const count = count_votes(it.voices, it.voters);
        if (it.stage == product_decision_stage::lapsed) {
            return error{errc::wrong_state, name,
                "expected the voices of " + std::to_string(it.voices.quorum) +
                    " by the deadline, " + to_iso8601(it.voices.closes) +
                    ", but fewer had spoken; propose it as another"};
        }
        if (it.stage == product_decision_stage::open &&
            !(count.quorate && count.turnout == count.voters)) {
            return error{errc::wrong_state, name,
                "expected its deadline, " + to_iso8601(it.voices.closes) +
                    ", to have passed or all holders of the right of veto, " +
                    std::to_string((std::max)(count.voters, it.voices.quorum)) +
                    " at least, to have spoken, but " + std::to_string(count.turnout) +
                    " have; wait"};
        }
        in.record(decision_adopted{it.id});
        return {};
    }
    /// A proposal is taken up by a decision that was adopted, and not while one about it is open.
    [[nodiscard]] result<void> review(improvement_answered const& event, world const&) const {
        if (!event.taken_up) {
            return {};
        }
        for (auto const& it : decisions_.all<by_stage>(product_decision_stage::open)) {
            if (it.improvement == event.improvement) {
                return error{errc::wrong_state, subject("improvement", event.improvement),
                    "expected " + subject("decision", it.id) +
                        " about it to be closed or adopted; wait until " +
                        to_iso8601(it.voices.closes)};
            }
        }
        return check_carried(event);
    }
    /// That somebody can give less is, while they have a voice on an open decision, theirs to say.
    [[nodiscard]] result<void> review(command_asked const& question, world const& in) const {
        auto const* report = question.get_if<record_waning>();
        if (report == nullptr || in.by() == acting(report->member)) {
            return {};
        }
        for (auto const& it : decisions_.all<by_stage>(product_decision_stage::open)) {
            if (has_voice(it, report->member)) {
                return error{errc::wrong_state, subject("member", report->member),
                    "expected the member themself to say that they can give less, as they have a "
                    "voice on " +
                        subject("decision", it.id) + "; leave it to them, or wait until " +
                        to_iso8601(it.voices.closes)};
            }
        }
        return {};
    }
    /// A merge would take a voice from whom it names.
    [[nodiscard]] result<void> review(account_closing const& event, world const&) const {
        for (auto const& it : decisions_.all<by_stage>(product_decision_stage::open)) {
            if (has_voice(it, event.member)) {
                return detail::still_open(event.member,
                    "they have a voice on " + subject("decision", it.id),
                    "wait until " + to_iso8601(it.voices.closes));
            }
        }
        return {};
    }
    static constexpr auto consequences(office_ended const*) {
        return in_order(
            consequence<equals<&office_ended::because, office_end::resigned, office_end::expired>,
                &committee::give_back>("voices on open decisions that were not used end"));
    }
    void due(product_decision_id which, context& in) const {
        auto const& it = decisions_[which];
        auto const count = count_votes(it.voices, it.voters);
        auto const heard = count.quorate || it.without_quorum == silence::passes;
        in.record(decision_closed{which,
            !vetoed_by(it).empty() ? product_decision_stage::vetoed
                : heard            ? product_decision_stage::cleared
                                   : product_decision_stage::lapsed,
            count.turnout, count.voters});
    }

    void apply(decision_proposed const& event, world const& in) {
        ballot voices;
        voices.options = 2;
        voices.opens = in.now();
        voices.closes = event.closes;
        voices.quorum = event.quorum;
        std::vector<std::uint64_t> voters;
        for (auto each : event.voters) {
            voters.push_back(each.value());
        }
        decisions_.insert({event.decision, event.title, product_decision_stage::open,
            event.without_quorum, std::move(voices), event.improvement, std::move(voters)});
        due_.put(event.decision, event.closes);
    }
    void apply(decision_supported const& event, world const& in) {
        cast(event.decision, {event.member.value(), support, in.now()});
    }
    void apply(decision_vetoed const& event, world const& in) {
        cast(event.decision, {event.member.value(), veto, in.now()});
    }
    void apply(voice_given_back const& event, world const&) {
        decisions_.update(event.decision,
            [&](product_decision_record& it) { std::erase(it.voters, event.member.value()); });
    }
    void apply(decision_closed const& event, world const&) { move(event.decision, event.outcome); }
    void apply(decision_adopted const& event, world const&) {
        move(event.decision, product_decision_stage::adopted);
    }

private:
    static constexpr std::int64_t support = 0;
    static constexpr std::int64_t veto = 1;

    using by_stage = by<&product_decision_record::stage>;

    [[nodiscard]] static bool has_voice(product_decision_record const& it, member_id who) {
        return std::binary_search(it.voters.begin(), it.voters.end(), who.value());
    }
    /// No word is taken back, and no voice where another office gives the right.
    void give_back(office_ended const& event, context& in) const {
        if (in.get<offices>().has_right(event.member, office_right::veto, in.now())) {
            return;
        }
        std::vector<product_decision_id> unused;
        for (auto const& it : decisions_.all<by_stage>(product_decision_stage::open)) {
            if (has_voice(it, event.member) &&
                vote_of(it.voices, event.member.value()) == nullptr) {
                unused.push_back(it.id);
            }
        }
        for (auto each : unused) {
            in.record(voice_given_back{each, event.member});
        }
    }
    [[nodiscard]] result<void> check_voice(
        product_decision_id which, member_id who, std::int64_t option, context& in) const {
        auto const& it = decisions_[which];
        KOC_TRY(check_vote(subject("decision", which), it.voices, it.voters, "member",
            {who.value(), option, in.now()}));
        if (it.stage == product_decision_stage::adopted) {
            return error{errc::wrong_state, subject("decision", which),
                "expected a decision that is not adopted yet"};
        }
        return {};
    }
    /// Who vetoed a decision, in words; empty for nobody.
    [[nodiscard]] static std::string vetoed_by(product_decision_record const& it) {
        std::string text;
        for (auto const& vote : it.voices.votes) {
            if (vote.option == veto) {
                text += (text.empty() ? "" : " and ") + subject("member", member_id{vote.voter});
            }
        }
        return text;
    }
    /// Whether an answer names a decision about the proposal that was adopted.
    [[nodiscard]] result<void> check_carried(improvement_answered const& event) const {
        auto const about = subject("improvement", event.improvement);
        if (!event.decision) {
            return error{errc::not_qualified, about,
                "expected a decision about it that the committee carried; propose one, name it "
                "here once it is adopted, or answer that the proposal is not taken up"};
        }
        auto const* it = decisions_.find(*event.decision);
        if (it == nullptr) {
            return unknown("decision", *event.decision);
        }
        auto const name = subject("decision", it->id);
        if (it->improvement != event.improvement) {
            return error{errc::not_qualified, name,
                "expected a decision about " + about + "; name the one that is"};
        }
        if (it->stage != product_decision_stage::adopted) {
            return error{errc::wrong_state, name,
                "expected a decision that was adopted, not one that is " +
                    std::string{name_of(it->stage)} +
                    "; adopt it, propose it as another, or answer that the proposal is not taken "
                    "up"};
        }
        return {};
    }
    void cast(product_decision_id which, ballot_vote const& vote) {
        decisions_.update(which, [&](product_decision_record& it) { cast_vote(it.voices, vote); });
    }
    void move(product_decision_id which, product_decision_stage to) {
        decisions_.update(which, [&](product_decision_record& it) { it.stage = to; });
        due_.drop(which);
    }

    table<product_decision_record, by_stage> decisions_;
    agenda<product_decision_id> due_;
    BOOST_DESCRIBE_CLASS(committee, (), (), (), (decisions_, due_))
};

} // namespace koc
