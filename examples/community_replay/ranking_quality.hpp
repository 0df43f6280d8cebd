// SPDX-License-Identifier: BSL-1.0
#pragma once

// How good a ranking is, given who then did well: the usual four measures, averaged over queries.
// This is measurement, not decision, so it may use floating point.

#include <koc/member/member.hpp>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <vector>

namespace replay {

/// Who answered well, and how well: gains of 1 and more.
using gains = std::map<koc::member_id, int>;

/// Sums over queries; each measure is from 0 to 1.
struct ranking_quality {
    std::size_t queries = 0;
    std::size_t candidates = 0;
    double reciprocal_rank = 0;
    double first_is_good = 0;
    double found_in_five = 0;
    double discounted_gain = 0;

    /// `ranked` is the full ranking, best first; every member of `good` is in it.
    void add(std::vector<koc::member_id> const& ranked, gains const& good) {
        constexpr std::size_t depth = 10;
        auto const discount = [](std::size_t rank) {
            return std::log2(static_cast<double>(rank) + 2);
        };
        std::size_t first = ranked.size();
        double gained = 0;
        std::size_t in_five = 0;
        for (std::size_t rank = 0; rank < ranked.size(); ++rank) {
            auto const it = good.find(ranked[rank]);
            if (it == good.end()) {
                continue;
            }
            first = std::min(first, rank);
            in_five += rank < 5 ? 1 : 0;
            gained += rank < depth ? (std::exp2(it->second) - 1) / discount(rank) : 0;
        }
        std::vector<int> best;
        for (auto const& [who, gain] : good) {
            best.push_back(gain);
        }
        std::sort(best.begin(), best.end(), std::greater{});
        double ideal = 0;
        for (std::size_t rank = 0; rank < std::min(depth, best.size()); ++rank) {
            ideal += (std::exp2(best[rank]) - 1) / discount(rank);
        }
        ++queries;
        candidates += ranked.size();
        reciprocal_rank += 1 / (static_cast<double>(first) + 1);
        first_is_good += first == 0 ? 1 : 0;
        found_in_five += static_cast<double>(in_five) / static_cast<double>(good.size());
        discounted_gain += gained / ideal;
    }
};

} // namespace replay
