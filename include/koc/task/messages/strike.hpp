// SPDX-License-Identifier: BSL-1.0
#pragma once

// Messages of strikes: accepted work of which nothing came and that nobody gave back.

#include <koc/core/error.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/personal_text.hpp>
#include <koc/core/result.hpp>
#include <koc/member/member.hpp>
#include <koc/task/messages/offer.hpp>
#include <koc/task/messages/task.hpp>

#include <boost/describe/class.hpp>

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

/// A lease ended, nothing was handed in and the seat was not given back.
struct strike_given {
    offer_id offer;
    task_id task;
    member_id member;
};
BOOST_DESCRIBE_STRUCT(strike_given, (), (offer, task, member))

/// Lets a strike count no more. By an operator or the host; no member forgives.
struct forgive_strike {
    offer_id offer;       ///< the one that lapsed
    personal_text reason; ///< the member's; not empty
};
BOOST_DESCRIBE_STRUCT(forgive_strike, (), (offer, reason))

/// A strike counts no more, for a reason.
struct strike_forgiven {
    offer_id offer;
    member_id member;
    personal_text reason;
};
BOOST_DESCRIBE_STRUCT(strike_forgiven, (), (offer, member, reason))

/// One strike.
struct strike {
    offer_id offer;
    task_id task;
    instant at;            ///< when the lease lapsed
    bool forgiven = false; ///< it counts no more
};
BOOST_DESCRIBE_STRUCT(strike, (), (offer, task, at, forgiven))

/// The strikes of a member; there is no record before the first.
struct strikes_record {
    member_id id;
    std::vector<strike> strikes; ///< the earliest first
};
BOOST_DESCRIBE_STRUCT(strikes_record, (), (id, strikes))

/// How a member stands.
struct strike_report {
    member_id member;
    std::int64_t counted = 0;             ///< not forgiven, and within the window
    bool at_risk = false;                 ///< whether the next one may stop pushes
    std::optional<instant> stopped_until; ///< pushes stop until then, where they do
    std::vector<strike> strikes;          ///< all of them, the earliest first
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
