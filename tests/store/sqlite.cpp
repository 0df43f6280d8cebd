// SPDX-License-Identifier: BSL-1.0
#include <koc/store/sqlite.hpp>
#include <koc/testing/journal.hpp>

#include "store/failing_disk.hpp"
#include "store/sqlite_fixture.hpp"
#include "support/catch.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

using namespace koc_test;

TEST_CASE("the journal in SQLite keeps every law of a journal", "[store]") {
    folder here;
    auto const path = here / "journal.sqlite";
    auto const broken = koc::testing::check_journal_laws([&] { return opened(path); },
        [&](sqlite_journal journal) {
            { auto const closed = std::move(journal); }
            return opened(path);
        });
    CHECK(broken == std::vector<std::string>{});
}

TEST_CASE("a log in SQLite moves and does not copy", "[store]") {
    STATIC_REQUIRE(std::is_nothrow_move_constructible_v<sqlite_log>);
    STATIC_REQUIRE(!std::is_copy_constructible_v<sqlite_log>);
    folder here;
    fill(here / "a");
    auto journal = opened(here / "b");
    journal = opened(here / "a");
    CHECK(*journal.head() == filled_head);
    journal = opened(here / "b");
    CHECK(*journal.head() == koc::journal_head{});
}

TEST_CASE("the events are open to SQL", "[store]") {
    folder here;
    auto const path = here / "journal.sqlite";
    fill(path);
    CHECK(client{path}.rows(
              "SELECT position, first, datetime(at_ms / 1000, 'unixepoch'), request, type, "
              "version, json_extract(payload, '$.kind') FROM event") ==
        "0|0|1970-01-01 00:00:01|r1|sample_recorded|1|first|\n"
        "1|0|1970-01-01 00:00:01|r1|sample_closed|1|NULL|\n"
        "2|2|1970-01-01 00:00:02|NULL|sample_recorded|1|first|\n"
        "3|3|1970-01-01 00:00:03|r3|sample_closed|1|NULL|\n"
        "4|3|1970-01-01 00:00:03|r3|sample_recorded|1|first|\n");
    CHECK(client{path}.rows("SELECT position, lower(hex(chain)) FROM head") ==
        "5|" + to_hex(filled_head.chain) + "|\n");
    CHECK(client{path}.rows("PRAGMA journal_mode") == "wal|\n");
    CHECK(client{path}.rows("PRAGMA application_id; PRAGMA user_version") == "1802462058|\n2|\n");
}

TEST_CASE("other SQL clients are kept from changing recorded events", "[store]") {
    folder here;
    auto const path = here / "journal.sqlite";
    fill(path);
    auto const before = dump(path);
    CHECK(
        client{path}.run("UPDATE event SET payload = '{}'") == "recorded events are never changed");
    CHECK(client{path}.run("DELETE FROM event WHERE position = 4") ==
        "recorded events are never deleted");
    CHECK(dump(path) == before);
}

TEST_CASE("of two connections to one file one wins, and the other reads what it wrote", "[store]") {
    folder here;
    auto first = opened(here / "journal.sqlite");
    auto second = opened(here / "journal.sqlite");
    auto const head = append(first, {});
    REQUIRE(head.has_value());
    auto const lost = append(second, {});
    REQUIRE(!lost.has_value());
    CHECK(lost.error().code == koc::errc::conflict);
    CHECK(*second.head() == *head);
    CHECK(read(second).first.size() == 5);
    REQUIRE(append(second, *head).has_value());
    CHECK(read(first, 5).first.size() == 5);
}

