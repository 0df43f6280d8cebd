// SPDX-License-Identifier: BSL-1.0
#include <koc/number/score_from.hpp>

#include "support/catch.hpp"

#include <cmath>
#include <limits>

namespace {

using koc::score_from;

TEST_CASE("a floating point number becomes the nearest score", "[core]") {
    struct expectation {
        double value;
        std::int64_t millionths;
    };
    for (auto const& c : {
             expectation{0.0, 0},
             expectation{-0.0, 0},
             expectation{0.75, 750'000},
             expectation{1.0 / 3, 333'333},
             expectation{2.0 / 3, 666'667},
             expectation{-2.0 / 3, -666'667},
             expectation{1e-7, 0},
             expectation{std::numeric_limits<double>::denorm_min(), 0},
             expectation{9e12, 9'000'000'000'000'000'000},
             expectation{-9e12, -9'000'000'000'000'000'000},
         }) {
        CAPTURE(c.value);
        auto const found = score_from(c.value);
        REQUIRE(found.has_value());
        CHECK(found->raw == c.millionths);
    }
}

TEST_CASE("what is no number or too large for a score is refused", "[core]") {
    struct expectation {
        double value;
        char const* word;
    };
    constexpr auto infinity = std::numeric_limits<double>::infinity();
    for (auto const& c : {
             expectation{std::numeric_limits<double>::quiet_NaN(), "NaN"},
             expectation{infinity, "an infinity"},
             expectation{-infinity, "an infinity"},
             expectation{std::nextafter(9e12, infinity), "larger"},
             expectation{-1e300, "larger"},
         }) {
        CAPTURE(c.value);
        auto const refused = score_from(c.value, "score of member 7");
        REQUIRE(refused.has_error());
        CHECK(refused.error().code == koc::errc::invalid_argument);
        CHECK(refused.error().subject == "score of member 7");
        CHECK(refused.error().expected.find(c.word) != std::string::npos);
    }
}

} // namespace
