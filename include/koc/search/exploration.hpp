// SPDX-License-Identifier: BSL-1.0
#pragma once

// Top-k in which a share of the places goes by lot to people about whom little is known, so that
// something is learned about them. A lot is a pure function of a recorded seed, so the draw can be
// repeated; each choice carries the chance it had, so outcomes can be weighted without bias (D.
// Horvitz, D. Thompson: A Generalization of Sampling Without Replacement From a Finite Universe,
// JASA 47, 1952).

#include <koc/core/contract.hpp>
#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/describe/digest.hpp> // XXH3
#include <koc/number/fixed_math.hpp>
#include <koc/number/score.hpp>
#include <koc/search/concepts.hpp>
#include <koc/search/match.hpp>
#include <koc/search/top_k.hpp>
#include <koc/tag/requirement_plan.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

namespace koc {

/// How to draw. One draw is told from another by its seed and by what it is about.
struct exploration {
    score share; ///< of the places, from 0 to 1; what is not whole is a chance of one more place
    std::uint64_t seed = 0;  ///< a random number from whoever decides, to be recorded
    std::uint64_t about = 0; ///< such as the id of the task
};

/// The lot of one member: 64 bits, uniform over seeds; the smallest win. It is the XXH3 of what the
/// draw is about and the id, eight bytes each with the lowest first, under the seed.
template <typename Id>
std::uint64_t lot_of(exploration const& draw, Id who) {
    std::array<unsigned char, 16> bytes{};
    auto const id = static_cast<std::uint64_t>(who.value());
    for (unsigned i = 0; i < 8; ++i) {
        bytes[i] = static_cast<unsigned char>(draw.about >> 8 * i);
        bytes[i + 8] = static_cast<unsigned char>(id >> 8 * i);
    }
    return XXH3_64bits_withSeed(bytes.data(), bytes.size(), draw.seed);
}

/// Somebody who was chosen.
template <typename Id>
struct choice {
    match<Id> found;
    score chance; ///< of being chosen, as it was before the draw; at most two millionths too low
    bool by_lot = false; ///< not for their score

    friend bool operator==(choice const&, choice const&) = default;
};

/// Who was chosen: by score, best first, then by lot, in the order of the lots.
template <typename Id>
struct choices {
    std::vector<choice<Id>> all;
    std::int64_t pool = 0; ///< how many people took part in the draw
};

namespace detail {

/// Somebody's lot. The smaller comes first, and the smaller id where two are equal.
template <typename Id>
struct ticket {
    std::uint64_t lot;
    Id id;
    slot place;
    std::size_t rank; ///< by score

    friend bool operator<(ticket const& a, ticket const& b) {
        return a.lot != b.lot ? a.lot < b.lot : a.id < b.id;
    }
};

/// The places of a draw and everybody's chance in it, before it is drawn. A share that is not whole
/// makes two cases, one of them with one place more.
class lot_odds {
public:
    /// `newcomers` says of each of the best whether they are new; `outside` is how many others are.
    lot_odds(std::int64_t k, score share, std::vector<char> const& newcomers, std::int64_t outside)
        : k_{k}, pool_of_(newcomers.size() + 1, outside) {
        for (auto i = newcomers.size(); i-- != 0;) {
            pool_of_[i] = pool_of_[i + 1] + (newcomers[i] != 0 ? 1 : 0);
        }
        auto const exact =
            wide_uint{static_cast<std::uint64_t>(k)} * static_cast<std::uint64_t>(share.raw);
        auto const fewest = static_cast<std::int64_t>(exact / score::unit);
        weight_[1] = {static_cast<std::int64_t>(exact % score::unit)};
        weight_[0] = whole(1) - weight_[1];
        places_ = {fewest, fewest + (weight_[1] == score{} ? 0 : 1)};
        for (auto& places : places_) { // a place that no newcomer takes goes back to the best
            while (pool(places) < places) {
                --places;
            }
        }
    }

