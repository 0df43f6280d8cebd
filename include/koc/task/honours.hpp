// SPDX-License-Identifier: BSL-1.0
#pragma once

// Honours: an award says since when, until when and for what on record a member was honoured. It is
// given by the desk, or follows from an honorary surprise, a role or an office. It ends at its
// time, is revoked with a reason, or given back; alumni keep theirs. Nobody has the same honour
// twice at a time. koc/json/open_badge.hpp renders an award as an Open Badge.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/text.hpp>
#include <koc/core/try.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/engine/consequence_kinds.hpp>
#include <koc/engine/guard_kinds.hpp>
#include <koc/member/acting.hpp>
#include <koc/member/cultivation/messages/sessions.hpp>
#include <koc/member/depth/messages/impact.hpp>
#include <koc/member/detail/account_guards.hpp>
#include <koc/member/detail/accounts.hpp>
#include <koc/member/discovery/detail/held_back.hpp>
#include <koc/member/messages/roster.hpp>
#include <koc/state/agenda.hpp>
#include <koc/state/table.hpp>
#include <koc/task/messages/honours.hpp>
#include <koc/task/messages/review.hpp>
#include <koc/task/messages/reward.hpp>
#include <koc/task/messages/submission.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace koc {

/// What people are honoured with, and who is.
class honours : public aspect<honours> {
public:
    using events = event_list<honour_defined, honour_awarded, honour_expired, honour_revoked,
        honour_declined, award_shown>;
    using commands =
        command_list<define_honour, award_honour, revoke_honour, decline_honour, show_award>;
    using queries = query_list<list_honours, read_award, list_revoked_awards>;
    using follows = event_list<reward_granted, role_accepted, office_taken>;

    static constexpr auto guards(define_honour const*) { return require(by_desk<define_honour>); }
    result<void> decide(define_honour const& command, context& in) const {
        auto const name = subject("honour", command.honour);
        if (!command.honour.valid()) {
            return error{errc::invalid_argument, name, "expected an id above 0"};
        }
        if (honours_.contains(command.honour)) {
            return error{
                errc::already_exists, name, "expected an id that no honour has; choose another"};
        }
        if (auto refused = check_name("name of " + name, command.name)) {
            return *std::move(refused);
        }
        if (auto const* same = named(command.name)) {
            return error{errc::already_exists, "name of " + name,
                "expected a name that tells it from others, but " + subject("honour", same->id) +
                    " has it; choose another"};
        }
        KOC_TRY(check_filled("description of " + name, command.description));
        KOC_TRY(check_filled("criteria of " + name, command.criteria));
        if (!command.image.empty()) {
            KOC_TRY(check_web_address("image of " + name, command.image));
        }
        if (command.valid_for <= duration{}) {
            return error{errc::invalid_argument, name,
                "expected that it is valid for some time, or for ever"};
        }
        if (command.with_office.valid() && in.find(command.with_office) == nullptr) {
            return unknown("office", command.with_office);
        }
        in.record(honour_defined{command.honour, command.name, command.description,
            command.criteria, command.image, command.valid_for, command.with_surprise,
            command.with_role, command.with_office});
        return {};
    }

    static constexpr auto guards(award_honour const*) {
        return require(
            by_desk<award_honour>, known<&award_honour::honour>, known<&award_honour::member>);
    }
    result<void> decide(award_honour const& command, context& in) const {
        KOC_TRY(detail::check_not_held(in, command.member));
        auto const name = subject("member", command.member);
        if (auto const* held = held_by(command.member, command.honour, in)) {
            return error{errc::already_exists, name,
                "expected somebody who does not have " + described(honours_[command.honour]) +
                    " now, but it is theirs by " + subject("award", held->id) +
                    "; wait until that is over, or revoke it"};
        }
        if (command.evidence.empty()) {
            return error{errc::invalid_argument, name,
                "expected at least one review, session, decision or office that shows why; cite "
                "it"};
        }
        auto cited = command.evidence;
        std::sort(cited.begin(), cited.end());
        if (auto const twice = std::adjacent_find(cited.begin(), cited.end());
            twice != cited.end()) {
            return error{errc::invalid_argument, described(*twice), "expected each once"};
        }
        for (auto const& each : cited) {
            KOC_TRY(check_evidence(each, command.member, in));
        }
        award(command.honour, command.member, std::move(cited), in);
        return {};
    }
    static constexpr auto guards(revoke_honour const*) {
        return require(by_desk<revoke_honour>, known<&revoke_honour::award>);
    }
    result<void> decide(revoke_honour const& command, context& in) const {
        auto const& held = awards_[command.award];
        KOC_TRY(check_valid(held));
        KOC_TRY(check_words("reason for member", held.member, command.reason));
        in.record(honour_revoked{held.id, held.member, command.reason});
        return {};
    }
    static constexpr auto guards(decline_honour const*) {
        return require(detail::by_person_alone<&decline_honour::award, &award_record::member>,
            known<&decline_honour::award>);
    }
    result<void> decide(decline_honour const& command, context& in) const {
        auto const& held = awards_[command.award];
        KOC_TRY(check_valid(held));
        in.record(honour_declined{held.id, held.member});
        return {};
    }
    static constexpr auto guards(show_award const*) {
        return require(detail::by_person_alone<&show_award::award, &award_record::member>,
            known<&show_award::award>);
    }
    result<void> decide(show_award const& command, context& in) const {
        auto const& held = awards_[command.award];
        if (held.shown == command.shown) {
            return error{errc::wrong_state, subject("award", held.id),
                std::string{"expected an award that is "} + (held.shown ? "shown" : "hidden") +
                    " to be changed to the other; leave it as it is"};
        }
        in.record(award_shown{held.id, held.member, command.shown});
        return {};
    }

