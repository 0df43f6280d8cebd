// SPDX-License-Identifier: BSL-1.0
#include <koc/assign/stable_pairing.hpp>

#include "support/catch.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

using namespace koc;

namespace {

/// All pairings of a small market within the seats, called one by one.
void each_pairing(pairing_market const& market, std::function<void(pairing const&)> const& use) {
    pairing chosen(market.askers);
    std::vector<std::size_t> taken(market.seats.size(), 0);
    std::function<void(std::size_t)> const choose = [&](std::size_t asker) {
        if (asker == market.askers) {
            return use(chosen);
        }
        chosen[asker].reset();
        choose(asker + 1);
        for (auto const& pair : market.pairs) {
            if (pair.asker == asker && taken[pair.host] < market.seats[pair.host]) {
                chosen[asker] = pair.host;
                ++taken[pair.host];
                choose(asker + 1);
                --taken[pair.host];
            }
        }
        chosen[asker].reset();
    };
    choose(0);
}
std::size_t kept(pairing const& before, pairing const& after) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < before.size(); ++i) {
        count += before[i] && before[i] == after[i] ? 1 : 0;
    }
    return count;
}

pairing_market any_market() {
    pairing_market market;
    market.askers = *rc::gen::inRange<std::size_t>(1, 6);
    market.seats = *rc::gen::container<std::vector<std::size_t>>(
        *rc::gen::inRange<std::size_t>(1, 5), rc::gen::inRange<std::size_t>(0, 4));
    for (std::size_t asker = 0; asker < market.askers; ++asker) {
        for (std::size_t host = 0; host < market.seats.size(); ++host) {
            if (*rc::gen::inRange(0, 5) != 0) { // few values, so that there are ties
                market.pairs.push_back({asker, host, *rc::gen::inRange<std::int64_t>(-3, 4),
                    *rc::gen::inRange<std::int64_t>(-3, 4)});
            }
        }
    }
    return market;
}

TEST_CASE("nobody would rather leave for somebody who would rather have them", "[assign]") {
    // Both askers like host 0 best, whose one seat goes to the one that it likes best.
    pairing_market const market{
        2, {1, 1}, {{0, 0, 9, 1}, {0, 1, 1, 1}, {1, 0, 9, 5}, {1, 1, 1, 1}}};
    auto const found = stable_pairing(market);
    CHECK(found == pairing{1, 0});
    CHECK_FALSE(blocking_pair(market, found));
    CHECK(blocking_pair(market, pairing{0, 1}) == possible_pair{1, 0, 9, 5});
    CHECK(blocking_pair(market, pairing{1, std::nullopt}) == possible_pair{0, 0, 9, 1});
    // With two seats both come in; without any nobody does.
    CHECK(stable_pairing({2, {2, 1}, market.pairs}) == pairing{0, 0});
    CHECK(stable_pairing({2, {0, 0}, market.pairs}) == pairing(2));
    CHECK(stable_pairing({}).empty());
}

TEST_CASE("a pairing is stable and the best for each asker, by exhaustive search", "[assign]") {
    CHECK(rc::check("no stable pairing gives any asker a better host", [] {
        auto const market = any_market();
        auto const found = stable_pairing(market);
        RC_ASSERT(!blocking_pair(market, found));
        auto const liking = [&](std::size_t asker, pairing const& in) {
            auto const at = std::find_if(market.pairs.begin(), market.pairs.end(),
                [&](possible_pair const& p) { return p.asker == asker && in[asker] == p.host; });
            return at == market.pairs.end() ? nullptr : &*at;
        };
        std::size_t stable = 0;
        each_pairing(market, [&](pairing const& other) {
            if (blocking_pair(market, other)) {
                return;
            }
            ++stable;
            for (std::size_t asker = 0; asker < market.askers; ++asker) {
                auto const* mine = liking(asker, found);
                auto const* theirs = liking(asker, other);
                RC_ASSERT((mine == nullptr) == (theirs == nullptr));
                auto const better =
                    mine != nullptr && mine != theirs && detail::asker_prefers(*theirs, *mine);
                RC_ASSERT(!better);
            }
        });
        RC_ASSERT(stable >= 1U);
    }));
}

TEST_CASE("when a host leaves the fewest possible pairs change, by exhaustive search", "[assign]") {
    CHECK(rc::check("no other stable pairing keeps more pairs", [] {
        auto market = any_market();
        // The present pairing need not be stable by these likings: people were paired over time.
        auto present = stable_pairing(market);
        for (auto& pair : market.pairs) {
            pair.liked_by_asker = *rc::gen::inRange<std::int64_t>(-3, 4);
            pair.liked_by_host = *rc::gen::inRange<std::int64_t>(-3, 4);
        }
        auto const gone = *rc::gen::inRange<std::size_t>(0, market.seats.size());
        market.seats[gone] = 0;
        for (auto& host : present) {
            host = host == gone ? std::nullopt : host;
        }
        auto const after = preferring_present(market, present);
        auto const found = stable_pairing(after);
        RC_ASSERT(!blocking_pair(after, found));
        std::size_t most = 0;
        each_pairing(after, [&](pairing const& other) {
            if (!blocking_pair(after, other)) {
                most = (std::max)(most, kept(present, other));
            }
        });
        RC_ASSERT(kept(present, found) == most);
    }));
}

} // namespace
