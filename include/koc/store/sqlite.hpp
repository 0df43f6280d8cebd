// SPDX-License-Identifier: BSL-1.0
#pragma once

// A log in one SQLite file: one row an event, readable with any SQL client, and one row that says
// where they end. Acknowledged means synced to the medium: write-ahead log, `synchronous=FULL`,
// one transaction an append. The head is compared inside that transaction, so of two processes at
// one file at most one wins a position. The file is taken as hostile until checked: what is not a
// journal of this format is refused and left as it was, and the connection is set up as
// https://sqlite.org/security.html advises.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/journal/coded_journal.hpp>
#include <koc/journal/concepts.hpp>
#include <koc/journal/envelope.hpp>
#include <koc/journal/refusals.hpp>
#include <koc/json/decoder.hpp>
#include <koc/store/detail/sqlite.hpp>

#include <sqlite3.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace koc {

/// The log in a file. Movable; a moved-from log may only be destroyed or assigned to. One log is
/// used by one thread at a time; any number of logs, in any number of processes of one machine,
/// may share a file.
class sqlite_log {
public:
    /// The `application_id` and `user_version` of the files: "kocj", format 1.
    static constexpr std::int64_t application = 0x6b6f636a;
    static constexpr std::int64_t format = 1;
    /// The longest payload, in bytes.
    static constexpr std::size_t payload_length_max = 64U << 20U;
    /// How long to wait for another writer before giving up, in milliseconds.
    static constexpr int patience_ms = 5'000;

    /// Opens the journal in the file, or makes one where there is no file or an empty one.
    ///
    /// `errc::invalid_text` for an impossible path, `errc::unavailable` for a file that cannot be
    /// opened and written, `errc::wrong_state` for one that is something else or of a newer
    /// format, `errc::corrupt` for a damaged one. A refused file is left as it was.
    static result<sqlite_log> open(std::filesystem::path const& path) {
        auto const name = path.string();
        if (name.empty() || name.find('\0') != std::string::npos) {
            return error{
                errc::invalid_text, "journal file", "expected a path to a file; fill it in"};
        }
        sqlite3* raw = nullptr;
        auto const opened = sqlite3_open_v2(name.c_str(), &raw,
            SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX |
                SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_EXRESCODE,
            nullptr);
        sqlite_log log{detail::sqlite_connection{raw}, "journal " + name};
        if (opened != SQLITE_OK) {
            return error{errc::unavailable, log.subject_,
                "expected a file in an existing folder that may be read and written (" +
                    log.reason() + "); make the folder or correct the path"};
        }
        log.harden();
        for (auto step : {&sqlite_log::recognise, &sqlite_log::settle, &sqlite_log::prepare}) {
            if (auto refused = (log.*step)()) {
                return *std::move(refused);
            }
        }
        return log;
    }

    /// O(log n). `errc::unavailable`, or `errc::corrupt` when the last event is not the recorded
    /// end.
    [[nodiscard]] result<journal_head> head() {
        detail::sqlite_use end{end_};
        return end.step() == SQLITE_ROW
            ? checked_end(end)
            : result<journal_head>{trouble("the journal to be readable")};
    }

    /// As `text_log` says; durable once acknowledged. O(records). `errc::too_large` for a payload
    /// of more than `payload_length_max` bytes; `errc::unavailable` when another writer held the
    /// file for longer than `patience_ms`.
    result<journal_head> append(journal_head expected, std::span<log_record const> records) {
        for (auto const& record : records) {
            if (record.payload.size() > payload_length_max) {
                return error{errc::too_large, "event " + std::to_string(record.position),
                    "expected at most " + std::to_string(payload_length_max) +
                        " bytes of payload; record it as several events"};
            }
        }
        if (run(begin_) != SQLITE_DONE) {
            return trouble("to become the only writer for a moment");
        }
        auto refused = insert(expected, records);
        if (refused) {
            run(rollback_);
            return *std::move(refused);
        }
        if (run(commit_) != SQLITE_DONE) {
            error unknown{errc::outcome_unknown, subject_,
                "expected the commit to be acknowledged (" + reason() +
                    "); see whether the journal has the chain, and if not, append again"};
            run(rollback_);
            return unknown;
        }
        return records.empty() ? expected
                               : journal_head{records.back().position + 1, records.back().chain};
    }

