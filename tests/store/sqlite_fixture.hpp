// SPDX-License-Identifier: BSL-1.0
#pragma once

// What the tests of the SQLite journal share: a temporary folder, a plain SQL client, and a journal
// of five events in three batches.

#include <koc/store/sqlite.hpp>
#include <koc/testing/journal.hpp>

#include "store/sample_events.hpp"
#include "support/catch.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace koc_test {

namespace fs = std::filesystem;
using koc::sqlite_journal;
using koc::sqlite_log;

/// A folder of its own that is gone afterwards.
class folder {
public:
    folder() {
        auto pattern = (fs::temp_directory_path() / "koc-sqlite-XXXXXX").string();
        REQUIRE(mkdtemp(pattern.data()) != nullptr);
        path_ = pattern;
    }
    folder(folder const&) = delete;
    folder& operator=(folder const&) = delete;
    ~folder() { fs::remove_all(path_); }

    fs::path operator/(char const* name) const { return path_ / name; }

private:
    fs::path path_;
};

/// Any SQL client: no hardening, no idea of journals.
class client {
public:
    explicit client(fs::path const& path) {
        REQUIRE(sqlite3_open(path.c_str(), &db_) == SQLITE_OK);
        sqlite3_exec(db_, "PRAGMA synchronous = OFF", nullptr, nullptr, nullptr); // only for speed
    }
    client(client const&) = delete;
    client& operator=(client const&) = delete;
    ~client() { sqlite3_close(db_); }

    /// The first refusal, empty when all went well.
    std::string run(std::string const& sql) {
        return sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK
            ? std::string{}
            : sqlite3_errmsg(db_);
    }
    /// All values of all rows, one line a row.
    std::string rows(std::string const& sql) {
        std::string text;
        auto const line = [](void* out, int count, char** values, char**) {
            for (int i = 0; i < count; ++i) {
                *static_cast<std::string*>(out) +=
                    (values[i] ? values[i] : "NULL") + std::string{"|"};
            }
            *static_cast<std::string*>(out) += '\n';
            return 0;
        };
        REQUIRE(sqlite3_exec(db_, sql.c_str(), line, &text, nullptr) == SQLITE_OK);
        return text;
    }

private:
    sqlite3* db_ = nullptr;
};

inline std::string bytes_of(fs::path const& path) {
    std::ifstream in{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}
/// Reads from every file of the journal and closes it again, as a backup program does. The
/// operating system then drops the POSIX locks that this process had on them.
inline void read_every_file(fs::path const& path) {
    for (auto const* suffix : {"", "-wal", "-shm", "-lock", "-open"}) {
        std::ifstream{path.string() + suffix, std::ios::binary}.get();
    }
}
inline void write_bytes(fs::path const& path, std::string const& bytes) {
    std::ofstream{path, std::ios::binary} << bytes;
}

/// Everything in the journal, quoted, so that equal means byte-identical.
inline std::string dump(fs::path const& path) {
    return client{path}.rows(
        "SELECT quote(position), quote(first), quote(at_ms), quote(told_ms), quote(actor), "
        "quote(actor_id), quote(writer), quote(request), quote(command), "
        "quote(type), quote(version), quote(payload), quote(chain) FROM event ORDER BY position; "
        "SELECT quote(position), quote(chain) FROM head");
}

inline std::string dump_schema(fs::path const& path) {
    return client{path}.rows("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY rowid");
}

/// Lets a client change what the triggers protect, and puts them back.
inline void tamper(fs::path const& path, std::string const& sql) {
    client other{path};
    auto const triggers = other.rows("SELECT sql || ';' FROM sqlite_schema WHERE type = 'trigger'");
    std::string restored = triggers;
    std::replace(restored.begin(), restored.end(), '|', ' ');
    REQUIRE(
        other.run("DROP TRIGGER event_stays_as_written; DROP TRIGGER event_stays_in_place") == "");
    REQUIRE(other.run(sql) == "");
    REQUIRE(other.run(restored) == "");
}

inline sqlite_journal opened(fs::path const& path) {
    auto journal = koc::open_sqlite_journal(path);
    if (!journal) {
        FAIL(journal.error().subject << ": " << journal.error().expected);
    }
    return *std::move(journal);
}
inline koc::error refusal(fs::path const& path) {
    auto journal = koc::open_sqlite_journal(path);
    REQUIRE(!journal.has_value());
    return journal.error();
}

inline batches const groups = {
    group_of({1000}, {"r1", {1, 2}}, {event::of(sample_recorded{}), event::of(sample_closed{})}),
    group_of({2000}, {}, {event::of(sample_recorded{})}),
    group_of({3000}, {"r3", {3, 4}}, {event::of(sample_closed{}), event::of(sample_recorded{})}),
};
inline koc::journal_head const filled_head = koc::head_after({}, std::span{groups});

inline koc::result<koc::journal_head> append(
    sqlite_journal& journal, koc::journal_head at, batches const& more = groups) {
    return journal.append(at, std::span{more});
}
inline void fill(fs::path const& path) {
    auto journal = opened(path);
    REQUIRE(append(journal, {}).has_value());
}

/// What can be read from the position on, and the refusal that ended it.
inline std::pair<envelopes, std::optional<koc::error>> read(
    sqlite_journal& journal, std::uint64_t from = 0) {
    envelopes out;
    auto const done = journal.read(from, 1'000'000, sample_types, out);
    return {std::move(out), done ? std::nullopt : std::optional{done.error()}};
}

/// A second process. SQLite must not be carried across a fork, so make one before anything is
/// opened; it waits for `go`.
class other_process {
public:
    /// `work` returns the exit code.
    explicit other_process(std::function<int()> const& work) {
        REQUIRE(pipe(start_) == 0);
        child_ = fork();
        REQUIRE(child_ >= 0);
        if (child_ == 0) {
            close(start_[1]);
            char byte = 0;
            _exit(::read(start_[0], &byte, 1) == 1 ? work() : 99);
        }
        close(start_[0]);
    }
    other_process(other_process const&) = delete;
    other_process& operator=(other_process const&) = delete;
    ~other_process() {
        close(start_[1]);
        if (child_ > 0) {
            waitpid(child_, nullptr, 0);
        }
    }

    void go() { REQUIRE(::write(start_[1], "g", 1) == 1); }
    int wait() {
        int status = 0;
        REQUIRE(waitpid(child_, &status, 0) == child_);
        child_ = -1;
        return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    }

private:
    int start_[2]{};
    pid_t child_ = -1;
};

/// Appends one event at whatever the head is, again after each conflict. Empty, or why not.
inline std::optional<koc::error> append_one(sqlite_journal& journal, std::string const& request) {
    batches const mine = {group_of({4000}, {request, {5, 6}}, {event::of(sample_closed{})})};
    for (;;) {
        auto const head = journal.head();
        auto const got = head ? append(journal, *head, mine) : head;
        if (got) {
            return std::nullopt;
        }
        if (got.error().code != koc::errc::conflict) {
            return got.error();
        }
    }
}

} // namespace koc_test
