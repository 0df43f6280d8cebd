// SPDX-License-Identifier: BSL-1.0
#include <koc/member/member.hpp>

#include <koc/describe/described.hpp>

#include "support/catch.hpp"

#include <type_traits>

TEST_CASE("a source is the open or the owned domain, by these names", "[member]") {
    STATIC_REQUIRE(koc::name_of(koc::source::open) == "open");
    STATIC_REQUIRE(koc::name_of(koc::source::owned) == "owned");
    STATIC_REQUIRE(koc::type_name<koc::source>() == "source"); // the facet of `has("source", ...)`
}

TEST_CASE("a member id is no number and no other id", "[member]") {
    STATIC_REQUIRE_FALSE(std::is_convertible_v<int, koc::member_id>);
    STATIC_REQUIRE_FALSE(std::is_convertible_v<koc::id<struct other_kind>, koc::member_id>);
    STATIC_REQUIRE_FALSE(koc::member_id{}.valid());
}
