// SPDX-License-Identifier: BSL-1.0
#pragma once

// Whether somebody, or a piece of theirs, is held back by a doubt of its authenticity, and what
// counts then. It is computed when it is asked for and changes no sum, so that all counts as before
// when a doubt is dismissed. `in` finds records: a world, or an engine.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/describe/described_enum.hpp>
#include <koc/member/detail/accounts.hpp>
#include <koc/member/discovery/messages/authenticity.hpp>
#include <koc/member/discovery/messages/discovery.hpp>
#include <koc/member/member.hpp>
#include <koc/number/decayed_sum.hpp>
#include <koc/search/explanation.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

namespace koc::detail {

/// The doubt that holds a person back as a whole, by any of their accounts, or null.
template <typename World>
holding_doubt const* held_back(World const& in, member_id who) {
    holding_doubt const* found = nullptr;
    each_account(in, who, [&](member_id account) {
        auto const* held = in.template find_record<held_back_record>(account.value());
        if (found != nullptr || held == nullptr) {
            return;
        }
        auto const one = std::find_if(held->doubts.begin(), held->doubts.end(),
            [](holding_doubt const& doubt) { return !doubt.content.valid(); });
        found = one == held->doubts.end() ? nullptr : &*one;
    });
    return found;
}
/// Whether a piece of content is held back by itself, by the number of its signal.
template <typename World>
bool content_held(World const& in, std::uint64_t number) {
    return in.template find_record<held_content_record>(number) != nullptr;
}

/// Somebody's evidence, which may be null, without the pieces that are held back: itself, or what
/// of it is `left`. O(1) of who is not in doubt.
template <typename World>
evidence_record const& counted(
    evidence_record const* known, half_life const& fade, World const& in, evidence_record& left) {
    if (known == nullptr) {
        return left;
    }
    auto const* held = in.template find_record<held_back_record>(known->id.value());
    if (held == nullptr) {
        return *known;
    }
    left = *known;
    for (auto const& doubt : held->doubts) {
        if (auto const* piece = in.template find_record<seen_signal>(doubt.content.value())) {
            --left.contents;
            left.depth -= piece->depth;
            left.originality -= piece->originality;
            left.open_lately.take(fade, piece->at, piece->depth + piece->originality);
        }
    }
    return left;
}

/// Each doubt that keeps something of somebody's from counting, as a reason of nothing, such as
/// `in doubt: copied_content`.
template <typename World>
std::vector<reason> told_doubts(World const& in, member_id who) {
    std::vector<reason> found;
    each_account(in, who, [&](member_id account) {
        if (auto const* held = in.template find_record<held_back_record>(account.value())) {
            for (auto const& doubt : held->doubts) {
                found.push_back({std::string{doubt.confirmed ? "excluded: " : "in doubt: "} +
                        std::string{name_of(doubt.kind)},
                    {}, {}});
            }
        }
    });
    return found;
}

/// Refuses who is held back.
template <typename World>
result<void> check_not_held(World const& in, member_id who) {
    auto const* doubt = held_back(in, who);
    if (doubt == nullptr) {
        return {};
    }
    return error{errc::not_qualified, subject("member", who),
        std::string{doubt->confirmed ? "is excluded" : "is in doubt"} + " (" +
            std::string{name_of(doubt->kind)} + ", " + subject("doubt", doubt->doubt) + "); " +
            (doubt->confirmed ? "wait until that ends" : "settle it first")};
}

} // namespace koc::detail
