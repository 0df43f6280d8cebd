// SPDX-License-Identifier: BSL-1.0
#include <koc/journal/memory_journal.hpp>
#include <koc/testing/journal.hpp>

#include "support/catch.hpp"
#include "support/rounds.hpp"

#include <cstdint>
#include <string>
#include <vector>

TEST_CASE("the journal in memory keeps every law of a journal", "[journal]") {
    for (std::uint64_t seed = 1; seed <= koc_test::rounds(3); ++seed) {
        auto const broken = koc::testing::check_journal_laws([] { return koc::memory_journal{}; },
            [](koc::memory_journal journal) { return journal; }, seed);
        CHECK(broken == std::vector<std::string>{});
    }
}

TEST_CASE("a copy of the journal in memory goes its own way", "[journal]") {
    koc::testing::sample_batches random{5};
    auto const first = random.some(3);
    auto const second = random.some(3);
    koc::memory_journal original;
    auto const head = original.append({}, first);
    auto fork = original;
    REQUIRE(fork.append(*head, second).has_value());
    CHECK(*original.head() == *head);
    CHECK(*fork.head() == koc::head_after(*head, second));
}

TEST_CASE("a conflict tells where the journal ends and what to do", "[journal]") {
    koc::testing::sample_batches random{5};
    auto const groups = random.some(1);
    koc::memory_journal journal;
    auto const head = journal.append({}, groups);
    auto const refused = journal.append({}, groups);
    REQUIRE(!refused);
    CHECK(refused.error().code == koc::errc::conflict);
    CHECK(refused.error().subject == "journal at position 0");
    CHECK(refused.error().expected.find("ends at position " + std::to_string(head->position)) !=
        std::string::npos);
}

TEST_CASE("events come back as they went in, not as copies of their text", "[journal]") {
    koc::batch group;
    group.events = {koc::event::of(koc::testing::sample_recorded{})};
    koc::memory_journal journal;
    REQUIRE(journal.append({}, std::vector{group}).has_value());
    std::vector<koc::envelope> out;
    REQUIRE(journal.read(0, 10, {}, out));
    REQUIRE(out.size() == 1);
    CHECK(out[0].events[0].raw() == group.events[0].raw());
    CHECK(journal.envelopes().size() == 1);
}
