// SPDX-License-Identifier: BSL-1.0
#include <koc/search/concepts.hpp>
#include <koc/testing/archetypes.hpp>

#include "search/scorers.hpp"
#include "support/catch.hpp"

#include <string>

namespace {

using koc::archetypes::candidate;
using koc::archetypes::crowd;
using koc::archetypes::task;

struct crowd_named_by_numbers : crowd {
    [[nodiscard]] std::uint64_t id_at(koc::slot) const { return 1; }
};
struct nameless_crowd : koc::archetypes::tagged_crowd {
    candidate const& operator[](koc::slot) const;
};

TEST_CASE("a population gives its members and their ids", "[match]") {
    STATIC_REQUIRE(koc::population<crowd>);
    STATIC_REQUIRE(koc::population<test::crowd>);
    STATIC_REQUIRE_FALSE(koc::population<crowd_named_by_numbers>);
    STATIC_REQUIRE_FALSE(koc::population<nameless_crowd>);
    STATIC_REQUIRE_FALSE(koc::population<koc::archetypes::tagged_crowd>);
    STATIC_REQUIRE(std::is_same_v<koc::candidate_of<crowd>, candidate const&>);
    STATIC_REQUIRE(std::is_same_v<koc::id_of<crowd>, koc::id<candidate>>);
}

struct silent_scorer {
    [[nodiscard]] koc::score rate(task const&, candidate const&) const { return {}; }
};
struct scorer_of_doubles : koc::archetypes::scorer {
    using scorer::scorer;
    [[nodiscard]] double rate(task const&, candidate const&) const { return 0.5; }
};
struct scorer_that_changes : koc::archetypes::scorer {
    using scorer::scorer;
    koc::score rate(task const&, candidate const&) { return {}; }
};
struct scorer_that_cannot_be_copied : koc::archetypes::scorer {
    using scorer::scorer;
    scorer_that_cannot_be_copied(scorer_that_cannot_be_copied const&) = delete;
};
struct scorer_with_another_bound : koc::archetypes::scorer {
    using scorer::scorer;
    [[nodiscard]] int bound(task const&, crowd const&, std::size_t) const { return 0; }
};

TEST_CASE("a scorer rates and explains without changing", "[match]") {
    STATIC_REQUIRE(koc::scorer_for<koc::archetypes::scorer, task, candidate>);
    STATIC_REQUIRE_FALSE(koc::scorer_for<silent_scorer, task, candidate>);
    STATIC_REQUIRE_FALSE(koc::scorer_for<scorer_of_doubles, task, candidate>);
    STATIC_REQUIRE_FALSE(koc::scorer_for<scorer_that_changes, task, candidate>);
    STATIC_REQUIRE_FALSE(koc::scorer_for<scorer_that_cannot_be_copied, task, candidate>);
    STATIC_REQUIRE_FALSE(koc::scorer_for<koc::archetypes::scorer, task, int>);
    STATIC_REQUIRE(koc::bounded_scorer_for<koc::archetypes::bounded_scorer, task, crowd>);
    STATIC_REQUIRE_FALSE(koc::bounded_scorer_for<scorer_with_another_bound, task, crowd>);
}

struct gate_without_words {
    [[nodiscard]] bool admits(task const&, candidate const&) const { return true; }
};

TEST_CASE("a gate admits or says why not", "[match]") {
    STATIC_REQUIRE(koc::gate_for<koc::open_gate, task, candidate>);
    STATIC_REQUIRE(koc::gate_for<koc::archetypes::gate, task, candidate>);
    STATIC_REQUIRE_FALSE(koc::gate_for<gate_without_words, task, candidate>);
    STATIC_REQUIRE(koc::open_gate::admits(0, 0));
    CHECK(koc::open_gate::refusal(0, 0).empty());
}

} // namespace
