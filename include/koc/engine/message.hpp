// SPDX-License-Identifier: BSL-1.0
#pragma once

// Commands and questions without their types: what the engine must know of a message, as one
// constant a type. Messages are plain described structs; commands are named as imperatives, events
// in the past tense.

#include <koc/core/instant.hpp>
#include <koc/core/type_key.hpp>
#include <koc/describe/message.hpp>
#include <koc/describe/shape.hpp>
#include <koc/journal/actor.hpp>
#include <koc/journal/event.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace koc {

/// What is known of a type of commands.
struct command_type : message_type {
    void* (*copy)(void const* command); ///< to be destroyed by `destroy`
};

/// What is known of a type of queries.
struct query_type : message_type {
    shape const* answer_form;
    /// Calls `use(with, answer)` with an answer made from nothing.
    void (*with_answer)(void (*use)(void* with, void* answer), void* with);
};

namespace detail {

template <typename C>
void* copy_message(void const* message) {
    return new C(*static_cast<C const*>(message));
}

template <typename A>
void with_answer(void (*use)(void* with, void* answer), void* with) {
    A answer{};
    use(with, &answer);
}

} // namespace detail

template <typename C>
inline constexpr command_type command_type_of{message_type_of<C>, &detail::copy_message<C>};
template <typename Q>
inline constexpr query_type query_type_of{message_type_of<Q>, &shape_of<typename Q::answer>,
    &detail::with_answer<typename Q::answer>};

/// What comes with a command or query: when it was asked, by whom, and a request id for commands
/// that may be sent again.
struct asked {
    instant now;
    actor by{};
    std::string request{}; ///< empty for none
    bool far_ahead =
        false; ///< accept an instant further ahead of the last event than `clock_rules` allows
};

/// The answer to an accepted command: which events it became.
struct receipt {
    std::uint64_t first = 0; ///< the position of its first event
    std::uint64_t count = 0; ///< 0 when there was nothing to do
    bool repeated = false;   ///< the request had been answered before; this is the first answer

    friend bool operator==(receipt const&, receipt const&) = default;
};

/// Asked of every aspect that reviews it before a command is decided: may this actor do this? Not
/// asked where time is the actor.
struct command_asked {
    std::string_view command; ///< its name
    void const* value;        ///< the command itself, of the type `of`
    type_key of;
    shape const* form;   ///< of the command
    bool called = false; ///< by another command or a reaction, not by the actor

    /// The command, where it is of this type; otherwise null.
    template <typename Command>
    [[nodiscard]] Command const* get_if() const {
        return of == key_of<Command> ? static_cast<Command const*>(value) : nullptr;
    }
};

/// Asked of every aspect that reviews it before a query is answered, and before those that review
/// the query itself: may this actor ask this?
struct query_asked {
    std::string_view query; ///< its name
    void const* value;      ///< the query itself, of the type `of`
    type_key of;
    shape const* form; ///< of the query
};

} // namespace koc
