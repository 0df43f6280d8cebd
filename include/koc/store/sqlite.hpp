// SPDX-License-Identifier: BSL-1.0
#pragma once

// A log in one SQLite file: one row an event, readable with any SQL client, and one row that says
// where they end. Acknowledged means synced to the medium: write-ahead log, `synchronous=FULL`,
// one transaction an append. The head is compared inside that transaction and under a lock file,
// so of any number of writers at one file at most one wins a position. The file is taken as
// hostile until checked: what is not a journal of this format is refused and left as it was.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/try.hpp>
#include <koc/journal/coded_journal.hpp>
#include <koc/journal/concepts.hpp>
#include <koc/journal/envelope.hpp>
#include <koc/journal/refusals.hpp>
#include <koc/json/decoder.hpp>
#include <koc/store/detail/sqlite.hpp>
#include <koc/store/detail/sqlite_copy.hpp>
#include <koc/store/detail/sqlite_end.hpp>
#include <koc/store/detail/sqlite_file.hpp>
#include <koc/store/detail/sqlite_lock.hpp>
#include <koc/store/detail/sqlite_record.hpp>
#include <koc/store/detail/sqlite_schema.hpp>

#include <sqlite3.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace koc {

/// The log in a file. Movable; a moved-from log may only be destroyed or assigned to. One log is
/// used by one thread at a time; any number of logs, in any number of processes of one machine,
/// may share a file. No log is carried across a fork.
class sqlite_log {
public:
    /// The `application_id` and `user_version` of the files: "kocj", format 2.
    static constexpr std::int64_t application = detail::journal_application;
    static constexpr std::int64_t format = detail::journal_format;
    /// The longest payload, in bytes.
    static constexpr std::size_t payload_length_max = detail::sqlite_payload_length_max;
    /// How long to wait for another writer before giving up, in milliseconds.
    static constexpr int patience_ms = detail::sqlite_patience_ms;

    /// Opens the journal in the file, or makes one where there is no file or an empty one. Keeps
    /// two lock files beside it, `-lock` and `-open`. O(1), and O(file) after a crash.
    ///
    /// `errc::invalid_text` for an impossible path, `errc::unavailable` for a file that cannot be
    /// opened and written, `errc::wrong_state` for one that is something else, of a newer format,
    /// altered by others or beside a log of another file, `errc::corrupt` for a damaged one. A
    /// refused file is left as it was.
    static result<sqlite_log> open(std::filesystem::path const& path) {
        auto file = detail::sqlite_file::open(path);
        if (!file) {
            return std::move(file).error();
        }
        sqlite_log log{*std::move(file)};
        if (auto const prepared = log.prepare(); !prepared) {
            return prepared.error();
        }
        return log;
    }

    /// O(log n). `errc::unavailable`, or `errc::corrupt` when the last event is not the recorded
    /// end.
    [[nodiscard]] result<journal_head> head() {
        auto const turn = file_->turn(detail::lock_file::kind::shared);
        return turn ? end_now() : result<journal_head>{turn.error()};
    }

    /// As `text_log` says; durable once acknowledged. O(records). `errc::too_large` for a payload
    /// of more than `payload_length_max` bytes; `errc::unavailable` when another writer held the
    /// file for longer than `patience_ms`, and when the file was moved or replaced.
    result<journal_head> append(journal_head expected, std::span<log_record const> records) {
        for (auto const& record : records) {
            if (record.payload.size() > payload_length_max) {
                return error{errc::too_large, "event " + std::to_string(record.position),
                    "expected at most " + std::to_string(payload_length_max) +
                        " bytes of payload; record it as several events"};
            }
        }
        auto const turn = file_->turn(detail::lock_file::kind::exclusive);
        if (!turn) {
            return turn.error();
        }
        if (run(begin_) != SQLITE_DONE) {
            return file_->trouble("to become the only writer for a moment");
        }
        rollback const unless_committed{file_->db(), rollback_};
        if (auto const inserted = insert(expected, records); !inserted) {
            return inserted.error();
        }
        auto const committed = run(commit_) == SQLITE_DONE;
        // A program that does not take the lock files may have moved the file in the meantime.
        auto const here = file_->in_place();
        if (!committed || !here) {
            error unknown{errc::outcome_unknown, file_->subject(),
                committed ? here.error().expected
                          : "expected the commit to be acknowledged (" +
                        detail::sqlite_reason(file_->db()) +
                        "); see whether the journal has the chain, and if not, append again"};
            return unknown;
        }
        return records.empty() ? expected
                               : journal_head{records.back().position + 1, records.back().chain};
    }

    /// As `text_log` says. O(log n + records).
    result<void> read(std::uint64_t from, std::size_t limit, std::vector<log_record>& out) {
        return read_each(from, limit, [&](log_record& record) -> result<void> {
            out.push_back(std::move(record));
            return {};
        });
    }
    /// The same one by one: `use(record)` may take from its record, which becomes the next one, and
    /// returns `result<void>`; a refusal ends the reading. Writers wait meanwhile, and it may not
    /// use this log.
    template <typename Use>
    result<void> read_each(std::uint64_t from, std::size_t limit, Use&& use) {
        auto const largest = static_cast<std::uint64_t>((std::numeric_limits<std::int64_t>::max)());
        if (from > largest) {
            return {};
        }
        auto const turn = file_->turn(detail::lock_file::kind::shared);
        if (!turn) {
            return turn.error();
        }
        detail::sqlite_use end{end_}; // as long as it is in use, all is read as of one moment
        if (end.step() != SQLITE_ROW) {
            return file_->trouble("the journal to be readable");
        }
        auto const size = static_cast<std::uint64_t>(end.integer(0).value_or(-1));
        detail::sqlite_use rows{read_};
        rows.bind(1, from);
        rows.bind(2, std::min<std::uint64_t>(limit, largest));
        auto position = from;
        log_record record;
        auto got = rows.step();
        for (; got == SQLITE_ROW; got = rows.step(), ++position) {
            auto const read = detail::read_record(rows, record);
            if (!read && sqlite3_errcode(file_->db()) == SQLITE_NOMEM) {
                return file_->trouble("the events to be readable");
            }
            auto const* const wrong = !read   ? "its row has a value of another form"
                : record.position != position ? "it is missing"
                : position >= size            ? "the journal was recorded to end before it"
                                              : nullptr;
            if (wrong != nullptr) {
                return corrupt_event(position, wrong);
            }
            KOC_TRY(use(record));
        }
        if (got == SQLITE_DONE) {
            auto const complete = position - from == limit || position >= size;
            return complete ? result<void>{} : corrupt_event(position, "it is missing");
        }
        auto const why = file_->trouble("the events to be readable");
        return why.code == errc::corrupt
            ? corrupt_event(position, detail::sqlite_reason(file_->db()))
            : why;
    }

