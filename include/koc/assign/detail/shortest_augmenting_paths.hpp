// SPDX-License-Identifier: BSL-1.0
#pragma once

// Successive shortest augmenting paths: one seat of one task at a time takes the cheapest path to a
// free person. Prices of people turn each search into Dijkstra's, which stops at the first free
// slot; rows sorted best first let the scan of a task stop as soon as no score can win. The prices
// never exceed what optimality asks for, so those of the last seat are the lowest that prove the
// plan.

#include <koc/assign/detail/assignment_rows.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <numeric>
#include <utility>
#include <vector>

namespace koc::detail {

/// Solves `assignment_rows`; sums of scores along any path and `missing_price` stay below 2^60.
/// O(places * (arcs + people * log people)) at worst, far from it where scores differ.
template <typename Fit>
class shortest_augmenting_paths {
public:
    explicit shortest_augmenting_paths(assignment_rows<Fit> const& rows)
        : rows_{rows}, arcs_{rows.arcs}, tasks_(rows.need.size()), people_(rows.capacity.size()),
          holds_(people_.size()) {
        std::vector<std::uint32_t> degree(people_.size(), 0);
        for (auto const& each : rows.arcs) {
            ++degree[each.person];
        }
        std::uint32_t entries = 0;
        for (std::size_t p = 0; p < people_.size(); ++p) {
            people_[p].spare = (std::min)(degree[p], static_cast<std::uint32_t>(rows.capacity[p]));
            holds_[p].begin = entries;
            entries += people_[p].spare;
        }
        held_.resize(entries);
        for (std::size_t t = 0; t < tasks_.size(); ++t) {
            auto& task = tasks_[t];
            task.begin = static_cast<std::uint32_t>(rows.begin[t]);
            task.end = static_cast<std::uint32_t>(rows.begin[t + 1]);
            // One place more than there are people for it stands for all that stay empty.
            auto const some = static_cast<std::int32_t>(task.end - task.begin) + 1;
            task.places = (std::min)(rows.need[t], some);
            task.free_to_give = task.places - (std::min)(rows.fill_min[t], some);
            auto const idle = task.free_to_give > 0 ? 0 : -rows.missing_price;
            task.value = idle;
            if (task.begin != task.end) {
                task.value = std::max<std::int64_t>(idle, arcs_[task.begin].fit);
            }
        }
    }

    [[nodiscard]] assignment_choice solve() && {
        // Neighbours in the order share people, and so the cache.
        std::vector<std::uint32_t> order(tasks_.size());
        std::iota(order.begin(), order.end(), 0U);
        auto const favourite = [&](std::uint32_t t) {
            auto const& task = tasks_[t];
            return task.begin == task.end ? taken_bit : arcs_[task.begin].person;
        };
        std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
            return std::pair{favourite(a), a} < std::pair{favourite(b), b};
        });
        for (auto const t : order) {
            for (auto left = tasks_[t].places; left != 0; --left) {
                settle(t);
            }
        }
        assignment_choice chosen;
        for (std::uint32_t k = 0; k < arcs_.size(); ++k) {
            if ((arcs_[k].person & taken_bit) != 0) {
                chosen.taken.push_back(k);
            }
        }
        for (auto const& task : tasks_) {
            chosen.threshold.push_back(task.value);
        }
        for (auto const& person : people_) {
            chosen.price.push_back(person.price);
        }
        return chosen;
    }

