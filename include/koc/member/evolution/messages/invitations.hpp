// SPDX-License-Identifier: BSL-1.0
#pragma once

// Messages of invitations: yearly events of the brand and who is invited to them.

#include <koc/core/error.hpp>
#include <koc/core/id.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/result.hpp>
#include <koc/member/member.hpp>
#include <koc/member/messages/stage.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace koc {

struct yearly_event_kind {
    static constexpr char const* noun = "yearly event";
    using record = struct yearly_event_record;
};
using yearly_event_id = id<yearly_event_kind>;

struct invitation_kind {
    static constexpr char const* noun = "invitation";
    using record = struct invitation_record;
};
using invitation_id = id<invitation_kind>;

/// Plans an event that takes place at this instant and on the same date every year after.
struct plan_yearly_event {
    yearly_event_id event;
    std::string name; ///< one line
    instant at;       ///< the first time; after now
};
BOOST_DESCRIBE_STRUCT(plan_yearly_event, (), (event, name, at))

/// Ends the series: nobody is invited to it any more.
struct end_yearly_event {
    yearly_event_id event;
};
BOOST_DESCRIBE_STRUCT(end_yearly_event, (), (event))

/// Records whether a member comes; they may change their mind until the event begins. Nothing
/// follows from no answer.
struct answer_invitation {
    invitation_id invitation;
    bool comes = false; ///< whether they come
};
BOOST_DESCRIBE_STRUCT(answer_invitation, (), (invitation, comes))

/// A yearly event has a first date.
struct yearly_event_planned {
    yearly_event_id event;
    std::string name;
    instant at; ///< the first time
};
BOOST_DESCRIBE_STRUCT(yearly_event_planned, (), (event, name, at))

/// A series of yearly events is over.
struct yearly_event_ended {
    yearly_event_id event;
};
BOOST_DESCRIBE_STRUCT(yearly_event_ended, (), (event))

/// The invitations to an event of this year are out; the next one is at `next`.
struct invitations_sent {
    yearly_event_id event;
    instant at;               ///< when the event is
    std::int64_t invited = 0; ///< how many members
    instant next;             ///< when the next one is
};
BOOST_DESCRIBE_STRUCT(invitations_sent, (), (event, at, invited, next))

/// A member is invited to the event at that instant.
struct member_invited {
    invitation_id invitation;
    yearly_event_id event;
    member_id member;
    instant at; ///< when the event is
};
BOOST_DESCRIBE_STRUCT(member_invited, (), (invitation, event, member, at))

/// An invitation waits until the quiet hours of who is invited end; then `member_invited` follows.
struct invitation_deferred {
    invitation_id invitation;
    yearly_event_id event;
    member_id member;
    instant at;    ///< when the event is
    instant until; ///< when it goes out; before the event
};
BOOST_DESCRIBE_STRUCT(invitation_deferred, (), (invitation, event, member, at, until))

/// A member said whether they come; the newest answer counts.
struct invitation_answered {
    invitation_id invitation;
    bool comes = false;
};
BOOST_DESCRIBE_STRUCT(invitation_answered, (), (invitation, comes))

/// A yearly event and its next date.
struct yearly_event_record {
    yearly_event_id id;
    std::string name;
    instant at;                       ///< the next one to which nobody has been invited yet
    bool ended = false;               ///< whether the series is over
    std::optional<instant> sent = {}; ///< the newest one to which guests were invited
};
BOOST_DESCRIBE_STRUCT(yearly_event_record, (), (id, name, at, ended, sent))

/// One member's invitation to one year's event.
struct invitation_record {
    invitation_id id;
    yearly_event_id event;
    member_id member;
    instant at;                ///< when the event is
    std::optional<bool> comes; ///< none before an answer
    bool deferred = false;     ///< waits for the end of their quiet hours
};
BOOST_DESCRIBE_STRUCT(invitation_record, (), (id, event, member, at, comes, deferred))

/// A member as a guest. There is none of who has never been mature or an alumnus.
struct guest_record {
    member_id id;
    koc::stage stage{};
    std::int64_t invited = 0;      ///< how often
    std::optional<instant> newest; ///< when the event of the newest invitation is
    std::int64_t as_alumnus = 0;   ///< how often since they became alumni the last time
};
BOOST_DESCRIBE_STRUCT(guest_record, (), (id, stage, invited, newest, as_alumnus))

/// When invitations go out.
struct invitation_rules {
    duration ahead = days(60); ///< how long before an event its invitations go out
};
BOOST_DESCRIBE_STRUCT(invitation_rules, (), (ahead))

inline result<void> check(invitation_rules const& rules) {
    if (rules.ahead <= duration{} || rules.ahead > days(300)) {
        return error{errc::invalid_argument, "invitation_rules.ahead",
            "expected a span above 0 and of at most 300 days"};
    }
    return {};
}

} // namespace koc
