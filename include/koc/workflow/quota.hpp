// SPDX-License-Identifier: BSL-1.0
#pragma once

// How many of something scarce there are, and how many are taken. A value inside a record: the
// check refuses what is over the limit, the changes cannot fail.

#include <koc/core/error.hpp>
#include <koc/core/misfit.hpp>
#include <koc/core/result.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
#include <string>

namespace koc {

/// At most `limit` at a time. More may be taken than there are after the limit was lowered.
struct quota {
    std::int64_t limit = 0; ///< 0 or more
    std::int64_t taken = 0;

    /// How many are left, from 0.
    [[nodiscard]] std::int64_t left() const { return taken < limit ? limit - taken : 0; }
    /// Whether one more may be taken; `what` is in the plural, such as "seats".
    [[nodiscard]] result<void> check_take(std::string const& whose, std::string const& what) const {
        if (left() > 0) {
            return {};
        }
        return error{errc::no_capacity, whose,
            "expected fewer than " + std::to_string(limit) + " " + what + " to be taken, but " +
                std::to_string(taken) + " are; wait until one comes back"};
    }

    // Changes, for `apply`

    void take() { ++taken; }
    /// A misfit where none is taken.
    void give_back() {
        if (taken <= 0) {
            throw_misfit("one that was taken");
        }
        --taken;
    }
};
BOOST_DESCRIBE_STRUCT(quota, (), (limit, taken))

} // namespace koc
