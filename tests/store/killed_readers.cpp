// SPDX-License-Identifier: BSL-1.0

// Real processes that follow a journal and are killed at a moment that nobody chose. With a cursor
// in the database that they write to, every event has its effect there exactly once; with one in a
// file none is missing, and only the last page is repeated. Tagged [.torture]: as many as
// KOC_TORTURE_FOLLOWERS says.

#include <koc/journal/follower.hpp>
#include <koc/store/file_cursor.hpp>
#include <koc/store/sqlite_cursor.hpp>

#include "store/power_cut.hpp"
#include "support/catch.hpp"
#include "support/rounds.hpp"
#include "support/torture.hpp"

#include <signal.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <functional>
#include <memory>
#include <numeric>
#include <span>
#include <string>
#include <vector>

using namespace koc_test;

namespace {

/// Where the reader keeps how far it is.
enum class place { in_its_database, in_a_file };

constexpr std::size_t page_max = 12; // events, which is more than a batch has

/// One life of a reader.
struct reading {
    fs::path folder;
    place kept = place::in_its_database;
    std::uint64_t number = 0;
    bool to_the_end = false; ///< then it ends by itself
};

/// What the process does; it ends with 0 at the end of the journal.
class reading_process {
public:
    reading_process(reading what, int told) : what_{std::move(what)}, told_{told} {}

