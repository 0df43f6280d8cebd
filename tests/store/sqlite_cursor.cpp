// SPDX-License-Identifier: BSL-1.0
#include <koc/store/sqlite_cursor.hpp>

#include <koc/journal/follower.hpp>
#include <koc/journal/shared_journal.hpp>

#include "store/sqlite_fixture.hpp"
#include "support/catch.hpp"

#include <cstdint>
#include <functional>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using koc::envelope;
using koc::errc;
using koc::journal_head;
using koc::sqlite_cursor;
using koc_test::folder;

/// A system that keeps what it reads in a database of its own.
class reader {
public:
    explicit reader(std::filesystem::path const& path) {
        REQUIRE(sqlite3_open(path.c_str(), &db_) == SQLITE_OK);
        run("CREATE TABLE IF NOT EXISTS seen (position INTEGER NOT NULL)");
    }
    reader(reader const&) = delete;
    reader& operator=(reader const&) = delete;
    ~reader() { CHECK(sqlite3_close(db_) == SQLITE_OK); } // the cursor leaves no statement open

    [[nodiscard]] sqlite3* db() const { return db_; }
    bool run(std::string const& sql) const {
        return sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK;
    }
    [[nodiscard]] sqlite_cursor cursor(std::string name = "reader") const {
        return sqlite_cursor::open(db_, std::move(name)).value();
    }
    void note(std::span<envelope const> batch) const {
        for (auto const& one : batch) {
            REQUIRE(run("INSERT INTO seen VALUES (" + std::to_string(one.position) + ")"));
        }
    }
    auto noting() const {
        return [this](std::span<envelope const> batch) -> koc::result<void> {
            note(batch);
            return {};
        };
    }

private:
    sqlite3* db_ = nullptr;
};

/// As any other connection sees it.
std::string seen_in(std::filesystem::path const& path) {
    return koc_test::client{path}.rows(
        "SELECT group_concat(position, ' ') FROM (SELECT position FROM seen ORDER BY rowid)");
}
std::string place_in(std::filesystem::path const& path) {
    return koc_test::client{path}.rows("SELECT name, position FROM koc_cursor ORDER BY name");
}

koc::shared_journal journal_of(std::vector<std::size_t> const& sizes) {
    koc::shared_journal made;
    for (auto const size : sizes) {
        std::vector const one{koc_test::group_of(
            {1000}, {}, std::vector(size, koc::event::of(koc_test::sample_closed{})))};
        REQUIRE(made.append(made.head().value(), one).has_value());
    }
    return made;
}
auto follow(koc::shared_journal const& journal, sqlite_cursor cursor) {
    return koc::follower{journal, koc_test::sample_types, std::move(cursor)};
}
koc::error refusal_of(koc::result<std::uint64_t> const& done) {
    REQUIRE_FALSE(done.has_value());
    return done.error();
}

static_assert(koc::transactional_cursor<sqlite_cursor>);
static_assert(!koc::transactional_cursor<koc::memory_cursor>);

TEST_CASE(
    "a cursor in the reader's database is there for the next process, by its name", "[store]") {
    folder here;
    auto const path = here / "reader.sqlite";
    {
        reader const first{path};
        auto cursor = first.cursor();
        CHECK(cursor.load().value() == journal_head{});
        CHECK(cursor.store({7, {1, 2}}).has_value());
        CHECK(first.cursor("other").store({3, {5, 6}}).has_value());
        CHECK(cursor.store({8, {3, 4}}).has_value());
        CHECK(cursor.load().value() == journal_head{8, {3, 4}});
    }
    reader const second{path};
    CHECK(second.cursor().load().value() == journal_head{8, {3, 4}});
    CHECK(second.cursor("other").load().value() == journal_head{3, {5, 6}});
    CHECK(koc_test::client{path}.rows("SELECT name, position, hex(chain) FROM koc_cursor") ==
        "reader|8|00000000000000030000000000000004|\n"
        "other|3|00000000000000050000000000000006|\n");
    auto elsewhere = sqlite_cursor::open(second.db(), "reader", "my \"own\" table");
    REQUIRE(elsewhere.has_value());
    CHECK(elsewhere->load().value() == journal_head{});
    CHECK(elsewhere->store({1, {1, 1}}).has_value());
    CHECK(second.cursor().load().value().position == 8);
}

