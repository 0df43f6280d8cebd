// SPDX-License-Identifier: BSL-1.0
#pragma once

// What a score is at most, as a sum that a search reads off the index, a block of people at a time:
// amounts of tags, columns, curves of columns, and curves of tallies. The scorer itself is asked
// only about those whose ceiling may be among the best. An additive score (additive.hpp) is the
// case where the sum is the score. The bound generalises MaxScore's (Turtle and Flood, "Query
// evaluation: strategies and optimizations", 1995), with maxima by block as in Ding and Suel,
// "Faster top-k document retrieval using block-max indexes", SIGIR 2011.

#include <koc/number/score.hpp>
#include <koc/number/score_sum.hpp>
#include <koc/search/additive.hpp>
#include <koc/search/concepts.hpp>
#include <koc/search/rising_curve.hpp>
#include <koc/tag/number_column.hpp>

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <iterator>
#include <utility>
#include <vector>

namespace koc {

/// What each unit in a column is worth at most; a number that is absent is worth nothing. Numbers
/// above and below 0 have amounts of their own, because a bound rounds one up and the other down.
struct column_bound {
    column_id column;
    score each;               ///< of a number above 0
    score each_below = each;  ///< of a number below 0
    bool never_takes = false; ///< whether what is less than nothing counts as nothing

    /// What a number, which is not absent, is worth at most.
    [[nodiscard]] score of(std::int64_t number) const {
        auto const worth = score{(number < 0 ? each_below : each).raw * number};
        return never_takes ? (std::max)(worth, score{}) : worth;
    }
};

/// What a number in a column is worth at most; a number that is absent is worth nothing. The curve
/// goes as far as the column does (`number_column::highest`).
struct curve_term {
    column_id column;
    rising_curve most;
};

/// What a number of a tag in a tally is worth at most; who has none gets nothing. The curve goes as
/// far as the tally does (`tally::row::highest`) and is not negative. Only the highest number of
/// 512 neighbours is known, so a search counts that for each of them.
struct tally_term {
    tally_id tally;
    tag_id tag;
    rising_curve most;
    /// A column in which everybody has a number who has one in the tally, if the scorer knows of
    /// one. Where the ceiling has a curve of it, a search leaves all others out at once as soon as
    /// tags and columns alone are too little.
    column_id within = {};
};

/// The product rounded up, and rounded down.
constexpr score product_above(score a, score b) {
    __extension__ using wide = __int128;
    auto const exact = static_cast<wide>(a.raw) * b.raw;
    auto const rounded = exact / score::unit;
    return {static_cast<std::int64_t>(rounded * score::unit < exact ? rounded + 1 : rounded)};
}
constexpr score product_below(score a, score b) { return -product_above(-a, b); }

/// base + the amounts of the tags somebody has + what their columns and their numbers in tallies
/// are worth.
struct score_ceiling {
    score base;
    std::vector<tag_term> tags;
    std::vector<column_bound> columns;
    std::vector<curve_term> curves;
    std::vector<tally_term> tallies;

    score_ceiling() = default;
    /// The ceiling of an additive score, which is that score.
    score_ceiling(score_terms exact) : base{exact.base}, tags{std::move(exact.tags)} { // NOLINT
        columns.reserve(exact.columns.size());
        for (auto const& [column, each] : exact.columns) {
            columns.push_back({column, each});
        }
    }

    /// The ceiling of the member in a live slot, or the nearest score. O(terms).
    template <indexed_population P>
    [[nodiscard]] score of(P const& people, slot s) const {
        auto sum = score_sum{}.add(base);
        for (auto const& [tag, amount] : tags) {
            if (people.index().tagged(tag).contains(s)) {
                sum.add(amount);
            }
        }
        for (auto const& term : columns) {
            if (auto const n = people.index().value(term.column, s); n != number_column::absent) {
                auto worth = score_sum{}.add(n < 0 ? term.each_below : term.each, n).total();
                sum.add(term.never_takes ? (std::max)(worth, score{}) : worth);
            }
        }
        for (auto const& [column, most] : curves) {
            if (auto const n = people.index().value(column, s); n != number_column::absent) {
                sum.add(most.at(n));
            }
        }
        for (auto const& [which, tag, most, within] : tallies) {
            auto const& counted = people.index().counts(which).on(tag);
            if (counted.holders().contains(s)) {
                sum.add(most.at(counted.highest(s / block_bits)));
            }
        }
        return sum.total();
    }

