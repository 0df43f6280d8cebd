// SPDX-License-Identifier: BSL-1.0
#pragma once

// A transition table whose guards are data, as two dense arrays. What the guards say depends on the
// event alone, so it is found before the stage is known: the event and a bit for each of its
// different guards choose a column, the stage chooses a row, and there stands what follows.

#include <koc/lifecycle/detail/number_mistakes.hpp>
#include <koc/lifecycle/detail/table_layout.hpp>
#include <koc/lifecycle/number_test.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace koc {

namespace detail {

/// A test without a branch, and with one bool: of two, g++ 12 spills one and waits for its store.
struct branchless_test {
    std::uint32_t low = 0;
    std::uint32_t extent = 0;
    std::uint32_t mask = 0;
    std::uint32_t bits = 0;

    constexpr branchless_test() = default;
    constexpr explicit branchless_test(number_test test)
        : low{test.low}, extent{test.high - test.low}, mask{test.mask}, bits{test.bits} {}

    /// 1 if it holds, otherwise 0.
    constexpr std::uint32_t operator()(std::uint32_t x) const {
        auto const outside = std::uint32_t{0} - static_cast<std::uint32_t>(x - low > extent);
        return (outside | ((x & mask) ^ bits)) == 0 ? 1U : 0U;
    }
};

/// Whether row `at` need not be tested: it is unguarded, or the guards before it in its stage and
/// event leave it whatever is left, and it is the last.
template <std::size_t Rows>
constexpr bool takes_the_rest(std::array<number_row, Rows> const& rows, std::size_t at) {
    std::uint64_t held = 0;
    for (std::size_t i = 0; i < Rows; ++i) {
        if (rows[i].shares_cell(rows[at])) {
            if (i > at) {
                return false;
            }
            held += rows[i].guarded ? rows[i].test.count() : 0;
        }
    }
    return !rows[at].guarded || held == std::uint64_t{1} << 32U;
}

/// The different tests of each event, and for each row the place of its test among them.
template <std::size_t Rows, std::size_t Events>
struct tests_by_event {
    std::array<std::array<number_test, Rows>, Events> tests{};
    std::array<std::size_t, Events> count{};
    std::array<std::size_t, Rows> place{};

    constexpr explicit tests_by_event(std::array<number_row, Rows> const& rows) {
        for (std::size_t i = 0; i < Rows; ++i) {
            if (takes_the_rest(rows, i)) {
                continue;
            }
            auto& known = tests[rows[i].event];
            auto& size = count[rows[i].event];
            while (place[i] < size && !(known[place[i]] == rows[i].test)) {
                ++place[i];
            }
            known[place[i]] = rows[i].test;
            size = (std::max)(size, place[i] + 1);
        }
    }
};

/// That of an unguarded row always holds. A value and no pointer, for the reason in guard_list.
template <typename Guard>
inline constexpr number_test test_of_guard{};
template <number_guard Guard>
inline constexpr number_test test_of_guard<Guard> = Guard::test;

template <typename Table>
struct number_table;

/// The arrays of a table; the place where its mistakes are told.
template <typename... Parts>
struct number_table<transition_table<Parts...>> {
    using table = transition_table<Parts...>;
    static constexpr std::size_t row_count = (std::size_t{0} + ... + part<Parts>::rows);

    /// In the order they are written.
    static constexpr auto rows = [] {
        constexpr part_facts facts[]{part<Parts>::facts...};
        constexpr number_test tests[]{test_of_guard<typename part<Parts>::guard_type>...};
        constexpr bool guarded[]{!std::is_same_v<typename part<Parts>::guard_type, unguarded>...};
        std::array<number_row, row_count> all{};
        std::size_t next = 0;
        for (std::size_t i = 0; i < sizeof...(Parts); ++i) {
            if (facts[i].kind == part_kind::row) {
                all[next++] = {facts[i].from, facts[i].event, facts[i].to, guarded[i], tests[i]};
            }
        }
        return all;
    }();

    static constexpr std::size_t stages =
        count_to({part<Parts>::facts.from..., part<Parts>::facts.to...});
    static constexpr std::size_t events = count_to({part<Parts>::facts.event...});
    static constexpr tests_by_event<row_count, events> by_event{rows};
    static constexpr std::size_t tests_each =
        *std::max_element(by_event.count.begin(), by_event.count.end());

    static constexpr auto finding = (guard_is_data<typename part<Parts>::guard_type>::value && ...)
        ? first_number_mistake(rows, by_event.count)
        : number_finding{};
    static_assert(
        sizeof(
            number_sentence<finding.mistake, static_cast<typename table::stage_type>(finding.stage),
                static_cast<typename table::event_type>(finding.event)>) != 0);

    static constexpr std::size_t answers = std::size_t{1}
        << (std::min)(tests_each, event_tests_max);
    static constexpr std::size_t columns = events * answers;

    static constexpr auto tests = [] {
        std::array<std::array<branchless_test, tests_each>, events> all{};
        for (std::size_t event = 0; event < events; ++event) {
            for (std::size_t i = 0; i < by_event.count[event]; ++i) {
                all[event][i] = branchless_test{by_event.tests[event][i]};
            }
        }
        return all;
    }();

    /// What follows, by stage and column. The first array holds rows from 1, and 0 where none
    /// fires.
    struct outcomes {
        std::array<std::uint16_t, stages * columns> row{};
        std::array<unsigned char, stages * columns> to{};
    };
    static constexpr outcomes then = [] {
        outcomes all{};
        for (std::size_t at = 0; at < all.to.size(); ++at) {
            all.to[at] = static_cast<unsigned char>(at / columns);
        }
        for (std::size_t i = row_count; i-- > 0;) {
            bool const tested = !takes_the_rest(rows, i);
            for (std::size_t said = 0; said < answers; ++said) {
                if (!tested || (said >> by_event.place[i] & 1U) != 0) {
                    auto const at = rows[i].from * columns + rows[i].event * answers + said;
                    all.row[at] = static_cast<std::uint16_t>(i + 1);
                    all.to[at] = rows[i].to;
                }
            }
        }
        return all;
    }();

    /// The column of an event of the table.
    static constexpr std::size_t column(std::size_t event, std::uint32_t number) {
        std::uint32_t said = 0;
        for (std::size_t i = 0; i < tests_each; ++i) {
            said |= tests[event][i](number) << i;
        }
        return event * answers + said;
    }
};

} // namespace detail

} // namespace koc
