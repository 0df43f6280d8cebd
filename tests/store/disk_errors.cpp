// SPDX-License-Identifier: BSL-1.0

// Every access to the disk and every allocation of SQLite fails in turn, once and from then on, in
// the recovery of a crash, in use and on closing. Each answer is true, and nothing is lost.

#include "store/failing_disk.hpp"
#include "store/power_cut.hpp"
#include "support/catch.hpp"
#include "support/rounds.hpp"

#include <cstdint>
#include <cstdlib>
#include <functional>
#include <optional>
#include <set>
#include <span>
#include <string>

using namespace koc_test;

namespace {

/// What a crash leaves: a journal of five events, with a log that was not emptied.
medium crashed_journal() {
    memory_folder here;
    medium files;
    auto journal = opened(here / "journal.sqlite");
    REQUIRE(append(journal, {}).has_value());
    for (auto const* name : {"journal.sqlite", "journal.sqlite-wal"}) {
        files[name] = bytes_of(here / name);
    }
    return files;
}

/// How the n-th attempt is made to fail; `armed` begins and `ended` ends it.
struct fault {
    std::function<void(std::uint64_t nth, bool for_ever)> begin;
    std::function<std::uint64_t()> end; ///< how many there were
};

class fault_trial {
public:
    fault_trial(medium const& begin, fault const& what) : fault_{what} { here_.become(begin); }

    /// What was silent or lost; nothing where all is as it should be.
    std::optional<std::string> run(std::uint64_t nth, bool for_ever) {
        fault_.begin(nth, for_ever);
        use();
        attempts_ = fault_.end();
        reopen();
        return wrong_;
    }
    [[nodiscard]] std::uint64_t attempts() const { return attempts_; }

private:
    void fail(std::string what) {
        if (!wrong_) {
            wrong_ = std::move(what);
        }
    }
    /// A disk that fails says nothing of what is on it.
    void expect_honest(koc::error const& why, char const* when) {
        if (why.code != koc::errc::unavailable && why.code != koc::errc::outcome_unknown) {
            fail(std::string{when} + " says " + std::string{koc::name_of(why.code)} + ": " +
                why.subject + ": " + why.expected);
        }
        if (why.expected.find(';') == std::string::npos) {
            fail(std::string{when} + " does not say what to do: " + why.expected);
        }
    }

    void use() {
        auto journal = koc::open_sqlite_journal(path());
        if (!journal) {
            expect_honest(journal.error(), "opening");
            return;
        }
        for (int i = 0; i < 2; ++i) {
            auto const wanted = koc::head_after(known_, std::span{groups});
            for (int attempt = 0; attempt < 3 && known_ != wanted; ++attempt) {
                auto const got = append(*journal, known_);
                if (got) {
                    known_ = wanted;
                    break;
                }
                expect_honest(got.error(), "appending");
                if (got.error().code == koc::errc::outcome_unknown) {
                    hoped_ = wanted;
                    auto const head = journal->head();
                    if (head && *head == wanted) {
                        known_ = wanted;
                    }
                }
            }
            if (known_ != wanted) {
                break;
            }
            hoped_.reset();
            auto const [events, refused] = read(*journal);
            if (refused) {
                expect_honest(*refused, "reading");
            } else if (events.size() != known_.position) {
                fail("reading leaves events out");
            }
            auto const head = journal->head();
            if (!head) {
                expect_honest(head.error(), "asking for the head");
            } else if (*head != known_) {
                fail("the head is another");
            }
        }
        auto const copy = here_ / "backup.sqlite";
        auto const saved = journal->log().backup(copy);
        if (!saved) {
            expect_honest(saved.error(), "backing up");
            if (fs::exists(copy)) {
                fail("a backup that was refused is there");
            }
        } else if (*saved != known_ && (!hoped_ || *saved != *hoped_)) {
            fail("the backup ends elsewhere");
        }
        saved_ = saved ? std::optional{*saved} : std::nullopt;
    }

    void reopen() {
        for (auto const* name : {"journal.sqlite", "backup.sqlite"}) {
            if (name != std::string{"journal.sqlite"} && !saved_) {
                continue;
            }
            auto again = koc::open_sqlite_journal(here_ / name);
            if (!again) {
                fail(std::string{name} + " does not open again: " + again.error().expected);
                return;
            }
            auto const head = again->head();
            if (!head || (*head != known_ && (!hoped_ || *head != *hoped_))) {
                fail(std::string{name} + " has another end");
                return;
            }
            if (read(*again).first.size() != head->position || !append(*again, *head)) {
                fail(std::string{name} + " is not usable");
            }
        }
    }

