// SPDX-License-Identifier: BSL-1.0
#include <koc/workflow/tenure.hpp>

#include "support/catch.hpp"

#include <string>

using namespace koc;

namespace {

TEST_CASE("a tenure is in force from its first instant until just before its last", "[workflow]") {
    constexpr tenure held{{100}, {200}};
    STATIC_REQUIRE_FALSE(in_force(held, {99}));
    STATIC_REQUIRE(in_force(held, {100}));
    STATIC_REQUIRE(in_force(held, {199}));
    STATIC_REQUIRE_FALSE(in_force(held, {200}));
    STATIC_REQUIRE(renewed(held, {50}) == tenure{{100}, {250}});
}

TEST_CASE("a seat is free where fewer are taken than there are", "[workflow]") {
    CHECK(check_free("office 1", 2, 1).has_value());
    auto const full = check_free("office 1", 2, 2);
    REQUIRE_FALSE(full.has_value());
    CHECK(full.error().code == errc::no_capacity);
    CHECK(full.error().subject == "office 1");
    CHECK(full.error().expected.find("all 2 are taken") != std::string::npos);
    CHECK(check_terms("office 1", 1, {1}).has_value());
    CHECK_FALSE(check_terms("office 1", 0, {1}).has_value());
    CHECK_FALSE(check_terms("office 1", 1, {}).has_value());
}

} // namespace
