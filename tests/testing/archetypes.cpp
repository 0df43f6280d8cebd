// SPDX-License-Identifier: BSL-1.0
#include <koc/engine/engine.hpp>
#include <koc/engine/instantiate.hpp>
#include <koc/journal/memory_journal.hpp>
#include <koc/testing/archetypes.hpp>

#include "support/catch.hpp"

#include <concepts>
#include <type_traits>

template koc::programme_parts koc::include_instantiate_hpp<koc::archetypes::programme>();

namespace {

namespace least = koc::archetypes;

TEST_CASE("an archetype offers nothing beyond its concept", "[testing]") {
    STATIC_REQUIRE_FALSE(std::default_initializable<least::scorer>);
    STATIC_REQUIRE_FALSE(std::equality_comparable<least::scorer>);
    STATIC_REQUIRE_FALSE(std::move_constructible<least::gate>);
    STATIC_REQUIRE_FALSE(std::default_initializable<least::gate>);
    STATIC_REQUIRE_FALSE(std::move_constructible<least::crowd>);
    STATIC_REQUIRE_FALSE(std::move_constructible<least::candidate>);
    STATIC_REQUIRE_FALSE(std::move_constructible<least::task>);
    STATIC_REQUIRE_FALSE(std::equality_comparable<least::happened>);
    STATIC_REQUIRE_FALSE(std::copy_constructible<least::aspect>);
}

TEST_CASE("an engine asks an aspect for no more than it promises", "[testing][engine]") {
    auto engine = koc::engine::of<least::programme>(koc::memory_journal{});
    auto const before = engine.state_text();
    auto const given = engine.handle(least::happen{}, {koc::instant{1}, {}, "r"});
    REQUIRE(given.has_value());
    CHECK(given->first == 0);
    CHECK(engine.preview(least::happen{}, {koc::instant{1}}).value().size() == 1);
    CHECK(engine.state_text() != before);
}

} // namespace
