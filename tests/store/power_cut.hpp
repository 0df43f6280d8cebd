// SPDX-License-Identifier: BSL-1.0
#pragma once

// A journal that lives through power cuts: it is opened on what the last cut left, checked against
// what was acknowledged, and used until the next one, be it in the middle of the opening.
// Everything is a function of a seed.

#include "store/lossy_disk.hpp"
#include "store/sqlite_fixture.hpp"

#include <koc/store/sqlite_backup.hpp>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace koc_test {

/// A temporary folder in memory, where the machine has such a thing.
class memory_folder {
public:
    memory_folder() {
        std::string const root = fs::is_directory("/dev/shm") ? "/dev/shm" : "/tmp";
        auto pattern = root + "/koc-faults-XXXXXX";
        REQUIRE(mkdtemp(pattern.data()) != nullptr);
        path_ = pattern;
    }
    memory_folder(memory_folder const&) = delete;
    memory_folder& operator=(memory_folder const&) = delete;
    ~memory_folder() { fs::remove_all(path_); }

    [[nodiscard]] fs::path const& path() const { return path_; }
    fs::path operator/(char const* name) const { return path_ / name; }
    void become(medium const& files) const {
        for (auto const& entry : fs::directory_iterator{path_}) {
            fs::remove(entry.path());
        }
        for (auto const& [name, bytes] : files) {
            write_bytes(path_ / name, bytes);
        }
    }

private:
    fs::path path_;
};

/// How a life is told to go; 0 where it is left to the seed.
struct life_plan {
    std::uint64_t cut_at = 0; ///< in the first life
    std::uint64_t lives = 0;  ///< before the last, which is not cut
    bool backups = true;      ///< takes and restores backups in between
    bool failing_syncs = true;
    bool careless = false; ///< passes over what the store asks of `synchronous`
};

class cut_trial {
public:
    explicit cut_trial(std::uint64_t seed, life_plan plan = {}) : chance_{seed}, plan_{plan} {}

    /// What was lost or cannot be used; nothing where all is as it should be.
    std::optional<std::string> run() {
        auto const lives = plan_.lives != 0 ? plan_.lives : 1 + chance_.below(3);
        for (std::uint64_t life = 0; life <= lives && !wrong_; ++life) {
            live_and_cut(life, life == lives);
            if (life != lives && !wrong_) {
                here_.become(left_);
                check_backups();
            }
        }
        return wrong_;
    }
    /// Whether the first life lasted until its cut.
    [[nodiscard]] bool reached() const { return reached_; }
    [[nodiscard]] std::uint64_t cuts() const { return cuts_; }

private:
    using head = koc::journal_head;

    void live_and_cut(std::uint64_t life, bool last) {
        lossy_disk disk{here_.path(), chance_};
        if (plan_.careless) {
            disk.files().passes_over = [](auto name, auto value) {
                return name == "synchronous" && value == "FULL";
            };
        }
        if (!last) {
            auto const drawn = 1 + chance_.below(64);
            disk.cut_at(life == 0 && plan_.cut_at != 0 ? plan_.cut_at : drawn);
            if (plan_.failing_syncs && chance_.one_in(6)) {
                disk.fail_sync(1 + chance_.below(12));
            }
        }
        live(disk);
        if (life == 0) {
            reached_ = disk.is_off();
        }
        cuts_ += last ? 0 : 1;
        left_ = disk.survivors();
    }
    void fail(std::string what) {
        if (!wrong_) {
            wrong_ = std::move(what);
        }
    }
    static std::string words(koc::error const& why) { return why.subject + ": " + why.expected; }

