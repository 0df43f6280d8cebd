// SPDX-License-Identifier: BSL-1.0
#pragma once

// SQLite's C API as far as a log needs it: owned connections and statements, typed columns, the
// safe configuration and the wording of failures. Reading a column never converts: a value of
// another type than the table was written with is a sign of damage, and comes out as nothing.

#include <koc/core/error.hpp>
#include <koc/core/instant.hpp>
#include <koc/describe/digest.hpp>

#include <sqlite3.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace koc::detail {

/// How long to wait for another writer before giving up, in milliseconds.
inline constexpr int sqlite_patience_ms = 5'000;
/// The longest payload, in bytes.
inline constexpr std::size_t sqlite_payload_length_max = 64U << 20U;

struct sqlite_closer {
    void operator()(sqlite3* it) const { sqlite3_close_v2(it); }
    void operator()(sqlite3_stmt* it) const { sqlite3_finalize(it); }
};
using sqlite_connection = std::unique_ptr<sqlite3, sqlite_closer>;
using sqlite_statement = std::unique_ptr<sqlite3_stmt, sqlite_closer>;

/// Ends a statement's read transaction wherever its user leaves.
class sqlite_use {
public:
    explicit sqlite_use(sqlite_statement const& it) : it_{it.get()} {}
    sqlite_use(sqlite_use const&) = delete;
    sqlite_use& operator=(sqlite_use const&) = delete;
    ~sqlite_use() {
        sqlite3_reset(it_);
        sqlite3_clear_bindings(it_);
    }

    /// Fails, and does nothing, where a value could not be bound: it would be null.
    int step() { return bound_ == SQLITE_OK ? sqlite3_step(it_) : bound_; }

    void bind(int at, std::uint64_t number) {
        note(sqlite3_bind_int64(it_, at, static_cast<sqlite3_int64>(number)));
    }
    void bind(int at, instant when) { note(sqlite3_bind_int64(it_, at, when.ms)); }
    /// The text must outlive the step.
    void bind(int at, std::string_view text) {
        note(sqlite3_bind_text64(it_, at, text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8));
    }
    void bind(int at, digest const& it) {
        std::array<unsigned char, 16> bytes{};
        for (unsigned i = 0; i < 8; ++i) {
            bytes[i] = static_cast<unsigned char>(it.high >> (56 - 8 * i) & 255U);
            bytes[i + 8] = static_cast<unsigned char>(it.low >> (56 - 8 * i) & 255U);
        }
        note(sqlite3_bind_blob(it_, at, bytes.data(), 16, SQLITE_TRANSIENT));
    }

    // Type and length are read with sqlite3_column_value and sqlite3_value_*, which cost half of
    // sqlite3_column_*, as they allocate nothing. The value is unprotected, which is safe as a
    // connection has one user at a time.

    [[nodiscard]] bool is_null(int at) const {
        return sqlite3_value_type(sqlite3_column_value(it_, at)) == SQLITE_NULL;
    }
    [[nodiscard]] std::optional<std::int64_t> integer(int at) const {
        auto* const value = sqlite3_column_value(it_, at);
        return sqlite3_value_type(value) == SQLITE_INTEGER
            ? std::optional<std::int64_t>{sqlite3_value_int64(value)}
            : std::nullopt;
    }
    /// Good until the next step.
    [[nodiscard]] std::optional<std::string_view> text(int at) const {
        auto* const value = sqlite3_column_value(it_, at);
        if (sqlite3_value_type(value) != SQLITE_TEXT) {
            return std::nullopt;
        }
        auto const* const bytes = reinterpret_cast<char const*>(sqlite3_column_text(it_, at));
        auto const size = static_cast<std::size_t>(sqlite3_value_bytes(value));
        return bytes ? std::optional{std::string_view{bytes, size}} : std::nullopt;
    }
    [[nodiscard]] std::optional<digest> fingerprint(int at) const {
        auto* const value = sqlite3_column_value(it_, at);
        if (sqlite3_value_type(value) != SQLITE_BLOB || sqlite3_value_bytes(value) != 16) {
            return std::nullopt;
        }
        auto const* const bytes = static_cast<unsigned char const*>(sqlite3_column_blob(it_, at));
        return bytes ? std::optional{digest{big_endian(bytes), big_endian(bytes + 8)}}
                     : std::nullopt;
    }

private:
    static std::uint64_t big_endian(unsigned char const* bytes) {
        std::uint64_t number = 0;
        for (unsigned i = 0; i < 8; ++i) {
            number = number << 8U | bytes[i];
        }
        return number;
    }
    void note(int bound) { bound_ = bound_ == SQLITE_OK ? bound : bound_; }

