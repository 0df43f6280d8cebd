// SPDX-License-Identifier: BSL-1.0
#pragma once

// Backups of a journal file by its path, while an engine has it open, and a backup put in the
// place of a journal. Copying files by hand is not safe: a copy without the log beside it misses
// events, and a backup beside an old log is not the journal that was saved.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/journal/envelope.hpp>
#include <koc/store/detail/sqlite_copy.hpp>
#include <koc/store/detail/sqlite_file.hpp>
#include <koc/store/detail/sqlite_lock.hpp>
#include <koc/store/sqlite.hpp>

#include <sqlite3.h>

#include <sys/stat.h>

#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>

namespace koc {
namespace detail {

/// The name of a database that SQLite opens without looking for a log and without making one.
inline std::string immutable_uri(std::filesystem::path const& path) {
    constexpr char const* digits = "0123456789ABCDEF";
    std::string uri = path.is_absolute() ? "file://" : "file:";
    for (auto const letter : path.string()) {
        auto const byte = static_cast<unsigned char>(letter);
        if (letter == '?' || letter == '#' || letter == '%') {
            (uri += '%') += digits[byte >> 4U];
            uri += digits[byte & 15U];
        } else {
            uri += letter;
        }
    }
    return uri + "?immutable=1";
}

/// A backup, with the log beside it where it has one.
inline result<sqlite_connection> open_backup(std::filesystem::path const& backup) {
    auto const name = backup.string();
    auto const subject = "backup " + name;
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(backup, ignored)) {
        return error{errc::unavailable, subject, "expected a file that is there; correct the path"};
    }
    auto db = has_log(name)
        ? open_database(name, SQLITE_OPEN_READWRITE, subject)
        : open_database(immutable_uri(backup), SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, subject);
    if (!db) {
        return db;
    }
    auto const found = schema_check{db->get(), subject}.contents();
    if (!found) {
        return found.error();
    }
    return *found == file_contents::journal ? std::move(db)
                                            : result<sqlite_connection>{something_else(subject)};
}

} // namespace detail

/// Copies the journal at a path into a new file, whoever has it open; as `sqlite_log::backup`.
/// `errc::unavailable` also when there is no file.
inline result<journal_head> backup_sqlite_journal(
    std::filesystem::path const& path, std::filesystem::path const& to) {
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(path, ignored)) {
        return error{errc::unavailable, "journal " + path.string(),
            "expected a file that is there; correct the path"};
    }
    auto log = sqlite_log::open(path);
    return log ? log->backup(to) : result<journal_head>{log.error()};
}

/// Puts a copy of the backup in the place of the journal and returns where it ends. The backup is
/// not changed. What was in the place is kept beside it as `-replaced`, with its log. O(file).
///
/// `errc::invalid_text` for an impossible path, `errc::wrong_state` when somebody has the journal
/// open or the backup is no journal, `errc::corrupt` when the backup is not whole,
/// `errc::already_exists` when `-replaced` or
/// `-partial` of an earlier restore is still there. The journal is then as it was. After a crash
/// in the middle the journal is the old one, or it is refused until it is restored again.
inline result<journal_head> restore_sqlite_journal(
    std::filesystem::path const& backup, std::filesystem::path const& path) {
    namespace fs = std::filesystem;
    for (auto const* given : {&backup, &path}) {
        if (auto const possible = detail::possible_path("journal file", *given); !possible) {
            return possible.error();
        }
    }
    std::error_code failed;
    auto const subject = "journal " + path.string();
    auto const place = fs::weakly_canonical(path, failed).string();
    if (failed || fs::is_directory(place, failed)) {
        return error{errc::invalid_text, subject, "expected a path to a file; correct it"};
    }
    if (fs::equivalent(backup, place, failed)) {
        return error{errc::invalid_argument, subject,
            "expected a backup in a file of its own; choose another backup"};
    }
    auto const from = detail::open_backup(backup);
    if (!from) {
        return from.error();
    }
    detail::journal_locks locks{place};
    auto const turn = detail::take_turn(locks, detail::lock_file::kind::exclusive, subject);
    if (!turn) {
        return turn.error();
    }
    auto const alone = locks.users.try_lock(detail::lock_file::kind::exclusive);
    if (!alone) {
        return alone.error();
    }
    if (!*alone) {
        return error{errc::wrong_state, subject,
            "expected nobody to have it open; close it in every program, then restore it again"};
    }
    detail::lock_scope const users{locks.users};
    auto const kept = place + "-replaced";
    auto const folder = detail::folder_of(place);
    for (auto const* suffix : {"", "-wal", "-journal"}) {
        if (fs::exists(fs::symlink_status(kept + suffix, failed))) {
            return error{errc::already_exists, "file " + kept + suffix,
                "expected no file that was replaced before; move it away, then restore again"};
        }
    }
    auto partial = detail::partial_file::make(place + "-partial");
    if (!partial) {
        return partial.error();
    }
    auto const copied = detail::copy_database(
        from->get(), "backup " + backup.string(), partial->path(), [] { return result<void>{}; });
    if (!copied) {
        return copied.error();
    }
    auto const unwritable = [&](std::error_code const& why) {
        return error{errc::unavailable, subject,
            "expected to put the backup in its place (" + why.message() +
                "); see to the permissions of its folder, then restore it again"};
    };
    auto const move_aside = [&](char const* suffix) {
        std::error_code why;
        if (fs::exists(place + suffix, why)) {
            fs::rename(place + suffix, kept + suffix, why);
        }
        return why;
    };
    // SQLite would roll an old rollback journal back into the new file; an old log beside it is
    // refused by `open`. So the rollback journal goes first and the log last.
    if (auto const why = move_aside("-journal")) {
        return unwritable(why);
    }
    struct stat old {};
    if (::stat(place.c_str(), &old) == 0) {
        ::chmod(partial->path().c_str(), old.st_mode & 0777U);
        fs::create_hard_link(place, kept, failed);
        if (failed) {
            fs::copy_file(place, kept, failed); // a disk without links
        }
        if (failed) {
            return unwritable(failed);
        }
    }
    fs::rename(partial->path(), place, failed);
    if (failed) {
        return unwritable(failed);
    }
    if (auto const synced = detail::sync_folder(folder); !synced) {
        return synced.error();
    }
    if (auto const why = move_aside("-wal")) {
        return unwritable(why);
    }
    fs::remove(place + "-shm", failed);
    if (auto const synced = detail::sync_folder(folder); !synced) {
        return synced.error();
    }
    return copied;
}

} // namespace koc
