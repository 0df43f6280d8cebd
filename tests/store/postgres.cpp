// SPDX-License-Identifier: BSL-1.0
#include <koc/store/postgres.hpp>

#include "store/postgres_fixture.hpp"
#include "support/catch.hpp"

#include <chrono>
#include <string>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

using namespace koc_test;
using koc::errc;
using std::chrono::milliseconds;

namespace {

bool mentions(koc::error const& refused, std::string const& word) {
    return (refused.subject + ' ' + refused.expected).find(word) != std::string::npos;
}

} // namespace

TEST_CASE("the journal in PostgreSQL keeps every law of a journal", "[store][postgres]") {
    auto* const server = shared_postgres();
    if (server == nullptr) {
        return;
    }
    auto const options = in_schema(fresh_schema());
    auto const open = [&] { return opened(server->connection(), "laws", options); };
    auto const broken = koc::testing::check_journal_laws(open, [&](postgres_journal journal) {
        { auto const closed = std::move(journal); }
        return open();
    });
    CHECK(broken == std::vector<std::string>{});
}

TEST_CASE("a log in PostgreSQL moves and does not copy", "[store][postgres]") {
    STATIC_REQUIRE(std::is_nothrow_move_constructible_v<koc::postgres_log>);
    STATIC_REQUIRE(!std::is_copy_constructible_v<koc::postgres_log>);
    auto* const server = shared_postgres();
    if (server == nullptr) {
        return;
    }
    auto const options = in_schema(fresh_schema());
    auto journal = opened(server->connection(), "a", options);
    REQUIRE(append(journal, {}).has_value());
    journal = opened(server->connection(), "b", options);
    CHECK(*journal.head() == koc::journal_head{});
    journal = opened(server->connection(), "a", options);
    CHECK(*journal.head() == filled_head);
    CHECK(journal.log().name() == "a");
}

TEST_CASE("events in PostgreSQL are open to SQL, and closed to changes", "[store][postgres]") {
    auto* const server = shared_postgres();
    if (server == nullptr) {
        return;
    }
    auto const schema = fresh_schema();
    auto journal = opened(server->connection(), "a", in_schema(schema));
    REQUIRE(append(journal, {}).has_value());
    sql_client other{server->connection()};
    CHECK(other.rows("SELECT h.name, e.position, first, at_ms, convert_from(request, 'UTF8'), "
                     "type, version, payload::json ->> 'kind' FROM " +
              schema + ".event e JOIN " + schema + ".head h USING (log) ORDER BY e.position") ==
        "a|0|0|1000|r1|sample_recorded|1|first|\n"
        "a|1|0|1000|r1|sample_closed|1|NULL|\n"
        "a|2|2|2000|NULL|sample_recorded|1|first|\n"
        "a|3|3|3000|r3|sample_closed|1|NULL|\n"
        "a|4|3|3000|r3|sample_recorded|1|first|\n");
    for (auto const* change : {"UPDATE %.event SET payload = '{}'", "DELETE FROM %.event",
             "TRUNCATE %.event", "DELETE FROM %.head", "TRUNCATE %.head",
             "UPDATE %.head SET position = 1", "UPDATE %.head SET name = 'b'"}) {
        INFO(change);
        CHECK(other.run(koc::detail::in_schema(change, schema)).find("never changed") !=
            std::string::npos);
    }
    CHECK(*journal.head() == filled_head);
}

TEST_CASE("names that no log can have are refused before anything is asked", "[store][postgres]") {
    auto const long_name = std::string(64, 'a');
    for (auto const& name : {std::string{}, std::string{"Brand"}, std::string{"a b"},
             std::string{"a'b"}, std::string{"-a"}, std::string{"ä"}, long_name}) {
        auto const refused = refusal("host=/nowhere", name, {});
        CHECK(refused.code == errc::invalid_text);
        CHECK(mentions(refused, "lower-case"));
    }
    for (auto const* schema : {"", "pg_koc", "1a", "a.b", "a\"b"}) {
        auto const refused = refusal("host=/nowhere", "a", in_schema(schema));
        CHECK(refused.code == errc::invalid_text);
        CHECK(mentions(refused, "schema"));
    }
    auto const wrong = refusal("password=secret host", "a", {});
    CHECK(wrong.code == errc::invalid_text);
    CHECK(!mentions(wrong, "secret"));
    auto const nowhere = refusal("host=/nowhere password=secret", "a", {});
    CHECK(nowhere.code == errc::unavailable);
    CHECK(!mentions(nowhere, "secret"));
}

