// SPDX-License-Identifier: BSL-1.0
#pragma once

// The guards by which a member sends a command about a record of theirs, where the record may be of
// an account that was merged into them: whose it is is then the one they were merged into. What a
// command names itself is never a merged account (member/merging.hpp).

#include <koc/engine/guard_kinds.hpp>
#include <koc/engine/world.hpp>
#include <koc/member/detail/accounts.hpp>
#include <koc/member/member.hpp>

#include <optional>

namespace koc::detail {

template <auto Member, auto Field>
struct person_in : owner_in<Member, Field> {
    static std::optional<member_id> find(void const* command, world_view const& in) {
        auto const account = owner_in<Member, Field>::find(command, in);
        return account ? std::optional{kept_for(in, *account)} : std::nullopt;
    }
};

/// `by_member` of whose account the record is.
template <auto Member, auto Field>
inline constexpr auto
    by_person = guard_of<record_of_member<Member>, owner_guard<person_in<Member, Field>, true>>();

/// `in_person` of whose account the record is.
template <auto Member, auto Field>
inline constexpr auto by_person_alone =
    guard_of<record_of_member<Member>, owner_guard<person_in<Member, Field>, false>>();

} // namespace koc::detail
