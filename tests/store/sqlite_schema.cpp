// SPDX-License-Identifier: BSL-1.0

// What other programs add to the file of a journal: tables of their own are left alone, changes of
// the journal's tables are refused by name.

#include <koc/store/sqlite.hpp>

#include "store/sqlite_fixture.hpp"
#include "support/catch.hpp"

#include <string>

using namespace koc_test;

TEST_CASE("the journal goes on beside the tables of other programs", "[store]") {
    std::string many_columns = "CREATE TABLE wide (c0";
    std::string many_parts = "CREATE VIEW parts AS SELECT 1 AS x";
    for (int i = 1; i < 400; ++i) {
        many_columns += ", c" + std::to_string(i) + " DEFAULT (1 + (2 + (3 + (4 + (5 + 6)))))";
        many_parts += i < 40 ? " UNION ALL SELECT " + std::to_string(i) : "";
    }
    many_columns += ")";
    for (auto const* sql :
        {
            "ANALYZE",
            "CREATE TABLE _litestream_seq (id INTEGER PRIMARY KEY, seq INTEGER); "
            "CREATE TABLE _litestream_lock (id INTEGER)",
            "CREATE TABLE reader (position INTEGER); CREATE INDEX by_position ON reader(position); "
            "INSERT INTO reader VALUES (3)",
            "CREATE VIEW members AS SELECT json_extract(payload, '$.member') FROM event",
            many_columns.c_str(),
            many_parts.c_str(),
            "CREATE TABLE reader (x); CREATE TRIGGER theirs AFTER INSERT ON reader BEGIN "
            "DELETE FROM reader; END",
        }) {
        folder here;
        auto const path = here / "journal.sqlite";
        fill(path);
        REQUIRE(client{path}.run(sql) == "");
        INFO(sql);
        auto journal = opened(path);
        CHECK(append(journal, filled_head).has_value());
        CHECK(read(journal).first.size() == 10);
        // The same while it is open.
        REQUIRE(client{path}.run("CREATE TABLE later (x); ANALYZE") == "");
        CHECK(!append_one(journal, "r"));
        CHECK(read(journal).first.size() == 11);
    }
}

TEST_CASE("what changes the journal's tables is refused by name, and the cure works", "[store]") {
    struct row {
        char const* sql;
        char const* named;
        char const* cure;
    };
    row const rows[] = {
        {"CREATE INDEX by_type ON event (type)", "index by_type", "DROP INDEX \"by_type\""},
        {"CREATE INDEX \"odd \"\"name\" ON EVENT (type)", "index odd \"name",
            "DROP INDEX \"odd \"\"name\""},
        {"CREATE UNIQUE INDEX one ON head (position)", "index one", "DROP INDEX \"one\""},
        {"CREATE TRIGGER more AFTER INSERT ON event BEGIN DELETE FROM head; END", "trigger more",
            "DROP TRIGGER \"more\""},
        {"ALTER TABLE event ADD COLUMN note TEXT", "column note of table event",
            "ALTER TABLE event DROP COLUMN \"note\""},
        {"ALTER TABLE head ADD COLUMN note TEXT", "column note of table head",
            "ALTER TABLE head DROP COLUMN \"note\""},
        {"ALTER TABLE event RENAME COLUMN payload TO body", "column body of table event", nullptr},
        {"ALTER TABLE event RENAME TO events", "table event", nullptr},
        {"DROP TABLE head", "table head", nullptr},
        {"DROP TRIGGER event_stays_in_place", "trigger event_stays_in_place",
            "CREATE TRIGGER event_stays_in_place BEFORE DELETE ON event BEGIN\n"
            "  SELECT RAISE(ABORT, 'recorded events are never deleted'); END"},
        {"DROP TRIGGER event_stays_as_written; CREATE TRIGGER event_stays_as_written AFTER INSERT "
         "ON event BEGIN SELECT 1; END",
            "trigger event_stays_as_written", "DROP TRIGGER \"event_stays_as_written\""},
    };
    for (auto const& [sql, named, cure] : rows) {
        folder here;
        auto const path = here / "journal.sqlite";
        fill(path);
        REQUIRE(client{path}.run(sql) == "");
        auto const before = dump_schema(path);
        auto const refused = refusal(path);
        INFO(sql << "\n" << refused.expected);
        CHECK(refused.code == koc::errc::wrong_state);
        CHECK(refused.subject == "journal " + path.string());
        CHECK(refused.expected.find(named) != std::string::npos);
        CHECK(dump_schema(path) == before);
        if (cure) {
            CHECK(refused.expected.find(cure) != std::string::npos);
            CHECK(client{path}.run(cure) == "");
            if (std::string_view{cure}.starts_with("DROP TRIGGER \"event")) {
                CHECK(refusal(path).expected.find("CREATE TRIGGER") != std::string::npos);
            } else {
                auto journal = opened(path);
                CHECK(append(journal, filled_head).has_value());
            }
        }
    }
}