    /// From the start of the programme to its end or the cut.
    void live(lossy_disk& disk) {
        if (restoring_ && !restore_again(disk)) {
            return;
        }
        auto journal = koc::open_sqlite_journal(path());
        if (!journal) {
            if (!disk.is_off() && !synced_badly(journal.error())) {
                fail("does not open: " + words(journal.error()));
            }
            return;
        }
        if (!recognise(*journal, disk)) {
            return;
        }
        for (auto left = 1 + chance_.below(5); left > 0; --left) {
            if (!append(*journal, disk)) {
                return;
            }
            if (plan_.backups && chance_.one_in(6) && !back_up(*journal)) {
                return;
            }
        }
        { auto const closed = *std::move(journal); }
        if (plan_.backups && !saved_.empty() && chance_.one_in(6)) {
            restore(disk);
        }
    }

    /// An operation of the disk that was told to fail may make any call unavailable.
    bool synced_badly(koc::error const& why) const {
        return plan_.failing_syncs && why.code == koc::errc::unavailable;
    }

    bool recognise(sqlite_journal& journal, lossy_disk& disk) {
        auto const found = journal.head();
        if (!found) {
            if (!disk.is_off()) {
                fail("has no head: " + words(found.error()));
            }
            return false;
        }
        auto const [events, refused] = read(journal);
        if (refused) {
            if (!disk.is_off()) {
                fail("is not readable: " + words(*refused));
            }
            return false;
        }
        if (*found != acknowledged_ && !hoped_.contains(found->position)) {
            fail("ends at " + std::to_string(found->position) + ", acknowledged was " +
                std::to_string(acknowledged_.position));
            return false;
        }
        if (*found != acknowledged_ && hoped_.at(found->position) != *found) {
            fail("has another event at its end");
            return false;
        }
        if (events.size() != found->position ||
            (!events.empty() && events.back().chain != found->chain)) {
            fail("has an end that its events have not");
            return false;
        }
        acknowledged_ = *found;
        heads_.insert(acknowledged_.chain);
        hoped_.clear();
        return true;
    }

