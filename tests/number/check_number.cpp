// SPDX-License-Identifier: BSL-1.0
#include <koc/number/check_number.hpp>

#include "support/catch.hpp"

namespace {

using namespace koc;

TEST_CASE("a number within its bounds passes, and another one is refused by name", "[core]") {
    for (auto const fits : {1, 5, 168}) {
        CHECK(check_between("hours", fits, 1, 168).has_value());
    }
    for (auto const not_there : {0, 169, -1}) {
        auto const refused = check_between("hours", not_there, 1, 168);
        REQUIRE_FALSE(refused.has_value());
        CHECK(refused.error() == error{errc::invalid_argument, "hours", "expected from 1 to 168"});
    }
    CHECK(check_share("depth", score{}).has_value());
    CHECK(check_share("depth", whole(1)).has_value());
    auto const below = check_share("depth", score{-1});
    REQUIRE_FALSE(below.has_value());
    CHECK(below.error().subject == "depth");
    CHECK_FALSE(check_share("depth", whole(1) + score{1}).has_value());
}

} // namespace
