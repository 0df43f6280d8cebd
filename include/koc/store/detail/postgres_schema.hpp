// SPDX-License-Identifier: BSL-1.0
#pragma once

// The tables and triggers of journals in a PostgreSQL schema: the statements that make them, and
// the check that they are as they were made. A comment on the table of events says which format it
// has. Other tables in the same schema are left alone; whatever else belongs to the journal's own
// tables, such as a trigger or one more column, is refused by name.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/text.hpp>
#include <koc/store/detail/postgres_connection.hpp>
#include <koc/store/detail/postgres_record.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace koc::detail {

/// What the comment on the table of events says, with a number behind it.
inline constexpr std::string_view postgres_mark = "koc journal, format ";
inline constexpr std::string_view postgres_format = "2";
/// Held while the tables are made, so that of several programs one makes them: "kocj".
inline constexpr std::string_view postgres_making_lock = "1802462058";

inline constexpr std::string_view postgres_stays_body =
    "BEGIN RAISE EXCEPTION 'recorded events are never changed or deleted'; END";

/// One trigger of a journal: its name, its table, and the rest of the statement that makes it.
struct postgres_trigger {
    std::string_view name;
    std::string_view table;
    std::string_view when;
};
inline constexpr postgres_trigger postgres_triggers[] = {
    {"event_stays_as_written", "event", "BEFORE DELETE OR UPDATE ON %.event FOR EACH ROW"},
    {"event_stays_in_place", "event", "BEFORE TRUNCATE ON %.event FOR EACH STATEMENT"},
    {"head_moves_on", "head",
        "BEFORE UPDATE ON %.head FOR EACH ROW WHEN (new.log <> old.log OR new.name <> old.name OR "
        "new.\"position\" <= old.\"position\")"},
    {"head_stays", "head", "BEFORE DELETE ON %.head FOR EACH ROW"},
    {"head_stays_in_place", "head", "BEFORE TRUNCATE ON %.head FOR EACH STATEMENT"},
};

/// A schema's name as SQL writes it.
inline std::string sql_schema(std::string const& name) { return '"' + name + '"'; }

/// `schema` is written as SQL writes it, here and below.
inline std::string in_schema(std::string_view sql, std::string const& schema) {
    std::string text;
    for (auto const letter : sql) {
        letter == '%' ? text += schema : text += letter;
    }
    return text;
}

inline std::string make_trigger_sql(postgres_trigger const& it, std::string const& schema) {
    return "CREATE TRIGGER " + std::string{it.name} + ' ' + in_schema(it.when, schema) +
        " EXECUTE FUNCTION " + schema + ".stays_as_written()";
}

/// For use within a transaction.
inline std::string make_tables_sql(std::string const& schema) {
    std::string columns;
    for (auto const& column : postgres_columns) {
        ((columns += "  ") += column.name) += ' ';
        (columns += name_in_sql(column.type)) += column.may_be_null ? ",\n" : " NOT NULL,\n";
    }
    auto sql = "CREATE SCHEMA IF NOT EXISTS " + schema + ";\nCREATE TABLE " + schema +
        ".head (\n  log bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,\n"
        "  name text COLLATE \"C\" NOT NULL UNIQUE,\n"
        "  position bigint NOT NULL,\n  chain bytea NOT NULL\n) WITH (fillfactor = 50);\n"
        "CREATE TABLE " +
        schema + ".event (\n  log bigint NOT NULL,\n" + columns +
        "  PRIMARY KEY (log, position)\n);\nCREATE FUNCTION " + schema +
        ".stays_as_written() RETURNS trigger LANGUAGE plpgsql AS $$" +
        std::string{postgres_stays_body} + "$$;\n";
    for (auto const& trigger : postgres_triggers) {
        sql += make_trigger_sql(trigger, schema) + ";\n";
    }
    return sql + "COMMENT ON TABLE " + schema + ".event IS '" + std::string{postgres_mark} +
        std::string{postgres_format} + "'";
}

enum class postgres_contents : unsigned char { nothing, journals };

/// What is in the schema, by reading alone. Refuses tables of these names that are not a journal's,
/// and a journal's that are of another format or were changed by others.
class postgres_check {
public:
    postgres_check(postgres_connection& in, std::string const& schema, std::string const& subject)
        : in_{in}, schema_{schema}, subject_{subject} {}

