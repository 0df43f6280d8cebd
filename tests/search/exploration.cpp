// SPDX-License-Identifier: BSL-1.0
#include <koc/search/exploration.hpp>

#include "search/scorers.hpp"
#include "support/catch.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace {

using koc::exploration;
using koc::percent;
using koc::requirement_plan;
using koc::score;
using koc::slot;
using koc::top_k;
using koc::whole;
using test::crowd;
using test::errand;
using test::mixture;
using test::person;
using test::person_id;

constexpr mixture by_depth{score::unit, 0, 0};

/// People 1 to `count`; the smaller the id the better, and those whose id is odd are new (load 0).
crowd of(std::uint64_t count) {
    crowd people;
    for (std::uint64_t i = 1; i <= count; ++i) {
        people.add({person_id{i}, {}, 1000 - static_cast<std::int64_t>(i),
            static_cast<std::int64_t>(i % 2 == 0 ? 5 : 0)});
    }
    return people;
}

bool is_new(person const& p) { return p.load < 3; }

auto explored(crowd const& people, std::size_t k, exploration const& draw) {
    return top_k_exploring(
        people, requirement_plan{}, errand{}, by_depth, k, is_new, draw, koc::open_gate{})
        .value();
}

std::vector<std::uint64_t> ids(koc::choices<person_id> const& chosen) {
    std::vector<std::uint64_t> found;
    for (auto const& c : chosen.all) {
        found.push_back(c.found.id.value());
    }
    return found;
}

TEST_CASE("a share of nothing asks the best and leaves nothing to chance", "[match][E06]") {
    auto const people = of(20);
    auto const chosen = explored(people, 5, {{}, 7, 1});
    CHECK(ids(chosen) == std::vector<std::uint64_t>{1, 2, 3, 4, 5});
    for (auto const& c : chosen.all) {
        CHECK(c.chance == whole(1));
        CHECK_FALSE(c.by_lot);
    }
}

TEST_CASE("a share of the places goes by lot to newcomers without a place, each alike",
    "[match][E05][E06]") {
    auto const people = of(20);
    std::map<std::uint64_t, int> seen;
    constexpr int draws = 4000;
    for (std::uint64_t seed = 0; seed < draws; ++seed) {
        auto const chosen = explored(people, 5, {percent(40), seed, 1});
        REQUIRE(chosen.all.size() == 5);
        CHECK(chosen.pool == 8); // 5, 7, ..., 19
        for (std::size_t i = 0; i < 5; ++i) {
            auto const& c = chosen.all[i];
            CHECK(c.by_lot == (i >= 3));
            CHECK(c.chance == (i < 3 ? whole(1) : percent(25)));
            CHECK(c.found.fit == by_depth.rate(errand{}, people[c.found.place]));
            ++seen[c.found.id.value()];
        }
    }
    CHECK(seen.size() == 3 + 8);
    for (auto const& [who, times] : seen) {
        CAPTURE(who);
        if (who > 3) {
            CHECK(std::abs(times - draws / 4) < 140); // five standard deviations
        } else {
            CHECK(times == draws);
        }
    }
}

TEST_CASE("a share that is not whole is a chance of one place more", "[match][E05]") {
    auto const people = of(20);
    int by_lot = 0;
    for (std::uint64_t seed = 0; seed < 4000; ++seed) {
        auto const chosen = explored(people, 1, {percent(10), seed, 1});
        REQUIRE(chosen.all.size() == 1);
        auto const& c = chosen.all.front();
        by_lot += c.by_lot ? 1 : 0;
        // 1 is new too: without a lot they have the place, and with one they draw with the others.
        auto const expected = c.found.id == person_id{1} ? percent(91) : percent(1);
        CHECK(expected - c.chance <= score{2});
        CHECK(expected >= c.chance);
    }
    CHECK(std::abs(by_lot - 400) < 95);
}

TEST_CASE("a draw is told by its seed and what it is about, and by nothing else", "[match][E12]") {
    auto const people = of(60);
    exploration const draw{percent(50), 11, 3};
    CHECK(explored(people, 8, draw).all == explored(people, 8, draw).all);
    CHECK(ids(explored(people, 8, draw)) != ids(explored(people, 8, {percent(50), 12, 3})));
    CHECK(ids(explored(people, 8, draw)) != ids(explored(people, 8, {percent(50), 11, 4})));
    CHECK(koc::lot_of(draw, person_id{5}) == 0xc10ef4e8ae9e024c); // on every platform
    // Somebody who does not qualify changes nobody's lot.
    auto fewer = of(60);
    auto const before = explored(people, 8, draw);
    auto const loser = [&] {
        for (slot s = 10; s < 60; ++s) {
            auto const found = ids(before);
            if (is_new(people[s]) &&
                std::find(found.begin(), found.end(), people.id_at(s).value()) == found.end()) {
                return s;
            }
        }
        return slot{};
    }();
    fewer.remove(loser);
    CHECK(ids(explored(fewer, 8, draw)) == ids(before));
}