TEST_CASE("two processes at one file together write one chain without a gap", "[store]") {
    folder here;
    auto const path = here / "journal.sqlite";
    constexpr int writers = 3;
    constexpr int appends = 30;
    std::vector<pid_t> children;
    for (int writer = 0; writer < writers; ++writer) {
        auto const child = fork();
        if (child == 0) {
            auto journal = koc::open_sqlite_journal(path);
            for (int done = 0; journal && done < appends;) {
                auto const head = journal->head();
                batches const mine = {
                    group_of({writer}, {std::to_string(done), {}}, {event::of(sample_closed{})})};
                auto const got = head ? append(*journal, *head, mine) : head;
                if (got) {
                    ++done;
                } else if (got.error().code != koc::errc::conflict) {
                    _exit(1);
                }
            }
            _exit(journal ? 0 : 2); // without closing, as a crash would
        }
        children.push_back(child);
    }
    for (auto child : children) {
        int status = 0;
        REQUIRE(waitpid(child, &status, 0) == child);
        CHECK(status == 0);
    }
    auto journal = opened(path);
    auto const [events, refused] = read(journal);
    CHECK(!refused);
    REQUIRE(events.size() == writers * appends);
    std::vector<int> seen(writers);
    for (auto const& recorded : events) {
        auto& count = seen[static_cast<std::size_t>(recorded.at.ms)];
        CHECK(recorded.asked.id == std::to_string(count));
        ++count;
    }
    CHECK(seen == std::vector<int>(writers, appends));
}

TEST_CASE("a refused append leaves the rows byte-identical", "[store]") {
    folder here;
    auto const path = here / "journal.sqlite";
    fill(path);
    auto const before = dump(path);
    sample_recorded too_large;
    too_large.remark = std::string(sqlite_log::payload_length_max, 'x');
    struct row {
        koc::journal_head at;
        event happened;
        koc::errc code;
        char const* subject;
    };
    row const rows[] = {
        {{}, event::of(sample_closed{}), koc::errc::conflict, "journal at position 0"},
        {{5, {}}, event::of(sample_closed{}), koc::errc::conflict, "journal at position 5"},
        {filled_head, event::of(too_large), koc::errc::too_large, "event 6"},
    };
    for (auto const& [at, happened, code, subject] : rows) {
        auto journal = opened(path);
        auto const refused =
            append(journal, at, {group_of({4000}, {}, {event::of(sample_closed{}), happened})});
        REQUIRE(!refused.has_value());
        CHECK(refused.error().code == code);
        CHECK(refused.error().subject == subject);
        CHECK(dump(path) == before);
    }
}

TEST_CASE("a payload of the greatest length is kept", "[store]") {
    folder here;
    auto log = sqlite_log::open(here / "journal.sqlite");
    REQUIRE(log.has_value());
    koc::log_record record;
    record.at = {1};
    record.told = koc::instant{-2};
    record.by = {koc::actor_kind::member, ~std::uint64_t{0}};
    record.writer = koc::writer_id{~std::uint64_t{0}};
    record.asked = {std::string(512, 'r'), {1, 1}};
    record.type = "t";
    record.payload = std::string(sqlite_log::payload_length_max, 'x');
    record.chain = {1, 2};
    REQUIRE(log->append({}, {&record, 1}).has_value());
    std::vector<koc::log_record> out;
    REQUIRE(log->read(0, 1, out).has_value());
    CHECK(out.front() == record);
}

TEST_CASE("a writer that holds the file for too long makes an append unavailable", "[store]") {
    folder here;
    auto const path = here / "journal.sqlite";
    fill(path);
    koc_test::failing_disk patient; // for its sleep, which takes no time
    auto journal = opened(path);
    client other{path};
    REQUIRE(other.run("BEGIN IMMEDIATE") == "");
    auto const refused = append(journal, filled_head);
    REQUIRE(!refused.has_value());
    CHECK(refused.error().code == koc::errc::unavailable);
    CHECK(refused.error().expected.find("other writer") != std::string::npos);
    CHECK(read(journal).first.size() == 5);
    REQUIRE(other.run("ROLLBACK") == "");
    CHECK(append(journal, filled_head).has_value());
}

TEST_CASE("a lock that is held for too long makes a journal unavailable", "[store]") {
    folder here;
    auto const path = here / "journal.sqlite";
    fill(path);
    koc_test::failing_disk patient; // for its sleep, which takes no time
    auto journal = opened(path);
    auto const fd = ::open((here / "journal.sqlite-lock").c_str(), O_RDONLY);
    REQUIRE(flock(fd, LOCK_SH) == 0);
    CHECK(read(journal).first.size() == 5);
    CHECK(append(journal, filled_head).error().code == koc::errc::unavailable);
    REQUIRE(flock(fd, LOCK_EX) == 0);
    CHECK(append(journal, filled_head).error().code == koc::errc::unavailable);
    CHECK(append(journal, filled_head).error().expected.find("other writer") != std::string::npos);
    CHECK(journal.head().error().code == koc::errc::unavailable);
    CHECK(read(journal).second->code == koc::errc::unavailable);
    CHECK(refusal(path).code == koc::errc::unavailable);
    REQUIRE(close(fd) == 0);
    CHECK(append(journal, filled_head).has_value());
}