    /// Which case the lot of nobody gives.
    [[nodiscard]] std::int64_t places(std::uint64_t lot) const {
        auto const ratio = wide_uint{lot} * static_cast<std::uint64_t>(score::unit) >> 64U;
        return places_[static_cast<std::int64_t>(ratio) < weight_[1].raw ? 1 : 0];
    }
    /// How many of the best have a place by score when so many places are drawn for.
    [[nodiscard]] std::size_t by_score(std::int64_t places) const {
        return (std::min)(pool_of_.size() - 1, static_cast<std::size_t>(k_ - places));
    }
    /// How many newcomers are left for the draw then.
    [[nodiscard]] std::int64_t pool(std::int64_t places) const {
        return pool_of_[by_score(places)];
    }
    /// The chance of somebody of this rank by score, from 0; those outside the best have any rank
    /// from k on.
    [[nodiscard]] score chance(std::size_t rank, bool newcomer) const {
        score sum;
        for (std::size_t i = 0; i < 2; ++i) {
            if (rank < by_score(places_[i])) {
                sum += weight_[i];
            } else if (newcomer && places_[i] != 0) {
                sum += weight_[i] * ratio(places_[i], pool(places_[i]));
            }
        }
        return sum;
    }

private:
    std::int64_t k_;
    std::vector<std::int64_t> pool_of_; ///< newcomers from a rank on
    std::array<score, 2> weight_;
    std::array<std::int64_t, 2> places_{};
};

} // namespace detail

/// The `k` best for a task, except that a share of the k places is drawn for among those who
/// qualify, have no place by their score, and of whom `is_new(candidate)` is true. Places that no
/// newcomer takes go to the next best. Who qualifies, is not new and not among the best had no
/// chance: an exploration says nothing about them.
///
/// As `top_k`, and once more O(slots / 64) filter words and a hash for each newcomer who
/// qualifies. Refused: as `top_k`.
template <population P, typename Task, typename Scorer, typename IsNew, typename Gate = open_gate>
result<choices<id_of<P>>> top_k_exploring(P const& people, requirement_plan const& plan,
    Task const& task, Scorer const& scorer, std::size_t k, IsNew const& is_new,
    exploration const& draw, Gate const& gate = {}) {
    KOC_EXPECTS(score{} <= draw.share && draw.share <= whole(1));
    using id_type = id_of<P>;
    auto const best = top_k(people, plan, task, scorer, k, gate);
    if (!best) {
        return best.error();
    }
    auto const lot_at = [&](slot s, std::size_t rank) {
        return detail::ticket<id_type>{lot_of(draw, people.id_at(s)), people.id_at(s), s, rank};
    };
    std::vector<char> newcomers;
    std::vector<slot> placed;
    std::vector<detail::ticket<id_type>> tickets; // at first of the newcomers beyond the best
    for (auto const& found : *best) {
        newcomers.push_back(is_new(people[found.place]) ? 1 : 0);
        placed.push_back(found.place);
    }
    std::sort(placed.begin(), placed.end());
    std::int64_t outside = 0;
    auto const words = (people.slot_count() + word_bits - 1) / word_bits;
    for (std::size_t w = 0; w < words; ++w) {
        for_each_slot(w, plan.filter(people, w, people.live_word(w)), [&](slot s) {
            auto const& candidate = people[s];
            if (!is_new(candidate) || std::binary_search(placed.begin(), placed.end(), s) ||
                !gate.admits(task, candidate)) {
                return;
            }
            ++outside;
            auto const mine = lot_at(s, k);
            if (tickets.size() == k) { // more cannot win
                if (!(mine < tickets.front())) {
                    return;
                }
                std::pop_heap(tickets.begin(), tickets.end());
                tickets.pop_back();
            }
            tickets.push_back(mine);
            std::push_heap(tickets.begin(), tickets.end());
        });
    }

    detail::lot_odds const odds{static_cast<std::int64_t>(k), draw.share, newcomers, outside};
    auto const places = odds.places(lot_of(draw, id_type{}));
    auto const by_score = odds.by_score(places);
    choices<id_type> made;
    made.pool = odds.pool(places);
    for (std::size_t rank = 0; rank < best->size(); ++rank) {
        if (rank < by_score) {
            made.all.push_back({(*best)[rank], odds.chance(rank, newcomers[rank] != 0)});
        } else if (newcomers[rank] != 0) {
            tickets.push_back(lot_at((*best)[rank].place, rank));
        }
    }
    std::sort(tickets.begin(), tickets.end());
    tickets.resize(static_cast<std::size_t>(places));
    for (auto const& won : tickets) {
        made.all.push_back({{won.place, won.id, scorer.rate(task, people[won.place])},
            odds.chance(won.rank, true), true});
    }
    return made;
}

} // namespace koc
