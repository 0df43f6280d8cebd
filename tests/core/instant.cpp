// SPDX-License-Identifier: BSL-1.0
#include <koc/core/instant.hpp>

#include "support/catch.hpp"

#include <concepts>
#include <cstdint>
#include <limits>

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

TEST_CASE("a sum with an instant ends where the calendar does", "[core]") {
    constexpr koc::duration backwards{std::numeric_limits<std::int64_t>::min()};
    constexpr koc::instant now{1'769'848'200'000};
    STATIC_REQUIRE(now + koc::for_ever == koc::instant_max);
    STATIC_REQUIRE(now - koc::for_ever == koc::instant_min);
    STATIC_REQUIRE(now + backwards == koc::instant_min);
    STATIC_REQUIRE(now - backwards == koc::instant_max);
    STATIC_REQUIRE(now + koc::for_ever > now);
    STATIC_REQUIRE(now - koc::for_ever < now);
    STATIC_REQUIRE(koc::instant_max + koc::duration{1} == koc::instant_max);
    STATIC_REQUIRE(koc::instant_min - koc::duration{1} == koc::instant_min);
    STATIC_REQUIRE(koc::instant_max - koc::duration{1} < koc::instant_max);
    STATIC_REQUIRE(koc::instant_min + (koc::instant_max - koc::instant_min) == koc::instant_max);
    STATIC_REQUIRE(koc::instant{koc::for_ever.ms} + koc::for_ever == koc::instant_max);
    STATIC_REQUIRE(koc::instant{backwards.ms} - koc::for_ever == koc::instant_min);
}

TEST_CASE("a sum of spans ends at for ever", "[core]") {
    constexpr koc::duration backwards{std::numeric_limits<std::int64_t>::min()};
    constexpr koc::duration opposite{-koc::for_ever.ms};
    constexpr auto many = std::numeric_limits<std::int64_t>::max();
    STATIC_REQUIRE(koc::for_ever + koc::for_ever == koc::for_ever);
    STATIC_REQUIRE(koc::for_ever + koc::duration{1} == koc::for_ever);
    STATIC_REQUIRE(koc::for_ever - opposite == koc::for_ever);
    STATIC_REQUIRE(opposite - koc::for_ever == opposite);
    STATIC_REQUIRE(opposite + opposite == opposite);
    STATIC_REQUIRE(koc::duration{} - backwards == koc::for_ever);
    STATIC_REQUIRE(2 * koc::for_ever == koc::for_ever);
    STATIC_REQUIRE(-2 * koc::for_ever == opposite);
    STATIC_REQUIRE(-2 * opposite == koc::for_ever);
    STATIC_REQUIRE(koc::days(many) == koc::for_ever);
    STATIC_REQUIRE(koc::hours(many) == koc::for_ever);
    STATIC_REQUIRE(koc::minutes(many) == koc::for_ever);
    STATIC_REQUIRE(koc::seconds(many) == koc::for_ever);
    STATIC_REQUIRE(koc::days(-many) == opposite);
    STATIC_REQUIRE(koc::instant{many} - koc::instant{-many} == koc::for_ever);
    STATIC_REQUIRE(koc::instant{-many} - koc::instant{many} == opposite);
    STATIC_REQUIRE(koc::for_ever > koc::instant_max - koc::instant_min);
}

TEST_CASE("two instants cannot be added", "[core]") {
    STATIC_REQUIRE(addable<koc::instant, koc::duration>);
    STATIC_REQUIRE_FALSE(addable<koc::instant, koc::instant>);
    STATIC_REQUIRE_FALSE(std::convertible_to<koc::duration, koc::instant>);
}

} // namespace
