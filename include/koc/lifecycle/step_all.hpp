// SPDX-License-Identifier: BSL-1.0
#pragma once

// Many machines, many events. A table whose guards are data steps without a branch that chance
// decides, and the machines of the next events are fetched while it works on these. It does what
// `advance` does, one event after the other, several times as fast.

#include <koc/core/contract.hpp>
#include <koc/lifecycle/detail/number_table.hpp>
#include <koc/lifecycle/transition_table.hpp>

#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace koc {

/// What a step reads of an event: whose it is, what it is, and the number that guards look at.
template <described_enum Event>
struct arrival {
    std::size_t machine = 0; ///< the index of its stage
    Event event{};
    std::uint32_t number = 0;
};

/// Takes a step of `Table` for each event in its order. `machines[i]` is a stage, `events[i]` an
/// event of the host, as in a vector or a span, and `read(event)` its `arrival`, which names a
/// machine that is there. After each event
/// `act(index, row)` is told the number of the row that fired, counted from 1 in the order of
/// `Table::rows`, or 0 when none did and the stage is what it was; as it is called for every event,
/// it is quickest without a branch on the row.
///
/// The guards derive from `tested`, and those of one stage and event exclude each other; an
/// unguarded row after them takes what they leave. O(events), nothing is allocated.
template <typename Table, typename Machines, typename Events, typename Read, typename Act>
constexpr void step_all(Machines&& machines, Events const& events, Read const& read, Act&& act) {
    using ready = detail::number_table<Table>;
    using stage_type = typename Table::stage_type;
    constexpr std::size_t ahead = 64; // the time of these is what a look into memory takes

    auto const step = [&](std::size_t i) {
        arrival<typename Table::event_type> const now = read(events[i]);
        KOC_EXPECTS(now.machine < machines.size());
        auto& stage = machines[now.machine];
        std::size_t const from = detail::byte_of(stage);
        std::size_t const event = detail::byte_of(now.event);
        unsigned fired = 0;
        if (from < ready::stages && event < ready::events) {
            auto const at = from * ready::columns + ready::column(event, now.number);
            fired = ready::then.row[at];
            stage = static_cast<stage_type>(ready::then.to[at]);
        }
        act(i, fired);
    };
    auto const fetched = events.size() < ahead ? 0 : events.size() - ahead;
    for (std::size_t i = 0; i < fetched; ++i) {
        if (!std::is_constant_evaluated()) {
            __builtin_prefetch(&machines[read(events[i + ahead]).machine], 1);
        }
        step(i);
    }
    for (auto i = fetched; i < events.size(); ++i) {
        step(i);
    }
}

} // namespace koc