    static constexpr auto consequences(reward_granted const*) {
        return in_order(consequence<always<reward_granted>, &honours::follow_surprise>(
            "an honour that follows surprises is awarded to who is surprised with its name, unless "
            "they have it"));
    }
    static constexpr auto consequences(role_accepted const*) {
        return in_order(consequence<always<role_accepted>, &honours::follow_role>(
            "honours that follow the role are awarded to who accepts it, unless they have them"));
    }
    static constexpr auto consequences(office_taken const*) {
        return in_order(consequence<always<office_taken>, &honours::follow_office>(
            "honours that follow the office are awarded to who takes it, unless they have them"));
    }
    void due(award_id which, context& in) const {
        in.record(honour_expired{which, awards_[which].member});
    }

    [[nodiscard]] result<std::vector<award_view>> answer(
        list_honours const& query, world const& in) const {
        if (in.find(query.member) == nullptr) {
            return unknown("member", query.member);
        }
        auto const all = acts_for(in.by(), query.member);
        std::vector<award_view> found;
        detail::each_account(in, query.member, [&](member_id account) {
            for (auto const& held : awards_.all<by_member>(account)) {
                auto seen = view(held, in.now());
                if (all || (seen.shown && seen.state == award_state::valid)) {
                    found.push_back(std::move(seen));
                }
            }
        });
        return found;
    }
    [[nodiscard]] result<award_view> answer(read_award const& query, world const& in) const {
        auto const* held = awards_.find(query.award);
        if (held == nullptr) {
            return unknown("award", query.award);
        }
        if (!acts_for(in.by(), detail::kept_for(in, held->member))) {
            return error{errc::not_qualified, subject("award", held->id),
                "expected the member whose award it is, an employee or the host to read it, not " +
                    to_string(in.by()) + "; ask list_honours what others may see"};
        }
        return view(*held, in.now());
    }
    [[nodiscard]] result<std::vector<award_id>> answer(
        list_revoked_awards const&, world const&) const {
        std::vector<award_id> found;
        awards_.for_each([&](award_record const& held) {
            if (held.state == award_state::revoked || held.state == award_state::declined) {
                found.push_back(held.id);
            }
        });
        return found; // awards are numbered as they are given
    }

    void apply(honour_defined const& event, world const&) {
        honours_.insert({event.honour, event.name, event.description, event.criteria, event.image,
            event.valid_for, event.with_surprise, event.with_role, event.with_office});
    }
    void apply(honour_awarded const& event, world const& in) {
        awards_.insert({event.award, event.honour, event.member, in.now(), event.until,
            event.evidence, award_state::valid, true, {}});
        if (event.until) {
            due_.put(event.award, *event.until);
        }
    }
    void apply(honour_expired const& event, world const&) {
        close(event.award, award_state::expired);
    }
    void apply(honour_revoked const& event, world const&) {
        close(event.award, award_state::revoked);
        awards_.update(event.award, [&](award_record& held) { held.reason = event.reason; });
    }
    void apply(honour_declined const& event, world const&) {
        close(event.award, award_state::declined);
    }
    void apply(award_shown const& event, world const&) {
        awards_.update(event.award, [&](award_record& held) { held.shown = event.shown; });
    }

private:
    using by_member = by<&award_record::member>;