TEST_CASE(
    "lock files may be removed, and are made again with the journal's permissions", "[store]") {
    folder here;
    auto const path = here / "journal.sqlite";
    fill(path);
    fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write | fs::perms::group_read);
    auto first = opened(path);
    auto second = opened(path);
    fs::remove(here / "journal.sqlite-lock");
    CHECK(append(first, filled_head).has_value());
    CHECK(append(second, filled_head).error().code == koc::errc::conflict);
    CHECK(fs::status(here / "journal.sqlite-lock").permissions() == fs::status(path).permissions());
    fs::remove(here / "journal.sqlite-lock");
    fs::create_symlink("elsewhere", here / "journal.sqlite-lock");
    CHECK(second.head().error().code == koc::errc::unavailable);
    CHECK(!fs::exists(here / "elsewhere"));
    fs::remove(here / "journal.sqlite-lock");
}

TEST_CASE(
    "a changed byte anywhere in a payload is corrupt, and nothing is read from it on", "[store]") {
    folder here;
    auto const path = here / "journal.sqlite";
    fill(path);
    auto const payload = client{path}.rows("SELECT payload FROM event WHERE position = 2");
    auto const length = payload.size() - 2; // without "|\n"
    for (std::size_t at = 1; at <= length; ++at) {
        folder there;
        auto const copy = there / "journal.sqlite";
        fs::copy(path, copy);
        auto const place = std::to_string(at);
        auto const changed = payload[at - 1] == '7' ? "8" : "7";
        tamper(copy,
            "UPDATE event SET payload = substr(payload, 1, " + place + " - 1) || '" + changed +
                "' || substr(payload, " + place + " + 1) WHERE position = 2");
        auto journal = opened(copy);
        auto const [events, refused] = read(journal);
        INFO("byte " << at);
        REQUIRE(refused.has_value());
        CHECK(refused->code == koc::errc::corrupt);
        CHECK(refused->subject == "event 2");
        CHECK(events.size() == 2);
    }
}

TEST_CASE(
    "a changed, missing or invented row is corrupt, and nothing is read from it on", "[store]") {
    struct row {
        char const* sql;
        std::uint64_t corrupt;
    };
    row const rows[] = {
        {"UPDATE event SET first = 1 WHERE position = 2", 2},
        {"UPDATE event SET first = 3 WHERE position = 2", 2},
        {"UPDATE event SET first = -1 WHERE position = 2", 2},
        {"UPDATE event SET at_ms = at_ms + 1 WHERE position = 2", 2},
        {"UPDATE event SET told_ms = 7 WHERE position = 2", 2},
        {"UPDATE event SET actor = 'member' WHERE position = 2", 2},
        {"UPDATE event SET actor = 'nobody' WHERE position = 2", 2},
        {"UPDATE event SET actor_id = 1 WHERE position = 2", 2},
        {"UPDATE event SET writer = 1 WHERE position = 2", 2},
        {"UPDATE event SET request = 'r1' WHERE position = 2", 2},
        {"UPDATE event SET request = NULL WHERE position = 1", 1},
        {"UPDATE event SET command = zeroblob(15) WHERE position = 1", 1},
        {"UPDATE event SET command = NULL WHERE position = 1", 1},
        {"UPDATE event SET type = 'sample_closed' WHERE position = 2", 2},
        {"UPDATE event SET type = '' WHERE position = 2", 2},
        {"UPDATE event SET version = 2 WHERE position = 2", 2},
        {"UPDATE event SET version = 4294967297 WHERE position = 2", 2},
        {"UPDATE event SET version = -1 WHERE position = 2", 2},
        {"UPDATE event SET payload = '' WHERE position = 2", 2},
        {"UPDATE event SET payload = payload || ' {}' WHERE position = 2", 2},
        {"UPDATE event SET chain = zeroblob(16) WHERE position = 2", 2},
        {"UPDATE event SET chain = zeroblob(17) WHERE position = 2", 2},
        {"UPDATE event SET chain = zeroblob(16) WHERE position = 4", 4},
        {"DELETE FROM event WHERE position = 0", 0},
        {"DELETE FROM event WHERE position = 2", 2},
        {"DELETE FROM event WHERE position >= 3", 3},
        {"DELETE FROM event", 0},
        {"INSERT INTO event SELECT 5, 5, at_ms, told_ms, actor, actor_id, writer, request, "
         "command, "
         "type, version, payload, chain FROM event WHERE position = 4",
            5},
        {"UPDATE event SET position = 9 WHERE position = 2; "
         "UPDATE event SET position = 2 WHERE position = 1; "
         "UPDATE event SET position = 1 WHERE position = 9",
            1},
        {"UPDATE head SET position = 6", 5},
        {"UPDATE head SET position = 3", 3},
        {"DELETE FROM event WHERE position = 4; "
         "UPDATE event SET position = -1 WHERE position = 0",
            0},
    };
    folder here;
    auto const path = here / "journal.sqlite";
    fill(path);
    for (auto const& [sql, corrupt] : rows) {
        folder there;
        auto const copy = there / "journal.sqlite";
        fs::copy(path, copy);
        tamper(copy, sql);
        auto journal = opened(copy);
        for (std::uint64_t from = 0; from <= corrupt; ++from) {
            INFO(sql << " from " << from);
            auto const [events, refused] = read(journal, from);
            REQUIRE(refused.has_value());
            CHECK(refused->code == koc::errc::corrupt);
            CHECK(refused->subject == "event " + std::to_string(corrupt));
            CHECK(events.size() == corrupt - from);
        }
    }
}

