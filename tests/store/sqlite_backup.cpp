// SPDX-License-Identifier: BSL-1.0
#include <koc/store/sqlite_backup.hpp>

#include "store/sqlite_fixture.hpp"
#include "support/catch.hpp"

#include <unistd.h>

#include <functional>
#include <string>
#include <utility>
#include <vector>

using namespace koc_test;

namespace {

std::vector<std::string> names_in(folder const& here) {
    std::vector<std::string> names;
    for (auto const& entry : fs::directory_iterator{here / "."}) {
        names.push_back(entry.path().filename().string());
    }
    std::sort(names.begin(), names.end());
    return names;
}

/// Appends in another process that ends without closing, so that the log keeps events.
void append_and_crash(fs::path const& path, int events) {
    other_process crashing{[&]() -> int {
        auto journal = koc::open_sqlite_journal(path);
        for (int i = 0; journal && i < events; ++i) {
            if (append_one(*journal, "late" + std::to_string(i))) {
                _exit(1);
            }
        }
        _exit(journal ? 0 : 2); // before the journal is closed
    }};
    crashing.go();
    REQUIRE(crashing.wait() == 0);
    REQUIRE(fs::file_size(path.string() + "-wal") > 0);
}

koc::error restore_refusal(fs::path const& backup, fs::path const& path) {
    auto const restored = koc::restore_sqlite_journal(backup, path);
    REQUIRE(!restored.has_value());
    return restored.error();
}

} // namespace

TEST_CASE("a backup beside the log of another file is refused with what to remove, or is whole",
    "[store]") {
    struct row {
        char const* name;
        std::function<void(fs::path const& path, fs::path const& to)> backup;
        bool always_refused;
    };
    row const rows[] = {
        {"copied when closed", [](auto const& path, auto const& to) { fs::copy_file(path, to); },
            false},
        {"VACUUM INTO",
            [](auto const& path, auto const& to) {
                REQUIRE(client{path}.run("VACUUM INTO '" + to.string() + "'") == "");
            },
            true},
        {"the shell's .backup",
            [](auto const& path, auto const& to) {
                sqlite3* from = nullptr;
                sqlite3* into = nullptr;
                REQUIRE(sqlite3_open(path.c_str(), &from) == SQLITE_OK);
                REQUIRE(sqlite3_open(to.c_str(), &into) == SQLITE_OK);
                auto* const copying = sqlite3_backup_init(into, "main", from, "main");
                CHECK(sqlite3_backup_step(copying, -1) == SQLITE_DONE);
                sqlite3_backup_finish(copying);
                sqlite3_close(from);
                sqlite3_close(into);
            },
            false},
        {"backup()",
            [](auto const& path, auto const& to) {
                REQUIRE(koc::backup_sqlite_journal(path, to).has_value());
            },
            true},
        {"an empty file", [](auto const&, auto const& to) { write_bytes(to, ""); }, true},
    };
    for (auto const& [name, back_up, always_refused] : rows) {
        for (bool const much_happened : {false, true}) {
            folder here;
            auto const path = here / "journal.sqlite";
            auto const backup = here / "backup.sqlite";
            fill(path);
            back_up(path, backup);
            if (much_happened) { // and is in the file, no longer in the log
                auto journal = opened(path);
                for (int i = 0; i < 500; ++i) {
                    REQUIRE(!append_one(journal, "early"));
                }
            }
            append_and_crash(path, 3);
            fs::copy_file(backup, path, fs::copy_options::overwrite_existing);
            INFO(name << (much_happened ? ", an old one" : ", a fresh one"));
            auto journal = koc::open_sqlite_journal(path);
            if (journal) {
                CHECK((!always_refused && !much_happened));
                CHECK(read(*journal).first.size() == 8);
                CHECK(!read(*journal).second);
                continue;
            }
            INFO(journal.error().expected);
            CHECK((always_refused || much_happened));
            CHECK(journal.error().code ==
                (always_refused ? koc::errc::wrong_state : koc::errc::corrupt));
            CHECK(journal.error().expected.find("remove " + path.string() + "-wal and " +
                      path.string() + "-shm") != std::string::npos);
            fs::remove(path.string() + "-wal");
            fs::remove(path.string() + "-shm");
            auto again = opened(path);
            auto const size = fs::file_size(backup) == 0 ? 0U : 5U;
            CHECK(again.head()->position == size);
            CHECK(read(again).first.size() == size);
        }
    }
}

TEST_CASE("after a crash the events in the log are there", "[store]") {
    folder here;
    auto const path = here / "journal.sqlite";
    fill(path);
    append_and_crash(path, 20);
    auto journal = opened(path);
    CHECK(read(journal).first.size() == 25);
    CHECK(!read(journal).second);
}

