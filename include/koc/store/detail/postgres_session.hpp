// SPDX-License-Identifier: BSL-1.0
#pragma once

// A connection that is ready for one log: to a server that keeps what it acknowledges, set up so
// that nothing waits for ever, with the log's number looked up and the statements prepared. When a
// log connects again, it does so to the same cluster and never to an earlier timeline of it: after
// a standby was promoted, the old primary is refused.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/text.hpp>
#include <koc/store/detail/postgres_connection.hpp>
#include <koc/store/detail/postgres_record.hpp>
#include <koc/store/detail/postgres_schema.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace koc {

/// How a log uses its server.
struct postgres_options {
    /// How long to wait for each host of the connection string; libpq waits at least two seconds.
    static constexpr std::chrono::milliseconds connect_timeout{5'000};
    /// How long to wait for the writer before us.
    static constexpr std::chrono::milliseconds lock_timeout{5'000};
    /// How long to wait for an answer of the server, its commit to disk and standby included.
    static constexpr std::chrono::milliseconds answer_timeout{20'000};
    /// How often who waits in `wait_beyond` looks without having been notified.
    static constexpr std::chrono::milliseconds look_interval{100};

    std::string schema = "koc"; ///< lower-case letters, digits and underscores; made if missing
    bool make = true;           ///< false refuses a log that does not exist yet
    /// Whether an append wakes those who wait in `wait_beyond`. All commits that notify queue for
    /// one lock of the server, so hosts with many busy logs on it switch this off; they are waited
    /// for by looking every `look_every`.
    bool notify = true;
    std::chrono::milliseconds connect_within = connect_timeout;
    std::chrono::milliseconds lock_within = lock_timeout;
    std::chrono::milliseconds answer_within = answer_timeout;
    /// Long where all writers notify: a look then only finds a server that is gone without a word.
    std::chrono::milliseconds look_every = look_interval;
};

} // namespace koc

namespace koc::detail {

/// What a log must find again when it connects again.
struct postgres_cluster {
    std::string system;   ///< the number that a cluster gets when it is made
    std::string timeline; ///< 8 hexadecimal digits, higher after each promotion

    friend bool operator==(postgres_cluster const&, postgres_cluster const&) = default;
};

/// Small letters, digits and `also`, not beginning with one of `also`.
inline bool plain_name(std::string_view name, std::string_view also) {
    auto const good = [&](char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') ||
            also.find(letter) != std::string_view::npos;
    };
    return !name.empty() && name.size() <= 63 && std::all_of(name.begin(), name.end(), good) &&
        also.find(name.front()) == std::string_view::npos;
}

/// Where a log is: what a session needs to be opened, again and again.
struct postgres_place {
    std::string connection;
    std::string name;
    postgres_options options;

    [[nodiscard]] std::string subject() const { return "log " + koc::quoted(name); }
    [[nodiscard]] time_limit limit() const { return time_limit{options.answer_within}; }

    [[nodiscard]] result<void> check() const {
        if (!plain_name(name, "._-")) {
            return error{errc::invalid_text, subject(),
                "expected a name of 1 to 63 lower-case letters, digits, full stops, hyphens and "
                "underscores that begins with a letter or digit; correct it"};
        }
        if (!plain_name(options.schema, "_") || options.schema.starts_with("pg_") ||
            (options.schema.front() >= '0' && options.schema.front() <= '9')) {
            return error{errc::invalid_text, "schema " + koc::quoted(options.schema),
                "expected a name of 1 to 63 lower-case letters, digits and underscores that begins "
                "with a letter and not with pg_; correct it"};
        }
        char* why = nullptr;
        auto* const parsed = PQconninfoParse(connection.c_str(), &why);
        PQconninfoFree(parsed);
        PQfreemem(why); // not shown, as it may quote a password
        return parsed != nullptr
            ? result<void>{}
            : error{errc::invalid_text, subject(),
                  "expected a connection string of libpq, such as host=/run/postgresql dbname=koc; "
                  "correct it"};
    }

    [[nodiscard]] result<postgres_connection> connect() const {
        auto const whole_seconds = [](std::chrono::milliseconds span) {
            return std::to_string((span.count() + 999) / 1'000);
        };
        return postgres_connection::open(connection,
            {{"connect_timeout", whole_seconds(options.connect_within)},
                {"target_session_attrs", "read-write"}, {"fallback_application_name", "koc"},
                {"tcp_user_timeout", std::to_string(options.answer_within.count())}},
            subject());
    }
};

/// Movable, as a connection is.
class postgres_session {
public:
    /// `known` is the cluster that the log was connected to before, or nothing for the first time.
    static result<postgres_session> open(
        postgres_place const& place, std::optional<postgres_cluster> const& known) {
        auto connection = place.connect();
        if (!connection) {
            return std::move(connection).error();
        }
        postgres_session made{place, *std::move(connection)};
        for (auto const step : {&postgres_session::check_server, &postgres_session::find_tables,
                 &postgres_session::find_log, &postgres_session::prepare}) {
            if (auto const done = (made.*step)(known); !done) {
                return done.error();
            }
        }
        made.place_ = nullptr;
        return made;
    }

    [[nodiscard]] postgres_connection& connection() { return connection_; }
    [[nodiscard]] postgres_cluster const& cluster() const { return cluster_; }
    /// The number of the log in the tables.
    [[nodiscard]] std::uint64_t log() const { return log_; }
    /// What an append of the log notifies.
    [[nodiscard]] std::string const& channel() const { return channel_; }

private:
    using known_cluster = std::optional<postgres_cluster>;

    postgres_session(postgres_place const& place, postgres_connection connection)
        : place_{&place}, connection_{std::move(connection)} {}

    /// The columns of the only row that a script ends with.
    result<std::vector<std::string>> row_of(std::string const& sql) {
        auto const got = connection_.script(sql, place_->limit());
        auto const* const last = got && !got->empty() ? got->back().get() : nullptr;
        if (last == nullptr || failed(last)) {
            return error{errc::unavailable, place_->subject(),
                "expected the server to set the log up (" +
                    (last == nullptr ? connection_.reason() : complaint(last)) +
                    "); see to the server and the rights of the user, then try again"};
        }
        std::vector<std::string> columns;
        for (int at = 0; PQntuples(last) > 0 && at < PQnfields(last); ++at) {
            columns.emplace_back(PQgetvalue(last, 0, at));
        }
        return columns;
    }
    [[nodiscard]] error refused(std::string expected) const {
        return {errc::wrong_state, place_->subject(), std::move(expected)};
    }

    /// Sets the session up and looks at what the server promises.
    result<void> check_server(known_cluster const& known) {
        if (connection_.version() < 120'000) {
            return refused("expected PostgreSQL 12 or later, found " +
                std::to_string(connection_.version() / 10'000) + "; upgrade the server");
        }
        auto const& options = place_->options;
        auto const set = [](char const* name, std::string const& value) {
            return ", set_config('" + std::string{name} + "', '" + value + "', false)";
        };
        auto const answer = std::to_string(options.answer_within.count());
        auto const row = row_of(
            "SELECT pg_is_in_recovery()::text, current_setting('server_encoding'), "
            "current_setting('fsync'), (SELECT system_identifier::text FROM pg_control_system()), "
            "CASE WHEN NOT pg_is_in_recovery() THEN "
            "substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) END, "
            "set_config('synchronous_commit', CASE current_setting('synchronous_commit') WHEN "
            "'remote_apply' THEN 'remote_apply' ELSE 'on' END, false)" +
            set("search_path", "pg_catalog") + set("statement_timeout", answer) +
            set("lock_timeout", std::to_string(options.lock_within.count())) +
            set("idle_in_transaction_session_timeout", answer) + set("jit", "off") +
            // The key of a log's events gives them in order; nothing else is ever faster here.
            set("enable_seqscan", "off") + set("enable_bitmapscan", "off"));
        if (!row) {
            return row.error();
        }
        auto const& found = *row;
        if (found[0] != "false") {
            return error{errc::unavailable, place_->subject(),
                "expected a primary, found a standby; promote it, or name the primary in the "
                "connection string"};
        }
        if (found[1] != "UTF8") {
            return refused("expected a database in UTF8, found " + found[1] +
                "; make one with ENCODING 'UTF8' and TEMPLATE template0");
        }
        if (found[2] != "on") {
            return refused("expected a server that syncs what it acknowledges, found fsync = " +
                found[2] + "; set it to on and reload the server");
        }
        cluster_ = {found[3], found[4]};
        if (known && cluster_.system != known->system) {
            return refused("expected the cluster " + known->system + " again, found " +
                cluster_.system + "; open the log anew if it was moved there");
        }
        if (known && cluster_.timeline < known->timeline) {
            return refused("expected timeline " + known->timeline + " or later, found " +
                cluster_.timeline +
                ", so this server was the primary before another was promoted; stop it and make "
                "it a standby");
        }
        return {};
    }

    result<void> find_tables(known_cluster const& known) {
        auto const subject = place_->subject();
        auto const contents = [&] {
            postgres_check check{connection_, place_->options.schema, subject};
            return check.contents(place_->limit());
        };
        auto const found = contents();
        if (!found || *found == postgres_contents::journals) {
            return found ? result<void>{} : result<void>{found.error()};
        }
        if (known || !place_->options.make) {
            return missing();
        }
        auto const locked = row_of(
            "BEGIN; SELECT pg_advisory_xact_lock(" + std::string{postgres_making_lock} + ")");
        if (!locked) {
            return locked.error();
        }
        auto const now = contents();
        if (now && *now == postgres_contents::nothing) {
            auto const made =
                row_of(make_tables_sql(sql_schema(place_->options.schema)) + "; COMMIT");
            return made ? result<void>{} : result<void>{made.error()};
        }
        auto const ended = row_of("ROLLBACK");
        return !now ? result<void>{now.error()}
            : ended ? result<void>{}
                    : result<void>{ended.error()};
    }

    result<void> find_log(known_cluster const& known) {
        auto const schema = sql_schema(place_->options.schema);
        auto const find = "SELECT log, 'koc_' || '" + schema +
            ".event'::regclass::oid || '_' || log FROM " + schema + ".head WHERE name = '" +
            place_->name + '\'';
        auto found = row_of(find);
        if (found && found->empty() && place_->options.make && !known) {
            // Begins empty; where another program was as quick, theirs stays.
            auto const made = row_of("INSERT INTO " + schema +
                ".head (name, position, chain) VALUES ('" + place_->name +
                "', 0, decode(repeat('00', 16), 'hex')) ON CONFLICT (name) DO NOTHING");
            if (!made) {
                return made.error();
            }
            found = row_of(find);
        }
        if (!found) {
            return found.error();
        }
        if (found->empty()) {
            return missing();
        }
        log_ = std::strtoull(found->front().c_str(), nullptr, 10);
        channel_ = found->back();
        return {};
    }
    [[nodiscard]] error missing() const {
        return {errc::unknown_id, place_->subject(),
            "expected a log of this name in schema " + place_->options.schema +
                ", found none; correct the name or the schema, or open it once with make"};
    }

    result<void> prepare(known_cluster const& /*known*/) {
        auto const schema = sql_schema(place_->options.schema);
        auto const entered = connection_.enter_pipeline();
        connection_.prepare("advance",
            "UPDATE " + schema +
                ".head SET position = $2::bigint, chain = $3::bytea WHERE log = $1::bigint AND "
                "position = $4::bigint AND chain = $5::bytea");
        connection_.prepare("insert", postgres_insert_sql(schema));
        connection_.prepare("notify", "SELECT pg_notify($1::text, $2::text)");
        connection_.prepare("end",
            "SELECT h.position, h.chain, l.position, l.chain FROM " + schema +
                ".head h LEFT JOIN LATERAL (SELECT e.position, e.chain FROM " + schema +
                ".event e WHERE e.log = $1::bigint ORDER BY e.position DESC LIMIT 1) l ON true "
                "WHERE h.log = $1::bigint");
        connection_.prepare("page", postgres_select_sql(schema));
        auto const got = entered ? connection_.results(place_->limit()) : std::nullopt;
        if (!got) {
            return error{errc::unavailable, place_->subject(),
                "expected the statements to be prepared (" + connection_.reason() +
                    "); see to the server, then try again"};
        }
        for (auto const& one : *got) {
            if (failed(one.get())) {
                return error{errc::unavailable, place_->subject(),
                    "expected the right to read and append (" + complaint(one.get()) +
                        "); grant it to the user"};
            }
        }
        return {};
    }

    postgres_place const* place_; ///< while it is opened
    postgres_connection connection_;
    postgres_cluster cluster_;
    std::uint64_t log_ = 0;
    std::string channel_;
};

} // namespace koc::detail
