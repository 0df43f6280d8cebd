// SPDX-License-Identifier: BSL-1.0
#pragma once

// Directed links between numbers, sorted from both ends. A model of Boost.Graph's
// BidirectionalGraph, so that its algorithms apply (reachability, breadth-first search); kept by
// Boost.MultiIndex under both orders.

#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/graph_traits.hpp>
#include <boost/graph/properties.hpp>
#include <boost/graph/reverse_graph.hpp>
#include <boost/multi_index/identity.hpp>
#include <boost/multi_index/ordered_index.hpp>
#include <boost/multi_index_container.hpp>
#include <boost/property_map/property_map.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <utility>

namespace koc {

/// A link from one number to another.
struct link_ends {
    std::uint64_t from = 0;
    std::uint64_t to = 0;

    friend auto operator<=>(link_ends const&, link_ends const&) = default;
};

namespace detail {

struct by_target {
    bool operator()(link_ends const& a, link_ends const& b) const {
        return a.to != b.to ? a.to < b.to : a.from < b.from;
    }
};
using link_container = boost::multi_index_container<link_ends,
    boost::multi_index::indexed_by<
        boost::multi_index::ordered_unique<boost::multi_index::identity<link_ends>>,
        boost::multi_index::ordered_unique<boost::multi_index::identity<link_ends>, by_target>>>;

struct link_traversal : boost::bidirectional_graph_tag {};

} // namespace detail

/// The links. A number is a vertex exactly while it has a link.
class link_set {
    using container = detail::link_container;

public:
    // What Boost.Graph asks for.
    using vertex_descriptor = std::uint64_t;
    using edge_descriptor = link_ends;
    using out_edge_iterator = container::nth_index<0>::type::const_iterator;
    using in_edge_iterator = container::nth_index<1>::type::const_iterator;
    using degree_size_type = std::size_t;
    using directed_category = boost::bidirectional_tag;
    using edge_parallel_category = boost::disallow_parallel_edge_tag;
    using traversal_category = detail::link_traversal;

    using node = container::node_type;

    [[nodiscard]] std::size_t size() const { return links_.size(); }
    /// O(log n).
    [[nodiscard]] bool linked(std::uint64_t from, std::uint64_t to) const {
        return links_.find(link_ends{from, to}) != links_.end();
    }
    /// All links, sorted by source, then by target.
    [[nodiscard]] auto begin() const { return links_.begin(); }
    [[nodiscard]] auto end() const { return links_.end(); }
    /// The links of one source, sorted by target.
    [[nodiscard]] std::pair<out_edge_iterator, out_edge_iterator> from(std::uint64_t source) const {
        return {links_.lower_bound(link_ends{source, 0}),
            links_.upper_bound(link_ends{source, ~std::uint64_t{0}})};
    }
    /// The links of one target, sorted by source.
    [[nodiscard]] std::pair<in_edge_iterator, in_edge_iterator> to(std::uint64_t target) const {
        auto const& back = links_.get<1>();
        return {back.lower_bound(link_ends{0, target}),
            back.upper_bound(link_ends{~std::uint64_t{0}, target})};
    }
    /// Whether a chain of links leads from one to the other. It is walked from the end, so with one
    /// source a target it costs the length of one chain.
    [[nodiscard]] bool reaches(std::uint64_t from, std::uint64_t to) const;

    /// Adds a link; false where it is there.
    bool insert(std::uint64_t from, std::uint64_t to) {
        return links_.insert(link_ends{from, to}).second;
    }
    /// Takes a link out; its node can be put back without allocating.
    [[nodiscard]] node extract(std::uint64_t from, std::uint64_t to) {
        return links_.extract(links_.find(link_ends{from, to}));
    }
    void put_back(node&& taken) { links_.insert(std::move(taken)); }

    // What Boost.Graph calls; friends, so that `source` stays free for others.

    friend std::pair<out_edge_iterator, out_edge_iterator> out_edges(
        std::uint64_t v, link_set const& g) {
        return g.from(v);
    }
    friend std::pair<in_edge_iterator, in_edge_iterator> in_edges(
        std::uint64_t v, link_set const& g) {
        return g.to(v);
    }
    friend std::uint64_t source(link_ends const& e, link_set const&) { return e.from; }
    friend std::uint64_t target(link_ends const& e, link_set const&) { return e.to; }
    friend std::size_t out_degree(std::uint64_t v, link_set const& g) {
        auto const [first, last] = g.from(v);
        return static_cast<std::size_t>(std::distance(first, last));
    }
    friend std::size_t in_degree(std::uint64_t v, link_set const& g) {
        auto const [first, last] = g.to(v);
        return static_cast<std::size_t>(std::distance(first, last));
    }
    friend std::size_t degree(std::uint64_t v, link_set const& g) {
        return out_degree(v, g) + in_degree(v, g);
    }

private:
    container links_;
};

namespace detail {

/// Notes whether a search comes by a vertex.
struct vertex_watch : boost::default_bfs_visitor {
    std::uint64_t wanted;
    bool* seen;

    void examine_vertex(std::uint64_t v, auto const&) const { *seen = *seen || v == wanted; }
};

} // namespace detail

inline bool link_set::reaches(std::uint64_t from, std::uint64_t to) const {
    bool seen = false;
    std::map<std::uint64_t, boost::default_color_type> colors;
    boost::queue<std::uint64_t> waiting;
    boost::breadth_first_visit(boost::make_reverse_graph(*this), to, waiting,
        detail::vertex_watch{{}, from, &seen}, boost::make_assoc_property_map(colors));
    return seen;
}

} // namespace koc
