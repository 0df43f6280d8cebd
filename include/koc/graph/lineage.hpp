// SPDX-License-Identifier: BSL-1.0
#pragma once

// A relation read as descent: from whom somebody comes, and who came of them. Upwards it is one
// chain, because each has one source; downwards it spreads by generations.

#include <koc/core/arrival_map.hpp>
#include <koc/core/contract.hpp>
#include <koc/graph/relation.hpp>

#include <algorithm>
#include <utility>
#include <vector>

namespace koc {

/// The source of `of`, the source of that, and so on up to the first of the line; empty for one
/// without a source. The relation is acyclic and allows one source a target. O(length).
template <typename Id>
std::vector<Id> ancestors(relation<Id> const& among, Id of) {
    KOC_EXPECTS(among.rules().acyclic && among.rules().sources_max == 1);
    std::vector<Id> chain;
    for (auto above = among.sources(of); !above.empty(); above = among.sources(chain.back())) {
        chain.push_back(above.front());
    }
    return chain;
}

/// Those that come of `of`, by generations: its targets first, then theirs, and so on. Each
/// generation is sorted by id; whoever is reached by ways of different lengths stands in the
/// nearest. `of` itself is left out, even where a cycle leads back. O(n log n) for n links below
/// `of`.
template <typename Id>
std::vector<std::vector<Id>> descendants(relation<Id> const& among, Id of) {
    std::vector<std::vector<Id>> generations;
    arrival_map<Id, bool> seen;
    seen[of] = true;
    std::vector<Id> parents{of};
    while (!parents.empty()) {
        std::vector<Id> children;
        for (auto const parent : parents) {
            for (auto const child : among.targets(parent)) {
                if (seen.try_emplace(child, true).second) {
                    children.push_back(child);
                }
            }
        }
        if (!children.empty()) {
            std::sort(children.begin(), children.end());
            generations.push_back(children);
        }
        parents = std::move(children);
    }
    return generations;
}

} // namespace koc
