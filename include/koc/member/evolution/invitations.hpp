// SPDX-License-Identifier: BSL-1.0
#pragma once

// Yearly events: all mature members and all alumni are invited each year, some time ahead, and none
// in the quiet hours of their own clocks. Who does not answer, or does not come, is invited the
// next year as before.

#include <koc/core/civil.hpp>
#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/text.hpp>
#include <koc/core/try.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/engine/consequence_kinds.hpp>
#include <koc/engine/guard_kinds.hpp>
#include <koc/member/detail/accounts.hpp>
#include <koc/member/evolution/messages/invitations.hpp>
#include <koc/member/messages/merging.hpp>
#include <koc/member/messages/stage.hpp>
#include <koc/member/own_time.hpp>
#include <koc/state/agenda.hpp>
#include <koc/state/table.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace koc {

/// The events of each year and their guests.
class invitations : public aspect<invitations> {
public:
    using events = event_list<yearly_event_planned, yearly_event_ended, invitations_sent,
        invitation_deferred, member_invited, invitation_answered>;
    using commands = command_list<plan_yearly_event, end_yearly_event, answer_invitation>;
    using follows = event_list<stage_changed, account_closing>;
    using reads = aspect_list<own_time>;
    using rules = invitation_rules;

    static constexpr auto guards(plan_yearly_event const*) {
        return require(by_desk<plan_yearly_event>);
    }
    result<void> decide(plan_yearly_event const& command, context& in) const {
        auto const name = subject("yearly event", command.event);
        if (!command.event.valid() || events_.contains(command.event)) {
            return error{errc::already_exists, name, "expected a new id above 0"};
        }
        if (auto refused = check_name("name of " + name, command.name)) {
            return *std::move(refused);
        }
        if (command.at <= in.now()) {
            return error{errc::invalid_argument, "plan_yearly_event.at",
                "expected an instant in the future"};
        }
        static_cast<void>(in.rules<rules>()); // refuses where they were never adopted
        in.record(yearly_event_planned{command.event, command.name, command.at});
        return {};
    }
    static constexpr auto guards(end_yearly_event const*) {
        return require(by_desk<end_yearly_event>, known<&end_yearly_event::event>);
    }
    result<void> decide(end_yearly_event const& command, context& in) const {
        auto const name = subject("yearly event", command.event);
        if (events_[command.event].ended) {
            return error{errc::wrong_state, name, "expected an event that has not ended"};
        }
        in.record(yearly_event_ended{command.event});
        return {};
    }
    static constexpr auto guards(answer_invitation const*) {
        return require(in_person<&answer_invitation::invitation, &invitation_record::member>,
            known<&answer_invitation::invitation>);
    }
    result<void> decide(answer_invitation const& command, context& in) const {
        auto const& invitation = invitations_[command.invitation];
        if (invitation.deferred) {
            return error{errc::wrong_state, subject("invitation", command.invitation),
                "expected an invitation that is out; it waits for the end of their quiet hours"};
        }
        if (invitation.at <= in.now()) {
            return error{errc::wrong_state, subject("invitation", command.invitation),
                "expected an answer before the event begins, which was " +
                    to_iso8601(invitation.at)};
        }
        in.record(invitation_answered{command.invitation, command.comes});
        return {};
    }

    static constexpr auto consequences(stage_changed const*) {
        return in_order(consequence<differs<&stage_changed::to, stage::budding, stage::active,
                                        stage::mature, stage::evolving>,
            &invitations::invite_late>(
            "who becomes an alumnus is invited to the events whose invitations are out"));
    }

    /// Who is invited to an event to come is no account to be merged, unless they do not come.
    [[nodiscard]] result<void> review(account_closing const& event, world const& in) const {
        for (auto const& one : invitations_.all<by_guest>(event.member)) {
            if (one.at > in.now() && one.comes.value_or(true)) {
                return detail::still_open(event.member,
                    "they are invited to " + subject("yearly event", one.event),
                    "record that they do not come, or wait until it is over");
            }
        }
        return {};
    }

