// SPDX-License-Identifier: BSL-1.0
#pragma once

// Copies a journal into a new file of its own with SQLite's backup interface. The copy is checked
// and synced before it gets its name, so that whatever has the name is a whole journal. It has no
// log beside it.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/journal/envelope.hpp>
#include <koc/store/detail/durable_file.hpp>
#include <koc/store/detail/sqlite.hpp>
#include <koc/store/detail/sqlite_end.hpp>
#include <koc/store/detail/sqlite_schema.hpp>

#include <sqlite3.h>

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <memory>
#include <string>
#include <system_error>
#include <utility>

namespace koc::detail {

struct sqlite_backup_closer {
    void operator()(sqlite3_backup* it) const { sqlite3_backup_finish(it); }
};

/// Opens a database that is not a live journal, for reading or as the target of a copy.
inline result<sqlite_connection> open_database(
    std::string const& name, int flags, std::string const& subject) {
    sqlite3* raw = nullptr;
    auto const opened = sqlite3_open_v2(name.c_str(), &raw,
        flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_EXRESCODE, nullptr);
    sqlite_connection db{raw};
    if (opened != SQLITE_OK) {
        return error{errc::unavailable, subject,
            "expected a file that may be opened (" + sqlite_reason(raw) + "); correct the path"};
    }
    harden(raw);
    sqlite3_db_config(raw, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, nullptr);
    return db;
}

/// A file that is removed unless it is kept.
class partial_file {
public:
    /// `errc::already_exists` when the file is there, perhaps from a copy that was interrupted.
    static result<partial_file> make(std::filesystem::path const& path) {
        partial_file made{path}; // before there is a file, as memory may run out in it
        auto const fd = ::open(path.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0644);
        if (fd < 0) {
            made.path_.clear();
        }
        if (fd < 0 && errno == EEXIST) {
            return error{errc::already_exists, "file " + path.string(),
                "expected no file here; remove it if a copy was interrupted, or wait for it"};
        }
        if (fd < 0) {
            return error{errc::unavailable, "file " + path.string(),
                std::string{"expected a file that can be made ("} + std::strerror(errno) +
                    "); make its folder or correct the path"};
        }
        ::close(fd);
        return result<partial_file>{std::move(made)};
    }
    partial_file(partial_file&& other) noexcept
        : path_{std::exchange(other.path_, {})}, journal_{std::move(other.journal_)} {}
    partial_file& operator=(partial_file&&) = delete;
    ~partial_file() {
        std::error_code ignored;
        if (!path_.empty()) {
            std::filesystem::remove(path_, ignored);
            std::filesystem::remove(journal_, ignored);
        }
    }

    [[nodiscard]] std::filesystem::path const& path() const { return path_; }

    /// Gives it a name that nothing may have. `errc::already_exists` otherwise.
    result<void> publish(std::filesystem::path const& name) {
        if (::link(path_.c_str(), name.c_str()) == 0) {
            return {};
        }
        if (errno != EEXIST && !std::filesystem::exists(name) &&
            ::rename(path_.c_str(), name.c_str()) == 0) { // a disk without links
            path_.clear();
            return {};
        }
        return error{errc::already_exists, "file " + name.string(),
            "expected a name that is free; choose another or move the file away"};
    }

private:
    explicit partial_file(std::filesystem::path const& path)
        : path_{path}, journal_{path.string() + "-journal"} {}

    std::filesystem::path path_;
    std::filesystem::path journal_; ///< of SQLite, while it is written
};

/// Copies the whole database into the file, some pages at a time; checks the copy and returns
/// where it ends. `around()` returns a result that holds what has to be held during a step.
template <typename Around>
result<journal_head> copy_database(
    sqlite3* from, std::string const& subject, std::filesystem::path const& to, Around around) {
    auto const copy_subject = "file " + to.string();
    auto const opened = open_database(to.string(), SQLITE_OPEN_READWRITE, copy_subject);
    if (!opened) {
        return opened.error();
    }
    auto* const into = opened->get();
    std::unique_ptr<sqlite3_backup, sqlite_backup_closer> copying{
        sqlite3_backup_init(into, "main", from, "main")};
    if (!copying) {
        return sqlite_trouble(into, copy_subject, "to begin a copy");
    }
    for (int got = SQLITE_OK, waited = 0; got != SQLITE_DONE;) {
        constexpr int pages = 1'000;
        auto const held = around();
        if (!held) {
            return held.error();
        }
        got = sqlite3_backup_step(copying.get(), pages);
        if ((got == SQLITE_BUSY || got == SQLITE_LOCKED) && waited < sqlite_patience_ms) {
            waited += sqlite3_sleep(10);
        } else if (got != SQLITE_OK && got != SQLITE_DONE) {
            return error{(got & 255) == SQLITE_CORRUPT ? errc::corrupt : errc::unavailable, subject,
                std::string{"expected to be copied ("} + sqlite3_errstr(got) +
                    "); see to the disk, or take another copy"};
        }
    }
    copying.reset();
    // Marks the file as one without a log, so that it is never read together with an old one.
    if (first_text(into, "PRAGMA journal_mode=DELETE") != "delete") {
        return sqlite_trouble(into, copy_subject, "to finish the copy");
    }
    if (auto const found = schema_check{into, copy_subject}.contents(); !found) {
        return found.error();
    } else if (*found != file_contents::journal) {
        return something_else(copy_subject);
    }
    return checked_whole(into, copy_subject);
}

} // namespace koc::detail
