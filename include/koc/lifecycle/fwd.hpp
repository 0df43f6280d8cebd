// SPDX-License-Identifier: BSL-1.0
#pragma once

// The parts of a transition table, each an empty type, and a row of it as a value. What they mean
// together is in transition_table.hpp.

#include <koc/describe/described_enum.hpp>

#include <string_view>

namespace koc {

/// The guard of a row that needs none.
struct unguarded {
    static constexpr std::string_view name{};
    constexpr bool operator()(auto const&) const { return true; }
};

/// Where a new machine starts; a table has exactly one.
template <auto Stage>
struct initial;

/// In stage `From`, `Event` leads to stage `To` if `Guard` agrees.
template <auto From, auto Event, auto To, typename Guard = unguarded>
struct row;

/// A stage where a machine may stay for good; only such a stage may be without an exit.
template <auto Stage>
struct resting;

/// `Stage` is entered by `Event` and by no other event, unless another `only_entry` of it says so.
template <auto Stage, auto Event>
struct only_entry;

template <typename... Parts>
class transition_table;

template <described_enum Stage, described_enum Event>
struct step_refusal;

/// One row of a table as a value; `guard` is the guard's name, empty for an unguarded row.
template <typename Stage, typename Event>
struct transition {
    Stage from{};
    Event event{};
    Stage to{};
    std::string_view guard;

    friend constexpr bool operator==(transition const&, transition const&) = default;
};

/// The context of tables whose guards look at nothing.
struct no_context {};

} // namespace koc
