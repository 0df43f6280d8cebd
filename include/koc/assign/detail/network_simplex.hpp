// SPDX-License-Identifier: BSL-1.0
#pragma once

// The network simplex method (Cunningham, "A network simplex method", 1976; block search pricing as
// in Kiraly and Kovacs, "Efficient implementations of minimum-cost flow algorithms", 2012): for
// problems in which people are scarce, where shortest augmenting paths run long. Each place of a
// task is a unit that flows to a person or, where it stays empty, to the root at once; people pass
// on to the root as much as they have slots. The tree that starts is strongly feasible and stays
// so, which keeps the method from cycling.
//
// The prices of an optimal tree are some that prove the plan; one search for shortest paths makes
// them the lowest, as those of shortest_augmenting_paths are.

#include <koc/assign/detail/assignment_rows.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <utility>
#include <vector>

namespace koc::detail {

/// Solves `assignment_rows`, within the same limits as shortest_augmenting_paths and where pairs,
/// twice the tasks, and people are no more than `arcs_max`.
template <typename Fit>
class network_simplex {
public:
    static constexpr std::size_t arcs_max = (std::numeric_limits<std::int32_t>::max)();

    explicit network_simplex(assignment_rows<Fit> const& rows)
        : rows_{rows}, tasks_{static_cast<std::uint32_t>(rows.need.size())},
          people_{static_cast<std::uint32_t>(rows.capacity.size())},
          pairs_{static_cast<std::uint32_t>(rows.arcs.size())}, root_{tasks_ + people_},
          task_of_(pairs_), state_(std::size_t{pairs_} + 2 * tasks_ + people_, at_nothing),
          free_(tasks_), potential_(root_ + 1U), nodes_(root_ + 1U) {
        for (std::uint32_t t = 0; t < tasks_; ++t) {
            auto const begin = static_cast<std::uint32_t>(rows.begin[t]);
            auto const end = static_cast<std::uint32_t>(rows.begin[t + 1]);
            std::fill(task_of_.begin() + begin, task_of_.begin() + end, t);
            // One place more than there are people for it stands for all that stay empty.
            auto const some = static_cast<std::int32_t>(end - begin) + 1;
            auto const places = (std::min)(rows.need[t], some);
            auto const wanted = (std::min)(rows.fill_min[t], some);
            free_[t] = places - wanted;
            // All places begin empty: as many as may be for nothing, the others at their price.
            if (wanted == 0) {
                hang(t, idle(t), places);
            } else {
                hang(t, missing(t), wanted);
                potential_[t] = -rows.missing_price;
                state_[idle(t)] = free_[t] == 0 ? at_nothing : at_all;
            }
        }
        for (std::uint32_t p = 0; p < people_; ++p) {
            hang(tasks_ + p, passes_on(p), 0);
        }
    }

    [[nodiscard]] assignment_choice solve() && {
        while (find_entering()) {
            pivot();
        }
        return choice();
    }

private:
    using arc = std::uint32_t; ///< pairs, then idle places, missing places and slots
    static constexpr std::int8_t at_nothing = 1; ///< outside of the tree, without flow
    static constexpr std::int8_t in_tree = 0;
    static constexpr std::int8_t at_all = -1; ///< outside of the tree, as much as it holds
    static constexpr std::uint32_t nobody = (std::numeric_limits<std::uint32_t>::max)();
    static constexpr std::int32_t no_limit = (std::numeric_limits<std::int32_t>::max)();

    struct node {
        std::uint32_t parent = nobody;
        std::uint32_t child = nobody; ///< the first
        std::uint32_t before = nobody;
        std::uint32_t after = nobody; ///< of the same parent
        arc to_parent = 0;
        std::int32_t flow = 0; ///< of that arc
        std::uint32_t depth = 0;
        bool up = true; ///< whether that arc leads to the parent
    };

    [[nodiscard]] arc idle(std::uint32_t t) const { return pairs_ + t; }
    [[nodiscard]] arc missing(std::uint32_t t) const { return pairs_ + tasks_ + t; }
    [[nodiscard]] arc passes_on(std::uint32_t p) const { return pairs_ + 2 * tasks_ + p; }

    [[nodiscard]] std::uint32_t source(arc a) const {
        if (a < pairs_) {
            return task_of_[a];
        }
        a -= pairs_;
        return a < tasks_ ? a : a - tasks_; // then the missing places and the people in their order
    }
    [[nodiscard]] std::uint32_t target(arc a) const {
        return a < pairs_ ? tasks_ + rows_.arcs[a].person : root_;
    }
    [[nodiscard]] std::int64_t cost(arc a) const {
        return a < pairs_                                     ? -std::int64_t{rows_.arcs[a].fit}
            : a >= pairs_ + tasks_ && a < pairs_ + 2 * tasks_ ? rows_.missing_price
                                                              : 0;
    }
    [[nodiscard]] std::int32_t limit(arc a) const {
        if (a < pairs_) {
            return 1;
        }
        a -= pairs_;
        if (a < tasks_) {
            return rows_.fill_min[a] == 0 ? no_limit : free_[a];
        }
        return a < 2 * tasks_ ? no_limit : rows_.capacity[a - 2 * tasks_];
    }
    [[nodiscard]] std::int64_t reduced_cost(arc a) const {
        return cost(a) + potential_[source(a)] - potential_[target(a)];
    }

