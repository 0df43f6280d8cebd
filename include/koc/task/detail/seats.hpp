// SPDX-License-Identifier: BSL-1.0
#pragma once

// Seats of resources: which grants take one, which were used, in which order they are served, who
// may have one now, which work shows that one was used, and what that work was like.

#include <koc/core/civil.hpp>
#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/engine/world.hpp>
#include <koc/member/detail/accounts.hpp>
#include <koc/member/member.hpp>
#include <koc/member/roster.hpp>
#include <koc/number/score.hpp>
#include <koc/state/table.hpp>
#include <koc/tag/requirement.hpp>
#include <koc/task/messages/resources.hpp>
#include <koc/task/messages/submission.hpp>
#include <koc/task/review.hpp>
#include <koc/task/task.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace koc::detail {

/// Whether one of these grants was taken away.
template <typename Grants>
bool any_revoked(Grants const& grants) {
    return std::any_of(grants.begin(), grants.end(),
        [](grant_record const& grant) { return grant.stage == grant_stage::revoked; });
}
/// Whether a grant at this stage takes a seat.
inline bool takes_seat(grant_stage s) { return s == grant_stage::held || s == grant_stage::used; }

/// Whether a resource was used by who has, or had, this grant of it.
inline bool was_used(grant_record const& grant) {
    return grant.stage == grant_stage::used || grant.stage == grant_stage::finished ||
        !grant.works.empty();
}

/// Copies of grants in the order of asking.
inline std::vector<grant_record> in_order_of_asking(found_records<grant_record> const& all) {
    std::vector<grant_record> grants(all.begin(), all.end());
    std::sort(grants.begin(), grants.end(),
        [](grant_record const& a, grant_record const& b) { return a.id < b.id; });
    return grants;
}

/// Whether a resource is for a known member now: none, or the part of its audience that they are
/// not of. Refused where the audience cannot be told, as when a tag of it is sensitive by now.
inline result<std::optional<std::string>> missing_for(
    world_view const& in, resource_record const& known, member_id who) {
    auto const audience = tasks::compile(in, known.stocked.audience);
    if (!audience) {
        return audience.error();
    }
    auto const& people = in.aspect<roster>().people();
    auto const failed = audience->first_failure(people, *people.slot_of(who));
    return failed ? std::optional{to_string(*failed)} : std::nullopt;
}

/// The same as a refusal.
inline result<void> check_entitled(
    world_view const& in, resource_record const& known, member_id who) {
    auto const missing = missing_for(in, known, who);
    if (!missing) {
        return missing.error();
    }
    if (!*missing) {
        return {};
    }
    return error{errc::not_qualified, subject("member", who),
        "expected somebody for whom " + subject("resource", known.id) + " is: " + **missing};
}

/// Refuses work that does not show the use of a seat: of somebody else, from before it, or noted
/// for it already.
inline result<void> check_shows_use(
    world_view const& in, grant_record const& grant, submission_id which) {
    auto const name = subject("grant", grant.id);
    auto const* work = in.find(which);
    if (work == nullptr || work->member != grant.member) {
        return error{errc::unknown_id, subject("submission", which),
            "expected work of " + subject("member", grant.member)};
    }
    if (work->submitted_at < *grant.granted_at) {
        return error{errc::wrong_state, subject("submission", which),
            "expected work that was handed in since " + name + " was given, on " +
                to_iso8601(*grant.granted_at) + "; what came before was made without it"};
    }
    if (std::binary_search(grant.works.begin(), grant.works.end(), which)) {
        return error{errc::already_exists, subject("submission", which),
            "expected work that was not noted for " + name + " before"};
    }
    return {};
}

/// The work of who used a seat, by all their accounts, before it was given and with it.
inline resource_effect effect_of(
    world_view const& in, grant_record const& grant, koc::reviews const& judged) {
    resource_effect effect{kept_for(in, grant.member), 0, std::nullopt, 0, std::nullopt};
    std::int64_t before = 0;
    std::int64_t with = 0;
    each_account(in, effect.member, [&](member_id account) {
        for (auto const& work : judged.of(account)) {
            if (!work.assessed()) {
                continue;
            }
            if (std::binary_search(grant.works.begin(), grant.works.end(), work.id)) {
                ++effect.works_with;
                with += work.quality.raw;
            } else if (work.at < *grant.granted_at) {
                ++effect.works_before;
                before += work.quality.raw;
            }
        }
    });
    if (effect.works_before != 0) {
        effect.before = score{before / effect.works_before};
    }
    if (effect.works_with != 0) {
        effect.with = score{with / effect.works_with};
    }
    return effect;
}

} // namespace koc::detail