TEST_CASE("after a crash a first page that was torn is read from the log", "[store]") {
    folder here;
    auto const path = here / "journal.sqlite";
    append_and_crash(path, 100); // so many that the first page is in the log
    auto bytes = bytes_of(path);
    for (std::size_t i = 0; i < 512; ++i) {
        bytes[i] = static_cast<char>(i * 37 + 11);
    }
    write_bytes(path, bytes);
    auto journal = opened(path);
    CHECK(read(journal).first.size() == 100);
    CHECK(!append_one(journal, "next"));
}

TEST_CASE("a journal without its file is not begun anew over its log", "[store]") {
    folder here;
    auto const path = here / "journal.sqlite";
    fill(path);
    append_and_crash(path, 3);
    fs::rename(path, here / "elsewhere");
    CHECK(refusal(path).code == koc::errc::wrong_state);
    CHECK(refusal(path).expected.find("-wal") != std::string::npos);
    fs::rename(here / "elsewhere", path);
    auto journal = opened(path);
    CHECK(read(journal).first.size() == 8);
}

TEST_CASE("a closed journal is whole in its one file", "[store]") {
    folder here;
    fill(here / "journal.sqlite");
    fs::copy_file(here / "journal.sqlite", here / "copy.sqlite");
    auto copy = opened(here / "copy.sqlite");
    CHECK(read(copy).first.size() == 5);
}

TEST_CASE("a backup is one file with every event, taken while the journal is in use", "[store]") {
    folder here;
    folder there;
    auto const path = here / "journal.sqlite";
    other_process other{[&] {
        auto journal = koc::open_sqlite_journal(path);
        for (int i = 0; journal && i < 100; ++i) {
            if (append_one(*journal, "theirs" + std::to_string(i))) {
                return 1;
            }
        }
        return journal ? 0 : 2;
    }};
    auto log = sqlite_log::open(path);
    REQUIRE(log.has_value());
    {
        auto journal = opened(path);
        REQUIRE(append(journal, {}).has_value());
    }
    other.go();
    for (int i = 0; i < 6; ++i) {
        auto const to = there / ("backup" + std::to_string(i)).c_str();
        auto const before = log->head();
        auto const end = i % 3 == 0 ? log->backup(to)
            : i % 3 == 1            ? koc::backup_sqlite_journal(path, to)
                                    : opened(path).log().backup(to);
        INFO((end ? "" : end.error().expected));
        REQUIRE(end.has_value());
        CHECK(end->position >= before->position);
        CHECK(names_in(there).size() == static_cast<std::size_t>(i + 1));
        folder apart;
        fs::copy_file(to, apart / "copy");
        auto copy = opened(apart / "copy");
        CHECK(*copy.head() == *end);
        CHECK(!read(copy).second);
        CHECK(read(copy).first.size() == end->position);
    }
    CHECK(other.wait() == 0);
    CHECK(log->head()->position == 105);
}

TEST_CASE("a backup takes no name that is in use and leaves nothing behind", "[store]") {
    folder here;
    auto const path = here / "journal.sqlite";
    fill(path);
    auto log = sqlite_log::open(path);
    REQUIRE(log.has_value());
    write_bytes(here / "taken", "mine");
    fs::create_symlink("nowhere", here / "link");
    auto const before = names_in(here);
    for (auto const* name : {"taken", "link", "journal.sqlite", "journal.sqlite-wal"}) {
        INFO(name);
        auto const refused = log->backup(here / name);
        REQUIRE(!refused.has_value());
        CHECK(refused.error().code == koc::errc::already_exists);
        CHECK(refused.error().subject == "file " + (here / name).string());
    }
    CHECK(bytes_of(here / "taken") == "mine");
    CHECK(log->backup(here / "missing/backup").error().code == koc::errc::unavailable);
    CHECK(log->backup("").error().code == koc::errc::invalid_text);
    CHECK(log->backup(std::string{"a\0b", 3}).error().code == koc::errc::invalid_text);
    write_bytes(here / "half-partial", "");
    CHECK(log->backup(here / "half").error().code == koc::errc::already_exists);
    fs::remove(here / "half-partial");
    CHECK(koc::backup_sqlite_journal(here / "none", here / "b").error().code ==
        koc::errc::unavailable);
    CHECK(names_in(here) == before);
    fs::rename(path, here / "away");
    CHECK(log->backup(here / "b").error().code == koc::errc::unavailable);
    CHECK(!fs::exists(here / "b"));
    CHECK(!fs::exists(here / "b-partial"));
}

