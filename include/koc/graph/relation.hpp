// SPDX-License-Identifier: BSL-1.0
#pragma once

// Who is tied to whom: a directed relation between ids that keeps its own rules. A link that would
// break one is refused in words, so whatever a relation holds is within its rules. The graph is
// Boost.Graph's; everything that leaves here is sorted by id, never in the order of making.

#include <koc/core/error.hpp>
#include <koc/core/id.hpp>
#include <koc/core/result.hpp>

#include <boost/graph/adjacency_list.hpp>
#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/unordered/unordered_flat_set.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace koc {

/// What a relation allows, and what its refusals call the two ends.
struct relation_rules {
    static constexpr std::size_t unlimited = std::numeric_limits<std::size_t>::max();

    char const* source = "source";
    char const* target = "target";
    std::size_t targets_max = unlimited; ///< of one source, unless a call says otherwise
    std::size_t sources_max = unlimited; ///< of one target
    bool acyclic = false;                ///< whether no chain of links may return to its start
};

/// A directed relation from ids of one kind to ids of another, or of the same kind.
///
/// An id is present exactly while it has a link. In the costs below `n` is the number of links of
/// the ids that a call names. A copy is independent of its original.
template <typename From, typename To = From>
class relation {
    static constexpr bool one_kind = std::same_as<From, To>;

public:
    using source_type = From;
    using target_type = To;
    using edge_type = std::pair<From, To>;

    explicit relation(relation_rules const& rules = {}) : rules_{rules} {}

    [[nodiscard]] relation_rules const& rules() const { return rules_; }

    /// The number of links.
    [[nodiscard]] std::size_t size() const { return boost::num_edges(graph_); }
    [[nodiscard]] bool empty() const { return size() == 0; }

    /// O(log n).
    [[nodiscard]] bool linked(From from, To to) const {
        auto const source = find(source_index(), from);
        auto const target = find(target_index(), to);
        return source && target && boost::edge(*source, *target, graph_).second;
    }

    /// What `from` is linked to, sorted by id. O(n log n).
    [[nodiscard]] std::vector<To> targets(From from) const {
        std::vector<To> found;
        if (auto const source = find(source_index(), from)) {
            for (auto [at, end] = boost::adjacent_vertices(*source, graph_); at != end; ++at) {
                found.push_back(id_of<To>(*at));
            }
        }
        std::sort(found.begin(), found.end());
        return found;
    }

    /// What is linked to `to`, sorted by id. O(n log n).
    [[nodiscard]] std::vector<From> sources(To to) const {
        std::vector<From> found;
        if (auto const target = find(target_index(), to)) {
            for (auto [at, end] = boost::inv_adjacent_vertices(*target, graph_); at != end; ++at) {
                found.push_back(id_of<From>(*at));
            }
        }
        std::sort(found.begin(), found.end());
        return found;
    }

    /// The number of targets of `from`. O(1).
    [[nodiscard]] std::size_t out_degree(From from) const {
        auto const source = find(source_index(), from);
        return source ? boost::out_degree(*source, graph_) : 0;
    }

    /// The number of sources of `to`. O(1).
    [[nodiscard]] std::size_t in_degree(To to) const {
        auto const target = find(target_index(), to);
        return target ? boost::in_degree(*target, graph_) : 0;
    }

    /// Whether a chain of one or more links leads from `from` to `to`. Linear in the links above
    /// `to`, so in a relation with one source a target it is a walk up one chain.
    [[nodiscard]] bool reaches(From from, To to) const requires one_kind {
        auto const start = find(source_index(), from);
        auto const goal = find(target_index(), to);
        if (!start || !goal) {
            return false;
        }
        // By hand, because Boost's searches end early only by an exception.
        boost::unordered_flat_set<vertex> seen;
        std::vector<vertex> open{*goal};
        while (!open.empty()) {
            auto const here = open.back();
            open.pop_back();
            for (auto [at, end] = boost::inv_adjacent_vertices(here, graph_); at != end; ++at) {
                if (*at == *start) {
                    return true;
                }
                if (seen.insert(*at).second) {
                    open.push_back(*at);
                }
            }
        }
        return false;
    }

    /// All links, sorted by source, then by target: what a digest of the relation is taken over.
    /// O(size() log size()).
    [[nodiscard]] std::vector<edge_type> edges() const {
        std::vector<edge_type> all;
        all.reserve(size());
        for (auto [at, end] = boost::edges(graph_); at != end; ++at) {
            all.emplace_back(
                id_of<From>(boost::source(*at, graph_)), id_of<To>(boost::target(*at, graph_)));
        }
        std::sort(all.begin(), all.end());
        return all;
    }

