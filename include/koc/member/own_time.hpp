// SPDX-License-Identifier: BSL-1.0
#pragma once

// Members' own time: the zone of their clocks and their quiet hours, by which whoever asks them, or
// gives them a deadline, goes. Who has set nothing has the programme's.

#include <koc/core/civil.hpp>
#include <koc/core/daily_hours.hpp>
#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/try.hpp>
#include <koc/core/zone.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/engine/guard_kinds.hpp>
#include <koc/member/acting.hpp>
#include <koc/member/messages/own_time.hpp>
#include <koc/member/messages/roster.hpp>
#include <koc/programme/calendar.hpp>
#include <koc/state/table.hpp>

#include <boost/describe/class.hpp>

#include <string>

namespace koc {

/// The clocks of one person, and when they are not to be disturbed; refers to the state.
struct own_clock {
    zone_rules const& zone;
    daily_hours const& quiet;

    /// Whether an instant lies outside the quiet hours. O(1).
    [[nodiscard]] bool is_awake(instant t) const {
        return quiet.empty() || !contains(quiet, wall_at(zone, t));
    }
    /// The first instant from `t` on outside the quiet hours. O(1).
    [[nodiscard]] instant awake_from(instant t) const { return first_outside(quiet, zone, t); }
};

/// Who has which clocks.
class own_time : public aspect<own_time> {
public:
    using events = event_list<own_time_set>;
    using commands = command_list<set_own_time>;
    using queries = query_list<tell_own_time>;
    using rules = own_time_rules;

    /// The clocks of a person. O(1): one look-up.
    [[nodiscard]] own_clock clock_of(
        member_id who, calendar_rules const& programme, own_time_rules const& usual) const {
        auto const* own = people_.find(who);
        return {own != nullptr && own->zone ? *own->zone : programme.zone,
            own != nullptr && own->quiet ? *own->quiet : usual.quiet};
    }
    /// Whether somebody may be asked at an instant without disturbing them.
    [[nodiscard]] static result<void> check_awake(
        member_id who, own_clock const& clock, instant now) {
        if (clock.is_awake(now)) {
            return {};
        }
        auto const until = clock.awake_from(now);
        auto const wall = to_iso8601(wall_at(clock.zone, until));
        return error{errc::over_budget, subject("member", who),
            "is in their quiet hours until " + wall.substr(11, 5) + " on their own clocks, " +
                to_iso8601(until) + "; ask them then, or list the task, as they may claim it now"};
    }

    static constexpr auto guards(set_own_time const*) {
        return require(by_member<&set_own_time::member>, known<&set_own_time::member>);
    }
    result<void> decide(set_own_time const& command, context& in) const {
        own_time_set const set{command.member, command.zone, command.quiet};
        KOC_TRY(check(set));
        in.record(set);
        return {};
    }

    void apply(own_time_set const& event, world const&) {
        people_.put(event.member, [&](own_time_record& own) {
            own.zone = event.zone;
            own.quiet = event.quiet;
        });
    }

    [[nodiscard]] result<own_time_view> answer(tell_own_time const& query, world const& in) const {
        if (in.find(query.member) == nullptr) {
            return unknown("member", query.member);
        }
        if (auto const refused = check_concerns(query.member, in.by()); !refused) {
            return refused.error();
        }
        auto const clock =
            clock_of(query.member, in.rules<calendar_rules>(), in.rules<own_time_rules>());
        return own_time_view{
            wall_at(clock.zone, in.now()), clock.zone, clock.quiet, clock.awake_from(in.now())};
    }

private:
    static result<void> check_concerns(member_id who, actor const& by) {
        if (acts_for(by, who)) {
            return {};
        }
        return error{errc::not_qualified, to_string(by),
            "expected " + subject("member", who) +
                " themself, or an operator; nobody sets or reads the hours of somebody else"};
    }

    table<own_time_record> people_;
    BOOST_DESCRIBE_CLASS(own_time, (), (), (), (people_))
};

} // namespace koc
