// SPDX-License-Identifier: BSL-1.0
#pragma once

// Messages of sessions: experienced members share what they know with newcomers, in sessions that
// they promised before or not.

#include <koc/core/id.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/result.hpp>
#include <koc/member/member.hpp>
#include <koc/number/check_number.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace koc {

struct session_kind {
    static constexpr char const* noun = "session";
    using record = struct session_record;
};
using session_id = id<session_kind>;

/// The most minutes of a session: a day.
inline constexpr std::int64_t session_minutes_most = 24 * 60;

/// Plans a session that somebody promises to hold: by them, an employee or the host.
struct plan_session {
    session_id session;
    member_id giver;                  ///< mature, or an honorary adviser
    instant at;                       ///< after now
    duration record_within = days(3); ///< above 0; not recorded by then, it was not held
};
BOOST_DESCRIBE_STRUCT(plan_session, (), (session, giver, at, record_within))

/// Calls a planned session off before it begins.
struct call_off_session {
    session_id session;
};
BOOST_DESCRIBE_STRUCT(call_off_session, (), (session))

/// Records a session that was held, planned or not: who shared, who listened, and who had said they
/// would come and did not.
struct record_session {
    session_id session;
    member_id giver; ///< mature, or an honorary adviser; of a planned one, who promised it
    /// Budding or active, each once; of a planned session, now or when it began.
    std::vector<member_id> attendees;
    std::vector<member_id> no_shows; ///< the same, and none of the attendees
    std::int64_t minutes = 0;        ///< from 1 to `session_minutes_most`
    /// The step of training that it gave, which ends for each who came and has it to do; empty for
    /// none. Only an employee or the host says so, as nobody certifies what they gave.
    std::string teaches = {};
};
BOOST_DESCRIBE_STRUCT(record_session, (), (session, giver, attendees, no_shows, minutes, teaches))

/// Somebody promised to hold a session.
struct session_planned {
    session_id session;
    member_id giver;
    instant at;        ///< when it begins
    instant record_by; ///< not recorded by then, it was not held
};
BOOST_DESCRIBE_STRUCT(session_planned, (), (session, giver, at, record_by))

/// A planned session does not take place, also because its giver is neither mature nor an honorary
/// adviser any more before it begins; nobody has a strike for it.
struct session_called_off {
    session_id session;
};
BOOST_DESCRIBE_STRUCT(session_called_off, (), (session))

/// A planned session was neither called off nor recorded in time.
struct session_missed {
    session_id session;
    member_id giver;
};
BOOST_DESCRIBE_STRUCT(session_missed, (), (session, giver))

/// A session was held; as in `record_session`.
struct session_held {
    session_id session;
    member_id giver;
    std::vector<member_id> attendees;
    std::vector<member_id> no_shows;
    std::int64_t minutes = 0; ///< from 1 to `session_minutes_most`
    std::string teaches;      ///< the step of training that it gave; empty for none
};
BOOST_DESCRIBE_STRUCT(session_held, (), (session, giver, attendees, no_shows, minutes, teaches))
/// What `record_session` lets through.
inline result<void> check(session_held const& event) {
    return check_between("session_held.minutes", event.minutes, 1, session_minutes_most);
}

/// How far a session has come.
enum class session_stage : std::uint8_t {
    planned,    ///< to come, or not recorded yet
    held,       ///< recorded
    called_off, ///< before it began
    missed,     ///< not recorded in time
};
BOOST_DESCRIBE_ENUM(session_stage, planned, held, called_off, missed)

/// A session that was planned or held.
struct session_record {
    session_id id;
    member_id giver;
    instant at;                       ///< planned for, or recorded as held
    std::vector<member_id> attendees; ///< none unless it was held
    std::int64_t minutes = 0;         ///< from 1 to `session_minutes_most`; 0 unless it was held
    session_stage stage{};
};
BOOST_DESCRIBE_STRUCT(session_record, (), (id, giver, at, attendees, minutes, stage))

/// Until when somebody was budding or active, for who was and is no more.
struct newcomer_past {
    member_id id;
    instant until;
};
BOOST_DESCRIBE_STRUCT(newcomer_past, (), (id, until))

/// What a member has given and taken in sessions. There is none before their first one.
struct session_credit {
    member_id id;
    std::int64_t given = 0;            ///< sessions of theirs to which somebody came
    std::int64_t given_minutes = 0;    ///< of these sessions
    std::int64_t attended = 0;         ///< sessions that they came to
    std::int64_t attended_minutes = 0; ///< of these sessions
};
BOOST_DESCRIBE_STRUCT(session_credit, (), (id, given, given_minutes, attended, attended_minutes))

} // namespace koc
