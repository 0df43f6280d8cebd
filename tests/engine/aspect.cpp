// SPDX-License-Identifier: BSL-1.0
#include <koc/engine/aspect.hpp>
#include <koc/testing/archetypes.hpp>

#include "engine/garden.hpp"
#include "support/catch.hpp"

#include <memory>
#include <type_traits>
#include <utility>

namespace {

struct without_digest {
    using events = koc::event_list<>;
    using commands = koc::command_list<>;
};
struct without_commands {
    using events = koc::event_list<>;
    void digest_into(koc::hasher&) const {}
};
struct digest_changes_it : without_digest {
    void digest_into(koc::hasher&) {}
};
struct cannot_be_copied : without_digest {
    void digest_into(koc::hasher&) const {}
    std::unique_ptr<int> secret;
};
struct least : without_digest {
    void digest_into(koc::hasher&) const {}
};

TEST_CASE("an aspect lists its events and commands, can be copied and digested", "[engine]") {
    STATIC_REQUIRE(koc::aspect<least>);
    STATIC_REQUIRE(koc::aspect<koc::archetypes::aspect>);
    STATIC_REQUIRE(koc::aspect<garden::beds>);
    STATIC_REQUIRE(koc::aspect<garden::diary<garden::programme>>);
    STATIC_REQUIRE_FALSE(koc::aspect<without_digest>);
    STATIC_REQUIRE_FALSE(koc::aspect<without_commands>);
    STATIC_REQUIRE_FALSE(koc::aspect<digest_changes_it>);
    STATIC_REQUIRE_FALSE(koc::aspect<cannot_be_copied>);
}

TEST_CASE("the events of a programme are those of its aspects, in their order", "[engine]") {
    STATIC_REQUIRE(std::is_same_v<koc::event_of<garden::programme>,
        koc::any_event<garden::sown, garden::watered, garden::noted, garden::page_filled>>);
    // A derived bag has the same events, so both read the same journal.
    STATIC_REQUIRE(
        std::is_same_v<koc::event_of<garden::small_pages>, koc::event_of<garden::programme>>);
}

TEST_CASE("a world gives an aspect by its type or by its template", "[engine]") {
    garden::programme const bag;
    koc::state_of<garden::programme> state{bag};
    state.get<garden::beds>().apply(garden::sown{garden::plant_id{1}, {}, "oak", {}}, {});
    koc::world const world{state};
    CHECK(world.get<garden::beds>().plants().size() == 1);
    CHECK(world.get<garden::diary>().lines() == 0);
    CHECK(&world.get<garden::diary>() == &world.get<garden::diary<garden::programme>>());
}

TEST_CASE("a decision keeps events in the order in which they are emitted", "[engine]") {
    koc::decision<garden::programme> out{koc::instant{7}};
    CHECK(out.now() == koc::instant{7});
    CHECK(out.events().empty());
    out.emit(garden::noted{1, {}});
    out.emit(garden::sown{garden::plant_id{2}, {}, "oak", {}});
    REQUIRE(out.events().size() == 2);
    CHECK(out.events()[0].get<garden::noted>().line == 1);
    auto const taken = std::move(out).take();
    CHECK(taken[1].get<garden::sown>().plant == garden::plant_id{2});
}

} // namespace
