// SPDX-License-Identifier: BSL-1.0
#pragma once

// Many machines, many events, any guards: does what `advance` does, one event after the other, and
// prefetches the machines of later events. Where the guards are data, step_all.hpp does the same
// several times as fast.

#include <koc/core/contract.hpp>
#include <koc/lifecycle/detail/fetch_ahead.hpp>
#include <koc/lifecycle/transition_table.hpp>

#include <cstddef>
#include <cstdint>

namespace koc {

/// What a step reads of an event: whose it is, what it is, and what guards look at.
template <described_enum Event, typename Context = std::uint32_t>
struct arrival {
    std::size_t machine = 0; ///< the index of its stage
    Event event{};
    Context context{};
};

/// Takes a step of `Table` for each event in its order. `machines[i]` is a stage, `events[i]` an
/// event of the host, as in a vector or a span, and `read(event)` its `arrival`, which names a
/// machine that is there. After each event `act(index, row)` is told the number of the row that
/// fired, counted from 1 in the order of `Table::rows`, or 0 when none did and the stage is what it
/// was; as it is called for every event, it is quickest without a branch on the row.
///
/// O(events), nothing is allocated.
template <typename Table, typename Machines, typename Events, typename Read, typename Act>
constexpr void advance_all(Machines&& machines, Events const& events, Read const& read, Act&& act) {
    detail::fetch_ahead(machines, events, read, [&](std::size_t i, auto const& now) {
        KOC_EXPECTS(now.machine < machines.size());
        act(i, Table::advance(machines[now.machine], now.event, now.context));
    });
}

} // namespace koc
