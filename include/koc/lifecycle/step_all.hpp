// SPDX-License-Identifier: BSL-1.0
#pragma once

// Many machines, many events, guards that are data: steps without unpredictable branches,
// prefetching the machines of later events. Does what advance_all does, several times as fast.

#include <koc/core/contract.hpp>
#include <koc/lifecycle/advance_all.hpp>
#include <koc/lifecycle/detail/fetch_ahead.hpp>
#include <koc/lifecycle/detail/number_table.hpp>
#include <koc/lifecycle/transition_table.hpp>

#include <cstddef>
#include <cstdint>

namespace koc {

/// As `advance_all`, for a table whose guards derive from `tested` and of which those of one stage
/// and event exclude each other; an unguarded row after them takes what they leave. The context of
/// an arrival is the number that the guards look at.
template <typename Table, typename Machines, typename Events, typename Read, typename Act>
constexpr void step_all(Machines&& machines, Events const& events, Read const& read, Act&& act) {
    using ready = detail::number_table<Table>;
    using arrived = arrival<typename Table::event_type>;
    detail::fetch_ahead(machines, events, read, [&](std::size_t i, arrived const& now) {
        KOC_EXPECTS(now.machine < machines.size());
        auto& stage = machines[now.machine];
        std::size_t const from = detail::byte_of(stage);
        std::size_t const event = detail::byte_of(now.event);
        unsigned fired = 0;
        if (from < ready::stages && event < ready::events) {
            auto const at = from * ready::columns + ready::column(event, now.context);
            fired = ready::then.row[at];
            stage = static_cast<typename Table::stage_type>(ready::then.to[at]);
        }
        act(i, fired);
    });
}

} // namespace koc
