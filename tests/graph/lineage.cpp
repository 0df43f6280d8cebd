// SPDX-License-Identifier: BSL-1.0
#include <koc/graph/lineage.hpp>

#include "support/catch.hpp"

#include <cstdint>
#include <utility>
#include <vector>

namespace {

using person = koc::id<struct person_kind>;
using people = std::vector<person>;

koc::relation<person> family(koc::relation_rules const& rules) {
    koc::relation<person> tree{rules};
    for (auto const& [from, to] :
        {std::pair{1U, 8U}, {1U, 3U}, {3U, 9U}, {8U, 4U}, {3U, 5U}, {5U, 2U}}) {
        REQUIRE(tree.link(person(from), person(to)).has_value());
    }
    return tree;
}

TEST_CASE("a lineage leads from the nearest ancestor to the first of the line", "[graph]") {
    auto const tree = family({.sources_max = 1, .acyclic = true});
    CHECK(koc::ancestors(tree, person{2}) == people{person{5}, person{3}, person{1}});
    CHECK(koc::ancestors(tree, person{4}) == people{person{8}, person{1}});
    CHECK(koc::ancestors(tree, person{1}).empty());
    CHECK(koc::ancestors(tree, person{77}).empty());
}

TEST_CASE("descendants come by generations, each sorted by id", "[graph]") {
    auto const tree = family({.sources_max = 1, .acyclic = true});
    CHECK(koc::descendants(tree, person{1}) ==
        std::vector{people{person{3}, person{8}}, people{person{4}, person{5}, person{9}},
            people{person{2}}});
    CHECK(koc::descendants(tree, person{5}) == std::vector<people>{{person{2}}});
    CHECK(koc::descendants(tree, person{2}).empty());
    CHECK(koc::descendants(tree, person{77}).empty());
}

TEST_CASE("whoever is reached twice stands in the nearest generation, and cycles end", "[graph]") {
    auto web = family({});
    REQUIRE(web.link(person{1}, person{2}).has_value());
    REQUIRE(web.link(person{2}, person{1}).has_value());
    CHECK(koc::descendants(web, person{1}) ==
        std::vector{
            people{person{2}, person{3}, person{8}}, people{person{4}, person{5}, person{9}}});
}

TEST_CASE("a lineage ends where a link was taken away", "[graph]") {
    auto tree = family({.sources_max = 1, .acyclic = true});
    REQUIRE(tree.unlink(person{1}, person{3}).has_value());
    CHECK(koc::ancestors(tree, person{2}) == people{person{5}, person{3}});
    CHECK(tree.erase(person{3}) == 2);
    CHECK(koc::ancestors(tree, person{2}) == people{person{5}});
}

} // namespace