TEST_CASE("tables that are no journal of this format are refused and left", "[store][postgres]") {
    auto* const server = shared_postgres();
    if (server == nullptr) {
        return;
    }
    struct row {
        char const* action;
        char const* word;
    };
    row const rows[] = {
        {"DROP TABLE %.event; CREATE TABLE %.event (id int)", "something else"},
        {"COMMENT ON TABLE %.event IS NULL", "something else"},
        {"COMMENT ON TABLE %.event IS 'koc journal, format 3'", "newer release"},
        {"DROP TRIGGER event_stays_as_written ON %.event", "trigger event_stays_as_written"},
        {"ALTER TABLE %.event DISABLE TRIGGER event_stays_in_place", "event_stays_in_place"},
        {"CREATE TRIGGER theirs BEFORE INSERT ON %.event FOR EACH ROW EXECUTE FUNCTION "
         "%.stays_as_written()",
            "trigger theirs on event"},
        {"ALTER TABLE %.event ADD COLUMN theirs int", "column theirs of event integer"},
        {"ALTER TABLE %.event ALTER COLUMN payload TYPE varchar", "column payload of event"},
        {"ALTER TABLE %.head ALTER COLUMN chain DROP NOT NULL", "column chain of head"},
        {"CREATE RULE quiet AS ON INSERT TO %.event DO INSTEAD NOTHING", "rule quiet on event"},
        {"CREATE INDEX theirs ON %.event (type)", "index on event (type)"},
        {"CREATE OR REPLACE FUNCTION %.stays_as_written() RETURNS trigger LANGUAGE plpgsql AS "
         "'BEGIN RETURN NEW; END'",
            "function stays_as_written"},
    };
    sql_client other{server->connection()};
    for (auto const& [action, word] : rows) {
        auto const schema = fresh_schema();
        { auto journal = opened(server->connection(), "a", in_schema(schema)); }
        INFO(action);
        REQUIRE(other.run(koc::detail::in_schema(action, schema)) == "");
        auto const refused = refusal(server->connection(), "a", in_schema(schema));
        INFO(refused.expected);
        CHECK(refused.code == errc::wrong_state);
        CHECK(mentions(refused, word));
    }
    auto const schema = fresh_schema();
    { auto journal = opened(server->connection(), "a", in_schema(schema)); }
    CHECK(other.run("CREATE TABLE " + schema + ".theirs (id int)") == "");
    CHECK(koc::open_postgres_journal(server->connection(), "a", in_schema(schema)).has_value());
}

TEST_CASE("a server that does not keep what it says is refused", "[store][postgres]") {
    auto* const server = shared_postgres();
    if (server == nullptr) {
        return;
    }
    sql_client other{server->connection()};
    REQUIRE(other.run("CREATE DATABASE old ENCODING 'LATIN1' TEMPLATE template0") == "");
    auto const latin = refusal(server->connection("old"), "a", {});
    CHECK(latin.code == errc::wrong_state);
    CHECK(mentions(latin, "found LATIN1"));
    REQUIRE(other.run("ALTER SYSTEM SET fsync = off") == "");
    REQUIRE(other.run("SELECT pg_reload_conf()") == "");
    for (int i = 0; i < 200 && other.rows("SHOW fsync") != "off|\n"; ++i) {
        std::this_thread::sleep_for(milliseconds{10});
    }
    auto const careless = refusal(server->connection(), "a", in_schema(fresh_schema()));
    CHECK(careless.code == errc::wrong_state);
    CHECK(mentions(careless, "fsync = off"));
    REQUIRE(other.run("ALTER SYSTEM RESET fsync") == "");
    REQUIRE(other.run("SELECT pg_reload_conf()") == "");
    for (int i = 0; i < 200 && other.rows("SHOW fsync") != "on|\n"; ++i) {
        std::this_thread::sleep_for(milliseconds{10});
    }
}

