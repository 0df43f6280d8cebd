// SPDX-License-Identifier: BSL-1.0
#include "network_simplex.hpp"

#include <lemon/network_simplex.h>
#include <lemon/static_graph.h>

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <utility>
#include <vector>

// A circulation of places: a task's node supplies what it needs, a person takes at most their
// capacity to the sink, and a place that nobody fills goes to the sink for nothing.
std::int64_t rival::network_simplex(wl::AssignProblem const& given) {
    using graph = lemon::StaticDigraph;
    auto const tasks = static_cast<int>(given.tasks);
    auto const people = static_cast<int>(given.members);
    auto const sink = tasks + people;
    std::vector<std::pair<int, int>> arcs; // sorted by their source, as the graph asks
    std::vector<int> limits;
    std::vector<std::int64_t> costs;
    arcs.reserve(given.edges.size() + given.need.size() + given.capacity.size());
    limits.reserve(arcs.capacity());
    costs.reserve(arcs.capacity());
    auto const add = [&](int from, int to, int limit, std::int64_t cost) {
        arcs.emplace_back(from, to);
        limits.push_back(limit);
        costs.push_back(cost);
    };
    std::int64_t top = 0; // costs are what the best fit is better by
    for (auto const& each : given.edges) {
        top = std::max<std::int64_t>(top, each.score);
    }
    std::size_t next = 0;
    int supply = 0;
    for (int t = 0; t < tasks; ++t) {
        for (; next < given.edges.size() && static_cast<int>(given.edges[next].task) == t; ++next) {
            auto const& each = given.edges[next];
            add(t, tasks + static_cast<int>(each.member), 1, top - each.score);
        }
        auto const places = given.need[static_cast<std::size_t>(t)];
        add(t, sink, places, top);
        supply += places;
    }
    for (int p = 0; p < people; ++p) {
        add(tasks + p, sink, given.capacity[static_cast<std::size_t>(p)], 0);
    }
    graph flow;
    flow.build(sink + 1, arcs.begin(), arcs.end());
    graph::ArcMap<int> limit{flow};
    graph::ArcMap<std::int64_t> cost{flow};
    for (int a = 0; a < flow.arcNum(); ++a) {
        limit[flow.arc(a)] = limits[static_cast<std::size_t>(a)];
        cost[flow.arc(a)] = costs[static_cast<std::size_t>(a)];
    }
    graph::NodeMap<int> balance{flow, 0};
    for (int t = 0; t < tasks; ++t) {
        balance[flow.node(t)] = given.need[static_cast<std::size_t>(t)];
    }
    balance[flow.node(sink)] = -supply;
    lemon::NetworkSimplex<graph, int, std::int64_t> solver{flow};
    solver.upperMap(limit).costMap(cost).supplyMap(balance);
    if (solver.run() != solver.OPTIMAL) {
        std::abort();
    }
    return supply * top - solver.totalCost<std::int64_t>();
}
