// SPDX-License-Identifier: BSL-1.0
#pragma once

// Logs in a PostgreSQL database: one row an event, and one row a log that says where its events
// end. An append moves that row from the position and chain it was decided on, in the transaction
// that inserts the events, so of any number of writers on any number of machines at most one wins a
// position. Acknowledged means committed with `synchronous_commit` on. Any number of logs share a
// database; each is reached through its own name alone.

#include <koc/core/error.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/result.hpp>
#include <koc/journal/coded_journal.hpp>
#include <koc/journal/concepts.hpp>
#include <koc/journal/envelope.hpp>
#include <koc/journal/refusals.hpp>
#include <koc/json/decoder.hpp>
#include <koc/store/detail/postgres_connection.hpp>
#include <koc/store/detail/postgres_listener.hpp>
#include <koc/store/detail/postgres_record.hpp>
#include <koc/store/detail/postgres_session.hpp>
#include <koc/store/detail/postgres_values.hpp>

#include <libpq-fe.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace koc {

/// One log of a database. Movable; a moved-from log may only be destroyed or assigned to. One log
/// is used by one thread at a time, and none is carried across a fork. It connects again by itself:
/// after a call was refused because the connection was lost, the next call opens another.
class postgres_log {
public:
    /// The format of the tables.
    static constexpr std::string_view format = detail::postgres_format;
    /// The longest payload, in bytes.
    static constexpr std::size_t payload_length_max = 64U << 20U;
    /// How often an append begins again that the server broke off for the sake of others.
    static constexpr int retries_max = 8;
    /// Records that travel in one message, and their bytes.
    static constexpr std::size_t page_size = 4'096;
    static constexpr std::size_t page_bytes = 8U << 20U;

    /// Connects, makes the tables and the log where they are missing, and checks them. A few round
    /// trips.
    ///
    /// `errc::invalid_text` for an impossible name or connection string, `errc::unavailable` for a
    /// server that cannot be reached or is a standby, `errc::wrong_state` for one that is older
    /// than 12, has another encoding or does not sync, and for tables that are something else, of a
    /// newer format or altered by others; `errc::unknown_id` for a log that does not exist where
    /// `options.make` is false. The message never quotes the connection string.
    static result<postgres_log> open(
        std::string connection, std::string name, postgres_options options = {}) {
        auto place = std::make_unique<detail::postgres_place>(
            std::move(connection), std::move(name), std::move(options));
        if (auto const possible = place->check(); !possible) {
            return possible.error();
        }
        postgres_log log{std::move(place)};
        if (auto const connected = log.session(); !connected) {
            return connected.error();
        }
        return log;
    }

    /// The name it was opened with.
    [[nodiscard]] std::string const& name() const { return place_->name; }

    /// O(log n), one round trip. `errc::unavailable`, or `errc::corrupt` when the last event is not
    /// the recorded end.
    [[nodiscard]] result<journal_head> head() {
        auto const ready = session();
        if (!ready) {
            return ready.error();
        }
        auto& to = (*ready)->connection();
        to.send("end", detail::postgres_values{}.add((*ready)->log()));
        auto const got = to.results(place_->limit());
        if (!got || detail::failed(got->front().get())) {
            return trouble("the log to be readable", got ? got->front().get() : nullptr);
        }
        return end_in(got->front().get());
    }

    /// As `text_log` says; durable once acknowledged. Two round trips and the server's sync.
    /// O(records). `errc::too_large` for a payload of more than `payload_length_max` bytes;
    /// `errc::unavailable`, with nothing written, when the connection was lost before the commit
    /// was sent or another writer held the log for longer than `options.lock_within`;
    /// `errc::outcome_unknown` when the commit was sent and not confirmed, which includes that a
    /// synchronous standby did not confirm it.
    result<journal_head> append(journal_head expected, std::span<log_record const> records) {
        for (auto const& record : records) {
            if (record.payload.size() > payload_length_max) {
                return error{errc::too_large, "event " + std::to_string(record.position),
                    "expected at most " + std::to_string(payload_length_max) +
                        " bytes of payload; record it as several events"};
            }
        }
        if (records.empty()) {
            auto const now = head();
            return !now || *now == expected ? now : head_moved(expected, *now);
        }
        journal_head const end{records.back().position + 1, records.back().chain};
        error last;
        for (int left = retries_max; left > 0; --left) {
            auto again = false;
            auto const done = try_append(expected, end, records, again);
            if (done) {
                return end;
            }
            if (!again) {
                return done.error();
            }
            last = done.error();
        }
        return last;
    }