    result<postgres_contents> contents(time_limit limit) {
        auto const got = in_.script(describe_sql(), limit);
        if (!got || got->empty() || failed(got->front().get())) {
            auto const why = got && !got->empty() ? complaint(got->front().get()) : in_.reason();
            return error{errc::unavailable, subject_,
                "expected the database's catalogue to be readable (" + why +
                    "); see to the server, then try again"};
        }
        std::string mark;
        for (int row = 0; row < PQntuples(got->front().get()); ++row) {
            std::string line = PQgetvalue(got->front().get(), row, 0);
            if (line.starts_with("comment ")) {
                mark = line.substr(8);
            } else {
                found_.push_back(std::move(line));
            }
        }
        if (found_.empty()) {
            return postgres_contents::nothing;
        }
        if (!mark.starts_with(postgres_mark)) {
            return refused("expected journals in schema " + schema_ +
                ", or no tables named event and head, found something else; choose another schema");
        }
        if (auto const number = mark.substr(postgres_mark.size()); number != postgres_format) {
            return refused("expected journals of format " + std::string{postgres_format} +
                ", found format " + koc::quoted(number) + "; open them with a newer release");
        }
        return compare();
    }

private:
    [[nodiscard]] std::string describe_sql() const {
        auto const ours = " c.relnamespace = to_regnamespace('" + schema_ +
            "') AND c.relname IN ('event', 'head')";
        return "SELECT 'comment ' || obj_description(c.oid, 'pg_class') FROM pg_class c WHERE" +
            ours +
            " AND c.relname = 'event' AND obj_description(c.oid, 'pg_class') IS NOT NULL"
            " UNION ALL SELECT 'table ' || c.relname || ' ' || c.relkind::text FROM pg_class c "
            "WHERE" +
            ours +
            " UNION ALL SELECT 'column ' || a.attname || ' of ' || c.relname || ' ' || "
            "format_type(a.atttypid, a.atttypmod) || CASE WHEN a.attnotnull THEN ' not null' ELSE "
            "'' END FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid WHERE a.attnum > 0 "
            "AND NOT a.attisdropped AND c.relkind = 'r' AND" +
            ours +
            " UNION ALL SELECT 'index on ' || c.relname || ' (' || (SELECT string_agg(a.attname, "
            "', ' ORDER BY a.attnum) FROM pg_attribute a WHERE a.attrelid = i.indexrelid) || ')' "
            "|| CASE WHEN i.indisvalid AND i.indisunique THEN ' unique' ELSE '' END FROM pg_class "
            "c JOIN pg_index i ON i.indrelid = c.oid WHERE" +
            ours +
            " UNION ALL SELECT 'trigger ' || t.tgname || ' on ' || c.relname || ': ' || "
            "t.tgenabled::text || ' ' || pg_get_triggerdef(t.oid) FROM pg_class c JOIN pg_trigger "
            "t ON "
            "t.tgrelid = c.oid WHERE NOT t.tgisinternal AND" +
            ours +
            " UNION ALL SELECT 'rule ' || r.rulename || ' on ' || c.relname FROM pg_class c JOIN "
            "pg_rewrite r ON r.ev_class = c.oid WHERE" +
            ours +
            " UNION ALL SELECT 'function stays_as_written: ' || p.prosrc FROM pg_proc p WHERE "
            "p.proname = 'stays_as_written' AND p.pronamespace = to_regnamespace('" +
            schema_ + "') AND EXISTS (SELECT FROM pg_class c WHERE" + ours + ')';
    }

    [[nodiscard]] std::vector<std::string> wanted() const {
        std::vector<std::string> lines{"table event r", "table head r",
            "column log of event bigint not null", "column log of head bigint not null",
            "column name of head text not null", "column position of head bigint not null",
            "column chain of head bytea not null", "index on event (log, position) unique",
            "index on head (log) unique", "index on head (name) unique",
            "function stays_as_written: " + std::string{postgres_stays_body}};
        for (auto const& column : postgres_columns) {
            lines.push_back("column " + std::string{column.name} + " of event " +
                std::string{name_in_sql(column.type)} + (column.may_be_null ? "" : " not null"));
        }
        for (auto const& trigger : postgres_triggers) {
            lines.push_back("trigger " + std::string{trigger.name} + " on " +
                std::string{trigger.table} + ": O " +
                make_trigger_sql(trigger, sql_schema(schema_)));
        }
        return lines;
    }

    [[nodiscard]] result<postgres_contents> compare() const {
        auto const all = wanted();
        auto const in = [](std::vector<std::string> const& lines, std::string const& line) {
            return std::find(lines.begin(), lines.end(), plain(line)) != lines.end();
        };
        std::vector<std::string> here;
        std::vector<std::string> made;
        std::transform(found_.begin(), found_.end(), std::back_inserter(here), plain);
        std::transform(all.begin(), all.end(), std::back_inserter(made), plain);
        for (auto const& line : found_) {
            // An index or rule cannot change what was recorded, but it can hide or refuse rows.
            if (!in(made, line)) {
                return refused(
                    "expected nothing of others on the tables event and head of schema " + schema_ +
                    ", found " + koc::quoted(line) +
                    "; undo it, or restore the database from a backup");
            }
        }
        for (auto const& line : all) {
            if (!in(here, line)) {
                return refused("expected " + koc::quoted(line) + " in schema " + schema_ +
                    ", which is missing; make it again, or restore the database from a backup");
            }
        }
        return postgres_contents::journals;
    }

    /// Without what releases of the server write differently: quotes, brackets and case.
    static std::string plain(std::string const& line) {
        std::string text;
        for (auto const letter : line) {
            if (letter != '"' && letter != '(' && letter != ')') {
                text += letter;
            }
        }
        return text;
    }

    [[nodiscard]] error refused(std::string expected) const {
        return {errc::wrong_state, subject_, std::move(expected)};
    }

    postgres_connection& in_;
    std::string const& schema_;
    std::string const& subject_;
    std::vector<std::string> found_;
};

} // namespace koc::detail