TEST_CASE("what a reader writes for a page and where it is are committed together", "[store]") {
    folder here;
    auto const path = here / "reader.sqlite";
    reader const mine{path};
    auto following = follow(journal_of({2, 1, 3}), mine.cursor());
    std::vector<std::string> meanwhile;
    CHECK(following
              .follow([&](std::span<envelope const> batch) -> koc::result<void> {
                  mine.note(batch);
                  meanwhile.push_back(seen_in(path) + place_in(path));
                  return {};
              })
              .value() == 6);
    CHECK(meanwhile == std::vector<std::string>(3, "NULL|\n"));
    CHECK(seen_in(path) == "0 1 2 3 4 5|\n");
    CHECK(place_in(path) == "reader|6|\n");
    CHECK(following.follow(mine.noting()).value() == 0);
    CHECK(sqlite3_get_autocommit(mine.db()) != 0);
}

TEST_CASE("a batch that the reader refuses leaves nothing, and those before it stay", "[store]") {
    folder here;
    auto const path = here / "reader.sqlite";
    reader const mine{path};
    auto const journal = journal_of({2, 1, 3});
    auto following = follow(journal, mine.cursor());
    auto const refusing_at = [&](std::uint64_t position) {
        return [&mine, position](std::span<envelope const> batch) -> koc::result<void> {
            mine.note(batch);
            if (batch.front().position == position) {
                return koc::error{errc::unavailable, "reader", "expected it to listen"};
            }
            return {};
        };
    };
    CHECK(refusal_of(following.follow(refusing_at(0))).subject == "reader");
    CHECK(seen_in(path) == "NULL|\n");
    CHECK(place_in(path) == "");
    CHECK(refusal_of(following.follow(refusing_at(3))).subject == "reader");
    CHECK(seen_in(path) == "0 1 2|\n");
    CHECK(place_in(path) == "reader|3|\n");
    CHECK(following.follow(mine.noting()).value() == 3);
    CHECK(seen_in(path) == "0 1 2 3 4 5|\n");
}

TEST_CASE("an exception, or a commit that fails, leaves nothing of the page", "[store]") {
    folder here;
    auto const path = here / "reader.sqlite";
    reader const mine{path};
    REQUIRE(mine.run("PRAGMA foreign_keys = ON"));
    REQUIRE(mine.run("CREATE TABLE owner (id INTEGER PRIMARY KEY); CREATE TABLE owned (owner "
                     "INTEGER REFERENCES owner DEFERRABLE INITIALLY DEFERRED)"));
    auto following = follow(journal_of({2, 1}), mine.cursor());
    CHECK_THROWS_AS(following.follow([&](std::span<envelope const> batch) -> koc::result<void> {
        mine.note(batch);
        if (batch.front().position == 2) {
            throw std::runtime_error{"the reader fails"};
        }
        return {};
    }),
        std::runtime_error);
    CHECK(sqlite3_get_autocommit(mine.db()) != 0);
    CHECK(seen_in(path) == "NULL|\n");
    auto const failed =
        refusal_of(following.follow([&](std::span<envelope const> batch) -> koc::result<void> {
            mine.note(batch);
            mine.run("INSERT INTO owned VALUES (7)"); // seen to be wrong at the commit
            return {};
        }));
    CHECK(failed.code == errc::unavailable);
    CHECK(failed.subject == "cursor 'reader'");
    CHECK(failed.expected.find("FOREIGN KEY") != std::string::npos);
    CHECK(sqlite3_get_autocommit(mine.db()) != 0);
    CHECK(seen_in(path) == "NULL|\n");
    CHECK(place_in(path) == "");
    CHECK(following.follow(mine.noting()).value() == 3);
    CHECK(seen_in(path) == "0 1 2|\n");
}

TEST_CASE("of two readers with one cursor the overtaken one is told, and goes on", "[store]") {
    folder here;
    auto const path = here / "reader.sqlite";
    reader const first{path};
    reader const second{path};
    auto journal = journal_of({2, 1});
    auto slow = follow(journal, first.cursor());
    auto quick = follow(journal, second.cursor());
    CHECK(slow.follow(first.noting()).value() == 3);
    CHECK(quick.follow(second.noting()).value() == 0); // begins where the other is
    std::vector const more{
        koc_test::group_of({1000}, {}, std::vector(2, koc::event::of(koc_test::sample_closed{})))};
    REQUIRE(journal.append(journal.head().value(), more).has_value());
    CHECK(quick.follow(second.noting()).value() == 2);
    auto const overtaken = refusal_of(slow.follow(first.noting()));
    CHECK(overtaken.code == errc::conflict);
    CHECK(overtaken.expected ==
        "expected to stand at position 3, but another reader moved it to 5; read on from there, or "
        "stop one of the two");
    REQUIRE(journal.append(journal.head().value(), more).has_value());
    CHECK(slow.follow(first.noting()).value() == 2);
    CHECK(seen_in(path) == "0 1 2 3 4 5 6|\n");
    CHECK(place_in(path) == "reader|7|\n");
}