    static std::string described(honour_record const& honour) {
        return subject("honour", honour.id) + " (" + honour.name + ')';
    }
    static std::string described(honour_evidence const& cited) {
        return std::string{name_of(cited.kind)} + ' ' + std::to_string(cited.id);
    }
    [[nodiscard]] honour_record const* named(std::string const& name) const {
        honour_record const* found = nullptr;
        honours_.for_each(
            [&](honour_record const& honour) { found = honour.name == name ? &honour : found; });
        return found;
    }
    /// The valid award of an honour that somebody has, or null. What is over was recorded to be.
    [[nodiscard]] award_record const* held_by(
        member_id who, honour_id honour, world const& in) const {
        award_record const* found = nullptr;
        detail::each_account(in, who, [&](member_id account) {
            for (auto const& held : awards_.all<by_member>(account)) {
                if (held.honour == honour && held.state == award_state::valid) {
                    found = &held;
                }
            }
        });
        return found;
    }
    static result<void> check_valid(award_record const& held) {
        if (held.state == award_state::valid) {
            return {};
        }
        return error{errc::wrong_state, subject("award", held.id),
            "expected an award that is valid, not one that is " + std::string{name_of(held.state)} +
                "; leave it as it is"};
    }
    /// Refuses what is not on record, and what is of none of somebody's accounts.
    static result<void> check_evidence(
        honour_evidence const& cited, member_id who, world const& in) {
        auto found = false;
        auto theirs = false;
        switch (cited.kind) {
        case evidence_kind::review:
            if (auto const* work = in.find(submission_id{cited.id});
                work != nullptr && in.find_record<review_record>(cited.id) != nullptr) {
                found = true;
                theirs = detail::kept_for(in, work->member) == who;
            }
            break;
        case evidence_kind::session:
            if (auto const* held = in.find(session_id{cited.id})) {
                found = true;
                theirs = detail::kept_for(in, held->giver) == who;
            }
            break;
        case evidence_kind::decision:
            found = in.find_record<impact_record>(cited.id) != nullptr;
            detail::each_account(in, who, [&](member_id account) {
                auto const* impact = in.find_record<member_impact_record>(account.value());
                theirs = theirs ||
                    (impact != nullptr &&
                        std::find(impact->decisions.begin(), impact->decisions.end(),
                            product_decision_id{cited.id}) != impact->decisions.end());
            });
            break;
        case evidence_kind::office:
            if (auto const* term = in.find(office_term_id{cited.id});
                term != nullptr && term->stage != office_stage::invited) {
                found = true;
                theirs = detail::kept_for(in, term->member) == who &&
                    (term->stage == office_stage::held || term->stage == office_stage::ended);
            }
            break;
        }
        if (!found) {
            return error{errc::unknown_id, described(cited),
                "expected what is on record: work that was reviewed, a session that was held, a "
                "decision whose cause was traced, an office that was taken; name another"};
        }
        if (!theirs) {
            return error{errc::not_qualified, described(cited),
                "expected something of " + subject("member", who) +
                    "'s own that shows why they are honoured; name another"};
        }
        return {};
    }
    void award(
        honour_id honour, member_id who, std::vector<honour_evidence> cited, context& in) const {
        auto const span = honours_[honour].valid_for;
        auto const until = in.now() + span;
        in.record(honour_awarded{award_id{awards_.row_count() + 1}, honour, who, std::move(cited),
            until == instant_max ? std::nullopt : std::optional{until}});
    }
    /// Awards each honour that fits, unless the member has it.
    void follow(member_id who, std::vector<honour_evidence> const& cited, context& in,
        auto const& fits) const {
        std::vector<honour_id> found;
        honours_.for_each([&](honour_record const& honour) {
            if (fits(honour) && held_by(who, honour.id, in) == nullptr) {
                found.push_back(honour.id);
            }
        });
        for (auto honour : found) {
            award(honour, who, cited, in);
        }
    }
    void follow_surprise(reward_granted const& event, context& in) const {
        if (event.kind == reward_kind::surprise && !event.honour.empty()) {
            follow(event.member, {{evidence_kind::review, event.submission.value()}}, in,
                [&](honour_record const& honour) {
                    return honour.with_surprise && honour.name == event.honour;
                });
        }
    }
    void follow_role(role_accepted const& event, context& in) const {
        follow(event.member, {}, in,
            [&](honour_record const& honour) { return honour.with_role == event.role; });
    }
    void follow_office(office_taken const& event, context& in) const {
        follow(event.member, {{evidence_kind::office, event.term.value()}}, in,
            [&](honour_record const& honour) { return honour.with_office == event.office; });
    }
    [[nodiscard]] award_view view(award_record const& held, instant now) const {
        auto const& honour = honours_[held.honour];
        award_view seen{held.id, held.honour, honour.name, honour.description, honour.criteria,
            honour.image, held.from, held.until, {}, state_at(held.state, held.until, now),
            held.shown};
        for (auto const& cited : held.evidence) {
            seen.evidence.push_back({std::string{name_of(cited.kind)}, cited.id});
        }
        return seen;
    }
    void close(award_id which, award_state state) {
        awards_.update(which, [&](award_record& held) { held.state = state; });
        due_.drop(which);
    }

    table<honour_record> honours_;
    table<award_record, by_member> awards_;
    agenda<award_id> due_;
    BOOST_DESCRIBE_CLASS(honours, (), (), (), (honours_, awards_, due_))
};

} // namespace koc
