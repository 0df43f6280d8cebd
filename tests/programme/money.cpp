// SPDX-License-Identifier: BSL-1.0
#include <koc/programme/money.hpp>

#include "support/catch.hpp"

#include <cstdint>

using koc::money;

TEST_CASE("amounts add, subtract and compare as whole minor units", "[programme]") {
    STATIC_REQUIRE(money{250} + money{50} == money{300});
    STATIC_REQUIRE(money{250} - money{300} == money{-50});
    STATIC_REQUIRE(money{1} < money{2});
    STATIC_REQUIRE(money{} == money{0});
}

TEST_CASE(
    "an amount that a command names is neither negative nor beyond the largest", "[programme]") {
    struct row {
        std::int64_t minor;
        bool accepted;
    };
    for (auto const& [minor, accepted] : {
             row{0, true},
             row{1, true},
             row{1'000'000'000'000, true},
             row{1'000'000'000'001, false},
             row{-1, false},
             row{INT64_MIN, false},
             row{INT64_MAX, false},
         }) {
        CAPTURE(minor);
        auto const checked = koc::check_money("budget of objective 1", money{minor});
        CHECK(checked.has_value() == accepted);
        if (!checked) {
            CHECK(checked.error().code == koc::errc::invalid_argument);
            CHECK(checked.error().subject == "budget of objective 1");
        }
    }
}

TEST_CASE("a million of the largest amounts still have a sum", "[programme]") {
    STATIC_REQUIRE(koc::money_max.minor <= INT64_MAX / 1'000'000);
}