    int run() {
        auto journal = koc::open_sqlite_journal(what_.folder / "journal.sqlite");
        if (!journal || sqlite3_open((what_.folder / "reader.sqlite").c_str(), &db_) != SQLITE_OK) {
            return 1;
        }
        sqlite3_busy_timeout(db_, 5'000);
        if (what_.kept == place::in_a_file) {
            return follow(koc::follower{
                *std::move(journal), sample_types, koc::file_cursor{what_.folder / "cursor"}});
        }
        auto cursor = koc::sqlite_cursor::open(db_, "reader");
        return cursor ? follow(koc::follower{*std::move(journal), sample_types, *cursor}) : 2;
    }

private:
    template <typename Follower>
    int follow(Follower following) {
        for (;;) {
            auto const page = page_max / 2 + chance_.below(page_max / 2 + 1);
            auto const got = following.follow([&](auto batch) { return take(batch); }, page);
            if (!got && got.error().subject != "reader") {
                return 3;
            }
            if (got && *got == 0) {
                if (what_.to_the_end) {
                    return 0;
                }
                if (!following.wait({1'000})) {
                    return 4;
                }
            }
        }
    }
    bool sql(std::string const& text) const { return koc::detail::execute(db_, text.c_str()); }

    /// Writes, and now and then fails when some of it is written.
    koc::result<void> take(std::span<koc::envelope const> batch) {
        auto const mine = what_.kept == place::in_a_file;
        auto done = !mine || sql("BEGIN IMMEDIATE");
        for (auto const& one : batch) {
            auto const& happened = one.events.front();
            auto const* amount = happened.template get_if<sample_recorded>();
            auto const delta = std::to_string(amount == nullptr ? 0 : amount->delta);
            done = done &&
                sql("INSERT INTO seen (position, reader, delta) VALUES (" +
                    std::to_string(one.position) + ", " + std::to_string(what_.number) + ", " +
                    delta + "); UPDATE total SET events = events + 1, delta = delta + " + delta);
        }
        if (done && chance_.one_in(8)) {
            done = false;
        }
        if (mine) {
            done = sql(done ? "COMMIT" : "ROLLBACK") && done;
        }
        if (done && ::write(told_, "b", 1) != 1) {
            return koc::error{koc::errc::unavailable, "pipe", "expected it to be read"};
        }
        return done ? koc::result<void>{}
                    : koc::error{koc::errc::unavailable, "reader", "expected it to go on"};
    }

    reading what_;
    int told_;
    sqlite3* db_ = nullptr;
    dice chance_{what_.number};
};

/// A process that reads, and says so after each batch.
class killed_reader {
public:
    explicit killed_reader(reading const& what) {
        int ends[2];
        REQUIRE(pipe(ends) == 0);
        process_ = fork();
        REQUIRE(process_ >= 0);
        if (process_ == 0) {
            close(ends[0]);
            _exit(reading_process{what, ends[1]}.run());
        }
        close(ends[1]);
        said_ = ends[0];
    }
    killed_reader(killed_reader const&) = delete;
    killed_reader& operator=(killed_reader const&) = delete;
    ~killed_reader() {
        if (process_ > 0) {
            end();
        }
        close(said_);
    }

    void wait_for(std::uint64_t batches) const {
        char byte = 0;
        while (batches > 0 && ::read(said_, &byte, 1) == 1) {
            --batches;
        }
    }
    /// How it ended, as waitpid tells it.
    int end() {
        kill(process_, SIGKILL);
        return wait();
    }
    int wait() {
        int status = 0;
        waitpid(process_, &status, 0);
        process_ = -1;
        return status;
    }

private:
    pid_t process_ = -1;
    int said_ = -1;
};

/// A journal that goes on while one reader after another follows it and is killed.
class reader_trial {
public:
    reader_trial(std::uint64_t seed, place kept) : chance_{seed}, kept_{kept} {
        client mine{here_ / "reader.sqlite"};
        REQUIRE(mine.run(chance_.one_in(2) ? "PRAGMA journal_mode = WAL"
                                           : "PRAGMA journal_mode = DELETE") == "");
        REQUIRE(mine.run("CREATE TABLE seen (position INTEGER, reader INTEGER, delta INTEGER); "
                         "CREATE TABLE total (events INTEGER, delta INTEGER); "
                         "INSERT INTO total VALUES (0, 0)") == "");
        append(0);
    }

    void round() {
        killed_reader one{next_life(false)};
        auto const batches = chance_.below(10);
        append(batches); // while it reads
        one.wait_for(chance_.below(batches + 1));
        usleep(static_cast<useconds_t>(chance_.below(400)));
        auto const status = one.end();
        INFO("exit code " << WEXITSTATUS(status));
        REQUIRE((WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL));
        ++kills_;
        check();
    }
    /// The last one is left alone.
    void finish() {
        killed_reader one{next_life(true)};
        one.wait_for(~std::uint64_t{0});
        REQUIRE(one.wait() == 0);
        check();
        REQUIRE(place_ == deltas_.size());
    }
    [[nodiscard]] std::uint64_t kills() const { return kills_; }
    [[nodiscard]] std::uint64_t events() const { return deltas_.size(); }
    [[nodiscard]] std::uint64_t repeated() const { return repeated_; }

private:
    reading next_life(bool to_the_end) { return {here_.path(), kept_, ++lives_, to_the_end}; }
    void append(std::uint64_t count) {
        auto journal = opened(here_ / "journal.sqlite");
        for (; count > 0; --count) {
            std::vector<event> events;
            for (auto size = 1 + chance_.below(4); size > 0; --size) {
                sample_recorded made;
                made.delta = static_cast<std::int64_t>(chance_.below(1'000));
                events.push_back(event::of(made));
                deltas_.push_back(made.delta);
            }
            batches const one{group_of({1'000}, {}, std::move(events))};
            REQUIRE(koc_test::append(journal, journal.head().value(), one).has_value());
        }
    }

    /// All numbers of a query of one column.
    static std::vector<std::uint64_t> numbers(client& from, std::string const& sql) {
        std::vector<std::uint64_t> all;
        auto const text = from.rows(sql);
        for (std::size_t at = 0; at < text.size(); at = text.find('\n', at) + 1) {
            all.push_back(std::stoull(text.substr(at)));
        }
        return all;
    }
    void check() {
        client mine{here_ / "reader.sqlite"};
        auto const seen = numbers(mine,
            "SELECT position FROM seen WHERE reader = " + std::to_string(lives_) +
                " ORDER BY rowid");
        auto const from = place_;
        if (kept_ == place::in_a_file) {
            place_ = koc::file_cursor{here_ / "cursor"}.load().value().position;
        } else if (!mine.rows("SELECT 1 FROM sqlite_schema WHERE name = 'koc_cursor'").empty()) {
            auto const row = numbers(mine, "SELECT position FROM koc_cursor");
            place_ = row.empty() ? 0 : row.front();
        }
        // It began at its cursor, and left nothing out.
        for (std::size_t i = 0; i < seen.size(); ++i) {
            REQUIRE(seen[i] == from + i);
        }
        auto const end = seen.empty() ? from : seen.back() + 1;
        REQUIRE(end <= deltas_.size());
        if (kept_ == place::in_a_file) {
            REQUIRE(place_ >= from);
            REQUIRE(place_ <= end);
            REQUIRE(end - place_ <= page_max); // what the next one repeats
            repeated_ += end - place_;
        } else {
            REQUIRE(place_ == end);
            auto const sum = std::accumulate(deltas_.begin(),
                deltas_.begin() + static_cast<std::ptrdiff_t>(end), std::int64_t{});
            REQUIRE(mine.rows("SELECT events, delta FROM total") ==
                std::to_string(end) + '|' + std::to_string(sum) + "|\n");
            REQUIRE(mine.rows("SELECT count(*), count(DISTINCT position) FROM seen") ==
                std::to_string(end) + '|' + std::to_string(end) + "|\n");
        }
    }

    dice chance_;
    place kept_;
    memory_folder here_;
    std::vector<std::int64_t> deltas_; ///< of all events
    std::uint64_t place_ = 0;          ///< where the cursor stands
    std::uint64_t lives_ = 0;
    std::uint64_t kills_ = 0;
    std::uint64_t repeated_ = 0;
};

std::uint64_t repeated_by(std::uint64_t seed, place kept, std::uint64_t kills) {
    reader_trial trial{seed, kept};
    while (trial.kills() < kills) {
        trial.round();
    }
    trial.finish();
    CHECK(trial.events() > 0);
    return trial.repeated();
}

} // namespace

TEST_CASE("a reader that is killed at any time has handled every event exactly once, where its "
          "cursor is in its database",
    "[store][killed]") {
    for (std::uint64_t seed = 1; seed <= 2; ++seed) {
        CHECK(repeated_by(seed, place::in_its_database, rounds(60)) == 0);
    }
}

TEST_CASE("a reader that is killed at any time misses nothing and repeats a page at most, where "
          "its cursor is in a file",
    "[store][killed]") {
    // Some are repeated, which shows that the moments are those that matter.
    CHECK(repeated_by(1, place::in_a_file, rounds(60)) > 0);
}

TEST_CASE("killed readers, as many as are asked for", "[.torture][followers]") {
    auto const count = torture_count("FOLLOWERS", 100);
    std::uint64_t kills = 0;
    std::uint64_t repeated = 0;
    auto seed = torture_first();
    for (; kills < count; ++seed) {
        auto const before = kills;
        kills += 50;
        repeated +=
            repeated_by(seed, seed % 2 == 0 ? place::in_its_database : place::in_a_file, 50);
        torture_progress(before, kills, seed + 1, 100);
    }
    std::printf("%llu events were repeated, all behind a cursor in a file\n",
        static_cast<unsigned long long>(repeated));
    torture_result(kills, "killed readers", 0, seed);
}
