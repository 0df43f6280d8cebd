// SPDX-License-Identifier: BSL-1.0
#include <koc/engine/composition.hpp>
#include <koc/engine/engine.hpp>

#include "engine/garden.hpp"
#include "support/catch.hpp"

#include <string_view>
#include <vector>

namespace {

TEST_CASE("a programme is its aspects in their order, behind those of its rules", "[engine]") {
    auto const& made = *koc::include_instantiate_hpp<garden::programme>().of;
    std::vector<std::string_view> names;
    for (auto const& part : made.parts) {
        names.push_back(part.name);
    }
    REQUIRE(names.size() == 9); // the clock's rules, those of three aspects, and five aspects
    CHECK(std::vector(names.end() - 5, names.end()) ==
        std::vector<std::string_view>{"tag_library", "beds", "diary", "helper", "inspector"});
    CHECK(made.types.find("sown") == &koc::event_type_of<garden::sown>);
    CHECK(made.types.find("beds_rules_adopted") != nullptr);
    CHECK(made.types.find("nothing") == nullptr);
    REQUIRE(made.kept.size() == 1);
    CHECK(made.kept.front().name == "growth");
}

} // namespace