    // The tree

    void hang(std::uint32_t at, arc by, std::int32_t flow) {
        nodes_[at].to_parent = by;
        nodes_[at].flow = flow;
        nodes_[at].depth = 1;
        state_[by] = in_tree;
        link(at, root_);
    }
    void link(std::uint32_t at, std::uint32_t parent) {
        auto& n = nodes_[at];
        n.parent = parent;
        n.before = nobody;
        n.after = std::exchange(nodes_[parent].child, at);
        if (n.after != nobody) {
            nodes_[n.after].before = at;
        }
    }
    void unlink(std::uint32_t at) {
        auto const& n = nodes_[at];
        (n.before == nobody ? nodes_[n.parent].child : nodes_[n.before].after) = n.after;
        if (n.after != nobody) {
            nodes_[n.after].before = n.before;
        }
    }

    /// Looks for an arc that would lower the cost: the best of the next block that has any.
    bool find_entering() {
        auto const arcs = static_cast<arc>(state_.size());
        auto const block = arc{4} << std::bit_width(arcs) / 3U;
        std::int64_t best = 0;
        auto left = block;
        for (arc seen = 0; seen < arcs; ++seen) {
            auto const a = next_;
            next_ = next_ + 1 == arcs ? 0 : next_ + 1;
            if (state_[a] != in_tree) {
                auto const gain = state_[a] * reduced_cost(a);
                if (gain < best && limit(a) != 0) {
                    best = gain;
                    entering_ = a;
                }
            }
            if (--left == 0) {
                if (best < 0) {
                    return true;
                }
                left = block;
            }
        }
        return best < 0;
    }

    /// Augments along the cycle that the entering arc closes with the tree, and exchanges it for
    /// the leaving arc, which blocks: of several the last in the direction of the flow, seen from
    /// where the two paths to the root join, as Cunningham's rule against cycling asks.
    void pivot() {
        auto const forward = state_[entering_] == at_nothing;
        auto const first = forward ? source(entering_) : target(entering_);
        auto const second = forward ? target(entering_) : source(entering_);
        auto const meet = meeting(first, second);
        auto most = limit(entering_);
        auto out = nobody;
        auto out_on_first = false;
        for (auto at = first; at != meet; at = nodes_[at].parent) { // towards `first`
            if (auto const room = room_down(at); room < most) {
                most = room;
                out = at;
                out_on_first = true;
            }
        }
        for (auto at = second; at != meet; at = nodes_[at].parent) { // away from `second`
            if (auto const room = room_up(at); room <= most) {
                most = room;
                out = at;
                out_on_first = false;
            }
        }
        if (most != 0) {
            for (auto at = first; at != meet; at = nodes_[at].parent) {
                nodes_[at].flow += nodes_[at].up ? -most : most;
            }
            for (auto at = second; at != meet; at = nodes_[at].parent) {
                nodes_[at].flow += nodes_[at].up ? most : -most;
            }
        }
        if (out == nobody) {
            state_[entering_] = forward ? at_all : at_nothing;
            return;
        }
        auto const flow = forward ? most : limit(entering_) - most;
        state_[entering_] = in_tree;
        state_[nodes_[out].to_parent] = nodes_[out].flow == 0 ? at_nothing : at_all;
        turn(out, out_on_first ? first : second, out_on_first ? second : first, flow);
    }
    [[nodiscard]] std::uint32_t meeting(std::uint32_t a, std::uint32_t b) const {
        while (a != b) {
            auto& deeper = nodes_[a].depth > nodes_[b].depth ? a : b;
            deeper = nodes_[deeper].parent;
        }
        return a;
    }
    /// How much more may flow between a node and its parent: from the parent, and to it.
    [[nodiscard]] std::int32_t room_down(std::uint32_t at) const {
        auto const& n = nodes_[at];
        return n.up ? n.flow : limit(n.to_parent) - n.flow;
    }
    [[nodiscard]] std::int32_t room_up(std::uint32_t at) const {
        auto const& n = nodes_[at];
        return n.up ? limit(n.to_parent) - n.flow : n.flow;
    }