    /// As `text_log` says, a page at a time, each one round trip. O(log n + records).
    result<void> read(std::uint64_t from, std::size_t limit, std::vector<log_record>& out) {
        auto const now = head();
        if (!now) {
            return now.error();
        }
        if (from >= now->position) {
            return {};
        }
        auto const end = from + std::min<std::uint64_t>(limit, now->position - from);
        for (auto at = from; at < end;) {
            auto const until = at + std::min<std::uint64_t>(page_size, end - at);
            if (auto const read = read_page(at, until, out); !read) {
                return read;
            }
            at = until;
        }
        return {};
    }

    /// Waits for others: true as soon as the log holds more than `position` events, false when
    /// `timeout` has passed before. Listens on a second connection, which is opened at the first
    /// call and kept. `errc::unavailable` when it was lost; the next call opens another.
    result<bool> wait_beyond(std::uint64_t position, duration timeout) {
        if (!listener_ || listener_->lost()) {
            auto const ready = session();
            if (!ready) {
                return ready.error();
            }
            auto opened = detail::postgres_listener::open(*place_, (*ready)->channel());
            if (!opened) {
                return std::move(opened).error();
            }
            listener_ = std::make_unique<detail::postgres_listener>(*std::move(opened));
            listened_ = (*ready)->log();
        }
        auto const heard = listener_->wait_beyond(
            *place_, listened_, position, std::chrono::milliseconds{timeout.ms});
        if (!heard) {
            listener_.reset();
        }
        return heard;
    }

private:
    explicit postgres_log(std::unique_ptr<detail::postgres_place> place)
        : place_{std::move(place)} {}

    /// The connection that is there, or a new one where it was lost.
    result<detail::postgres_session*> session() {
        if (session_ && session_->connection().closed_meanwhile()) {
            session_.reset();
        }
        if (!session_) {
            auto opened = detail::postgres_session::open(*place_, known_);
            if (!opened) {
                return std::move(opened).error();
            }
            known_ = opened->cluster();
            session_ = std::make_unique<detail::postgres_session>(*std::move(opened));
        }
        return session_.get();
    }

    /// The refusal for a complaint of the server, or for a connection that was lost.
    [[nodiscard]] error trouble(std::string_view wanted, PGresult const* complained) const {
        auto const state = detail::complaint(complained, PG_DIAG_SQLSTATE);
        auto const damaged = state == "XX001" || state == "XX002";
        auto const busy = state == "55P03" || state == "40001" || state == "40P01";
        return {damaged ? errc::corrupt : errc::unavailable, place_->subject(),
            "expected " + std::string{wanted} + " (" +
                (complained != nullptr ? detail::complaint(complained)
                                       : session_->connection().reason()) +
                "); " +
                (damaged       ? "restore the database from a backup"
                        : busy ? "try again when the other writer is done"
                               : "see to the server and the rights of the user, then try again")};
    }

    [[nodiscard]] result<journal_head> end_in(PGresult const* got) const {
        if (PQntuples(got) != 1) {
            return error{errc::wrong_state, place_->subject(),
                "expected the log in the database, but it was removed; restore the database from a "
                "backup"};
        }
        detail::postgres_row const row{got, 0};
        auto const position = row.number(0);
        auto const chain = row.fingerprint(1);
        if (!position || !chain) {
            return error{errc::corrupt, place_->subject(),
                "expected its recorded end to be a position and a chain; restore the database from "
                "a backup"};
        }
        auto const size = row.is_null(2) ? 0 : row.number(2).value_or(0) + 1;
        if (size != *position) {
            return corrupt_event((std::min)(size, *position),
                size < *position ? "it is missing" : "the journal was recorded to end before it");
        }
        if (size > 0 && row.fingerprint(3) != chain) {
            return corrupt_event(size - 1, "its chain is not the recorded end's");
        }
        return journal_head{*position, *chain};
    }

    /// One transaction; `again` says that the server broke it off and nothing was written.
    result<void> try_append(
        journal_head expected, journal_head end, std::span<log_record const> records, bool& again) {
        auto const ready = session();
        if (!ready) {
            return ready.error();
        }
        auto& to = (*ready)->connection();
        auto const written = send_rows(**ready, expected, end, records);
        auto const got = to.results(place_->limit());
        if (!got) {
            return trouble("the server to take the events, nothing was written", nullptr);
        }
        for (auto const& one : *got) {
            if (detail::failed(one.get())) {
                roll_back(to);
                return refusal_of(one.get(), records, again);
            }
        }
        if (std::string_view{PQcmdTuples((*got)[1].get())} != "1") {
            roll_back(to);
            auto const now = head();
            return !now            ? now.error()
                : *now == expected ? trouble("the head of the log to move", (*got)[1].get())
                                   : head_moved(expected, *now);
        }
        for (std::size_t i = 0; i < written.size(); ++i) {
            if (PQcmdTuples((*got)[2 + i].get()) != std::to_string(written[i])) {
                roll_back(to);
                return trouble("all events to be inserted", (*got)[2 + i].get());
            }
        }
        return commit(to, again);
    }

