// SPDX-License-Identifier: BSL-1.0
#pragma once

// Waits until a log in PostgreSQL is longer than was known, on a connection of its own: LISTEN
// first, then look, so that no append between the two is missed. It looks again from time to time,
// because a writer may have been told not to notify.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/store/detail/postgres_connection.hpp>
#include <koc/store/detail/postgres_schema.hpp>
#include <koc/store/detail/postgres_session.hpp>

#include <libpq-fe.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <utility>

namespace koc::detail {

/// Movable; what was heard while nobody waited is forgotten, as waiting begins with a look.
class postgres_listener {
public:
    static result<postgres_listener> open(postgres_place const& place, std::string const& channel) {
        auto connection = place.connect();
        if (!connection) {
            return std::move(connection).error();
        }
        postgres_listener made{*std::move(connection)};
        auto const listening = made.connection_.script("LISTEN " + channel, place.limit());
        if (!listening || listening->empty() || failed(listening->back().get())) {
            return made.trouble(place);
        }
        return made;
    }

    [[nodiscard]] bool lost() const { return connection_.lost(); }

    /// True as soon as log number `log` holds more than `position` events, false when `timeout` has
    /// passed before.
    result<bool> wait_beyond(postgres_place const& place, std::uint64_t log, std::uint64_t position,
        std::chrono::milliseconds timeout) {
        time_limit const limit{timeout};
        auto const look = "SELECT position FROM " + sql_schema(place.options.schema) +
            ".head WHERE log = " + std::to_string(log);
        for (;;) {
            auto const got = connection_.script(look, place.limit());
            if (!got || got->empty() || failed(got->back().get()) ||
                PQntuples(got->back().get()) != 1) {
                return trouble(place);
            }
            if (std::strtoull(PQgetvalue(got->back().get(), 0, 0), nullptr, 10) > position) {
                return true;
            }
            auto const left = limit.left_ms();
            if (left == 0) {
                return false;
            }
            auto const span = (std::min)(std::chrono::milliseconds{left}, place.options.look_every);
            if (!heard() && !connection_.wait_for_input(time_limit{span})) {
                return trouble(place);
            }
            heard();
        }
    }

private:
    explicit postgres_listener(postgres_connection connection)
        : connection_{std::move(connection)} {}

    /// Takes what has arrived.
    bool heard() {
        auto any = false;
        while (auto* const one = PQnotifies(connection_.raw())) {
            PQfreemem(one);
            any = true;
        }
        return any;
    }
    [[nodiscard]] error trouble(postgres_place const& place) const {
        return {errc::unavailable, place.subject(),
            "expected to hear of appends (" + connection_.reason() +
                "); see to the server, then wait again"};
    }

    postgres_connection connection_;
};

} // namespace koc::detail
