// SPDX-License-Identifier: BSL-1.0

// Personal texts of a programme over a sealer: what is stored, and what is left after somebody's
// erasure.

#include <koc/engine/instantiate.hpp>
#include <koc/engine/snapshot.hpp>
#include <koc/registry/registry.hpp>
#include <koc/state/agenda.hpp>
#include <koc/state/single.hpp>
#include <koc/state/table.hpp>

#include "engine/journals.hpp"
#include "support/allocation.hpp"
#include "support/catch.hpp"
#include "support/paper_sealer.hpp"

#include <cstddef>
#include <cstdint>
#include <new>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using koc::errc;
using koc::personal_text;
using koc_test::paper_sealer;
using test::fault;

struct guest_kind {
    static constexpr char const* noun = "guest";
    using record = struct guest;
};
using guest_id = koc::id<guest_kind>;

struct enter {
    guest_id guest;
    personal_text name;
};
BOOST_DESCRIBE_STRUCT(enter, (), (guest, name))
struct praise {
    guest_id guest;
    personal_text words;
};
BOOST_DESCRIBE_STRUCT(praise, (), (guest, words))
struct leave {
    guest_id guest;
};
BOOST_DESCRIBE_STRUCT(leave, (), (guest))

struct entered {
    guest_id guest;
    personal_text name;
};
BOOST_DESCRIBE_STRUCT(entered, (), (guest, name))
struct praised {
    guest_id guest;
    personal_text words;
};
BOOST_DESCRIBE_STRUCT(praised, (), (guest, words))
struct left {
    guest_id guest;
};
BOOST_DESCRIBE_STRUCT(left, (), (guest))

struct guest {
    guest_id id;
    personal_text name;
};
BOOST_DESCRIBE_STRUCT(guest, (), (id, name))
struct last_praise {
    std::uint64_t count = 0;
    personal_text words;
};
BOOST_DESCRIBE_STRUCT(last_praise, (), (count, words))
struct leaver {
    guest_id id;
};
BOOST_DESCRIBE_STRUCT(leaver, (), (id))
struct looked_after {
    guest_id guest;
};
BOOST_DESCRIBE_STRUCT(looked_after, (), (guest))
struct guest_seat {
    guest_id id;
    koc::tag_set tags;
};
BOOST_DESCRIBE_STRUCT(guest_seat, (), (id, tags))

/// Keeps names in a table.
class guests : public koc::aspect<guests> {
public:
    using events = koc::event_list<entered>;
    using commands = koc::command_list<enter>;
    koc::result<void> decide(enter const& command, context& in) const {
        in.record(entered{command.guest, command.name});
        return {};
    }
    void apply(entered const& event, world const&) { all_.insert({event.guest, event.name}); }

private:
    koc::table<guest> all_;
    BOOST_DESCRIBE_CLASS(guests, (), (), (), (all_))
};
/// Keeps words in a single value.
class guest_book : public koc::aspect<guest_book> {
public:
    using events = koc::event_list<praised>;
    using commands = koc::command_list<praise>;
    koc::result<void> decide(praise const& command, context& in) const {
        in.record(praised{command.guest, command.words});
        return {};
    }
    void apply(praised const& event, world const&) { last_.set({last_->count + 1, event.words}); }

private:
    koc::single<last_praise> last_;
    BOOST_DESCRIBE_CLASS(guest_book, (), (), (), (last_))
};
class departures : public koc::aspect<departures> {
public:
    using events = koc::event_list<left>;
    using commands = koc::command_list<leave>;
    using sets_aside = koc::record_list<leaver>;
    using erases = koc::record_list<leaver>;
    koc::result<void> decide(leave const& command, context& in) const {
        in.record(left{command.guest});
        return {};
    }
    void apply(left const& event, world const&) { gone_.insert({event.guest}); }

private:
    koc::table<leaver> gone_;
    BOOST_DESCRIBE_CLASS(departures, (), (), (), (gone_))
};
/// Where guests sit, which is searched, and when somebody looks after them.
class seating : public koc::aspect<seating> {
public:
    using follows = koc::event_list<entered>;
    using events = koc::event_list<looked_after>;
    void apply(entered const& event, world const& in) {
        seats_.insert({event.guest, {}});
        looks_.put(event.guest, in.now() + koc::days(1));
    }
    void apply(looked_after const& event, world const& in) {
        looks_.put(event.guest, in.now() + koc::days(1));
    }
    void due(guest_id who, context& in) const { in.record(looked_after{who}); }

private:
    koc::registry<guest_seat> seats_;
    koc::agenda<guest_id> looks_;
    BOOST_DESCRIBE_CLASS(seating, (), (), (), (seats_, looks_))
};
struct programme {
    using aspects = koc::aspect_list<guests, guest_book, seating, departures>;
};

