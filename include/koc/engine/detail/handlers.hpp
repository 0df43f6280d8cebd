// SPDX-License-Identifier: BSL-1.0
#pragma once

// Which handlers an aspect has, and which it meant to have but wrote in a way that nothing reaches.

#include <koc/core/result.hpp>
#include <koc/engine/consequence.hpp>

#include <concepts>
#include <cstddef>
#include <type_traits>

namespace koc::detail {

// Handlers of the right form.

template <typename A, typename E>
concept applies = requires(A& a, E const& e, typename A::world const& in) {
    a.apply(e, in);
};
template <typename A, typename E>
concept reacts = requires(A const& a, E const& e, typename A::context& in) {
    a.react(e, in);
};
template <typename A, typename E>
concept reviews = requires(A const& a, E const& e, typename A::world const& in) {
    { a.review(e, in) } -> std::same_as<result<void>>;
};
template <typename A, typename C>
concept decides = requires(A const& a, C const& c, typename A::context& in) {
    { a.decide(c, in) } -> std::same_as<result<void>>;
};
template <typename A, typename Q>
concept answers = requires(A const& a, Q const& q, typename A::world const& in) {
    { a.answer(q, in) } -> std::same_as<result<typename Q::answer>>;
};
template <typename A, typename Id>
concept lets_happen = requires(A const& a, Id id, typename A::context& in) {
    { a.due(id, in) } -> std::same_as<void>;
};
template <typename A, typename C>
concept guards = requires(C const* c) {
    A::guards(c);
};
template <typename A, typename E>
concept has_consequences_of = requires(E const* e) {
    A::consequences(e);
};
template <typename List, typename A, typename E>
inline constexpr bool is_list_of = false;
template <typename A, typename E, std::size_t N>
inline constexpr bool is_list_of<consequence_list<A, E, N>, A, E> = true;
template <typename A, typename E>
concept has_consequences_of_another = has_consequences_of<A, E> &&
    !is_list_of<decltype(A::consequences(static_cast<E const*>(nullptr))), A, E>;

// Handlers that are there but cannot be called as they should be: not const, with another second
// argument, or with none.

struct anything {
    template <typename T>
    operator T&() const; // NOLINT: never called
};
template <typename A, typename E>
concept applies_wrongly = !applies<A, E> &&
    (
        requires(A & a, E const& e) { a.apply(e, anything{}); } ||
        requires(A & a, E const& e) { a.apply(e); });
template <typename A, typename E>
concept reacts_wrongly = !reacts<A, E> &&
    (
        requires(A & a, E const& e, typename A::context& in) { a.react(e, in); } ||
        requires(A & a, E const& e) { a.react(e, anything{}); } ||
        requires(A & a, E const& e) { a.react(e); });
template <typename A, typename E>
concept reviews_wrongly = !reviews<A, E> &&
    (
        requires(A & a, E const& e, typename A::world const& in) { a.review(e, in); } ||
        requires(A & a, E const& e) { a.review(e, anything{}); } ||
        requires(A & a, E const& e) { a.review(e); });
template <typename A, typename C>
concept guards_wrongly = !guards<A, C> && requires(A & a, C const* c) {
    a.guards(c);
};
template <typename A, typename E>
concept has_consequences_wrongly = !has_consequences_of<A, E> &&
    (
        requires(A & a, E* e) { a.consequences(e); } ||
        requires(A & a, E const* e) { a.consequences(e); } ||
        requires(A & a, E const& e) { a.consequences(e); });
template <typename A, typename E>
concept handles = applies<A, E> || reacts<A, E> || reviews<A, E> || has_consequences_of<A, E>;
template <typename A, typename E>
concept handles_wrongly = applies_wrongly<A, E> || reacts_wrongly<A, E> || reviews_wrongly<A, E>;

// Whether an aspect has a member of a name, whatever its type and access: with one, the name is
// ambiguous in a class that inherits another. Finds handlers that are private or of nothing listed.

struct named_apply {
    int apply;
};
struct named_react {
    int react;
};
struct named_review {
    int review;
};
struct named_guards {
    int guards;
};
struct named_consequences {
    int consequences;
};
template <typename A, typename Named>
struct beside : A, Named {};
template <typename A, typename Named>
    requires std::is_final_v<A>
struct beside<A, Named> : Named {
};
template <typename A>
inline constexpr bool has_apply = !requires {
    &beside<A, named_apply>::apply;
};
template <typename A>
inline constexpr bool has_react = !requires {
    &beside<A, named_react>::react;
};
template <typename A>
inline constexpr bool has_review = !requires {
    &beside<A, named_review>::review;
};
template <typename A>
inline constexpr bool has_guards = !requires {
    &beside<A, named_guards>::guards;
};
template <typename A>
inline constexpr bool has_consequences = !requires {
    &beside<A, named_consequences>::consequences;
};
/// Whether an aspect may have a handler of a name; of a final one it is not known.
template <typename A, bool Has>
inline constexpr bool may_have = Has || std::is_final_v<A>;

} // namespace koc::detail
