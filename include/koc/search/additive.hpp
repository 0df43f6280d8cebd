// SPDX-License-Identifier: BSL-1.0
#pragma once

// A score that is a sum over tags and columns can be read off the index, a block of people at a
// time, without looking at anybody. A scorer of that kind says which sum it is; the search does the
// rest (ceiling_search.hpp).

#include <koc/number/score.hpp>
#include <koc/number/score_sum.hpp>
#include <koc/search/concepts.hpp>
#include <koc/tag/number_column.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace koc {

/// An amount for everybody who has the tag or one under it; may be negative.
struct tag_term {
    tag_id tag;
    score amount;
};

/// An amount for each unit in a column; may be negative. A number that is absent adds nothing.
struct column_term {
    column_id column;
    score each;
};

/// base + the amounts of the tags somebody has + their columns' numbers, each times its amount.
struct score_terms {
    score base;
    std::vector<tag_term> tags;
    std::vector<column_term> columns;

    /// The sum for the member in a live slot, or the nearest score. O(terms).
    template <tagged_population P>
    [[nodiscard]] score of(P const& people, slot s) const {
        auto sum = score_sum{}.add(base);
        for (auto const& [tag, amount] : tags) {
            if ((people.tag_word(tag, s / word_bits) >> (s % word_bits) & 1U) != 0) {
                sum.add(amount);
            }
        }
        for (auto const& [column, each] : columns) {
            if (auto const number = people.value(column, s); number != number_column::absent) {
                sum.add(each, number);
            }
        }
        return sum.total();
    }
};

/// A scorer whose score is a sum over tags and columns.
///
/// Requirements, beside `scorer_for` the candidates of `P`:
///   1. `s.terms(t)` returns `score_terms`, and `s.terms(t).of(p, slot)` equals `s.rate(t,
///   p[slot])`. [law, koc/testing/scorer.hpp]
template <typename S, typename Task, typename P>
concept additive_scorer_for = scorer_for<S, Task, candidate_of<P>> &&
    requires(S const& s, Task const& t) {
    { s.terms(t) } -> std::same_as<score_terms>;
};

} // namespace koc
