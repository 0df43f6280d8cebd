// SPDX-License-Identifier: BSL-1.0
#include <koc/lifecycle/number_test.hpp>

#include "support/catch.hpp"

#include <rapidcheck.h>

#include <cstdint>
#include <string_view>

namespace {

using koc::number_test;

constexpr auto all_numbers = std::uint64_t{1} << 32U;

TEST_CASE("a number test is a range and some bits", "[lifecycle]") {
    STATIC_REQUIRE(number_test{}(0));
    STATIC_REQUIRE(number_test{}(0xffffffff));
    STATIC_REQUIRE(number_test{.low = 5}(5));
    STATIC_REQUIRE_FALSE(number_test{.low = 5}(4));
    STATIC_REQUIRE(number_test{.high = 5}(5));
    STATIC_REQUIRE_FALSE(number_test{.high = 5}(6));
    constexpr number_test odd{.mask = 1, .bits = 1};
    STATIC_REQUIRE(odd(7));
    STATIC_REQUIRE_FALSE(odd(8));
    constexpr number_test odd_ten{.low = 10, .high = 19, .mask = 1, .bits = 1};
    STATIC_REQUIRE(odd_ten(11));
    STATIC_REQUIRE_FALSE(odd_ten(9));
    STATIC_REQUIRE_FALSE(odd_ten(12));
}

TEST_CASE("a number test counts the numbers for which it holds", "[lifecycle]") {
    STATIC_REQUIRE(number_test{}.count() == all_numbers);
    STATIC_REQUIRE(number_test{.low = 1, .high = 0}.count() == 0);
    STATIC_REQUIRE(number_test{.low = 7, .high = 7}.count() == 1);
    STATIC_REQUIRE(number_test{.mask = 1, .bits = 1}.count() == all_numbers / 2);
    STATIC_REQUIRE(number_test{.mask = 0xffffffff, .bits = 9}.count() == 1);
    STATIC_REQUIRE(number_test{.mask = 1, .bits = 2}.count() == 0); // a bit that is not looked at
}

number_test any_test(std::uint32_t limit) {
    auto const bound = rc::gen::inRange<std::uint32_t>(0, limit + 2);
    auto const mask = *rc::gen::inRange<std::uint32_t>(0, 32);
    return {*bound, *bound, mask, *rc::gen::inRange<std::uint32_t>(0, 32) & mask};
}

TEST_CASE("counting and joining agree with trying every number", "[lifecycle]") {
    CHECK(rc::check("over any two tests below 300", [] {
        auto const a = any_test(300);
        auto const b = any_test(300);
        auto const both = a && b;
        std::uint64_t held = 0;
        std::uint64_t held_by_both = 0;
        for (std::uint32_t x = 0; x < 400; ++x) {
            held += a(x) ? 1 : 0;
            held_by_both += a(x) && b(x) ? 1 : 0;
            bool const expected = a(x) && b(x);
            RC_ASSERT(both(x) == expected);
        }
        RC_ASSERT(a.count() == held);
        RC_ASSERT(both.count() == held_by_both);
    }));
    CHECK(rc::check("near the largest number", [] {
        number_test test = any_test(300);
        test.low = ~test.low;
        test.high = ~test.high;
        std::uint64_t held = 0;
        for (std::uint32_t x = 0xffffffff - 400; x != 0; ++x) {
            held += test(x) ? 1 : 0;
        }
        RC_ASSERT(test.count() == held);
    }));
}

struct is_odd : koc::tested<number_test{.mask = 1, .bits = 1}> {
    static constexpr std::string_view name = "it is odd";
};
struct is_called {
    static constexpr std::string_view name = "it is odd";
    constexpr bool operator()(std::uint32_t x) const { return (x & 1U) != 0; }
};

TEST_CASE("a guard is data when it shows its test", "[lifecycle]") {
    STATIC_REQUIRE(koc::number_guard<is_odd>);
    STATIC_REQUIRE_FALSE(koc::number_guard<is_called>);
    STATIC_REQUIRE_FALSE(koc::number_guard<koc::unguarded>);
    STATIC_REQUIRE(is_odd{}(3));
    STATIC_REQUIRE_FALSE(is_odd{}(4));
}

} // namespace