    sqlite3_stmt* it_;
    int bound_ = SQLITE_OK;
};

/// A name as SQL writes it.
inline std::string sql_name(std::string_view name) {
    std::string quoted = "\"";
    for (auto const letter : name) {
        quoted += letter;
        if (letter == '"') {
            quoted += letter;
        }
    }
    return quoted + '"';
}

inline bool execute(sqlite3* db, char const* sql) {
    return sqlite3_exec(db, sql, nullptr, nullptr, nullptr) == SQLITE_OK;
}

/// Empty when SQLite refuses the text.
inline sqlite_statement prepared(sqlite3* db, std::string_view sql, unsigned flags = 0) {
    sqlite3_stmt* raw = nullptr;
    sqlite3_prepare_v3(db, sql.data(), static_cast<int>(sql.size()), flags, &raw, nullptr);
    return sqlite_statement{raw};
}

/// The first column of the first row; empty where there is none.
inline std::string first_text(sqlite3* db, char const* sql) {
    auto const statement = prepared(db, sql);
    if (!statement) {
        return {};
    }
    sqlite_use row{statement};
    return row.step() == SQLITE_ROW ? std::string{row.text(0).value_or("")} : std::string{};
}

/// What SQLite last complained about.
inline std::string sqlite_reason(sqlite3* db) { return db ? sqlite3_errmsg(db) : "out of memory"; }

inline bool sqlite_busy(sqlite3* db) {
    auto const primary = sqlite3_errcode(db) & 255;
    return primary == SQLITE_BUSY || primary == SQLITE_LOCKED;
}

/// The refusal for what SQLite last complained about, before anything could have been committed.
inline error sqlite_trouble(sqlite3* db, std::string const& subject, std::string_view wanted) {
    auto const primary = sqlite3_errcode(db) & 255;
    auto const damaged = primary == SQLITE_CORRUPT || primary == SQLITE_NOTADB;
    return {damaged ? errc::corrupt : errc::unavailable, subject,
        "expected " + std::string{wanted} + " (" + sqlite_reason(db) + "); " +
            (damaged ? "restore the journal from a backup"
                    : sqlite_busy(db)
                    ? "try again when the other writer is done"
                    : "see to the disk and the file's permissions, then try again")};
}

/// Configures a connection as https://sqlite.org/security.html advises for files from outside.
/// The limits leave room for the tables and views that other programs add to the file. The
/// write-ahead log is never removed when the connection is closed.
inline void harden(sqlite3* db) {
    sqlite3_extended_result_codes(db, 1);
    sqlite3_busy_timeout(db, sqlite_patience_ms);
    for (auto [option, value] :
        {std::pair{SQLITE_DBCONFIG_DEFENSIVE, 1}, {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
            {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0}, {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0},
            {SQLITE_DBCONFIG_ENABLE_VIEW, 0}, {SQLITE_DBCONFIG_DQS_DML, 0},
            {SQLITE_DBCONFIG_DQS_DDL, 0}, {SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1}}) {
        sqlite3_db_config(db, option, value, nullptr);
    }
    for (auto [limit, value] :
        {std::pair{SQLITE_LIMIT_LENGTH, static_cast<int>(sqlite_payload_length_max) + (1 << 16)},
            {SQLITE_LIMIT_SQL_LENGTH, 100'000}, {SQLITE_LIMIT_EXPR_DEPTH, 100},
            {SQLITE_LIMIT_COMPOUND_SELECT, 50}, {SQLITE_LIMIT_VDBE_OP, 25'000},
            {SQLITE_LIMIT_ATTACHED, 0}, {SQLITE_LIMIT_VARIABLE_NUMBER, 20},
            {SQLITE_LIMIT_TRIGGER_DEPTH, 10}}) {
        sqlite3_limit(db, limit, value);
    }
    execute(db, "PRAGMA mmap_size=0");
    execute(db, "PRAGMA cell_size_check=ON");
}

} // namespace koc::detail
