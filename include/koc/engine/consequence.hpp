// SPDX-License-Identifier: BSL-1.0
#pragma once

// Consequences: what follows from an event, as data. One table is executed by the engine and
// written on the page of rules: the conditions and their order on the page are those that are
// executed, and the words for what is done are the aspect's. An event whose consequences cannot be
// said in rows goes to `react`, of which the page says only that it is there.

#include <koc/engine/fwd.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>

namespace koc {

/// One thing that follows from an event, without the types of the event and of the aspect.
struct consequence_row {
    std::string (*condition)(); ///< such as `passed`
    /// Whether the condition holds of the event; may refuse the command.
    bool (*holds)(void const* event, command_context& in);
    std::string_view what;    ///< such as `the base reward is granted`
    std::string (*details)(); ///< further words for the page; null for none
    void (*act)(void const* self, void const* event, command_context& in);
};

/// What an aspect `A` does on events of type `E`.
template <typename A, typename E>
struct event_consequence : consequence_row {};

/// All that an aspect does on one type of events, in this order.
template <typename A, typename E, std::size_t N>
struct consequence_list {
    consequence_row rows[N];
};

/// Lists what an aspect does on one type of events. Rows are executed in this order, each on the
/// state that the rows before it left; O(rows), without allocating.
template <typename A, typename E, typename... Rest>
constexpr consequence_list<A, E, 1 + sizeof...(Rest)> in_order(
    event_consequence<A, E> first, Rest... rest) {
    static_assert((std::is_same_v<Rest, event_consequence<A, E>> && ...),
        "koc: all consequences in one list are of one event and one aspect; see "
        "docs/engine.md#consequences");
    return {{first, rest...}};
}

} // namespace koc
