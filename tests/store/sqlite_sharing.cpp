// SPDX-License-Identifier: BSL-1.0

// One journal file, several users of it: processes, threads, backup programs and SQL clients, and
// files that are moved while they are open.

#include <koc/store/sqlite.hpp>

#include "store/sqlite_fixture.hpp"
#include "support/catch.hpp"

#include <atomic>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <vector>

using namespace koc_test;

namespace {

std::vector<std::string> requests_in(fs::path const& path) {
    auto journal = opened(path);
    auto const [events, refused] = read(journal);
    CHECK(!refused);
    CHECK(journal.head()->position == events.size());
    std::vector<std::string> found;
    for (auto const& recorded : events) {
        found.push_back(recorded.asked.id);
    }
    return found;
}

} // namespace

TEST_CASE("a process that reads the file and closes it loses no event of another", "[store]") {
    folder here;
    auto const path = here / "journal.sqlite";
    other_process other{[&] {
        auto journal = koc::open_sqlite_journal(path);
        if (!journal || append_one(*journal, "theirs")) {
            return 1;
        }
        { auto const closed = *std::move(journal); }
        return 0;
    }};
    auto journal = opened(path);
    auto const head = append(journal, {});
    REQUIRE(head.has_value());
    read_every_file(path);
    other.go();
    REQUIRE(other.wait() == 0);
    auto const lost = append(journal, *head);
    REQUIRE(!lost.has_value());
    CHECK(lost.error().code == koc::errc::conflict);
    CHECK(!append_one(journal, "ours"));
    CHECK(requests_in(path) ==
        std::vector<std::string>{"r1", "r1", "", "r3", "r3", "theirs", "ours"});
}

TEST_CASE("processes that read each other's files keep every acknowledged event", "[store]") {
    folder here;
    auto const path = here / "journal.sqlite";
    constexpr int appends = 40;
    auto const work = [&](std::string const& name) {
        for (int done = 0; done < appends; ++done) {
            auto journal = koc::open_sqlite_journal(path); // closed again after each event
            if (!journal || append_one(*journal, name + std::to_string(done))) {
                return 1;
            }
            read_every_file(path);
        }
        return 0;
    };
    other_process a{[&] { return work("a"); }};
    other_process b{[&] { return work("b"); }};
    auto journal = opened(path);
    std::atomic<bool> done = false;
    std::thread reader{[&] {
        while (!done) {
            read_every_file(path);
            std::this_thread::yield();
        }
    }};
    a.go();
    b.go();
    std::multiset<std::string> wanted;
    std::optional<koc::error> refused;
    for (int i = 0; i < appends; ++i) {
        refused = refused ? refused : append_one(journal, "c" + std::to_string(i));
        for (auto const* name : {"a", "b", "c"}) {
            wanted.insert(name + std::to_string(i));
        }
    }
    CHECK(a.wait() == 0);
    CHECK(b.wait() == 0);
    done = true;
    reader.join();
    INFO((refused ? refused->expected : ""));
    CHECK(!refused);
    auto const found = requests_in(path);
    CHECK(std::multiset<std::string>(found.begin(), found.end()) == wanted);
}

TEST_CASE("a journal is opened while another user of it closes", "[store]") {
    folder here;
    auto const path = here / "journal.sqlite";
    fill(path);
    std::atomic<int> refused = 0;
    std::vector<std::thread> running;
    for (int i = 0; i < 4; ++i) {
        running.emplace_back([&] {
            for (int done = 0; done < 150; ++done) {
                refused += koc::open_sqlite_journal(path) ? 0 : 1;
            }
        });
    }
    for (auto& thread : running) {
        thread.join();
    }
    CHECK(refused == 0);
}

TEST_CASE("two journals on one file exclude each other within a process", "[store]") {
    folder here;
    auto const path = here / "journal.sqlite";
    constexpr int appends = 50;
    constexpr int threads = 3;
    std::vector<sqlite_journal> journals;
    for (int i = 0; i < threads; ++i) {
        journals.push_back(opened(path));
    }
    std::atomic<int> refused = 0;
    std::vector<std::thread> running;
    for (auto& journal : journals) {
        running.emplace_back([&] {
            for (int done = 0; done < appends; ++done) {
                refused += append_one(journal, std::to_string(done)) ? 1 : 0;
                read_every_file(path);
            }
        });
    }
    for (auto& thread : running) {
        thread.join();
    }
    CHECK(refused == 0);
    CHECK(requests_in(path).size() == threads * appends);
}

TEST_CASE("an SQL client that seems to be alone makes no event disappear", "[store]") {
    folder here;
    auto const path = here / "journal.sqlite";
    other_process other{[&] {
        client{path}.rows("SELECT count(*) FROM event"); // on closing, the last removes the log
        return 0;
    }};
    auto acknowledged = 5U;
    {
        auto journal = opened(path);
        REQUIRE(append(journal, {}).has_value());
        read_every_file(path);
        other.go();
        REQUIRE(other.wait() == 0);
        if (append(journal, filled_head)) {
            acknowledged += 5;
        } else { // on a system that cannot keep the client from it
            CHECK(refusal(path).expected.find("then open it again") != std::string::npos);
        }
    }
    CHECK(requests_in(path).size() == acknowledged);
}

