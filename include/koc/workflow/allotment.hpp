// SPDX-License-Identifier: BSL-1.0
#pragma once

// An amount that is divided among several uses, such as the hours of a week among desks, and that
// can be shifted towards one of them without its sum changing.

#include <koc/core/contract.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

namespace koc {

/// The amounts after `more` was taken from all uses but `to`, from each in proportion to what it
/// has, and given to `to`. Whole units; what rounding leaves is taken from those with the largest
/// remainders, ties from the first (the largest remainder method). No amount falls below 0, so at
/// most all that the others have is taken. The sum is the same, and below 2^31. O(n log n).
inline std::vector<std::int64_t> shifted(
    std::span<std::int64_t const> amounts, std::size_t to, std::int64_t more) {
    KOC_EXPECTS(to < amounts.size());
    KOC_EXPECTS(std::all_of(amounts.begin(), amounts.end(), [](auto a) { return a >= 0; }));
    std::vector<std::int64_t> made(amounts.begin(), amounts.end());
    auto const sum = std::accumulate(amounts.begin(), amounts.end(), std::int64_t{0});
    KOC_EXPECTS(sum < std::int64_t{1} << 31U);
    auto const others = sum - amounts[to];
    more = (std::clamp)(more, std::int64_t{0}, others);
    if (more == 0) {
        return made;
    }
    auto left = more;
    std::vector<std::pair<std::int64_t, std::size_t>> rests; // the largest first
    for (std::size_t i = 0; i < amounts.size(); ++i) {
        if (i == to) {
            continue;
        }
        auto const exact = amounts[i] * more;
        made[i] -= exact / others;
        left -= exact / others;
        rests.emplace_back(-(exact % others), i);
    }
    std::sort(rests.begin(), rests.end());
    for (std::size_t i = 0; left > 0; ++i, --left) {
        --made[rests[i].second];
    }
    made[to] += more;
    return made;
}

} // namespace koc
