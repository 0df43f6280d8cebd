// SPDX-License-Identifier: BSL-1.0
#include <koc/workflow/quota.hpp>

#include "support/catch.hpp"

using namespace koc;

namespace {

TEST_CASE(
    "a quota lets as many be taken as there are, and what comes back again", "[workflow][quota]") {
    quota seats{2, 0};
    CHECK(seats.check_take("hall 1", "seats").has_value());
    seats.take();
    seats.take();
    CHECK(seats.left() == 0);
    auto const full = seats.check_take("hall 1", "seats");
    REQUIRE_FALSE(full.has_value());
    CHECK(full.error().code == errc::no_capacity);
    CHECK(full.error().subject == "hall 1");
    CHECK(full.error().expected ==
        "expected fewer than 2 seats to be taken, but 2 are; wait until one comes back");
    seats.give_back();
    CHECK(seats.left() == 1);
    CHECK(seats.check_take("hall 1", "seats").has_value());
}

TEST_CASE("nothing comes back of which nothing was taken", "[workflow][quota]") {
    quota seats{2, 0};
    CHECK_THROWS_AS(seats.give_back(), misfit);
    CHECK(seats.taken == 0);
}

TEST_CASE(
    "a limit below what is taken leaves nothing, and no number below 0", "[workflow][quota]") {
    quota const lowered{1, 3};
    CHECK(lowered.left() == 0);
    CHECK_FALSE(lowered.check_take("hall 1", "seats").has_value());
}

} // namespace
