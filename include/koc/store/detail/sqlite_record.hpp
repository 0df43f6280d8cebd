// SPDX-License-Identifier: BSL-1.0
#pragma once

// The columns of a record: the table of events, and a record to and from a row of it. The order
// of the columns is that of `record_columns` everywhere.

#include <koc/core/instant.hpp>
#include <koc/describe/described_enum.hpp>
#include <koc/describe/digest.hpp>
#include <koc/journal/actor.hpp>
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
                                               "  first    INTEGER NOT NULL,\n"
                                               "  at_ms    INTEGER NOT NULL,\n"
                                               "  told_ms  INTEGER,\n"
                                               "  actor    TEXT NOT NULL,\n"
                                               "  actor_id INTEGER NOT NULL,\n"
                                               "  writer   INTEGER NOT NULL,\n"
                                               "  request  TEXT,\n"
                                               "  command  BLOB,\n"
                                               "  type     TEXT NOT NULL,\n"
                                               "  version  INTEGER NOT NULL,\n"
                                               "  payload  TEXT NOT NULL,\n"
                                               "  chain    BLOB NOT NULL\n"
                                               ") STRICT";

inline constexpr std::array<std::string_view, 13> record_columns{"position", "first", "at_ms",
    "told_ms", "actor", "actor_id", "writer", "request", "command", "type", "version", "payload",
    "chain"};

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

/// The record must outlive the step. Ids of 64 bits are kept as the signed number of the same bits.
inline void bind_record(sqlite_use& row, log_record const& record) {
    row.bind(1, record.position);
    row.bind(2, record.first);
    row.bind(3, record.at);
    if (record.told) {
        row.bind(4, *record.told);
    }
    row.bind(5, name_of(record.by.kind));
    row.bind(6, record.by.id);
    row.bind(7, record.writer.value());
    if (!record.asked.id.empty()) {
        row.bind(8, record.asked.id);
    }
    if (record.asked.command != digest{}) {
        row.bind(9, record.asked.command);
    }
    row.bind(10, record.type);
    row.bind(11, std::uint64_t{record.version});
    row.bind(12, record.payload);
    row.bind(13, record.chain);
}

/// Fills a record; false, and the record is as it was, for a row with a value of another form.
inline bool read_record(sqlite_use const& row, log_record& into) {
    auto const position = row.integer(0);
    auto const first = row.integer(1);
    auto const at = row.integer(2);
    auto const untold = row.is_null(3);
    auto const told = untold ? std::nullopt : row.integer(3);
    auto const kind = actor_kind_from(row.text(4).value_or(""));
    auto const actor_id = row.integer(5);
    auto const writer = row.integer(6);
    auto const asked = row.is_null(7) ? "" : row.text(7);
    auto const command = row.is_null(8) ? digest{} : row.fingerprint(8);
    auto const type = row.text(9);
    auto const version = row.integer(10);
    auto const payload = row.text(11);
    auto const chain = row.fingerprint(12);
    if (!position || *position < 0 || !first || *first < 0 || *first > *position || !at ||
        (!told && !untold) || !kind || !actor_id || !writer || !asked || !command || !type ||
        !version || !std::in_range<unsigned>(*version) || !payload || !chain) {
        return false;
    }
    into.position = static_cast<std::uint64_t>(*position);
    into.first = static_cast<std::uint64_t>(*first);
    into.at = instant{*at};
    into.told.reset();
    if (told) {
        into.told = instant{*told};
    }
    into.by = {*kind, static_cast<std::uint64_t>(*actor_id)};
    into.writer = writer_id{static_cast<std::uint64_t>(*writer)};
    into.asked.id = *asked;
    into.asked.command = *command;
    into.type = *type;
    into.version = static_cast<unsigned>(*version);
    into.payload = *payload;
    into.chain = *chain;
    return true;
}

} // namespace koc::detail
