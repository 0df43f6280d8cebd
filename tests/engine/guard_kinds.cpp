// SPDX-License-Identifier: BSL-1.0
#include <koc/engine/guard_kinds.hpp>

#include "engine/garden.hpp"
#include "engine/journals.hpp"
#include "support/catch.hpp"

#include <string>
#include <vector>

namespace {

using garden::at;
using garden::engine_of;
using garden::growth;
using garden::plant;
using garden::plant_id;
using garden::water;
using koc::errc;

TEST_CASE("guards say in words what they ask for", "[engine][guard]") {
    CHECK(koc::known<&water::plant>.words() == "plant is a known plant");
    CHECK(koc::has_value<&water::plant, &plant::stage, growth::seed, growth::grown>.words() ==
        "plant has stage seed or grown");
    CHECK(koc::within<&water::litres, 1, 1000>.words() == "litres from 1 to 1000");
}

TEST_CASE("the first guard that fails refuses, and all that fail are known", "[engine][guard]") {
    auto engine = engine_of(test::shared_journal{});
    REQUIRE(engine.handle(garden::sow{plant_id{1}, "oak"}, at(1)).has_value());
    REQUIRE(engine.handle(garden::fell{plant_id{1}}, at(1)).has_value());

    auto const unknown = engine.handle(water{plant_id{7}, 5000}, at(1));
    CHECK(unknown.error() == koc::unknown("plant", plant_id{7}));
    auto const all = engine.failing(water{plant_id{7}, 5000}, at(1));
    REQUIRE(all.size() == 3);
    CHECK(all[0].code == errc::unknown_id);
    CHECK(all[1].code == errc::not_qualified);
    CHECK(all[1].subject == "plant 7");
    CHECK(all[2].subject == "water.litres");
    CHECK(all[2].expected == "expected a value from 1 to 1000, not 5000");

    auto const felled = engine.failing(water{plant_id{1}, 1}, at(1));
    REQUIRE(felled.size() == 1);
    CHECK(felled[0].expected ==
        "expected a plant with stage seed or grown, not felled; name another or bring it there "
        "first");
    CHECK(
        engine.failing(garden::sow{plant_id{1}, "oak"}, at(1)).empty()); // what relates is no guard
}

} // namespace