constexpr guest_id hua{7};
constexpr guest_id an{8};

koc::asked at(std::int64_t minute) { return {koc::instant{minute * 60'000}}; }
koc::engine engine_of(test::shared_journal const& journal, koc::any_sealer keys) {
    auto engine = koc::engine::of<programme>(journal);
    engine.seal_with(std::move(keys));
    return engine;
}
std::string stored_text(test::shared_journal const& journal) {
    std::string all;
    for (auto const& e : journal.envelopes()) {
        for (auto const& happened : e.events) {
            all += happened.payload() + '\n';
        }
    }
    return all;
}
bool has(std::string const& text, std::string_view word) {
    return text.find(word) != std::string::npos;
}
void tell(koc::engine& engine) {
    REQUIRE(engine.handle(enter{hua, {7, "name of Hua"}}, at(1)).has_value());
    REQUIRE(engine.handle(enter{an, {8, "name of An"}}, at(2)).has_value());
    REQUIRE(engine.handle(praise{hua, {7, "words of Hua"}}, at(3)).has_value());
}

TEST_CASE("a journal holds sealed texts and the engine clear ones", "[engine]") {
    test::shared_journal const journal;
    paper_sealer const keys;
    auto engine = engine_of(journal, keys);
    tell(engine);
    CHECK_FALSE(has(stored_text(journal), "Hua"));
    CHECK(has(engine.state_text(), "name of Hua"));
    CHECK(has(engine.read(0, 10).value().back().events.front().payload(), "words of Hua"));
    auto other = engine_of(journal, keys);
    REQUIRE(other.catch_up().has_value());
    CHECK(other.state_text() == engine.state_text());
    CHECK(other.head() == engine.head());
}

TEST_CASE("without the sealer of its journal an engine reads no text and writes none", "[engine]") {
    test::shared_journal const journal;
    auto sealing = engine_of(journal, paper_sealer{});
    tell(sealing);
    auto engine = koc::engine::of<programme>(journal);
    REQUIRE(engine.catch_up().has_value());
    CHECK(engine.state_digest() == sealing.state_digest());
    CHECK_FALSE(has(engine.state_text(), "Hua"));
    auto const refused = engine.handle(enter{guest_id{9}, {9, "Bo"}}, at(4));
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().code == errc::wrong_state);
    CHECK(engine.find(guest_id{9}) == nullptr);
    CHECK(engine.handle(enter{guest_id{9}, {9, ""}}, at(4)).has_value());
    CHECK_FALSE(has(stored_text(journal), "Bo"));

    auto const snapshot = koc::take_snapshot(sealing).value();
    auto resumed = koc::engine::of<programme>(journal);
    REQUIRE(koc::resume(resumed, snapshot).has_value());
    CHECK_FALSE(resumed.handle(enter{guest_id{10}, {10, "Bo"}}, at(5)).has_value());
}

TEST_CASE("a journal that was begun without a sealer goes on with one", "[engine]") {
    test::shared_journal const journal;
    auto before = koc::engine::of<programme>(journal);
    tell(before);
    auto engine = engine_of(journal, paper_sealer{});
    REQUIRE(engine.handle(praise{an, {8, "words of An"}}, at(4)).has_value());
    CHECK(has(stored_text(journal), "name of Hua"));
    CHECK_FALSE(has(stored_text(journal), "words of An"));
    CHECK(has(engine.state_text(), "name of Hua"));
    CHECK(has(engine.state_text(), "words of An"));
}

TEST_CASE("an unknown outcome is settled by the chain of what was sealed", "[engine]") {
    for (auto const what : {fault::unknown_written, fault::unknown_lost, fault::unknown_late}) {
        test::shared_journal const journal;
        paper_sealer const keys;
        auto engine = engine_of(journal, keys);
        REQUIRE(engine.handle(enter{hua, {7, "name of Hua"}}, at(1)).has_value());
        journal.script({what});
        CHECK(engine.handle(praise{hua, {7, "words of Hua"}}, at(2)).has_value());
        auto fresh = engine_of(journal, keys);
        REQUIRE(fresh.catch_up().has_value());
        CHECK(fresh.state_text() == engine.state_text());
        CHECK(fresh.head() == engine.head());
    }
}

TEST_CASE("who is erased keeps a number and nothing else", "[engine]") {
    test::shared_journal const journal;
    paper_sealer const keys;
    auto engine = engine_of(journal, keys);
    tell(engine);
    auto const snapshot = koc::take_snapshot(engine).value();
    CHECK_FALSE(has(snapshot, "Hua"));
    CHECK_FALSE(has(snapshot, "name of An"));
    auto const before = engine.state_digest();
    auto const known = engine.state_text();

    SECTION("a preview, a group that is dropped and a lost append erase nobody") {
        REQUIRE(engine.preview(leave{hua}, at(4)).has_value());
        {
            auto group = engine.open_group();
            REQUIRE(group.handle(leave{hua}, at(4)).has_value());
            CHECK_FALSE(has(engine.state_text(), "Hua"));
        }
        journal.script({fault::unavailable});
        CHECK_FALSE(engine.handle(leave{hua}, at(4)).has_value());
        CHECK(engine.state_text() == known);
        CHECK(engine.state_digest() == before);
        CHECK(keys.all().forgotten.empty());
        REQUIRE(engine.handle(leave{an}, at(5)).has_value());
        CHECK(has(engine.state_text(), "Hua"));
        CHECK_FALSE(has(engine.state_text(), "name of An"));
        CHECK(keys.all().forgotten == std::set<std::uint64_t>{8});
    }
    SECTION("texts are gone from all aspects, and the key with the append") {
        REQUIRE(engine.handle(leave{hua}, at(4)).has_value());
        CHECK_FALSE(has(engine.state_text(), "Hua"));
        CHECK(has(engine.state_text(), "name of An"));
        CHECK(engine.find(hua)->name == personal_text{7, ""});
        CHECK(keys.all().forgotten == std::set<std::uint64_t>{7});
        CHECK(engine.keys_to_forget().empty());

        auto fresh = engine_of(journal, keys);
        REQUIRE(fresh.catch_up().has_value());
        CHECK(fresh.state_text() == engine.state_text());
        CHECK(fresh.state_digest() == engine.state_digest());
        auto const read = fresh.read(0, 100).value();
        for (auto const& e : read) {
            CHECK_FALSE(has(e.events.front().payload(), "Hua"));
        }
        auto resumed = engine_of(journal, keys);
        REQUIRE(koc::resume(resumed, snapshot).has_value());
        CHECK(resumed.state_digest() == before);
        CHECK_FALSE(has(resumed.state_text(), "Hua"));
        REQUIRE(resumed.catch_up().has_value());
        CHECK(resumed.state_text() == engine.state_text());

        auto const refused = engine.handle(praise{hua, {7, "more words"}}, at(5));
        REQUIRE_FALSE(refused.has_value());
        CHECK(refused.error().code == errc::wrong_state);
        CHECK(fresh.state_text() == engine.state_text());
    }
    SECTION("nothing more is said of them, which a group is told at once, and goes on") {
        REQUIRE(engine.handle(leave{hua}, at(4)).has_value());
        auto group = engine.open_group();
        REQUIRE(group.handle(praise{an, {8, "more of An"}}, at(5)).has_value());
        auto const refused = group.handle(praise{hua, {7, "more of Hua"}}, at(5));
        REQUIRE_FALSE(refused.has_value());
        CHECK(refused.error().code == errc::wrong_state);
        CHECK(refused.error().subject == "words of 7");
        CHECK(has(refused.error().expected, "was erased"));
        REQUIRE(group.commit().has_value());
        CHECK(has(engine.state_text(), "more of An"));
        CHECK_FALSE(has(engine.state_text(), "of Hua"));
        CHECK(engine.handle(praise{hua, {7, ""}}, at(6)).has_value());
    }
    SECTION("without a sealer nothing more is said of them either") {
        auto clear = koc::engine::of<programme>(test::shared_journal{});
        tell(clear);
        REQUIRE(clear.handle(leave{hua}, at(4)).has_value());
        auto const length = clear.head();
        CHECK(clear.handle(praise{hua, {7, "more of Hua"}}, at(5)).error().subject == "words of 7");
        CHECK(clear.head() == length);
        CHECK_FALSE(has(clear.state_text(), "of Hua"));
    }
    SECTION("a group erases at its commit") {
        auto group = engine.open_group();
        REQUIRE(group.handle(leave{hua}, at(4)).has_value());
        REQUIRE(group.handle(leave{an}, at(4)).has_value());
        CHECK(keys.all().forgotten.empty());
        REQUIRE(group.commit().has_value());
        CHECK(keys.all().forgotten == std::set<std::uint64_t>{7, 8});
        CHECK_FALSE(has(engine.state_text(), "name of"));
        CHECK_FALSE(has(engine.state_text(), "words of"));
    }
    SECTION("a key that could not be forgotten is forgotten later") {
        keys.all().failing_forgets = 2;
        REQUIRE(engine.handle(leave{hua}, at(4)).has_value());
        CHECK(engine.keys_to_forget() == std::vector<std::uint64_t>{7});
        REQUIRE(engine.catch_up().has_value());
        CHECK(engine.keys_to_forget() == std::vector<std::uint64_t>{7});
        REQUIRE(engine.catch_up().has_value());
        CHECK(engine.keys_to_forget().empty());
        CHECK(keys.all().forgotten == std::set<std::uint64_t>{7});
    }
    SECTION("after a crash between the two, whoever reads the erasure has the key forgotten") {
        keys.all().failing_forgets = 1;
        REQUIRE(engine.handle(leave{hua}, at(4)).has_value());
        REQUIRE(keys.all().of.count(7) == 1);
        auto fresh = engine_of(journal, keys);
        REQUIRE(fresh.catch_up().has_value());
        CHECK(keys.all().of.count(7) == 0);
        CHECK(fresh.state_text() == engine.state_text());
    }
}

TEST_CASE("an erasure whose memory runs out anywhere is done or has not happened", "[engine]") {
    std::size_t failures = 0;
    for (bool done = false; !done;) {
        test::shared_journal const journal;
        paper_sealer const keys;
        auto engine = engine_of(journal, keys);
        tell(engine);
        auto const before = engine.state_text();
        auto const length = engine.head().position;
        try {
            koc_test::allocation::failure const failing{failures + 1};
            done = engine.handle(leave{hua}, at(4)).has_value();
        } catch (std::bad_alloc const&) {
            ++failures;
        }
        INFO("with allocation " << failures << " failing");
        auto const happened = journal.envelopes().size() != length;
        CHECK((happened || engine.state_text() == before));
        // Whatever became of it, the next reading makes the engine what the journal says.
        REQUIRE(engine.catch_up().has_value());
        CHECK((engine.state_text() == before) == !happened);
        CHECK(has(engine.state_text(), "Hua") == !happened);
        CHECK(keys.all().forgotten.count(7) == (happened ? 1U : 0U));
        CHECK(engine.keys_to_forget().empty());
        auto fresh = engine_of(journal, keys);
        REQUIRE(fresh.catch_up().has_value());
        CHECK(fresh.state_text() == engine.state_text());
        std::size_t guests = 0;
        engine.each<guest_seat>([&](guest_seat const&) { ++guests; });
        CHECK(guests == (happened ? 1U : 2U));
        REQUIRE(engine.handle(leave{an}, at(5)).has_value());
        CHECK_FALSE(has(engine.state_text(), "An"));
    }
    CHECK(failures >= 20);
}

TEST_CASE(
    "what is read of an erasure is a prefix of the journal where memory runs out", "[engine]") {
    test::shared_journal const journal;
    paper_sealer const keys;
    auto writer = engine_of(journal, keys);
    tell(writer);
    REQUIRE(writer.handle(leave{hua}, at(4)).has_value());
    REQUIRE(writer.handle(leave{an}, at(5)).has_value());
    std::size_t failures = 0;
    for (bool done = false; !done;) {
        auto engine = engine_of(journal, keys);
        try {
            koc_test::allocation::failure const failing{failures + 1};
            done = engine.catch_up().has_value();
        } catch (std::bad_alloc const&) {
            ++failures;
        }
        INFO("with allocation " << failures << " failing");
        CHECK((engine.head().position != writer.head().position ||
            engine.state_text() == writer.state_text()));
        REQUIRE(engine.catch_up().has_value());
        CHECK(engine.state_text() == writer.state_text());
    }
    CHECK(failures >= 20);
}

} // namespace
template koc::programme_parts koc::include_instantiate_hpp<programme>();
