// SPDX-License-Identifier: BSL-1.0
#pragma once

// Checks the steps of a plan before anybody is taken through it: names, times, and that the order
// of the steps is a directed acyclic graph. A circle is found by Boost.Graph's depth-first search
// and told by the names on it.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/text.hpp>
#include <koc/workflow/plan.hpp>

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/depth_first_search.hpp>

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace koc {

/// The most steps that a plan may have.
inline constexpr std::size_t plan_steps_max = 100;

namespace detail {

using step_graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS>;

/// Notes the first circle of a graph that a depth-first search comes upon.
struct circle_watch : boost::default_dfs_visitor {
    std::vector<std::size_t>* before;
    std::vector<std::size_t>* circle;

    template <typename Edge>
    void tree_edge(Edge const& e, step_graph const& g) const {
        (*before)[boost::target(e, g)] = boost::source(e, g);
    }
    template <typename Edge>
    void back_edge(Edge const& e, step_graph const& g) const {
        if (circle->empty()) {
            circle->push_back(boost::target(e, g));
            for (auto at = boost::source(e, g); at != boost::target(e, g); at = (*before)[at]) {
                circle->push_back(at);
            }
            circle->push_back(boost::target(e, g));
        }
    }
};

} // namespace detail

/// Whether somebody can be taken through these steps: every name is one line and unique, every
/// step that is waited for is there, and none waits for itself, be it through others. O(steps and
/// waits, log steps each).
inline result<void> check_steps(std::string const& whose, std::vector<plan_step> const& steps) {
    if (steps.size() > plan_steps_max) {
        return error{errc::too_large, "steps of " + whose,
            "expected at most " + std::to_string(plan_steps_max) + " steps; split the plan"};
    }
    std::map<std::string_view, std::size_t> numbers;
    for (auto const& step : steps) {
        auto const about = "step " + koc::quoted(step.name) + " of " + whose;
        if (auto refused = check_name("name of a step of " + whose, step.name)) {
            return *std::move(refused);
        }
        if (auto refused = check_name("owner of " + about, step.owner)) {
            return *std::move(refused);
        }
        if (step.due_after <= duration{}) {
            return error{errc::invalid_argument, about,
                "expected a span above 0 after which it is due, or for_ever"};
        }
        if (!numbers.emplace(step.name, numbers.size()).second) {
            return error{errc::invalid_argument, about, "expected a name that no other step has"};
        }
    }
    detail::step_graph order(steps.size());
    for (auto const& step : steps) {
        for (auto const& first : step.after) {
            auto const found = numbers.find(first);
            if (found == numbers.end()) {
                return error{errc::unknown_id, "step " + koc::quoted(step.name) + " of " + whose,
                    "expected to wait for steps of the same plan, but there is no " +
                        koc::quoted(first)};
            }
            add_edge(found->second, numbers[step.name], order);
        }
    }
    std::vector<std::size_t> before(steps.size());
    std::vector<std::size_t> circle;
    boost::depth_first_search(order, boost::visitor(detail::circle_watch{{}, &before, &circle}));
    if (circle.empty()) {
        return {};
    }
    std::string told;
    for (auto const at : circle) {
        told += (told.empty() ? "" : " waits for ") + koc::quoted(steps[at].name);
    }
    return error{errc::invalid_argument,
        "step " + koc::quoted(steps[circle.front()].name) + " of " + whose,
        "expected an order without a circle, but " + told + "; take one of these waits out"};
}

} // namespace koc
