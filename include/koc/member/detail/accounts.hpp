// SPDX-License-Identifier: BSL-1.0
#pragma once

// The accounts of one person, for reading what they did together. Records are found by id, so that
// a programme without merges has none and pays nothing.

#include <koc/core/civil.hpp>
#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/engine/world.hpp>
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

/// The objection of an aspect to closing an account, which still has `what`, which is ended so.
[[nodiscard]] inline error still_open(
    member_id who, std::string const& what, std::string const& so) {
    return {errc::wrong_state, subject("member", who),
        "expected an account with nothing open, but " + what + "; " + so};
}

/// Refused while an agenda has something of an account. O(all entries, and their records).
[[nodiscard]] inline result<void> check_nothing_pending(world_view const& in, member_id who) {
    if (auto const open = in.pending(who)) {
        return still_open(who,
            std::string{open->noun} + ' ' + std::to_string(open->id) + " is, until " +
                to_iso8601(open->at),
            "end it first, or wait until then");
    }
    return {};
}

} // namespace koc::detail