    batches some() {
        sample_recorded made;
        made.delta = static_cast<std::int64_t>(chance_.below(1'000'000));
        auto const large = chance_.one_in(96);
        made.remark = std::string(large ? 4'300'000 : chance_.below(3'000), 'x');
        batches some;
        for (auto count = 1 + chance_.below(3); count > 0; --count) {
            some.push_back(group_of({static_cast<std::int64_t>(++instant_)}, {},
                {event::of(made), event::of(sample_closed{})}));
            made.remark = "y";
        }
        return some;
    }

    /// Asks again as `text_log` says; false where the life ends.
    bool append(sqlite_journal& journal, lossy_disk& disk) {
        auto const more = some();
        auto const wanted = koc::head_after(acknowledged_, std::span{more});
        for (int attempt = 0; attempt < 3; ++attempt) {
            hoped_[wanted.position] = wanted;
            auto const got = koc_test::append(journal, acknowledged_, more);
            if (got) {
                if (*got != wanted) {
                    fail("acknowledges another head");
                }
                acknowledged_ = wanted;
                heads_.insert(wanted.chain);
                hoped_.clear();
                return !wrong_;
            }
            auto const& why = got.error();
            if (disk.is_off()) {
                return false;
            }
            if (why.code != koc::errc::outcome_unknown && !synced_badly(why)) {
                fail("is refused: " + words(why));
                return false;
            }
        }
        return false;
    }

    bool back_up(sqlite_journal& journal) {
        auto const name = "saved-" + std::to_string(saved_.size());
        auto const end = journal.log().backup(here_.path() / name);
        saved_[name] = end ? std::optional{*end} : std::nullopt;
        return end.has_value();
    }

    /// Whatever has the name of a backup is a whole one; what was acknowledged is there.
    void check_backups() {
        std::error_code ignored;
        for (auto const& [name, end] : saved_) {
            auto const path = here_.path() / name;
            fs::remove(path.string() + "-partial", ignored);
            fs::remove(path.string() + "-partial-journal", ignored);
            if (!fs::exists(path)) {
                if (end) {
                    fail("has lost the backup " + name);
                }
                continue;
            }
            auto const backup = koc::detail::open_backup(path);
            auto const whole = backup ? koc::detail::checked_whole(backup->get(), name)
                                      : koc::result<head>{backup.error()};
            if (!whole) {
                fail("has a bad backup " + name + ": " + words(whole.error()));
            } else if (end ? *whole != *end : !heads_.contains(whole->chain)) {
                fail("has another backup " + name);
            }
        }
    }

    void restore(lossy_disk& disk) {
        for (auto const& [name, end] : saved_) {
            if (end && chance_.one_in(saved_.size())) {
                hoped_[end->position] = *end;
                restoring_ = name;
                auto const done = koc::restore_sqlite_journal(here_.path() / name, path());
                if (done) {
                    settle_restored(*end);
                } else if (!disk.is_off() && done.error().code != koc::errc::already_exists &&
                    !synced_badly(done.error())) {
                    fail("does not restore: " + words(done.error()));
                }
                return;
            }
        }
    }
    void settle_restored(head end) {
        acknowledged_ = end;
        hoped_.clear();
        restoring_.reset();
        std::error_code ignored;
        for (auto const* suffix : {"", "-wal", "-journal"}) {
            fs::remove(path().string() + "-replaced" + suffix, ignored);
        }
    }
    /// After a cut in a restore the journal is the old one, the new one, or refused until it is
    /// restored again. False where the life ends.
    bool restore_again(lossy_disk& disk) {
        {
            auto journal = koc::open_sqlite_journal(path());
            if (journal && recognise(*journal, disk)) {
                restoring_.reset();
                return true;
            }
            if (journal || disk.is_off()) {
                return false;
            }
            if (journal.error().code != koc::errc::wrong_state &&
                journal.error().code != koc::errc::corrupt) {
                fail("does not say what to do: " + words(journal.error()));
                return false;
            }
        }
        std::error_code ignored;
        for (auto const* leftover :
            {"-replaced", "-replaced-wal", "-replaced-journal", "-partial", "-partial-journal"}) {
            fs::remove(path().string() + leftover, ignored); // as the refusals say
        }
        auto const end = saved_.at(*restoring_);
        auto const done = koc::restore_sqlite_journal(here_.path() / *restoring_, path());
        if (!done) {
            if (!disk.is_off() && !synced_badly(done.error())) {
                fail("does not restore again: " + words(done.error()));
            }
            return false;
        }
        settle_restored(*end);
        return true;
    }

    [[nodiscard]] fs::path path() const { return here_.path() / "journal.sqlite"; }

    dice chance_;
    life_plan plan_;
    memory_folder here_;
    medium left_;
    head acknowledged_;
    std::map<std::uint64_t, head> hoped_; ///< what may be there without an answer
    std::set<koc::digest> heads_{koc::digest{}};
    std::map<std::string, std::optional<head>> saved_;
    std::optional<std::string> restoring_;
    std::optional<std::string> wrong_;
    std::uint64_t instant_ = 1'000;
    std::uint64_t cuts_ = 0;
    bool reached_ = false;
};

/// Opens every connection with `synchronous` set to this, whatever the store asks for.
class careless_sync {
public:
    explicit careless_sync(char const* level) {
        wanted() = std::string{"PRAGMA main.synchronous="} + level;
        sqlite3_auto_extension(reinterpret_cast<void (*)()>(&begin));
    }
    careless_sync(careless_sync const&) = delete;
    careless_sync& operator=(careless_sync const&) = delete;
    ~careless_sync() { sqlite3_cancel_auto_extension(reinterpret_cast<void (*)()>(&begin)); }

private:
    static std::string& wanted() {
        static std::string sql;
        return sql;
    }
    static int begin(sqlite3* db, char**, void const*) {
        return sqlite3_exec(db, wanted().c_str(), nullptr, nullptr, nullptr);
    }
};

} // namespace koc_test
