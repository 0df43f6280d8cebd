// SPDX-License-Identifier: BSL-1.0
#pragma once

// Scorers from scorers: a weight, a total, a cap, a floor, a product. Each preserves what its parts
// guarantee: the explanation adds up to the score, a bound stays a bound, and a ceiling a ceiling;
// only a product has no ceiling, as it is no sum.

#include <koc/core/contract.hpp>
#include <koc/number/score.hpp>
#include <koc/number/score_sum.hpp>
#include <koc/search/additive.hpp>
#include <koc/search/ceiling.hpp>
#include <koc/search/explanation.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>

namespace koc {

namespace detail {

template <typename Scorer, typename Task, typename People>
concept bounds = requires(
    Scorer const& s, Task const& task, People const& people, std::size_t word) {
    { s.bound(task, people, word) } -> std::same_as<score>;
};

/// Multiplies every part by `factor`; what rounding takes from the sum is given back to the last
/// part.
inline explanation scaled(explanation why, score factor, score sum) {
    for (auto& part : why.parts) {
        part.amount = part.amount * factor;
    }
    auto const lost = sum - why.total();
    if (why.parts.empty()) {
        why.add("rounding", lost);
    } else {
        why.parts.back().amount += lost;
    }
    return why;
}

} // namespace detail

/// `weight` times a scorer; the weight is not negative, so that bounds and ceilings stay what they
/// are.
template <typename Scorer>
struct weighted {
    Scorer scorer;
    score weight = whole(1);

    [[nodiscard]] score rate(auto const& task, auto const& candidate) const {
        return scorer.rate(task, candidate) * weight;
    }
    [[nodiscard]] explanation explain(auto const& task, auto const& candidate) const {
        return detail::scaled(scorer.explain(task, candidate), weight, rate(task, candidate));
    }
    [[nodiscard]] score bound(
        auto const& task, auto const& people, std::size_t word) const requires requires {
        scorer.bound(task, people, word);
    }
    {
        KOC_EXPECTS(weight >= score{});
        return scorer.bound(task, people, word) * weight;
    }
    template <typename Task>
        requires detail::has_ceiling<Scorer, Task>
    [[nodiscard]] score_ceiling ceiling(Task const& task) const {
        KOC_EXPECTS(weight >= score{});
        return detail::ceiling_of(scorer, task) *= weight;
    }
};
template <typename Scorer>
weighted(Scorer, score) -> weighted<Scorer>;

/// The sum of several scorers; one that no score can hold ends at the nearest (see score_sum).
template <typename... Scorers>
struct total {
    std::tuple<Scorers...> scorers;

    constexpr total() = default;
    constexpr explicit total(Scorers... parts) requires(sizeof...(Scorers) != 0)
        : scorers{std::move(parts)...} {}

    [[nodiscard]] score rate(auto const& task, auto const& candidate) const {
        return std::apply(
            [&](auto const&... s) {
                score_sum sum;
                (sum.add(s.rate(task, candidate)), ...);
                return sum.total();
            },
            scorers);
    }
    [[nodiscard]] explanation explain(auto const& task, auto const& candidate) const {
        explanation why;
        auto const append = [&](explanation part) {
            for (auto& r : part.parts) {
                why.parts.push_back(std::move(r));
            }
        };
        std::apply([&](auto const&... s) { (append(s.explain(task, candidate)), ...); }, scorers);
        return why;
    }
    template <typename Task, typename People>
        requires(detail::bounds<Scorers, Task, People>&&...)
    [[nodiscard]] score bound(Task const& task, People const& people, std::size_t word) const {
        return std::apply(
            [&](auto const&... s) {
                score_sum sum;
                (sum.add(s.bound(task, people, word)), ...);
                return sum.total();
            },
            scorers);
    }
    template <typename Task>
        requires(detail::has_ceiling<Scorers, Task>&&...)
    [[nodiscard]] score_ceiling ceiling(Task const& task) const {
        score_ceiling sum;
        std::apply([&](auto const&... s) { ((sum += detail::ceiling_of(s, task)), ...); }, scorers);
        return sum;
    }
};

/// A scorer that never goes above `limit`.
template <typename Scorer>
struct capped {
    Scorer scorer;
    score limit;

    [[nodiscard]] score rate(auto const& task, auto const& candidate) const {
        return (std::min)(scorer.rate(task, candidate), limit);
    }
    [[nodiscard]] explanation explain(auto const& task, auto const& candidate) const {
        auto why = scorer.explain(task, candidate);
        auto const lost = rate(task, candidate) - why.total();
        return std::move(why.add("cap", lost));
    }
    [[nodiscard]] score bound(
        auto const& task, auto const& people, std::size_t word) const requires requires {
        scorer.bound(task, people, word);
    }
    { return (std::min)(scorer.bound(task, people, word), limit); }
    /// That of the scorer: a cap is no sum.
    template <typename Task>
        requires detail::has_ceiling<Scorer, Task>
    [[nodiscard]] score_ceiling ceiling(Task const& task) const {
        return detail::ceiling_of(scorer, task);
    }
};
template <typename Scorer>
capped(Scorer, score) -> capped<Scorer>;

/// A scorer that never goes below `limit`.
template <typename Scorer>
struct floored {
    Scorer scorer;
    score limit;

    [[nodiscard]] score rate(auto const& task, auto const& candidate) const {
        return (std::max)(scorer.rate(task, candidate), limit);
    }
    [[nodiscard]] explanation explain(auto const& task, auto const& candidate) const {
        auto why = scorer.explain(task, candidate);
        auto const given = rate(task, candidate) - why.total();
        return std::move(why.add("floor", given));
    }
    [[nodiscard]] score bound(
        auto const& task, auto const& people, std::size_t word) const requires requires {
        scorer.bound(task, people, word);
    }
    { return (std::max)(scorer.bound(task, people, word), limit); }
    template <typename Task>
        requires detail::has_ceiling<Scorer, Task>
    [[nodiscard]] score_ceiling ceiling(Task const& task) const {
        return detail::ceiling_of(scorer, task).raise_to(limit);
    }
};
template <typename Scorer>
floored(Scorer, score) -> floored<Scorer>;

/// A scorer times a factor that is itself a scorer. Both are non-negative where bounds are asked
/// for.
template <typename Scorer, typename Factor>
struct product {
    Scorer scorer;
    Factor factor;

    [[nodiscard]] score rate(auto const& task, auto const& candidate) const {
        return scorer.rate(task, candidate) * factor.rate(task, candidate);
    }
    [[nodiscard]] explanation explain(auto const& task, auto const& candidate) const {
        return detail::scaled(
            scorer.explain(task, candidate), factor.rate(task, candidate), rate(task, candidate));
    }
    [[nodiscard]] score bound(
        auto const& task, auto const& people, std::size_t word) const requires requires {
        scorer.bound(task, people, word), factor.bound(task, people, word);
    }
    { return scorer.bound(task, people, word) * factor.bound(task, people, word); }
};
template <typename Scorer, typename Factor>
product(Scorer, Factor) -> product<Scorer, Factor>;

} // namespace koc
