// SPDX-License-Identifier: BSL-1.0
#include <koc/number/score.hpp>

#include "support/catch.hpp"

#include <rapidcheck.h>

#include <cstdint>

namespace {

TEST_CASE("a score is exact to the millionth", "[core]") {
    STATIC_REQUIRE(koc::whole(2) == koc::score{2'000'000});
    STATIC_REQUIRE(koc::percent(75) == koc::score{750'000});
    STATIC_REQUIRE(koc::ratio(1, 3) == koc::score{333'333});
    STATIC_REQUIRE(koc::ratio(-1, 3) == koc::score{-333'333});
    STATIC_REQUIRE(koc::percent(75) + koc::percent(25) == koc::whole(1));
    STATIC_REQUIRE(koc::percent(10) - koc::percent(30) == -koc::percent(20));
    STATIC_REQUIRE((koc::whole(1) += koc::percent(1)) == koc::percent(101));
    STATIC_REQUIRE((koc::whole(1) -= koc::percent(1)) == koc::percent(99));
}

TEST_CASE("a product of scores is rounded towards zero, and wide enough between", "[core]") {
    STATIC_REQUIRE(koc::percent(50) * koc::percent(50) == koc::percent(25));
    STATIC_REQUIRE(koc::score{1} * koc::percent(99) == koc::score{0});
    STATIC_REQUIRE(koc::score{-1} * koc::percent(99) == koc::score{0});
    STATIC_REQUIRE(koc::whole(3'000'000) * koc::whole(3'000'000) == koc::whole(9'000'000'000'000));
}

TEST_CASE("a ratio of large numbers is exact", "[core]") {
    constexpr std::int64_t many = 9'300'000'000'000; // times a million it is no 64-bit number
    STATIC_REQUIRE(koc::ratio(many, many) == koc::whole(1));
    STATIC_REQUIRE(koc::ratio(many, -2 * many) == -koc::percent(50));
    STATIC_REQUIRE(koc::ratio(-many, 3) == koc::score{-3'100'000'000'000'000'000});
    CHECK(rc::check("both ways of computing it agree", [] {
        auto const d = *rc::gen::inRange<std::int64_t>(1, 1'000'000'000);
        auto const n = *rc::gen::inRange<std::int64_t>(-9'000'000'000'000, 9'000'000'000'000);
        RC_ASSERT(koc::ratio(n, d) == koc::ratio(n * 1000, d * 1000));
    }));
}

TEST_CASE("a clamped score stays within its limits", "[core]") {
    STATIC_REQUIRE(koc::clamp(koc::percent(-1), {}, koc::whole(1)) == koc::score{});
    STATIC_REQUIRE(koc::clamp(koc::percent(101), {}, koc::whole(1)) == koc::whole(1));
    STATIC_REQUIRE(koc::clamp(koc::percent(50), {}, koc::whole(1)) == koc::percent(50));
}

TEST_CASE("a share of a whole never exceeds it and grows with the count", "[core]") {
    CHECK(rc::check("ratio is monotone and within [0, 1]", [] {
        auto const d = *rc::gen::inRange<std::int64_t>(1, 1'000'000'000'000);
        auto const n = *rc::gen::inRange<std::int64_t>(0, d);
        RC_ASSERT(koc::ratio(n, d) >= koc::score{});
        RC_ASSERT(koc::ratio(n, d) < koc::whole(1));
        RC_ASSERT(koc::ratio(n, d) <= koc::ratio(n + 1, d));
    }));
}

} // namespace
