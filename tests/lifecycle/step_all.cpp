// SPDX-License-Identifier: BSL-1.0
#include <koc/lifecycle/step_all.hpp>

#include "support/catch.hpp"

#include <rapidcheck.h>

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace {

using koc::arrival;
using koc::number_test;
using koc::tested;

enum class stage : unsigned char { seed, sprout, tree, bonsai, timber };
BOOST_DESCRIBE_ENUM(stage, seed, sprout, tree, bonsai, timber)
enum class moment : unsigned char { watered, grew, trimmed, felled };
BOOST_DESCRIBE_ENUM(moment, watered, grew, trimmed, felled)

struct is_wet : tested<number_test{.low = 10}> {
    static constexpr std::string_view name = "there are ten drops";
};
struct is_small : tested<number_test{.high = 99}> {
    static constexpr std::string_view name = "it is below 100";
};
struct is_middling : tested<number_test{.low = 100, .high = 199}> {
    static constexpr std::string_view name = "it is below 200";
};
struct is_large : tested<number_test{.low = 200}> {
    static constexpr std::string_view name = "it is from 200 on";
};
struct is_even : tested<number_test{.mask = 1}> {
    static constexpr std::string_view name = "it is even";
};
struct is_odd_and_small : tested<number_test{.high = 49, .mask = 1, .bits = 1}> {
    static constexpr std::string_view name = "it is odd and below 50";
};

// Three guards that leave nothing out; two that leave something to an unguarded row; one alone; two
// that leave something to nobody.
using life = koc::transition_table<koc::initial<stage::seed>,
    koc::row<stage::seed, moment::watered, stage::sprout, is_wet>,
    koc::row<stage::sprout, moment::grew, stage::bonsai, is_small>,
    koc::row<stage::sprout, moment::grew, stage::sprout, is_middling>,
    koc::row<stage::sprout, moment::grew, stage::tree, is_large>,
    koc::row<stage::tree, moment::grew, stage::timber, is_even>,
    koc::row<stage::tree, moment::grew, stage::bonsai, is_odd_and_small>,
    koc::row<stage::tree, moment::grew, stage::tree>,
    koc::row<stage::tree, moment::felled, stage::timber>,
    koc::row<stage::bonsai, moment::trimmed, stage::seed, is_even>,
    koc::row<stage::bonsai, moment::trimmed, stage::tree, is_odd_and_small>,
    koc::resting<stage::timber>>;

struct happening {
    std::uint32_t number = 0;
    std::uint8_t machine = 0;
    moment what{};
};
constexpr auto read(happening const& h) { return arrival<moment>{h.machine, h.what, h.number}; }

std::vector<unsigned> run(std::span<stage> machines, std::vector<happening> const& happened) {
    std::vector<unsigned> fired;
    koc::step_all<life>(machines, std::span{happened}, read, [&](std::size_t i, unsigned row) {
        CHECK(i == fired.size());
        fired.push_back(row);
    });
    return fired;
}

TEST_CASE("many steps are the same as one step after the other", "[lifecycle]") {
    CHECK(rc::check("over any stages and events, bytes without a meaning among them", [] {
        auto const machines = *rc::gen::inRange<std::size_t>(1, 40);
        std::vector<stage> together;
        for (std::size_t i = 0; i < machines; ++i) {
            together.push_back(static_cast<stage>(*rc::gen::inRange(0, 7)));
        }
        std::vector<happening> happened;
        auto const count = *rc::gen::inRange(0, 300);
        for (int i = 0; i < count; ++i) {
            happened.push_back({*rc::gen::inRange<std::uint32_t>(0, 300),
                *rc::gen::inRange<std::uint8_t>(0, static_cast<std::uint8_t>(machines)),
                static_cast<moment>(*rc::gen::inRange(0, 6))});
        }
        auto apart = together;
        auto const fired = run(together, happened);
        RC_ASSERT(fired.size() == happened.size());
        for (std::size_t i = 0; i < happened.size(); ++i) {
            auto& at = apart[happened[i].machine];
            auto const before = at;
            auto const to = life::step(before, happened[i].what, happened[i].number);
            RC_ASSERT(life::advance(at, happened[i].what, happened[i].number) == fired[i]);
            RC_ASSERT(to.has_value() == (fired[i] != 0));
            RC_ASSERT(at == to.value_or(before));
            if (fired[i] != 0) {
                auto const& row = life::rows[fired[i] - 1];
                RC_ASSERT(row.from == before);
                RC_ASSERT(row.event == happened[i].what);
                RC_ASSERT(row.to == at);
            }
        }
        RC_ASSERT(together == apart);
    }));
}

TEST_CASE(
    "an event that nothing fires for leaves the stage alone and is told as row 0", "[lifecycle]") {
    std::array machines{stage::seed, stage::timber, stage::bonsai, static_cast<stage>(200)};
    auto const before = machines;
    CHECK(
        run(machines,
            {{9, 0, moment::watered}, {0, 1, moment::felled}, {51, 2, moment::trimmed},
                {10, 3, moment::watered}, {10, 0, static_cast<moment>(77)}}) == std::vector(5, 0U));
    CHECK(machines == before);
}

TEST_CASE("of several rows of a stage and event the one fires whose guard holds", "[lifecycle]") {
    std::array machines{stage::sprout, stage::sprout, stage::sprout, stage::tree, stage::tree,
        stage::tree, stage::tree};
    CHECK(run(machines,
              {{99, 0, moment::grew}, {100, 1, moment::grew}, {200, 2, moment::grew},
                  {8, 3, moment::grew}, {9, 4, moment::grew}, {51, 5, moment::grew},
                  {0, 6, moment::felled}}) == std::vector{2U, 3U, 4U, 5U, 6U, 7U, 8U});
    CHECK(machines ==
        std::array{stage::bonsai, stage::sprout, stage::tree, stage::timber, stage::bonsai,
            stage::tree, stage::timber});
}

TEST_CASE("many steps can be taken when compiled", "[lifecycle]") {
    constexpr auto end = [] {
        std::array machines{stage::seed};
        std::array const happened{happening{10, 0, moment::watered}, happening{7, 0, moment::grew}};
        koc::step_all<life>(std::span<stage>{machines}, std::span<happening const>{happened}, read,
            [](std::size_t, unsigned) {});
        return machines[0];
    }();
    STATIC_REQUIRE(end == stage::bonsai);
}

// Without a guard, and with stages far apart.
enum class rung : signed char { below = -3, middle = 0, above = 100 };
BOOST_DESCRIBE_ENUM(rung, below, middle, above)
enum class way : unsigned char { up = 7, down = 70 };
BOOST_DESCRIBE_ENUM(way, up, down)
using ladder = koc::transition_table<koc::row<rung::below, way::up, rung::middle>,
    koc::row<rung::middle, way::up, rung::above>, koc::row<rung::middle, way::down, rung::below>,
    koc::row<rung::above, way::down, rung::middle>, koc::initial<rung::middle>>;

TEST_CASE("a table without guards takes many steps too", "[lifecycle]") {
    std::array machines{rung::middle, rung::below};
    std::vector<std::pair<std::size_t, way>> const happened{
        {0, way::down}, {1, way::down}, {0, way::up}, {0, way::up}, {1, way::up}};
    std::vector<unsigned> fired;
    koc::step_all<ladder>(
        std::span<rung>{machines}, std::span{happened},
        [](auto const& h) {
            return arrival<way>{h.first, h.second};
        },
        [&](std::size_t, unsigned row) { fired.push_back(row); });
    CHECK(machines == std::array{rung::above, rung::middle});
    CHECK(fired == std::vector{3U, 0U, 1U, 2U, 1U});
}

} // namespace
