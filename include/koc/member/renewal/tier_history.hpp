// SPDX-License-Identifier: BSL-1.0
#pragma once

// The arithmetic of tiers, apart from the engine: what a period counts for, the tier that a stage
// and a level make, and the level that a history of periods leads to under any rules, so that it
// can be computed anew when they change.

#include <koc/member/messages/stage.hpp>
#include <koc/member/renewal/messages/tier.hpp>
#include <koc/number/score.hpp>
#include <koc/workflow/ladder.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace koc {

/// What the sessions of a period count for, by their length. O(1).
constexpr score shared_by(period_work const& done, tier_rules const& rules) {
    return (std::min)(rules.shared_hour * ratio(done.minutes, 60), rules.shared_max);
}
/// What a period counts for. O(1).
constexpr score contributed_by(period_work const& done, tier_rules const& rules) {
    return done.work + shared_by(done, rules);
}

/// The tier of a stage that is assessed, with a level of contribution; a level that the rules do
/// not have counts as their highest. O(1).
inline tier tier_at(stage at, std::int64_t level, tier_rules const& rules) {
    if (at == stage::budding) {
        return tier::base;
    }
    auto const& by_level = at == stage::mature ? rules.mature : rules.active;
    return by_level[(std::min)(static_cast<std::size_t>(level), by_level.size() - 1)];
}

/// Adds a period behind those that are there.
inline void add_period(
    std::vector<worked_periods>& past, std::int64_t period, period_work const& done) {
    if (!past.empty()) {
        auto& last = past.back();
        if (last.each == done && last.first + last.periods == period) {
            ++last.periods;
            return;
        }
    }
    past.push_back({period, 1, done});
}

/// The rules by which a period was reviewed; `otherwise` where none are known of it. O(log of how
/// often they changed).
inline tier_rules const& rules_of_period(
    std::vector<tier_rules_since> const& all, std::int64_t period, tier_rules const& otherwise) {
    auto const behind = std::upper_bound(all.begin(), all.end(), period,
        [](std::int64_t wanted, tier_rules_since const& one) { return wanted < one.period; });
    return behind == all.begin() ? otherwise : (behind - 1)->rules;
}

/// Where periods lead on the ladder from its foot; `rules_of(period)` gives the rules by which one
/// counts. O(periods).
template <typename RulesOf>
[[nodiscard]] ladder_state level_after(
    std::vector<worked_periods> const& past, RulesOf const& rules_of) {
    ladder_state at;
    for (auto const& running : past) {
        for (auto period = running.first; period < running.first + running.periods; ++period) {
            tier_rules const& rules = rules_of(period);
            at = after_period(at, contributed_by(running.each, rules), rules.contribution);
        }
    }
    return at;
}

} // namespace koc
