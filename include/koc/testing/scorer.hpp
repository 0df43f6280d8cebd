// SPDX-License-Identifier: BSL-1.0
#pragma once

// The laws of a scorer (koc/search/concepts.hpp), checked on a task and a population somebody
// gives: ours or a host's own. Tied to no test framework: the answer is the list of broken laws,
// each with the first member that broke it; empty when all hold.

#include <koc/core/error.hpp>
#include <koc/number/score.hpp>
#include <koc/search/additive.hpp>
#include <koc/search/ceiling.hpp>
#include <koc/search/concepts.hpp>
#include <koc/search/detail/ceiling_room.hpp>
#include <koc/search/explanation.hpp>
#include <koc/tag/bitmap.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace koc::testing {

/// A scorer with its ceiling and bounds hidden, so that a search asks for everybody's score: what
/// the search by the ceiling has to come to as well.
template <typename Scorer>
struct asked_one_by_one {
    Scorer scorer;

    [[nodiscard]] score rate(auto const& task, auto const& candidate) const {
        return scorer.rate(task, candidate);
    }
    [[nodiscard]] explanation explain(auto const& task, auto const& candidate) const {
        return scorer.explain(task, candidate);
    }
};

namespace detail {

template <typename Scorer, typename Task, typename People>
concept has_real_ceiling =
    ceiling_scorer_for<Scorer, Task, People> && !additive_scorer_for<Scorer, Task, People> &&
    indexed_population<People>;

/// What is wrong with a ceiling whoever is looked at, or nothing.
template <typename Scorer, typename Task, typename People>
std::string mistake_of_ceiling([[maybe_unused]] Scorer const& scorer,
    [[maybe_unused]] Task const& task, [[maybe_unused]] People const& people) {
    if constexpr (has_real_ceiling<Scorer, Task, People>) {
        auto const high = scorer.ceiling(task);
        if (auto named = koc::detail::check_names(people.index(), high); !named) {
            return "the ceiling names what is there and its curves go as far, but " +
                named.error().subject + " is wrong: " + named.error().expected;
        }
        for (auto const& [column, most] : high.curves) {
            if (!most.rises()) {
                return "curves do not fall, but that of " + subject("column", column) + " does";
            }
        }
        for (auto const& [which, tag, most, within] : high.tallies) {
            if (!most.rises() || most.at(most.low()) < score{}) {
                return "curves of tallies do not fall and are not negative, but that of " +
                    subject("tag", tag) + " is or does";
            }
            auto const& holders = people.index().counts(which).on(tag).holders();
            for (slot s = 0; within.valid() && s < people.slot_count(); ++s) {
                if (holders.contains(s) &&
                    people.index().value(within, s) == number_column::absent) {
                    return "who has a number of " + subject("tag", tag) +
                        " has one in the column that the tally is within, but member " +
                        std::to_string(people.id_at(s).value()) + " has none";
                }
            }
        }
    }
    return {};
}

} // namespace detail

/// The laws that the scorer breaks on this task and this population:
///   1. the amounts of `explain` add up to `rate`;
///   2. pure: asked again, in another order and of a copy, everybody gets the same score and
///   reasons;
///   3. where there is a `bound`, no member of a word exceeds it, and asked again it is the same;
///   4. where there are `terms`, they make the score of everybody;
///   5. where there is a `ceiling`, nobody exceeds it, its curves do not fall and go as far as the
///   numbers that they are of, and those of tallies are not negative.
/// O(members).
template <typename Scorer, typename Task, population People>
std::vector<std::string> check_scorer_laws(
    Scorer const& scorer, Task const& task, People const& people) {
    static_assert(scorer_for<Scorer, Task, candidate_of<People>>,
        "koc: the scorer must model koc::scorer_for<Task, candidate_of<People>>; see "
        "docs/match.md#scorer");
    auto const millionths = [](score s) { return std::to_string(s.raw) + " millionths"; };
    auto const name_of_slot = [&](slot s) {
        return "member " + std::to_string(people.id_at(s).value());
    };
    auto const words = (people.slot_count() + word_bits - 1) / word_bits;

    struct answer {
        slot who;
        score fit;
        explanation why;
    };
    std::vector<answer> first;
    std::string sum;
    std::string bound;
    std::string pure;
    std::string terms;
    auto ceiling = detail::mistake_of_ceiling(scorer, task, people);
    auto const sound = ceiling.empty();
    score_ceiling high;
    if constexpr (detail::has_real_ceiling<Scorer, Task, People>) {
        high = scorer.ceiling(task);
    }
    for (std::size_t w = 0; w < words; ++w) {
        for_each_slot(w, people.live_word(w), [&](slot s) {
            first.push_back({s, scorer.rate(task, people[s]), scorer.explain(task, people[s])});
            auto const& [who, fit, why] = first.back();
            if (sum.empty() && why.total() != fit) {
                sum = "explain adds up to rate, but for " + name_of_slot(s) + " the parts make " +
                    millionths(why.total()) + " and the score is " + millionths(fit);
            }
            if constexpr (additive_scorer_for<Scorer, Task, People>) {
                if (auto const made = scorer.terms(task).of(people, s);
                    terms.empty() && made != fit) {
                    terms = "the terms make the score, but for " + name_of_slot(s) + " they make " +
                        millionths(made) + " and the score is " + millionths(fit);
                }
            }
            if constexpr (detail::has_real_ceiling<Scorer, Task, People>) {
                auto const most = sound ? high.of(people, s) : fit;
                if (ceiling.empty() && fit > most) {
                    ceiling = "nobody exceeds the ceiling, but " + name_of_slot(s) + " has " +
                        millionths(fit) + " and the ceiling is " + millionths(most);
                }
            }
            if constexpr (bounded_scorer_for<Scorer, Task, People>) {
                auto const limit = scorer.bound(task, people, w);
                if (bound.empty() && fit > limit) {
                    bound = "no member exceeds the bound of their word, but " + name_of_slot(s) +
                        " has " + millionths(fit) + " and word " + std::to_string(w) +
                        " is bound by " + millionths(limit);
                }
                if (pure.empty() && scorer.bound(task, people, w) != limit) {
                    pure = "equal arguments give equal answers, but the bound of word " +
                        std::to_string(w) + " changes when it is asked again";
                }
            }
        });
    }
    auto const copy = scorer;
    for (auto again = first.rbegin(); again != first.rend() && pure.empty(); ++again) {
        auto const& candidate = people[again->who];
        if (scorer.rate(task, candidate) != again->fit ||
            copy.rate(task, candidate) != again->fit ||
            scorer.explain(task, candidate) != again->why ||
            copy.explain(task, candidate) != again->why) {
            pure = "equal arguments give equal answers, but " + name_of_slot(again->who) +
                " gets another one when asked again";
        }
    }
    std::vector<std::string> broken;
    for (auto& law : {sum, pure, bound, terms, ceiling}) {
        if (!law.empty()) {
            broken.push_back(law);
        }
    }
    return broken;
}

} // namespace koc::testing