TEST_CASE("an append waits for the disk whatever the user's settings say", "[store][postgres]") {
    auto* const server = shared_postgres();
    if (server == nullptr) {
        return;
    }
    sql_client other{server->connection()};
    auto const schema = fresh_schema();
    for (auto const* setting : {"off", "local", "remote_write", "on", "remote_apply"}) {
        auto const connection =
            server->connection() + " options='-c synchronous_commit=" + setting + '\'';
        auto journal = opened(connection, "a", in_schema(schema));
        if (std::string_view{setting} == "off") {
            REQUIRE(other.run("CREATE TABLE " + schema + ".seen (n serial, how text)") == "");
            REQUIRE(other.run("CREATE FUNCTION " + schema +
                        ".see() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN INSERT INTO " + schema +
                        ".seen (how) VALUES (current_setting('synchronous_commit')); RETURN NULL; "
                        "END$$") == "");
        }
        auto const on = schema + ".event";
        REQUIRE(other.run("CREATE TRIGGER see AFTER INSERT ON " + on +
                    " FOR EACH STATEMENT EXECUTE FUNCTION " + schema + ".see()") == "");
        REQUIRE(append(journal, *journal.head(), one_event("r")).has_value());
        REQUIRE(other.run("DROP TRIGGER see ON " + on) == "");
    }
    CHECK(other.rows("SELECT how FROM " + schema + ".seen ORDER BY n") ==
        "on|\non|\non|\non|\nremote_apply|\n");
}

TEST_CASE("programs that open a new log at once make it once", "[store][postgres]") {
    auto* const server = shared_postgres();
    if (server == nullptr) {
        return;
    }
    auto const options = in_schema(fresh_schema());
    std::vector<std::thread> running;
    std::vector<std::string> refused(6);
    for (std::size_t i = 0; i < refused.size(); ++i) {
        running.emplace_back([&, i] {
            auto const journal = koc::open_postgres_journal(server->connection(), "a", options);
            refused[i] = journal ? "" : told(journal.error());
        });
    }
    for (auto& thread : running) {
        thread.join();
    }
    CHECK(refused == std::vector<std::string>(6));
    CHECK(sql_client{server->connection()}.rows(
              "SELECT name, position FROM " + options.schema + ".head") == "a|0|\n");
}

TEST_CASE("large appends and long readings go in pages", "[store][postgres]") {
    auto* const server = shared_postgres();
    if (server == nullptr) {
        return;
    }
    auto journal = opened(server->connection(), "a", in_schema(fresh_schema()));
    constexpr auto page = koc::postgres_log::page_size;
    batches many;
    for (std::size_t i = 0; i < 2 * page + 3; ++i) {
        many.push_back(one_event(std::to_string(i)).front());
    }
    REQUIRE(append(journal, {}, many).has_value());
    CHECK(requests_in(journal).size() == many.size());
    for (auto const& [from, limit] : {std::pair{page - 1, std::size_t{2}}, {page, page},
             {page + 1, page + 1}, {2 * page, std::size_t{100}}}) {
        envelopes out;
        REQUIRE(journal.read(from, limit, sample_types, out).has_value());
        REQUIRE(out.size() == std::min(limit, many.size() - from));
        CHECK(out.front().asked.id == std::to_string(from));
        CHECK(out.back().asked.id == std::to_string(from + out.size() - 1));
    }
}

TEST_CASE("what was changed behind the journal's back is found", "[store][postgres]") {
    auto* const server = shared_postgres();
    if (server == nullptr) {
        return;
    }
    struct row {
        char const* action;
        char const* about;
        bool at_the_end; ///< also seen by asking for the head
    };
    row const rows[] = {
        {"UPDATE %.event SET payload = payload || ' ' WHERE position = 2", "event 2", false},
        {"UPDATE %.event SET actor = 'nobody' WHERE position = 3", "event 3", false},
        {"UPDATE %.event SET chain = 'short' WHERE position = 1", "event 1", false},
        {"DELETE FROM %.event WHERE position = 2", "event 2", false},
        {"DELETE FROM %.event WHERE position = 4", "event 4", true},
        {"UPDATE %.head SET position = 4", "event 4", true},
        {"UPDATE %.head SET chain = decode(repeat('11', 16), 'hex')", "event 4", true},
    };
    sql_client other{server->connection()};
    for (auto const& [action, about, at_the_end] : rows) {
        auto const schema = fresh_schema();
        auto journal = opened(server->connection(), "a", in_schema(schema));
        REQUIRE(append(journal, {}).has_value());
        INFO(action);
        REQUIRE(other.run("SET session_replication_role = replica") == "");
        REQUIRE(other.run(koc::detail::in_schema(action, schema)) == "");
        REQUIRE(other.run("RESET session_replication_role") == "");
        auto const [events, refused] = read(journal);
        REQUIRE(refused.has_value());
        CHECK(refused->code == errc::corrupt);
        CHECK(refused->subject == about);
        CHECK(journal.head().has_value() == !at_the_end);
    }
}