    [[nodiscard]] fs::path path() const { return here_ / "journal.sqlite"; }

    memory_folder here_;
    fault const& fault_;
    koc::journal_head known_ = filled_head;
    std::optional<koc::journal_head> hoped_;
    std::optional<koc::journal_head> saved_;
    std::optional<std::string> wrong_;
    std::uint64_t attempts_ = 0;
};

/// Tries every n, once and from then on.
void try_all(medium const& begin, fault const& what, std::uint64_t step) {
    std::set<std::string> wrong;
    for (bool const for_ever : {false, true}) {
        for (std::uint64_t nth = 1;; nth += step) {
            fault_trial trial{begin, what};
            if (auto const found = trial.run(nth, for_ever)) {
                wrong.insert(
                    "from number " + std::to_string(nth) + (for_ever ? " on: " : ": ") + *found);
            }
            if (trial.attempts() < nth) {
                break;
            }
        }
    }
    for (auto const& each : wrong) {
        CHECK(each == "");
    }
}

int error_of(disk_operation what) {
    switch (what) {
    case disk_operation::open:
        return SQLITE_CANTOPEN;
    case disk_operation::remove:
        return SQLITE_IOERR_DELETE;
    case disk_operation::read:
        return SQLITE_IOERR_READ;
    case disk_operation::write:
        return SQLITE_IOERR_WRITE;
    case disk_operation::truncate:
        return SQLITE_IOERR_TRUNCATE;
    case disk_operation::sync:
        return SQLITE_IOERR_FSYNC;
    case disk_operation::lock:
        return SQLITE_IOERR_LOCK;
    case disk_operation::index:
        return SQLITE_IOERR_SHMMAP;
    }
    return SQLITE_ERROR;
}

/// The allocations of SQLite, one or all of which fail.
class sqlite_memory {
public:
    sqlite_memory() {
        sqlite3_shutdown();
        sqlite3_config(SQLITE_CONFIG_GETMALLOC, &real());
        auto shim = real();
        shim.xMalloc = [](int size) { return fails() ? nullptr : real().xMalloc(size); };
        shim.xRealloc = [](void* at, int size) {
            return fails() ? nullptr : real().xRealloc(at, size);
        };
        sqlite3_config(SQLITE_CONFIG_MALLOC, &shim);
        sqlite3_initialize();
    }
    sqlite_memory(sqlite_memory const&) = delete;
    sqlite_memory& operator=(sqlite_memory const&) = delete;
    ~sqlite_memory() {
        state() = {};
        sqlite3_shutdown();
        sqlite3_config(SQLITE_CONFIG_MALLOC, &real());
        sqlite3_initialize();
    }

    static void begin(std::uint64_t nth, bool for_ever) { state() = {nth, 0, for_ever}; }
    static std::uint64_t end() {
        auto const count = state().count;
        state() = {};
        return count;
    }

private:
    struct failing {
        std::uint64_t nth = 0;
        std::uint64_t count = 0;
        bool for_ever = false;
    };
    static failing& state() {
        static failing now;
        return now;
    }
    static sqlite3_mem_methods& real() {
        static sqlite3_mem_methods methods;
        return methods;
    }
    static bool fails() {
        auto& now = state();
        ++now.count;
        return now.nth != 0 && (now.count == now.nth || (now.for_ever && now.count > now.nth));
    }
};

} // namespace

TEST_CASE("whatever access to the disk fails, nothing is lost and nothing said that is not so",
    "[store][disk_errors]") {
    auto const begin = crashed_journal();
    for (bool const full : {false, true}) {
        failing_disk disk;
        std::uint64_t count = 0;
        fault const what{
            [&](std::uint64_t nth, bool for_ever) {
                count = 0;
                disk.decide = [&count, nth, for_ever, full](auto const& asked) {
                    if (full && asked.what != disk_operation::write &&
                        asked.what != disk_operation::index) {
                        return SQLITE_OK;
                    }
                    ++count;
                    auto const now = count == nth || (for_ever && count > nth);
                    return !now ? SQLITE_OK : full ? SQLITE_FULL : error_of(asked.what);
                };
            },
            [&] {
                disk.decide = nullptr;
                return count;
            }};
        INFO((full ? "disk full" : "input or output error"));
        try_all(begin, what, 1);
    }
}

TEST_CASE("whichever allocation of SQLite fails, nothing is lost and nothing said that is not so",
    "[store][disk_errors]") {
    auto const begin = crashed_journal();
    sqlite_memory const failing;
    fault const what{&sqlite_memory::begin, &sqlite_memory::end};
    try_all(begin, what, 100 / rounds(100) * 3);
}