    /// Why `from` may not be linked to `to` now; nothing if it may. `targets_max` is how many
    /// targets this source may have, where that is not the same for all.
    ///
    /// Refusals: `invalid_argument` (an id that names nothing, or a link to itself),
    /// `already_exists`, `no_capacity` (of either end), `wrong_state` (it would close a cycle).
    /// Costs as `reaches` if the relation is acyclic, otherwise O(log n).
    [[nodiscard]] std::optional<error> check_link(
        From from, To to, std::optional<std::size_t> targets_max = {}) const {
        for (auto const& [noun, value] : {std::pair{rules_.source, std::uint64_t{from.value()}},
                 std::pair{rules_.target, std::uint64_t{to.value()}}}) {
            if (value == 0) {
                return error{errc::invalid_argument, std::string{noun} + " 0",
                    "expected an id that names something; 0 names nothing"};
            }
        }
        if constexpr (one_kind) {
            if (from == to) {
                return error{errc::invalid_argument, subject(rules_.source, from),
                    std::string{"expected another "} + rules_.target +
                        " than itself; choose a different one"};
            }
        }
        if (linked(from, to)) {
            return error{errc::already_exists, subject(rules_.source, from),
                "expected a new link, but " + subject(rules_.target, to) +
                    " is linked to it already; leave it as it is"};
        }
        auto const room = targets_max.value_or(rules_.targets_max);
        if (out_degree(from) >= room) {
            return full(subject(rules_.source, from), rules_.target, room, rules_.source);
        }
        if (in_degree(to) >= rules_.sources_max) {
            return full(
                subject(rules_.target, to), rules_.source, rules_.sources_max, rules_.target);
        }
        if constexpr (one_kind) {
            if (rules_.acyclic && reaches(to, from)) {
                return error{errc::wrong_state, subject(rules_.source, from),
                    "expected a " + std::string{rules_.target} +
                        " from which no chain leads back to it, as one does from " +
                        subject(rules_.target, to) + "; choose another"};
            }
        }
        return std::nullopt;
    }

    /// Links `from` to `to`, or refuses as `check_link` and changes nothing.
    result<void> link(From from, To to, std::optional<std::size_t> targets_max = {}) {
        if (auto refused = check_link(from, to, targets_max)) {
            return *std::move(refused);
        }
        auto const source = place(source_index(), from);
        auto const target = place(target_index(), to);
        boost::add_edge(source, target, graph_);
        return {};
    }

    /// Takes the link away; `unknown_id` if there is none.
    result<void> unlink(From from, To to) {
        if (!linked(from, to)) {
            return error{errc::unknown_id, subject(rules_.source, from),
                "expected a link to " + subject(rules_.target, to) +
                    ", but there is none; name one that exists"};
        }
        auto const source = *find(source_index(), from);
        auto const target = *find(target_index(), to);
        boost::remove_edge(source, target, graph_);
        release_if_bare(source_index(), from);
        release_if_bare(target_index(), to);
        return {};
    }

    /// Takes away all links from and to `id`, and with them every trace of it; answers how many
    /// there were. O(n log n).
    std::size_t erase(From id) {
        std::size_t taken = 0;
        for (auto const to : targets(id)) {
            static_cast<void>(unlink(id, to));
            ++taken;
        }
        if constexpr (one_kind) {
            for (auto const from : sources(id)) {
                static_cast<void>(unlink(from, id));
                ++taken;
            }
        }
        return taken;
    }
    std::size_t erase(To id) requires(!one_kind) {
        std::size_t taken = 0;
        for (auto const from : sources(id)) {
            static_cast<void>(unlink(from, id));
            ++taken;
        }
        return taken;
    }

private:
    struct named {
        std::uint64_t value = 0;
    };
    // Vertices are indices, so that a copy of the graph is a copy of the relation; sets of edges,
    // because they are looked up and taken away one by one.
    using graph = boost::adjacency_list<boost::setS, boost::vecS, boost::bidirectionalS, named>;
    using vertex = typename boost::graph_traits<graph>::vertex_descriptor;
    template <typename Id>
    using index = boost::unordered_flat_map<Id, vertex>;
    struct nothing {};

    index<From> const& source_index() const { return sources_; }
    index<From>& source_index() { return sources_; }
    index<To> const& target_index() const {
        if constexpr (one_kind) {
            return sources_;
        } else {
            return targets_;
        }
    }
    index<To>& target_index() {
        if constexpr (one_kind) {
            return sources_;
        } else {
            return targets_;
        }
    }

    template <typename Id>
    static std::optional<vertex> find(index<Id> const& in, Id id) {
        auto const at = in.find(id);
        return at == in.end() ? std::nullopt : std::optional{at->second};
    }

    template <typename Id>
    Id id_of(vertex at) const {
        return Id{static_cast<typename Id::rep>(graph_[at].value)};
    }

    static error full(std::string whose, char const* of, std::size_t room, char const* whom) {
        return {errc::no_capacity, std::move(whose),
            "expected room for another " + std::string{of} + ", but all " + std::to_string(room) +
                " are taken; unlink one or choose another " + whom};
    }

    template <typename Id>
    vertex place(index<Id>& in, Id id) {
        if (auto const known = find(in, id)) {
            return *known;
        }
        vertex at{};
        if (free_.empty()) {
            at = boost::add_vertex(graph_);
        } else {
            at = free_.back();
            free_.pop_back();
        }
        graph_[at].value = id.value();
        in.emplace(id, at);
        return at;
    }

    /// A vertex without links is kept for the next id: taking it out would renumber all others.
    template <typename Id>
    void release_if_bare(index<Id>& in, Id id) {
        auto const at = *find(in, id);
        if (boost::out_degree(at, graph_) == 0 && boost::in_degree(at, graph_) == 0) {
            graph_[at] = {};
            free_.push_back(at);
            in.erase(id);
        }
    }

    relation_rules rules_;
    graph graph_;
    std::vector<vertex> free_;
    index<From> sources_;
    [[no_unique_address]] std::conditional_t<one_kind, nothing, index<To>> targets_;
};

} // namespace koc