    /// The ceiling of a sum of two scores.
    score_ceiling& operator+=(score_ceiling more) {
        auto const append = [](auto& to, auto& from) {
            to.insert(to.end(), std::make_move_iterator(from.begin()),
                std::make_move_iterator(from.end()));
        };
        base = score_sum{}.add(base).add(more.base).total();
        append(tags, more.tags);
        append(columns, more.columns);
        append(tallies, more.tallies);
        for (auto& curve : more.curves) { // one look at a column instead of two
            auto const same = std::find_if(curves.begin(), curves.end(), [&](curve_term const& c) {
                return c.column == curve.column && c.most.fits(curve.most);
            });
            if (same != curves.end()) {
                same->most += curve.most;
            } else {
                curves.push_back(std::move(curve));
            }
        }
        return *this;
    }
    /// The ceiling of a score times a weight that is not negative.
    score_ceiling& operator*=(score weight) {
        auto const up = [weight](score s) { return product_above(s, weight); };
        base = up(base);
        for (auto& term : tags) {
            term.amount = up(term.amount);
        }
        for (auto& term : columns) {
            term.each = up(term.each);
            term.each_below = product_below(term.each_below, weight);
        }
        for (auto& term : curves) {
            term.most.change(up);
        }
        for (auto& term : tallies) {
            term.most.change(up);
        }
        return *this;
    }
    /// The ceiling of a score that is `limit` where it is below: the base alone reaches the limit,
    /// and nothing takes away from it.
    score_ceiling& raise_to(score limit) {
        base = (std::max)(base, limit);
        std::erase_if(tags, [](tag_term const& term) { return term.amount < score{}; });
        for (auto& term : columns) {
            term.never_takes = true;
        }
        for (auto& term : curves) {
            term.most.change([](score s) { return (std::max)(s, score{}); });
        }
        return *this;
    }
};

/// A scorer that says what its scores are at most, which lets a search leave nearly everybody
/// unread.
///
/// Requirements, beside `scorer_for` the candidates of `P`:
///   1. `s.ceiling(t)` returns a `score_ceiling`, or `s.terms(t)` returns `score_terms` (see
///      `additive_scorer_for`).
///   2. Nobody exceeds it: `s.rate(t, p[slot]) <= s.ceiling(t).of(p, slot)`.
///      [law, koc/testing/scorer.hpp]
///   3. Its curves are non-decreasing and go as far as what they are of; those of tallies are not
///      negative, and who is in one is in the column that it is `within`.
///      [law, koc/testing/scorer.hpp]
///
/// Models: `total`, `weighted`, `capped` and `floored` of scorers that do;
/// `standard::match_scorer`.
template <typename S, typename Task, typename P>
concept ceiling_scorer_for = additive_scorer_for<S, Task, P> ||
    (scorer_for<S, Task, candidate_of<P>>&& requires(S const& s, Task const& t) {
        { s.ceiling(t) } -> std::same_as<score_ceiling>;
    });

namespace detail {

template <typename Scorer, typename Task>
concept has_terms = requires(Scorer const& s, Task const& task) {
    { s.terms(task) } -> std::same_as<score_terms>;
};
template <typename Scorer, typename Task>
concept has_ceiling = has_terms<Scorer, Task> || requires(Scorer const& s, Task const& task) {
    { s.ceiling(task) } -> std::same_as<score_ceiling>;
};
template <typename Scorer, typename Task>
score_ceiling ceiling_of(Scorer const& scorer, Task const& task) {
    if constexpr (has_terms<Scorer, Task>) {
        return scorer.terms(task);
    } else {
        return scorer.ceiling(task);
    }
}

} // namespace detail

} // namespace koc
