// SPDX-License-Identifier: BSL-1.0
#pragma once

// Walks events in their order and prefetches the machines of later ones.

#include <cstddef>
#include <type_traits>

namespace koc {

namespace detail {

/// Calls `step(i, read(events[i]))` for each event.
template <typename Machines, typename Events, typename Read, typename Step>
constexpr void fetch_ahead(
    Machines& machines, Events const& events, Read const& read, Step const& step) {
    constexpr std::size_t ahead = 64; // the time of these is what a look into memory takes
    auto const fetched = events.size() < ahead ? 0 : events.size() - ahead;
    for (std::size_t i = 0; i < fetched; ++i) {
        if (!std::is_constant_evaluated()) {
            __builtin_prefetch(&machines[read(events[i + ahead]).machine], 1);
        }
        step(i, read(events[i]));
    }
    for (auto i = fetched; i < events.size(); ++i) {
        step(i, read(events[i]));
    }
}

} // namespace detail

} // namespace koc
