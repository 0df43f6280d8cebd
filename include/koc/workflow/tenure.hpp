// SPDX-License-Identifier: BSL-1.0
#pragma once

// Holding one of a limited number of seats for a time: from when until when, whether it is in force
// at an instant, and whether a seat is free.

#include <koc/core/error.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/result.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
#include <string>

namespace koc {

/// A span of holding something. In force from the first instant until just before the last.
struct tenure {
    instant from;
    instant until;

    friend bool operator==(tenure const&, tenure const&) = default;
};
BOOST_DESCRIBE_STRUCT(tenure, (), (from, until))

constexpr bool in_force(tenure const& held, instant at) {
    return held.from <= at && at < held.until;
}

/// The same tenure, longer by a term.
constexpr tenure renewed(tenure const& held, duration term) {
    return {held.from, held.until + term};
}

/// Whether seats and a term can be given: at least one seat, a term longer than nothing.
inline result<void> check_terms(std::string const& name, std::int64_t seats, duration term) {
    if (seats < 1) {
        return error{errc::invalid_argument, name,
            "expected at least one seat, not " + std::to_string(seats)};
    }
    if (term <= duration{}) {
        return error{errc::invalid_argument, name, "expected a term of more than 0"};
    }
    return {};
}

/// Whether another one finds a seat, where `taken` of them are.
inline result<void> check_free(std::string const& name, std::int64_t seats, std::int64_t taken) {
    if (taken >= seats) {
        return error{errc::no_capacity, name,
            "expected a free seat, but all " + std::to_string(seats) +
                " are taken; wait until one is free"};
    }
    return {};
}

} // namespace koc
