// SPDX-License-Identifier: BSL-1.0
#pragma once

// Messages of sessions: experienced members share what they know with newcomers.

#include <koc/core/id.hpp>
#include <koc/core/instant.hpp>
#include <koc/member/member.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
#include <vector>

namespace koc {

struct session_kind {
    static constexpr char const* noun = "session";
    using record = struct session_record;
};
using session_id = id<session_kind>;

/// Records a session that was held: who shared, who listened, and who had said they would come and
/// did not.
struct record_session {
    session_id session;
    member_id giver;                  ///< mature, or an honorary adviser
    std::vector<member_id> attendees; ///< budding or active, each once
    std::vector<member_id> no_shows;  ///< budding or active, each once, and none of the attendees
    std::int64_t minutes = 0;         ///< from 1 to 1,440
};
BOOST_DESCRIBE_STRUCT(record_session, (), (session, giver, attendees, no_shows, minutes))

/// A session was held; as in `record_session`.
struct session_held {
    session_id session;
    member_id giver;
    std::vector<member_id> attendees;
    std::vector<member_id> no_shows;
    std::int64_t minutes = 0; ///< from 1 to 1,440
};
BOOST_DESCRIBE_STRUCT(session_held, (), (session, giver, attendees, no_shows, minutes))

/// A session that was held.
struct session_record {
    session_id id;
    member_id giver;
    instant at; ///< when it was recorded
    std::vector<member_id> attendees;
    std::int64_t minutes = 0; ///< from 1 to 1,440
};
BOOST_DESCRIBE_STRUCT(session_record, (), (id, giver, at, attendees, minutes))

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