    /// Updates the tree: the subtree below the leaving arc, whose upper node is `out`, hangs by the
    /// entering arc from now on, `in` below `parent`; the path from `in` to `out` is reversed, and
    /// the potentials of the subtree follow.
    void turn(std::uint32_t out, std::uint32_t in, std::uint32_t parent, std::int32_t flow) {
        auto by = entering_;
        auto up = source(entering_) == in;
        auto at = in;
        auto under = parent;
        while (true) {
            auto& n = nodes_[at];
            auto const former = n.parent;
            unlink(at);
            by = std::exchange(n.to_parent, by);
            flow = std::exchange(n.flow, flow);
            up = !std::exchange(n.up, up);
            link(at, under);
            if (at == out) {
                break;
            }
            under = at;
            at = former;
        }
        auto const step = nodes_[in].up ? -cost(entering_) : cost(entering_);
        auto const change = potential_[parent] + step - potential_[in];
        for (auto n = in;;) { // parents before their children
            potential_[n] += change;
            nodes_[n].depth = nodes_[nodes_[n].parent].depth + 1;
            if (nodes_[n].child != nobody) {
                n = nodes_[n].child;
                continue;
            }
            while (n != in && nodes_[n].after == nobody) {
                n = nodes_[n].parent;
            }
            if (n == in) {
                return;
            }
            n = nodes_[n].after;
        }
    }

    // The answer

    [[nodiscard]] assignment_choice choice() {
        std::vector<std::int32_t> flows(state_.size());
        for (arc a = 0; a < flows.size(); ++a) {
            flows[a] = state_[a] == at_all ? limit(a) : 0;
        }
        for (std::uint32_t at = 0; at < root_; ++at) {
            flows[nodes_[at].to_parent] = nodes_[at].flow;
        }
        assignment_choice chosen;
        for (arc a = 0; a < pairs_; ++a) {
            if (flows[a] != 0) {
                chosen.taken.push_back(a);
            }
        }
        auto const worth = highest_worths(flows);
        for (std::uint32_t t = 0; t < tasks_; ++t) {
            chosen.threshold.push_back(worth[t]);
        }
        for (std::uint32_t p = 0; p < people_; ++p) {
            chosen.price.push_back(-worth[tasks_ + p]);
        }
        return chosen;
    }
    /// The highest potentials that prove the plan, which make the lowest prices: shortest paths
    /// from the root through all that could be changed, by Dijkstra with the potentials at hand.
    [[nodiscard]] std::vector<std::int64_t> highest_worths(std::vector<std::int32_t> const& flows) {
        std::vector<std::uint32_t> held_from(people_ + 1U, 0);
        for (arc a = 0; a < pairs_; ++a) {
            held_from[rows_.arcs[a].person + 1U] += flows[a] != 0 ? 1U : 0U;
        }
        for (std::uint32_t p = 0; p < people_; ++p) {
            held_from[p + 1] += held_from[p];
        }
        std::vector<arc> held(held_from.back());
        auto next = held_from;
        for (arc a = 0; a < pairs_; ++a) {
            if (flows[a] != 0) {
                held[next[rows_.arcs[a].person]++] = a;
            }
        }
        std::vector<std::int64_t> distance(root_, (std::numeric_limits<std::int64_t>::max)());
        using reached = std::pair<std::int64_t, std::uint32_t>;
        std::vector<reached> heap;
        auto const reach = [&](std::uint32_t at, std::int64_t there) {
            if (there < distance[at]) {
                distance[at] = there;
                heap.emplace_back(there, at);
                std::push_heap(heap.begin(), heap.end(), std::greater<>{});
            }
        };
        for (std::uint32_t t = 0; t < tasks_; ++t) {
            if (flows[missing(t)] != 0) {
                reach(t, -rows_.missing_price - potential_[t]);
            } else if (flows[idle(t)] != 0) {
                reach(t, -potential_[t]);
            }
        }
        for (std::uint32_t p = 0; p < people_; ++p) {
            reach(tasks_ + p, -potential_[tasks_ + p]);
        }
        while (!heap.empty()) {
            std::pop_heap(heap.begin(), heap.end(), std::greater<>{});
            auto const [there, at] = heap.back();
            heap.pop_back();
            if (there != distance[at]) {
                continue;
            }
            if (at < tasks_) {
                for (auto a = static_cast<arc>(rows_.begin[at]); a != rows_.begin[at + 1]; ++a) {
                    if (flows[a] == 0) {
                        reach(target(a), there + reduced_cost(a));
                    }
                }
            } else {
                auto const p = at - tasks_;
                for (auto i = held_from[p]; i != held_from[p + 1]; ++i) {
                    reach(task_of_[held[i]], there - reduced_cost(held[i]));
                }
            }
        }
        for (std::uint32_t at = 0; at < root_; ++at) {
            distance[at] += potential_[at];
        }
        return distance;
    }

    assignment_rows<Fit> const& rows_;
    std::uint32_t tasks_;
    std::uint32_t people_;
    arc pairs_;
    std::uint32_t root_;                  ///< after the tasks and the people
    std::vector<std::uint32_t> task_of_;  ///< of each pair
    std::vector<std::int8_t> state_;      ///< of each arc
    std::vector<std::int32_t> free_;      ///< places of each task that may stay empty for nothing
    std::vector<std::int64_t> potential_; ///< of each node; that of the root stays 0
    std::vector<node> nodes_;
    arc next_ = 0; ///< where the search for an entering arc goes on
    arc entering_ = 0;
};

} // namespace koc::detail
