// SPDX-License-Identifier: BSL-1.0
#pragma once

// What a programme has about a member, whole: what it holds now, and what was ever recorded about
// them or done by them. For giving people their own data.

#include <koc/core/result.hpp>
#include <koc/core/try.hpp>
#include <koc/engine/audit.hpp>
#include <koc/engine/engine.hpp>
#include <koc/engine/message.hpp>
#include <koc/member/detail/accounts.hpp>
#include <koc/member/messages/erasure.hpp>

#include <string>
#include <utility>

namespace koc {

/// `{"held":...,"recorded":...}`: the answer to `export_member`, and the events of each account as
/// `recorded_about` gives them. Nothing of others. What was recorded of who is erased has no words
/// any more, and is not given. Refused: as `export_member`, and as `read` of the journal.
/// O(state + events).
[[nodiscard]] inline result<std::string> person_export(
    engine& of, member_id who, asked const& with) {
    auto held = of.ask(export_member{who}, with);
    if (!held) {
        return std::move(held).error();
    }
    auto all = "{\"held\":" + *held + ",\"recorded\":{";
    result<void> done;
    detail::each_account(of, who, [&](member_id account) {
        auto const recorded = done ? recorded_about(of, account) : done.error();
        if (!recorded) {
            done = recorded.error();
            return;
        }
        all += all.back() == '{' ? "\"" : ",\"";
        all += std::to_string(account.value()) + "\":" + *recorded;
    });
    KOC_TRY(std::move(done));
    return all + "}}";
}

} // namespace koc