private:
    static constexpr std::uint32_t taken_bit = std::uint32_t{1} << 31;
    static constexpr std::uint32_t nobody = (std::numeric_limits<std::uint32_t>::max)();
    static constexpr std::int64_t no_way = std::int64_t{1} << 62;

    struct task_state {
        std::int64_t value = 0; ///< what its last place is worth
        std::int64_t distance = 0;
        std::uint32_t begin = 0;
        std::uint32_t end = 0;
        std::uint32_t loses = 0;       ///< the arc that it would lose on the way found
        std::uint32_t round = 0;       ///< the search in which `distance` was written
        std::int32_t places = 0;       ///< to settle
        std::int32_t free_to_give = 0; ///< places that may stay empty without missing the minimum
    };
    struct person_state {
        std::int64_t price = 0;
        std::int64_t distance = 0;
        std::uint32_t gains = 0; ///< the arc by which the way found arrives
        std::uint32_t round = 0;
        std::uint32_t gainer = 0; ///< the task whose arc that is
        std::uint32_t spare = 0;
    };
    /// Where in `held_` a person's arcs are; apart, as a scan does not read it.
    struct hold_range {
        std::uint32_t begin = 0;
        std::uint32_t count = 0;
    };
    struct held_arc {
        std::uint32_t arc = 0;
        std::uint32_t task = 0;
    };
    struct reached {
        std::int64_t distance;
        std::uint32_t person;
        friend bool operator>(reached a, reached b) {
            return a.distance != b.distance ? a.distance > b.distance : a.person > b.person;
        }
    };

    /// Finds the cheapest way to settle one place of `first`, adjusts prices, and takes it.
    void settle(std::uint32_t first) {
        ++round_;
        heap_.clear();
        seen_tasks_.clear();
        seen_people_.clear();
        best_ = no_way;
        reach(first, 0);
        while (!heap_.empty() && heap_.front().distance < best_) {
            std::pop_heap(heap_.begin(), heap_.end(), std::greater<>{});
            auto const at = heap_.back();
            heap_.pop_back();
            auto const& person = people_[at.person];
            if (at.distance > person.distance) {
                continue;
            }
            auto const holds = holds_[at.person];
            for (auto i = holds.begin; i != holds.begin + holds.count; ++i) {
                auto const held = held_[i];
                auto& task = tasks_[held.task];
                auto const distance = at.distance + arcs_[held.arc].fit - person.price - task.value;
                if (distance < best_ && (task.round != round_ || distance < task.distance)) {
                    task.loses = held.arc;
                    reach(held.task, distance);
                }
            }
        }
        for (auto const t : seen_tasks_) {
            tasks_[t].value -= std::max<std::int64_t>(best_ - tasks_[t].distance, 0);
        }
        for (auto const p : seen_people_) {
            people_[p].price += std::max<std::int64_t>(best_ - people_[p].distance, 0);
        }
        take(first);
    }

    /// Task `t` needs another person: notes giving up, and all people that could still win.
    void reach(std::uint32_t t, std::int64_t distance) {
        auto& task = tasks_[t];
        if (task.round != round_) {
            task.round = round_;
            seen_tasks_.push_back(t);
        }
        task.distance = distance;
        auto const base = distance + task.value;
        auto const give_up = base + (task.free_to_give > 0 ? 0 : rows_.missing_price);
        if (give_up < best_) {
            best_ = give_up;
            last_person_ = nobody;
            last_task_ = t;
        }
        for (auto k = task.begin; k != task.end; ++k) {
            auto const [p, fit] = arcs_[k];
            auto const at_best = base - fit;
            if (at_best >= best_) {
                break; // prices are not negative, and no later score is higher
            }
            if ((p & taken_bit) != 0) {
                continue;
            }
            auto& person = people_[p];
            auto const there = at_best + person.price;
            if (there >= best_ || (person.round == round_ && there >= person.distance)) {
                continue;
            }
            if (person.round != round_) {
                person.round = round_;
                seen_people_.push_back(p);
            }
            person.distance = there;
            person.gains = k;
            person.gainer = t;
            if (person.spare != 0) {
                best_ = there; // a spare slot has no price
                last_person_ = p;
            } else {
                heap_.push_back({there, p});
                std::push_heap(heap_.begin(), heap_.end(), std::greater<>{});
            }
        }
    }

    /// Walks the way found backwards: each task on it takes the person it reached and leaves the
    /// one through whom it was reached.
    void take(std::uint32_t first) {
        auto p = last_person_;
        auto t = last_task_;
        std::uint32_t place = 0;
        if (p == nobody) {
            --tasks_[t].free_to_give;
        } else {
            --people_[p].spare;
            place = holds_[p].begin + holds_[p].count++;
        }
        while (true) {
            if (p != nobody) {
                auto const k = people_[p].gains;
                t = people_[p].gainer;
                arcs_[k].person |= taken_bit;
                held_[place] = {k, t};
            }
            if (t == first) {
                return;
            }
            auto const lost = tasks_[t].loses;
            arcs_[lost].person &= ~taken_bit;
            p = arcs_[lost].person;
            place = holds_[p].begin;
            while (held_[place].arc != lost) {
                ++place;
            }
        }
    }

    assignment_rows<Fit> const& rows_;
    std::vector<assignment_arc<Fit>> arcs_; ///< the rows, with a bit on those that are taken
    std::vector<task_state> tasks_;
    std::vector<person_state> people_;
    std::vector<hold_range> holds_;
    std::vector<held_arc> held_;
    std::vector<reached> heap_;
    std::vector<std::uint32_t> seen_tasks_;
    std::vector<std::uint32_t> seen_people_;
    std::int64_t best_ = no_way; ///< length of the cheapest complete way so far
    std::uint32_t last_person_ = nobody;
    std::uint32_t last_task_ = 0;
    std::uint32_t round_ = 0;
};

} // namespace koc::detail
