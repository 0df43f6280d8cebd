// SPDX-License-Identifier: BSL-1.0
#include <koc/lifecycle/diagram.hpp>
#include <koc/lifecycle/transition_table.hpp>

#include "support/catch.hpp"

#include <string>
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

struct is_hostile {
    static constexpr std::string_view name = "<b>&amp; %%{init}%%\n\t`x`\"";
    constexpr bool operator()(bool) const { return true; }
};
enum class word : unsigned char { start, note, end };
BOOST_DESCRIBE_ENUM(word, start, note, end)

using words = koc::transition_table<koc::initial<word::start>,
    koc::row<word::start, moment::grew, word::note, is_hostile>,
    koc::row<word::note, moment::grew, word::end>, koc::resting<word::end>>;

TEST_CASE("what a guard or a stage is called cannot leave its label", "[lifecycle]") {
    CHECK(koc::mermaid<words>() ==
        "stateDiagram-v2\n"
        "    state \"note\" as note_stage\n"
        "    state \"end\" as end_stage\n"
        "    [*] --> start\n"
        "    start --> note_stage : grew [#60;b#62;#38;amp#59; "
        "#37;#37;#123;init#125;#37;#37;  #96;x#96;\"]\n"
        "    note_stage --> end_stage : grew\n"
        "    end_stage --> [*]\n");
    auto const drawn = koc::dot<words>();
    CHECK(drawn.find("grew\\n[<b>&amp;amp; %%{init}%%  `x`\\\"]") != std::string::npos);
}

} // namespace
