// SPDX-License-Identifier: BSL-1.0
#pragma once

// A directed network whose edges and vertices carry at most so much, and the most that can flow
// through it. By Boost.Graph's edmonds_karp_max_flow, in integers: the value of a maximum flow is
// one number, whatever the order in which the network was built.

#include <koc/core/contract.hpp>

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/edmonds_karp_max_flow.hpp>
#include <boost/graph/properties.hpp>

#include <cstddef>
#include <cstdint>

namespace koc {

/// A network that is built once and asked once.
class flow_network {
    using traits = boost::adjacency_list_traits<boost::vecS, boost::vecS, boost::directedS>;
    using network =
        boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS, boost::no_property,
            boost::property<boost::edge_capacity_t, std::int64_t,
                boost::property<boost::edge_residual_capacity_t, std::int64_t,
                    boost::property<boost::edge_reverse_t, traits::edge_descriptor>>>>;

public:
    /// Through which at most `capacity` >= 0 flows.
    class vertex {
        friend class flow_network;
        std::size_t in = 0;
        std::size_t out = 0;
    };

    vertex add_vertex(std::int64_t capacity) {
        vertex made;
        made.in = boost::add_vertex(network_);
        made.out = boost::add_vertex(network_);
        connect(made.in, made.out, capacity);
        return made;
    }
    /// An edge that carries at most `capacity` >= 0.
    void add_edge(vertex from, vertex to, std::int64_t capacity) {
        connect(from.out, to.in, capacity);
    }

    /// The most that can flow from one vertex to another one, within the capacities of both.
    /// O(edges x the flow), and O(vertices x edges^2) at most.
    [[nodiscard]] std::int64_t flow(vertex from, vertex to) {
        KOC_EXPECTS(from.in != to.in);
        return boost::edmonds_karp_max_flow(network_, from.in, to.out);
    }

private:
    void connect(std::size_t from, std::size_t to, std::int64_t capacity) {
        KOC_EXPECTS(capacity >= 0);
        auto const there = boost::add_edge(from, to, network_).first;
        auto const back = boost::add_edge(to, from, network_).first;
        boost::put(boost::edge_capacity, network_, there, capacity);
        boost::put(boost::edge_capacity, network_, back, std::int64_t{0});
        boost::put(boost::edge_reverse, network_, there, back);
        boost::put(boost::edge_reverse, network_, back, there);
    }

    network network_;
};

} // namespace koc