    /// As `text_log` says. O(log n + records).
    result<void> read(std::uint64_t from, std::size_t limit, std::vector<log_record>& out) {
        auto const largest = static_cast<std::uint64_t>((std::numeric_limits<std::int64_t>::max)());
        if (from > largest) {
            return {};
        }
        detail::sqlite_use end{end_}; // as long as it is in use, all is read as of one moment
        if (end.step() != SQLITE_ROW) {
            return trouble("the journal to be readable");
        }
        auto const size = static_cast<std::uint64_t>(end.integer(0).value_or(-1));
        detail::sqlite_use rows{read_};
        rows.bind(1, from);
        rows.bind(2, std::min<std::uint64_t>(limit, largest));
        auto position = from;
        auto got = rows.step();
        for (; got == SQLITE_ROW; got = rows.step(), ++position) {
            auto record = record_in(rows);
            if (!record || record->batch > position) {
                return corrupt_event(position, "its row has a value of another form");
            }
            if (record->position != position) {
                return corrupt_event(position, "it is missing");
            }
            if (position >= size) {
                return corrupt_event(position, "the journal was recorded to end before it");
            }
            out.push_back(*std::move(record));
        }
        if (got == SQLITE_DONE) {
            auto const complete = position - from == limit || position >= size;
            return complete ? result<void>{} : corrupt_event(position, "it is missing");
        }
        auto why = trouble("the events to be readable");
        return why.code == errc::corrupt ? corrupt_event(position, reason()) : why;
    }

private:
    static constexpr char const* table_sql = "CREATE TABLE event (\n"
                                             "  position INTEGER PRIMARY KEY,\n"
                                             "  batch    INTEGER NOT NULL,\n"
                                             "  at_ms    INTEGER NOT NULL,\n"
                                             "  request  TEXT,\n"
                                             "  command  BLOB,\n"
                                             "  type     TEXT NOT NULL,\n"
                                             "  version  INTEGER NOT NULL,\n"
                                             "  payload  TEXT NOT NULL,\n"
                                             "  chain    BLOB NOT NULL\n"
                                             ") STRICT";
    /// One row that says where the events end, so that losing the last ones is noticed.
    static constexpr char const* head_sql = "CREATE TABLE head (\n"
                                            "  position INTEGER NOT NULL,\n"
                                            "  chain    BLOB NOT NULL\n"
                                            ") STRICT";
    /// For other SQL clients: a corrected row would be a corrupt one.
    static constexpr char const* no_update_sql =
        "CREATE TRIGGER event_stays_as_written BEFORE UPDATE ON event BEGIN\n"
        "  SELECT RAISE(ABORT, 'recorded events are never changed'); END";
    static constexpr char const* no_delete_sql =
        "CREATE TRIGGER event_stays_in_place BEFORE DELETE ON event BEGIN\n"
        "  SELECT RAISE(ABORT, 'recorded events are never deleted'); END";

    sqlite_log(detail::sqlite_connection db, std::string subject)
        : db_{std::move(db)}, subject_{std::move(subject)} {}

