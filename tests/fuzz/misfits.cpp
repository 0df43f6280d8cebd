// SPDX-License-Identifier: BSL-1.0

// What a host gets of a journal whose chain fits and whose events do not follow from each other.

#include <koc/engine/engine.hpp>
#include <koc/journal/memory_journal.hpp>

#include "fuzz/lending.hpp"
#include "support/catch.hpp"

#include <string>
#include <utility>
#include <vector>

using namespace lending;

namespace {

constexpr koc::instant noon{1'700'000'000'000};
koc::asked const with{noon, {koc::actor_kind::employee, 3}, {}};

template <typename... E>
koc::memory_journal journal_of(E... happened) {
    koc::memory_journal journal;
    std::vector<koc::batch> batches;
    (batches.push_back(
         {{noon, {}, with.by, koc::writer_id{1}, {}}, {koc::event::of(std::move(happened))}}),
        ...);
    REQUIRE(journal.append({}, batches).has_value());
    return journal;
}

TEST_CASE("an event that does not follow from what is before it is refused by name, and the state "
          "before it stays",
    "[fuzz][engine]") {
    // Given a journal in which a book is brought back that nobody shelved
    joined const reader{reader_id{1}, {1, "Bo"}};
    shelved const book{book_id{1}, "Winter", {}};
    auto engine = engine_over(
        journal_of(reader, book, brought_back{book_id{2}}, lent{book_id{1}, reader_id{1}}));

    // When it is read
    auto const read = engine.catch_up();

    // Then that event is named, and what is known is as it was before it
    REQUIRE_FALSE(read.has_value());
    CHECK(read.error().code == koc::errc::corrupt);
    CHECK(read.error().subject == "event 2 (brought_back)");
    CHECK(read.error().expected.find("book 2 is not there") != std::string::npos);
    auto before = engine_over(journal_of(reader, book));
    REQUIRE(before.catch_up().has_value());
    CHECK(engine.head() == before.head());
    CHECK(engine.state_digest() == before.state_digest());

    // And so it is whenever it is read again, and nothing is recorded behind it
    CHECK(engine.catch_up().error() == read.error());
    auto const tried = engine.handle(join{reader_id{2}, {2, "Cai"}, {}}, with);
    REQUIRE_FALSE(tried.has_value());
    CHECK(tried.error() == read.error());
    CHECK(engine.state_digest() == before.state_digest());
}

TEST_CASE("an event from before the last one is refused", "[fuzz][engine]") {
    koc::memory_journal journal;
    std::vector<koc::batch> const batches{{{noon, {}, with.by, koc::writer_id{1}, {}},
                                              {koc::event::of(shelved{book_id{1}, "A", {}})}},
        {{noon - koc::days(1), {}, with.by, koc::writer_id{1}, {}},
            {koc::event::of(shelved{book_id{2}, "B", {}})}}};
    REQUIRE(journal.append({}, batches).has_value());
    auto engine = engine_over(journal);

    auto const read = engine.catch_up();

    REQUIRE_FALSE(read.has_value());
    CHECK(read.error().subject == "event 1 (shelved)");
    CHECK(engine.head().position == 1);
    CHECK(engine.find(book_id{1}) != nullptr);
    CHECK(engine.catch_up().error() == read.error());
}

TEST_CASE(
    "what meets something that is not there is refused, and leaves nothing", "[fuzz][engine]") {
    // Given a book that was lent to somebody who never joined, which nothing notices at once
    auto engine =
        engine_over(journal_of(shelved{book_id{1}, "Winter", {}}, lent{book_id{1}, reader_id{7}}));
    REQUIRE(engine.catch_up().has_value());
    auto const known = engine.state_digest();

    // When it is asked who has it
    auto const asked = engine.ask(who_has{book_id{1}}, with);

    // Then the question is refused
    REQUIRE_FALSE(asked.has_value());
    CHECK(asked.error().code == koc::errc::wrong_state);
    CHECK(asked.error().subject == "reader 7");
    CHECK(engine.state_digest() == known);
}

} // namespace
