// SPDX-License-Identifier: BSL-1.0
#pragma once

// What a ceiling is made of, as a search reads it: who has a tag or is in a tally, and what columns
// and curves add for somebody, and at most where numbers are in a range.

#include <koc/number/score.hpp>
#include <koc/search/ceiling.hpp>
#include <koc/search/rising_curve.hpp>
#include <koc/tag/number_column.hpp>
#include <koc/tag/postings.hpp>
#include <koc/tag/tally.hpp>

#include <algorithm>

namespace koc::detail {

struct tag_part {
    postings::reader who;
    score amount;
};
struct tally_part {
    postings::reader who;
    tally::row const* counted;
    rising_curve const* most;
};
struct column_part {
    number_column const* numbers;
    column_bound bound;

    /// What it adds for somebody.
    [[nodiscard]] score of(slot s) const {
        auto const number = numbers->at(s);
        return number == number_column::absent ? score{} : bound.of(number);
    }
    /// The most that it can add where numbers are in `range` or absent.
    [[nodiscard]] score most(value_range range) const {
        return range.low > range.high
            ? score{}
            : (std::max)({bound.of(range.low), bound.of(range.high), score{}});
    }
};
struct curve_part {
    number_column const* numbers;
    rising_curve const* worth;

    [[nodiscard]] score of(slot s) const {
        auto const number = numbers->at(s);
        return number == number_column::absent ? score{} : worth->at(number);
    }
    [[nodiscard]] score most(value_range range) const {
        return range.low > range.high ? score{} : (std::max)(worth->at(range.high), score{});
    }
};

} // namespace koc::detail
