// SPDX-License-Identifier: BSL-1.0
#pragma once

// An open journal file: opened and checked under the lock files, used in turns, and closed without
// ever removing its write-ahead log. At each turn the file must still be where it was opened: what
// is written to a file that was moved or replaced would be found by nobody.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/store/detail/sqlite.hpp>
#include <koc/store/detail/sqlite_end.hpp>
#include <koc/store/detail/sqlite_guard.hpp>
#include <koc/store/detail/sqlite_lock.hpp>
#include <koc/store/detail/sqlite_schema.hpp>

#include <sqlite3.h>

#include <sys/stat.h>

#include <cstdint>
#include <cstring>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace koc::detail {

/// `errc::invalid_text` for a path that no file can have.
inline result<void> possible_path(char const* what, std::filesystem::path const& path) {
    return path.empty() || path.string().find('\0') != std::string::npos
        ? error{errc::invalid_text, what, "expected a path to a file; fill it in"}
        : result<void>{};
}

/// What the first bytes of a database file say.
struct file_header {
    bool empty = true;
    bool database = false;    ///< it begins as SQLite's files do
    bool write_ahead = false; ///< the file goes with a write-ahead log
    std::int64_t application = 0;
};

/// Reads through the connection's own descriptor: to open the file once more and close it would
/// drop SQLite's locks. `errc::unavailable` when it cannot be read.
inline result<file_header> header_of(sqlite3* db, std::string const& subject) {
    sqlite3_file* file = nullptr;
    unsigned char bytes[100] = {};
    sqlite3_int64 size = 0;
    auto got = sqlite3_file_control(db, "main", SQLITE_FCNTL_FILE_POINTER, &file);
    if (got == SQLITE_OK && (!file || !file->pMethods)) {
        return file_header{};
    }
    if (got == SQLITE_OK) {
        got = file->pMethods->xFileSize(file, &size);
    }
    if (got == SQLITE_OK && size == 0) {
        return file_header{};
    }
    if (got == SQLITE_OK) {
        got = file->pMethods->xRead(file, bytes, sizeof bytes, 0);
    }
    if (got != SQLITE_OK && got != SQLITE_IOERR_SHORT_READ) { // which leaves zeros at the end
        return error{errc::unavailable, subject,
            std::string{"expected its first bytes to be readable ("} + sqlite3_errstr(got) +
                "); see to the disk, then try again"};
    }
    auto const database = std::memcmp(bytes, "SQLite format 3", 16) == 0;
    return file_header{false, database, bytes[18] == 2 && bytes[19] == 2,
        std::int64_t{bytes[68]} << 24 | std::int64_t{bytes[69]} << 16 |
            std::int64_t{bytes[70]} << 8 | bytes[71]};
}

/// Whether a write-ahead log has more in it than its own header.
inline bool has_log(std::string const& journal) {
    struct stat found {};
    return ::stat((journal + "-wal").c_str(), &found) == 0 && found.st_size > 32;
}

/// The refusal of a file beside a log that was written for another, or that seems to be.
inline error foreign_log(errc code, std::string const& subject, std::string const& name) {
    return {code, subject,
        "expected the file and the log beside it to belong together; if a backup was copied over "
        "the file, remove " +
            name + "-wal and " + name +
            "-shm and open it again, otherwise restore it with "
            "restore_sqlite_journal"};
}

