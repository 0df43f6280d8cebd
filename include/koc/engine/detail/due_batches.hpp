// SPDX-License-Identifier: BSL-1.0
#pragma once

// What is due becomes batches of events, one for each entry of an agenda.

#include <koc/core/instant.hpp>
#include <koc/core/result.hpp>
#include <koc/engine/detail/core.hpp>
#include <koc/engine/detail/refusing_misfits.hpp>
#include <koc/engine/world.hpp>
#include <koc/journal/envelope.hpp>

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace koc::detail {

/// Events of time that are appended at once.
inline constexpr std::size_t due_events_max = 4096;

/// Applies what is due until an instant, up to a number of events. `last` is the instant of the
/// last event. Refused where the first entry cannot happen; a later one is left for the next call.
inline result<void> collect_due(
    core& state, instant until, writer_id writer, instant& last, std::vector<batch>& passed) {
    for (std::size_t count = 0; count < due_events_max;) {
        auto const due = state.next_due(until);
        if (!due) {
            break;
        }
        batch made{{(std::max)(last, due->item.at), {}, {actor_kind::time, 0}, writer, {}}, {}};
        command_context in{state, made.at, made.by, made.events, true};
        auto happened = refusing_misfits([&] { return state.let_happen(in, *due); });
        if (!happened) {
            return passed.empty() ? happened : result<void>{};
        }
        last = made.at;
        count += made.events.size();
        passed.push_back(std::move(made));
    }
    return {};
}

} // namespace koc::detail
