// SPDX-License-Identifier: BSL-1.0
#include <koc/engine/clock_rules.hpp>
#include <koc/engine/engine.hpp>

#include "engine/garden.hpp"
#include "engine/journals.hpp"
#include "engine/picture.hpp"
#include "support/catch.hpp"

#include <limits>
#include <stdexcept>
#include <string>
#include <utility>

namespace {

using garden::at;
using garden::engine_of;
using garden::plant_id;
using koc::errc;
using koc::receipt;
using test::fault;
using test::picture_of;

koc::asked request(std::string id, std::int64_t minute) {
    return {at(minute).now, {}, std::move(id)};
}
garden::sow tree(std::uint64_t id) { return {plant_id{id}, "tree " + std::to_string(id), {}}; }

// Requests

TEST_CASE("a repeated request gets the first answer from whichever engine", "[engine]") {
    test::shared_journal const journal;
    auto engine = engine_of(journal);
    auto const first = engine.handle(tree(1), request("r1", 1)).value();
    CHECK_FALSE(first.repeated);
    REQUIRE(engine.handle(tree(2), request("r2", 2)).has_value());
    auto const before = picture_of(engine);
    auto const again = engine.handle(tree(1), request("r1", 5)).value();
    CHECK(again == receipt{first.first, first.count, true});
    CHECK(picture_of(engine) == before);
    auto other = engine_of(journal, koc::writer_id{2});
    CHECK(other.handle(tree(1), request("r1", 5)).value() == again);
    // A clock that is far off does not matter, as nothing happens.
    CHECK(other.handle(tree(1), request("r1", -100'000)).value() == again);
}

TEST_CASE("a request id is refused for another command", "[engine]") {
    auto engine = engine_of(test::shared_journal{});
    REQUIRE(engine.handle(tree(1), request("r1", 1)).has_value());
    auto const said = engine.handle(tree(2), request("r1", 1));
    REQUIRE_FALSE(said.has_value());
    CHECK(said.error().code == errc::request_reused);
    CHECK(said.error().subject == "request r1");
    CHECK(engine.handle(garden::water{plant_id{1}, 1}, request("r1", 1)).error().code ==
        errc::request_reused);
}

TEST_CASE("personal text is no part of what a request was", "[engine]") {
    auto engine = engine_of(test::shared_journal{});
    REQUIRE(
        engine.handle(garden::sow{plant_id{1}, "oak", {7, "Li"}}, request("r1", 1)).has_value());
    CHECK(engine.handle(garden::sow{plant_id{1}, "oak", {7, "Wang"}}, request("r1", 1))
              .value()
              .repeated);
    CHECK(
        engine.handle(garden::sow{plant_id{1}, "oak", {8, "Li"}}, request("r1", 1)).error().code ==
        errc::request_reused);
}

TEST_CASE("a request that was refused or had nothing to do is decided anew", "[engine]") {
    auto engine = engine_of(test::shared_journal{});
    REQUIRE(engine.handle(tree(1), at(1)).has_value());
    CHECK(engine.handle(tree(1), request("r1", 1)).error().code == errc::already_exists);
    CHECK(engine.handle(tree(2), request("r1", 1)).has_value());
    REQUIRE(engine.handle(garden::water_dry{}, at(1)).has_value());
    CHECK(engine.handle(garden::water_dry{}, request("r2", 1)).value().count == 0);
    REQUIRE(engine.handle(tree(3), at(1)).has_value());
    CHECK(engine.handle(garden::water_dry{}, request("r2", 1)).value().count != 0);
}

TEST_CASE("a request is forgotten after its time, for every engine alike", "[engine]") {
    test::shared_journal const journal;
    auto engine = engine_of(journal);
    koc::clock_rules rules;
    rules.requests_kept = koc::hours(1);
    REQUIRE(engine.handle(koc::adopt<koc::clock_rules>{rules}, at(0)).has_value());
    REQUIRE(engine.handle(tree(1), request("r1", 1)).has_value());
    REQUIRE(engine.handle(tree(2), at(61)).has_value());
    CHECK(engine.handle(tree(1), request("r1", 61)).value().repeated);
    REQUIRE(engine.handle(tree(3), at(62)).has_value());

    auto other = engine_of(journal, koc::writer_id{2});
    for (auto* e : {&engine, &other}) {
        CHECK(e->handle(tree(1), request("r1", 62)).error().code == errc::already_exists);
    }
    // Used again, it answers for the second command.
    auto const fresh = engine.handle(tree(4), request("r1", 62)).value();
    CHECK_FALSE(fresh.repeated);
    CHECK(other.handle(tree(4), request("r1", 62)).value() ==
        receipt{fresh.first, fresh.count, true});
}

TEST_CASE("what was forgotten stays so when requests are kept longer again", "[engine]") {
    test::shared_journal const journal;
    auto engine = engine_of(journal);
    koc::clock_rules rules;
    REQUIRE(engine.handle(tree(1), request("r1", 1)).has_value());
    rules.requests_kept = koc::minutes(1);
    REQUIRE(engine.handle(koc::adopt<koc::clock_rules>{rules}, at(10)).has_value());
    rules.requests_kept = koc::days(1);
    REQUIRE(engine.handle(koc::adopt<koc::clock_rules>{rules}, at(10)).has_value());
    // One engine forgot it on the way, the other reads all at once.
    auto other = engine_of(journal, koc::writer_id{2});
    for (auto* e : {&engine, &other}) {
        CHECK(e->handle(tree(1), request("r1", 10)).error().code == errc::already_exists);
    }
}

TEST_CASE("what time forgets is forgotten too where the command is refused", "[engine]") {
    test::shared_journal const journal;
    auto engine = engine_of(journal);
    koc::clock_rules rules;
    rules.requests_kept = koc::days(1);
    REQUIRE(engine.handle(koc::adopt<koc::clock_rules>{rules}, at(0)).has_value());
    REQUIRE(engine.handle(tree(1), request("r1", 0)).has_value());
    REQUIRE(engine.handle(garden::water{plant_id{1}, 1}, at(0)).has_value());
    koc::asked const later{at(0).now + koc::days(8)};
    CHECK_FALSE(engine.handle(tree(1), later).has_value()); // but the plant has dried
    auto other = engine_of(journal, koc::writer_id{2});
    koc::asked const again{later.now, {}, "r1"};
    for (auto* e : {&engine, &other}) {
        CHECK(e->handle(tree(1), again).error().code == errc::already_exists);
    }
}

TEST_CASE(
    "a request is forgotten also where a reading broke off behind the last event", "[engine]") {
    test::shared_journal const journal;
    auto engine = engine_of(journal);
    koc::clock_rules rules;
    rules.requests_kept = koc::hours(1);
    REQUIRE(engine.handle(koc::adopt<koc::clock_rules>{rules}, at(0)).has_value());
    REQUIRE(engine.handle(tree(1), request("r1", 1)).has_value());
    REQUIRE(engine.handle(tree(3), at(62)).has_value());

    auto other = engine_of(journal, koc::writer_id{2});
    journal.tear_reads(1);
    REQUIRE_FALSE(other.catch_up().has_value());
    REQUIRE(other.head() == engine.head());
    auto const again = other.handle(tree(1), request("r1", 62));
    REQUIRE_FALSE(again.has_value());
    CHECK(again.error().code == errc::already_exists);
}

TEST_CASE("malformed values are refused with the path to them", "[engine]") {
    test::shared_journal const journal;
    auto engine = engine_of(journal);
    auto const said = engine.handle(garden::sow{plant_id{1}, "\xff", {}}, at(1));
    CHECK(said.error().code == errc::invalid_text);
    CHECK(said.error().subject == "sow.name");
    koc::asked wrong{koc::instant{(std::numeric_limits<std::int64_t>::max)()}};
    CHECK(engine.handle(tree(1), wrong).error().subject == "now");
    CHECK(engine.advance(wrong).error().subject == "now");
    CHECK(engine.preview(tree(1), wrong).error().subject == "now");
    CHECK(engine.ask(garden::how_wet{plant_id{1}}, wrong).error().subject == "now");
    CHECK_FALSE(engine.handle(tree(1), request("\n", 1)).has_value());
    CHECK(journal.appends() == 0);
}

TEST_CASE("a command without its type is taken, and an unknown one is refused", "[engine]") {
    test::shared_journal const journal;
    auto engine = engine_of(journal);
    koc::message wanted{koc::message_type_of<garden::sow>};
    *static_cast<garden::sow*>(wanted.raw()) = tree(1);
    REQUIRE(engine.handle(wanted, at(1)).has_value());
    {
        auto group = engine.open_group();
        *static_cast<garden::sow*>(wanted.raw()) = tree(2);
        REQUIRE(group.handle(wanted, at(1)).has_value());
        CHECK(group.handle(koc::message{koc::message_type_of<garden::measure_frost>}, at(1))
                  .error()
                  .code == errc::unknown_id);
        REQUIRE(group.commit().has_value());
    }
    CHECK(engine.find(plant_id{2}) != nullptr);
    CHECK(engine.handle(koc::message{koc::message_type_of<garden::measure_frost>}, at(1))
              .error()
              .code == errc::unknown_id);
    CHECK(engine.command_types().size() == 18);
    CHECK(engine.query_types().size() == 2);
}

// Groups

TEST_CASE("a group records all its commands in one append, with final receipts", "[engine]") {
    test::shared_journal const journal;
    auto engine = engine_of(journal);
    REQUIRE(engine.handle(tree(9), at(1)).has_value());
    auto const from = journal.envelopes().size();
    auto const appends = journal.appends();
    auto group = engine.open_group();
    CHECK(group.handle(tree(1), request("r1", 1)).value() == receipt{from, 2, false});
    CHECK(group.handle(tree(1), at(1)).error().code == errc::already_exists);
    CHECK(group.handle(tree(1), request("r1", 2)).value() == receipt{from, 2, true});
    CHECK(
        group.handle(garden::water{plant_id{1}, 3}, at(2)).value() == receipt{from + 2, 3, false});
    CHECK(journal.envelopes().size() == from);
    auto const done = group.commit().value();
    CHECK(done.head == engine.head());
    REQUIRE(done.answers.size() == 4);
    CHECK(done.answers[0].value() == receipt{from, 2, false});
    CHECK(done.answers[1].error().code == errc::already_exists);
    CHECK(done.answers[2].value().repeated);
    CHECK(done.answers[3].value() == receipt{from + 2, 3, false});
    CHECK(journal.appends() == appends + 1);
    CHECK(picture_of(engine) == test::replayed(journal));
    auto other = engine_of(journal, koc::writer_id{2});
    CHECK(other.handle(tree(1), request("r1", 2)).value() == receipt{from, 2, true});
}

TEST_CASE("a group on an empty journal may begin with nothing to do", "[engine]") {
    test::shared_journal const journal;
    auto engine = engine_of(journal);
    auto group = engine.open_group();
    CHECK(group.handle(garden::water_dry{}, at(1)).value().count == 0);
    CHECK(group.handle(tree(1), at(1)).value().first == 0);
    REQUIRE(group.commit().has_value());
    CHECK(picture_of(engine) == test::replayed(journal));
}

TEST_CASE("a dropped group leaves nothing, not even an answered request", "[engine]") {
    test::shared_journal const journal;
    auto engine = engine_of(journal);
    koc::clock_rules rules;
    rules.requests_kept = koc::hours(1);
    REQUIRE(engine.handle(koc::adopt<koc::clock_rules>{rules}, at(0)).has_value());
    auto const first = engine.handle(tree(1), request("r1", 0)).value();
    auto const before = picture_of(engine);
    {
        auto group = engine.open_group();
        REQUIRE(group.handle(tree(2), request("r2", 1)).has_value());
        REQUIRE(group.handle(garden::water{plant_id{2}, 2}, at(1)).has_value());
        // So late that the plant has dried, and r1 is forgotten and answers another command.
        koc::asked const late{at(0).now + koc::days(30), {}, "r1"};
        REQUIRE(group.handle(tree(4), {late.now}).has_value());
        REQUIRE(group.handle(tree(3), late).has_value());
        CHECK(group.handle(tree(3), late).value().repeated);
        CHECK(engine.ask(garden::how_wet{plant_id{2}}, late).value().thirsty);
    }
    CHECK(picture_of(engine) == before);
    CHECK(engine.handle(tree(1), request("r1", 1)).value() ==
        receipt{first.first, first.count, true});
    CHECK_FALSE(engine.handle(tree(5), request("r2", 1)).value().repeated);
    CHECK(picture_of(engine) == test::replayed(journal));
}

TEST_CASE("a group that loses a race is decided again on what is there", "[engine]") {
    test::shared_journal const journal;
    auto engine = engine_of(journal);
    auto other = engine_of(journal, koc::writer_id{2});
    REQUIRE(engine.handle(tree(9), at(1)).has_value());
    auto const from = journal.envelopes().size();
    auto group = engine.open_group();
    CHECK(group.handle(tree(1), request("r1", 1)).has_value());
    CHECK(group.handle(tree(2), request("r2", 1)).value().first == from + 2);
    // The other is ahead by more than the clock's rules allow, and is slower to have begun.
    REQUIRE(other.handle(tree(1), at(30)).has_value());
    auto const done = group.commit().value();
    REQUIRE(done.answers.size() == 2);
    CHECK(done.answers[0].error().code == errc::already_exists);
    CHECK(done.answers[1].value() == receipt{from + 2, 3, false}); // it fills a page now
    CHECK(journal.envelopes().back().at == at(30).now);
    CHECK(journal.envelopes().back().told == at(1).now);
    CHECK(picture_of(engine) == test::replayed(journal));
    CHECK(engine.handle(tree(2), request("r2", 30)).value().repeated);
    CHECK(engine.handle(tree(7), request("r1", 30)).has_value()); // it was refused at last
}

TEST_CASE("a group of refusals alone is answered by the newest state", "[engine]") {
    test::shared_journal const journal;
    auto engine = engine_of(journal);
    auto other = engine_of(journal, koc::writer_id{2});
    REQUIRE(engine.handle(tree(1), at(1)).has_value());
    REQUIRE(other.handle(tree(2), at(1)).has_value());
    auto group = engine.open_group();
    CHECK(group.handle(garden::water{plant_id{2}, 1}, at(1)).error().code == errc::unknown_id);
    auto const done = group.commit().value();
    CHECK(done.answers.front().has_value());
    CHECK(engine.find(plant_id{2})->litres == 1);
}

TEST_CASE("a group that the journal refuses has not happened", "[engine]") {
    test::shared_journal const journal;
    auto engine = engine_of(journal);
    REQUIRE(engine.handle(tree(9), at(1)).has_value());
    auto const before = picture_of(engine);
    auto const commit = [&] {
        auto group = engine.open_group();
        static_cast<void>(group.handle(tree(1), request("r1", 2)));
        return group.commit();
    };
    SECTION("because it is not available") {
        journal.script({fault::unavailable});
        CHECK(commit().error().code == errc::unavailable);
    }
    SECTION("because it cannot be read after a lost race") {
        journal.script({fault::conflict});
        journal.fail_reads(1);
        CHECK(commit().error().code == errc::unavailable);
    }
    SECTION("because it conflicts without end") {
        for (int i = 0; i < 40; ++i) {
            journal.script({fault::conflict});
        }
        CHECK(commit().error().code == errc::conflict);
        for (int i = 0; i < 3 && !engine.handle(garden::water_dry{}, at(1)); ++i) {
        }
        CHECK(picture_of(engine) == test::replayed(journal));
        return;
    }
    CHECK(picture_of(engine) == before);
    REQUIRE(commit().has_value());
    CHECK(picture_of(engine) == test::replayed(journal));
}

TEST_CASE("an exception in a group takes back its command alone", "[engine]") {
    test::shared_journal const journal;
    auto engine = engine_of(journal);
    auto other = engine_of(journal, koc::writer_id{2});
    REQUIRE(engine.handle(tree(9), at(1)).has_value());
    auto group = engine.open_group();
    REQUIRE(group.handle(tree(1), at(1)).has_value());
    CHECK_THROWS_AS(group.handle(garden::stumble{plant_id{2}, garden::place::react}, at(1)),
        std::runtime_error);
    REQUIRE(group.handle(tree(3), at(1)).has_value());
    SECTION("at once") {}
    SECTION("after a lost race") { REQUIRE(other.handle(tree(8), at(1)).has_value()); }
    auto const done = group.commit().value();
    CHECK(done.answers.size() == 2);
    CHECK(engine.find(plant_id{2}) == nullptr);
    CHECK(engine.find(plant_id{3}) != nullptr);
    CHECK(picture_of(engine) == test::replayed(journal));
}

// Journals that fail

TEST_CASE("an unknown outcome is settled by looking", "[engine]") {
    test::shared_journal const journal;
    auto engine = engine_of(journal);
    REQUIRE(engine.handle(tree(9), at(1)).has_value());
    auto const from = journal.envelopes().size();
    for (auto outcome : {fault::unknown_written, fault::unknown_lost, fault::unknown_late}) {
        journal.script({outcome});
    }
    CHECK(engine.handle(tree(1), at(1)).value() == receipt{from, 2, false});
    // Its first append is lost, and the second arrives late, before the third.
    CHECK(engine.handle(tree(2), at(1)).value() == receipt{from + 2, 3, false});
    CHECK(engine.handle(tree(3), at(1)).value() == receipt{from + 5, 2, false});
    CHECK(journal.envelopes().size() == from + 7);
    CHECK(picture_of(engine) == test::replayed(journal));
    journal.script({fault::unknown_written});
    {
        auto group = engine.open_group();
        static_cast<void>(group.handle(tree(4), at(1)));
        static_cast<void>(group.handle(tree(5), at(1)));
        CHECK(group.commit().has_value());
    }
    CHECK(journal.envelopes().size() == from + 12);
    CHECK(picture_of(engine) == test::replayed(journal));
}

TEST_CASE("of an unknown outcome and another writer, the writer wins", "[engine]") {
    test::shared_journal const journal;
    auto engine = engine_of(journal);
    auto other = engine_of(journal, koc::writer_id{2});
    REQUIRE(engine.handle(tree(9), at(1)).has_value());
    journal.script({fault::unknown_lost});
    // Before the second append looks, the other has written the very same command.
    journal.before_append(
        [&] { journal.before_append([&] { REQUIRE(other.handle(tree(1), at(1)).has_value()); }); });
    CHECK(engine.handle(tree(1), at(1)).error().code == errc::already_exists);
    CHECK(picture_of(engine) == test::replayed(journal));
}

TEST_CASE(
    "an outcome that cannot be looked up stays unknown, and the request settles it", "[engine]") {
    test::shared_journal const journal;
    auto engine = engine_of(journal);
    REQUIRE(engine.handle(tree(9), at(1)).has_value());
    auto const before = picture_of(engine);
    journal.script({fault::unknown_written});
    journal.fail_reads(1);
    CHECK(engine.handle(tree(1), request("r1", 1)).error().code == errc::outcome_unknown);
    CHECK(picture_of(engine) == before);
    CHECK(engine.handle(tree(1), request("r1", 1)).value().repeated);
    CHECK(picture_of(engine) == test::replayed(journal));
}

TEST_CASE("a journal that throws leaves the state as the journal then says", "[engine]") {
    test::shared_journal const journal;
    auto engine = engine_of(journal);
    REQUIRE(engine.handle(tree(9), at(1)).has_value());
    auto const before = picture_of(engine);
    SECTION("in the append of a command that is lost") {
        journal.script({fault::throws_lost});
        CHECK_THROWS(engine.handle(tree(1), at(1)));
        CHECK(picture_of(engine) == before);
        CHECK(engine.handle(tree(1), at(1)).has_value());
    }
    SECTION("in the append of a command that is written") {
        journal.script({fault::throws_written});
        CHECK_THROWS(engine.handle(tree(1), at(1)));
        CHECK(picture_of(engine) == before);
        CHECK(engine.handle(tree(1), at(1)).error().code == errc::already_exists);
    }
    SECTION("in the append of a group") {
        auto const written = GENERATE(false, true);
        journal.script({written ? fault::throws_written : fault::throws_lost});
        auto group = engine.open_group();
        REQUIRE(group.handle(tree(1), request("r1", 1)).has_value());
        CHECK_THROWS(group.commit());
        CHECK(picture_of(engine) == before);
        // The group is over, and what it did is known by its request.
        CHECK(engine.handle(tree(1), request("r1", 1)).value().repeated == written);
    }
    SECTION("in reading after a lost race of a group") {
        journal.script({fault::conflict});
        journal.throw_reads(1);
        auto group = engine.open_group();
        REQUIRE(group.handle(tree(1), at(1)).has_value());
        CHECK_THROWS(group.commit());
        CHECK(picture_of(engine) == before);
        CHECK(engine.handle(tree(1), at(1)).has_value());
    }
    SECTION("in reading before a refusal is given") {
        journal.throw_reads(1);
        CHECK_THROWS(engine.handle(tree(9), at(1)));
        CHECK(picture_of(engine) == before);
    }
    SECTION("in what became due") {
        REQUIRE(engine.handle(garden::water{plant_id{9}, 1}, at(1)).has_value());
        auto const wet = picture_of(engine);
        journal.script({fault::throws_lost});
        CHECK_THROWS(engine.advance({at(1).now + koc::days(8)}));
        CHECK(picture_of(engine) == wet);
        CHECK(engine.advance({at(1).now + koc::days(8)}).has_value());
    }
    CHECK(engine.catch_up().has_value());
    CHECK(picture_of(engine) == test::replayed(journal));
}

TEST_CASE("a journal that cannot be read lets nothing happen until it can", "[engine]") {
    test::shared_journal const journal;
    {
        auto engine = engine_of(journal);
        REQUIRE(engine.handle(tree(9), at(1)).has_value());
    }
    auto engine = engine_of(journal);
    journal.fail_reads(2);
    CHECK(engine.handle(tree(1), at(1)).error().code == errc::unavailable);
    CHECK(engine.catch_up().error().code == errc::unavailable);
    CHECK(engine.handle(tree(9), at(1)).error().code == errc::already_exists);
}

// Several writers

TEST_CASE("two engines over one journal never both win", "[engine]") {
    test::shared_journal const journal;
    auto one = engine_of(journal);
    auto two = engine_of(journal, koc::writer_id{2});
    for (std::uint64_t i = 1; i <= 20; ++i) {
        CHECK(one.handle(tree(i), at(1)).has_value());
        CHECK(two.handle(tree(i), at(1)).error().code == errc::already_exists);
        CHECK(two.handle(tree(100 + i), at(1)).has_value());
    }
    REQUIRE(one.catch_up().has_value());
    CHECK(picture_of(one) == picture_of(two));
    CHECK(picture_of(one) == test::replayed(journal));
    CHECK(journal.envelopes().back().writer == koc::writer_id{2});
}

TEST_CASE("a refusal or nothing to do is said of the newest state only", "[engine]") {
    test::shared_journal const journal;
    auto one = engine_of(journal);
    auto two = engine_of(journal, koc::writer_id{2});
    REQUIRE(one.handle(tree(1), at(1)).has_value());
    REQUIRE(two.handle(garden::water_dry{}, at(1)).has_value());
    REQUIRE(one.handle(tree(2), at(1)).has_value());
    CHECK(two.handle(garden::water{plant_id{2}, 1}, at(1)).has_value());
    REQUIRE(one.handle(tree(3), at(1)).has_value());
    CHECK(two.handle(garden::water_dry{}, at(1)).value().count != 0);
}

TEST_CASE("a preview tells the events and records nothing", "[engine]") {
    test::shared_journal const journal;
    auto engine = engine_of(journal);
    auto const empty = picture_of(engine);
    CHECK(engine.preview(tree(1), at(1)).value().size() > 2);
    CHECK(picture_of(engine) == empty);
    REQUIRE(engine.handle(tree(1), at(1)).has_value());
    auto const before = picture_of(engine);
    auto const told = engine.preview(garden::water{plant_id{1}, 5}, at(2)).value();
    REQUIRE(told.size() == 2);
    CHECK(told[0].get<garden::watered>().litres == 5);
    CHECK(told[1].get<garden::noted>().about == "now 5");
    CHECK(picture_of(engine) == before);
    {
        auto group = engine.open_group();
        REQUIRE(group.handle(tree(2), at(2)).has_value());
        CHECK(engine.preview(garden::water{plant_id{2}, 5}, at(2)).has_value());
        REQUIRE(group.commit().has_value());
    }
    CHECK(picture_of(engine) == test::replayed(journal));
}

TEST_CASE("forgetting what belongs to a person does not change the digest", "[engine]") {
    auto known = engine_of(test::shared_journal{});
    auto gone = engine_of(test::shared_journal{});
    REQUIRE(known.handle(garden::sow{plant_id{1}, "oak", {7, "Li"}}, at(1)).has_value());
    REQUIRE(gone.handle(garden::sow{plant_id{1}, "oak", {7, ""}}, at(1)).has_value());
    CHECK(known.state_digest() == gone.state_digest());
}

} // namespace
