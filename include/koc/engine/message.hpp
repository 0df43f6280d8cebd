// SPDX-License-Identifier: BSL-1.0
#pragma once

// Commands and questions without their types: what the engine must know of a message, as one constant a type. Messages
// are plain described structs; commands are named as imperatives, events in the past tense.

#include <koc/core/instant.hpp>
#include <koc/core/type_key.hpp>
#include <koc/describe/shape.hpp>
#include <koc/journal/actor.hpp>
#include <koc/journal/event.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace koc {

/// What is known of a type of commands.
struct command_type {
    type_key of;
    std::string_view name;
    shape const* form;
    std::shared_ptr<void const> (*copy)(void const* command);
};

/// What is known of a type of queries.
struct query_type {
    type_key of;
    std::string_view name;
    shape const* form;
};

namespace detail {

template <typename C>
std::shared_ptr<void const> copy_message(void const* message) {
    return std::make_shared<C const>(*static_cast<C const*>(message));
}

} // namespace detail

template <typename C>
inline constexpr command_type command_type_of{key_of<C>, type_name<C>(), &shape_of<C>, &detail::copy_message<C>};
template <typename Q>
inline constexpr query_type query_type_of{key_of<Q>, type_name<Q>(), &shape_of<Q>};

/// What comes with a command or query: when it was asked, by whom, and a request id for commands that may be sent
/// again.
struct asked {
    instant now;
    actor by{};
    std::string request{};       ///< empty for none
    bool far_ahead = false;      ///< accept an instant further ahead of the last event than `clock_rules` allows
};

/// The answer to an accepted command: which events it became.
struct receipt {
    std::uint64_t first = 0; ///< the position of its first event
    std::uint64_t count = 0; ///< 0 when there was nothing to do
    bool repeated = false;   ///< the request had been answered before; this is the first answer

    friend bool operator==(receipt const&, receipt const&) = default;
};

/// Asked of every aspect that reviews it before a command is decided: may this actor do this?
struct command_asked {
    std::string_view command; ///< its name
    void const* value;        ///< the command itself, of the type `of`
    type_key of;
};

} // namespace koc
