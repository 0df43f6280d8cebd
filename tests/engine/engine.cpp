// SPDX-License-Identifier: BSL-1.0
#include <koc/engine/engine.hpp>
#include <koc/testing/faulty_journal.hpp>

#include "engine/garden.hpp"
#include "engine/journals.hpp"
#include "support/catch.hpp"

#include <rapidcheck.h>

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace {

using garden::a_tree;
using garden::event;
using garden::plant_id;
using garden::sow;
using garden::water;
using garden::water_dry;
using koc::errc;
using koc::instant;
using koc::receipt;
using koc::testing::append_fault;
using test::all_of;
using test::first_of;
using test::same;

using memory = koc::memory_journal<event>;
using kept = test::kept_journal<event>;
using engine_type = koc::basic_engine<garden::programme, kept>;
using faulty = test::shared_journal<koc::testing::faulty_journal<memory>>;
using unlucky_engine = koc::basic_engine<garden::programme, faulty>;

/// Everything that may not change when something is refused.
struct picture {
    std::vector<koc::envelope<event>> events;
    koc::digest state;
    koc::journal_head head;
    instant last;
};
picture picture_of(engine_type const& engine, kept const& journal) {
    return {all_of(journal.inner()), engine.state_digest(), engine.head(), engine.last()};
}
bool same_picture(picture const& a, picture const& b) {
    return same(a.events, b.events) && a.state == b.state && a.head == b.head && a.last == b.last;
}

koc::digest replayed(memory journal) {
    koc::basic_engine<garden::programme, memory> engine{std::move(journal)};
    REQUIRE(engine.catch_up().has_value());
    return engine.state_digest();
}

// One way

TEST_CASE("a command becomes its events and every answer to them, as one batch", "[engine]") {
    kept journal{memory{}};
    engine_type engine{journal};
    CHECK(engine.handle(a_tree(1), {10}, "r1").value() == receipt{0, 2, false});
    CHECK(engine.handle(a_tree(2), {20}).value() == receipt{2, 2, false});
    CHECK(engine.handle(water_dry{}, {20}).value() == receipt{4, 5, false});

    auto const events = all_of(journal.inner());
    REQUIRE(events.size() == 9);
    CHECK(events[0].event.get<garden::sown>().name == "tree 1");
    CHECK(events[1].event.get<garden::noted>().line == 1);
    CHECK(events[1].batch == 0);
    CHECK(events[1].at == instant{10});
    CHECK(events[1].asked.id == "r1");
    CHECK(events[2].asked.id.empty());
    // Both waterings, then the answers to them in order, then the answer to an answer.
    CHECK(events[4].event.get<garden::watered>().plant == plant_id{1});
    CHECK(events[5].event.get<garden::watered>().plant == plant_id{2});
    CHECK(events[6].event.get<garden::noted>().line == 3);
    CHECK(events[7].event.get<garden::noted>().line == 4);
    CHECK(events[8].event.get<garden::page_filled>().page == 1);
    CHECK(events[8].batch == 4);

    CHECK(engine.get<garden::beds>().plants()[plant_id{1}].litres == 1);
    CHECK(engine.get<garden::diary>().lines() == 4);
    CHECK(engine.get<garden::diary>().plants_at_page() == std::vector<std::size_t>{2});
    CHECK(engine.head() == *journal.head());
    CHECK(engine.last() == instant{20});
}

TEST_CASE("an answer without events is recorded nowhere", "[engine]") {
    kept journal{memory{}};
    engine_type engine{journal};
    CHECK(engine.handle(water_dry{}, {10}, "r").value() == receipt{0, 0, false});
    CHECK(journal.head()->position == 0);
    CHECK(engine.last() == koc::instant_min);
    // So the same request may find something to do later.
    REQUIRE(engine.handle(a_tree(1), {20}).has_value());
    CHECK(engine.handle(water_dry{}, {20}, "r").value() == receipt{2, 2, false});
}

TEST_CASE("a bag's values reach every aspect, those of a derived bag too", "[engine]") {
    koc::basic_engine<garden::small_pages, memory> engine{memory{}};
    REQUIRE(engine.handle(a_tree(1), {1}).has_value());
    REQUIRE(engine.handle(a_tree(2), {1}).has_value());
    CHECK(engine.get<garden::diary>().pages() == 1);
    garden::programme bag;
    bag.lines_per_page = 1;
    koc::basic_engine<garden::programme, memory> other{memory{}, bag};
    REQUIRE(other.handle(a_tree(1), {1}).has_value());
    CHECK(other.get<garden::diary>().pages() == 1);
    CHECK(other.programme().lines_per_page == 1);
}

TEST_CASE("a preview tells the events and changes nothing", "[engine]") {
    kept journal{memory{}};
    engine_type engine{journal};
    REQUIRE(engine.handle(a_tree(1), {10}).has_value());
    auto const before = picture_of(engine, journal);
    auto const seen = engine.preview(a_tree(2), {20});
    REQUIRE(seen.has_value());
    CHECK(seen->size() == 2);
    auto const refused = engine.preview(a_tree(1), {20});
    REQUIRE(!refused);
    CHECK(refused.error().code == errc::already_exists);
    CHECK(engine.preview(sow{plant_id{2}, {}, "\xff", {}, {}, {}}, {20}).error().subject ==
        "sow.name");
    CHECK(engine.preview(a_tree(2), {9}).error().code == errc::time_ran_backwards);
    CHECK(same_picture(picture_of(engine, journal), before));
}

// Atomic: a refusal leaves no trace

TEST_CASE("a refused command leaves the journal and the state as they were", "[engine]") {
    kept journal{memory{}};
    engine_type engine{journal};
    REQUIRE(engine.handle(a_tree(1), {100}, "first").has_value());
    auto const before = picture_of(engine, journal);
    auto const refuses = [&](auto const& command, instant now, std::string const& request,
                             errc code, std::string const& subject) {
        CAPTURE(subject);
        auto const refused = engine.handle(command, now, request);
        REQUIRE(!refused);
        CHECK(refused.error().code == code);
        CHECK(refused.error().subject == subject);
        CHECK(refused.error().expected.starts_with("expected "));
        CHECK(same_picture(picture_of(engine, journal), before));
    };
    // By the aspect, at once or with events already in hand.
    refuses(a_tree(1), {100}, "", errc::already_exists, "plant 1");
    refuses(water{plant_id{7}, 1}, {100}, "", errc::unknown_id, "plant 7");
    refuses(sow{plant_id{2}, garden::sort::weed, "dock", {}, {}, {}}, {100}, "w",
        errc::not_qualified, "plant 2");
    // Time that runs backwards, or does not exist.
    refuses(a_tree(2), {99}, "", errc::time_ran_backwards, "1970-01-01T00:00:00.099Z");
    refuses(
        a_tree(2), {std::numeric_limits<std::int64_t>::min()}, "", errc::invalid_argument, "now");
    refuses(
        a_tree(2), {std::numeric_limits<std::int64_t>::max()}, "", errc::invalid_argument, "now");
    // A request id that is taken, empty of meaning, or no text.
    refuses(a_tree(2), {100}, "first", errc::request_reused, "request first");
    refuses(a_tree(2), {100}, "\xff", errc::invalid_text, "request id");
    refuses(a_tree(2), {100}, "line\x01", errc::invalid_text, "request id");
    refuses(a_tree(2), {100}, std::string(koc::name_length_max + 1, 'x'), errc::invalid_text,
        "request id");
}

TEST_CASE("a malformed value is refused at the door by its path", "[engine]") {
    kept journal{memory{}};
    engine_type engine{journal};
    struct row {
        void (*spoil)(sow&);
        errc code;
        char const* subject;
    };
    row const rows[] = {
        {[](sow& s) { s.name = "\xff"; }, errc::invalid_text, "sow.name"},
        {[](sow& s) { s.name = "\xed\xa0\x80"; }, errc::invalid_text, "sow.name"}, // a surrogate
        {[](sow& s) { s.name = std::string("a\0b", 3); }, errc::invalid_text, "sow.name"},
        {[](sow& s) { s.name.assign(koc::note_length_max + 1, 'x'); }, errc::invalid_text,
            "sow.name"},
        {[](sow& s) { s.what = static_cast<garden::sort>(3); }, errc::invalid_argument, "sow.what"},
        {[](sow& s) { s.gardener.text = "\x80"; }, errc::invalid_text, "sow.gardener"},
        {[](sow& s) {
             s.remarks = {"good", "\xc0\xaf"};
         },
            errc::invalid_text, "sow.remarks[1]"},
        {[](sow& s) { s.remarks.resize(koc::list_length_max + 1); }, errc::too_large,
            "sow.remarks"},
        {[](sow& s) { s.height = {std::numeric_limits<std::int64_t>::min()}; },
            errc::invalid_argument, "sow.height"},
    };
    auto const before = picture_of(engine, journal);
    for (auto const& [spoil, code, subject] : rows) {
        CAPTURE(subject);
        auto command = a_tree(1);
        spoil(command);
        auto const refused = engine.handle(command, {10}, "r");
        REQUIRE(!refused);
        CHECK(refused.error().code == code);
        CHECK(refused.error().subject == subject);
        CHECK(same_picture(picture_of(engine, journal), before));
        auto group = engine.open_group();
        CHECK(group.handle(command, {10}, "r").error() == refused.error());
        CHECK(group.size() == 0);
    }
}

TEST_CASE("a command at the limits of its form is taken", "[engine]") {
    engine_type engine{kept{memory{}}};
    auto command = a_tree(std::numeric_limits<std::uint64_t>::max());
    command.name.assign(koc::note_length_max, 'x');
    command.remarks.resize(1000);
    command.height = koc::score_magnitude_max;
    CHECK(engine.handle(command, koc::instant_max, std::string(koc::name_length_max, 'x'))
              .has_value());
    CHECK(engine.handle(a_tree(2), koc::instant_max).has_value());
}

TEST_CASE("what the journal refuses, has not happened", "[engine]") {
    faulty journal{koc::testing::faulty_journal{memory{}}};
    unlucky_engine engine{journal};
    REQUIRE(engine.handle(a_tree(1), {10}).has_value());
    auto const before = engine.state_digest();
    journal.inner().script({append_fault::unavailable});
    auto const refused = engine.handle(a_tree(2), {10}, "r");
    REQUIRE(!refused);
    CHECK(refused.error().code == errc::unavailable);
    CHECK(engine.state_digest() == before);
    CHECK(journal.inner().inner().head()->position == 2);
    CHECK(engine.handle(a_tree(2), {10}, "r").value() == receipt{2, 2, false});
}

// Idempotent

TEST_CASE("a repeated request gets the first answer and changes nothing", "[engine][E26]") {
    kept journal{memory{}};
    engine_type engine{journal};
    auto const first = engine.handle(a_tree(1), {10}, "r1").value();
    REQUIRE(engine.handle(water{plant_id{1}, 3}, {20}, "r2").has_value());
    auto const before = picture_of(engine, journal);
    // At any time, also an earlier one; the answer says that it is a repetition and is otherwise
    // the same.
    for (auto const now : {instant{10}, instant{5}, instant{30}}) {
        CHECK(
            engine.handle(a_tree(1), now, "r1").value() == receipt{first.first, first.count, true});
    }
    CHECK(engine.handle(water{plant_id{1}, 3}, {20}, "r2").value() == receipt{2, 2, true});
    CHECK(same_picture(picture_of(engine, journal), before));
    CHECK(engine.get<garden::beds>().plants()[plant_id{1}].litres == 3);

    auto other_content = a_tree(1);
    other_content.gardener.text = "Wu";
    for (auto const& refused :
        {engine.handle(other_content, {30}, "r1"), engine.handle(water{plant_id{1}, 4}, {30}, "r2"),
            engine.handle(water_dry{}, {30}, "r1")}) {
        REQUIRE(!refused);
        CHECK(refused.error().code == errc::request_reused);
    }
    CHECK(same_picture(picture_of(engine, journal), before));

    // The journal remembers for every engine that ever reads it.
    engine_type later{journal};
    CHECK(later.handle(a_tree(1), {30}, "r1").value() == receipt{0, 2, true});
    CHECK(later.handle(a_tree(2), {30}, "r1").error().code == errc::request_reused);
    CHECK(same_picture(picture_of(later, journal), before));
}

TEST_CASE("a refused request may be tried again", "[engine][E26]") {
    engine_type engine{kept{memory{}}};
    REQUIRE(!engine.handle(water{plant_id{1}, 1}, {10}, "r"));
    REQUIRE(engine.handle(a_tree(1), {10}).has_value());
    CHECK(engine.handle(water{plant_id{1}, 1}, {10}, "r").value() == receipt{2, 2, false});
}

TEST_CASE("a request is answered once within a group, and after it", "[engine][E26]") {
    kept journal{memory{}};
    engine_type engine{journal};
    {
        auto group = engine.open_group();
        CHECK(group.handle(a_tree(1), {10}, "r1").value() == receipt{0, 2, false});
        CHECK(group.handle(a_tree(1), {10}, "r1").value() == receipt{0, 2, true});
        CHECK(group.handle(a_tree(2), {10}, "r1").error().code == errc::request_reused);
        CHECK(group.size() == 1);
        REQUIRE(group.commit().has_value());
        CHECK(group.handle(a_tree(1), {10}, "r1").value() == receipt{0, 2, true});
    }
    CHECK(engine.handle(a_tree(1), {10}, "r1").value() == receipt{0, 2, true});
    CHECK(journal.head()->position == 2);
    // A request that was taken back was never answered.
    {
        auto group = engine.open_group();
        REQUIRE(group.handle(a_tree(2), {10}, "r2").has_value());
    }
    CHECK(engine.handle(a_tree(3), {10}, "r2").value() == receipt{2, 2, false});
}

// Groups

TEST_CASE("a group decides each command on what its predecessors left, and records all at once",
    "[engine]") {
    kept journal{memory{}};
    engine_type engine{journal};
    auto group = engine.open_group();
    CHECK(group.handle(a_tree(1), {10}).value() == receipt{0, 2, false});
    CHECK(group.handle(water{plant_id{1}, 5}, {20}).value() == receipt{2, 2, false});
    CHECK(group.handle(a_tree(1), {20}).error().code == errc::already_exists);
    CHECK(group.handle(a_tree(2), {19}).error().code == errc::time_ran_backwards);
    CHECK(group.handle(water_dry{}, {20}).value().count == 0);
    CHECK(group.size() == 2);
    // What is read meanwhile is the state so far; the journal knows nothing of it.
    CHECK(engine.get<garden::beds>().plants()[plant_id{1}].litres == 5);
    CHECK(journal.head()->position == 0);
    CHECK(engine.head().position == 4);

    auto const committed = group.commit();
    REQUIRE(committed.has_value());
    CHECK(*committed == *journal.head());
    CHECK(engine.head() == *committed);
    CHECK(group.size() == 0);
    auto const events = all_of(journal.inner());
    REQUIRE(events.size() == 4);
    CHECK(events[1].batch == 0);
    CHECK(events[2].batch == 2);
    CHECK(events[2].at == instant{20});
    CHECK(engine.state_digest() == replayed(journal.inner()));

    // And may be used again.
    CHECK(group.handle(a_tree(2), {30}).value().first == 4);
    CHECK(group.commit().value().position == 7); // the third line fills a page
    CHECK(group.commit().value().position == 7);
    CHECK(engine.state_digest() == replayed(journal.inner()));
}

TEST_CASE("a group and single commands make the same events and the same state", "[engine][C33]") {
    kept one{memory{}};
    kept other{memory{}};
    engine_type single{one};
    engine_type grouped{other};
    {
        auto group = grouped.open_group();
        for (std::uint64_t i = 1; i < 20; ++i) {
            REQUIRE(single.handle(a_tree(i), {static_cast<std::int64_t>(i)}).has_value());
            REQUIRE(group.handle(a_tree(i), {static_cast<std::int64_t>(i)}).has_value());
        }
        REQUIRE(group.commit().has_value());
    }
    CHECK(same(all_of(one.inner()), all_of(other.inner())));
    CHECK(single.state_digest() == grouped.state_digest());
}

TEST_CASE("a group that is not committed is taken back", "[engine]") {
    kept journal{memory{}};
    engine_type engine{journal};
    REQUIRE(engine.handle(a_tree(1), {10}, "r").has_value());
    auto const before = picture_of(engine, journal);
    {
        auto group = engine.open_group();
        REQUIRE(group.handle(a_tree(2), {20}, "s").has_value());
        REQUIRE(group.handle(water_dry{}, {30}).has_value());
        CHECK(engine.state_digest() != before.state);
    }
    CHECK(same_picture(picture_of(engine, journal), before));
    CHECK(engine.handle(a_tree(1), {10}, "r").value().repeated);
    CHECK(engine.handle(a_tree(2), {15}).value() == receipt{2, 2, false});
}

TEST_CASE("an empty group costs nothing and changes nothing", "[engine]") {
    kept journal{memory{}};
    engine_type engine{journal};
    REQUIRE(engine.handle(a_tree(1), {10}).has_value());
    auto const before = picture_of(engine, journal);
    {
        auto group = engine.open_group();
        CHECK(group.commit().value() == before.head);
    }
    { auto group = engine.open_group(); }
    CHECK(same_picture(picture_of(engine, journal), before));
}

TEST_CASE("a group that loses the race has not happened at all", "[engine]") {
    kept journal{memory{}};
    engine_type engine{journal};
    engine_type rival{journal};
    REQUIRE(engine.handle(a_tree(1), {10}).has_value());
    auto group = engine.open_group();
    REQUIRE(group.handle(a_tree(2), {20}, "g2").has_value());
    REQUIRE(group.handle(a_tree(3), {20}, "g3").has_value());
    REQUIRE(rival.handle(a_tree(2), {15}).has_value());
    auto const lost = group.commit();
    REQUIRE(!lost);
    CHECK(lost.error().code == errc::conflict);
    CHECK(group.size() == 0);
    CHECK(journal.head()->position == 4);
    CHECK(engine.state_digest() == rival.state_digest()); // it has caught up
    // The same again, decided on what is new.
    CHECK(group.handle(a_tree(2), {20}, "g2").error().code == errc::already_exists);
    REQUIRE(group.handle(a_tree(3), {20}, "g3").has_value());
    REQUIRE(group.commit().has_value());
    CHECK(engine.state_digest() == replayed(journal.inner()));
}

TEST_CASE("a group that the journal refuses has not happened, even when it cannot be read again",
    "[engine]") {
    faulty journal{koc::testing::faulty_journal{memory{}}};
    unlucky_engine engine{journal};
    REQUIRE(engine.handle(a_tree(1), {10}).has_value());
    auto const before = engine.state_digest();
    for (auto const code : {errc::unavailable, errc::conflict}) {
        auto group = engine.open_group();
        REQUIRE(group.handle(a_tree(2), {20}).has_value());
        journal.inner().script(
            {code == errc::unavailable ? append_fault::unavailable : append_fault::conflict});
        journal.inner().fail_reads(1);
        auto const refused = group.commit();
        REQUIRE(!refused);
        CHECK(refused.error().code == code);
        CHECK(journal.inner().inner().head()->position == 2);
    }
    REQUIRE(engine.catch_up().has_value());
    CHECK(engine.state_digest() == before);
}

// Unknown outcomes

TEST_CASE("an unknown outcome is settled by looking, for commands and for groups", "[engine]") {
    for (auto const fault : {append_fault::unknown_written, append_fault::unknown_lost}) {
        faulty journal{koc::testing::faulty_journal{memory{}}};
        unlucky_engine engine{journal};
        journal.inner().script({fault, append_fault::none, fault});
        CHECK(engine.handle(a_tree(1), {10}, "r").value() == receipt{0, 2, false});
        CHECK(engine.handle(a_tree(1), {10}, "r").value() == receipt{0, 2, true});
        if (fault == append_fault::unknown_written) {
            // The scripted success was not needed.
            REQUIRE(engine.handle(water{plant_id{1}, 1}, {10}).has_value());
        }
        auto group = engine.open_group();
        REQUIRE(group.handle(a_tree(2), {10}).has_value());
        REQUIRE(group.handle(a_tree(3), {10}).has_value());
        REQUIRE(group.commit().has_value());
        CHECK(engine.head() == *journal.inner().inner().head());
        CHECK(engine.state_digest() == replayed(journal.inner().inner()));
    }
}

TEST_CASE("many lost appends in a row are repeated until one is answered", "[engine]") {
    faulty journal{koc::testing::faulty_journal{memory{}}};
    unlucky_engine engine{journal};
    journal.inner().script({append_fault::unknown_lost, append_fault::unknown_lost,
        append_fault::unknown_lost, append_fault::unknown_written});
    CHECK(engine.handle(a_tree(1), {10}).value() == receipt{0, 2, false});
    CHECK(journal.inner().inner().head()->position == 2);
}

TEST_CASE("an outcome that cannot be looked up stays unknown, and the request settles it later",
    "[engine][E26]") {
    for (auto const fault : {append_fault::unknown_written, append_fault::unknown_lost}) {
        faulty journal{koc::testing::faulty_journal{memory{}}};
        unlucky_engine engine{journal};
        REQUIRE(engine.handle(a_tree(1), {10}).has_value());
        journal.inner().script({fault});
        journal.inner().fail_reads(1);
        auto const unknown = engine.handle(a_tree(2), {20}, "r");
        REQUIRE(!unknown);
        CHECK(unknown.error().code == errc::outcome_unknown);
        auto const written = fault == append_fault::unknown_written;
        CHECK(engine.handle(a_tree(2), {20}, "r").value() == receipt{2, 2, written});
        CHECK(journal.inner().inner().head()->position == 4);
        CHECK(engine.state_digest() == replayed(journal.inner().inner()));
    }
}

TEST_CASE("a group whose outcome cannot be looked up says so, and nothing else", "[engine]") {
    for (auto const fault : {append_fault::unknown_written, append_fault::unknown_lost}) {
        faulty journal{koc::testing::faulty_journal{memory{}}};
        unlucky_engine engine{journal};
        auto group = engine.open_group();
        REQUIRE(group.handle(a_tree(1), {10}, "r").has_value());
        journal.inner().script({fault});
        journal.inner().fail_reads(2); // the look-up, and reading again
        auto const unknown = group.commit();
        REQUIRE(!unknown);
        CHECK(unknown.error().code == errc::outcome_unknown);
        CHECK(group.handle(a_tree(1), {10}, "r").value().repeated ==
            (fault == append_fault::unknown_written));
        REQUIRE(group.commit().has_value());
        CHECK(engine.state_digest() == replayed(journal.inner().inner()));
    }
}

/// Its first append is not answered, and arrives only just before the next one.
struct late_journal {
    memory inner;
    std::vector<koc::batch<event>> under_way;
    bool late = false;

    koc::result<koc::journal_head> head() { return inner.head(); }
    koc::result<koc::journal_head> append(
        koc::journal_head expected, std::span<koc::batch<event> const> batches) {
        if (!std::exchange(late, true)) {
            under_way.assign(batches.begin(), batches.end());
            return koc::error{errc::outcome_unknown, "journal", "expected an answer"};
        }
        static_cast<void>(inner.append(expected, std::span<koc::batch<event> const>{under_way}));
        under_way.clear();
        return inner.append(expected, batches);
    }
    koc::result<void> read(
        std::uint64_t from, std::size_t limit, std::vector<koc::envelope<event>>& out) {
        return inner.read(from, limit, out);
    }
};

TEST_CASE("an append that arrives late is not taken for another writer's", "[engine][E26]") {
    koc::basic_engine<garden::programme, test::shared_journal<late_journal>> engine{
        test::shared_journal{late_journal{}}};
    // Without a request id, deciding again would water twice, or refuse what has happened.
    CHECK(engine.handle(a_tree(1), {10}).value() == receipt{0, 2, false});
    CHECK(engine.get<garden::beds>().plants().size() == 1);
    CHECK(engine.head().position == 2);
}

TEST_CASE("an unknown outcome is not settled by a later append that never arrived", "[engine]") {
    faulty journal{koc::testing::faulty_journal{memory{}}};
    unlucky_engine engine{journal};
    journal.inner().script({append_fault::unknown_lost, append_fault::unavailable});
    auto const unknown = engine.handle(a_tree(1), {10}, "r");
    REQUIRE(!unknown);
    CHECK(unknown.error().code == errc::outcome_unknown);
    CHECK(engine.handle(a_tree(1), {10}, "r").value() == receipt{0, 2, false});
}

TEST_CASE("of an unknown outcome and another writer, the writer wins", "[engine]") {
    // The rival writes fewer, as many and more events than the command would have.
    for (std::uint64_t const rivals : {1U, 2U, 3U}) {
        kept journal{memory{}};
        REQUIRE(engine_type{journal}.handle(a_tree(9), {5}).has_value());
        faulty seen{koc::testing::faulty_journal{journal.inner()}};
        unlucky_engine engine{seen};
        REQUIRE(engine.catch_up().has_value());
        for (std::uint64_t i = 1; i <= rivals; ++i) {
            REQUIRE(unlucky_engine{seen}.handle(water{plant_id{9}, 1}, {10}).has_value());
        }
        seen.inner().script({append_fault::unknown_lost, append_fault::unknown_lost});
        auto const given = engine.handle(a_tree(1), {10});
        REQUIRE(given.has_value());
        CHECK(engine.get<garden::beds>().plants()[plant_id{9}].litres ==
            static_cast<std::int64_t>(rivals));
        CHECK(engine.head() == *seen.inner().inner().head());
        CHECK(engine.state_digest() == replayed(seen.inner().inner()));
    }
}

// Many engines, one journal

TEST_CASE("two engines over one journal never both win", "[engine]") {
    kept journal{memory{}};
    engine_type one{journal};
    engine_type other{journal};
    REQUIRE(one.handle(a_tree(1), {10}).has_value());
    // The other has not read this yet, and decides on the newest state all the same.
    CHECK(other.handle(a_tree(1), {10}).error().code == errc::already_exists);
    CHECK(other.handle(water{plant_id{1}, 2}, {10}).value() == receipt{2, 2, false});
    CHECK(one.handle(water{plant_id{1}, 3}, {9}).error().code == errc::time_ran_backwards);
    CHECK(one.handle(water{plant_id{1}, 3}, {10}).value() == receipt{4, 3, false});
    REQUIRE(other.catch_up().has_value());
    CHECK(one.state_digest() == other.state_digest());
    CHECK(one.get<garden::beds>().plants()[plant_id{1}].litres == 5);
}

TEST_CASE("an engine that lags behind refuses only what the newest state refuses", "[engine]") {
    kept journal{memory{}};
    engine_type one{journal};
    engine_type other{journal};
    REQUIRE(other.catch_up().has_value());
    REQUIRE(one.handle(a_tree(1), {10}).has_value());
    CHECK(other.handle(water{plant_id{1}, 2}, {10}).has_value());
    REQUIRE(one.handle(a_tree(2), {10}).has_value());
    CHECK(other.handle(water_dry{}, {10}).value().count == 2);
    REQUIRE(one.handle(a_tree(3), {10}).has_value());
    auto group = other.open_group();
    CHECK(group.handle(water{plant_id{3}, 2}, {10}).has_value());
    CHECK(group.commit().has_value());
}

TEST_CASE("a request is answered once, whichever engine is asked again", "[engine][E26]") {
    kept journal{memory{}};
    engine_type one{journal};
    engine_type other{journal};
    REQUIRE(other.catch_up().has_value());
    REQUIRE(one.handle(a_tree(1), {10}, "r1").has_value());
    CHECK(one.handle(water{plant_id{1}, 1}, {10}, "r2").value() == receipt{2, 2, false});
    // To the other there is no plant 1 yet.
    CHECK(other.handle(water{plant_id{1}, 1}, {10}, "r2").value() == receipt{2, 2, true});
    CHECK(other.handle(a_tree(1), {10}, "r1").value() == receipt{0, 2, true});
    CHECK(journal.head()->position == 4);
}

TEST_CASE("engines that take turns at random agree on everything", "[engine][C33]") {
    CHECK(rc::check("three engines over one journal, and a fresh one", [] {
        kept journal{memory{}};
        std::vector<engine_type> engines;
        for (int i = 0; i < 3; ++i) {
            engines.emplace_back(journal);
        }
        std::int64_t planted = 0;
        std::int64_t litres = 0;
        for (std::int64_t now = 0; now < 20; ++now) {
            auto& engine = engines[*rc::gen::inRange<std::size_t>(0, 3)];
            auto const id = *rc::gen::inRange<std::uint64_t>(1, 6);
            if (*rc::gen::arbitrary<bool>()) {
                planted += engine.handle(a_tree(id), {now}).has_value() ? 1 : 0;
            } else if (engine.handle(water{plant_id{id}, 1}, {now})) {
                ++litres;
            }
        }
        engines.emplace_back(journal);
        for (auto& engine : engines) {
            RC_ASSERT(engine.catch_up().has_value());
            RC_ASSERT(engine.state_digest() == engines.front().state_digest());
            RC_ASSERT(engine.head() == *journal.head());
            std::int64_t counted = 0;
            for (auto const& plant : engine.get<garden::beds>().plants()) {
                counted += plant.litres;
            }
            RC_ASSERT(counted == litres);
            RC_ASSERT(
                static_cast<std::int64_t>(engine.get<garden::beds>().plants().size()) == planted);
        }
    }));
}

TEST_CASE("a journal that nobody else writes to, and still conflicts, is given up", "[engine]") {
    faulty journal{koc::testing::faulty_journal{memory{}}};
    unlucky_engine engine{journal};
    for (int i = 0; i < 17; ++i) {
        journal.inner().script({append_fault::conflict});
    }
    CHECK(engine.handle(a_tree(1), {10}).error().code == errc::conflict);
    CHECK(engine.handle(a_tree(1), {10}).value() == receipt{0, 2, false});
}

// Pure: state is a function of the journal

TEST_CASE("an engine reads what another wrote before it decides", "[engine]") {
    kept journal{memory{}};
    engine_type writer{journal};
    for (std::uint64_t i = 1; i <= 5000; ++i) { // more than one page of reading
        REQUIRE(writer.handle(a_tree(i), {10}).has_value());
    }
    engine_type fresh{journal};
    CHECK(fresh.head().position == 0); // nothing is read before it is needed
    CHECK(fresh.handle(a_tree(1), {10}).error().code == errc::already_exists);
    CHECK(fresh.head() == writer.head());
    CHECK(fresh.last() == writer.last());
    CHECK(fresh.state_digest() == writer.state_digest());
}

TEST_CASE("a journal that cannot be read lets nothing happen until it can", "[engine]") {
    faulty journal{koc::testing::faulty_journal{memory{}}};
    REQUIRE(unlucky_engine{journal}.handle(a_tree(1), {10}).has_value());
    unlucky_engine engine{journal};
    journal.inner().fail_reads(2);
    CHECK(engine.catch_up().error().code == errc::unavailable);
    CHECK(engine.handle(a_tree(2), {10}).error().code == errc::unavailable);
    CHECK(engine.handle(a_tree(2), {10}).value() == receipt{2, 2, false});
    CHECK(engine.handle(a_tree(1), {10}).error().code == errc::already_exists);
}

TEST_CASE("a malformed command is told so, even when the journal cannot be read", "[engine]") {
    faulty journal{koc::testing::faulty_journal{memory{}}};
    unlucky_engine engine{journal};
    journal.inner().fail_reads(100);
    CHECK(engine.handle(sow{plant_id{2}, {}, "\xff", {}, {}, {}}, {20}).error().subject ==
        "sow.name");
}

TEST_CASE("a copy of an engine over a copy of its journal is a what-if", "[engine]") {
    koc::basic_engine<garden::programme, memory> engine{memory{}};
    REQUIRE(engine.handle(a_tree(1), {10}).has_value());
    auto const before = engine.state_digest();
    auto fork = engine;
    REQUIRE(fork.handle(a_tree(2), {20}).has_value());
    CHECK(engine.state_digest() == before);
    CHECK(engine.get<garden::beds>().plants().size() == 1);
    CHECK(fork.get<garden::beds>().plants().size() == 2);
    auto moved = std::move(fork);
    REQUIRE(moved.handle(water{plant_id{2}, 1}, {20}).has_value());
    CHECK(engine.handle(a_tree(2), {15}).value() == receipt{2, 2, false});
}

TEST_CASE("forgetting what belongs to a person does not change the state's digest", "[engine]") {
    auto const with_name = [](char const* name) {
        engine_type engine{kept{memory{}}};
        auto command = a_tree(1);
        command.gardener.text = name;
        REQUIRE(engine.handle(command, {10}).has_value());
        return engine.state_digest();
    };
    CHECK(with_name("Lin") == with_name(""));
}

using any_command = std::variant<sow, water, water_dry>;

struct call {
    any_command command;
    instant now;
    std::string request;
};

std::vector<call> any_calls() {
    std::vector<call> calls;
    std::int64_t now = 0;
    for (auto left = *rc::gen::inRange(0, 40); left > 0; --left) {
        now += *rc::gen::inRange(-1, 5);
        auto const id = *rc::gen::inRange<std::uint64_t>(1, 5);
        auto const which = *rc::gen::weightedElement<int>({{4, 0}, {4, 1}, {2, 2}, {1, 3}});
        auto const command = which == 0 ? any_command{a_tree(id)}
            : which == 1                ? any_command{water{plant_id{id}, *rc::gen::inRange(0, 3)}}
            : which == 2                ? any_command{water_dry{}}
                         : any_command{sow{plant_id{id}, garden::sort::weed, "", {}, {}, {}}};
        auto const request = *rc::gen::inRange(0, 12);
        calls.push_back({command, {now}, request < 6 ? std::to_string(request) : std::string{}});
    }
    return calls;
}

koc::result<receipt> make(engine_type& engine, call const& c) {
    return std::visit(
        [&](auto const& command) { return engine.handle(command, c.now, c.request); }, c.command);
}

TEST_CASE("every prefix of a journal replays to the state there was", "[engine][C33]") {
    CHECK(rc::check("of any commands, refused ones among them", [] {
        kept journal{memory{}};
        engine_type engine{journal};
        std::vector<std::optional<koc::digest>> states(1, engine.state_digest()); // by position
        for (auto const& c : any_calls()) {
            auto const before = picture_of(engine, journal);
            auto const given = make(engine, c);
            if (!given || given->repeated || given->count == 0) {
                RC_ASSERT(same_picture(picture_of(engine, journal), before));
                continue;
            }
            RC_ASSERT(given->first == before.head.position);
            states.resize(engine.head().position + 1);
            RC_ASSERT(states.size() == given->first + given->count + 1);
            states.back() = engine.state_digest();
        }
        auto const events = all_of(journal.inner());
        RC_ASSERT(states.size() == events.size() + 1);
        for (std::size_t n = 0; n <= events.size(); ++n) {
            auto cut = first_of(events, n);
            RC_ASSERT((n == 0 || cut.head()->chain == events[n - 1].chain));
            koc::basic_engine<garden::programme, memory> replay{std::move(cut)};
            RC_ASSERT(replay.catch_up().has_value());
            RC_ASSERT(replay.head().position == n);
            RC_ASSERT((!states[n] || replay.state_digest() == *states[n]));
        }
    }));
}

TEST_CASE("the same commands make the same journal and the same state", "[engine][C33]") {
    CHECK(rc::check("one by one, and with engines that come and go", [] {
        auto const calls = any_calls();
        kept one{memory{}};
        kept other{memory{}};
        engine_type steady{one};
        for (auto const& c : calls) {
            engine_type passing{other};
            auto const a = make(steady, c);
            auto const b = make(passing, c);
            RC_ASSERT(a.has_value() == b.has_value());
            auto const alike = a == b;
            RC_ASSERT(alike);
            RC_ASSERT(passing.state_digest() == steady.state_digest());
        }
        RC_ASSERT(same(all_of(one.inner()), all_of(other.inner())));
    }));
}

} // namespace
