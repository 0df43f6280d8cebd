// SPDX-License-Identifier: BSL-1.0
#pragma once

// The concepts of matching: a population of candidates, gates that admit or stop, scorers that
// prefer. A gate never prefers and a scorer never filters, so that "why not her?" and "why her?"
// each have one place that answers.

#include <koc/number/score.hpp>
#include <koc/search/explanation.hpp>
#include <koc/tag/concepts.hpp>
#include <koc/tag/search_index.hpp>

#include <concepts>
#include <string>
#include <type_traits>

namespace koc {

/// A tagged population whose members can be looked at one by one.
///
/// Requirements, where `p` is const:
///   1. `p` is a `tagged_population`.
///   2. `p.id_at(slot)` is the member's id, an `id<...>`, and differs between live slots.
///   3. `p[slot]` is a view or reference of the member, for scorers and gates.
///
/// Models: `registry`. Smallest model: `archetypes::crowd`.
template <typename P>
concept population = tagged_population<P> && requires(P const& p, slot s) {
    requires is_id<std::remove_cvref_t<decltype(p.id_at(s))>>;
    p[s];
};

/// A population that keeps a `search_index`, which additive scores are read off.
///
/// Requirements, where `p` is const:
///   1. `p.index()` is the index that answers `tag_word`, `live_word` and `value`.
///   2. Optional: `p.least_id(b)` is an id that no member of the slots 512 * b to 512 * b + 511 is
///      below; where ids rise with slots, equal scores are then not looked for in vain.
///   3. Optional: `p.expect(slot)` has the member fetched from memory before they are looked at.
///
/// Models: `registry`.
template <typename P>
concept indexed_population = population<P> && requires(P const& p) {
    { p.index() } -> std::same_as<search_index const&>;
};

template <population P>
using candidate_of = decltype(std::declval<P const&>()[slot{}]);

template <population P>
using id_of = std::remove_cvref_t<decltype(std::declval<P const&>().id_at(slot{}))>;

/// Prefers one candidate over another for a task; a higher score is a better fit.
///
/// Requirements, where `s` is a const scorer, `t` a task and `c` a candidate:
///   1. `s.rate(t, c)` returns a `score`.
///   2. `s.explain(t, c)` returns an `explanation` whose amounts add up to `s.rate(t, c)`.
///   3. Pure: equal arguments give equal answers.                    [law, koc/testing/scorer.hpp]
///
/// Models: `weighted`, `total`, `capped`, `floored`, `product`. Smallest model:
/// `archetypes::scorer`.
template <typename S, typename Task, typename Candidate>
concept scorer_for = std::copyable<S> && requires(S const& s, Task const& t, Candidate const& c) {
    { s.rate(t, c) } -> std::same_as<score>;
    { s.explain(t, c) } -> std::same_as<explanation>;
};

/// A scorer that can bound 64 neighbours at once, which lets a search skip them unread.
///
/// Requirements, beside `scorer_for` the candidates of `P`, where `w` is the index of a word of
/// slots:
///   1. `s.bound(t, p, w)` returns a `score` that no member of word `w` exceeds.   [law,
///   koc/testing/scorer.hpp]
template <typename S, typename Task, typename P>
concept bounded_scorer_for = scorer_for<S, Task, candidate_of<P>> &&
    requires(S const& s, Task const& t, P const& p, std::size_t w) {
    { s.bound(t, p, w) } -> std::same_as<score>;
};

/// Stops candidates for reasons that are not tags or columns: no attention left, already asked,
/// barred.
///
/// Requirements, where `g` is a const gate:
///   1. `g.admits(t, c)` returns whether the candidate may be considered.
///   2. `g.refusal(t, c)` returns the reason as a sentence, for a candidate that is not admitted.
template <typename G, typename Task, typename Candidate>
concept gate_for = requires(G const& g, Task const& t, Candidate const& c) {
    { g.admits(t, c) } -> std::same_as<bool>;
    { g.refusal(t, c) } -> std::same_as<std::string>;
};

/// Admits everybody.
struct open_gate {
    static constexpr bool admits(auto const&, auto const&) { return true; }
    static std::string refusal(auto const&, auto const&) { return {}; }
};

} // namespace koc
