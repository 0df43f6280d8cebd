// SPDX-License-Identifier: BSL-1.0
#include <koc/journal/follower.hpp>

#include <koc/journal/memory_journal.hpp>
#include <koc/testing/faulty_journal.hpp>
#include <koc/testing/journal.hpp>

#include "engine/journals.hpp"
#include "support/catch.hpp"

#include <rapidcheck.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <stdexcept>
#include <utility>
#include <vector>

namespace {

using koc::envelope;
using koc::errc;
using koc::journal_head;
using koc::memory_cursor;
using test::shared_journal;
using batch = std::span<envelope const>;

koc::batch of_events(std::size_t count, std::int64_t at = 1000) {
    koc::batch made;
    made.at = {at};
    made.events.assign(count, koc::event::of(koc::testing::sample_closed{}));
    return made;
}
void append(shared_journal const& to, std::vector<std::size_t> const& sizes) {
    for (auto size : sizes) {
        std::vector const one{of_events(size)};
        REQUIRE(to.append(to.head().value(), one).has_value());
    }
}
auto follow(shared_journal const& journal, journal_head from = {}) {
    return koc::follower{journal, koc::testing::sample_types(), memory_cursor{from}};
}
/// Notes the first position and the size of each batch.
auto noting(std::vector<std::pair<std::uint64_t, std::size_t>>& into) {
    return [&into](batch given) -> koc::result<void> {
        into.emplace_back(given.front().position, given.size());
        return {};
    };
}
using seen = std::vector<std::pair<std::uint64_t, std::size_t>>;

TEST_CASE("a follower is given whole batches in order, and then what comes later", "[journal]") {
    shared_journal const journal;
    append(journal, {2, 1, 3});
    auto reader = follow(journal);
    seen got;
    CHECK(reader.follow(noting(got)).value() == 6);
    CHECK(got == seen{{0, 2}, {2, 1}, {3, 3}});
    CHECK(reader.follow(noting(got)).value() == 0);
    CHECK_FALSE(reader.wait({2}).value());
    append(journal, {4});
    CHECK(reader.wait({2}).value());
    CHECK(reader.follow(noting(got)).value() == 4);
    CHECK(got.back() == std::pair<std::uint64_t, std::size_t>{6, 4});
    CHECK(reader.cursor().load().value() == journal.head().value());
}

TEST_CASE("no page ends within a batch, however small it is", "[journal]") {
    shared_journal const journal;
    append(journal, {2, 7, 1, 1, 5, 3});
    for (std::size_t page = 1; page <= 20; ++page) {
        auto reader = follow(journal);
        seen got;
        while (reader.follow(noting(got), page).value() != 0) {
        }
        CHECK(got == seen{{0, 2}, {2, 7}, {9, 1}, {10, 1}, {11, 5}, {16, 3}});
    }
}

TEST_CASE("what is refused stands next, and what came before it is stored", "[journal]") {
    shared_journal const journal;
    append(journal, {2, 1, 3});
    auto reader = follow(journal);
    auto const refused = reader.follow([](batch given) -> koc::result<void> {
        if (given.front().position == 2) {
            return koc::error{errc::unavailable, "consumer", "expected it to listen"};
        }
        return {};
    });
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().subject == "consumer");
    CHECK(reader.cursor().load().value().position == 2);
    seen got;
    CHECK(reader.follow(noting(got)).value() == 4);
    CHECK(got == seen{{2, 1}, {3, 3}});
}

TEST_CASE("an exception stores nothing, and all of it is given again", "[journal]") {
    shared_journal const journal;
    append(journal, {2, 1});
    auto reader = follow(journal);
    CHECK_THROWS_AS(reader.follow([](batch given) -> koc::result<void> {
        if (given.front().position == 2) {
            throw std::runtime_error{"the consumer fails"};
        }
        return {};
    }),
        std::runtime_error);
    CHECK(reader.cursor().load().value() == journal_head{});
    seen got;
    CHECK(reader.follow(noting(got)).value() == 3);
    CHECK(got == seen{{0, 2}, {2, 1}});
}

