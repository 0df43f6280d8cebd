// SPDX-License-Identifier: BSL-1.0
#include <koc/engine/guard.hpp>
#include <koc/engine/guard_kinds.hpp>

#include "engine/garden.hpp"
#include "engine/journals.hpp"
#include "support/catch.hpp"

namespace {

using garden::at;
using garden::engine_of;
using garden::plant_id;
using garden::water;

TEST_CASE("guards are data, in the order in which they are checked", "[engine][guard]") {
    static constexpr auto guards =
        koc::require(koc::known<&water::plant>, koc::within<&water::litres, 1, 1000>);
    STATIC_REQUIRE(std::size(guards.rows) == 2);
    CHECK(guards.rows[0].words() == "plant is a known plant");
    CHECK(guards.rows[1].words() == "litres from 1 to 1000");
}

TEST_CASE("failing looks and changes nothing", "[engine][guard]") {
    test::shared_journal const journal;
    auto engine = engine_of(journal);
    CHECK(engine.failing(water{plant_id{7}, 1}, at(1)).size() == 2);
    CHECK(journal.appends() == 0);
    CHECK(engine.head().position == 0);
}

} // namespace