    void harden() {
        auto* const db = db_.get();
        sqlite3_extended_result_codes(db, 1);
        sqlite3_busy_timeout(db, patience_ms);
        for (auto [option, value] :
            {std::pair{SQLITE_DBCONFIG_DEFENSIVE, 1}, {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
                {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0}, {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0},
                {SQLITE_DBCONFIG_ENABLE_VIEW, 0}, {SQLITE_DBCONFIG_DQS_DML, 0},
                {SQLITE_DBCONFIG_DQS_DDL, 0}, {SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1}}) {
            sqlite3_db_config(db, option, value, nullptr);
        }
        for (auto [limit, value] : {std::pair{SQLITE_LIMIT_LENGTH, (64 << 20) + (1 << 16)},
                 {SQLITE_LIMIT_SQL_LENGTH, 10'000}, {SQLITE_LIMIT_COLUMN, 100},
                 {SQLITE_LIMIT_EXPR_DEPTH, 10}, {SQLITE_LIMIT_COMPOUND_SELECT, 3},
                 {SQLITE_LIMIT_VDBE_OP, 25'000}, {SQLITE_LIMIT_FUNCTION_ARG, 8},
                 {SQLITE_LIMIT_ATTACHED, 0}, {SQLITE_LIMIT_VARIABLE_NUMBER, 10},
                 {SQLITE_LIMIT_TRIGGER_DEPTH, 10}}) {
            sqlite3_limit(db, limit, value);
        }
        execute("PRAGMA mmap_size=0");
        execute("PRAGMA cell_size_check=ON");
    }

    /// Reads only, so that a file of somebody else stays as it was; makes the tables where there
    /// is nothing.
    std::optional<error> recognise() {
        auto found = contents();
        if (found && *found == what::nothing) {
            if (!execute("BEGIN IMMEDIATE")) {
                return trouble("a new file to be writable");
            }
            found = contents(); // another process may have been first
            if (found && *found == what::nothing) {
                auto const made = "PRAGMA application_id=" + std::to_string(application) +
                    ";PRAGMA user_version=" + std::to_string(format) + ';' + table_sql + ';' +
                    head_sql + ';' + no_update_sql + ';' + no_delete_sql +
                    ";INSERT INTO head VALUES (0, zeroblob(16))";
                if (!execute(made.c_str()) || !execute("COMMIT")) {
                    return trouble("to make the tables of a new journal");
                }
                found = contents();
            } else {
                execute("ROLLBACK");
            }
        }
        if (!found) {
            return std::move(found).error();
        }
        switch (*found) {
        case what::journal:
            break;
        case what::newer:
            return error{errc::wrong_state, subject_,
                "expected a journal of format " + std::to_string(format) +
                    ", found a newer one; open it with a newer release"};
        case what::nothing:
        case what::something_else:
            return error{errc::wrong_state, subject_,
                "expected a journal or no file, found something else; choose another path"};
        }
        if (sqlite3_db_readonly(db_.get(), "main") != 0) {
            return error{errc::unavailable, subject_,
                "expected a file that may be written; correct its permissions"};
        }
        return std::nullopt;
    }

    std::optional<error> settle() {
        auto mode = first_text("PRAGMA journal_mode=WAL");
        // SQLite does not wait for others here: whoever opens a new file at the same time is in
        // the way.
        for (int waited = 0; mode.empty() && busy() && waited < patience_ms; waited += 10) {
            sqlite3_sleep(10);
            mode = first_text("PRAGMA journal_mode=WAL");
        }
        if (mode.empty()) {
            return trouble("to choose a write-ahead log");
        }
        if (mode != "wal") {
            return error{errc::unavailable, subject_,
                "expected a file on a local disk, which can keep a write-ahead log; choose "
                "another path"};
        }
        if (!execute("PRAGMA synchronous=FULL")) {
            return trouble("to choose full synchronisation");
        }
        sqlite3_db_config(db_.get(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, nullptr);
        return std::nullopt;
    }

    std::optional<error> prepare() {
        for (auto [statement, sql] :
            {std::pair{&begin_, "BEGIN IMMEDIATE"}, {&commit_, "COMMIT"}, {&rollback_, "ROLLBACK"},
                {&end_,
                    "SELECT head.position, head.chain, last.position, last.chain FROM head "
                    "LEFT JOIN (SELECT position, chain FROM event ORDER BY position DESC LIMIT 1) "
                    "AS last"},
                {&advance_, "UPDATE head SET position = ?1, chain = ?2"},
                {&insert_,
                    "INSERT INTO event (position, batch, at_ms, request, command, type, version, "
                    "payload, chain) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"},
                {&read_,
                    "SELECT position, batch, at_ms, request, command, type, version, payload, "
                    "chain FROM event WHERE position >= ?1 ORDER BY position LIMIT ?2"}}) {
            *statement = prepared(sql, SQLITE_PREPARE_PERSISTENT);
            if (!*statement) {
                return trouble("the table of events to be usable");
            }
        }
        return std::nullopt;
    }

    enum class what : unsigned char { nothing, journal, newer, something_else };

    result<what> contents() {
        auto const marks =
            prepared("SELECT application_id, user_version FROM pragma_application_id, "
                     "pragma_user_version");
        if (!marks) {
            return unreadable();
        }
        detail::sqlite_use mark{marks};
        if (mark.step() != SQLITE_ROW) {
            return unreadable();
        }
        auto const id = mark.integer(0).value_or(0);
        auto const version = mark.integer(1).value_or(0);
        auto const schema = prepared("SELECT sql FROM sqlite_schema ORDER BY rowid");
        if (!schema) {
            return unreadable();
        }
        detail::sqlite_use rows{schema};
        std::vector<std::string> found;
        auto got = rows.step();
        for (; got == SQLITE_ROW; got = rows.step()) {
            found.push_back(rows.text(0).value_or(""));
        }
        if (got != SQLITE_DONE) {
            return unreadable();
        }
        if (id == 0 && version == 0 && found.empty()) {
            return what::nothing;
        }
        if (id != application) {
            return what::something_else;
        }
        if (version > format) {
            return what::newer;
        }
        std::vector<std::string> const ours{table_sql, head_sql, no_update_sql, no_delete_sql};
        return version == format && found == ours ? what::journal : what::something_else;
    }

    error unreadable() {
        if ((sqlite3_errcode(db_.get()) & 255) == SQLITE_NOTADB) {
            return {errc::wrong_state, subject_,
                "expected a journal or no file, found something else; choose another path"};
        }
        return trouble("the file to be readable");
    }

    std::optional<error> insert(journal_head expected, std::span<log_record const> records) {
        auto const now = head();
        if (!now) {
            return now.error();
        }
        if (*now != expected) {
            return head_moved(expected, *now);
        }
        for (auto const& record : records) {
            detail::sqlite_use row{insert_};
            row.bind(1, record.position);
            row.bind(2, record.batch);
            row.bind(3, record.at);
            if (!record.asked.id.empty()) {
                row.bind(4, record.asked.id);
            }
            if (record.asked.command != digest{}) {
                row.bind(5, record.asked.command);
            }
            row.bind(6, record.type);
            row.bind(7, std::uint64_t{record.version});
            row.bind(8, record.payload);
            row.bind(9, record.chain);
            if (row.step() != SQLITE_DONE) {
                return trouble("room for the events");
            }
        }
        if (!records.empty()) {
            detail::sqlite_use row{advance_};
            row.bind(1, records.back().position + 1);
            row.bind(2, records.back().chain);
            if (row.step() != SQLITE_DONE) {
                return trouble("room for the events");
            }
        }
        return std::nullopt;
    }

    result<journal_head> checked_end(detail::sqlite_use const& end) const {
        auto const position = end.integer(0);
        auto const chain = end.fingerprint(1);
        if (!position || *position < 0 || !chain) {
            return error{errc::corrupt, subject_,
                "expected its recorded end to be a position and a chain; restore the journal "
                "from a backup"};
        }
        journal_head const recorded{static_cast<std::uint64_t>(*position), *chain};
        auto const size =
            end.is_null(2) ? 0 : static_cast<std::uint64_t>(end.integer(2).value_or(0)) + 1;
        if (size != recorded.position) {
            return corrupt_event((std::min)(size, recorded.position),
                size < recorded.position ? "it is missing"
                                         : "the journal was recorded to end before it");
        }
        if (size > 0 && end.fingerprint(3) != recorded.chain) {
            return corrupt_event(size - 1, "its chain is not the recorded end's");
        }
        return recorded;
    }

    static std::optional<log_record> record_in(detail::sqlite_use const& row) {
        auto const position = row.integer(0);
        auto const batch = row.integer(1);
        auto const at = row.integer(2);
        auto const asked = row.is_null(3) ? std::string{} : row.text(3);
        auto const command = row.is_null(4) ? digest{} : row.fingerprint(4);
        auto const type = row.text(5);
        auto const version = row.integer(6);
        auto payload = row.text(7);
        auto const chain = row.fingerprint(8);
        if (!position || *position < 0 || !batch || *batch < 0 || !at || !asked || !command ||
            !type || !version || !std::in_range<unsigned>(*version) || !payload || !chain) {
            return std::nullopt;
        }
        return log_record{static_cast<std::uint64_t>(*position), static_cast<std::uint64_t>(*batch),
            instant{*at}, {*asked, *command}, *type, static_cast<unsigned>(*version),
            *std::move(payload), *chain};
    }

    /// The refusal for what SQLite last complained about, before anything could have been
    /// committed.
    error trouble(std::string_view wanted) {
        auto const primary = sqlite3_errcode(db_.get()) & 255;
        auto const damaged = primary == SQLITE_CORRUPT || primary == SQLITE_NOTADB;
        return {damaged ? errc::corrupt : errc::unavailable, subject_,
            "expected " + std::string{wanted} + " (" + reason() + "); " +
                (damaged         ? "restore the file from a backup"
                        : busy() ? "try again when the other writer is done"
                                 : "see to the disk and the file's permissions, then try again")};
    }

    [[nodiscard]] bool busy() const {
        auto const primary = sqlite3_errcode(db_.get()) & 255;
        return primary == SQLITE_BUSY || primary == SQLITE_LOCKED;
    }
    [[nodiscard]] std::string reason() const {
        return db_ ? sqlite3_errmsg(db_.get()) : "out of memory";
    }

    bool execute(char const* sql) {
        return sqlite3_exec(db_.get(), sql, nullptr, nullptr, nullptr) == SQLITE_OK;
    }
    static int run(detail::sqlite_statement const& statement) {
        return detail::sqlite_use{statement}.step();
    }
    detail::sqlite_statement prepared(std::string_view sql, unsigned flags = 0) {
        sqlite3_stmt* raw = nullptr;
        sqlite3_prepare_v3(
            db_.get(), sql.data(), static_cast<int>(sql.size()), flags, &raw, nullptr);
        return detail::sqlite_statement{raw};
    }
    std::string first_text(char const* sql) {
        auto const statement = prepared(sql);
        if (!statement) {
            return {};
        }
        detail::sqlite_use row{statement};
        return row.step() == SQLITE_ROW ? row.text(0).value_or("") : std::string{};
    }

    detail::sqlite_connection db_;
    std::string subject_;
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