TEST_CASE("text that PostgreSQL cannot keep is refused, not cut", "[store][postgres]") {
    auto* const server = shared_postgres();
    if (server == nullptr) {
        return;
    }
    auto log = koc::postgres_log::open(server->connection(), "a", in_schema(fresh_schema()));
    REQUIRE(log.has_value());
    for (auto const* payload : {"{\"a\":\"\xff\"}", "{\"a\":\"\xed\xa0\x80\"}"}) {
        koc::log_record record;
        record.type = "t";
        record.payload = payload;
        record.chain = {1, 2};
        auto const refused = log->append({}, {&record, 1});
        REQUIRE(!refused.has_value());
        CHECK(refused.error().code == errc::invalid_text);
        record.payload = std::string{"a\0b", 3};
        CHECK(log->append({}, {&record, 1}).error().code == errc::invalid_text);
    }
    koc::log_record large;
    large.payload.assign(koc::postgres_log::payload_length_max + 1, ' ');
    CHECK(log->append({}, {&large, 1}).error().code == errc::too_large);
    CHECK(*log->head() == koc::journal_head{});
}

TEST_CASE("an append that the server breaks off for others begins again", "[store][postgres]") {
    auto* const server = shared_postgres();
    if (server == nullptr) {
        return;
    }
    sql_client other{server->connection()};
    for (auto const* state : {"40001", "40P01", "53400"}) {
        auto const schema = fresh_schema();
        auto journal = opened(server->connection(), "a", in_schema(schema));
        // Fails three times; what a sequence has given out is not taken back.
        REQUIRE(
            other.run("CREATE SEQUENCE " + schema + ".times; CREATE FUNCTION " + schema +
                ".fail() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN IF nextval('" + schema +
                ".times') <= 3 THEN RAISE EXCEPTION 'broken off' USING ERRCODE = '" + state +
                "'; END IF; RETURN NULL; END$$; CREATE CONSTRAINT TRIGGER fail AFTER INSERT ON " +
                schema + ".event DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION " +
                schema + ".fail()") == ""); // at the commit
        auto const got = append(journal, {}, one_event("r"));
        INFO(state);
        if (std::string_view{state} == "53400") {
            REQUIRE(!got.has_value());
            CHECK(got.error().code == errc::unavailable);
            CHECK(mentions(got.error(), "broken off"));
            CHECK(requests_in(journal).empty());
        } else {
            CHECK(got.has_value());
            CHECK(requests_in(journal) == std::vector<std::string>{"r"});
            CHECK(other.rows("SELECT last_value FROM " + schema + ".times") == "4|\n");
        }
    }
}

TEST_CASE("a writer gives up on another who holds the log for too long", "[store][postgres]") {
    auto* const server = shared_postgres();
    if (server == nullptr) {
        return;
    }
    auto options = in_schema(fresh_schema());
    options.lock_within = milliseconds{100};
    auto journal = opened(server->connection(), "a", options);
    sql_client other{server->connection()};
    REQUIRE(other.run("BEGIN; SELECT * FROM " + options.schema + ".head FOR UPDATE") == "");
    auto const refused = append(journal, {});
    REQUIRE(!refused.has_value());
    CHECK(refused.error().code == errc::unavailable);
    CHECK(mentions(refused.error(), "when the other writer is done"));
    REQUIRE(other.run("ROLLBACK") == "");
    CHECK(append(journal, {}).has_value());
}

TEST_CASE("waiting ends with the next append of anybody, or in time", "[store][postgres]") {
    auto* const server = shared_postgres();
    if (server == nullptr) {
        return;
    }
    for (auto const notify : {true, false}) {
        auto options = in_schema(fresh_schema());
        options.notify = notify;
        auto journal = opened(server->connection(), "a", options);
        auto other = opened(server->connection(), "a", options);
        auto elsewhere = opened(server->connection(), "b", options);
        CHECK(*journal.wait_beyond(0, koc::duration{30}) == false);
        REQUIRE(append(elsewhere, {}).has_value());
        CHECK(*journal.wait_beyond(0, koc::duration{30}) == false);
        std::thread writer{[&] {
            std::this_thread::sleep_for(milliseconds{60});
            append(other, {});
        }};
        auto const begun = std::chrono::steady_clock::now();
        CHECK(*journal.wait_beyond(0, koc::duration{20'000}) == true);
        CHECK(std::chrono::steady_clock::now() - begun < milliseconds{10'000});
        writer.join();
        CHECK(*journal.wait_beyond(4, koc::duration{0}) == true);
        CHECK(*journal.wait_beyond(5, koc::duration{0}) == false);
    }
}
