// SPDX-License-Identifier: BSL-1.0
#include <koc/graph/flow_network.hpp>

#include "support/catch.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace {

using koc::flow_network;

TEST_CASE("as much flows as the edges and the vertices let through", "[graph]") {
    flow_network net;
    auto const from = net.add_vertex(100);
    auto const a = net.add_vertex(3);
    auto const b = net.add_vertex(100);
    auto const to = net.add_vertex(100);
    net.add_edge(from, a, 9);
    net.add_edge(a, to, 9); // 3, as the vertex lets no more through
    net.add_edge(from, b, 5);
    net.add_edge(b, to, 2); // 2, as the edge carries no more
    CHECK(net.flow(from, to) == 5);
    flow_network apart;
    auto const here = apart.add_vertex(1);
    auto const there = apart.add_vertex(1);
    CHECK(apart.flow(here, there) == 0);
}

TEST_CASE("a flow through one vertex is turned away where another way needs it", "[graph]") {
    // The one shortest way takes the middle and would leave one unit; the maximum is two.
    flow_network net;
    std::vector<flow_network::vertex> v;
    for (int i = 0; i < 6; ++i) {
        v.push_back(net.add_vertex(1'000));
    }
    for (auto [from, to] : {std::pair{0, 1}, {0, 2}, {1, 4}, {1, 3}, {2, 4}, {3, 5}, {4, 5}}) {
        net.add_edge(v[static_cast<std::size_t>(from)], v[static_cast<std::size_t>(to)], 1);
    }
    CHECK(net.flow(v[0], v[5]) == 2);
}

TEST_CASE("the maximum flow is the least capacity of all cuts", "[graph]") {
    CHECK(rc::check([] {
        constexpr std::size_t count = 6; // from 0 to 5
        std::array<std::int64_t, count> room{};
        std::array<std::array<std::int64_t, count>, count> edge{};
        flow_network net;
        std::vector<flow_network::vertex> v;
        for (auto& one : room) {
            one = *rc::gen::inRange(0, 9);
            v.push_back(net.add_vertex(one));
        }
        for (std::size_t a = 0; a < count; ++a) {
            for (std::size_t b = 0; b < count; ++b) {
                if (a != b && *rc::gen::inRange(0, 2) == 0) {
                    edge[a][b] = *rc::gen::inRange(0, 9);
                    net.add_edge(v[a], v[b], edge[a][b]);
                }
            }
        }
        // A cut parts the ends of the vertices: their entries and their exits, 12 in all.
        std::int64_t least = 1'000'000;
        for (std::uint32_t side = 0; side < 1U << (2 * count); ++side) {
            auto const entry = [&](std::size_t k) { return (side >> (2 * k) & 1U) != 0; };
            auto const way_out = [&](std::size_t k) { return (side >> (2 * k + 1) & 1U) != 0; };
            if (!entry(0) || way_out(count - 1)) {
                continue;
            }
            std::int64_t cut = 0;
            for (std::size_t a = 0; a < count; ++a) {
                cut += entry(a) && !way_out(a) ? room[a] : 0;
                for (std::size_t b = 0; b < count; ++b) {
                    cut += way_out(a) && !entry(b) ? edge[a][b] : 0;
                }
            }
            least = (std::min)(least, cut);
        }
        RC_ASSERT(net.flow(v[0], v[count - 1]) == least);
    }));
}

} // namespace
