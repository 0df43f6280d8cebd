// SPDX-License-Identifier: BSL-1.0
#include <koc/journal/memory_journal.hpp>
#include <koc/testing/faulty_journal.hpp>
#include <koc/testing/journal.hpp>

#include "support/catch.hpp"

#include <vector>

using koc::testing::append_fault;
using koc::testing::sample_closed;

using memory = koc::memory_journal;
using faulty = koc::testing::faulty_journal<memory>;
static_assert(koc::journal<faulty>);

namespace {

std::vector<koc::batch> const groups = [] {
    koc::batch one;
    one.at = {1000};
    one.events = {koc::event::of(sample_closed{})};
    return std::vector{one};
}();

} // namespace

TEST_CASE("a faulty journal without a script is as good as the one behind it", "[journal]") {
    CHECK(koc::testing::check_journal_laws([] { return faulty{memory{}}; }) ==
        std::vector<std::string>{});
}

TEST_CASE("a scripted append fails as told, and only the told ones write", "[journal]") {
    struct row {
        append_fault fault;
        koc::errc code;
        std::uint64_t written;
    };
    row const rows[] = {
        {append_fault::conflict, koc::errc::conflict, 0},
        {append_fault::unavailable, koc::errc::unavailable, 0},
        {append_fault::unknown_written, koc::errc::outcome_unknown, 1},
        {append_fault::unknown_lost, koc::errc::outcome_unknown, 0},
    };
    for (auto const& [fault, code, written] : rows) {
        faulty journal{memory{}};
        journal.script({append_fault::none, fault});
        auto const head = journal.append({}, groups);
        REQUIRE(head.has_value());
        auto const failed = journal.append(*head, groups);
        REQUIRE(!failed);
        CHECK(failed.error().code == code);
        CHECK(journal.inner().head()->position == 1 + written);
        CHECK(journal.append(*journal.head(), groups).has_value());
    }
}

TEST_CASE("an unknown outcome is resolved by the chain the append would have left", "[journal]") {
    for (auto fault : {append_fault::unknown_written, append_fault::unknown_lost}) {
        faulty journal{memory{}};
        journal.script({fault});
        REQUIRE(!journal.append({}, groups));
        auto const would_be = koc::head_after({}, groups);
        CHECK((*journal.head() == would_be) == (fault == append_fault::unknown_written));
    }
}

TEST_CASE("an append that loses a race is a conflict even when its outcome should be unknown",
    "[journal]") {
    faulty journal{memory{}};
    REQUIRE(journal.append({}, groups).has_value());
    journal.script({append_fault::unknown_written});
    CHECK(journal.append({}, groups).error().code == koc::errc::conflict);
}

TEST_CASE("reads fail as often as told", "[journal]") {
    faulty journal{memory{}};
    journal.fail_reads(2);
    std::vector<koc::envelope> out;
    CHECK(journal.head().error().code == koc::errc::unavailable);
    CHECK(journal.read(0, 1, koc::testing::sample_types(), out).error().code ==
        koc::errc::unavailable);
    CHECK(journal.head().has_value());
    CHECK(journal.read(0, 1, koc::testing::sample_types(), out).has_value());
}
