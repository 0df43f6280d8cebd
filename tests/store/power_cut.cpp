// SPDX-License-Identifier: BSL-1.0

// Power cuts below the real journal: at every operation, in the recovery of the last one, around
// backups and restores. Tagged [.torture]: as many as KOC_TORTURE_CUTS says.

#include "store/power_cut.hpp"
#include "support/catch.hpp"
#include "support/rounds.hpp"
#include "support/torture.hpp"

#include <cstdint>
#include <cstdio>
#include <string>

using namespace koc_test;

namespace {

/// How many of so many seeds lose something.
std::uint64_t losing(std::uint64_t seeds, life_plan plan) {
    std::uint64_t lost = 0;
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
        lost += cut_trial{seed, plan}.run() ? 1 : 0;
    }
    return lost;
}

} // namespace

TEST_CASE("nothing acknowledged is lost by a power cut at any operation", "[store][faults]") {
    for (std::uint64_t seed = 1; seed <= rounds(4); ++seed) {
        for (std::uint64_t operation = 1;; ++operation) {
            cut_trial trial{seed, {.cut_at = operation, .lives = 1}};
            auto const wrong = trial.run();
            INFO("seed " << seed << ", cut at operation " << operation << ": the journal "
                         << wrong.value_or(""));
            REQUIRE(!wrong);
            if (!trial.reached()) {
                break;
            }
        }
    }
}

TEST_CASE("nothing acknowledged is lost by cuts in the recovery from cuts", "[store][faults]") {
    for (std::uint64_t seed = 1; seed <= rounds(250); ++seed) {
        auto const wrong = cut_trial{seed}.run();
        INFO("seed " << seed << ": the journal " << wrong.value_or(""));
        REQUIRE(!wrong);
    }
}

TEST_CASE("a journal that syncs less loses what it acknowledged, and the cuts find it",
    "[store][faults]") {
    life_plan const plain{.backups = false, .failing_syncs = false};
    CHECK(losing(60, plain) == 0);
    for (auto const* level : {"OFF", "NORMAL"}) {
        careless_sync const less{level};
        life_plan careless = plain;
        careless.careless = true;
        INFO("synchronous=" << level);
        CHECK(losing(60, careless) > 3);
    }
}

TEST_CASE("power cuts, as many as are asked for", "[.torture][cuts]") {
    auto const first = torture_first();
    auto const count = torture_count("CUTS", 1'000);
    std::uint64_t cuts = 0;
    std::uint64_t lost = 0;
    auto seed = first;
    for (; cuts < count; ++seed) {
        cut_trial trial{seed};
        if (auto const wrong = trial.run()) {
            ++lost;
            std::printf("seed %llu: the journal %s\n", static_cast<unsigned long long>(seed),
                wrong->c_str());
        }
        auto const before = cuts;
        cuts += trial.cuts();
        torture_progress(before, cuts, seed + 1);
    }
    torture_result(cuts, "cuts", lost, seed);
    CHECK(lost == 0);
}
