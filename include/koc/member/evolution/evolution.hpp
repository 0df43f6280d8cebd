// SPDX-License-Identifier: BSL-1.0
#pragma once

// The last stage of a relationship: a candid talk, then an honorary role that follows from what the
// talk found. The role is offered and may be declined; nobody takes one that is not offered. An
// offer rests on the newest talk: where another finds something else from which the role does not
// follow, the offer ends. What else must come before an offer is said by the aspects that review
// may_offer_role.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/try.hpp>
#include <koc/describe/described_enum.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/engine/guard_kinds.hpp>
#include <koc/member/acting.hpp>
#include <koc/member/evolution/messages/evolution.hpp>
#include <koc/member/messages/relationship.hpp>
#include <koc/member/messages/roster.hpp>
#include <koc/state/table.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <string>

namespace koc {

/// The talks and the roles that were offered, taken and left.
class evolution : public aspect<evolution> {
public:
    using events = event_list<talk_held, role_offered, role_declined>;
    using commands = command_list<record_talk, offer_role, decline_role>;
    using questions = question_list<may_offer_role>;
    using follows = event_list<stage_changed, role_accepted, may_take_role>;
    using rules = evolution_rules;

    static constexpr auto guards(record_talk const*) {
        return require(by_desk<record_talk>, known<&record_talk::member>,
            has_value<&record_talk::member, &relationship_record::stage, stage::active,
                stage::mature, stage::evolving>);
    }
    result<void> decide(record_talk const& command, context& in) const {
        KOC_TRY(check_words_of(command.member, command.note));
        static_cast<void>(
            in.rules<rules>()); // refuses where they were never adopted, as `apply` reads them
        in.record(talk_held{command.member, command.finding, command.note});
        return {};
    }
    static constexpr auto guards(offer_role const*) {
        return require(by_desk<offer_role>, known<&offer_role::member>,
            has_value<&offer_role::member, &relationship_record::stage, stage::evolving>);
    }
    result<void> decide(offer_role const& command, context& in) const {
        auto const name = subject("member", command.member);
        KOC_TRY(check_words_of(command.member, command.reason));
        auto const& limits = in.rules<rules>();
        auto const* person = people_.find(command.member);
        if (person == nullptr || !person->talk ||
            person->talk->at + limits.talk_valid <= in.now()) {
            return error{errc::not_qualified, name,
                "expected a candid talk within the last " +
                    std::to_string(limits.talk_valid.ms / days(1).ms) +
                    " days before a role is offered; hold and record one first"};
        }
        if (person->offered) {
            return error{errc::already_exists, name,
                "expected no open offer, but the role " + std::string{name_of(*person->offered)} +
                    " waits for an answer"};
        }
        auto const found = person->talk->finding;
        if (found == talk_finding::stays) {
            return error{errc::not_qualified, name,
                "expected somebody who steps back, but in the talk they wished to stay; confirm "
                "their willingness or talk again"};
        }
        auto const fits = follows_from(found, command.role, limits);
        if (!fits && !check_filled("reason of " + name, command.reason.text)) {
            return error{errc::not_qualified, name,
                "expected a role that follows from the talk, which found " +
                    std::string{name_of(found)} + ", not " + std::string{name_of(command.role)} +
                    "; offer another or give the reason"};
        }
        KOC_TRY(in.review(may_offer_role{command.member, command.role}));
        in.record(role_offered{command.member, command.role, fits, command.reason});
        return {};
    }
    static constexpr auto guards(decline_role const*) {
        return require(in_person<&decline_role::member>, known<&decline_role::member>);
    }
    result<void> decide(decline_role const& command, context& in) const {
        KOC_TRY(check_words_of(command.member, command.note));
        auto const* person = people_.find(command.member);
        if (person == nullptr || !person->offered) {
            return error{errc::wrong_state, subject("member", command.member),
                "expected an open offer of a role; there is none to decline"};
        }
        in.record(role_declined{command.member, *person->offered, command.note});
        return {};
    }

    /// A role is taken only while it is offered.
    [[nodiscard]] result<void> review(may_take_role const& asked, world const& in) const {
        auto const* person = people_.find(asked.member);
        if (person != nullptr && person->offered == asked.role) {
            return {};
        }
        std::string now = ", but none is open";
        if (person != nullptr && person->offered) {
            now = ", but " + std::string{name_of(*person->offered)} + " is offered";
        } else if (person != nullptr && person->talk &&
            !follows_from(person->talk->finding, asked.role, in.rules<rules>())) {
            now += ", and the newest talk found " + std::string{name_of(person->talk->finding)};
        }
        return error{errc::wrong_state, subject("member", asked.member),
            "expected an open offer of the role " + std::string{name_of(asked.role)} + now +
                "; offer it first"};
    }

    void apply(talk_held const& event, world const& in) {
        people_.put(event.member, [&](evolution_record& person) {
            if (person.offered && person.talk && person.talk->finding != event.finding &&
                !follows_from(event.finding, *person.offered, in.rules<rules>())) {
                person.offered.reset();
            }
            person.talk = held_talk{event.finding, in.now()};
        });
    }
    void apply(role_offered const& event, world const&) {
        people_.update(
            event.member, [&](evolution_record& person) { person.offered = event.role; });
    }
    void apply(role_declined const& event, world const&) {
        people_.update(event.member, [](evolution_record& person) { person.offered.reset(); });
    }
    void apply(role_accepted const& event, world const& in) {
        people_.put(event.member, [&](evolution_record& person) {
            person.offered.reset();
            person.roles.push_back({event.role, in.now(), {}});
        });
    }
    /// Who returns begins anew; which roles they held stays.
    void apply(stage_changed const& event, world const& in) {
        if (event.to == stage::active) {
            people_.update(event.member, [&](evolution_record& person) {
                person.talk.reset();
                person.offered.reset();
                if (!person.roles.empty() && !person.roles.back().until) {
                    person.roles.back().until = in.now();
                }
            });
        }
    }

private:
    static bool follows_from(talk_finding found, alumni_role role, evolution_rules const& limits) {
        return std::any_of(limits.roles.begin(), limits.roles.end(),
            [&](role_fit const& row) { return row.finding == found && row.roles.contains(role); });
    }

    table<evolution_record> people_;
    BOOST_DESCRIBE_CLASS(evolution, (), (), (), (people_))
};

} // namespace koc
