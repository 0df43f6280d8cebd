// SPDX-License-Identifier: BSL-1.0
#pragma once

// A cursor in the SQLite database that its reader writes to. A page of batches is one transaction,
// which holds what the reader wrote and how far it came, so that whenever its process ends, each
// event has had its effect there exactly once.

#include <koc/core/contract.hpp>
#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/text.hpp>
#include <koc/core/try.hpp>
#include <koc/journal/cursor.hpp>
#include <koc/journal/envelope.hpp>
#include <koc/store/detail/sqlite.hpp>

#include <sqlite3.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace koc {

/// Models `transactional_cursor`. The host owns the connection, which outlives the cursor and is
/// used by one thread at a time. A reader writes over this connection, in statements that neither
/// begin nor end a transaction; savepoints are fine. How durable a page is, how long a writer is
/// waited for and whether foreign keys are checked is as the host set its connection up.
///
/// One row for each name in a table that is made where it is missing:
///
///     CREATE TABLE koc_cursor (name TEXT PRIMARY KEY, position INTEGER NOT NULL,
///         chain BLOB NOT NULL) STRICT
class sqlite_cursor {
public:
    /// `name` tells the readers of one database apart. Refused: `wrong_state`, within a transaction
    /// of the connection, or where the table is something else; `unavailable`, a database that
    /// cannot be written to; `corrupt`, one that is damaged.
    static result<sqlite_cursor> open(
        sqlite3* in, std::string name, std::string const& table = "koc_cursor") {
        KOC_EXPECTS(in != nullptr);
        sqlite_cursor made{in, std::move(name), table};
        KOC_TRY(made.expect_no_transaction());
        auto const make = "CREATE TABLE IF NOT EXISTS " + made.table_ +
            " (name TEXT PRIMARY KEY, position INTEGER NOT NULL, chain BLOB NOT NULL) STRICT";
        if (!detail::execute(in, make.c_str())) {
            return made.trouble("a table of cursors in the database");
        }
        if (!made.prepare_read() || !made.prepare_write()) {
            return error{errc::wrong_state, made.subject_,
                "expected the table " + koc::quoted(table) +
                    " to have the columns name, position and chain (" + detail::sqlite_reason(in) +
                    "); choose another name for the table"};
        }
        return made;
    }

    /// The stored place. `unavailable`, or `corrupt` for a row that holds something else.
    result<journal_head> load() {
        auto const now = read();
        if (now) {
            at_ = *now;
        }
        return now;
    }

    /// As `transactional_cursor` says: a transaction for the page, a savepoint in it for the batch.
    /// Refused: `wrong_state`, where the host has a transaction open, or the reader ended that of
    /// the page; `conflict`, where another reader moved the cursor; `unavailable`.
    result<void> begin() {
        if (within_) {
            if (!detail::execute(in_, "RELEASE koc_batch")) {
                return ended();
            }
        } else {
            KOC_TRY(expect_no_transaction());
            if (!detail::execute(in_, "BEGIN IMMEDIATE")) {
                return trouble("the database to be writable");
            }
            within_ = true;
            auto const now = read();
            if (!now) {
                return now.error();
            }
            if (*now != at_) {
                return error{errc::conflict, subject_,
                    "expected to stand at position " + std::to_string(at_.position) +
                        ", but another reader moved it to " + std::to_string(now->position) +
                        "; read on from there, or stop one of the two"};
            }
        }
        return detail::execute(in_, "SAVEPOINT koc_batch")
            ? result<void>{}
            : trouble("the database to begin a batch");
    }
    /// Refused with `wrong_state` where the transaction of the page has ended.
    result<void> undo() {
        return detail::execute(in_, "ROLLBACK TO koc_batch") ? result<void>{} : ended();
    }
    void undo_all() noexcept {
        if (std::exchange(within_, false) && sqlite3_get_autocommit(in_) == 0) {
            detail::execute(in_, "ROLLBACK");
        }
    }

