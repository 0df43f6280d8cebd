// SPDX-License-Identifier: BSL-1.0
#include <koc/number/score_sum.hpp>

#include "support/catch.hpp"

namespace {

using koc::score;
using koc::score_max;
using koc::score_min;
using koc::score_sum;

TEST_CASE("a sum of scores is exact whatever it passes through", "[core]") {
    STATIC_REQUIRE(score_sum{}.total() == score{});
    STATIC_REQUIRE(
        score_sum{}.add(score_max).add(score_max).subtract(score_max).total() == score_max);
    constexpr auto back = score_sum{}.add(score_min).add(score_min).add(score_max).add(score_max);
    STATIC_REQUIRE(back.fits());
    STATIC_REQUIRE(back.total() == score{-2});
}

TEST_CASE("a sum that no score can hold ends at the nearest and says so", "[core]") {
    constexpr auto above = score_sum{}.add(score_max).add({1});
    STATIC_REQUIRE_FALSE(above.fits());
    STATIC_REQUIRE(above.total() == score_max);
    constexpr auto below = score_sum{}.add(score_min).subtract({1});
    STATIC_REQUIRE_FALSE(below.fits());
    STATIC_REQUIRE(below.total() == score_min);
}

TEST_CASE("an amount taken many times is one step of the sum", "[core]") {
    STATIC_REQUIRE(score_sum{}.add(koc::whole(3), -2).total() == koc::whole(-6));
    STATIC_REQUIRE(score_sum{}.add(score_max, 3).total() == score_max);
    STATIC_REQUIRE(score_sum{}.add(score_max, 3).add(score_max, -2).total() == score_max);
    STATIC_REQUIRE(score_sum{}.add(score_min, 2).total() == score_min);
}

TEST_CASE("a difference of scores does not wrap", "[core]") {
    STATIC_REQUIRE(koc::difference(koc::whole(3), koc::whole(1)) == koc::whole(2));
    STATIC_REQUIRE(koc::difference(score_max, score_min) == score_max);
    STATIC_REQUIRE(koc::difference(score_min, score_max) == score_min);
    STATIC_REQUIRE(koc::difference({0}, score_min) == score_max);
}

} // namespace