TEST_CASE("a recorded end that does not fit the last event is corrupt, and nothing is appended",
    "[store]") {
    struct row {
        char const* sql;
        char const* subject;
    };
    row const rows[] = {
        {"DELETE FROM event WHERE position >= 3", "event 3"},
        {"DELETE FROM event", "event 0"},
        {"UPDATE head SET position = 4", "event 4"},
        {"UPDATE head SET chain = zeroblob(16)", "event 4"},
        {"UPDATE event SET chain = zeroblob(16) WHERE position = 4", "event 4"},
    };
    folder here;
    auto const path = here / "journal.sqlite";
    fill(path);
    for (auto const& [sql, subject] : rows) {
        folder there;
        auto const copy = there / "journal.sqlite";
        fs::copy(path, copy);
        tamper(copy, sql);
        auto const before = dump(copy);
        auto journal = opened(copy);
        INFO(sql);
        auto const head = journal.head();
        REQUIRE(!head.has_value());
        CHECK(head.error().code == koc::errc::corrupt);
        CHECK(head.error().subject == subject);
        auto const refused = append(journal, filled_head);
        REQUIRE(!refused.has_value());
        CHECK(refused.error().code == koc::errc::corrupt);
        CHECK(dump(copy) == before);
    }
    for (auto const* sql : {"UPDATE head SET position = -1", "UPDATE head SET chain = zeroblob(1)",
             "DELETE FROM head"}) {
        folder there;
        auto const copy = there / "journal.sqlite";
        fs::copy(path, copy);
        tamper(copy, sql);
        auto journal = opened(copy);
        INFO(sql);
        CHECK(!journal.head().has_value());
        CHECK(!append(journal, filled_head).has_value());
    }
}

TEST_CASE("whatever byte of the file is changed, what is read is what was written", "[store]") {
    folder here;
    auto const path = here / "journal.sqlite";
    fill(path);
    auto const good = bytes_of(path);
    auto const wanted = [&] {
        auto journal = opened(path);
        return read(journal).first;
    }();
    int found = 0;
    for (std::size_t at = 0; at < good.size(); at += at < 200 ? 1 : 11) {
        auto bad = good;
        bad[at] = static_cast<char>(~static_cast<unsigned char>(bad[at]));
        folder there;
        auto const copy = there / "journal.sqlite";
        write_bytes(copy, bad);
        auto journal = koc::open_sqlite_journal(copy);
        if (!journal) {
            ++found;
            continue;
        }
        auto const head = journal->head();
        auto const [events, refused] = read(*journal);
        INFO("byte " << at);
        REQUIRE(events.size() <= wanted.size());
        CHECK(std::equal(events.begin(), events.end(), wanted.begin(),
            [](auto const& a, auto const& b) { return a.chain == b.chain; }));
        CHECK((refused || events.size() == wanted.size()));
        CHECK((!head || *head == filled_head));
        found += refused || !head ? 1 : 0;
    }
    CHECK(found > 100);
}

