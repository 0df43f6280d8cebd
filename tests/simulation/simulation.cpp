// SPDX-License-Identifier: BSL-1.0
#include <koc/testing/simulation.hpp>

#include "simulation/begun_history.hpp"
#include "simulation/standard_world.hpp"
#include "support/catch.hpp"
#include "support/rounds.hpp"

#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>

namespace {

using koc::testing::simulation;
using koc::testing::simulation_plan;
using koc::testing::simulation_report;

simulation_report simulated_with(std::uint64_t seed) {
    return simulation{
        simulated::begun_history(), simulated::standard_world{}, simulated::plan_of(seed)}
        .run();
}
std::uint64_t told(char const* name, std::uint64_t otherwise) {
    auto const* text = std::getenv(name);
    return text == nullptr ? otherwise : std::stoull(text);
}

/// What seeds have brought, together.
struct sums {
    std::size_t seeds = 0;
    std::size_t accepted = 0;
    std::size_t refused = 0;
    std::size_t unknown = 0;
    std::size_t repeated = 0;
    std::size_t restarts = 0;

    void add(simulation_report const& of) {
        ++seeds;
        accepted += of.accepted;
        refused += of.refused;
        unknown += of.unknown;
        repeated += of.repeated;
        restarts += of.restarts;
    }
    [[nodiscard]] std::string text() const {
        return std::to_string(seeds) + " seeds: " + std::to_string(accepted) + " accepted, " +
            std::to_string(refused) + " refused, " + std::to_string(unknown) + " unknown, " +
            std::to_string(repeated) + " repeated, " + std::to_string(restarts) + " restarts";
    }
};

/// With KOC_SIMULATION_SEED, that seed alone.
TEST_CASE("engines on one failing journal keep what the guarantees say", "[simulation]") {
    auto const from = told("KOC_SIMULATION_SEED", 1);
    auto const count =
        std::getenv("KOC_SIMULATION_SEED") == nullptr ? koc_test::rounds(300) : std::uint64_t{1};
    sums all;
    for (auto seed = from; seed < from + count; ++seed) {
        auto const report = simulated_with(seed);
        INFO("KOC_SIMULATION_SEED=" << seed << ": " << report.text());
        REQUIRE_FALSE(report.broken.has_value());
        all.add(report);
    }
    INFO(all.text());
    if (count >= 50) { // otherwise little was tried
        CHECK(all.accepted > 10 * count);
        CHECK(all.refused > count);
        CHECK(all.unknown > count);
        CHECK(all.repeated > count);
        CHECK(all.restarts > count);
    }
}

TEST_CASE("a seed gives the same simulation again, and another seed another", "[simulation]") {
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        auto const first = simulated_with(seed);
        CHECK(first.trace == simulated_with(seed).trace);
        CHECK(first.trace != simulated_with(seed + 1).trace);
    }
}

/// The seeds from KOC_TORTURE_FROM on, KOC_TORTURE_COUNT of them.
TEST_CASE("many seeds of engines on one failing journal", "[.torture]") {
    auto const from = told("KOC_TORTURE_FROM", 1);
    auto const count = told("KOC_TORTURE_COUNT", 20'000);
    sums all;
    for (auto seed = from; seed < from + count; ++seed) {
        auto const report = simulated_with(seed);
        INFO("KOC_SIMULATION_SEED=" << seed << ": " << report.text());
        REQUIRE_FALSE(report.broken.has_value());
        all.add(report);
        if (all.seeds % 500 == 0) {
            std::cout << "simulation: up to seed " << seed << ", " << all.text() << std::endl;
        }
    }
    std::cout << "simulation: from seed " << from << ", " << all.text() << std::endl;
}

} // namespace
