// SPDX-License-Identifier: BSL-1.0
#include <koc/engine/clock_rules.hpp>

#include "engine/garden.hpp"
#include "engine/journals.hpp"
#include "engine/picture.hpp"
#include "support/catch.hpp"

#include <cstdint>

namespace {

using garden::at;
using garden::engine_of;
using garden::plant_id;
using koc::days;
using koc::errc;
using koc::minutes;
using test::picture_of;

garden::sow tree(std::uint64_t id) { return {plant_id{id}, "tree", {}}; }
constexpr koc::instant start{minutes(1).ms};

TEST_CASE("the clock's rules are checked", "[engine]") {
    CHECK(check(koc::clock_rules{}).has_value());
    CHECK_FALSE(check(koc::clock_rules{minutes(-1), days(1), days(1)}).has_value());
    CHECK_FALSE(check(koc::clock_rules{minutes(1), days(0), days(1)}).has_value());
    CHECK_FALSE(check(koc::clock_rules{minutes(1), days(1), days(-1)}).has_value());
    auto engine = engine_of(test::shared_journal{});
    CHECK_FALSE(
        engine.handle(koc::adopt<koc::clock_rules>{{minutes(1), {}, {}}}, at(1)).has_value());
}

TEST_CASE("a command a little behind is taken at the last event's instant", "[engine][time]") {
    test::shared_journal const journal;
    auto engine = engine_of(journal);
    REQUIRE(engine.handle(tree(1), at(100)).has_value());
    CHECK_FALSE(journal.envelopes().back().told.has_value());
    REQUIRE(engine.handle(tree(2), at(90)).has_value());
    CHECK(journal.envelopes().back().at == at(100).now);
    CHECK(journal.envelopes().back().told == at(90).now);
    auto const far = engine.handle(tree(3), {at(90).now - koc::duration{1}});
    REQUIRE_FALSE(far.has_value());
    CHECK(far.error().code == errc::time_ran_backwards);
    CHECK(engine.preview(tree(3), at(0)).error().code == errc::time_ran_backwards);
    CHECK(engine.advance(at(0)).error().code == errc::time_ran_backwards);
}

TEST_CASE("a command far ahead is refused unless that is asked for", "[engine][time]") {
    auto engine = engine_of(test::shared_journal{});
    // The first event may stand anywhere.
    koc::asked ahead{start + days(100'000)};
    REQUIRE(engine.handle(tree(1), {start}).has_value());
    CHECK(engine.handle(tree(2), ahead).error().code == errc::invalid_argument);
    CHECK(engine.advance(ahead).error().code == errc::invalid_argument);
    CHECK(engine.handle(tree(2), {start + days(400)}).has_value());
    ahead.far_ahead = true;
    CHECK(engine.handle(tree(3), ahead).has_value());
    CHECK(engine.last() == ahead.now);
    auto late = engine_of(test::shared_journal{});
    CHECK(late.handle(tree(1), {ahead.now}).has_value());
}

TEST_CASE("tolerance is measured from what was known when a command arrived", "[engine][time]") {
    test::shared_journal const journal;
    auto one = engine_of(journal);
    auto two = engine_of(journal, koc::writer_id{2});
    REQUIRE(one.handle(tree(1), at(10)).has_value());
    REQUIRE(two.handle(tree(2), at(200)).has_value());
    // Its clock was right when it was sent; that another was faster is no fault of it.
    REQUIRE(one.handle(tree(3), at(11)).has_value());
    CHECK(journal.envelopes().back().at == at(200).now);
    CHECK(journal.envelopes().back().told == at(11).now);
}

TEST_CASE(
    "what is due happens first, at its own instant, in batches of its own", "[engine][time]") {
    test::shared_journal const journal;
    auto engine = engine_of(journal);
    for (std::uint64_t i = 1; i <= 4; ++i) {
        REQUIRE(engine.handle(tree(i), {start}).has_value());
    }
    // Later ids are due earlier.
    REQUIRE(engine.handle(garden::water{plant_id{3}, 1}, {start}).has_value());
    REQUIRE(engine.handle(garden::water{plant_id{1}, 1}, {start + minutes(1)}).has_value());
    CHECK(engine.next_due() == start + days(7));
    auto const from = journal.envelopes().size();

    auto const given = engine.handle(garden::water{plant_id{2}, 1}, {start + days(8)}).value();
    auto const& events = journal.envelopes();
    REQUIRE(events.size() == from + 7); // the last one fills a page
    CHECK(events[from].events.front().get<garden::dried>().plant == plant_id{3});
    CHECK(events[from].at == start + days(7));
    CHECK(events[from].by.kind == koc::actor_kind::time);
    CHECK(events[from].asked.id.empty());
    CHECK(events[from + 1].events.front().get<garden::noted>().about == "dried");
    CHECK(events[from + 1].first == from);
    CHECK(events[from + 2].events.front().get<garden::dried>().plant == plant_id{1});
    CHECK(events[from + 2].at == start + days(7) + minutes(1));
    CHECK(events[from + 2].first == from + 2);
    // The receipt covers the command's own batch.
    CHECK(given == koc::receipt{from + 4, 3, false});
    CHECK(events.back().at == start + days(8));
    CHECK(engine.next_due() == start + days(15));
    CHECK(picture_of(engine) == test::replayed(journal));
}

TEST_CASE("time is not vetoed", "[engine][time]") {
    test::shared_journal const journal;
    auto engine = engine_of(journal);
    REQUIRE(engine.handle(tree(1), {start}).has_value());
    REQUIRE(engine.handle(garden::water{plant_id{1}, 1}, {start}).has_value());
    REQUIRE(engine.handle(garden::forbid{"dried"}, {start}).has_value());
    REQUIRE(engine.handle(garden::forbid{"noted"}, {start}).has_value());
    REQUIRE(engine.advance({start + days(7)}).has_value());
    CHECK(engine.find(plant_id{1})->litres == 0);
    auto const& noted = journal.envelopes()[journal.envelopes().size() - 2];
    CHECK(noted.events.front().get<garden::noted>().about == "dried");
}

TEST_CASE("what time brings is not refused by an aspect either", "[engine][time]") {
    test::shared_journal const journal;
    {
        auto engine = engine_of(journal);
        REQUIRE(engine.handle(tree(1), {start}).has_value());
        REQUIRE(engine.handle(garden::water{plant_id{1}, 1}, {start}).has_value());
    }
    auto later = koc::engine::of<garden::later_programme>(journal);
    REQUIRE(later.advance({start + days(7)}).has_value());
    CHECK(journal.envelopes().back().events.front().get<garden::frost_measured>().degrees == 0);
}

TEST_CASE("what was due is recorded, even where the command is refused", "[engine][time]") {
    test::shared_journal const journal;
    auto engine = engine_of(journal);
    REQUIRE(engine.handle(tree(1), {start}).has_value());
    REQUIRE(engine.handle(garden::water{plant_id{1}, 1}, {start}).has_value());
    auto const from = journal.envelopes().size();
    CHECK_FALSE(engine.handle(tree(1), {start + days(8)}).has_value());
    CHECK(journal.envelopes().size() == from + 3); // dried, noted, and a page is full
    CHECK(engine.find(plant_id{1})->litres == 0);
    CHECK_FALSE(engine.next_due().has_value());
    CHECK(engine.last() == start + days(7));
}

TEST_CASE("a preview lets time pass without recording it", "[engine][time]") {
    test::shared_journal const journal;
    auto engine = engine_of(journal);
    REQUIRE(engine.handle(tree(1), {start}).has_value());
    REQUIRE(engine.handle(garden::water{plant_id{1}, 1}, {start}).has_value());
    auto const before = picture_of(engine);
    auto const told = engine.preview(garden::water_dry{}, {start + days(8)}).value();
    REQUIRE(told.size() == 2); // it is dry by then; the events of time are left out
    CHECK(told.front().type().name == "watered");
    CHECK(picture_of(engine) == before);
    CHECK(engine.preview(garden::water_dry{}, {start + days(6)}).value().empty());
}

TEST_CASE("time passes in a group as it does between commands", "[engine][time]") {
    test::shared_journal const journal;
    auto engine = engine_of(journal);
    REQUIRE(engine.handle(tree(1), {start}).has_value());
    REQUIRE(engine.handle(garden::water{plant_id{1}, 1}, {start}).has_value());
    auto const from = journal.envelopes().size();
    auto group = engine.open_group();
    CHECK_FALSE(group.handle(tree(1), {start + days(8)}).has_value());
    CHECK(group.handle(garden::water{plant_id{1}, 1}, {start + days(8)}).value().first == from + 3);
    REQUIRE(group.commit().has_value());
    CHECK(journal.envelopes()[from].at == start + days(7));
    CHECK(journal.envelopes()[from].by.kind == koc::actor_kind::time);
    CHECK(picture_of(engine) == test::replayed(journal));
}

TEST_CASE("advance sees what others have put on the agenda", "[engine][time]") {
    test::shared_journal const journal;
    auto engine = engine_of(journal);
    auto other = engine_of(journal, koc::writer_id{2});
    REQUIRE(engine.handle(tree(1), {start}).has_value());
    REQUIRE(other.handle(garden::water{plant_id{1}, 1}, {start}).has_value());
    REQUIRE(engine.advance({start + days(7)}).has_value());
    CHECK(engine.find(plant_id{1})->litres == 0);
    // Nothing is due, so nothing is recorded.
    auto const appends = journal.appends();
    REQUIRE(engine.advance({start + days(9)}).has_value());
    CHECK(journal.appends() == appends);
    CHECK(engine.last() == start + days(7));
}

TEST_CASE("much that is due is appended in pieces of bounded size", "[engine][time]") {
    test::shared_journal const journal;
    auto engine = engine_of(journal);
    constexpr std::uint64_t plants = 5000;
    REQUIRE(engine.handle(garden::plant_row{plant_id{1}, plants, 1, false}, {start}).has_value());
    auto const appends = journal.appends();
    auto const from = journal.envelopes().size();
    REQUIRE(engine.advance({start + days(7)}).has_value());
    CHECK(journal.appends() > appends + 1);
    CHECK(journal.envelopes().size() >= from + 2 * plants);
    CHECK_FALSE(engine.next_due().has_value());
    CHECK(picture_of(engine) == test::replayed(journal));
}

} // namespace
