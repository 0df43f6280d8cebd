// SPDX-License-Identifier: BSL-1.0
#pragma once

// The accounts of one person, for reading what they did together. Records are found by id, so that
// a programme without merges has none and pays nothing.

#include <koc/core/error.hpp>
#include <koc/member/member.hpp>
#include <koc/member/messages/merging.hpp>

#include <string>

namespace koc::detail {

/// Who a member is: themself, or the one into whom they were merged. O(1).
template <typename World>
[[nodiscard]] member_id kept_for(World const& in, member_id who) {
    auto const* merge = in.template find_record<merge_record>(who.value());
    return merge == nullptr ? who : merge->kept;
}

/// Calls `visit(account)` for a member and then for each who was merged into them, ascending.
template <typename World, typename Visit>
void each_account(World const& in, member_id who, Visit&& visit) {
    visit(who);
    if (auto const* more = in.template find_record<merged_accounts>(who.value())) {
        for (auto account : more->merged) {
            visit(account);
        }
    }
}

/// The objection of an aspect to a merge: the account still has `what`, which is ended so.
[[nodiscard]] inline error still_open(
    member_id who, std::string const& what, std::string const& so) {
    return {errc::wrong_state, subject("member", who),
        "expected an account with nothing open, but " + what + "; " + so};
}

} // namespace koc::detail