    /// Commits the page. Refused: `wrong_state`, where its transaction has ended; `unavailable`,
    /// with nothing of it kept, unless `load` finds the head there afterwards.
    result<void> store(journal_head at) {
        auto written = write(at);
        if (written) {
            at_ = at;
            within_ = false;
        } else {
            undo_all();
        }
        return written;
    }

private:
    sqlite_cursor(sqlite3* in, std::string name, std::string const& table)
        : in_{in}, name_{std::move(name)}, table_{detail::sql_name(table)}, subject_{"cursor " +
                                                                                koc::quoted(
                                                                                    name_)} {}

    [[nodiscard]] detail::sqlite_statement prepare_read() const {
        return detail::prepared(in_, "SELECT position, chain FROM " + table_ + " WHERE name = ?1");
    }
    [[nodiscard]] detail::sqlite_statement prepare_write() const {
        return detail::prepared(in_,
            "INSERT INTO " + table_ +
                " (name, position, chain) VALUES (?1, ?2, ?3) ON CONFLICT (name) DO UPDATE SET "
                "position = excluded.position, chain = excluded.chain");
    }

    [[nodiscard]] result<journal_head> read() const {
        auto const statement = prepare_read();
        if (!statement) {
            return trouble("its row to be readable");
        }
        detail::sqlite_use row{statement};
        row.bind(1, std::string_view{name_});
        auto const got = row.step();
        if (got == SQLITE_DONE) {
            return journal_head{};
        }
        if (got != SQLITE_ROW) {
            return trouble("its row to be readable");
        }
        auto const position = row.integer(0);
        auto const chain = row.fingerprint(1);
        if (!position || *position < 0 || !chain) {
            return error{errc::corrupt, subject_,
                "expected its row to be a position and a chain of 16 bytes; restore the database "
                "from a backup"};
        }
        return journal_head{static_cast<std::uint64_t>(*position), *chain};
    }
    result<void> write(journal_head at) {
        if (!within_) {
            KOC_TRY(begin());
        }
        if (!detail::execute(in_, "RELEASE koc_batch")) {
            return ended();
        }
        {
            auto const statement = prepare_write();
            if (!statement) {
                return trouble("its row to be writable");
            }
            detail::sqlite_use row{statement};
            row.bind(1, std::string_view{name_});
            row.bind(2, at.position);
            row.bind(3, at.chain);
            if (row.step() != SQLITE_DONE) {
                return trouble("its row to be writable");
            }
        }
        return detail::execute(in_, "COMMIT") ? result<void>{}
                                              : trouble("the database to commit the page");
    }

    [[nodiscard]] result<void> expect_no_transaction() const {
        return sqlite3_get_autocommit(in_) != 0
            ? result<void>{}
            : error{errc::wrong_state, subject_,
                  "expected no open transaction on the connection, as a page is one; end it first"};
    }
    [[nodiscard]] error ended() const {
        return {errc::wrong_state, subject_,
            "expected the transaction of the page, but it has ended; leave beginning and ending it "
            "to the cursor, and refuse a batch when a statement for it fails"};
    }
    [[nodiscard]] error trouble(std::string_view wanted) const {
        auto const primary = sqlite3_errcode(in_) & 255;
        auto const damaged = primary == SQLITE_CORRUPT || primary == SQLITE_NOTADB;
        return {damaged ? errc::corrupt : errc::unavailable, subject_,
            "expected " + std::string{wanted} + " (" + detail::sqlite_reason(in_) + "); " +
                (damaged                           ? "restore the database from a backup"
                        : detail::sqlite_busy(in_) ? "try again when the other writer is done"
                                                   : "see to the database, then try again")};
    }

    sqlite3* in_;
    std::string name_;
    std::string table_; ///< as SQL writes it
    std::string subject_;
    journal_head at_; ///< where the row stands, as far as is known
    bool within_ = false;
};
static_assert(transactional_cursor<sqlite_cursor>);

} // namespace koc
