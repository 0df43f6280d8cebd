// SPDX-License-Identifier: BSL-1.0
#include <koc/engine/rules_page.hpp>

#include "engine/garden.hpp"
#include "engine/journals.hpp"
#include "support/catch.hpp"

#include <string>

namespace {

using garden::at;
using garden::engine_of;

bool says(std::string const& page, char const* line) {
    return page.find(line) != std::string::npos;
}

TEST_CASE("the page of rules lists guards in the order in which they are checked", "[engine]") {
    auto const page = rules_page(engine_of(test::shared_journal{}));
    CHECK(says(page, "### water\n\n1. plant is a known plant\n2. "));
    CHECK(says(page, "### shout\n\nNo conditions beside the checks of helper.\n"));
}

TEST_CASE("the page of rules says who may veto an event, a question or a command", "[engine]") {
    auto const page = rules_page(engine_of(test::shared_journal{}));
    CHECK(says(page, "\nObjections to the asking: inspector.\n"));
    CHECK(says(page, "\nVetoes:\n\n- sown: inspector\n- watered: inspector\n"));
    CHECK(says(page, "\n## Questions\n"));
    CHECK(says(page, "- may_water: inspector\n"));
    CHECK(says(page, "- how_wet: inspector\n"));
    CHECK_FALSE(says(page, "- command_asked: "));
}

TEST_CASE("the page of rules shows the values that were adopted", "[engine]") {
    auto engine = engine_of(test::shared_journal{});
    CHECK(says(rules_page(engine), "- beds_rules: not adopted; commands that read them are refused"));
    REQUIRE(engine.handle(garden::sow{garden::plant_id{1}, "tree"}, at(1)).has_value());
    auto const page = rules_page(engine);
    CHECK(says(page, "- beds_rules: {\"litres_max\":50,"));
    CHECK(page == rules_page(engine));
}

} // namespace
