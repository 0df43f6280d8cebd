// SPDX-License-Identifier: BSL-1.0
#include <koc/graph/link_set.hpp>

#include "support/catch.hpp"

#include <boost/concept/assert.hpp>
#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/depth_first_search.hpp>
#include <boost/graph/graph_concepts.hpp>
#include <boost/graph/graph_utility.hpp>
#include <boost/graph/topological_sort.hpp>

#include <rapidcheck.h>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <map>
#include <set>
#include <utility>
#include <vector>

namespace {

using koc::link_set;
using vertex = std::uint64_t;

BOOST_CONCEPT_ASSERT((boost::IncidenceGraphConcept<link_set>));
BOOST_CONCEPT_ASSERT((boost::BidirectionalGraphConcept<link_set>));

link_set of(std::vector<std::pair<vertex, vertex>> const& links) {
    link_set made;
    for (auto [from, to] : links) {
        made.insert(from, to);
    }
    return made;
}
std::vector<vertex> targets(link_set const& links, vertex from) {
    std::vector<vertex> found;
    for (auto [at, end] = out_edges(from, links); at != end; ++at) {
        found.push_back(target(*at, links));
    }
    return found;
}
std::vector<vertex> sources(link_set const& links, vertex to) {
    std::vector<vertex> found;
    for (auto [at, end] = in_edges(to, links); at != end; ++at) {
        found.push_back(source(*at, links));
    }
    return found;
}

using colors = std::map<vertex, boost::default_color_type>;

TEST_CASE("links are found from both ends, sorted", "[graph]") {
    auto const links = of({{5, 2}, {5, 9}, {1, 9}, {9, 5}});
    CHECK(links.size() == 4);
    CHECK(links.linked(5, 2));
    CHECK_FALSE(links.linked(2, 5));
    CHECK(targets(links, 5) == std::vector<vertex>{2, 9});
    CHECK(sources(links, 9) == std::vector<vertex>{1, 5});
    CHECK(targets(links, 2).empty());
    CHECK(out_degree(5, links) == 2);
    CHECK(in_degree(9, links) == 2);
    CHECK(degree(5, links) == 3);
    CHECK(std::is_sorted(links.begin(), links.end()));
}

TEST_CASE("the ends of the range of numbers are vertices too", "[graph]") {
    auto const last = ~vertex{0};
    auto const links = of({{0, last}, {last, 0}, {last, last}});
    CHECK(targets(links, last) == std::vector<vertex>{0, last});
    CHECK(sources(links, last) == std::vector<vertex>{0, last});
    CHECK(targets(links, 0) == std::vector<vertex>{last});
    CHECK(links.reaches(0, 0));
}

TEST_CASE("a link is made once, and can be taken out and put back", "[graph]") {
    auto links = of({{1, 2}, {1, 3}});
    CHECK_FALSE(links.insert(1, 2));
    auto node = links.extract(1, 2);
    CHECK(links.size() == 1);
    CHECK(sources(links, 2).empty());
    links.put_back(std::move(node));
    CHECK(targets(links, 1) == std::vector<vertex>{2, 3});
    CHECK(sources(links, 2) == std::vector<vertex>{1});
}

TEST_CASE("Boost.Graph walks the links by breadth", "[graph]") {
    auto const links = of({{1, 2}, {1, 3}, {2, 4}, {3, 4}, {4, 1}, {8, 9}});
    struct seen final : boost::bfs_visitor<> {
        explicit seen(std::vector<vertex>& to) : order{&to} {}
        void discover_vertex(vertex v, link_set const&) const { order->push_back(v); }
        std::vector<vertex>* order;
    };
    std::vector<vertex> order;
    colors state;
    boost::queue<vertex> next;
    boost::breadth_first_visit(
        links, vertex{1}, next, seen{order}, boost::make_assoc_property_map(state));
    CHECK(order == std::vector<vertex>{1, 2, 3, 4});
}

TEST_CASE("Boost.Graph sorts the links topologically, or finds the cycle", "[graph]") {
    auto const sorted = [](link_set const& links) {
        std::vector<vertex> order;
        colors state;
        boost::topo_sort_visitor visitor{std::back_inserter(order)};
        for (auto const& link : links) {
            if (state[link.from] == boost::white_color) {
                boost::depth_first_visit(
                    links, link.from, visitor, boost::make_assoc_property_map(state));
            }
        }
        std::reverse(order.begin(), order.end());
        return order;
    };
    auto links = of({{7, 5}, {5, 3}, {7, 3}, {3, 1}, {8, 5}});
    auto const order = sorted(links);
    CHECK(order.size() == 5);
    auto const rank = [&](vertex v) { return std::find(order.begin(), order.end(), v); };
    for (auto const& link : links) {
        CHECK(rank(link.from) < rank(link.to));
    }
    links.insert(1, 7);
    CHECK_THROWS_AS(sorted(links), boost::not_a_dag);
}

TEST_CASE("reaches is what is found by following links one by one", "[graph]") {
    CHECK(rc::check("reaches agrees with the closure, and with Boost's own search", [] {
        auto const pairs = *rc::gen::container<std::vector<std::pair<vertex, vertex>>>(
            rc::gen::pair(rc::gen::inRange<vertex>(0, 7), rc::gen::inRange<vertex>(0, 7)));
        auto const links = of(pairs);
        std::set<std::pair<vertex, vertex>> closure{pairs.begin(), pairs.end()};
        for (vertex v = 0; v < 7; ++v) {
            closure.insert({v, v});
        }
        for (vertex by = 0; by < 7; ++by) {
            for (vertex from = 0; from < 7; ++from) {
                for (vertex to = 0; to < 7; ++to) {
                    if (closure.contains({from, by}) && closure.contains({by, to})) {
                        closure.insert({from, to});
                    }
                }
            }
        }
        for (vertex from = 0; from < 7; ++from) {
            for (vertex to = 0; to < 7; ++to) {
                RC_ASSERT(links.reaches(from, to) == closure.contains({from, to}));
                colors state;
                RC_ASSERT(boost::is_reachable(from, to, links,
                              boost::make_assoc_property_map(state)) == links.reaches(from, to));
            }
        }
    }));
}

} // namespace
