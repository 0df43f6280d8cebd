// SPDX-License-Identifier: BSL-1.0
#pragma once

// Consequences: what follows from an event, as data. One table is executed by the engine and
// written on the page of rules, so what members read is what happens. What cannot be said in such
// rows is written in `react`.

#include <koc/engine/fwd.hpp>

#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>

namespace koc {

/// One thing that follows from an event, without the types of the event and of the aspect.
struct consequence_row {
    std::string (*condition)(); ///< such as `passed`
    bool (*holds)(void const* event, command_context& in);
    std::string_view what;    ///< such as `the base reward is granted`
    std::string (*details)(); ///< what else the page says of it; null for nothing
    void (*act)(void const* self, void const* event, command_context& in);
};

/// One thing that follows from events of type `E`.
template <typename E>
struct event_consequence : consequence_row {};

/// What follows from one type of events, in this order.
template <std::size_t N>
struct consequence_list {
    consequence_row rows[N];
};

/// Lists what follows from one type of events.
template <typename E, std::same_as<event_consequence<E>>... Rest>
constexpr consequence_list<1 + sizeof...(Rest)> in_order(event_consequence<E> first, Rest... rest) {
    return {{first, rest...}};
}

} // namespace koc