    /// Copies the journal as it is now into a new file, and returns where the copy ends. The copy
    /// is one file, checked and synced. Others may append meanwhile. O(file).
    ///
    /// `errc::invalid_text` for an impossible path, `errc::already_exists` when there is a file of
    /// that name, `errc::unavailable` when the copy cannot be written. Where it is refused, no file
    /// of that name is made.
    result<journal_head> backup(std::filesystem::path const& to) {
        if (auto const possible = detail::possible_path("backup file", to); !possible) {
            return possible.error();
        }
        std::error_code ignored;
        if (std::filesystem::exists(std::filesystem::symlink_status(to, ignored))) {
            return error{errc::already_exists, "file " + to.string(),
                "expected a name that is free; choose another or move the file away"};
        }
        auto const folder = detail::folder_of(to);
        auto partial = detail::partial_file::make(to.string() + "-partial");
        if (!partial) {
            return partial.error();
        }
        detail::sqlite_use snapshot{end_}; // which the copy keeps to as long as this is in use
        {
            auto const turn = file_->turn(detail::lock_file::kind::shared);
            if (!turn) {
                return turn.error();
            }
            if (auto const end = detail::next_end(file_->db(), snapshot, file_->subject()); !end) {
                return end.error();
            }
        }
        auto const copied = detail::copy_database(file_->db(), file_->subject(), partial->path(),
            [&] { return file_->turn(detail::lock_file::kind::shared); });
        if (!copied) {
            return copied.error();
        }
        if (auto const named = partial->publish(to); !named) {
            return named.error();
        }
        if (auto const synced = detail::sync_folder(folder); !synced) {
            std::filesystem::remove(to, ignored);
            return synced.error();
        }
        return copied;
    }

private:
    /// Ends a transaction that was not committed, also where an exception leaves it.
    struct rollback {
        sqlite3* db;
        detail::sqlite_statement const& statement;
        ~rollback() {
            if (sqlite3_get_autocommit(db) == 0) {
                run(statement);
            }
        }
    };

    explicit sqlite_log(std::unique_ptr<detail::sqlite_file> file) : file_{std::move(file)} {}

    result<void> prepare() {
        for (auto const& [statement, sql] :
            {std::pair<detail::sqlite_statement*, std::string>{&begin_, "BEGIN IMMEDIATE"},
                {&commit_, "COMMIT"}, {&rollback_, "ROLLBACK"}, {&end_, detail::end_sql},
                {&advance_, "UPDATE head SET position = ?1, chain = ?2"},
                {&insert_, detail::insert_record_sql()}, {&read_, detail::select_records_sql()}}) {
            *statement = detail::prepared(file_->db(), sql, SQLITE_PREPARE_PERSISTENT);
            if (!*statement) {
                return file_->trouble("the table of events to be usable");
            }
        }
        return {};
    }

    result<journal_head> end_now() {
        detail::sqlite_use end{end_};
        return detail::next_end(file_->db(), end, file_->subject());
    }

    result<void> insert(journal_head expected, std::span<log_record const> records) {
        auto const now = end_now();
        if (!now) {
            return now.error();
        }
        if (*now != expected) {
            return head_moved(expected, *now);
        }
        for (auto const& record : records) {
            detail::sqlite_use row{insert_};
            detail::bind_record(row, record);
            if (row.step() != SQLITE_DONE) {
                return file_->trouble("room for the events");
            }
        }
        if (!records.empty()) {
            detail::sqlite_use row{advance_};
            row.bind(1, records.back().position + 1);
            row.bind(2, records.back().chain);
            if (row.step() != SQLITE_DONE) {
                return file_->trouble("room for the events");
            }
        }
        return {};
    }

    static int run(detail::sqlite_statement const& statement) {
        return detail::sqlite_use{statement}.step();
    }

    std::unique_ptr<detail::sqlite_file> file_;
    detail::sqlite_statement begin_;
    detail::sqlite_statement commit_;
    detail::sqlite_statement rollback_;
    detail::sqlite_statement end_;
    detail::sqlite_statement insert_;
    detail::sqlite_statement advance_;
    detail::sqlite_statement read_;
};
static_assert(text_log<sqlite_log>);

/// A journal of any events in an SQLite file, as canonical JSON.
using sqlite_journal = coded_journal<sqlite_log, json_decoder>;

/// Opens or makes the journal in the file; refuses as `sqlite_log::open` does.
inline result<sqlite_journal> open_sqlite_journal(std::filesystem::path const& path) {
    auto log = sqlite_log::open(path);
    if (!log) {
        return std::move(log).error();
    }
    return sqlite_journal{*std::move(log)};
}

} // namespace koc
