// SPDX-License-Identifier: BSL-1.0
#include <koc/number/fixed_math.hpp>

#include "support/catch.hpp"

#include <rapidcheck.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <limits>

namespace {

constexpr auto score_max = koc::score{std::numeric_limits<std::int64_t>::max()};

long double value_of(koc::score s) { return static_cast<long double>(s.raw) / koc::score::unit; }

/// A non-negative score of any magnitude: mantissas alone would nearly all be huge.
koc::score any_magnitude() {
    auto const bits = *rc::gen::inRange(0, 63);
    auto const any = *rc::gen::arbitrary<std::uint64_t>();
    return {static_cast<std::int64_t>(any >> (63 - bits) >> 1U)};
}

bool close_to_log2(koc::score x) {
    return std::abs(value_of(koc::log2_1p(x)) - std::log2(1 + value_of(x))) < 2e-6L;
}

TEST_CASE("the tables hold what exact roots and repeated squaring give", "[core]") {
    using koc::detail::wide_uint;
    std::array<std::uint64_t, 10> root{}; // 2^(1/2), 2^(1/4), ... with 62 fractional bits
    wide_uint power = wide_uint{2} << 62U;
    for (auto& r : root) {
        r = koc::detail::isqrt(power << 62U);
        power = r;
    }
    for (std::size_t i = 0; i < 1024; ++i) {
        wide_uint value = wide_uint{1} << 62U;
        for (std::size_t bit = 0; bit < 10; ++bit) {
            if ((i >> (9 - bit) & 1U) != 0) {
                value = value * root[bit] >> 62U;
            }
        }
        CHECK(koc::detail::exp2_table[i] == static_cast<std::uint64_t>(value >> 30U));
    }
    CHECK(koc::detail::exp2_table[1024] == std::uint64_t{1} << 33U);

    for (std::size_t i = 0; i < 1024; ++i) {
        wide_uint x = wide_uint{1024 + i} << 52U; // 62 fractional bits
        std::uint64_t log = 0;
        for (int bit = 0; bit < 32; ++bit) {
            x = x * x >> 62U;
            log <<= 1U;
            if (x >= wide_uint{2} << 62U) {
                x >>= 1U;
                log |= 1U;
            }
        }
        CHECK(koc::detail::log2_table[i] == log);
    }
    CHECK(koc::detail::log2_table[1024] == std::uint64_t{1} << 32U);
}

TEST_CASE("logarithms of powers of two are exact", "[core]") {
    STATIC_REQUIRE(koc::log2_1p({}) == koc::score{});
    for (std::int64_t n = 0; n < 43; ++n) {
        CAPTURE(n);
        CHECK(koc::log2_1p(koc::whole((std::int64_t{1} << n) - 1)) == koc::whole(n));
    }
}

TEST_CASE("a logarithm is within two millionths of the true one", "[core]") {
    for (std::int64_t raw = 0; raw < 4'000'000; raw += 997) {
        REQUIRE(close_to_log2({raw}));
    }
    CHECK(close_to_log2(score_max));
    CHECK(rc::check("at every magnitude", [] { RC_ASSERT(close_to_log2(any_magnitude())); }));
}

TEST_CASE("a logarithm never falls where its argument grows", "[core]") {
    auto before = koc::log2_1p({});
    for (std::int64_t raw = 1; raw < 2'100'000; ++raw) {
        auto const now = koc::log2_1p({raw});
        if (now < before) {
            FAIL("falls at " << raw);
        }
        before = now;
    }
    CHECK(rc::check("from any value to the next and to any larger", [] {
        auto const x = any_magnitude();
        auto const y = any_magnitude();
        RC_ASSERT((koc::log2_1p(x) <= koc::log2_1p(y)) || (y < x));
        RC_PRE(x < score_max);
        RC_ASSERT(koc::log2_1p(x) <= koc::log2_1p(x + koc::score{1}));
    }));
}

TEST_CASE("a fractional power of two is in [1, 2), rises, and is within two millionths", "[core]") {
    STATIC_REQUIRE(koc::exp2_fraction(0) == std::uint64_t{1} << 32U);
    STATIC_REQUIRE(koc::exp2_fraction(0xffffffff) <= std::uint64_t{2} << 32U);
    CHECK(rc::check("2^fraction", [] {
        auto const fraction = *rc::gen::inRange<std::uint32_t>(0, 0xffffffff);
        auto const power = koc::exp2_fraction(fraction);
        auto const truth = std::exp2(static_cast<long double>(fraction) / 4294967296.0L);
        RC_ASSERT(std::abs(static_cast<long double>(power) / 4294967296.0L - truth) < 2e-6L);
        RC_ASSERT(power <= koc::exp2_fraction(fraction + 1));
    }));
}

TEST_CASE("a square root is rounded down and exact for squares", "[core]") {
    STATIC_REQUIRE(koc::square_root({}) == koc::score{});
    STATIC_REQUIRE(koc::square_root(koc::percent(25)) == koc::percent(50));
    STATIC_REQUIRE(koc::square_root(koc::whole(2)).raw == 1'414'213);
    STATIC_REQUIRE(koc::square_root(koc::whole(1'000'000)) == koc::whole(1'000));
    CHECK(rc::check("x^(1/2)", [] {
        auto const x = any_magnitude();
        auto const truth = std::sqrt(value_of(x));
        auto const root = value_of(koc::square_root(x));
        RC_ASSERT(root <= truth * 1.000000001L);
        RC_ASSERT(truth - root < 2e-6L);
    }));
}

TEST_CASE("a negative power of two falls from one to nothing, within two millionths", "[core]") {
    STATIC_REQUIRE(koc::exp2_minus({}) == koc::whole(1));
    STATIC_REQUIRE(koc::exp2_minus(koc::whole(1)) == koc::percent(50));
    STATIC_REQUIRE(koc::exp2_minus(koc::whole(6)).raw == 15'625);
    STATIC_REQUIRE(koc::exp2_minus(koc::whole(20)) == koc::score{});
    STATIC_REQUIRE(koc::exp2_minus(score_max) == koc::score{});
    CHECK(rc::check("2^-x", [] {
        koc::score const x{*rc::gen::inRange<std::int64_t>(0, koc::whole(25).raw)};
        RC_ASSERT(std::abs(value_of(koc::exp2_minus(x)) - std::exp2(-value_of(x))) < 2e-6L);
        RC_ASSERT(koc::exp2_minus(x + koc::score{1}) <= koc::exp2_minus(x));
    }));
}

TEST_CASE("fixed-point results are the same everywhere", "[core]") {
    STATIC_REQUIRE(koc::log2_1p({1}).raw == 1);
    STATIC_REQUIRE(koc::log2_1p(koc::percent(50)).raw == 584962);
    STATIC_REQUIRE(koc::log2_1p(koc::whole(2)).raw == 1584962);
    STATIC_REQUIRE(koc::log2_1p(koc::whole(1'000'000)).raw == 19931569);
    STATIC_REQUIRE(koc::exp2_minus(koc::percent(50)).raw == 707'106);
    STATIC_REQUIRE(koc::exp2_fraction(0x55555555) == 0x1428a30ab);
    STATIC_REQUIRE(koc::exp2_fraction(0x80000000) == 0x16a09e667);
}

} // namespace
