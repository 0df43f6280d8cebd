// SPDX-License-Identifier: BSL-1.0
#pragma once

// Which of the two ways to the best assignment is taken. Both come to the same total and prices.

#include <koc/assign/detail/assignment_rows.hpp>
#include <koc/assign/detail/network_simplex.hpp>
#include <koc/assign/detail/shortest_augmenting_paths.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace koc::detail {

/// Whether a large problem asks for so many people that augmenting paths run long: for more than
/// seven of ten slots. Measured in docs/benchmarks.md. O(pairs).
template <typename Fit>
bool people_are_scarce(assignment_rows<Fit> const& rows) {
    constexpr std::size_t large = 4'096; ///< pairs; below, both ways take no time
    auto const arcs = rows.arcs.size() + 2 * rows.need.size() + rows.capacity.size();
    if (rows.arcs.size() < large || arcs > network_simplex<Fit>::arcs_max) {
        return false;
    }
    std::vector<std::int32_t> listed(rows.capacity.size());
    for (auto const& each : rows.arcs) {
        ++listed[each.person];
    }
    std::int64_t offered = 0;
    for (std::size_t p = 0; p < listed.size(); ++p) {
        offered += (std::min)(listed[p], rows.capacity[p]);
    }
    std::int64_t places = 0;
    for (std::size_t t = 0; t < rows.need.size(); ++t) {
        auto const listed_for = static_cast<std::int64_t>(rows.begin[t + 1] - rows.begin[t]);
        places += (std::min)(std::int64_t{rows.need[t]}, listed_for);
    }
    return 10 * places > 7 * offered;
}

template <typename Fit>
assignment_choice best_choice(assignment_rows<Fit> const& rows) {
    return people_are_scarce(rows) ? network_simplex{rows}.solve()
                                   : shortest_augmenting_paths{rows}.solve();
}

} // namespace koc::detail
