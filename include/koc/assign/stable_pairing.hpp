// SPDX-License-Identifier: BSL-1.0
#pragma once

// Stable pairing of askers with hosts who have several seats: nobody would rather leave for
// somebody who would rather have them. Deferred acceptance, the askers asking (D. Gale, L. Shapley:
// College Admissions and the Stability of Marriage, 1962), so every asker gets the best host that
// any stable pairing gives them. Who names the present host first therefore keeps them wherever any
// stable pairing lets them: after a departure the fewest possible pairs change.

#include <koc/core/contract.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace koc {

/// A pair that both sides would accept, and how much either likes the other; more is better.
struct possible_pair {
    std::size_t asker = 0; ///< their numbers, from 0 on
    std::size_t host = 0;
    std::int64_t liked_by_asker = 0;
    std::int64_t liked_by_host = 0;

    friend bool operator==(possible_pair const&, possible_pair const&) = default;
};

/// Who may be paired with whom. Of equally liked hosts or askers the one with the lower number
/// comes first, so no order is left open.
struct pairing_market {
    std::size_t askers = 0;
    std::vector<std::size_t> seats;   ///< of each host
    std::vector<possible_pair> pairs; ///< each at most once
};

/// The host of each asker, if any.
using pairing = std::vector<std::optional<std::size_t>>;

namespace detail {

[[nodiscard]] inline bool asker_prefers(possible_pair const& a, possible_pair const& b) {
    return a.liked_by_asker != b.liked_by_asker ? a.liked_by_asker > b.liked_by_asker
                                                : a.host < b.host;
}
[[nodiscard]] inline bool host_prefers(possible_pair const& a, possible_pair const& b) {
    return a.liked_by_host != b.liked_by_host ? a.liked_by_host > b.liked_by_host
                                              : a.asker < b.asker;
}

} // namespace detail

/// The same market, in which each asker with a present host likes nobody better. O(pairs).
[[nodiscard]] inline pairing_market preferring_present(
    pairing_market market, pairing const& present) {
    KOC_EXPECTS(present.size() == market.askers);
    std::vector<std::int64_t> most(market.askers, 0);
    for (auto const& pair : market.pairs) {
        most[pair.asker] = (std::max)(most[pair.asker], pair.liked_by_asker);
    }
    for (auto& pair : market.pairs) {
        if (present[pair.asker] == pair.host) {
            pair.liked_by_asker = most[pair.asker] + 1;
        }
    }
    return market;
}

/// The stable pairing that is best for each asker. O(pairs * log(pairs)) for hosts with few seats.
[[nodiscard]] inline pairing stable_pairing(pairing_market const& market) {
    std::vector<std::vector<possible_pair>> wishes(market.askers);
    for (auto const& pair : market.pairs) {
        KOC_EXPECTS(pair.asker < market.askers && pair.host < market.seats.size());
        wishes[pair.asker].push_back(pair);
    }
    std::vector<std::size_t> waiting;
    for (std::size_t asker = market.askers; asker-- > 0;) {
        std::sort(wishes[asker].begin(), wishes[asker].end(), detail::asker_prefers);
        waiting.push_back(asker);
    }
    std::vector<std::size_t> asked(market.askers, 0);
    std::vector<std::vector<possible_pair>> held(market.seats.size()); // best first
    while (!waiting.empty()) {
        auto const asker = waiting.back();
        waiting.pop_back();
        if (asked[asker] == wishes[asker].size()) {
            continue; // nobody is left to ask
        }
        auto const& pair = wishes[asker][asked[asker]++];
        auto& guests = held[pair.host];
        guests.insert(
            std::lower_bound(guests.begin(), guests.end(), pair, detail::host_prefers), pair);
        if (guests.size() > market.seats[pair.host]) {
            waiting.push_back(guests.back().asker);
            guests.pop_back();
        }
    }
    pairing found(market.askers);
    for (auto const& guests : held) {
        for (auto const& pair : guests) {
            found[pair.asker] = pair.host;
        }
    }
    return found;
}

/// A pair that would leave the pairing for each other: the asker likes this host better than what
/// they have, and the host has a free seat or likes somebody less. O(pairs).
[[nodiscard]] inline std::optional<possible_pair> blocking_pair(
    pairing_market const& market, pairing const& chosen) {
    KOC_EXPECTS(chosen.size() == market.askers);
    std::vector<possible_pair const*> has(market.askers, nullptr);
    std::vector<possible_pair const*> least(market.seats.size(), nullptr);
    std::vector<std::size_t> taken(market.seats.size(), 0);
    for (auto const& pair : market.pairs) {
        if (chosen[pair.asker] != pair.host) {
            continue;
        }
        has[pair.asker] = &pair;
        ++taken[pair.host];
        auto& worst = least[pair.host];
        if (worst == nullptr || detail::host_prefers(*worst, pair)) {
            worst = &pair;
        }
    }
    for (auto const& pair : market.pairs) {
        auto const* now = has[pair.asker];
        auto const would_move =
            &pair != now && (now == nullptr || detail::asker_prefers(pair, *now));
        auto const would_take = taken[pair.host] < market.seats[pair.host] ||
            (least[pair.host] != nullptr && detail::host_prefers(pair, *least[pair.host]));
        if (would_move && would_take) {
            return pair;
        }
    }
    return std::nullopt;
}

} // namespace koc
