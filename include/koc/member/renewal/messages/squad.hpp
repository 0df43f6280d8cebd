// SPDX-License-Identifier: BSL-1.0
#pragma once

// Messages of squads: groups of members for one kind of work, such as content, community, product
// tests or offline events.

#include <koc/core/id.hpp>
#include <koc/member/member.hpp>
#include <koc/tag/tag_set.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace koc {

struct squad_kind {
    static constexpr char const* noun = "squad";
    using record = struct squad_record;
};
using squad_id = id<squad_kind>;

/// Forms a squad. Its members carry its tag, so a task asks for them by a requirement.
struct form_squad {
    squad_id squad;
    std::string name;       ///< one line
    tag_id tag;             ///< of no other squad
    std::int64_t seats = 1; ///< from 1 to 100,000
};
BOOST_DESCRIBE_STRUCT(form_squad, (), (squad, name, tag, seats))
/// Members may join a squad.
struct squad_formed {
    squad_id squad;
    std::string name;
    tag_id tag;
    std::int64_t seats = 1; ///< from 1 to 100,000
};
BOOST_DESCRIBE_STRUCT(squad_formed, (), (squad, name, tag, seats))

/// A member in service joins a squad; they may be in several.
struct join_squad {
    squad_id squad;
    member_id member;
};
BOOST_DESCRIBE_STRUCT(join_squad, (), (squad, member))
/// A member is in a squad and carries its tag.
struct squad_joined {
    squad_id squad;
    member_id member;
};
BOOST_DESCRIBE_STRUCT(squad_joined, (), (squad, member))

/// A member leaves a squad.
struct leave_squad {
    squad_id squad;
    member_id member;
};
BOOST_DESCRIBE_STRUCT(leave_squad, (), (squad, member))
/// A member left a squad, by themselves or because they left service. Who led it leads no more.
struct squad_left {
    squad_id squad;
    member_id member;
};
BOOST_DESCRIBE_STRUCT(squad_left, (), (squad, member))

/// A member of a squad leads it, instead of whoever did.
struct appoint_lead {
    squad_id squad;
    member_id member;
};
BOOST_DESCRIBE_STRUCT(appoint_lead, (), (squad, member))
/// A member leads a squad, instead of whoever did.
struct lead_appointed {
    squad_id squad;
    member_id member;
};
BOOST_DESCRIBE_STRUCT(lead_appointed, (), (squad, member))

/// A squad and who leads it.
struct squad_record {
    squad_id id;
    std::string name;
    tag_id tag;
    std::int64_t seats = 1;        ///< from 1 to 100,000
    std::optional<member_id> lead; ///< none before the first, or after they left
};
BOOST_DESCRIBE_STRUCT(squad_record, (), (id, name, tag, seats, lead))

/// A squad and who is in it, ascending.
struct squad_roll {
    squad_record squad;
    std::vector<member_id> members; ///< ascending
};
BOOST_DESCRIBE_STRUCT(squad_roll, (), (squad, members))

/// All squads, by id. O(squads and their members).
struct list_squads {
    using answer = std::vector<squad_roll>;
};
BOOST_DESCRIBE_STRUCT(list_squads, (), ())

} // namespace koc
