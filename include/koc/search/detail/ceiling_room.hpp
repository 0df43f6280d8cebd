// SPDX-License-Identifier: BSL-1.0
#pragma once

// What is checked of a ceiling before a search reads the index by it: that the index has what it
// names, and that its sum fits a score for everybody, so that the search adds without looking.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/search/ceiling.hpp>
#include <koc/tag/requirement_search.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>

namespace koc::detail {

/// Refused: what the index does not have (`unknown_id`), a curve that ends before the numbers that
/// it is of (`invalid_argument`).
inline result<void> check_names(search_index const& people, score_ceiling const& high) {
    for (auto const& term : high.columns) {
        if (!people.has_column(term.column)) {
            return unknown("column", term.column);
        }
    }
    for (auto const& [column, most] : high.curves) {
        if (!people.has_column(column)) {
            return unknown("column", column);
        }
        if (most.high() < people.numbers(column).highest()) {
            return error{errc::invalid_argument, subject("the scorer's curve of column", column),
                "expected a curve up to the highest number of the column"};
        }
    }
    for (auto const& [which, tag, most, within] : high.tallies) {
        if (!people.has_tally(which)) {
            return unknown("tally", which);
        }
        if (within.valid() && !people.has_column(within)) {
            return unknown("column", within);
        }
        if (most.high() < people.counts(which).on(tag).highest()) {
            return error{errc::invalid_argument, subject("the scorer's curve of tally", which),
                "expected a curve up to the highest number of the tag in the tally"};
        }
    }
    return {};
}

/// Whether the sum of a ceiling fits a score for everybody who may qualify.
class ceiling_room {
public:
    explicit ceiling_room(search_index const& people, score_ceiling const& high)
        : people_{people}, high_{high} {}

    /// Refused: a sum that could leave the range of a score in a block where somebody may qualify
    /// (`too_large`).
    result<void> check(requirement_plan::search& filter) const {
        auto room = static_cast<wide>((std::numeric_limits<std::int64_t>::max)() / 2);
        room -= size_of(high_.base.raw);
        for (auto const& [tag, amount] : high_.tags) {
            room -= size_of(amount.raw);
        }
        if (room < 0) {
            return too_large("the scorer's tags");
        }
        for (auto const& term : high_.curves) {
            room -= term.most.size();
        }
        for (auto const& term : high_.tallies) {
            room -= term.most.size();
        }
        if (room < 0) {
            return too_large("the scorer's curves");
        }
        // What a column can hold nearly always fits; only otherwise what it holds is looked at.
        auto const limit = [](number_column const& numbers) { return numbers.limit(); };
        if (first_too_large(room, limit) == nullptr) {
            return {};
        }
        for (std::size_t i = 0; i * word_bits * block_bits < people_.slot_count(); ++i) {
            column_bound const* found = nullptr;
            for_each_slot(i, filter.enter(i), [&](slot b) {
                auto const largest = [b](number_column const& numbers) {
                    auto const [low, high] = numbers.block_range(b);
                    return low > high ? 0 : (std::max)(size_of(low), size_of(high));
                };
                found = found == nullptr ? first_too_large(room, largest) : found;
            });
            if (found != nullptr) {
                return too_large(subject("the scorer's column", found->column));
            }
        }
        return {};
    }

private:
    __extension__ using wide = __int128;

    static wide size_of(std::int64_t n) { return n < 0 ? -static_cast<wide>(n) : n; }
    static error too_large(std::string subject) {
        return error{errc::too_large, std::move(subject),
            "expected amounts that add up to less than 4.6e12; scale the scorer's terms down, or "
            "correct the number that is too large"};
    }

    /// The first column with which the sum leaves `room` when its numbers are of this size.
    template <typename Size>
    [[nodiscard]] column_bound const* first_too_large(wide room, Size const& size) const {
        for (auto const& term : high_.columns) {
            auto const each = (std::max)(size_of(term.each.raw), size_of(term.each_below.raw));
            room -= each * size(people_.numbers(term.column));
            if (room < 0) {
                return &term;
            }
        }
        return nullptr;
    }

    search_index const& people_;
    score_ceiling const& high_;
};

} // namespace koc::detail
