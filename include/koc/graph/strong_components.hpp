// SPDX-License-Identifier: BSL-1.0
#pragma once

// The strongly connected components of links: groups in which a chain of links leads from each
// vertex to each other one. By Boost.Graph's strong_components (Tarjan).

#include <koc/graph/link_set.hpp>

#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/strong_components.hpp>
#include <boost/property_map/property_map.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace koc {

/// Which vertices of some links are in one strongly connected component. O(n log n) to make.
class strong_components {
public:
    explicit strong_components(link_set const& links) {
        for (auto const& link : links) {
            vertices_.push_back(link.from);
            vertices_.push_back(link.to);
        }
        std::sort(vertices_.begin(), vertices_.end());
        vertices_.erase(std::unique(vertices_.begin(), vertices_.end()), vertices_.end());
        std::vector<std::pair<std::size_t, std::size_t>> edges;
        edges.reserve(links.size());
        for (auto const& link : links) {
            edges.emplace_back(place_of(link.from), place_of(link.to));
        }
        boost::compressed_sparse_row_graph<boost::directedS> const dense{
            boost::edges_are_sorted, edges.begin(), edges.end(), vertices_.size()};
        components_.resize(vertices_.size());
        boost::strong_components(dense,
            boost::make_iterator_property_map(
                components_.begin(), boost::get(boost::vertex_index, dense)));
    }

    /// The number of a vertex's component, which means nothing beyond this object; nothing for
    /// whatever is no vertex. O(log n).
    [[nodiscard]] std::optional<std::size_t> component_of(std::uint64_t vertex) const {
        auto const at = place_of(vertex);
        return at < vertices_.size() && vertices_[at] == vertex ? std::optional{components_[at]}
                                                                : std::nullopt;
    }
    /// Whether chains of links lead from each of the two to the other; also true of one vertex and
    /// itself. O(log n).
    [[nodiscard]] bool together(std::uint64_t a, std::uint64_t b) const {
        auto const of_a = component_of(a);
        return a == b || (of_a && of_a == component_of(b));
    }

private:
    [[nodiscard]] std::size_t place_of(std::uint64_t vertex) const {
        return static_cast<std::size_t>(
            std::lower_bound(vertices_.begin(), vertices_.end(), vertex) - vertices_.begin());
    }

    std::vector<std::uint64_t> vertices_; ///< ascending
    std::vector<std::size_t> components_; ///< of each vertex
};

} // namespace koc
