// SPDX-License-Identifier: BSL-1.0
#include <koc/core/instant.hpp>

#include "support/catch.hpp"

#include <concepts>

namespace {

template <typename A, typename B>
concept addable = requires(A a, B b) {
    a + b;
};

TEST_CASE("spans add up and instants are a span apart", "[core]") {
    STATIC_REQUIRE(koc::days(1) == koc::hours(24));
    STATIC_REQUIRE(koc::hours(1) == koc::minutes(60));
    STATIC_REQUIRE(koc::minutes(1) == koc::seconds(60));
    STATIC_REQUIRE(koc::seconds(1) == koc::duration{1000});
    STATIC_REQUIRE(3 * koc::days(2) - koc::days(7) == koc::days(-1));
    STATIC_REQUIRE(koc::instant{5} + koc::seconds(1) == koc::instant{1005});
    STATIC_REQUIRE(koc::instant{5} - koc::seconds(1) == koc::instant{-995});
    STATIC_REQUIRE(koc::instant{1005} - koc::instant{5} == koc::seconds(1));
    STATIC_REQUIRE(koc::instant{1} < koc::instant{2});
}

TEST_CASE("two instants cannot be added", "[core]") {
    STATIC_REQUIRE(addable<koc::instant, koc::duration>);
    STATIC_REQUIRE_FALSE(addable<koc::instant, koc::instant>);
    STATIC_REQUIRE_FALSE(std::convertible_to<koc::duration, koc::instant>);
}

} // namespace