class sqlite_file {
public:
    /// Opens the journal, or makes one where there is no file or an empty one. Refuses as
    /// `sqlite_log::open` says.
    static result<std::unique_ptr<sqlite_file>> open(std::filesystem::path const& path) {
        auto const given = path.string();
        if (auto const possible = possible_path("journal file", path); !possible) {
            return possible.error();
        }
        std::unique_ptr<sqlite_file> file{new sqlite_file{"journal " + given}};
        if (auto const connected = file->connect(given); !connected) {
            return connected.error();
        }
        auto const header = header_of(file->db(), file->subject_);
        if (!header) {
            return header.error();
        }
        if (!header->empty && header->application != journal_application) {
            // No journal that anybody could have open, so no lock files are made beside it.
            auto const found = schema_check{file->db(), file->subject_}.contents();
            if (!found) {
                return found.error();
            }
        }
        auto const turn = take_turn(file->locks_, lock_file::kind::exclusive, file->subject_);
        if (!turn) {
            return turn.error();
        }
        auto const logged = has_log(file->name_);
        for (auto step :
            {&sqlite_file::register_user, &sqlite_file::refuse_foreign_log, &sqlite_file::recognise,
                &sqlite_file::settle, &sqlite_file::check_recovered, &sqlite_file::remember}) {
            if (auto const done = ((*file).*step)(); !done) {
                return logged && file->alone_ && done.error().code == errc::corrupt
                    ? foreign_log(errc::corrupt, file->subject_, file->name_)
                    : done.error();
            }
        }
        file->ready_ = true;
        return file;
    }

    sqlite_file(sqlite_file const&) = delete;
    sqlite_file& operator=(sqlite_file const&) = delete;

