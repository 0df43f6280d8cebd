// SPDX-License-Identifier: BSL-1.0

// How fast an engine of the standard programme reads its journal again, from memory and from an
// SQLite file, or begins with a snapshot instead; and how its durable groups compare with SQLite's
// own best insert of the same bytes.

#include <koc/store/snapshot_folder.hpp>
#include <koc/store/sqlite.hpp>

#include "ratios/dispatch_programme.hpp"
#include "ratios/report.hpp"
#include "ratios/shared_journal.hpp"

#include <boost/json/monotonic_resource.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <malloc.h>
#include <sqlite3.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <type_traits>
#include <utility>
#include <vector>

namespace bench {
namespace {

/// A folder of its own beside the working directory, so that it is on a disk; removed at the end.
class scratch_folder {
public:
    scratch_folder() {
        std::filesystem::remove_all(path_);
        std::filesystem::create_directory(path_);
    }
    scratch_folder(scratch_folder const&) = delete;
    scratch_folder& operator=(scratch_folder const&) = delete;
    ~scratch_folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    [[nodiscard]] std::string file(std::string const& name) const {
        return (path_ / name).string();
    }

private:
    std::filesystem::path path_ = std::filesystem::current_path() / "koc_bench_journal";
};

template <typename Result>
auto must(Result&& done) {
    if (!done) {
        std::printf(
            "refused: %s: %s\n", done.error().subject.c_str(), done.error().expected.c_str());
        std::exit(2);
    }
    if constexpr (!std::is_same_v<std::remove_cvref_t<Result>, koc::result<void>>) {
        return *std::forward<Result>(done);
    }
}

/// Seconds on the wall: what is measured waits for the disk.
template <typename Call>
double wall_seconds_of(Call&& call) {
    auto const start = std::chrono::steady_clock::now();
    call();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// SQLite as one would use it for nothing but keeping these bytes: one row an event, its position
/// and all the rest as one blob, write-ahead log, synced at each commit.
class raw_store {
public:
    explicit raw_store(std::string const& path) {
        auto* db = static_cast<sqlite3*>(nullptr);
        check(sqlite3_open(path.c_str(), &db) == SQLITE_OK);
        db_.reset(db);
        for (auto const* sql : {"PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL",
                 "CREATE TABLE event(position INTEGER PRIMARY KEY, bytes BLOB NOT NULL)"}) {
            check(sqlite3_exec(db, sql, nullptr, nullptr, nullptr) == SQLITE_OK);
        }
        for (auto const& [to, sql] : {std::pair{&insert_, "INSERT INTO event VALUES(?1, ?2)"},
                 std::pair{&begin_, "BEGIN"}, std::pair{&commit_, "COMMIT"}}) {
            sqlite3_stmt* made = nullptr;
            check(sqlite3_prepare_v2(db, sql, -1, &made, nullptr) == SQLITE_OK);
            to->reset(made);
        }
    }
    void append(std::span<std::string const> rows) {
        run(*begin_);
        for (auto const& bytes : rows) {
            sqlite3_bind_int64(insert_.get(), 1, next_++);
            sqlite3_bind_blob(
                insert_.get(), 2, bytes.data(), static_cast<int>(bytes.size()), SQLITE_STATIC);
            run(*insert_);
        }
        run(*commit_);
    }

private:
    struct closer {
        void operator()(sqlite3* db) const { sqlite3_close(db); }
        void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
    };
    static void check(bool done) {
        if (!done) {
            std::abort();
        }
    }
    static void run(sqlite3_stmt& statement) {
        check(sqlite3_step(&statement) == SQLITE_DONE);
        sqlite3_reset(&statement);
    }

    std::unique_ptr<sqlite3, closer> db_;
    std::unique_ptr<sqlite3_stmt, closer> insert_;
    std::unique_ptr<sqlite3_stmt, closer> begin_;
    std::unique_ptr<sqlite3_stmt, closer> commit_;
    sqlite3_int64 next_ = 0;
};

/// The history as the batches that it was appended in.
std::vector<koc::batch> batches_of(koc::memory_journal const& journal) {
    std::vector<koc::batch> all;
    for (auto const& one : journal.envelopes()) {
        if (one.first == one.position) {
            all.push_back({one, {}});
        }
        all.back().events.insert(all.back().events.end(), one.events.begin(), one.events.end());
    }
    return all;
}

/// As many bytes as a row of the store holds of an event.
std::string bytes_of(koc::batch const& of, koc::event const& happened) {
    auto bytes = happened.payload();
    bytes += happened.type().name;
    bytes += of.asked.id;
    bytes.append(16 + 6 * 8, 'x'); // the chain, and numbers
    return bytes;
}

/// Events a second of a new engine over a journal.
template <typename Journal>
double replay_rate(Journal journal, koc::digest const& wanted, bool& agree, double events) {
    malloc_trim(0); // a host replays into fresh memory, and not into what another engine left
    auto engine = standard_engine(std::move(journal));
    auto const took = seconds_of([&] { must(engine.catch_up()); });
    agree = agree && engine.state_digest() == wanted;
    return events / took;
}

/// The events of the last commands, which a host would read behind its snapshot.
std::size_t tail_of(std::vector<koc::batch> const& history, std::size_t commands) {
    std::size_t events = 0;
    for (auto at = history.size(); at != 0 && commands != 0; --at, --commands) {
        events += history[at - 1].events.size();
    }
    return events;
}

/// Seconds until an engine that begins with the newest snapshot of a folder knows all.
double start_seconds(std::string const& journal, koc::snapshot_folder const& snapshots,
    koc::digest const& wanted, bool& agree) {
    malloc_trim(0);
    std::optional<koc::engine> engine;
    auto const took = seconds_of([&] {
        engine.emplace(standard_engine(must(koc::open_sqlite_journal(journal))));
        auto const begun = snapshots.resume(*engine);
        agree = agree && begun.from && begun.ignored.empty();
        must(engine->catch_up());
    });
    agree = agree && engine->state_digest() == wanted;
    return took;
}

/// Seconds that Boost.JSON takes to read the same file into trees, one a line, of which nobody
/// builds a state.
double json_seconds(std::filesystem::path const& file) {
    malloc_trim(0);
    return seconds_of([&] {
        std::ifstream in{file, std::ios::binary};
        std::string const text{std::istreambuf_iterator<char>{in}, {}};
        for (std::size_t at = 0; at < text.size();) {
            auto const end = std::min(text.find('\n', at), text.size());
            std::string_view line{text.data() + at, end - at};
            line.remove_prefix(std::min(line.find_first_of("[{"), line.size()));
            at = end + 1;
            boost::system::error_code trouble;
            boost::json::monotonic_resource memory;
            auto const tree = boost::json::parse(line, trouble, &memory);
            if (trouble && !line.empty()) {
                std::abort();
            }
        }
    });
}

/// koc's appends of the same batches beside the raw store's, in groups of `size` commands.
double append_ratio(scratch_folder const& folder, std::vector<koc::batch> const& history,
    std::size_t size, std::size_t groups) {
    auto const name = std::to_string(size);
    auto journal = must(koc::open_sqlite_journal(folder.file("koc_" + name)));
    raw_store raw{folder.file("raw_" + name)};
    std::vector<double> ours;
    std::vector<double> theirs;
    koc::journal_head head;
    std::size_t from = 0;
    for (std::size_t i = 0; i < groups && from + size <= history.size(); ++i, from += size) {
        std::span<koc::batch const> const group{history.data() + from, size};
        std::vector<std::string> rows;
        for (auto const& one : group) {
            for (auto const& happened : one.events) {
                rows.push_back(bytes_of(one, happened));
            }
        }
        ours.push_back(wall_seconds_of([&] { head = must(journal.append(head, group)); }));
        theirs.push_back(wall_seconds_of([&] { raw.append(rows); }));
    }
    note("groups of " + name + ": koc " + std::to_string(median(ours) * 1e6) + " us, raw " +
        std::to_string(median(theirs) * 1e6) + " us an append");
    return median(theirs) / median(ours);
}

} // namespace

bool report_journal(extent size) {
    heading("The journal of the standard programme");
    auto const quick = size == extent::quick;
    auto const kept = std::make_shared<koc::memory_journal>();
    programme_at_work at_work{standard_engine(shared_journal{kept})};
    at_work.enrol(quick ? 50'000 : 200'000);
    at_work.win_over_every_third();
    at_work.record_outcomes(quick ? 75'000 : 300'000);
    at_work.open_tasks(quick ? 1'000 : 4'000, task_kind::mixed);
    at_work.dispatch_all();
    at_work.close_the_loop();
    auto const wanted = at_work.engine().state_digest();
    auto const events = static_cast<double>(kept->envelopes().size());
    note(std::to_string(kept->envelopes().size()) + " events");

    bool agree = true;
    scratch_folder const folder;
    auto const history = batches_of(*kept);
    {
        auto journal = must(koc::open_sqlite_journal(folder.file("replay")));
        must(journal.append({}, history));
    }
    std::vector<double> memory;
    std::vector<double> disk;
    for (int round = 0; round < (quick ? 2 : 3); ++round) {
        memory.push_back(replay_rate(shared_journal{kept}, wanted, agree, events));
        disk.push_back(replay_rate(
            must(koc::open_sqlite_journal(folder.file("replay"))), wanted, agree, events));
    }
    at_least("events replayed a second from memory, at least", median(memory), 1'000'000);
    at_least("events replayed a second from SQLite, at least", median(disk), 500'000);
    koc::snapshot_folder snapshots{folder.file("snapshots")};
    std::filesystem::path snapshot;
    {
        auto engine = standard_engine(must(koc::open_sqlite_journal(folder.file("replay"))));
        auto const tail = tail_of(history, 1'000);
        must(engine.catch_up_to(kept->envelopes().size() - tail));
        snapshot = must(snapshots.take(engine));
        note("snapshot of " + std::to_string(std::filesystem::file_size(snapshot) >> 20U) +
            " MiB, " + std::to_string(tail) + " events behind it");
    }
    std::vector<double> starts;
    std::vector<double> trees;
    for (int round = 0; round < 3; ++round) {
        starts.push_back(start_seconds(folder.file("replay"), snapshots, wanted, agree));
        trees.push_back(json_seconds(snapshot));
    }
    at_most("a start from a snapshot, us a member, at most",
        median(starts) * 1e6 / (quick ? 50'000 : 200'000), 5);
    note("times the same bytes read as JSON by Boost.JSON: " +
        std::to_string(median(starts) / median(trees)));
    note("times faster than replay from SQLite: " +
        std::to_string(events / median(disk) / median(starts)));
    at_least("durable append of one command, times the raw insert of its bytes",
        append_ratio(folder, history, 1, quick ? 1'000 : 5'000), .9);
    at_least(
        "the same for 100 commands", append_ratio(folder, history, 100, quick ? 200 : 1'000), .4);
    at_least(
        "the same for 10,000 commands", append_ratio(folder, history, 10'000, quick ? 5 : 20), .4);
    note(agree ? "the same states" : "STATES DIFFER");
    return agree;
}

} // namespace bench