TEST_CASE("a page whose transaction is not the cursor's is refused by name", "[store]") {
    auto const journal = journal_of({2, 1, 3});
    for (auto const* ending : {"COMMIT", "ROLLBACK", "ROLLBACK; BEGIN"}) {
        for (std::uint64_t at : {0U, 2U, 3U}) {
            folder here;
            reader const mine{here / "reader.sqlite"};
            auto following = follow(journal, mine.cursor());
            auto const refused = refusal_of(
                following.follow([&](std::span<envelope const> batch) -> koc::result<void> {
                    if (batch.front().position == at) {
                        mine.run(ending); // or a statement that failed, and was passed over
                    }
                    return {};
                }));
            INFO(ending << " at " << at);
            CHECK(refused.code == errc::wrong_state);
            CHECK(refused.expected.find("it has ended") != std::string::npos);
            CHECK(place_in(here / "reader.sqlite") == "");
            CHECK(sqlite3_get_autocommit(mine.db()) != 0);
            CHECK(following.follow(mine.noting()).value() == 6);
        }
    }
    // A reader that ends it and says that it failed: the batches before are not taken for kept.
    folder here;
    reader const mine{here / "reader.sqlite"};
    auto following = follow(journal, mine.cursor());
    auto const refused =
        refusal_of(following.follow([&](std::span<envelope const> batch) -> koc::result<void> {
            mine.note(batch);
            if (batch.front().position == 2) {
                mine.run("ROLLBACK");
                return koc::error{errc::unavailable, "reader", "expected a disk"};
            }
            return {};
        }));
    CHECK(refused.subject == "reader");
    CHECK(place_in(here / "reader.sqlite") == "");
    CHECK(following.follow(mine.noting()).value() == 6);
    CHECK(seen_in(here / "reader.sqlite") == "0 1 2 3 4 5|\n");

    auto second = follow(journal, mine.cursor("second"));
    REQUIRE(mine.run("BEGIN"));
    for (auto const& late : {sqlite_cursor::open(mine.db(), "late").error(),
             refusal_of(second.follow(mine.noting()))}) {
        CHECK(late.code == errc::wrong_state);
        CHECK(late.expected.find("end it first") != std::string::npos);
    }
    CHECK(sqlite3_get_autocommit(mine.db()) == 0); // it is the host's
}

TEST_CASE(
    "a table of another form, a damaged row and a locked database are refused by name", "[store]") {
    folder here;
    auto const path = here / "reader.sqlite";
    reader const mine{path};
    for (auto const* columns :
        {"name TEXT PRIMARY KEY, position INTEGER", "name TEXT, position INTEGER, chain BLOB"}) {
        REQUIRE(mine.run(
            "DROP TABLE IF EXISTS other; CREATE TABLE other (" + std::string{columns} + ")"));
        auto const refused = sqlite_cursor::open(mine.db(), "reader", "other");
        REQUIRE_FALSE(refused.has_value());
        CHECK(refused.error().code == errc::wrong_state);
        CHECK(refused.error().expected.find("choose another name for the table") !=
            std::string::npos);
    }
    auto cursor = mine.cursor();
    for (auto const* row : {"-1, zeroblob(16)", "7, zeroblob(15)"}) {
        REQUIRE(mine.run("REPLACE INTO koc_cursor VALUES ('reader', " + std::string{row} + ")"));
        CHECK(cursor.load().error().code == errc::corrupt);
        CHECK(refusal_of(follow(journal_of({1}), mine.cursor()).follow(mine.noting())).subject ==
            "cursor 'reader'");
    }
    REQUIRE(mine.run("DELETE FROM koc_cursor"));
    auto following = follow(journal_of({1}), mine.cursor());
    {
        koc_test::client other{path};
        REQUIRE(other.run("BEGIN IMMEDIATE") == "");
        auto const refused = refusal_of(following.follow(mine.noting()));
        CHECK(refused.code == errc::unavailable);
        CHECK(refused.expected.find("when the other writer is done") != std::string::npos);
    }
    CHECK(following.follow(mine.noting()).value() == 1);
    CHECK(seen_in(path) == "0|\n");
    REQUIRE(mine.run("PRAGMA query_only = ON"));
    CHECK(cursor.store({1, {1, 1}}).error().code == errc::unavailable);
    CHECK(sqlite_cursor::open(mine.db(), "reader", "new").error().code == errc::unavailable);
}

} // namespace
