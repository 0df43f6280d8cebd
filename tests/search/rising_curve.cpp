// SPDX-License-Identifier: BSL-1.0
#include <koc/search/rising_curve.hpp>

#include <koc/number/fixed_math.hpp>

#include "support/catch.hpp"

#include <rapidcheck.h>

#include <cstdint>
#include <limits>

namespace {

using koc::rising_curve;
using koc::score;
using koc::whole;

TEST_CASE("a short curve is the function itself", "[match]") {
    rising_curve const curve{-3, 20, [](std::int64_t n) { return whole(2 * n); }};
    for (std::int64_t n = -3; n <= 20; ++n) {
        CHECK(curve.at(n) == whole(2 * n));
    }
    CHECK(curve.at(-100) == whole(-6));
    CHECK(curve.rises());
    CHECK(curve.high() == 20);
    CHECK(curve.size() == whole(40).raw);
}

TEST_CASE("a long curve is never below the function, and its steps are few", "[match]") {
    CHECK(rc::check([] {
        auto const low = *rc::gen::arbitrary<std::int64_t>() / 2;
        auto const width = *rc::gen::arbitrary<std::uint32_t>();
        auto const high = low + static_cast<std::int64_t>(width);
        std::size_t asked = 0;
        rising_curve const curve{low, high, [&](std::int64_t n) {
                                     ++asked;
                                     return koc::log2_1p(whole(n - low));
                                 }};
        RC_ASSERT(asked <= rising_curve::steps_max);
        RC_ASSERT(curve.rises());
        auto const n = low + static_cast<std::int64_t>(*rc::gen::inRange<std::uint32_t>(0, width));
        RC_ASSERT(curve.at(n) >= koc::log2_1p(whole(n - low)));
        RC_ASSERT(curve.at(high) == koc::log2_1p(whole(high - low)));
    }));
}

TEST_CASE("a curve over all numbers, and over none", "[match]") {
    constexpr auto least = std::numeric_limits<std::int64_t>::min();
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    rising_curve const all{least, most, [](std::int64_t n) { return score{n}; }};
    CHECK(all.at(most) == score{most});
    CHECK(all.at(0) >= score{});
    CHECK(all.at(least) >= score{least});
    CHECK(all.rises());
    rising_curve const none{5, least, [](std::int64_t n) { return whole(n); }};
    CHECK(none.at(least) == whole(5));
    CHECK(none.high() == 5);
}

TEST_CASE("curves with the same steps are added and changed step by step", "[match]") {
    auto const line = [](std::int64_t n) { return whole(n); };
    rising_curve sum{0, 9, line};
    sum += rising_curve{0, 9, line};
    CHECK(sum.at(4) == whole(8));
    CHECK_FALSE(sum.fits(rising_curve{0, 8, line}));
    sum.change([](score s) { return s + whole(1); });
    CHECK(sum.at(4) == whole(9));
    CHECK_FALSE(rising_curve(0, 9, [](std::int64_t n) { return whole(-n); }).rises());
}

} // namespace
