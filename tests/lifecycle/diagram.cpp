// SPDX-License-Identifier: BSL-1.0
#include <koc/lifecycle/diagram.hpp>
#include <koc/lifecycle/transition_table.hpp>

#include "support/catch.hpp"

#include <string_view>

namespace {

enum class stage : unsigned char { seed, tree, timber };
BOOST_DESCRIBE_ENUM(stage, seed, tree, timber)
enum class moment : unsigned char { grew, felled };
BOOST_DESCRIBE_ENUM(moment, grew, felled)

struct is_sunny {
    static constexpr std::string_view name = "place: \"sunny\"; not \\ wet #1";
    constexpr bool operator()(bool sunny) const { return sunny; }
};

using life = koc::transition_table<koc::initial<stage::seed>,
    koc::row<stage::seed, moment::grew, stage::tree, is_sunny>,
    koc::row<stage::tree, moment::grew, stage::tree>,
    koc::row<stage::tree, moment::felled, stage::timber>, koc::resting<stage::timber>>;

TEST_CASE("a table is drawn in Mermaid with its guards, its start and its rests", "[lifecycle]") {
    CHECK(koc::mermaid<life>() ==
        "stateDiagram-v2\n"
        "    [*] --> seed\n"
        "    seed --> tree : grew [place#58; \"sunny\"#59; not \\ wet #35;1]\n"
        "    tree --> tree : grew\n"
        "    tree --> timber : felled\n"
        "    timber --> [*]\n");
}

TEST_CASE("a table is drawn in DOT with its guards, its start and its rests", "[lifecycle]") {
    CHECK(koc::dot<life>() ==
        "digraph lifecycle {\n"
        "    rankdir = LR;\n"
        "    \"[*]\" [shape = point];\n"
        "    \"[*]\" -> \"seed\";\n"
        "    \"seed\" -> \"tree\" [label = \"grew\\n[place: \\\"sunny\\\"; not \\\\ wet #1]\"];\n"
        "    \"tree\" -> \"tree\" [label = \"grew\"];\n"
        "    \"tree\" -> \"timber\" [label = \"felled\"];\n"
        "    \"timber\" [peripheries = 2];\n"
        "}\n");
}

} // namespace
