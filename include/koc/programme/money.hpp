// SPDX-License-Identifier: BSL-1.0
#pragma once

// Money in whole minor units (fen, cents) of the programme's one currency; never a fraction, never
// a floating-point number.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>

#include <boost/describe/class.hpp>

#include <compare>
#include <cstdint>
#include <string>
#include <utility>

namespace koc {

/// An amount in minor units.
struct money {
    std::int64_t minor = 0;

    friend constexpr auto operator<=>(money, money) = default;
    friend constexpr money operator+(money a, money b) { return {a.minor + b.minor}; }
    friend constexpr money operator-(money a, money b) { return {a.minor - b.minor}; }
};
BOOST_DESCRIBE_STRUCT(money, (), (minor))

/// The largest amount that one command may name; sums of a million of them still fit.
inline constexpr money money_max{1'000'000'000'000};

/// Refuses an amount that is not from 0 to `money_max`; `about` names it.
inline result<void> check_money(std::string about, money amount) {
    if (money{} <= amount && amount <= money_max) {
        return {};
    }
    return error{errc::invalid_argument, std::move(about),
        "expected an amount from 0 to 1,000,000,000,000 minor units"};
}

} // namespace koc
