// SPDX-License-Identifier: BSL-1.0
#pragma once

// How often the long tests try their property.

#include <cstdint>
#include <cstdlib>
#include <string>

namespace koc_test {

/// So many of `all` rounds as KOC_TEST_ROUNDS says in percent, at least one; all where it is not
/// set. Under sanitizers a round takes ten times as long and looks for faults that any round of
/// its kind shows, so the presets that have them ask for a share; a preset without them runs all.
inline std::uint64_t rounds(std::uint64_t all) {
    auto const* share = std::getenv("KOC_TEST_ROUNDS");
    auto const some = share == nullptr ? all : all * std::stoull(share) / 100;
    return some == 0 ? 1 : some;
}

} // namespace koc_test