TEST_CASE("places that no newcomer takes go to the next best", "[match][E06]") {
    auto people = of(12);
    for (slot s = 4; s < 12; s += 2) {
        people.remove(s); // the newcomers 5, 7, 9 and 11
    }
    auto const chosen = explored(people, 4, {whole(1), 3, 1});
    auto found = ids(chosen);
    std::sort(found.begin(), found.end());
    CHECK(found == std::vector<std::uint64_t>{1, 2, 3, 4});
    for (auto const& c : chosen.all) {
        CHECK(c.chance == whole(1));
    }
    // Fewer than there are places: everybody is asked.
    CHECK(explored(people, 8, {percent(50), 3, 1}).all.size() == 8);
    crowd const nobody_new = [] {
        crowd made;
        made.add({person_id{1}, {}, 1, 9});
        made.add({person_id{2}, {}, 2, 9});
        return made;
    }();
    CHECK(ids(explored(nobody_new, 1, {whole(1), 3, 1})) == std::vector<std::uint64_t>{2});
}

TEST_CASE("who is not admitted has no lot, and what top-k refuses is refused", "[match]") {
    auto const people = of(30);
    auto const chosen = top_k_exploring(people, requirement_plan{}, errand{}, by_depth, 10, is_new,
        exploration{percent(50), 1, 1}, test::every_third{})
                            .value();
    CHECK(chosen.all.size() == 10);
    for (auto id : ids(chosen)) {
        CHECK(id % 3 != 0);
    }
    auto const refused = top_k_exploring(people, requirement_plan{}, errand{}, by_depth, 0, is_new,
        exploration{percent(50), 1, 1}, koc::open_gate{});
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().subject == "k = 0");
}

TEST_CASE("the chances are those of the draw, whatever the share and the crowd", "[match][E05]") {
    CHECK(rc::check([] {
        auto const n = *rc::gen::inRange<std::uint64_t>(1, 30);
        auto const people = of(n);
        auto const k = static_cast<std::size_t>(*rc::gen::inRange<std::uint64_t>(1, n + 1));
        score const share{*rc::gen::inRange<std::int64_t>(0, score::unit + 1)};
        std::map<std::uint64_t, score> chance_of;
        std::map<std::uint64_t, int> seen;
        constexpr int draws = 400;
        for (std::uint64_t seed = 0; seed < draws; ++seed) {
            auto const chosen = explored(people, k, {share, seed, 1});
            RC_ASSERT(chosen.all.size() == k);
            for (auto const& c : chosen.all) {
                auto const [it, first] = chance_of.try_emplace(c.found.id.value(), c.chance);
                RC_ASSERT(it->second == c.chance); // a chance is no matter of the draw
                RC_ASSERT(c.chance > score{});
                RC_ASSERT(c.chance <= whole(1));
                ++seen[c.found.id.value()];
            }
        }
        score sum;
        for (auto const& [who, chance] : chance_of) {
            auto const expected = static_cast<double>(chance.raw) / score::unit * draws;
            RC_ASSERT(std::abs(seen[who] - expected) < 60); // six standard deviations
            sum += chance;
        }
        RC_ASSERT(sum <= whole(static_cast<std::int64_t>(k))); // some may not have been seen
    }));
}

TEST_CASE(
    "weighed by their chances, the chosen stand for everybody who had one", "[match][E05][E08]") {
    auto const people = of(20);
    // What would come of asking each of them; the truth over all who can be chosen.
    auto const worth = [](person_id who) { return static_cast<double>(who.value() % 5); };
    double truth = 0;
    for (slot s = 0; s < 20; ++s) {
        auto const id = people.id_at(s);
        truth += id.value() <= 3 || is_new(people[s]) ? worth(id) : 0;
    }
    double sum = 0;
    constexpr int draws = 20'000;
    for (std::uint64_t seed = 0; seed < draws; ++seed) {
        for (auto const& c : explored(people, 5, {percent(40), seed, 1}).all) {
            sum += worth(c.found.id) / (static_cast<double>(c.chance.raw) / score::unit);
        }
    }
    CHECK(std::abs(sum / draws - truth) < 0.25);
}

} // namespace
