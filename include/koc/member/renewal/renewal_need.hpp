// SPDX-License-Identifier: BSL-1.0
#pragma once

// The arithmetic of renewal, apart from the engine so that it can be tried on simulated
// populations: who belongs to which cohort, how many newcomers a pyramid needs by when, and how
// many hours of a week finding them takes.

#include <koc/core/instant.hpp>
#include <koc/member/messages/stage.hpp>
#include <koc/member/renewal/messages/renewal.hpp>
#include <koc/number/score.hpp>
#include <koc/workflow/allotment.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace koc {

/// The cohort of somebody in service; nothing for who is not, or who has been budding for longer
/// than the young are. `mature_since` is set where they are mature. O(1).
constexpr std::optional<cohort> cohort_of(stage at, instant enrolled_at,
    std::optional<instant> mature_since, instant now, renewal_rules const& rules) {
    auto const is_new = now - enrolled_at < rules.young_until;
    switch (at) {
    case stage::budding:
        return is_new ? std::optional{cohort::young} : std::nullopt;
    case stage::active:
        return is_new ? cohort::young : cohort::middle;
    case stage::mature:
        return mature_since && now - *mature_since >= rules.senior_after ? cohort::senior
                                                                         : cohort::middle;
    case stage::evolving:
    case stage::alumni:
        break;
    }
    return std::nullopt;
}

/// The share of a cohort in a pyramid, rounded down; 0 in an empty one.
constexpr score share_of(std::int64_t part, cohort_counts const& all) {
    auto const sum = all.senior + all.middle + all.young;
    return sum == 0 ? score{} : ratio(part, sum);
}

/// How many leave within a span if each month is like the median one of `months`, which stands for
/// `months.size()` months of 30 days: a single bad month does not foretell another. Reorders them.
inline std::int64_t expected_departures(std::vector<std::int64_t> months, duration within) {
    if (months.empty()) {
        return 0;
    }
    auto const middle = months.begin() + static_cast<std::ptrdiff_t>(months.size() / 2);
    std::nth_element(months.begin(), middle, months.end());
    return *middle * within.ms / days(30).ms;
}

/// How many more young members a pyramid needs, where they are fewer than the least, so that their
/// alarm is cleared. O(1).
constexpr std::int64_t young_missing(cohort_counts const& counts, renewal_rules const& rules) {
    if (share_of(counts.young, counts) >= rules.young_least) {
        return 0;
    }
    auto const clear = (std::min)(rules.young_least + rules.clear_margin, whole(1) - score{1}).raw;
    auto const sum = counts.senior + counts.middle + counts.young;
    auto const lacking = clear * sum - counts.young * score::unit;
    return (std::min)((lacking + score::unit - clear - 1) / (score::unit - clear), members_most);
}

/// Completes a pyramid of which counts, `mature`, `tried`, `ripened` and `leaving` are set:
/// `unripe` are those who are not mature and whose time of ripening has not ended. The gap is what
/// the plan wants and expects to lose, less who is mature and who is expected to become so; each
/// newcomer closes `conversion` of one. Where the young are too few, at least those who are missing
/// are needed. O(1).
constexpr void complete(pyramid& found, std::int64_t size, std::int64_t unripe, instant now,
    renewal_rules const& rules) {
    auto const portion = [](score share, std::int64_t of) {
        return share.raw * of / score::unit; // at most 10^6 by 10^9
    };
    found.wanted = portion(rules.mature_share, size);
    auto const ripened =
        found.ripened * score::unit + rules.conversion_prior.raw * rules.prior_members;
    found.conversion = {(std::max)(ripened / (found.tried + rules.prior_members), std::int64_t{1})};
    found.maturing = portion(found.conversion, unripe);
    auto const gap = found.wanted + found.leaving - found.mature - found.maturing;
    found.budding_needed = gap <= 0
        ? 0
        : (std::min)(
              (gap * score::unit + found.conversion.raw - 1) / found.conversion.raw, members_most);
    found.budding_needed = (std::max)(found.budding_needed, young_missing(found.counts, rules));
    found.by = now + (rules.restore_within - rules.ripening);
}

namespace detail {

inline std::array<std::int64_t, 4> as_list(desk_hours const& h) {
    return {h.sourcing, h.relationship, h.planning, h.coordination};
}
inline desk_hours as_hours(std::vector<std::int64_t> const& list) {
    return {list[0], list[1], list[2], list[3]};
}

} // namespace detail

/// The hours of a week by which as many newcomers are found as are needed in time: what finding one
/// took lately, `found` newcomers within `lately`, whole days, at the hours of `now_hours`, says
/// how many hours sourcing takes. They are taken from the other desks of a plan, at most the share
/// that the rules allow. O(1).
inline desk_hours hours_anew(pyramid const& needs, desk_hours const& planned,
    desk_hours const& now_hours, std::int64_t found, duration lately, instant now,
    renewal_rules const& rules) {
    auto const others = planned.relationship + planned.planning + planned.coordination;
    auto const most = rules.shift_most.raw * others / score::unit;
    auto more = std::int64_t{0};
    if (needs.budding_needed > 0) {
        auto const left = (std::max)(needs.by - now, days(1)).ms / days(1).ms;
        auto const pace = found * left;
        auto const effort = (std::max)(now_hours.sourcing, std::int64_t{1}) * needs.budding_needed *
            (lately.ms / days(1).ms);
        auto const enough = pace == 0 ? planned.sourcing + most : (effort + pace - 1) / pace;
        more = (std::clamp)(enough - planned.sourcing, std::int64_t{0}, most);
    }
    return detail::as_hours(shifted(detail::as_list(planned), 0, more));
}

/// The same of a plan that stays, whose hours are `now_hours`: they are given back when they are no
/// longer needed, and changes of less than a twentieth of what sourcing has are left alone. O(1).
inline desk_hours hours_for(pyramid const& needs, desk_hours const& planned,
    desk_hours const& now_hours, std::int64_t found, duration lately, instant now,
    renewal_rules const& rules) {
    auto const wanted = hours_anew(needs, planned, now_hours, found, lately, now, rules);
    auto const change = wanted.sourcing > now_hours.sourcing ? wanted.sourcing - now_hours.sourcing
                                                             : now_hours.sourcing - wanted.sourcing;
    return wanted.sourcing != planned.sourcing && change * 20 < now_hours.sourcing ? now_hours
                                                                                   : wanted;
}

} // namespace koc