TEST_CASE("SQL clients that come and go lose no acknowledged event", "[store]") {
    folder here;
    auto const path = here / "journal.sqlite";
    std::atomic<bool> done = false;
    other_process other{[&] {
        for (int i = 0; i < 300; ++i) {
            client{path}.run("SELECT count(*) FROM event");
        }
        return 0;
    }};
    std::vector<std::string> acknowledged;
    {
        auto journal = opened(path);
        std::thread reader{[&] {
            while (!done) {
                read_every_file(path);
                std::this_thread::yield();
            }
        }};
        other.go();
        std::optional<koc::error> refused;
        for (int i = 0; i < 300 && !refused; ++i) {
            refused = append_one(journal, std::to_string(i));
            if (!refused) {
                acknowledged.push_back(std::to_string(i));
            }
        }
        CHECK(other.wait() == 0);
        done = true;
        reader.join();
        INFO((refused ? refused->expected : ""));
        CHECK(!refused);
    }
    CHECK(requests_in(path) == acknowledged);
}

TEST_CASE("a closed journal leaves its file to SQL clients", "[store]") {
    folder here;
    auto const path = here / "journal.sqlite";
    fill(path);
    CHECK(client{path}.rows("PRAGMA journal_mode = DELETE") == "delete|\n"); // needs it alone
    CHECK(!fs::exists(path.string() + "-wal"));
    CHECK(requests_in(path).size() == 5);
}

TEST_CASE("closing one journal keeps the others of the process guarded", "[store]") {
    folder here;
    auto const path = here / "journal.sqlite";
    other_process other{[&] {
        client{path}.rows("SELECT count(*) FROM event");
        return 0;
    }};
    auto journal = opened(path);
    REQUIRE(append(journal, {}).has_value());
    { auto const second = opened(path); }
    read_every_file(path);
    other.go();
    REQUIRE(other.wait() == 0);
    CHECK(append(journal, filled_head).has_value());
    CHECK(requests_in(path).size() == 10);
}

TEST_CASE("a journal whose file was moved refuses to write and to read", "[store]") {
    struct row {
        char const* name;
        std::function<void(fs::path const& path, fs::path const& backup)> action;
    };
    auto const replaced_by = [](fs::path const& backup, fs::path const& path) {
        fs::copy_file(backup, path.string() + "-new");
        fs::rename(path.string() + "-new", path);
    };
    row const rows[] = {
        {"unlinked", [](auto const& path, auto const&) { fs::remove(path); }},
        {"moved away",
            [](auto const& path, auto const&) { fs::rename(path, path.string() + "-old"); }},
        {"replaced by its backup",
            [&](auto const& path, auto const& backup) { replaced_by(backup, path); }},
        {"replaced by an empty file",
            [](auto const& path, auto const&) {
                fs::remove(path);
                write_bytes(path, "");
            }},
        {"overwritten by its backup",
            [](auto const& path, auto const& backup) {
                fs::copy_file(backup, path, fs::copy_options::overwrite_existing);
            }},
        {"truncated", [](auto const& path, auto const&) { fs::resize_file(path, 0); }},
        {"log unlinked", [](auto const& path, auto const&) { fs::remove(path.string() + "-wal"); }},
        {"index of the log unlinked",
            [](auto const& path, auto const&) { fs::remove(path.string() + "-shm"); }},
        {"all unlinked",
            [](auto const& path, auto const&) {
                for (auto const* suffix : {"", "-wal", "-shm", "-lock", "-open"}) {
                    fs::remove(path.string() + suffix);
                }
            }},
    };
    for (auto const& [name, action] : rows) {
        folder here;
        auto const path = here / "journal.sqlite";
        auto const backup = here / "backup.sqlite";
        fill(path);
        REQUIRE(client{path}.run("VACUUM INTO '" + backup.string() + "'") == "");
        auto journal = opened(path);
        action(path, backup);
        INFO(name);
        auto const appended = append(journal, filled_head);
        auto const [events, read_refused] = read(journal);
        auto const head = journal.head();
        for (auto const& refused : {appended ? std::nullopt : std::optional{appended.error()},
                 read_refused, head ? std::nullopt : std::optional{head.error()}}) {
            REQUIRE(refused.has_value());
            INFO(refused->expected);
            CHECK(refused->code == koc::errc::unavailable);
            CHECK(refused->subject == "journal " + path.string());
            CHECK(refused->expected.find("moved") != std::string::npos);
        }
        CHECK(events.empty());
    }
}

TEST_CASE("a journal that is read through a link shares its locks with the others", "[store]") {
    folder here;
    auto const path = here / "journal.sqlite";
    fill(path);
    fs::create_symlink(path, here / "link.sqlite");
    auto first = opened(path);
    auto second = opened(here / "link.sqlite");
    CHECK(!append_one(first, "a"));
    CHECK(!append_one(second, "b"));
    CHECK(requests_in(path).size() == 7);
    CHECK(!fs::exists(here / "link.sqlite-lock"));
}
