// SPDX-License-Identifier: BSL-1.0
#pragma once

// Messages of the alumni wall: what members in service see of how alumni are treated.

#include <koc/core/instant.hpp>
#include <koc/member/evolution/messages/evolution.hpp>
#include <koc/member/member.hpp>
#include <koc/task/messages/thanks.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace koc {

/// Records whether a member wants to be on the wall of alumni; without a word they are.
struct choose_wall {
    member_id member;
    bool shown = true;
};
BOOST_DESCRIBE_STRUCT(choose_wall, (), (member, shown))

/// A member chose whether they are on the wall.
struct wall_chosen {
    member_id member;
    bool shown = true;
};
BOOST_DESCRIBE_STRUCT(wall_chosen, (), (member, shown))

/// How one alumnus is treated. What they said in a talk, why they can give less and all notes are
/// left out.
struct alumni_entry {
    member_id member;
    std::vector<role_term> roles;      ///< oldest first; the last is the one they hold
    std::vector<given_thanks> thanks;  ///< oldest first
    std::int64_t invited = 0;          ///< yearly events, since they became one
    std::optional<instant> invited_to; ///< when the event of the newest invitation is

    friend bool operator==(alumni_entry const&, alumni_entry const&) = default;
};
BOOST_DESCRIBE_STRUCT(alumni_entry, (), (member, roles, thanks, invited, invited_to))

/// All alumni who want to be shown, by id. Answered to active and mature members, alumni, operators
/// and the host. O(alumni and what is shown of them).
struct alumni_wall {
    using answer = std::vector<alumni_entry>;
};
BOOST_DESCRIBE_STRUCT(alumni_wall, (), ())

/// Whether a member is on the wall. There is none of who has never been an alumnus or chosen.
struct wall_record {
    member_id id;
    bool alumnus = false; ///< whether they are one now
    bool hidden = false;  ///< by their own choice
};
BOOST_DESCRIBE_STRUCT(wall_record, (), (id, alumnus, hidden))

} // namespace koc