    void due(yearly_event_id which, context& in) const {
        auto const event = events_[which];
        std::vector<member_id> guests;
        for (auto at : {stage::mature, stage::alumni}) {
            for (auto const& guest : guests_.all<by_stage>(at)) {
                guests.push_back(guest.id);
            }
        }
        std::sort(guests.begin(), guests.end());
        for (auto who : guests) {
            invite(which, who, event.at, in);
        }
        in.record(invitations_sent{
            which, event.at, static_cast<std::int64_t>(guests.size()), years_after(event.at, 1)});
    }

    void due(invitation_id which, context& in) const {
        auto const& waiting = invitations_[which];
        in.record(member_invited{which, waiting.event, waiting.member, waiting.at});
    }

    void apply(yearly_event_planned const& event, world const& in) {
        events_.insert({event.event, event.name, event.at});
        schedule(event.event, event.at, in);
    }
    void apply(yearly_event_ended const& event, world const&) {
        events_.update(event.event, [](yearly_event_record& known) { known.ended = true; });
        due_.drop(event.event);
        invitations_.for_each([&](invitation_record const& one) {
            if (one.event == event.event) {
                deferred_.drop(one.id);
            }
        });
    }
    void apply(invitations_sent const& event, world const& in) {
        events_.update(event.event, [&](yearly_event_record& known) {
            known.at = event.next;
            known.sent = event.at;
        });
        schedule(event.event, event.next, in);
    }
    void apply(invitation_deferred const& event, world const&) {
        invitations_.insert({event.invitation, event.event, event.member, event.at, {}, true});
        deferred_.put(event.invitation, event.until);
    }
    void apply(member_invited const& event, world const&) {
        invitations_.put(event.invitation, [&](invitation_record& one) {
            one = {event.invitation, event.event, event.member, event.at, {}, false};
        });
        deferred_.drop(event.invitation);
        guests_.update(event.member, [&](guest_record& guest) {
            ++guest.invited;
            guest.newest = event.at;
            guest.as_alumnus += guest.stage == stage::alumni ? 1 : 0;
        });
    }
    void apply(invitation_answered const& event, world const&) {
        invitations_.update(event.invitation,
            [&](invitation_record& invitation) { invitation.comes = event.comes; });
    }
    void apply(stage_changed const& event, world const&) {
        auto const invited = event.to == stage::mature || event.to == stage::alumni;
        guests_.put_if(invited, event.member, [&](guest_record& guest) {
            guest.stage = event.to;
            guest.as_alumnus = 0;
        });
    }

private:
    using by_stage = by<&guest_record::stage>;
    using by_guest = by<&invitation_record::member>;

    void invite_late(stage_changed const& event, context& in) const {
        std::vector<yearly_event_record> upcoming; // as recording changes what is walked
        events_.for_each([&](yearly_event_record const& known) {
            if (!known.ended && known.sent && *known.sent > in.now() &&
                !is_invited(event.member, known.id, *known.sent)) {
                upcoming.push_back(known);
            }
        });
        for (auto const& known : upcoming) {
            invite(known.id, event.member, *known.sent, in);
        }
    }
    /// Invites somebody now, or when they are awake if that is before the event.
    void invite(yearly_event_id which, member_id who, instant at, context& in) const {
        auto const next = invitation_id{invitations_.row_count() + 1};
        auto const awake =
            in.get<own_time>()
                .clock_of(who, in.rules<calendar_rules>(), in.rules<own_time_rules>())
                .awake_from(in.now());
        if (awake > in.now() && awake < at) {
            in.record(invitation_deferred{next, which, who, at, awake});
        } else {
            in.record(member_invited{next, which, who, at});
        }
    }
    [[nodiscard]] bool is_invited(member_id who, yearly_event_id which, instant at) const {
        for (auto const& one : invitations_.all<by_guest>(who)) {
            if (one.event == which && one.at == at) {
                return true;
            }
        }
        return false;
    }
    void schedule(yearly_event_id which, instant at, world const& in) {
        due_.put(which, (std::max)(at - in.rules<rules>().ahead, in.now()));
    }

    table<yearly_event_record> events_;
    table<invitation_record, by_guest> invitations_;
    table<guest_record, by_stage> guests_;
    agenda<yearly_event_id> due_;
    agenda<invitation_id> deferred_;
    BOOST_DESCRIBE_CLASS(invitations, (), (), (), (events_, invitations_, guests_, due_, deferred_))
};

} // namespace koc
