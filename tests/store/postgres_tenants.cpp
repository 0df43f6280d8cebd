// SPDX-License-Identifier: BSL-1.0

// Brands side by side: in one PostgreSQL database, and in SQLite files of one folder.

#include <koc/standard/engine.hpp>
#include <koc/store/postgres.hpp>

#include "store/brands.hpp"
#include "store/postgres_fixture.hpp"
#include "support/catch.hpp"

#include <span>
#include <string>
#include <utility>
#include <vector>

using namespace koc_test;
using namespace koc;

TEST_CASE("brands on one database or one disk share no id, no request, no event and no state",
    "[store][postgres][E24]") {
    shelves const everywhere;
    for (auto const& on : everywhere.all()) {
        INFO(on.kind);
        auto winter = programme_of(on, "winter");
        auto summer = programme_of(on, "summer");
        // The same ids and the same request ids, for other people and other commands.
        REQUIRE(winter.handle(person(7, "Li"), at(1'000, "r1")).has_value());
        auto const summer_alone = summer.state_digest();
        REQUIRE(summer.catch_up().has_value());
        CHECK(summer.head() == journal_head{});
        CHECK(summer.state_digest() == summer_alone);
        CHECK(summer.find(member_id{7}) == nullptr);
        REQUIRE(summer.handle(person(7, "Wang"), at(900, "r1")).has_value());
        REQUIRE(summer.handle(person(8, "Zhao"), at(950, "r2")).has_value());
        auto const winter_before = winter.state_digest();
        REQUIRE(winter.catch_up().has_value());
        CHECK(winter.state_digest() == winter_before);
        CHECK(winter.find(member_id{7})->name.text == "Li");
        CHECK(summer.find(member_id{7})->name.text == "Wang");
        CHECK(winter.find(member_id{8}) == nullptr);
        // A repeated request is known where it was sent and nowhere else.
        auto const again = winter.handle(person(7, "Li"), at(1'100, "r1"));
        REQUIRE(again.has_value());
        CHECK(again->repeated);
        CHECK(winter.handle(person(9, "Sun"), at(1'200, "r2")).has_value());
        // What one journal holds says nothing of the other.
        for (auto const& [brand, theirs] : {std::pair{"winter", "Wang"}, {"winter", "Zhao"},
                 {"summer", "Li"}, {"summer", "Sun"}}) {
            auto replayed = programme_of(on, brand);
            REQUIRE(replayed.catch_up().has_value());
            auto const& ours = std::string{brand} == "winter" ? winter : summer;
            CHECK(replayed.head() == ours.head());
            CHECK(replayed.state_digest() == ours.state_digest());
            auto const events = replayed.read(0, 1'000);
            REQUIRE(events.has_value());
            CHECK(events->size() == ours.head().position);
            std::size_t said = 0;
            for (auto const& recorded : *events) {
                for (auto const& happened : recorded.events) {
                    said += happened.payload().find(theirs) == std::string::npos ? 0U : 1U;
                }
            }
            CHECK(said == 0);
        }
    }
}

TEST_CASE("a journal of another brand, opened by mistake, is told before anything is written",
    "[store][postgres][E24][refusal]") {
    shelves const everywhere;
    for (auto const& on : everywhere.all()) {
        INFO(on.kind);
        journal_head winter_head;
        digest summer_digest;
        {
            auto winter = programme_of(on, "winter");
            auto summer = programme_of(on, "summer");
            REQUIRE(winter.handle(person(7, "Li"), at(1'000, "r1")).has_value());
            REQUIRE(summer.handle(person(7, "Wang"), at(1'000, "r1")).has_value());
            winter_head = winter.head();
            summer_digest = summer.state_digest();
            REQUIRE(winter.handle(person(8, "Sun"), at(2'000, "r2")).has_value());
        }
        CHECK(on.expect("winter", winter_head).has_value());
        for (auto const* mistaken : {"summer", "never_begun"}) {
            auto const refused = on.expect(mistaken, winter_head);
            REQUIRE(!refused.has_value());
            CHECK(refused.error().code == errc::wrong_state);
            CHECK(refused.error().expected.find("correct the path or name") != std::string::npos);
        }
        auto summer = programme_of(on, "summer");
        REQUIRE(summer.catch_up().has_value());
        CHECK(summer.state_digest() == summer_digest);
        // Written at the head of the other brand, nothing happens either.
        auto journal = on.open("summer");
        REQUIRE(journal.has_value());
        auto const more = one_event("theirs");
        auto const written = journal->append(winter_head, std::span<batch const>{more});
        REQUIRE(!written.has_value());
        CHECK(written.error().code == errc::conflict);
        CHECK(*journal->head() == summer.head());
    }
}

TEST_CASE("a log in PostgreSQL that should exist is not begun by mistake", "[store][postgres]") {
    auto* const server = shared_postgres();
    if (server == nullptr) {
        return;
    }
    auto options = in_schema(fresh_schema());
    options.make = false;
    CHECK(refusal(server->connection(), "winter", options).code == errc::unknown_id);
    CHECK(sql_client{server->connection()}.rows(
              "SELECT to_regnamespace('" + options.schema + "')::text") == "NULL|\n");
    options.make = true;
    { auto const made = opened(server->connection(), "winter", options); }
    options.make = false;
    CHECK(open_postgres_journal(server->connection(), "winter", options).has_value());
    auto const wrong = refusal(server->connection(), "wintre", options);
    CHECK(wrong.code == errc::unknown_id);
    CHECK(wrong.subject.find("wintre") != std::string::npos);
}

TEST_CASE("a user of the database reaches the schemas that it was granted, and no other",
    "[store][postgres]") {
    auto* const server = shared_postgres();
    if (server == nullptr) {
        return;
    }
    sql_client admin{server->connection()};
    auto const ours = in_schema(fresh_schema());
    auto const theirs = in_schema(fresh_schema());
    for (auto const& options : {ours, theirs}) {
        auto journal = opened(server->connection(), "brand", options);
        REQUIRE(append(journal, {}).has_value());
    }
    // The least that docs/store.md says a program needs.
    REQUIRE(admin.run("CREATE ROLE brand_user LOGIN") == "");
    REQUIRE(admin.run("GRANT USAGE ON SCHEMA " + ours.schema +
                " TO brand_user; GRANT SELECT, "
                "INSERT ON " +
                ours.schema + ".event TO brand_user; GRANT SELECT, UPDATE ON " + ours.schema +
                ".head TO brand_user") == "");
    auto const connection =
        "host=" + server->socket_folder() + " port=5432 user=brand_user dbname=postgres";
    auto journal = opened(connection, "brand", ours);
    CHECK(append(journal, filled_head).has_value());
    CHECK(requests_in(journal).size() == 10);
    auto const refused = refusal(connection, "brand", theirs);
    CHECK(refused.code == errc::unavailable);
    CHECK(refused.expected.find("permission denied") != std::string::npos);
}
