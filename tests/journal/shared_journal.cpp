// SPDX-License-Identifier: BSL-1.0
#include <koc/journal/shared_journal.hpp>

#include <koc/journal/follower.hpp>
#include <koc/testing/journal.hpp>

#include "support/catch.hpp"

#include <atomic>
#include <cstdint>
#include <span>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace {

using koc::hours;
using koc::shared_journal;

std::vector<koc::batch> one_batch(std::size_t events) {
    koc::batch made;
    made.at = {1000};
    made.events.assign(events, koc::event::of(koc::testing::sample_closed{}));
    return {made};
}
/// Asks a head again after an hour: whoever polls is late.
constexpr koc::polling hourly{hours(1), hours(1)};

TEST_CASE("the shared journal in memory keeps every law of a journal", "[journal]") {
    CHECK(koc::testing::check_journal_laws([] { return shared_journal{}; }) ==
        std::vector<std::string>{});
}

TEST_CASE("copies of a shared journal are one journal", "[journal]") {
    shared_journal first;
    auto second = first;
    auto const head = first.append({}, one_batch(2));
    REQUIRE(head.has_value());
    CHECK(second.head().value() == *head);
    CHECK(second.append({}, one_batch(1)).error().code == koc::errc::conflict);
    CHECK(second.wait_beyond(1, hours(1)).value());
    CHECK_FALSE(second.wait_beyond(2, {2}).value());
    CHECK(shared_journal{}.head().value() == koc::journal_head{});
}

TEST_CASE(
    "whoever waits at a shared journal is woken by each append of another thread", "[journal]") {
    shared_journal const journal;
    constexpr std::uint64_t rounds = 500;
    std::atomic<std::uint64_t> seen = 0;
    std::thread reader{[&seen, journal] {
        koc::follower following{journal, koc::testing::sample_types(), koc::memory_cursor{}};
        while (seen < 2 * rounds && following.wait(hours(1), hourly).value()) {
            seen += following.follow([](auto) { return koc::result<void>{}; }).value();
            seen.notify_one();
        }
    }};
    auto writing = journal;
    for (std::uint64_t round = 0; round < rounds; ++round) {
        CHECK(writing.append(writing.head().value(), one_batch(2)).has_value());
        seen.wait(2 * round);
    }
    reader.join();
    CHECK(seen == 2 * rounds);
}

TEST_CASE("threads at one shared journal lose nothing and read whole batches", "[journal]") {
    shared_journal const journal;
    constexpr std::uint64_t each = 200;
    std::atomic<std::uint64_t> torn = 0;
    std::atomic<std::uint64_t> failed = 0;
    std::vector<std::uint64_t> read;
    std::thread reader{[&, journal] {
        koc::follower following{journal, koc::testing::sample_types(), koc::memory_cursor{}};
        while (read.size() < 3 * 3 * each && following.wait(hours(1), hourly).value()) {
            auto const done =
                following.follow([&](std::span<koc::envelope const> batch) -> koc::result<void> {
                    torn += batch.size() == 3 ? 0U : 1U;
                    for (auto const& one : batch) {
                        read.push_back(one.position);
                    }
                    return {};
                });
            failed += done ? 0U : 1U;
        }
    }};
    std::vector<std::thread> writers;
    for (int writer = 0; writer < 3; ++writer) {
        writers.emplace_back([mine = shared_journal{journal}]() mutable {
            for (std::uint64_t done = 0; done < each;) {
                done += mine.append(mine.head().value(), one_batch(3)) ? 1U : 0U;
            }
        });
    }
    for (auto& one : writers) {
        one.join();
    }
    reader.join();
    CHECK(torn == 0);
    CHECK(failed == 0);
    CHECK(read.size() == 3 * 3 * each);
    for (std::uint64_t at = 0; at < read.size(); ++at) {
        CHECK(read[at] == at);
    }
}

} // namespace
