// SPDX-License-Identifier: BSL-1.0
#include <koc/lifecycle/first_mistake.hpp>

#include "support/catch.hpp"

#include <cstdint>
#include <vector>

namespace {

using koc::part_facts;
using koc::table_finding;
using koc::table_mistake;

constexpr std::uint16_t sunny = 1;
constexpr std::uint16_t small = 2;

constexpr part_facts starts(unsigned char stage) { return {koc::part_kind::initial, stage}; }
constexpr part_facts rests(unsigned char stage) { return {koc::part_kind::resting, stage}; }
constexpr part_facts only_entry(unsigned char stage, unsigned char event) {
    return {koc::part_kind::only_entry, stage, event};
}
constexpr part_facts row(
    unsigned char from, unsigned char event, unsigned char to, std::uint16_t guard = 0) {
    return {koc::part_kind::row, from, event, to, guard};
}

TEST_CASE("a table's first mistake is found, with its stage and event", "[lifecycle]") {
    struct expectation {
        char const* rule;
        unsigned char stages;
        std::vector<part_facts> parts;
        table_finding found;
    };
    using enum table_mistake;
    // Stages and events are numbers here: row(from, event, to, guard).
    std::vector<expectation> const cases{
        {"a line to a resting stage", 2, {starts(0), row(0, 0, 1), rests(1)}, {}},
        {"a circle needs no rest", 2, {starts(0), row(0, 0, 1), row(1, 0, 0)}, {}},
        {"order of the parts is free", 2, {rests(1), row(0, 0, 1), starts(0)}, {}},
        {"a resting stage may have an exit", 2,
            {starts(0), row(0, 0, 1), row(1, 0, 0), rests(1), rests(0)}, {}},
        {"different guards share a stage and an event", 2,
            {starts(0), row(0, 0, 1, sunny), row(0, 0, 0, small), row(0, 0, 1), rests(1)}, {}},
        {"one guard serves several events", 2,
            {starts(0), row(0, 0, 1, sunny), row(0, 1, 1, sunny), rests(1)}, {}},
        {"an only entry that is used", 2,
            {starts(0), row(0, 3, 1), rests(1), only_entry(1, 3)}, {}},
        {"a stage with two only entries", 2,
            {starts(0), row(0, 3, 1), row(0, 4, 1), rests(1), only_entry(1, 3), only_entry(1, 4)},
            {}},
        {"staying is not entering", 2,
            {starts(0), row(0, 3, 1), row(1, 4, 1), rests(1), only_entry(1, 3)}, {}},

        {"no start", 2, {row(0, 0, 1), rests(1)}, {initial_missing}},
        {"two starts", 2, {starts(0), row(0, 0, 1), rests(1), starts(1)}, {initial_twice, 1}},
        {"the same start twice", 2, {starts(0), starts(0), row(0, 0, 1)}, {initial_twice, 0}},
        {"two outcomes", 3, {starts(0), row(0, 5, 1), row(0, 5, 2), rests(1), rests(2)},
            {row_twice, 0, 5}},
        {"two outcomes behind one guard", 2,
            {starts(0), row(0, 5, 1, sunny), row(0, 5, 0, sunny), rests(1)}, {row_twice, 0, 5}},
        {"a row in the shadow of another", 2,
            {starts(0), row(0, 0, 1), row(1, 6, 0), row(1, 6, 1, sunny)}, {row_never_tried, 1, 6}},
        {"a rest that is nowhere", 2, {starts(0), row(0, 0, 1), rests(1), rests(2)},
            {resting_unknown, 2}},
        {"a stage that no row mentions", 3, {starts(0), row(0, 0, 1), rests(1)},
            {stage_unreachable, 2}},
        {"an island", 4, {starts(0), row(0, 0, 1), rests(1), row(2, 0, 3), row(3, 0, 2)},
            {stage_unreachable, 2}},
        {"a way out but none in", 3, {starts(0), row(0, 0, 1), rests(1), row(2, 0, 1)},
            {stage_unreachable, 2}},
        {"a dead end", 2, {starts(0), row(0, 0, 1)}, {stage_without_exit, 1}},
        {"a dead end that turns on the spot", 2, {starts(0), row(0, 0, 1), row(1, 0, 1)},
            {stage_without_exit, 1}},
        {"a way round an only entry", 3,
            {starts(0), row(0, 3, 1), row(0, 4, 2), row(2, 4, 1), rests(1), only_entry(1, 3)},
            {only_entry_bypassed, 1, 4}},
        {"an only entry that nothing uses", 2,
            {starts(0), row(0, 3, 1), rests(1), only_entry(1, 4)}, {only_entry_bypassed, 1, 3}},
        {"an initial stage with an only entry", 2,
            {starts(0), row(0, 3, 1), row(1, 4, 0), only_entry(0, 4)}, {only_entry_at_start, 0}},
    };
    for (auto const& c : cases) {
        CAPTURE(c.rule);
        std::vector<unsigned char> stages;
        for (unsigned char s = 0; s < c.stages; ++s) {
            stages.push_back(s);
        }
        auto const found = koc::first_mistake(stages, c.parts);
        CHECK(static_cast<int>(found.mistake) == static_cast<int>(c.found.mistake));
        CHECK(static_cast<int>(found.stage) == static_cast<int>(c.found.stage));
        CHECK(static_cast<int>(found.event) == static_cast<int>(c.found.event));
    }
}

} // namespace