TEST_CASE("a cursor of another journal, beyond the end or within a batch is refused", "[journal]") {
    shared_journal const journal;
    append(journal, {2, 3});
    auto const& events = journal.envelopes();
    struct row {
        journal_head from;
        errc code;
        char const* says;
    };
    for (auto const& [from, code, says] : {
             row{{9, events[4].chain}, errc::invalid_argument, "which ends before"},
             row{{2, {1, 2}}, errc::invalid_argument, "whose events up to there are others"},
             row{{5, events[3].chain}, errc::invalid_argument, "whose events up to there"},
             row{{4, events[3].chain}, errc::wrong_state, "of one that began at 2; begin there"},
         }) {
        seen got;
        auto const refused = follow(journal, from).follow(noting(got));
        REQUIRE_FALSE(refused.has_value());
        CHECK(refused.error().code == code);
        CHECK(refused.error().subject == "cursor at position " + std::to_string(from.position));
        CHECK(refused.error().expected.find(says) != std::string::npos);
        CHECK(got.empty());
    }
    CHECK(follow(journal, {9, events[4].chain}).wait({60'000}).error().code ==
        errc::invalid_argument); // it would wait for ever
    seen got;
    CHECK(follow(journal, {2, events[1].chain}).follow(noting(got)).value() == 3);
}

TEST_CASE(
    "what the journal or the cursor refuses is refused, and nothing is skipped", "[journal]") {
    shared_journal const journal;
    append(journal, {1, 1});
    auto reader = follow(journal);
    seen got;
    journal.fail_reads(1);
    CHECK(reader.follow(noting(got)).error().code == errc::unavailable);
    CHECK(reader.follow(noting(got)).value() == 2);
    CHECK(got == seen{{0, 1}, {1, 1}});

    /// Refuses to load or to store as often as told.
    struct weak_cursor {
        koc::result<journal_head> load() {
            if (std::exchange(failing_load, false)) {
                return koc::error{errc::corrupt, "cursor", "expected one"};
            }
            return journal_head{};
        }
        koc::result<void> store(journal_head) {
            if (std::exchange(failing_store, false)) {
                return koc::error{errc::unavailable, "cursor", "expected room"};
            }
            return {};
        }
        bool failing_load = true;
        bool failing_store = true;
    };
    koc::follower weak{journal, koc::testing::sample_types(), weak_cursor{}};
    got.clear();
    CHECK(weak.follow(noting(got)).error().code == errc::corrupt);
    CHECK(weak.follow(noting(got)).error().code == errc::unavailable);
    CHECK(weak.follow(noting(got)).value() == 2);
    CHECK(got == seen{{0, 1}, {1, 1}, {0, 1}, {1, 1}}); // at least once
}

TEST_CASE("however appends, crashes and refusals follow each other, every event is seen in order",
    "[journal]") {
    CHECK(rc::check("a follower that dies at any time", [] {
        shared_journal const journal;
        auto kept = std::make_shared<journal_head>();
        struct outside {
            std::shared_ptr<journal_head> at;
            koc::result<journal_head> load() { return *at; }
            koc::result<void> store(journal_head to) {
                *at = to;
                return {};
            }
        };
        std::vector<std::uint64_t> got;
        auto const make = [&] {
            return koc::follower{journal, koc::testing::sample_types(), outside{kept}};
        };
        auto reader = make();
        for (auto steps = *rc::gen::inRange(1, 40); steps > 0; --steps) {
            switch (*rc::gen::inRange(0, 4)) {
            case 0: {
                std::vector const one{of_events(*rc::gen::inRange<std::size_t>(1, 5))};
                RC_ASSERT(journal.append(journal.head().value(), one).has_value());
                break;
            }
            case 1:
                reader = make(); // another process
                break;
            default: {
                auto left = *rc::gen::inRange(0, 4); // batches until it refuses or throws
                auto const throws = *rc::gen::arbitrary<bool>();
                try {
                    static_cast<void>(reader.follow(
                        [&](batch given) -> koc::result<void> {
                            for (auto const& e : given) {
                                got.push_back(e.position);
                            }
                            if (left-- == 0 && throws) {
                                throw std::runtime_error{"crash"};
                            }
                            return left < 0
                                ? koc::result<void>{koc::error{errc::unavailable, "x", "y"}}
                                : koc::result<void>{};
                        },
                        *rc::gen::inRange<std::size_t>(1, 9)));
                } catch (std::runtime_error const&) {
                    reader = make();
                }
            }
            }
        }
        while (reader
                   .follow([&](batch given) -> koc::result<void> {
                       for (auto const& e : given) {
                           got.push_back(e.position);
                       }
                       return {};
                   })
                   .value() != 0) {
        }
        // What was seen before apart, the positions are those of the journal.
        std::uint64_t next = 0;
        for (auto at : got) {
            RC_ASSERT(at <= next);
            next += at == next ? 1 : 0;
        }
        RC_ASSERT(next == journal.head().value().position);
    }));
}

} // namespace
