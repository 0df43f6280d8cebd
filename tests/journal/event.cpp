// SPDX-License-Identifier: BSL-1.0
#include <koc/journal/event.hpp>

#include "support/catch.hpp"

#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace journal_event_test {

struct opened {
    std::string title;
};
BOOST_DESCRIBE_STRUCT(opened, (), (title))
struct closed {
    int places = 0;
};
BOOST_DESCRIBE_STRUCT(closed, (), (places))
struct renamed {
    std::string title;
};
BOOST_DESCRIBE_STRUCT(renamed, (), (title))

/// Counts its live instances.
struct counted {
    counted() { ++live; }
    counted(counted const&) { ++live; }
    ~counted() { --live; }
    inline static int live = 0;
};
BOOST_DESCRIBE_STRUCT(counted, (), ())

struct moved_1 {
    int to = 0;
};
BOOST_DESCRIBE_STRUCT(moved_1, (), (to))
struct moved {
    int from = 0;
    int to = 0;
};
BOOST_DESCRIBE_STRUCT(moved, (), (from, to))
struct gone {
    int places = 0;
};
BOOST_DESCRIBE_STRUCT(gone, (), (places))

} // namespace journal_event_test

using namespace journal_event_test;

template <>
struct koc::schema<renamed> {
    static constexpr std::string_view name = "opened";
};
template <>
struct koc::schema<moved_1> {
    static constexpr std::string_view name = "moved";
};
template <>
struct koc::schema<moved> {
    using previous = moved_1;
    static moved upcast(moved_1 const& old) { return {-1, old.to}; }
};
template <>
struct koc::schema<gone> {
    static std::vector<event> retire(gone const& old) {
        return {event::of(closed{old.places}), event::of(opened{"again"})};
    }
};

using koc::event;

TEST_CASE("an event is found under its own type and no other", "[journal]") {
    auto const held = event::of(opened{"winter"});
    CHECK(held.has_value());
    REQUIRE(held.get_if<opened>() != nullptr);
    CHECK(held.get_if<opened>()->title == "winter");
    CHECK(held.get_if<closed>() == nullptr);
    CHECK(held.get_if<renamed>() == nullptr);
    CHECK(held.get<opened>().title == "winter");
    CHECK(held.raw() == held.get_if<opened>());
    CHECK(held.type().of == koc::key_of<opened>);
}

TEST_CASE("a copy shares the event, whatever happens to the original", "[journal]") {
    auto first = event::of(opened{"winter"});
    auto const copy = first;
    CHECK(copy.get_if<opened>() == first.get_if<opened>());
    first = event::of(closed{1});
    CHECK(first.get<closed>().places == 1);
    CHECK(copy.get<opened>().title == "winter");
}

TEST_CASE("what was moved from holds nothing and can be used again", "[journal]") {
    CHECK_FALSE(event{}.has_value());
    auto first = event::of(opened{"winter"});
    auto const taken = std::move(first);
    CHECK(taken.get<opened>().title == "winter");
    CHECK_FALSE(first.has_value()); // NOLINT: what is left after a move is part of the promise
    CHECK(first.get_if<opened>() == nullptr);
    first = event::of(closed{2});
    CHECK(first.get<closed>().places == 2);
    auto& same = first;
    first = same;
    CHECK(first.get<closed>().places == 2);
    first = event{};
    CHECK_FALSE(first.has_value());
    STATIC_REQUIRE(std::is_nothrow_move_constructible_v<event>);
}

TEST_CASE("an event lives as long as its last owner", "[journal]") {
    {
        std::vector<event> owners(3, event::of(counted{}));
        CHECK(counted::live == 1);
        owners.push_back(owners[0]);
        owners.erase(owners.begin(), owners.begin() + 2);
        CHECK(counted::live == 1);
        owners[0] = owners[1];
        CHECK(counted::live == 1);
    }
    CHECK(counted::live == 0);
}

TEST_CASE("events are equal when their types and their canonical texts are", "[journal]") {
    auto const held = event::of(opened{"winter"});
    CHECK(held.payload() == R"({"title":"winter"})");
    CHECK(held == event::of(opened{"winter"}));
    CHECK_FALSE(held == event::of(opened{"summer"}));
    CHECK_FALSE(held == event::of(renamed{"winter"}));
    CHECK_FALSE(held == event{});
    CHECK(event{} == event{});
}

TEST_CASE("an event can be made from nothing and filled in", "[journal]") {
    void* value = nullptr;
    auto const made = koc::event_type_of<opened>.make(value);
    CHECK(made.get<opened>().title.empty());
    static_cast<opened*>(value)->title = "filled";
    CHECK(made.get<opened>().title == "filled");
}

TEST_CASE("a type knows its name, its version and what came before", "[journal]") {
    auto const& type = koc::event_type_of<moved>;
    CHECK(type.name == "moved");
    CHECK(type.version == 2);
    CHECK(type.form == &koc::shape_of<moved>);
    CHECK(type.previous == &koc::event_type_of<moved_1>);
    CHECK(type.retire == nullptr);
    CHECK(type.previous->version == 1);
    CHECK(type.previous->previous == nullptr);
    moved_1 const old{5};
    std::vector<event> made;
    type.upcast(&old, made);
    REQUIRE(made.size() == 1);
    CHECK(made[0] == event::of(moved{-1, 5}));
}

TEST_CASE("a retired type tells what takes the place of its events", "[journal]") {
    auto const& type = koc::event_type_of<gone>;
    REQUIRE(type.retire != nullptr);
    gone const old{3};
    std::vector<event> instead;
    type.retire(&old, instead);
    CHECK(instead == std::vector{event::of(closed{3}), event::of(opened{"again"})});
}

TEST_CASE("types are found by name, of which each has its own", "[journal]") {
    koc::event_types types;
    CHECK(types.add(koc::event_type_of<opened>));
    CHECK(types.add(koc::event_type_of<opened>));
    CHECK_FALSE(types.add(koc::event_type_of<renamed>));
    CHECK(types.add(koc::event_type_of<closed>));
    CHECK(types.find("opened") == &koc::event_type_of<opened>);
    CHECK(types.find("gone") == nullptr);
    CHECK(types.all().size() == 2);
}
