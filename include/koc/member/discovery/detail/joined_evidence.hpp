// SPDX-License-Identifier: BSL-1.0
#pragma once

// The evidence of all accounts of one person together. Who has one account is read where it is,
// without a copy.

#include <koc/member/detail/accounts.hpp>
#include <koc/member/discovery/detail/held_back.hpp>
#include <koc/member/discovery/messages/discovery.hpp>
#include <koc/member/member.hpp>
#include <koc/member/messages/merging.hpp>
#include <koc/number/decayed_sum.hpp>

#include <algorithm>
#include <utility>
#include <vector>

namespace koc::detail {

/// What counts of somebody's signals. `find(account)` gives an account's record, or null; what is
/// made of several is kept in `all`.
template <typename World, typename Find>
evidence_record const& evidence_of(
    member_id who, half_life const& fade, World const& in, evidence_record& all, Find const& find) {
    auto const& own = counted(find(who), fade, in, all);
    if (in.template find_record<merged_accounts>(who.value()) == nullptr) {
        return own;
    }
    auto joined = own;
    joined.id = who;
    each_account(in, who, [&](member_id account) {
        if (account == who) {
            return;
        }
        evidence_record left;
        auto const& more = counted(find(account), fade, in, left);
        joined.contents += more.contents;
        joined.depth += more.depth;
        joined.originality += more.originality;
        joined.open_lately.join(more.open_lately);
        joined.contributions += more.contributions;
    });
    all = std::move(joined);
    return all;
}

/// Somebody's days, each once. `find(account)` gives the days of an account.
template <typename World, typename Find>
std::vector<evidence_day> evidence_days(member_id who, World const& in, Find const& find) {
    std::vector<evidence_day> all;
    each_account(in, who, [&](member_id account) {
        for (evidence_day const& day : find(account)) {
            auto const same = account == who
                ? all.end()
                : std::find_if(all.begin(), all.end(),
                      [&](evidence_day const& known) { return known.day == day.day; });
            if (same == all.end()) {
                all.push_back(day);
                continue;
            }
            if (day.feedback != score{}) {
                same->feedback_at = same->feedback == score{}
                    ? day.feedback_at
                    : (std::max)(same->feedback_at, day.feedback_at);
                same->feedback += day.feedback;
            }
            same->interactions += day.interactions;
        }
    });
    return all;
}

} // namespace koc::detail
