// SPDX-License-Identifier: BSL-1.0
#pragma once

// What may plug into a lifecycle, and what a lifecycle offers. A guard judges one context and keeps
// nothing; a table answers questions about stages and keeps nothing either: the stage is the
// caller's byte.

#include <koc/describe/described_enum.hpp>
#include <koc/lifecycle/fwd.hpp>

#include <concepts>
#include <span> // std::begin, without the streams that <iterator> brings
#include <string_view>
#include <type_traits>

namespace koc {

/// The condition of a row, as a type without state.
///
/// Requirements:
///   1. `G` is empty and default-constructible.
///   2. `G::name` is a `std::string_view` that completes the sentence "expected that ... holds".
///
/// Models: `unguarded`.
template <typename G>
concept guard = std::is_empty_v<G> && std::default_initializable<G> && requires {
    { G::name } -> std::convertible_to<std::string_view>;
};

/// A guard that can judge a `Context`.
///
/// Requirements, where `g` is a const guard and `c` a const context:
///   1. `g(c)` converts to `bool`.
///   2. Pure: equal contexts get equal answers.   [law, not checked]
template <typename G, typename Context>
concept guard_for = guard<G> && requires(G const& g, Context const& c) {
    { g(c) } -> std::convertible_to<bool>;
};

/// A set of stages with an initial one, and the events that lead from stage to stage.
///
/// Requirements, where `s` is a stage and `e` an event:
///   1. `stage_type` and `event_type` are described enums of one byte.
///   2. `T::initial` is a stage, and `T::rows` a range of `transition`s as they are tried.
///   3. `T::allows(s, e)`, `T::accepts(s, s)` and `T::rests(s)` return `bool`.
///   4. `T::accepted(s)` is a range of events: those with `allows(s, e)`.
///   5. Every stage is reachable from `initial`, and has an exit or rests.
///
/// Models: `transition_table`, which checks 5 when it is compiled.
template <typename T>
concept transition_table_like = described_enum<typename T::stage_type> &&
        described_enum<typename T::event_type> && sizeof(typename T::stage_type) == 1 &&
    sizeof(typename T::event_type) == 1 &&
    requires(typename T::stage_type s, typename T::event_type e) {
    { T::initial } -> std::convertible_to<typename T::stage_type>;
    std::begin(T::rows);
    { T::allows(s, e) } -> std::same_as<bool>;
    { T::accepts(s, s) } -> std::same_as<bool>;
    { T::rests(s) } -> std::same_as<bool>;
    std::begin(T::accepted(s));
};

/// A table all of whose guards can judge a `Context`, so that `T::step(s, e, c)` compiles.
template <typename T, typename Context>
concept transition_table_for = transition_table_like<T> && T::template understands<Context>;

static_assert(guard_for<unguarded, no_context>);

} // namespace koc
