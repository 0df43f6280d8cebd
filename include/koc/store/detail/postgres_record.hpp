// SPDX-License-Identifier: BSL-1.0
#pragma once

// A record to and from a row of the table of events. Many records are inserted by one statement,
// which gets each column as one array. The order of the columns is that of `postgres_columns`
// everywhere. A request id may hold any bytes, so its column is of bytes and not of text.

#include <koc/core/instant.hpp>
#include <koc/describe/described_enum.hpp>
#include <koc/journal/actor.hpp>
#include <koc/journal/concepts.hpp>
#include <koc/store/detail/postgres_values.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace koc::detail {

struct postgres_column {
    std::string_view name;
    postgres_type type;
    bool may_be_null;
};

inline constexpr postgres_column postgres_columns[] = {
    {"position", postgres_type::bigint, false},
    {"first", postgres_type::bigint, false},
    {"at_ms", postgres_type::bigint, false},
    {"told_ms", postgres_type::bigint, true},
    {"actor", postgres_type::text, false},
    {"actor_id", postgres_type::bigint, false},
    {"writer", postgres_type::bigint, false},
    {"request", postgres_type::bytea, true},
    {"command", postgres_type::bytea, true},
    {"type", postgres_type::text, false},
    {"version", postgres_type::bigint, false},
    {"payload", postgres_type::text, false},
    {"chain", postgres_type::bytea, false},
};

inline std::string_view name_in_sql(postgres_type type) {
    switch (type) {
    case postgres_type::bytea:
        return "bytea";
    case postgres_type::bigint:
        return "bigint";
    case postgres_type::integer:
        return "integer";
    case postgres_type::text:
        break;
    }
    return "text";
}

/// The names, separated by commas.
inline std::string postgres_column_list() {
    std::string list;
    for (auto const& column : postgres_columns) {
        (list += list.empty() ? "" : ", ") += column.name;
    }
    return list;
}

/// Of log `$1`: `$2` to `$14` are the columns. Nothing is inserted unless the log's head is at
/// position `$15` with chain `$16`, so a lost race ends without a complaint in the server's log.
inline std::string postgres_insert_sql(std::string const& schema) {
    std::string arrays;
    auto at = 2;
    for (auto const& column : postgres_columns) {
        ((arrays += arrays.empty() ? "$" : ", $") += std::to_string(at++)) += "::";
        (arrays += name_in_sql(column.type)) += "[]";
    }
    return "INSERT INTO " + schema + ".event (log, " + postgres_column_list() +
        ") SELECT $1::bigint, r.* FROM unnest(" + arrays + ") AS r(" + postgres_column_list() +
        ") WHERE EXISTS (SELECT FROM " + schema +
        ".head AS h WHERE h.log = $1 AND h.position = $15::bigint AND h.chain = $16::bytea)";
}

/// Of log `$1`: from position `$2` to before `$3`.
inline std::string postgres_select_sql(std::string const& schema) {
    return "SELECT " + postgres_column_list() + " FROM " + schema +
        ".event WHERE log = $1::bigint AND position >= $2::bigint AND position < $3::bigint "
        "ORDER BY position";
}

/// Adds the columns of the records. Ids of 64 bits are kept as the signed number of the same bits.
inline void add_records(postgres_values& to, std::span<log_record const> records) {
    std::vector<postgres_array> columns;
    for (auto const& column : postgres_columns) {
        columns.emplace_back(column.type);
    }
    for (auto const& record : records) {
        auto column = columns.begin();
        (column++)->add(record.position);
        (column++)->add(record.first);
        (column++)->add(static_cast<std::uint64_t>(record.at.ms));
        if (record.told) {
            (column++)->add(static_cast<std::uint64_t>(record.told->ms));
        } else {
            (column++)->add_nothing();
        }
        (column++)->add(std::string_view{name_of(record.by.kind)});
        (column++)->add(record.by.id);
        (column++)->add(record.writer.value());
        if (record.asked.id.empty()) {
            (column++)->add_nothing();
        } else {
            (column++)->add(std::string_view{record.asked.id});
        }
        if (record.asked.command == digest{}) {
            (column++)->add_nothing();
        } else {
            (column++)->add(std::string_view{postgres_bytes(record.asked.command)});
        }
        (column++)->add(std::string_view{record.type});
        (column++)->add(std::uint64_t{record.version});
        (column++)->add(std::string_view{record.payload});
        (column++)->add(std::string_view{postgres_bytes(record.chain)});
    }
    for (auto& column : columns) {
        to.add(std::move(column));
    }
}

/// Nothing for a row with a value of another form.
inline std::optional<log_record> record_in(postgres_row const& row) {
    auto const position = row.number(0);
    auto const first = row.number(1);
    auto const at = row.number(2);
    auto const told = row.number(3);
    auto const kind = actor_kind_from(row.text(4).value_or(""));
    auto const actor_id = row.number(5);
    auto const writer = row.number(6);
    auto const command = row.is_null(8) ? digest{} : row.fingerprint(8);
    auto const version = row.number(10);
    auto const chain = row.fingerprint(12);
    if (!position || !first || *first > *position || !at || (!told && !row.is_null(3)) || !kind ||
        !actor_id || !writer || !command || row.is_null(9) || !version ||
        !std::in_range<unsigned>(*version) || row.is_null(11) || !chain) {
        return std::nullopt;
    }
    log_record record;
    record.position = *position;
    record.first = *first;
    record.at = instant{static_cast<std::int64_t>(*at)};
    if (told) {
        record.told = instant{static_cast<std::int64_t>(*told)};
    }
    record.by = {*kind, *actor_id};
    record.writer = writer_id{*writer};
    record.asked = {row.text(7).value_or(""), *command};
    record.type = row.bytes(9);
    record.version = static_cast<unsigned>(*version);
    record.payload = row.bytes(11);
    record.chain = *chain;
    return record;
}

} // namespace koc::detail
