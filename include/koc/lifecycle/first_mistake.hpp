// SPDX-License-Identifier: BSL-1.0
#pragma once

// The mistakes a transition table can hold and how each is found. The search runs over plain
// numbers, so it costs a compiler little and is tested like any function;
// detail/mistake_sentences.hpp says in words what it found.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace koc {

enum class part_kind : unsigned char { initial, row, resting, only_entry };

/// One part of a table without its types. The stage of `initial`, `resting` and `only_entry` is
/// `from`.
struct part_facts {
    part_kind kind{};
    unsigned char from = 0;
    unsigned char event = 0;
    unsigned char to = 0;
    std::uint16_t guard = 0; ///< one number a guard type; 0 for none
    std::string_view guard_name{};
};

enum class table_mistake : unsigned char {
    none,
    initial_missing,
    initial_twice,
    row_twice,
    row_never_tried,
    resting_unknown,
    stage_unreachable,
    stage_without_exit,
    only_entry_at_start,
    only_entry_bypassed,
};

/// A mistake and where it is: `stage` and, for rows and only entries, `event`.
struct table_finding {
    table_mistake mistake{};
    unsigned char stage = 0;
    unsigned char event = 0;

    friend constexpr bool operator==(table_finding, table_finding) = default;
};

/// The first mistake of a table: `stages` are the bytes of all the stages there are, `parts` its
/// `part_facts`, each in an array or the like. O(rows * (rows + stages)).
template <typename Stages, typename Parts>
constexpr table_finding first_mistake(Stages const& stages, Parts const& parts) {
    std::optional<unsigned char> initial;
    for (auto const& part : parts) {
        if (part.kind == part_kind::initial) {
            if (initial) {
                return {table_mistake::initial_twice, part.from};
            }
            initial = part.from;
        }
    }
    if (!initial) {
        return {table_mistake::initial_missing};
    }

    std::array<bool, 256> mentioned{};
    std::array<bool, 256> left{};
    for (std::size_t i = 0; i < parts.size(); ++i) {
        auto const& row = parts[i];
        if (row.kind != part_kind::row) {
            continue;
        }
        for (std::size_t j = 0; j < i; ++j) {
            auto const& earlier = parts[j];
            if (earlier.kind != part_kind::row || earlier.from != row.from ||
                earlier.event != row.event) {
                continue;
            }
            if (earlier.guard == row.guard) {
                return {table_mistake::row_twice, row.from, row.event};
            }
            if (earlier.guard == 0) {
                return {table_mistake::row_never_tried, row.from, row.event};
            }
        }
        mentioned[row.from] = true;
        mentioned[row.to] = true;
        left[row.from] = left[row.from] || row.from != row.to;
    }
    for (auto const& part : parts) {
        if (part.kind == part_kind::resting) {
            if (!mentioned[part.from]) {
                return {table_mistake::resting_unknown, part.from};
            }
            left[part.from] = true;
        }
    }

    std::array<bool, 256> reached{};
    reached[*initial] = true;
    for (bool grew = true; grew;) {
        grew = false;
        for (auto const& row : parts) {
            if (row.kind == part_kind::row && reached[row.from] && !reached[row.to]) {
                reached[row.to] = true;
                grew = true;
            }
        }
    }
    for (auto stage : stages) {
        if (!reached[stage]) {
            return {table_mistake::stage_unreachable, stage};
        }
    }
    for (auto stage : stages) {
        if (!left[stage]) {
            return {table_mistake::stage_without_exit, stage};
        }
    }

    auto const has_only_entry = [&](unsigned char stage) {
        for (auto const& part : parts) {
            if (part.kind == part_kind::only_entry && part.from == stage) {
                return true;
            }
        }
        return false;
    };
    auto const is_only_entry = [&](unsigned char stage, unsigned char event) {
        for (auto const& part : parts) {
            if (part.kind == part_kind::only_entry && part.from == stage && part.event == event) {
                return true;
            }
        }
        return false;
    };
    if (has_only_entry(*initial)) {
        return {table_mistake::only_entry_at_start, *initial};
    }
    for (auto const& row : parts) {
        if (row.kind == part_kind::row && row.from != row.to && has_only_entry(row.to) &&
            !is_only_entry(row.to, row.event)) {
            return {table_mistake::only_entry_bypassed, row.to, row.event};
        }
    }
    return {};
}

} // namespace koc