    /// Queues all of an append but its commit; the number of records of each insert.
    std::vector<std::size_t> send_rows(detail::postgres_session& session, journal_head expected,
        journal_head end, std::span<log_record const> records) {
        auto& to = session.connection();
        to.send_text("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE");
        detail::postgres_values head;
        head.add(session.log()).add(end.position).add(end.chain);
        to.send("advance", head.add(expected.position).add(expected.chain));
        std::vector<std::size_t> written;
        while (!records.empty()) {
            std::size_t count = 0;
            std::size_t bytes = 0;
            while (count < records.size() && count < page_size && bytes < page_bytes) {
                bytes += records[count++].payload.size();
            }
            detail::postgres_values rows;
            rows.add(session.log());
            detail::add_records(rows, records.first(count));
            to.send("insert", rows.add(end.position).add(end.chain));
            written.push_back(count);
            records = records.subspan(count);
        }
        if (place_->options.notify) {
            detail::postgres_values call;
            to.send("notify", call.add(session.channel()).add(std::to_string(end.position)));
        }
        return written;
    }

    result<void> commit(detail::postgres_connection& to, bool& again) {
        to.forget_warning();
        to.send_text("COMMIT");
        auto const got = to.results(place_->limit());
        auto const unknown = [&](std::string const& why) {
            return error{errc::outcome_unknown, place_->subject(),
                "expected the commit to be acknowledged (" + why +
                    "); see whether the journal has the chain, and if not, append again"};
        };
        if (!got) {
            return unknown(to.reason());
        }
        auto const* const said = got->front().get();
        if (detail::failed(said)) { // the server lives, so it has rolled back
            return refusal_of(said, {}, again);
        }
        if (!to.warning().empty()) {
            // The server commits and only warns where it did not wait for the standby to the end.
            return unknown(to.warning());
        }
        return std::string_view{PQcmdStatus(const_cast<PGresult*>(said))} == "COMMIT"
            ? result<void>{}
            : trouble("the events to be committed, nothing was written", said);
    }

    [[nodiscard]] error refusal_of(
        PGresult const* said, std::span<log_record const> records, bool& again) const {
        auto const state = detail::complaint(said, PG_DIAG_SQLSTATE);
        again = state == "40001" || state == "40P01"; // serialization failure, deadlock
        if (state == "23505" && !records.empty()) {
            return corrupt_event(
                records.front().position, "the journal was recorded to end before it");
        }
        if (state == "22021") {
            return {errc::invalid_text, place_->subject(),
                "expected events in UTF-8 without zero bytes (" + detail::complaint(said) +
                    "); correct them"};
        }
        return trouble("room for the events, nothing was written", said);
    }

    /// Where this is not answered the connection is lost, and the server rolls back by itself.
    void roll_back(detail::postgres_connection& to) {
        to.send_text("ROLLBACK");
        to.results(place_->limit());
    }

    /// From a position to before another, all of which the log is known to have.
    result<void> read_page(std::uint64_t from, std::uint64_t to, std::vector<log_record>& out) {
        auto const ready = session();
        if (!ready) {
            return ready.error();
        }
        auto& on = (*ready)->connection();
        on.send("page", detail::postgres_values{}.add((*ready)->log()).add(from).add(to));
        auto const got = on.results(place_->limit());
        if (!got || detail::failed(got->front().get())) {
            return trouble("the events to be readable", got ? got->front().get() : nullptr);
        }
        auto position = from;
        for (int row = 0; row < PQntuples(got->front().get()); ++row, ++position) {
            auto record = detail::record_in(detail::postgres_row{got->front().get(), row});
            if (!record) {
                return corrupt_event(position, "its row has a value of another form");
            }
            if (record->position != position) {
                break;
            }
            out.push_back(*std::move(record));
        }
        return position == to ? result<void>{} : corrupt_event(position, "it is missing");
    }

    std::unique_ptr<detail::postgres_place> place_;
    std::optional<detail::postgres_cluster> known_;
    std::unique_ptr<detail::postgres_session> session_;
    std::unique_ptr<detail::postgres_listener> listener_;
    std::uint64_t listened_ = 0;
};
static_assert(text_log<postgres_log>);

/// A journal of any events in a PostgreSQL database, as canonical JSON.
using postgres_journal = coded_journal<postgres_log, json_decoder>;

/// Opens or makes the journal; refuses as `postgres_log::open` does.
inline result<postgres_journal> open_postgres_journal(
    std::string connection, std::string name, postgres_options options = {}) {
    auto log = postgres_log::open(std::move(connection), std::move(name), std::move(options));
    if (!log) {
        return std::move(log).error();
    }
    return postgres_journal{*std::move(log)};
}

} // namespace koc