TEST_CASE("an append that the disk fails is recorded whole or not at all, as the answer says",
    "[store]") {
    using operation = koc_test::failing_disk::operation;
    std::string const filler(800'000, 'x');
    sample_recorded large;
    large.remark = filler;
    batches const small = groups;
    batches const spilling = {group_of({4001}, {}, {event::of(large), event::of(large)}),
        group_of({4002}, {}, {event::of(large), event::of(large)})};
    int unavailable = 0;
    int unknown = 0;
    folder once;
    fill(once / "journal.sqlite");
    for (auto const* more : {&small, &spilling}) {
        for (auto error : {SQLITE_FULL, SQLITE_IOERR_WRITE, SQLITE_IOERR_FSYNC}) {
            auto const wanted = koc::head_after(filled_head, std::span{*more});
            auto const step = more == &small ? 1 : 307;
            for (int failing = 0;; failing += step) {
                folder here;
                auto const path = here / "journal.sqlite";
                fs::copy(once / "journal.sqlite", path);
                int count = 0;
                koc_test::failing_disk disk;
                auto journal = opened(path);
                disk.decide = [&](auto const& asked) {
                    auto const suits = asked.what ==
                        (error == SQLITE_IOERR_FSYNC ? operation::sync : operation::write);
                    return suits && count++ >= failing ? error : SQLITE_OK;
                };
                auto const answer = append(journal, filled_head, *more);
                disk.decide = nullptr;
                auto const went_wrong = count > failing;
                { auto const closed = std::move(journal); }
                auto again = opened(path);
                auto const head = again.head();
                INFO("error " << error << " from operation " << failing << " on");
                REQUIRE(head.has_value());
                CHECK((*head == filled_head || *head == wanted));
                CHECK(read(again).first.size() == head->position);
                if (answer) {
                    CHECK(*head == wanted);
                } else if (answer.error().code == koc::errc::unavailable) {
                    CHECK(*head == filled_head);
                    ++unavailable;
                } else {
                    CHECK(answer.error().code == koc::errc::outcome_unknown);
                    ++unknown;
                }
                CHECK(append(again, *head).has_value());
                if (!went_wrong) {
                    break;
                }
            }
        }
    }
    CHECK(unavailable > 0);
    CHECK(unknown > 0);
}

TEST_CASE("after a power cut at any moment all that was acknowledged is there", "[store]") {
    using operation = koc_test::failing_disk::operation;
    auto const second = koc::head_after(filled_head, std::span{groups});
    for (int moment = 0;; ++moment) {
        folder here;
        folder there;
        auto const path = here / "journal.sqlite";
        auto const copy = there / "journal.sqlite";
        int count = 0;
        auto acknowledged = koc::journal_head{};
        auto held = acknowledged;
        {
            koc_test::failing_disk disk;
            disk.decide = [&](auto const& asked) {
                auto const changes =
                    asked.what == operation::sync || asked.what == operation::write;
                if (changes && count++ == moment) {
                    held = acknowledged;
                    for (auto const* suffix : {"", "-wal", "-journal"}) {
                        if (fs::exists(path.string() + suffix)) {
                            fs::copy(path.string() + suffix, copy.string() + suffix);
                        }
                    }
                }
                return SQLITE_OK;
            };
            auto journal = opened(path);
            for (int i = 0; i < 2; ++i) {
                auto const head = append(journal, acknowledged);
                REQUIRE(head.has_value());
                acknowledged = *head;
            }
            { auto const closed = std::move(journal); }
        }
        if (count <= moment) {
            break;
        }
        INFO("moment " << moment);
        auto journal = opened(copy);
        auto const head = journal.head();
        REQUIRE(head.has_value());
        CHECK((*head == koc::journal_head{} || *head == filled_head || *head == second));
        CHECK(head->position >= held.position);
        CHECK(read(journal).first.size() == head->position);
    }
}

TEST_CASE("an empty file becomes a journal", "[store]") {
    folder here;
    write_bytes(here / "empty", "");
    fill(here / "empty");
    auto journal = opened(here / "empty");
    CHECK(*journal.head() == filled_head);
}

TEST_CASE("a file that is something else is refused and left as it was", "[store]") {
    folder here;
    struct row {
        char const* name;
        char const* sql; ///< made from this, or from junk when null
    };
    row const rows[] = {
        {"text", nullptr},
        {"other", "CREATE TABLE t (x); INSERT INTO t VALUES (1)"},
        {"other_wal", "PRAGMA journal_mode = WAL; CREATE TABLE t (x); INSERT INTO t VALUES (1)"},
        {"marked", "PRAGMA application_id = 7"},
        {"versioned", "PRAGMA user_version = 1"},
        {"similar",
            "PRAGMA application_id = 1802462058; PRAGMA user_version = 2; "
            "CREATE TABLE event (position INTEGER PRIMARY KEY)"},
        {"older", "PRAGMA application_id = 1802462058; CREATE TABLE event (position INTEGER)"},
        {"newer", "PRAGMA application_id = 1802462058; PRAGMA user_version = 3"},
    };
    for (auto const& [name, sql] : rows) {
        auto const path = here / name;
        if (sql) {
            CHECK(client{path}.run(sql) == "");
        } else {
            write_bytes(path, std::string(5'000, 'k'));
        }
        auto const before = bytes_of(path);
        INFO(name);
        auto const refused = refusal(path);
        CHECK(refused.code == koc::errc::wrong_state);
        CHECK(refused.subject == "journal " + path.string());
        CHECK(refused.expected.find(
                  std::string_view{name} == "newer" ? "a newer release" : "choose another path") !=
            std::string::npos);
        CHECK(bytes_of(path) == before);
    }
}

TEST_CASE("a journal with anything added to its tables is refused", "[store]") {
    for (auto const* sql : {"CREATE INDEX more ON event (type)",
             "CREATE TRIGGER more AFTER INSERT ON event BEGIN DELETE FROM head; END",
             "DROP TRIGGER event_stays_in_place"}) {
        folder here;
        fill(here / "journal.sqlite");
        REQUIRE(client{here / "journal.sqlite"}.run(sql) == "");
        CHECK(refusal(here / "journal.sqlite").code == koc::errc::wrong_state);
    }
}

TEST_CASE("a path that cannot be a journal is refused with what to do", "[store]") {
    folder here;
    CHECK(refusal("").code == koc::errc::invalid_text);
    CHECK(refusal(std::string{"a\0b", 3}).code == koc::errc::invalid_text);
    CHECK(refusal(":memory:").code == koc::errc::unavailable);
    CHECK(refusal(here / "missing/journal.sqlite").code == koc::errc::unavailable);
    CHECK(refusal(here / "missing/journal.sqlite").expected.find("make the folder") !=
        std::string::npos);
    CHECK(!fs::exists(here / "missing"));
    CHECK(refusal(here / ".").code == koc::errc::unavailable);
}

TEST_CASE("a file that may not be written is refused", "[store]") {
    folder here;
    auto const path = here / "journal.sqlite";
    fill(path);
    auto const before = bytes_of(path);
    fs::permissions(path, fs::perms::owner_read | fs::perms::others_read);
    fs::permissions(here / ".",
        fs::perms::owner_read | fs::perms::owner_exec | fs::perms::others_read |
            fs::perms::others_exec);
    auto const superuser = geteuid() == 0; // whom permissions do not stop
    if (superuser) {
        REQUIRE(seteuid(65534) == 0);
    }
    auto const refused = koc::open_sqlite_journal(path);
    if (superuser) {
        REQUIRE(seteuid(0) == 0);
    }
    fs::permissions(here / ".", fs::perms::owner_all);
    REQUIRE(!refused.has_value());
    CHECK(refused.error().code == koc::errc::unavailable);
    CHECK(bytes_of(path) == before);
}
