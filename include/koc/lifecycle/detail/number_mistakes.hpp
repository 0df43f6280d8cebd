// SPDX-License-Identifier: BSL-1.0
#pragma once

// What can be wrong with a table whose guards are data, and what the compiler prints about it: as
// mistake_sentences.hpp, for the tables of step_all.

#include <koc/lifecycle/detail/mistake_sentences.hpp>
#include <koc/lifecycle/number_test.hpp>

#include <array>
#include <cstddef>
#include <type_traits>

namespace koc {

template <typename Guard>
struct guard_is_no_data {
    static_assert(detail::never_type<Guard>,
        "koc: each guard of a table for koc::step_all must model koc::number_guard: derive it from "
        "koc::tested; see docs/lifecycle.md#many");
};

template <auto Stage, auto Event>
struct guards_overlap {
    static_assert(detail::never<Stage>,
        "koc: two guards of the same stage and event hold for the same number, and koc::step_all "
        "knows no order among them; see docs/lifecycle.md#many");
};

template <auto Stage, auto Event>
struct guard_never_holds {
    static_assert(detail::never<Stage>,
        "koc: a guard holds for no number, so its row never fires; see docs/lifecycle.md#many");
};

template <auto Event>
struct event_has_too_many_guards {
    static_assert(detail::never<Event>,
        "koc: an event has more than six different guards in a table for koc::step_all, whose "
        "arrays would grow too large; see docs/lifecycle.md#many");
};

namespace detail {

/// How many different guards an event may have: each doubles the arrays.
inline constexpr std::size_t event_tests_max = 6;

/// A row of a table with its guard as data.
struct number_row {
    unsigned char from = 0;
    unsigned char event = 0;
    unsigned char to = 0;
    bool guarded = false;
    number_test test{};

    [[nodiscard]] constexpr bool shares_cell(number_row const& other) const {
        return from == other.from && event == other.event;
    }
};

enum class number_mistake : unsigned char { none, overlap, never, too_many };

struct number_finding {
    number_mistake mistake{};
    unsigned char stage = 0;
    unsigned char event = 0;
};

/// The first row that cannot fire or whose guard holds where that of an earlier row does, or the
/// first event with too many guards.
template <std::size_t Rows, std::size_t Events>
constexpr number_finding first_number_mistake(std::array<number_row, Rows> const& rows,
    std::array<std::size_t, Events> const& different_guards) {
    for (std::size_t i = 0; i < Rows; ++i) {
        if (rows[i].test.count() == 0) {
            return {number_mistake::never, rows[i].from, rows[i].event};
        }
        for (std::size_t j = 0; j < i; ++j) {
            if (rows[i].guarded && rows[j].shares_cell(rows[i]) &&
                (rows[i].test && rows[j].test).count() != 0) {
                return {number_mistake::overlap, rows[i].from, rows[i].event};
            }
        }
    }
    for (std::size_t event = 0; event < Events; ++event) {
        if (different_guards[event] > event_tests_max) {
            return {number_mistake::too_many, rows[0].from, static_cast<unsigned char>(event)};
        }
    }
    return {};
}

/// The sentence of what was found, if anything was, as a base.
template <number_mistake Mistake, auto Stage, auto Event>
struct number_sentence {};
template <auto Stage, auto Event>
struct number_sentence<number_mistake::overlap, Stage, Event> : guards_overlap<Stage, Event> {};
template <auto Stage, auto Event>
struct number_sentence<number_mistake::never, Stage, Event> : guard_never_holds<Stage, Event> {};
template <auto Stage, auto Event>
struct number_sentence<number_mistake::too_many, Stage, Event> : event_has_too_many_guards<Event> {
};

template <typename Guard, bool Fits = std::is_same_v<Guard, unguarded> || number_guard<Guard>>
struct guard_is_data : std::true_type {};
template <typename Guard>
struct guard_is_data<Guard, false> : guard_is_no_data<Guard>, std::false_type {};

} // namespace detail

} // namespace koc
