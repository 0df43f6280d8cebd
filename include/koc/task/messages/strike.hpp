// SPDX-License-Identifier: BSL-1.0
#pragma once

// Messages of strikes: what members promised and neither kept nor gave back, such as work that they
// accepted, a place at an event, or a session.

#include <koc/core/error.hpp>
#include <koc/core/id.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/personal_text.hpp>
#include <koc/core/result.hpp>
#include <koc/member/member.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace koc {

/// When strikes stop pushes.
struct strike_rules {
    std::int64_t strikes_max = 3; ///< so many within the window, and nobody pushes to them
    std::int64_t at_risk_at = 2;  ///< so many, and they are in the report; at most `strikes_max`
    duration window = days(90);   ///< how long a strike counts
};
BOOST_DESCRIBE_STRUCT(strike_rules, (), (strikes_max, at_risk_at, window))

inline result<void> check(strike_rules const& rules) {
    if (rules.at_risk_at < 1 || rules.at_risk_at > rules.strikes_max ||
        rules.window <= duration{}) {
        return error{errc::invalid_argument, "strike_rules",
            "expected at_risk_at from 1 to strikes_max, and a window above 0"};
    }
    return {};
}

struct strike_kind {
    static constexpr char const* noun = "strike";
    using record = struct strike_record;
};
using strike_id = id<strike_kind>;

/// What was promised and not kept.
enum class strike_cause : std::uint8_t {
    lease,      ///< of accepted work nothing came, and the seat was not given back
    seat,       ///< a place at an event or with a car was neither used nor given back
    attendance, ///< they did not come to a session to which they had said they would
    session,    ///< they did not hold a session that they had promised
    appearance, ///< they did not speak at an appearance
};
BOOST_DESCRIBE_ENUM(strike_cause, lease, seat, attendance, session, appearance)

/// A member has a strike for what they promised and did not keep.
struct strike_given {
    strike_id strike;
    member_id member;
    strike_cause cause{};
    std::uint64_t about = 0; ///< the number of the offer, grant, session or appearance
};
BOOST_DESCRIBE_STRUCT(strike_given, (), (strike, member, cause, about))

/// Lets a strike count no more. By an operator or the host; no member forgives.
struct forgive_strike {
    strike_id strike;
    personal_text reason; ///< the member's; not empty
};
BOOST_DESCRIBE_STRUCT(forgive_strike, (), (strike, reason))

/// A strike counts no more, for a reason.
struct strike_forgiven {
    strike_id strike;
    member_id member;
    personal_text reason;
};
BOOST_DESCRIBE_STRUCT(strike_forgiven, (), (strike, member, reason))

/// One strike.
struct strike_record {
    strike_id id;
    member_id member;
    strike_cause cause{};
    std::uint64_t about = 0; ///< the number of the offer, grant, session or appearance
    instant at;              ///< when it was given
    bool forgiven = false;   ///< it counts no more
};
BOOST_DESCRIBE_STRUCT(strike_record, (), (id, member, cause, about, at, forgiven))

/// How a member stands.
struct strike_report {
    member_id member;
    std::int64_t counted = 0;             ///< not forgiven, and within the window
    bool at_risk = false;                 ///< whether the next one may stop pushes
    std::optional<instant> stopped_until; ///< pushes stop until then, where they do
    std::vector<strike_record> strikes;   ///< all of them, the earliest first
};
BOOST_DESCRIBE_STRUCT(strike_report, (), (member, counted, at_risk, stopped_until, strikes))

/// Asks how one member stands. Members may ask for themselves alone.
struct list_strikes {
    member_id member;
    using answer = strike_report;
};
BOOST_DESCRIBE_STRUCT(list_strikes, (), (member))

/// Asks who is at risk, those with most strikes first, and by id among equals. For operators.
struct list_at_risk {
    using answer = std::vector<strike_report>;
};
BOOST_DESCRIBE_STRUCT(list_at_risk, (), ())

} // namespace koc
