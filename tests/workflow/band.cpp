// SPDX-License-Identifier: BSL-1.0
#include <koc/workflow/band.hpp>

#include "support/catch.hpp"

using namespace koc;

namespace {

TEST_CASE("an alarm is raised below one bound and cleared from the higher one on", "[workflow]") {
    constexpr band bounds{percent(20), percent(25)};
    STATIC_REQUIRE_FALSE(alarmed(bounds, percent(20), false));
    STATIC_REQUIRE(alarmed(bounds, percent(19), false));
    STATIC_REQUIRE(alarmed(bounds, percent(24), true));
    STATIC_REQUIRE_FALSE(alarmed(bounds, percent(25), true));
    // Between the bounds it stays as it was.
    STATIC_REQUIRE_FALSE(alarmed(bounds, percent(22), false));
    STATIC_REQUIRE(alarmed(bounds, percent(22), true));
}

TEST_CASE("a number that moves between the bounds changes the alarm once", "[workflow]") {
    band const bounds{percent(20), percent(25)};
    auto on = false;
    auto changes = 0;
    for (auto value : {30, 21, 19, 21, 19, 24, 20, 22, 24, 18, 25, 21, 24, 20}) {
        auto const now = alarmed(bounds, percent(value), on);
        changes += now != on ? 1 : 0;
        on = now;
    }
    CHECK(changes == 2);
    CHECK_FALSE(on);
}

} // namespace
