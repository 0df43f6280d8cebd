// SPDX-License-Identifier: BSL-1.0
#pragma once

// What the compiler prints for each mistake of a transition table. A sentence stands in a template
// whose argument is the culprit, so that every compiler shows the culprit's name beside it.

#include <koc/lifecycle/concepts.hpp>
#include <koc/lifecycle/first_mistake.hpp>

#include <type_traits>

namespace koc {

namespace detail {
template <auto...>
inline constexpr bool never = false;
template <typename...>
inline constexpr bool never_type = false;
} // namespace detail

template <typename Stage>
struct initial_stage_is_missing {
    static_assert(detail::never_type<Stage>,
        "koc: a transition table names its initial stage once, as koc::initial<stage>; "
        "see docs/lifecycle.md");
};

template <auto Stage>
struct initial_stage_is_declared_twice {
    static_assert(detail::never<Stage>,
        "koc: a transition table has one initial stage, and here is a second; "
        "see docs/lifecycle.md");
};

template <auto Stage, auto Event>
struct row_is_written_twice {
    static_assert(detail::never<Stage>,
        "koc: two rows of a transition table have the same stage, event and guard; "
        "see docs/lifecycle.md");
};

template <auto Stage, auto Event>
struct row_is_never_tried {
    static_assert(detail::never<Stage>,
        "koc: a row stands after an unguarded row of the same stage and event, so it is "
        "never tried; see docs/lifecycle.md");
};

template <auto Stage>
struct resting_stage_is_not_in_the_table {
    static_assert(detail::never<Stage>,
        "koc: a resting stage appears in no row of its table; see docs/lifecycle.md");
};

template <auto Stage>
struct stage_is_unreachable {
    static_assert(detail::never<Stage>,
        "koc: a stage cannot be reached from the initial stage; see docs/lifecycle.md");
};

template <auto Stage>
struct stage_has_no_exit {
    static_assert(detail::never<Stage>,
        "koc: a stage has no exit and is not declared koc::resting; "
        "see docs/lifecycle.md");
};

template <auto Stage, auto Event>
struct only_entry_is_bypassed {
    static_assert(detail::never<Stage>,
        "koc: a stage with a koc::only_entry is entered by another event; "
        "see docs/lifecycle.md");
};

template <auto Stage>
struct only_entry_at_the_start {
    static_assert(detail::never<Stage>,
        "koc: a stage with a koc::only_entry is the initial stage, which is entered by no "
        "event; see docs/lifecycle.md");
};

template <auto Stage>
struct stage_is_of_another_enum {
    static_assert(detail::never<Stage>,
        "koc: all stages of a transition table are of one enum; see docs/lifecycle.md");
};

template <auto Event>
struct event_is_of_another_enum {
    static_assert(detail::never<Event>,
        "koc: all events of a transition table are of one enum; see docs/lifecycle.md");
};

template <typename Guard>
struct guard_is_malformed {
    static_assert(detail::never_type<Guard>,
        "koc: a guard must model koc::guard: an empty type with a name; "
        "see docs/lifecycle.md");
};

template <typename Guard, typename Context>
struct guard_cannot_take {
    static_assert(detail::never_type<Guard>,
        "koc: a guard must model koc::guard_for the context of the step: callable with "
        "it as const&, giving bool; see docs/lifecycle.md");
};

namespace detail {

/// The sentence of what was found, if anything was. Bases, because a compiler that fails in a base
/// says so once, where one that fails in a function goes on to complain of the function.
template <table_mistake Mistake, auto Stage, auto Event>
struct sentence {};
template <auto Stage, auto Event>
struct sentence<table_mistake::initial_missing, Stage, Event>
    : initial_stage_is_missing<decltype(Stage)> {};
template <auto Stage, auto Event>
struct sentence<table_mistake::initial_twice, Stage, Event>
    : initial_stage_is_declared_twice<Stage> {};
template <auto Stage, auto Event>
struct sentence<table_mistake::row_twice, Stage, Event> : row_is_written_twice<Stage, Event> {};
template <auto Stage, auto Event>
struct sentence<table_mistake::row_never_tried, Stage, Event> : row_is_never_tried<Stage, Event> {};
template <auto Stage, auto Event>
struct sentence<table_mistake::resting_unknown, Stage, Event>
    : resting_stage_is_not_in_the_table<Stage> {};
template <auto Stage, auto Event>
struct sentence<table_mistake::stage_unreachable, Stage, Event> : stage_is_unreachable<Stage> {};
template <auto Stage, auto Event>
struct sentence<table_mistake::stage_without_exit, Stage, Event> : stage_has_no_exit<Stage> {};
template <auto Stage, auto Event>
struct sentence<table_mistake::only_entry_at_start, Stage, Event> : only_entry_at_the_start<Stage> {
};
template <auto Stage, auto Event>
struct sentence<table_mistake::only_entry_bypassed, Stage, Event>
    : only_entry_is_bypassed<Stage, Event> {};

/// Whether a part fits the table's enums; if not, the sentence is a base.
template <typename Stages, auto Stage, bool Fits = std::is_same_v<decltype(Stage), Stages>>
struct stage_fits : std::true_type {};
template <typename Stages, auto Stage>
struct stage_fits<Stages, Stage, false> : stage_is_of_another_enum<Stage>, std::false_type {};

template <typename Events, auto Event, bool Fits = std::is_same_v<decltype(Event), Events>>
struct event_fits : std::true_type {};
template <typename Events, auto Event>
struct event_fits<Events, Event, false> : event_is_of_another_enum<Event>, std::false_type {};

template <typename Guard, bool Fits = guard<Guard>>
struct guard_fits : std::true_type {};
template <typename Guard>
struct guard_fits<Guard, false> : guard_is_malformed<Guard>, std::false_type {};

template <typename Guard, typename Context, bool Fits = guard_for<Guard, Context>>
struct guard_takes : std::true_type {};
template <typename Guard, typename Context>
struct guard_takes<Guard, Context, false> : guard_cannot_take<Guard, Context>, std::false_type {};

} // namespace detail

} // namespace koc
