// SPDX-License-Identifier: BSL-1.0
#include <koc/journal/any_event.hpp>

#include "support/catch.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace {

struct opened {
    std::string title;
};
struct closed {
    int places = 0;
};
struct moved_only {
    std::unique_ptr<int> secret;
};
struct stranger {};

using event = koc::any_event<opened, closed, moved_only>;

} // namespace

TEST_CASE("an event is found under its own type and no other", "[journal]") {
    event const held = opened{"winter"};
    CHECK(held.has_value());
    CHECK(held.index() == 0);
    CHECK(held.holds<opened>());
    CHECK_FALSE(held.holds<closed>());
    REQUIRE(held.get_if<opened>() != nullptr);
    CHECK(held.get_if<opened>()->title == "winter");
    CHECK(held.get_if<closed>() == nullptr);
    CHECK(held.get<opened>().title == "winter");
    CHECK(event{closed{3}}.index() == 1);
}

TEST_CASE("only events of the list are taken", "[journal]") {
    STATIC_REQUIRE(std::is_constructible_v<event, closed>);
    STATIC_REQUIRE(std::is_convertible_v<opened, event>);
    STATIC_REQUIRE(!std::is_constructible_v<event, stranger>);
    STATIC_REQUIRE(!std::is_constructible_v<event, std::string>);
    STATIC_REQUIRE(event::index_of<moved_only>() == 2);
    STATIC_REQUIRE(event::index_of<stranger>() == 3);
}

TEST_CASE("a visit sees the held event and gives back the visitor's answer", "[journal]") {
    struct sizes {
        std::size_t operator()(opened const& e) const { return e.title.size(); }
        std::size_t operator()(closed const& e) const { return static_cast<std::size_t>(e.places); }
        std::size_t operator()(moved_only const&) const { return 1000; }
    };
    CHECK(event{opened{"winter"}}.visit(sizes{}) == 6);
    CHECK(event{closed{40}}.visit(sizes{}) == 40);
    CHECK(event{moved_only{}}.visit(sizes{}) == 1000);

    std::vector<std::size_t> seen;
    event{closed{}}.visit([&](auto const& e) {
        using held_type = std::remove_cvref_t<decltype(e)>;
        seen.push_back(event::index_of<held_type>());
    });
    CHECK(seen == std::vector<std::size_t>{1});
}

TEST_CASE("a copy shares the event, whatever happens to the original", "[journal]") {
    event first = opened{"winter"};
    auto const copy = first;
    CHECK(copy.get_if<opened>() == first.get_if<opened>());
    first = closed{1};
    CHECK(first.holds<closed>());
    CHECK(copy.get<opened>().title == "winter");
}

TEST_CASE("what was moved from holds nothing and can be used again", "[journal]") {
    CHECK_FALSE(event{}.has_value());
    event first = opened{"winter"};
    auto const taken = std::move(first);
    CHECK(taken.get<opened>().title == "winter");
    CHECK_FALSE(first.has_value()); // NOLINT: what is left after a move is part of the promise
    CHECK(first.get_if<opened>() == nullptr);
    first = closed{2};
    CHECK(first.get<closed>().places == 2);
    first = event{};
    CHECK_FALSE(first.has_value());
}
