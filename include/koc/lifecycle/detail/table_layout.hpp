// SPDX-License-Identifier: BSL-1.0
#pragma once

// From types to arrays: what each part of a transition table says, and all of it laid out so that a
// step finds its rows by index.

#include <koc/describe/described_enum.hpp>
#include <koc/lifecycle/concepts.hpp>
#include <koc/lifecycle/detail/mistake_sentences.hpp>
#include <koc/lifecycle/first_mistake.hpp>
#include <koc/lifecycle/fwd.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <type_traits>

namespace koc {

namespace detail {

/// The byte of a stage or an event.
template <typename Enum>
constexpr unsigned char byte_of(Enum value) {
    return static_cast<unsigned char>(value);
}

/// The number of bytes from 0 to the largest of some.
constexpr std::size_t count_to(std::initializer_list<unsigned char> bytes) {
    std::size_t count = 0;
    for (auto byte : bytes) {
        count = byte >= count ? std::size_t{byte} + 1 : count;
    }
    return count;
}

/// Numbers guards by type, so that they can be compared as data. Not by address: with its
/// sanitizers on, g++ 12 takes no comparison of addresses for a constant.
template <typename... Guards>
struct guard_list {
    template <typename Guard>
    static consteval part_facts numbered(part_facts facts) {
        int number = 1;
        bool found = false;
        ((found = found || std::is_same_v<Guard, Guards>, number += found ? 0 : 1), ...);
        facts.guard = static_cast<std::uint16_t>(std::is_same_v<Guard, unguarded> ? 0 : number);
        return facts;
    }
};

template <typename Guard>
inline constexpr std::string_view guard_name{};
template <guard Guard>
inline constexpr std::string_view guard_name<Guard> = Guard::name;

template <typename Context>
using test = bool (*)(Context const&);

template <typename Context>
constexpr bool always(Context const&) {
    return true;
}

/// A guard as a function.
template <typename Guard, typename Context>
constexpr test<Context> test_of() {
    if constexpr (std::is_same_v<Guard, unguarded>) {
        return &always<Context>;
    } else if constexpr (guard_takes<Guard, Context>::value) {
        return [](Context const& context) { return static_cast<bool>(Guard{}(context)); };
    } else {
        return nullptr;
    }
}

/// What each kind of part contributes; see transition_table for the names.
template <typename Part>
struct part {
    static_assert(never_type<Part>,
        "koc: a transition table is made of koc::initial, koc::row, "
        "koc::resting and koc::only_entry; see docs/lifecycle.md");
};

struct unconditional_part {
    using guard_type = unguarded;
    static constexpr std::size_t rows = 0;
};

template <auto Stage>
struct part<initial<Stage>> : unconditional_part {
    static constexpr part_facts facts{part_kind::initial, byte_of(Stage)};

    template <typename Stages, typename>
    static constexpr bool fits = stage_fits<Stages, Stage>::value;
};

template <auto Stage>
struct part<resting<Stage>> : unconditional_part {
    static constexpr part_facts facts{part_kind::resting, byte_of(Stage)};

    template <typename Stages, typename>
    static constexpr bool fits = stage_fits<Stages, Stage>::value;
};

template <auto Stage, auto Event>
struct part<only_entry<Stage, Event>> : unconditional_part {
    static constexpr part_facts facts{part_kind::only_entry, byte_of(Stage), byte_of(Event)};

    template <typename Stages, typename Events>
    static constexpr bool fits =
        std::conjunction_v<stage_fits<Stages, Stage>, event_fits<Events, Event>>;
};

template <auto From, auto Event, auto To, typename Guard>
struct part<row<From, Event, To, Guard>> {
    using guard_type = Guard;
    static constexpr std::size_t rows = 1;
    static constexpr part_facts facts{
        part_kind::row, byte_of(From), byte_of(Event), byte_of(To), 0, guard_name<Guard>};

    template <typename Stages, typename Events>
    static constexpr bool fits = std::conjunction_v<stage_fits<Stages, From>,
        event_fits<Events, Event>, stage_fits<Stages, To>, guard_fits<Guard>>;
};

/// The first row says which enums the table speaks.
template <typename... Parts>
struct enums_of {
    static_assert(never_type<Parts...>,
        "koc: a transition table has at least one koc::row; see docs/lifecycle.md");
};
template <typename Head, typename... Tail>
struct enums_of<Head, Tail...> : enums_of<Tail...> {};
template <auto From, auto Event, auto To, typename Guard, typename... Tail>
struct enums_of<row<From, Event, To, Guard>, Tail...> {
    using stage_type = decltype(From);
    using event_type = decltype(Event);
};

/// The bytes of all enumerators.
template <described_enum Enum>
inline constexpr auto bytes_of = []<template <typename...> typename List, typename... Each>(
                                     List<Each...>) {
    return std::array<unsigned char, sizeof...(Each)>{byte_of(Each::value)...};
}(boost::describe::describe_enumerators<Enum>{});

/// A stretch of an array.
struct run {
    std::uint16_t first = 0;
    std::uint16_t count = 0;
};

/// The table as arrays. Rows are numbered from 1 in the order they are written.
template <typename Stage, typename Event, std::size_t Rows, std::size_t Stages, std::size_t Events>
struct layout {
    std::array<transition<Stage, Event>, Rows> rows{};
    std::array<std::uint16_t, Rows> parts{};            ///< which part of the table a row is
    std::array<std::uint16_t, Rows> next{};             ///< the row that is tried after it, or 0
    std::array<std::string_view, Rows> guards{};        ///< those of a stage and event lie together
    std::array<Event, Rows> events{};                   ///< those that a stage accepts lie together
    std::array<run, Stages * Events> cells{};           ///< into guards
    std::array<std::uint16_t, Stages * Events> first{}; ///< the row that is tried first, or 0
    std::array<run, Stages> accepted{};                 ///< into events

    template <std::size_t Parts>
    constexpr explicit layout(std::array<part_facts, Parts> const& all) {
        std::array<std::uint16_t, Rows> order{}; // rows by stage and event, stably
        std::size_t known = 0;
        for (std::size_t i = 0; i < all.size(); ++i) {
            auto const& part = all[i];
            if (part.kind != part_kind::row) {
                continue;
            }
            rows[known] = {static_cast<Stage>(part.from), static_cast<Event>(part.event),
                static_cast<Stage>(part.to), part.guard_name};
            parts[known] = static_cast<std::uint16_t>(i);
            std::size_t at = known;
            for (; at > 0 && cell(all[parts[order[at - 1]]]) > cell(part); --at) {
                order[at] = order[at - 1];
            }
            order[at] = static_cast<std::uint16_t>(known++);
        }
        std::uint16_t event_count = 0;
        for (std::uint16_t at = 0; at < Rows; ++at) {
            auto const number = static_cast<std::uint16_t>(order[at] + 1);
            auto const& part = all[parts[order[at]]];
            guards[at] = part.guard_name;
            auto& here = cells[cell(part)];
            if (here.count++ != 0) {
                next[order[at - 1U]] = number;
                continue;
            }
            here.first = at;
            first[cell(part)] = number;
            auto& known_to_stage = accepted[part.from];
            if (known_to_stage.count++ == 0) {
                known_to_stage.first = event_count;
            }
            events[event_count++] = static_cast<Event>(part.event);
        }
    }

    static constexpr std::size_t cell(part_facts const& row) {
        return row.from * Events + row.event;
    }
};

} // namespace detail

} // namespace koc
