// SPDX-License-Identifier: BSL-1.0

// Each allocation of each operation of an engine fails in turn: the operation is done, or nothing
// has happened, in the state and in the journal.

#include <koc/engine/engine.hpp>
#include <koc/engine/snapshot.hpp>

#include "engine/garden.hpp"
#include "engine/journals.hpp"
#include "support/allocation_operators.hpp"
#include "support/catch.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <new>
#include <optional>
#include <string>
#include <utility>

namespace {

namespace allocation = koc_test::allocation;
using garden::at;
using garden::plant_id;

garden::sow tree(std::uint64_t id) { return {plant_id{id}, "tree " + std::to_string(id), {}}; }

/// A garden with a past.
void begin(koc::engine& engine) {
    for (std::uint64_t id = 1; id <= 20; ++id) {
        REQUIRE(engine.handle(tree(id), at(1)).has_value());
    }
    REQUIRE(engine.handle(garden::water{plant_id{1}, 3}, {at(2).now, {}, "asked once"}));
}

struct operation {
    char const* name;
    std::function<void(koc::engine&)> call;
};

/// Everything that may be seen from outside.
struct seen {
    std::string state;
    koc::journal_head head;
    bool operator==(seen const&) const = default;
};
seen seen_of(koc::engine const& engine) { return {engine.state_text(), engine.head()}; }

/// Runs it with the nth allocation failing. False where the failure came through.
bool survives(std::size_t nth, std::function<void()> const& call) {
    try {
        allocation::failure const failing{nth};
        call();
        return true;
    } catch (std::bad_alloc const&) {
        return false;
    }
}

operation const operations[] = {
    {"handle",
        [](auto& engine) {
            (void)engine.handle(garden::plant_row{plant_id{100}, 7, 2}, at(3));
        }},
    {"handle a request",
        [](auto& engine) {
            (void)engine.handle(tree(120), {at(3).now, {}, "a request id"});
        }},
    {"handle a repeated request",
        [](auto& engine) {
            (void)engine.handle(garden::water{plant_id{1}, 3}, {at(2).now, {}, "asked once"});
        }},
    {"refuse", [](auto& engine) { (void)engine.handle(tree(1), at(3)); }},
    {"refuse after recording",
        [](auto& engine) {
            (void)engine.handle(garden::plant_row{plant_id{15}, 60, 2}, at(3));
        }},
    {"advance", [](auto& engine) { (void)engine.advance(at(60 * 24 * 30)); }},
    {"preview", [](auto& engine) { (void)engine.preview(tree(130), at(3)); }},
    {"failing", [](auto& engine) { (void)engine.failing(tree(1), at(3)); }},
    {"ask", [](auto& engine) { (void)engine.ask(garden::how_wet{plant_id{1}}, at(3)); }},
    {"read", [](auto& engine) { (void)engine.read(0, 100); }},
    {"differing", [](auto& engine) { (void)engine.differing(); }},
    {"take a snapshot", [](auto& engine) { (void)koc::take_snapshot(engine); }},
    {"a group",
        [](auto& engine) {
            auto group = engine.open_group();
            (void)group.handle(tree(140), at(3));
            (void)group.handle(tree(1), at(3));
            (void)group.handle(garden::water{plant_id{140}, 2}, {at(3).now, {}, "in a group"});
            (void)group.commit();
        }},
};

} // namespace

TEST_CASE("an operation whose memory runs out anywhere is done or has not happened", "[engine]") {
    std::size_t failures = 0;
    for (auto const& [name, call] : operations) {
        test::shared_journal const whole_journal;
        auto twin = garden::engine_of(whole_journal);
        begin(twin);
        auto const before = seen_of(twin);
        call(twin);
        auto const after = seen_of(twin);

        test::shared_journal const journal;
        auto engine = garden::engine_of(journal);
        begin(engine);
        for (std::size_t nth = 1;; ++nth) {
            auto const done = survives(nth, [&] { call(engine); });
            failures += done ? 0 : 1;
            INFO(name << " with allocation " << nth << " failing");
            auto const now = seen_of(engine);
            CHECK((now == after || (!done && now == before)));
            auto reader = garden::engine_of(journal, koc::writer_id{2});
            REQUIRE(reader.catch_up().has_value());
            CHECK(seen_of(reader) == now);
            if (done || now == after) {
                break;
            }
        }
        REQUIRE(engine.handle(tree(200), at(60 * 24 * 31)).has_value());
        REQUIRE(twin.handle(tree(200), at(60 * 24 * 31)).has_value());
        CHECK(seen_of(engine) == seen_of(twin));
        // The search index is derived, and missed what it had no memory for.
        CHECK(engine.ask(garden::show_index{}, at(60 * 24 * 31)).value() ==
            twin.ask(garden::show_index{}, at(60 * 24 * 31)).value());
    }
    CHECK(failures > 50); // of reads and repetitions, some allocate nothing
}

TEST_CASE(
    "an engine whose memory runs out while it reads knows a prefix of the journal", "[engine]") {
    test::shared_journal const journal;
    auto writer = garden::engine_of(journal);
    begin(writer);
    auto const snapshot = koc::take_snapshot(writer).value();
    for (bool const resumes : {false, true}) {
        auto engine = garden::engine_of(journal, koc::writer_id{2});
        for (std::size_t nth = 1;; ++nth) {
            bool refused = false;
            auto const done = survives(nth, [&] {
                if (resumes) {
                    refused = !koc::resume(engine, snapshot);
                } else {
                    refused = !engine.catch_up();
                }
            });
            CHECK_FALSE(refused);
            INFO((resumes ? "resume" : "catch_up") << " with allocation " << nth << " failing");
            if (done) {
                CHECK(seen_of(engine) == seen_of(writer));
                break;
            }
            // What is shown is what the journal says up to there.
            auto prefix = garden::engine_of(journal, koc::writer_id{3});
            REQUIRE(prefix.catch_up_to(engine.head().position).has_value());
            CHECK(seen_of(engine) == seen_of(prefix));
            if (resumes && engine.head() != koc::journal_head{}) {
                break;
            }
        }
    }
}