    /// Whoever closes last brings all events into the file itself and empties the log.
    ~sqlite_file() {
        if (!ready_) {
            return;
        }
        sqlite3_busy_timeout(db(), 0);
        auto const turn = take_turn(locks_, lock_file::kind::exclusive, subject_);
        auto const alone =
            turn ? locks_.users.try_lock(lock_file::kind::exclusive) : result<bool>{false};
        if (alone && *alone && in_place()) {
            sqlite3_wal_checkpoint_v2(db(), "main", SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
        }
        db_.reset();
        locks_.users.unlock(); // within the turn: who opens next must not find it held
    }

    [[nodiscard]] sqlite3* db() const { return db_.get(); }
    [[nodiscard]] std::string const& subject() const { return subject_; }

    /// The right to use the file until the end of the scope, when it is still in its place.
    result<lock_scope> turn(lock_file::kind wanted) {
        auto taken = take_turn(locks_, wanted, subject_);
        if (taken) {
            if (auto const here = in_place(); !here) {
                return here.error();
            }
        }
        return taken;
    }

    /// `errc::unavailable` when the file or its log was moved, replaced or overwritten.
    [[nodiscard]] result<void> in_place() const {
        int moved = 0;
        sqlite3_file_control(db(), "main", SQLITE_FCNTL_HAS_MOVED, &moved);
        auto const header = header_of(db(), subject_);
        if (!header) {
            return header.error();
        }
        if (moved != 0 || header->empty || !header->write_ahead ||
            header->application != journal_application) {
            return away("file");
        }
        return identity_of(log_name_) != log_ || identity_of(index_name_) != index_
            ? away("log (" + name_ + "-wal and -shm)")
            : result<void>{};
    }

    /// The refusal for what SQLite last complained about.
    [[nodiscard]] error trouble(std::string_view wanted) const {
        return sqlite_trouble(db(), subject_, wanted);
    }

private:
    explicit sqlite_file(std::string subject) : subject_{std::move(subject)} {}

    result<void> connect(std::string const& given) {
        sqlite3* raw = nullptr;
        auto const opened = sqlite3_open_v2(given.c_str(), &raw,
            SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX |
                SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_EXRESCODE,
            nullptr);
        db_.reset(raw);
        if (opened != SQLITE_OK) {
            return error{errc::unavailable, subject_,
                "expected a file in an existing folder that may be read and written (" +
                    sqlite_reason(raw) + "); make the folder or correct the path"};
        }
        harden(raw);
        // As SQLite resolved it, so that whatever links lead to the file share its locks.
        auto const* const resolved = sqlite3_db_filename(raw, "main");
        name_ = resolved ? resolved : "";
        if (name_.empty()) {
            return no_log();
        }
        log_name_ = name_ + "-wal";
        index_name_ = name_ + "-shm";
        locks_ = journal_locks{name_};
        return {};
    }

    result<void> register_user() {
        auto const alone = locks_.users.try_lock(lock_file::kind::exclusive);
        if (!alone) {
            return alone.error();
        }
        alone_ = *alone;
        auto const shared = locks_.users.try_lock(lock_file::kind::shared);
        return shared && *shared
            ? result<void>{}
            : error{errc::unavailable, subject_,
                  "expected nobody to be restoring it; try again when it is restored"};
    }

    /// A journal gets its log after its first events have been written to the file, and a backup
    /// is a file without a log. A first page that is no longer one was being written from the log
    /// when the power went; SQLite reads it from there.
    result<void> refuse_foreign_log() {
        auto const header = header_of(db(), subject_);
        if (!header) {
            return header.error();
        }
        return has_log(name_) && (header->empty || (header->database && !header->write_ahead))
            ? foreign_log(errc::wrong_state, subject_, name_)
            : result<void>{};
    }

    /// Reads only, so that a file of somebody else stays as it was; makes the tables where there
    /// is nothing.
    result<void> recognise() {
        auto found = schema_check{db(), subject_}.contents();
        if (found && *found == file_contents::nothing) {
            if (!execute(db(), "BEGIN IMMEDIATE")) {
                return trouble("a new file to be writable");
            }
            if (!execute(db(), make_journal_sql().c_str()) || !execute(db(), "COMMIT")) {
                return trouble("to make the tables of a new journal");
            }
            found = schema_check{db(), subject_}.contents();
        }
        if (!found) {
            return found.error();
        }
        if (sqlite3_db_readonly(db(), "main") != 0) {
            return error{errc::unavailable, subject_,
                "expected a file that may be written; correct its permissions"};
        }
        return {};
    }

    result<void> settle() {
        auto mode = first_text(db(), "PRAGMA journal_mode=WAL");
        // SQLite does not wait here for SQL clients that are in the way.
        for (int waited = 0; mode.empty() && sqlite_busy(db()) && waited < sqlite_patience_ms;
             waited += 10) {
            sqlite3_sleep(10);
            mode = first_text(db(), "PRAGMA journal_mode=WAL");
        }
        if (mode.empty()) {
            return trouble("to choose a write-ahead log");
        }
        if (mode != "wal") {
            return no_log();
        }
        return execute(db(), "PRAGMA synchronous=FULL") ? result<void>{}
                                                        : trouble("to choose full synchronisation");
    }

    /// After a crash, SQLite applies the log to whatever file lies beside it. That the result is
    /// whole shows that they belong together. Reads the whole file, and only then.
    result<void> check_recovered() {
        if (!alone_ || !has_log(name_)) {
            return {};
        }
        auto const whole = checked_whole(db(), subject_);
        if (!whole) {
            return whole.error();
        }
        auto const header = header_of(db(), subject_);
        if (!header) {
            return header.error();
        }
        auto const torn = !header->database;
        return torn &&
                sqlite3_wal_checkpoint_v2(
                    db(), "main", SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr) != SQLITE_OK
            ? trouble("to write the first page from the log")
            : result<void>{};
    }

    result<void> remember() {
        if (!execute(db(), "SELECT position FROM head")) { // opens the log
            return trouble("the journal to be readable");
        }
        guard_ = journal_guard{name_};
        log_ = identity_of(log_name_);
        index_ = identity_of(index_name_);
        return log_ && index_ ? in_place() : away("log");
    }

    [[nodiscard]] error no_log() const {
        return {errc::unavailable, subject_,
            "expected a file on a local disk, which can keep a write-ahead log; choose another "
            "path"};
    }
    [[nodiscard]] error away(std::string const& what) const {
        return {errc::unavailable, subject_,
            "expected the journal's " + what +
                " to stay in place, but it was moved, removed or overwritten; close the journal "
                "wherever this program has it open, put the file back, then open it again"};
    }

    std::string subject_;
    std::string name_;
    std::string log_name_; // kept, as nothing is allocated after a commit
    std::string index_name_;
    journal_locks locks_;
    journal_guard guard_; // closed after the connection, whose locks would go with it
    sqlite_connection db_;
    std::optional<file_identity> log_;
    std::optional<file_identity> index_;
    bool alone_ = false; ///< nobody else had the journal open when it was opened
    bool ready_ = false;
};

} // namespace koc::detail
