// SPDX-License-Identifier: BSL-1.0
#pragma once

// One connection to a PostgreSQL server through libpq: opened with a time limit, used in pipeline
// mode, so that several statements cost one round trip, and never waited for without a limit. A
// connection that fails or does not answer in time is lost for good; its owner opens another.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/store/detail/postgres_values.hpp>

#include <libpq-fe.h>

#include <poll.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace koc::detail {

struct postgres_closer {
    void operator()(PGconn* it) const { PQfinish(it); }
    void operator()(PGresult* it) const { PQclear(it); }
};
using postgres_result = std::unique_ptr<PGresult, postgres_closer>;

/// A field of the server's complaint, empty where there is none.
inline std::string complaint(PGresult const* of, int field = PG_DIAG_MESSAGE_PRIMARY) {
    auto const* const text = of == nullptr ? nullptr : PQresultErrorField(of, field);
    return text == nullptr ? std::string{} : std::string{text};
}

inline bool failed(PGresult const* it) {
    auto const status = PQresultStatus(it);
    return status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK;
}

/// Seen from a program that waits for it, not from one that decides.
class time_limit {
public:
    explicit time_limit(std::chrono::milliseconds span)
        : end_{std::chrono::steady_clock::now() + span} {}

    /// At least 0.
    [[nodiscard]] int left_ms() const {
        auto const left = std::chrono::duration_cast<std::chrono::milliseconds>(
            end_ - std::chrono::steady_clock::now());
        return static_cast<int>(
            std::clamp<std::chrono::milliseconds::rep>(left.count(), 0, 24 * 60 * 60 * 1'000));
    }

private:
    std::chrono::steady_clock::time_point end_;
};

/// Movable; a moved-from connection is lost.
class postgres_connection {
public:
    /// A name and a value of libpq's.
    using setting = std::pair<char const*, std::string>;

    /// Settings in `defaults` give way to those of `text`. `connect_timeout` limits each host.
    static result<postgres_connection> open(
        std::string const& text, std::vector<setting> const& defaults, std::string const& subject) {
        std::vector<char const*> names;
        std::vector<char const*> values;
        for (auto const& [name, value] : defaults) {
            names.push_back(name);
            values.push_back(value.c_str());
        }
        names.insert(names.end(), {"dbname", "client_encoding", nullptr});
        values.insert(values.end(), {text.c_str(), "UTF8", nullptr});
        postgres_connection made{PQconnectdbParams(names.data(), values.data(), 1)};
        if (made.lost()) {
            return error{errc::unavailable, subject,
                "expected the server to accept a connection (" + made.reason() +
                    "); see to the server, the network and the rights, then try again"};
        }
        PQsetnonblocking(made.it_.get(), 1);
        PQsetNoticeReceiver(made.it_.get(), &on_notice, made.notices_.get());
        return made;
    }

    [[nodiscard]] bool lost() const { return PQstatus(it_.get()) != CONNECTION_OK; }
    [[nodiscard]] int version() const { return PQserverVersion(it_.get()); }
    [[nodiscard]] PGconn* raw() const { return it_.get(); }
    /// What libpq last complained about, in one line.
    [[nodiscard]] std::string reason() const {
        std::string text = it_ ? PQerrorMessage(it_.get()) : reason_;
        while (!text.empty() && text.back() == '\n') {
            text.pop_back();
        }
        std::replace(text.begin(), text.end(), '\n', ' ');
        return text.empty() ? "it did not answer in time" : text;
    }

    /// Whether it was closed while nobody used it; looks without waiting.
    [[nodiscard]] bool closed_meanwhile() const {
        // A server that closes says why first, so the end stands behind something else to read.
        pollfd look{PQsocket(it_.get()), POLLIN, 0};
        while (!lost() && ::poll(&look, 1, 0) > 0) {
            if (PQconsumeInput(it_.get()) != 1) {
                return true;
            }
        }
        return lost();
    }

    /// Runs statements separated by semicolons, without parameters. Nothing when it was lost.
    std::optional<std::vector<postgres_result>> script(std::string const& sql, time_limit limit) {
        std::vector<postgres_result> all;
        if (PQsendQuery(it_.get(), sql.c_str()) != 1) {
            return drop();
        }
        for (;;) {
            if (!ready(limit)) {
                return drop();
            }
            postgres_result next{PQgetResult(it_.get())};
            if (!next) {
                break;
            }
            all.push_back(std::move(next));
        }
        return lost() ? drop() : std::optional{std::move(all)};
    }

    /// From here on statements are sent with `prepare`, `send` and `send_text`.
    bool enter_pipeline() { return PQenterPipelineMode(it_.get()) == 1; }

    void prepare(char const* name, std::string const& sql) {
        sent_ = PQsendPrepare(it_.get(), name, sql.c_str(), 0, nullptr) == 1 && sent_;
    }
    /// A prepared statement; its rows come back in binary.
    void send(char const* name, postgres_values const& with) {
        std::vector<char const*> values;
        std::vector<int> lengths;
        for (auto const& bytes : with.all()) {
            values.push_back(bytes.data());
            lengths.push_back(static_cast<int>(bytes.size()));
        }
        std::vector<int> const binary(values.size(), 1);
        sent_ = PQsendQueryPrepared(it_.get(), name, static_cast<int>(values.size()), values.data(),
                    lengths.data(), binary.data(), 1) == 1 &&
            sent_;
    }
    void send_text(char const* sql) {
        sent_ = PQsendQueryParams(it_.get(), sql, 0, nullptr, nullptr, nullptr, nullptr, 1) == 1 &&
            sent_;
    }
    /// The results of what was sent, in order; those behind a failed one are failed too. Nothing
    /// when the connection was lost or did not answer in time, which closes it.
    std::optional<std::vector<postgres_result>> results(time_limit limit) {
        std::vector<postgres_result> all;
        if (!sent_ || PQpipelineSync(it_.get()) != 1) {
            return drop();
        }
        for (;;) {
            if (!ready(limit)) {
                return drop();
            }
            postgres_result next{PQgetResult(it_.get())};
            if (lost()) {
                return drop();
            }
            if (next && PQresultStatus(next.get()) == PGRES_PIPELINE_SYNC) {
                return all;
            }
            if (next) {
                all.push_back(std::move(next));
            }
        }
    }

    /// The last warning since `forget_warning`, empty for none.
    [[nodiscard]] std::string const& warning() const { return *notices_; }
    void forget_warning() { notices_->clear(); }

    /// Waits until the server has said something or the time is up; false when it was lost.
    bool wait_for_input(time_limit limit) {
        pollfd look{PQsocket(it_.get()), POLLIN, 0};
        return ::poll(&look, 1, limit.left_ms()) <= 0 ? !lost() : PQconsumeInput(it_.get()) == 1;
    }

private:
    explicit postgres_connection(PGconn* it) : it_{it}, notices_{std::make_unique<std::string>()} {}

    static void on_notice(void* into, PGresult const* notice) {
        if (complaint(notice, PG_DIAG_SEVERITY_NONLOCALIZED) == "WARNING") {
            *static_cast<std::string*>(into) = complaint(notice);
        }
    }

    /// Sends what is left and receives until a result can be had without waiting.
    bool ready(time_limit limit) {
        for (;;) {
            auto const left = PQflush(it_.get());
            if (left < 0) {
                // What the server said before it closed is still worth reading.
                return PQconsumeInput(it_.get()) == 1 && PQisBusy(it_.get()) == 0;
            }
            if (left == 0 && PQisBusy(it_.get()) == 0) {
                return true;
            }
            auto const wanted = static_cast<short>(left > 0 ? POLLIN | POLLOUT : POLLIN);
            pollfd look{PQsocket(it_.get()), wanted, 0};
            auto const ms = limit.left_ms();
            auto const seen = ::poll(&look, 1, ms);
            if ((seen <= 0 && ms == 0) || PQsocket(it_.get()) < 0) {
                return false;
            }
            if (seen > 0 && (look.revents & ~POLLOUT) != 0 && PQconsumeInput(it_.get()) != 1) {
                return false;
            }
        }
    }
    std::nullopt_t drop() {
        reason_ = reason();
        it_.reset();
        return std::nullopt;
    }

    std::unique_ptr<PGconn, postgres_closer> it_;
    std::unique_ptr<std::string> notices_;
    std::string reason_;
    bool sent_ = true;
};

} // namespace koc::detail
