// SPDX-License-Identifier: BSL-1.0
#pragma once

// Messages of members' own time: where their clocks stand, and in which hours nobody asks them.

#include <koc/core/daily_hours.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/result.hpp>
#include <koc/core/try.hpp>
#include <koc/core/zone.hpp>
#include <koc/member/member.hpp>

#include <boost/describe/class.hpp>

#include <optional>

namespace koc {

/// Quiet hours of whoever has set none. There are none by default, as they mean nothing before the
/// programme has said where its clocks stand (`calendar_rules::zone`).
struct own_time_rules {
    daily_hours quiet; ///< on the clocks of each member
};
BOOST_DESCRIBE_STRUCT(own_time_rules, (), (quiet))

inline result<void> check(own_time_rules const& rules) { return check(rules.quiet); }

/// Sets both at once; what is left out is the programme's again. By the member, or by an operator
/// or the host for them.
struct set_own_time {
    member_id member;
    std::optional<zone_rules> zone;   ///< the programme's where it is left out
    std::optional<daily_hours> quiet; ///< the programme's where left out; equal times for none
};
BOOST_DESCRIBE_STRUCT(set_own_time, (), (member, zone, quiet))

/// A member's clocks and quiet hours from now on.
struct own_time_set {
    member_id member;
    std::optional<zone_rules> zone;   ///< none for that of the programme
    std::optional<daily_hours> quiet; ///< none for those of the programme
};
BOOST_DESCRIBE_STRUCT(own_time_set, (), (member, zone, quiet))
/// What `set_own_time` lets through.
inline result<void> check(own_time_set const& event) {
    KOC_TRY(event.zone ? check(*event.zone) : result<void>{});
    return event.quiet ? check(*event.quiet) : result<void>{};
}

/// What a member has set; there is none of who never set anything.
struct own_time_record {
    member_id id;
    std::optional<zone_rules> zone;   ///< none for that of the programme
    std::optional<daily_hours> quiet; ///< none for those of the programme
};
BOOST_DESCRIBE_STRUCT(own_time_record, (), (id, zone, quiet))

/// What the clocks of a member show.
struct own_time_view {
    instant wall;         ///< their wall time now, see koc/core/zone.hpp
    zone_rules zone;      ///< theirs, or the programme's
    daily_hours quiet;    ///< theirs, or the programme's
    instant may_be_asked; ///< now, or when their quiet hours end
};
BOOST_DESCRIBE_STRUCT(own_time_view, (), (wall, zone, quiet, may_be_asked))

/// Asks what the clocks of a member show.
struct tell_own_time {
    member_id member;
    using answer = own_time_view;
};
BOOST_DESCRIBE_STRUCT(tell_own_time, (), (member))

} // namespace koc
