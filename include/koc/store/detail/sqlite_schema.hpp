// SPDX-License-Identifier: BSL-1.0
#pragma once

// The tables and triggers of a journal file: made in an empty file, compared in any other. Tables
// and views of other programs are left alone. Whatever else belongs to the journal's own tables,
// such as an index, a trigger or one more column, is refused by name with the statement that
// removes it.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/store/detail/sqlite.hpp>
#include <koc/store/detail/sqlite_record.hpp>

#include <sqlite3.h>

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace koc::detail {

/// The `application_id` of a journal file: "kocj".
inline constexpr std::int64_t journal_application = 0x6b6f636a;
/// The `user_version` of a journal file.
inline constexpr std::int64_t journal_format = 2;

/// One table or trigger of a journal.
struct schema_object {
    std::string_view type;
    std::string_view name;
    std::string_view sql;
    std::span<std::string_view const> columns; ///< of a table
};

inline constexpr std::string_view head_columns[] = {"position", "chain"};
inline constexpr schema_object journal_schema[] = {
    {"table", "event", event_table_sql, record_columns},
    // One row that says where the events end, so that losing the last ones is noticed.
    {"table", "head",
        "CREATE TABLE head (\n"
        "  position INTEGER NOT NULL,\n"
        "  chain    BLOB NOT NULL\n"
        ") STRICT",
        head_columns},
    // For other SQL clients: a corrected row would be a corrupt one.
    {"trigger", "event_stays_as_written",
        "CREATE TRIGGER event_stays_as_written BEFORE UPDATE ON event BEGIN\n"
        "  SELECT RAISE(ABORT, 'recorded events are never changed'); END",
        {}},
    {"trigger", "event_stays_in_place",
        "CREATE TRIGGER event_stays_in_place BEFORE DELETE ON event BEGIN\n"
        "  SELECT RAISE(ABORT, 'recorded events are never deleted'); END",
        {}},
};

/// The statements that turn an empty file into a journal, for use within a transaction.
inline std::string make_journal_sql() {
    auto made = "PRAGMA application_id=" + std::to_string(journal_application) +
        ";PRAGMA user_version=" + std::to_string(journal_format) + ';';
    for (auto const& object : journal_schema) {
        (made += object.sql) += ';';
    }
    return made + "INSERT INTO head VALUES (0, zeroblob(16))";
}

enum class file_contents : unsigned char { nothing, journal };

inline error something_else(std::string const& subject) {
    return {errc::wrong_state, subject,
        "expected a journal or no file, found something else; choose another path"};
}

/// What is in the file, by reading alone. Refuses everything that is neither empty nor a journal
/// of this format.
class schema_check {
public:
    schema_check(sqlite3* db, std::string const& subject) : db_{db}, subject_{subject} {}

    result<file_contents> contents() {
        auto const marks = prepared(db_,
            "SELECT application_id, user_version FROM pragma_application_id, pragma_user_version");
        if (!marks) {
            return unreadable();
        }
        sqlite_use mark{marks};
        if (mark.step() != SQLITE_ROW) {
            return unreadable();
        }
        auto const id = mark.integer(0).value_or(0);
        auto const version = mark.integer(1).value_or(0);
        if (auto const read = read_objects(); !read) {
            return read.error();
        }
        if (id == 0 && version == 0 && found_.empty()) {
            return file_contents::nothing;
        }
        if (id != journal_application || version < 1) {
            return something_else(subject_);
        }
        if (version < journal_format) {
            return refused("expected a journal of format " + std::to_string(journal_format) +
                ", found format 1, which was never released; begin a new journal at another path");
        }
        if (version > journal_format) {
            return refused("expected a journal of format " + std::to_string(journal_format) +
                ", found a newer one; open it with a newer release");
        }
        if (auto const added = nothing_added(); !added) {
            return added.error();
        }
        for (auto const& object : journal_schema) {
            if (auto const same = unchanged(object); !same) {
                return same.error();
            }
        }
        return file_contents::journal;
    }

private:
    struct found_object {
        std::string type;
        std::string name;
        std::string table;
        std::string sql;
    };

    result<void> read_objects() {
        auto const schema =
            prepared(db_, "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY rowid");
        if (!schema) {
            return unreadable();
        }
        sqlite_use rows{schema};
        auto got = rows.step();
        for (; got == SQLITE_ROW; got = rows.step()) {
            auto const text = [&](int at) { return std::string{rows.text(at).value_or("")}; };
            found_.push_back({text(0), text(1), text(2), text(3)});
        }
        return got == SQLITE_DONE ? result<void>{} : unreadable();
    }

    /// Refuses an index or trigger of others on a table of the journal.
    result<void> nothing_added() const {
        for (auto const& it : found_) {
            auto const ours = std::any_of(
                std::begin(journal_schema), std::end(journal_schema), [&](auto const& object) {
                    return it.type == object.type && it.name == object.name;
                });
            auto const attached = sqlite3_stricmp(it.table.c_str(), "event") == 0 ||
                sqlite3_stricmp(it.table.c_str(), "head") == 0;
            if (!ours && attached && (it.type == "index" || it.type == "trigger")) {
                return refused("expected nothing of others on the journal's tables, found " +
                    it.type + ' ' + it.name + "; run " +
                    (it.type == "index" ? "DROP INDEX " : "DROP TRIGGER ") + sql_name(it.name));
            }
        }
        return {};
    }

    result<void> unchanged(schema_object const& wanted) const {
        auto const what = std::string{wanted.type} + ' ' + std::string{wanted.name};
        auto const at = std::find_if(found_.begin(), found_.end(),
            [&](auto const& it) { return it.type == wanted.type && it.name == wanted.name; });
        if (wanted.type == "table") {
            return at == found_.end()                 ? beyond_repair(what + ", which is missing")
                : dense(at->sql) == dense(wanted.sql) ? result<void>{}
                                                      : changed_table(wanted, what);
        }
        if (at == found_.end()) {
            return refused(
                "expected " + what + ", which is missing; run " + std::string{wanted.sql});
        }
        return at->sql == wanted.sql
            ? result<void>{}
            : refused("expected " + what + " as it was made, found another; run DROP TRIGGER " +
                  sql_name(wanted.name) + " and open the journal again");
    }

    [[nodiscard]] error changed_table(schema_object const& wanted, std::string const& what) const {
        std::vector<std::string> columns;
        auto const all = prepared(db_,
            "SELECT name FROM pragma_table_xinfo('" + std::string{wanted.name} + "') ORDER BY cid");
        if (all) {
            sqlite_use rows{all};
            while (rows.step() == SQLITE_ROW) {
                columns.emplace_back(rows.text(0).value_or(""));
            }
        }
        for (auto const& column : columns) {
            if (std::find(wanted.columns.begin(), wanted.columns.end(), column) !=
                wanted.columns.end()) {
                continue;
            }
            auto const which = "column " + column + " of " + what;
            if (columns.size() > wanted.columns.size()) {
                return refused("expected no column of others, found " + which +
                    "; run ALTER TABLE " + std::string{wanted.name} + " DROP COLUMN " +
                    sql_name(column));
            }
            return beyond_repair(what + " with its own columns, found " + which);
        }
        return beyond_repair(what + " as it was made, found it altered");
    }

    [[nodiscard]] error beyond_repair(std::string const& wanted) const {
        return refused(
            "expected " + wanted + "; restore the journal from a backup or choose another path");
    }
    [[nodiscard]] error refused(std::string expected) const {
        return {errc::wrong_state, subject_, std::move(expected)};
    }
    [[nodiscard]] error unreadable() const {
        return (sqlite3_errcode(db_) & 255) == SQLITE_NOTADB
            ? something_else(subject_)
            : sqlite_trouble(db_, subject_, "the file to be readable");
    }

    /// Without white space, which SQLite changes when a column is dropped.
    static std::string dense(std::string_view sql) {
        std::string text;
        std::copy_if(sql.begin(), sql.end(), std::back_inserter(text),
            [](char letter) { return letter != ' ' && letter != '\n'; });
        return text;
    }

    sqlite3* db_;
    std::string const& subject_;
    std::vector<found_object> found_;
};

} // namespace koc::detail
