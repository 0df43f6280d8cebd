// SPDX-License-Identifier: BSL-1.0
#include <koc/engine/aspect.hpp>
#include <koc/engine/snapshot.hpp>

#include "engine/garden.hpp"
#include "engine/journals.hpp"
#include "engine/picture.hpp"
#include "support/catch.hpp"

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace {

using garden::at;
using garden::engine_of;
using garden::plant_id;
using koc::errc;
using test::picture_of;

/// The names of the events of a journal.
std::vector<std::string_view> names_of(test::shared_journal const& journal, std::size_t from = 0) {
    std::vector<std::string_view> names;
    for (auto i = from; i < journal.envelopes().size(); ++i) {
        for (auto const& e : journal.envelopes()[i].events) {
            names.push_back(e.type().name);
        }
    }
    return names;
}
using name_list = std::vector<std::string_view>;

TEST_CASE("what is recorded is applied at once, and answered depth first in one batch",
    "[engine][aspect]") {
    test::shared_journal const journal;
    auto engine = engine_of(journal);
    REQUIRE(engine.handle(garden::sow{plant_id{1}, "oak"}, at(1)).has_value());
    auto const founded = journal.envelopes().size();
    REQUIRE(engine.handle(garden::sow{plant_id{2}, "elm"}, at(1)).has_value());
    auto const sown = journal.envelopes().size();
    // Both waterings note what is true at that point, and the third line fills a page.
    REQUIRE(engine.handle(garden::water_dry{}, at(2)).value() == koc::receipt{sown, 5, false});
    CHECK(names_of(journal, founded) ==
        name_list{"sown", "noted", "watered", "noted", "page_filled", "watered", "noted"});
    auto const& events = journal.envelopes();
    CHECK(events[sown + 1].events.front().get<garden::noted>().about == "now 1");
    CHECK(events[sown + 4].first == sown);
    CHECK(events.back().at == at(2).now);
}

TEST_CASE(
    "the first command's batch begins the journal with rules and kept facets", "[engine][aspect]") {
    test::shared_journal const journal;
    auto engine = engine_of(journal);
    REQUIRE(engine.handle(garden::sow{plant_id{1}, "oak"}, at(1)).has_value());
    auto const names = names_of(journal);
    REQUIRE(names.size() >= 3);
    CHECK(names[0] == "clock_rules_adopted");
    CHECK(names.back() == "noted");
    for (auto const& e : journal.envelopes()) {
        CHECK(e.first == 0);
    }
}

TEST_CASE(
    "a command with nothing to do leaves an empty journal and an empty state", "[engine][aspect]") {
    test::shared_journal const journal;
    auto engine = engine_of(journal);
    auto const before = picture_of(engine);
    CHECK(engine.handle(garden::water_dry{}, at(1)).value().count == 0);
    CHECK(picture_of(engine) == before);
    CHECK(engine.differing().size() == 4);
    CHECK(journal.envelopes().empty());
    // The first command that has events still begins the journal.
    REQUIRE(engine.handle(garden::sow{plant_id{1}, "oak"}, at(1)).has_value());
    CHECK(picture_of(engine) == test::replayed(journal));
    CHECK(engine.ask(garden::show_index{}, at(1)).value() == "1 1 0 0 0\n");
}

TEST_CASE("a veto at any depth takes the whole command back", "[engine][aspect]") {
    test::shared_journal const journal;
    auto engine = engine_of(journal);
    REQUIRE(engine.handle(garden::sow{plant_id{1}, "oak"}, at(1)).has_value());
    REQUIRE(engine.handle(garden::sow{plant_id{2}, "elm"}, at(1)).has_value());

    auto const refused = [&](std::string const& what, auto const& command) {
        REQUIRE(engine.handle(garden::forbid{what}, at(1)).has_value());
        auto const before = picture_of(engine);
        auto const appends = journal.appends();
        auto const said = engine.handle(command, at(2));
        REQUIRE_FALSE(said.has_value());
        CHECK(said.error().subject == what);
        CHECK(said.error().code == errc::not_qualified);
        CHECK(engine.preview(command, at(2)).error() == said.error());
        CHECK(picture_of(engine) == before);
        CHECK(journal.appends() == appends);
        REQUIRE(engine.handle(garden::permit{what}, at(1)).has_value());
        CHECK(engine.preview(command, at(2)).has_value());
        return said.error().expected;
    };
    SECTION("of the event itself, with the names of who objects and to what") {
        CHECK(refused("watered", garden::water{plant_id{1}, 2}) ==
            "expected what is not forbidden; ask the inspector (inspector objects to watered)");
    }
    SECTION("of what the event has made true") {
        refused("watered 2 litres", garden::water{plant_id{1}, 2});
    }
    SECTION("of the second event of a fact") {
        refused("sown 3", garden::replace{plant_id{1}, plant_id{3}});
    }
    SECTION("of the first event of a fact") {
        refused("felled", garden::replace{plant_id{1}, plant_id{3}});
    }
    SECTION("of a reaction's event") { refused("noted", garden::water{plant_id{1}, 2}); }
    SECTION("of the reaction to a reaction") { refused("page_filled", garden::water_dry{}); }
    SECTION("of the last of many events") {
        refused("sown 12", garden::plant_row{plant_id{10}, 3, 1, false});
    }
    SECTION("of a question") { refused("may_water", garden::water{plant_id{1}, 2}); }
    SECTION("of a command by its name") { refused("water_dry", garden::water_dry{}); }
    SECTION("of a command by its members") { refused("water 13", garden::water{plant_id{1}, 13}); }
    SECTION("of a called command") { refused("sow", garden::plant_row{plant_id{10}, 3, 1, false}); }
}

TEST_CASE("who asks is known to reviews, and whether a command was called", "[engine][aspect]") {
    test::shared_journal const journal;
    auto engine = engine_of(journal);
    koc::asked const member{at(1).now, {koc::actor_kind::member, 7}};
    REQUIRE(engine.handle(garden::forbid{"members sow"}, at(1)).has_value());
    CHECK(engine.handle(garden::sow{plant_id{1}, "oak"}, member).error().subject == "members sow");
    CHECK(engine.handle(garden::sow{plant_id{1}, "oak"}, at(1)).has_value());
    // What a member may not do directly, a command that they may send does for them.
    CHECK(engine.handle(garden::plant_row{plant_id{2}, 1, 1, false}, member).has_value());
    CHECK(journal.envelopes().back().by == koc::actor{koc::actor_kind::member, 7});
}

TEST_CASE("a refused call leaves nothing, and its caller goes on", "[engine][aspect]") {
    test::shared_journal const journal;
    auto engine = engine_of(journal);
    REQUIRE(engine.handle(garden::sow{plant_id{2}, "oak"}, at(1)).has_value());
    REQUIRE(engine.handle(garden::forbid{"sown 4"}, at(1)).has_value());
    auto const from = journal.envelopes().size();

    CHECK(engine.handle(garden::plant_row{plant_id{1}, 4, 1, false}, at(1)).error().code ==
        errc::already_exists);
    CHECK(journal.envelopes().size() == from);
    // Plant 2 is there already, and plant 4 is vetoed after it was applied.
    REQUIRE(engine.handle(garden::plant_row{plant_id{1}, 4, 1, true}, at(1)).has_value());
    CHECK(engine.find(plant_id{1}) != nullptr);
    CHECK(engine.find(plant_id{2})->name == "oak");
    CHECK(engine.find(plant_id{3}) != nullptr);
    CHECK(engine.find(plant_id{4}) == nullptr);
    CHECK(picture_of(engine) == test::replayed(journal));
}

TEST_CASE("an exception anywhere in a command leaves nothing", "[engine][aspect]") {
    test::shared_journal const journal;
    auto engine = engine_of(journal);
    REQUIRE(engine.handle(garden::sow{plant_id{2}, "oak"}, at(1)).has_value());
    for (auto where : {garden::place::decide, garden::place::apply, garden::place::react}) {
        auto const before = picture_of(engine);
        CHECK_THROWS_AS(
            engine.handle(garden::stumble{plant_id{5}, where}, at(2)), std::runtime_error);
        CHECK(picture_of(engine) == before);
        CHECK_THROWS_AS(
            engine.preview(garden::stumble{plant_id{5}, where}, at(2)), std::runtime_error);
        CHECK(picture_of(engine) == before);
        REQUIRE(engine.handle(garden::water{plant_id{2}, 1}, at(2)).has_value());
        CHECK(picture_of(engine) == test::replayed(journal));
    }
}

TEST_CASE("a call that throws leaves nothing, where its caller goes on", "[engine][aspect]") {
    test::shared_journal const journal;
    auto engine = engine_of(journal);
    REQUIRE(engine.handle(garden::stumble{plant_id{5}, garden::place::swallowed_call}, at(1))
                .has_value());
    CHECK(engine.find(plant_id{5}) == nullptr);
    CHECK(engine.find(plant_id{6}) != nullptr);
    CHECK(picture_of(engine) == test::replayed(journal));
}

TEST_CASE("a command that goes on after it recorded half an event is refused", "[engine][aspect]") {
    test::shared_journal const journal;
    auto engine = engine_of(journal);
    REQUIRE(engine.handle(garden::sow{plant_id{2}, "oak"}, at(1)).has_value());
    auto const before = picture_of(engine);
    auto const said =
        engine.handle(garden::stumble{plant_id{5}, garden::place::swallowed_record}, at(1));
    REQUIRE_FALSE(said.has_value());
    CHECK(said.error().code == errc::wrong_state);
    CHECK(said.error().subject == "stumble");
    CHECK(picture_of(engine) == before);
}

TEST_CASE("what is kept under an id that is set aside is in no list and never due, and whoever "
          "objects to its name is asked about commands and queries",
    "[engine][aspect]") {
    using programme = garden::winter_programme;
    test::shared_journal const journal;
    auto engine = koc::engine::of<programme>(journal);
    auto const listed = [&] {
        std::string ids;
        engine.each<garden::plant>(
            [&](garden::plant const& p) { ids += std::to_string(p.id.value()) + ' '; });
        return ids;
    };
    for (auto id : {1U, 2U}) {
        REQUIRE(engine.handle(garden::sow{plant_id{id}, "oak"}, at(1)).has_value());
        REQUIRE(engine.handle(garden::water{plant_id{id}}, at(1)).has_value());
    }
    // What names an id and is still on an agenda is found.
    REQUIRE(engine.handle(garden::plan_visit{garden::visit_id{5}, plant_id{1}, at(60).now}, at(2))
                .has_value());
    REQUIRE(engine.handle(garden::rest{plant_id{2}}, at(3)).has_value());
    CHECK(engine.handle(garden::rest{plant_id{1}}, at(3)).error().subject == "visit 5");
    REQUIRE(engine.handle(garden::wake{plant_id{2}}, at(4)).has_value());

    REQUIRE(engine.advance(at(70)).has_value());
    /// All of the state but which plants rest.
    auto const state = [&] {
        auto text = engine.state_text();
        auto const from = text.find("winter.resting_");
        return text.erase(from, text.find('\n', from) - from);
    };
    auto const before = state();
    auto const index = engine.ask(garden::show_index{}, at(70)).value();
    REQUIRE(engine.handle(garden::rest{plant_id{1}}, at(70)).has_value());
    CHECK(listed() == "2 ");
    CHECK(engine.find(plant_id{1})->name == "oak");
    CHECK_FALSE(engine.ask(garden::show_index{}, at(70)).value() == index);
    // Messages that name it are refused with the member that does, those that are called are not.
    auto const watering = engine.handle(garden::water{plant_id{1}}, at(71));
    REQUIRE_FALSE(watering.has_value());
    CHECK(watering.error().subject == "plant 1");
    CHECK(watering.error().expected.find(".plant; wake it") != std::string::npos);
    CHECK(engine.handle(garden::replace{plant_id{2}, plant_id{1}}, at(71))
              .error()
              .expected.find(".fresh; wake it") != std::string::npos);
    CHECK(engine.ask(garden::how_wet{plant_id{1}}, at(71)).error().subject == "plant 1");
    CHECK(engine.ask(garden::how_wet{plant_id{2}}, at(71)).has_value());
    CHECK(engine.handle(garden::plant_row{plant_id{1}, 1, 1, true}, at(71)).error().subject ==
        "plant 1");
    // Another engine on the journal, and one that begins with a snapshot, leave out the same.
    CHECK(test::replayed<programme>(journal) == picture_of(engine));
    auto const kept = koc::take_snapshot(engine).value();
    auto resumed = koc::engine::of<programme>(journal);
    REQUIRE(koc::resume(resumed, kept).has_value());
    CHECK(picture_of(resumed) == picture_of(engine));
    // A preview and a refusal leave it aside; brought back, all is as it was.
    REQUIRE(engine.preview(garden::wake{plant_id{1}}, at(72)).has_value());
    CHECK(listed() == "2 ");
    REQUIRE(engine.handle(garden::wake{plant_id{1}}, at(72)).has_value());
    CHECK(state() == before);
    CHECK(engine.ask(garden::show_index{}, at(72)).value() == index);
    CHECK(listed() == "1 2 ");
    // While it rests nothing of it falls due; what it slept through happens once it is back.
    REQUIRE(engine.handle(garden::rest{plant_id{1}}, at(73)).has_value());
    REQUIRE(engine.advance(at(8 * 24 * 60)).has_value());
    CHECK(engine.find(plant_id{2})->litres == 0);
    CHECK(engine.find(plant_id{1})->litres == 1);
    CHECK_FALSE(engine.next_due().has_value());
    REQUIRE(engine.handle(garden::wake{plant_id{1}}, at(9 * 24 * 60)).has_value());
    REQUIRE(engine.advance(at(9 * 24 * 60)).has_value());
    CHECK(engine.find(plant_id{1})->litres == 0);
}

TEST_CASE("calls and reactions nest up to 64 deep", "[engine][aspect]") {
    test::shared_journal const journal;
    auto engine = engine_of(journal);
    // Each recorded event may be answered one level further down.
    CHECK(engine.handle(garden::nest{62}, at(1)).has_value());
    auto const before = picture_of(engine);
    auto const deep = engine.handle(garden::nest{64}, at(1));
    REQUIRE_FALSE(deep.has_value());
    CHECK(deep.error().code == errc::too_large);
    CHECK(deep.error().subject == "nest");
    auto const endless = engine.handle(garden::shout{}, at(1));
    REQUIRE_FALSE(endless.has_value());
    CHECK(endless.error().code == errc::too_large);
    CHECK(endless.error().subject == "echoed");
    CHECK(picture_of(engine) == before);
}

TEST_CASE("a command becomes at most a million events", "[engine][aspect]") {
    test::shared_journal const journal;
    auto engine = engine_of(journal);
    REQUIRE(engine.handle(garden::nest{0}, at(1)).has_value());
    auto const before = picture_of(engine);
    auto const said = engine.handle(garden::flood{1'000'001}, at(1));
    REQUIRE_FALSE(said.has_value());
    CHECK(said.error().code == errc::too_large);
    CHECK(picture_of(engine) == before);
}

} // namespace
