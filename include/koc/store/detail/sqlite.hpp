// SPDX-License-Identifier: BSL-1.0
#pragma once

// The few calls of SQLite's C API that a log needs, owned and typed. Reading a column never
// converts: a value of another type than the table was written with is a sign of damage, and
// comes out as nothing.

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

namespace koc::detail {

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

    int step() { return sqlite3_step(it_); }

    void bind(int at, std::uint64_t number) {
        sqlite3_bind_int64(it_, at, static_cast<sqlite3_int64>(number));
    }
    void bind(int at, instant when) { sqlite3_bind_int64(it_, at, when.ms); }
    /// The text must outlive the step.
    void bind(int at, std::string_view text) {
        sqlite3_bind_text64(it_, at, text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8);
    }
    void bind(int at, digest const& it) {
        std::array<unsigned char, 16> bytes{};
        for (unsigned i = 0; i < 8; ++i) {
            bytes[i] = static_cast<unsigned char>(it.high >> (56 - 8 * i) & 255U);
            bytes[i + 8] = static_cast<unsigned char>(it.low >> (56 - 8 * i) & 255U);
        }
        sqlite3_bind_blob(it_, at, bytes.data(), 16, SQLITE_TRANSIENT);
    }

    [[nodiscard]] bool is_null(int at) const { return sqlite3_column_type(it_, at) == SQLITE_NULL; }
    [[nodiscard]] std::optional<std::int64_t> integer(int at) const {
        return sqlite3_column_type(it_, at) == SQLITE_INTEGER
            ? std::optional<std::int64_t>{sqlite3_column_int64(it_, at)}
            : std::nullopt;
    }
    [[nodiscard]] std::optional<std::string> text(int at) const {
        if (sqlite3_column_type(it_, at) != SQLITE_TEXT) {
            return std::nullopt;
        }
        auto const* const bytes = reinterpret_cast<char const*>(sqlite3_column_text(it_, at));
        auto const size = static_cast<std::size_t>(sqlite3_column_bytes(it_, at));
        return bytes ? std::optional{std::string{bytes, size}} : std::nullopt;
    }
    [[nodiscard]] std::optional<digest> fingerprint(int at) const {
        if (sqlite3_column_type(it_, at) != SQLITE_BLOB || sqlite3_column_bytes(it_, at) != 16) {
            return std::nullopt;
        }
        auto const* const bytes = static_cast<unsigned char const*>(sqlite3_column_blob(it_, at));
        digest read;
        for (unsigned i = 0; i < 8; ++i) {
            read.high = read.high << 8U | bytes[i];
            read.low = read.low << 8U | bytes[i + 8];
        }
        return read;
    }

private:
    sqlite3_stmt* it_;
};

} // namespace koc::detail
