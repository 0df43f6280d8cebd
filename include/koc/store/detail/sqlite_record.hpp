// SPDX-License-Identifier: BSL-1.0
#pragma once

// The columns of a record: the table of events, and a record to and from a row of it. The order
// of the columns is that of `record_columns` everywhere.

#include <koc/core/instant.hpp>
#include <koc/describe/digest.hpp>
#include <koc/journal/concepts.hpp>
#include <koc/store/detail/sqlite.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace koc::detail {

inline constexpr char const* event_table_sql = "CREATE TABLE event (\n"
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

inline constexpr std::array<std::string_view, 9> record_columns{
    "position", "batch", "at_ms", "request", "command", "type", "version", "payload", "chain"};

/// The names, separated by commas.
inline std::string record_column_list() {
    std::string list;
    for (auto const name : record_columns) {
        list += list.empty() ? "" : ", ";
        list += name;
    }
    return list;
}

inline std::string insert_record_sql() {
    std::string values;
    for (std::size_t i = 1; i <= record_columns.size(); ++i) {
        values += (i == 1 ? "?" : ", ?") + std::to_string(i);
    }
    return "INSERT INTO event (" + record_column_list() + ") VALUES (" + values + ")";
}

/// Of `?2` records from position `?1` on.
inline std::string select_records_sql() {
    return "SELECT " + record_column_list() +
        " FROM event WHERE position >= ?1 ORDER BY position LIMIT ?2";
}

/// The record must outlive the step.
inline void bind_record(sqlite_use& row, log_record const& record) {
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
}

/// Nothing for a row with a value of another form.
inline std::optional<log_record> record_in(sqlite_use const& row) {
    auto const position = row.integer(0);
    auto const batch = row.integer(1);
    auto const at = row.integer(2);
    auto const asked = row.is_null(3) ? std::string{} : row.text(3);
    auto const command = row.is_null(4) ? digest{} : row.fingerprint(4);
    auto const type = row.text(5);
    auto const version = row.integer(6);
    auto payload = row.text(7);
    auto const chain = row.fingerprint(8);
    if (!position || *position < 0 || !batch || *batch < 0 || *batch > *position || !at || !asked ||
        !command || !type || !version || !std::in_range<unsigned>(*version) || !payload || !chain) {
        return std::nullopt;
    }
    return log_record{static_cast<std::uint64_t>(*position), static_cast<std::uint64_t>(*batch),
        instant{*at}, {*asked, *command}, *type, static_cast<unsigned>(*version),
        *std::move(payload), *chain};
}

} // namespace koc::detail
