// SPDX-License-Identifier: BSL-1.0
#pragma once

// Whether anything is measured of a member: alumni are not assessed, by whatever question.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/engine/world.hpp>
#include <koc/member/member.hpp>
#include <koc/member/messages/relationship.hpp>
#include <koc/registry/contribution.hpp>

namespace koc::detail {

constexpr bool is_alumnus(stage at) { return at == stage::alumni; }
inline bool is_assessed(relationship_record const& person) { return !is_alumnus(person.stage); }
/// Behind it is what searches find of somebody only while they are assessed. It moves with the
/// stage, so that what follows from a return finds all of it.
using while_assessed = gate_of<"assessed", &is_assessed>;

/// Whether somebody is an alumnus now. Who is not enrolled is none.
inline bool is_alumnus(world_view const& in, member_id who) {
    auto const* person = in.find_record<relationship_record>(who.value());
    return person != nullptr && is_alumnus(person->stage);
}

/// Refuses to measure alumni.
inline result<void> check_assessed(world_view const& in, member_id who) {
    if (!is_alumnus(in, who)) {
        return {};
    }
    return error{errc::not_qualified, subject("member", who),
        "expected somebody who is assessed, but alumni are not assessed; ask about somebody else"};
}

} // namespace koc::detail
