// SPDX-License-Identifier: BSL-1.0
#include <koc/engine/message.hpp>

#include "engine/garden.hpp"
#include "engine/journals.hpp"
#include "engine/picture.hpp"
#include "support/catch.hpp"

namespace {

using garden::at;
using garden::engine_of;
using garden::how_wet;
using garden::plant_id;
using koc::errc;

TEST_CASE("a query is answered by its type and as text", "[engine][message]") {
    auto engine = engine_of(test::shared_journal{});
    REQUIRE(engine.handle(garden::sow{plant_id{1}, "oak"}, at(1)).has_value());
    REQUIRE(engine.handle(garden::water{plant_id{1}, 4}, at(1)).has_value());
    auto const wet = engine.ask(how_wet{plant_id{1}}, at(1)).value();
    CHECK(wet.litres == 4);
    CHECK_FALSE(wet.thirsty);
    CHECK(engine.ask(how_wet{plant_id{2}}, at(1)).error().code == errc::unknown_id);

    koc::message query{koc::message_type_of<how_wet>};
    static_cast<how_wet*>(query.raw())->plant = plant_id{1};
    CHECK(engine.ask_text(query, at(1)).value() == R"({"litres":4,"thirsty":false})");
    static_cast<how_wet*>(query.raw())->plant = plant_id{2};
    CHECK(engine.ask_text(query, at(1)).error().code == errc::unknown_id);
    CHECK(engine.ask_text(koc::message{koc::message_type_of<garden::sow>}, at(1)).error().subject ==
        "sow");
}

TEST_CASE("a query may be refused by a review", "[engine][message]") {
    auto engine = engine_of(test::shared_journal{});
    REQUIRE(engine.handle(garden::sow{plant_id{1}, "oak"}, at(1)).has_value());
    REQUIRE(engine.handle(garden::forbid{"how_wet"}, at(1)).has_value());
    CHECK(engine.ask(how_wet{plant_id{1}}, at(1)).error().subject == "how_wet");
    CHECK(engine.ask_text(koc::message{koc::message_type_of<how_wet>}, at(1)).error().subject ==
        "how_wet");
}

TEST_CASE("who acts stands in the envelope", "[engine][message]") {
    test::shared_journal const journal;
    auto engine = engine_of(journal);
    REQUIRE(engine.handle(garden::sow{plant_id{1}, "oak"}, at(1)).has_value());
    CHECK(journal.envelopes().back().by == koc::actor{});
    koc::asked const clerk{at(2).now, {koc::actor_kind::employee, 3}, "r1"};
    REQUIRE(engine.handle(garden::water{plant_id{1}, 4}, clerk).has_value());
    for (auto i = journal.envelopes().size() - 2; i < journal.envelopes().size(); ++i) {
        CHECK(journal.envelopes()[i].by == clerk.by);
        CHECK(journal.envelopes()[i].asked.id == "r1");
        CHECK(journal.envelopes()[i].at == clerk.now);
    }
}

TEST_CASE("records are found by their ids, and walked in order of arrival", "[engine][world]") {
    auto engine = engine_of(test::shared_journal{});
    CHECK(engine.find(plant_id{5}) == nullptr);
    for (auto id : std::vector<std::uint64_t>{5, 2, 9}) {
        REQUIRE(engine.handle(garden::sow{plant_id{id}, "tree"}, at(1)).has_value());
    }
    CHECK(engine.find(plant_id{2})->name == "tree");
    CHECK(engine.find_record<garden::plant>(9) == engine.find(plant_id{9}));
    std::vector<std::uint64_t> seen;
    engine.each<garden::plant>([&](auto const& p) { seen.push_back(p.id.value()); });
    CHECK(seen == std::vector<std::uint64_t>{5, 2, 9});
    CHECK(engine.find_record<garden::prohibition>(1) == nullptr); // nobody keeps such records
    CHECK(engine.tags().find("growth", "grown").has_value());
}

} // namespace