TEST_CASE("a restored journal is the backup, and what it replaced is kept", "[store]") {
    struct row {
        char const* name;
        std::function<void(fs::path const&)> harm;
        bool replaced_opens;
    };
    row const rows[] = {
        {"nothing", [](auto const&) {}, true},
        {"crash", [](auto const& path) { append_and_crash(path, 3); }, true},
        {"damage",
            [](auto const& path) {
                append_and_crash(path, 3);
                write_bytes(path, std::string(20'000, 'x'));
            },
            false},
        {"rollback journal",
            [](auto const& path) {
                write_bytes(path.string() + "-journal", std::string(20'000, 'x'));
            },
            true},
    };
    for (auto const& [name, harm, replaced_opens] : rows) {
        folder here;
        auto const path = here / "journal.sqlite";
        auto const backup = here / "backup?100%.sqlite";
        fill(path);
        REQUIRE(koc::backup_sqlite_journal(path, backup).has_value());
        auto const bytes = bytes_of(backup);
        {
            auto journal = opened(path);
            REQUIRE(append(journal, filled_head).has_value());
        }
        fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write);
        harm(path);
        INFO(name);
        auto const end = koc::restore_sqlite_journal(backup, path);
        INFO((end ? "" : end.error().expected));
        REQUIRE(end.has_value());
        CHECK(*end == filled_head);
        CHECK(bytes_of(backup) == bytes);
        CHECK(fs::status(path).permissions() == (fs::perms::owner_read | fs::perms::owner_write));
        {
            auto journal = opened(path);
            CHECK(*journal.head() == filled_head);
            CHECK(read(journal).first.size() == 5);
            CHECK(append(journal, filled_head).has_value());
        }
        auto old = koc::open_sqlite_journal(path.string() + "-replaced");
        CHECK(old.has_value() == replaced_opens);
        if (old) {
            CHECK(read(*old).first.size() >= 10);
        }
        CHECK(restore_refusal(backup, path).code == koc::errc::already_exists);
        CHECK(!fs::exists(path.string() + "-partial"));
    }
}

TEST_CASE("a journal is restored where there is none", "[store]") {
    folder here;
    fill(here / "a");
    REQUIRE(koc::backup_sqlite_journal(here / "a", here / "b").has_value());
    REQUIRE(koc::restore_sqlite_journal(here / "b", here / "c").has_value());
    auto journal = opened(here / "c");
    CHECK(read(journal).first.size() == 5);
    CHECK(!fs::exists(here / "c-replaced"));
}

TEST_CASE("a file that was copied with its log is restored with the events of the log", "[store]") {
    folder here;
    fill(here / "a");
    append_and_crash(here / "a", 3);
    fs::copy_file(here / "a", here / "b");
    fs::copy_file(here / "a-wal", here / "b-wal");
    auto const end = koc::restore_sqlite_journal(here / "b", here / "c");
    REQUIRE(end.has_value());
    CHECK(end->position == 8);
    auto journal = opened(here / "c");
    CHECK(read(journal).first.size() == 8);
}

TEST_CASE("a journal is not restored while somebody has it open, or from no journal", "[store]") {
    folder here;
    auto const path = here / "journal.sqlite";
    auto const backup = here / "backup.sqlite";
    fill(path);
    REQUIRE(koc::backup_sqlite_journal(path, backup).has_value());
    other_process other{[&] {
        auto journal = koc::open_sqlite_journal(path);
        auto const refused = koc::restore_sqlite_journal(backup, path);
        return journal && !refused && refused.error().code == koc::errc::wrong_state ? 0 : 1;
    }};
    other.go();
    CHECK(other.wait() == 0);
    {
        auto journal = opened(path);
        read_every_file(path); // which gives away no lock
        other_process restorer{[&] {
            auto const refused = koc::restore_sqlite_journal(backup, path);
            return !refused && refused.error().code == koc::errc::wrong_state ? 0 : 1;
        }};
        restorer.go();
        CHECK(restorer.wait() == 0);
        auto const refused = restore_refusal(backup, path);
        CHECK(refused.code == koc::errc::wrong_state);
        CHECK(refused.expected.find("close it") != std::string::npos);
        CHECK(append(journal, filled_head).has_value());
    }
    write_bytes(here / "text", std::string(5'000, 'k'));
    write_bytes(here / "empty", "");
    fs::copy_file(backup, here / "fewer");
    tamper(here / "fewer", "DELETE FROM event WHERE position = 2");
    fs::copy_file(backup, here / "cut");
    fs::resize_file(here / "cut", fs::file_size(backup) / 2);
    CHECK(restore_refusal(here / "text", path).code == koc::errc::wrong_state);
    CHECK(restore_refusal(here / "empty", path).code == koc::errc::wrong_state);
    CHECK(restore_refusal(here / "fewer", path).code == koc::errc::corrupt);
    CHECK(restore_refusal(here / "cut", path).code == koc::errc::corrupt);
    CHECK(restore_refusal(here / "none", path).code == koc::errc::unavailable);
    CHECK(restore_refusal("", path).code == koc::errc::invalid_text);
    CHECK(restore_refusal(backup, "").code == koc::errc::invalid_text);
    CHECK(restore_refusal(path, path).code == koc::errc::invalid_argument);
    CHECK(restore_refusal(backup, here / ".").code == koc::errc::invalid_text);
    CHECK(restore_refusal(backup, here / "missing/journal").code == koc::errc::unavailable);
    CHECK(!fs::exists(here / "missing"));
    auto journal = opened(path);
    CHECK(read(journal).first.size() == 10);
}
