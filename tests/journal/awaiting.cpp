// SPDX-License-Identifier: BSL-1.0
#include <koc/journal/awaiting.hpp>

#include <koc/journal/memory_journal.hpp>
#include <koc/testing/journal.hpp>

#include "support/catch.hpp"

#include <cstdint>
#include <vector>

namespace {

using koc::duration;
using koc::wait_beyond;

/// Holds so many events after so many looks.
struct growing {
    int looks_before = 0;
    int looks = 0;
    koc::result<koc::journal_head> head() {
        return koc::journal_head{looks++ < looks_before ? 4U : 5U, {}};
    }
};

TEST_CASE("a head is asked for ever more seldom, until there is more or time is up", "[journal]") {
    struct row {
        int looks_before;
        std::int64_t timeout;
        bool found;
        std::vector<std::int64_t> slept;
    };
    for (auto const& [looks_before, timeout, found, slept] : {
             row{0, 100, true, {}},
             row{1, 100, true, {1}},
             row{4, 100, true, {1, 2, 4, 8}},
             row{99, 0, false, {}},
             row{99, 6, false, {1, 2, 3}},
             row{99, 40, false, {1, 2, 4, 8, 8, 8, 8, 1}},
             row{8, 40, true, {1, 2, 4, 8, 8, 8, 8, 1}},
         }) {
        growing journal{looks_before};
        std::vector<std::int64_t> pauses;
        auto const more = wait_beyond(journal, 4, duration{timeout}, {duration{1}, duration{8}},
            [&](duration pause) { pauses.push_back(pause.ms); });
        CHECK(more.value() == found);
        CHECK(pauses == slept);
    }
}

TEST_CASE("what a head is refused with, waiting is refused with", "[journal]") {
    struct closed {
        koc::result<koc::journal_head> head() {
            return koc::error{koc::errc::unavailable, "disk", "expected a disk"};
        }
    };
    closed journal;
    auto const refused = wait_beyond(journal, 0, duration{10});
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().code == koc::errc::unavailable);
}

TEST_CASE("a journal that is told of appends waits by itself", "[journal]") {
    struct told {
        std::uint64_t asked = 0;
        koc::result<bool> wait_beyond(std::uint64_t position, duration) {
            asked = position;
            return true;
        }
    };
    static_assert(koc::awaitable<told>);
    static_assert(!koc::awaitable<koc::memory_journal>);
    told journal;
    CHECK(wait_beyond(journal, 7, duration{10}).value());
    CHECK(journal.asked == 7);

    koc::memory_journal silent;
    CHECK_FALSE(wait_beyond(silent, 0, duration{2}).value());
    REQUIRE(silent.append({}, koc::testing::sample_batches{1}.some(1)).has_value());
    CHECK(wait_beyond(silent, 0, duration{2}).value());
}

} // namespace
