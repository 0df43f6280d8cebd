// SPDX-License-Identifier: BSL-1.0
#pragma once

// The minimal set of tasks whose minimum fills cannot be met, read off a minimum cut: the tasks
// that share people with an unfilled one, directly or through others. Where one seat is lacking,
// each task of the set is needed; where more are, the set is reduced until that holds or each task
// was found needed.

#include <koc/assign/detail/assignment_rows.hpp>
#include <koc/core/contract.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

namespace koc::detail {

/// A blocking set by places, ascending.
struct blocking_places {
    std::vector<std::uint32_t> tasks;
    std::vector<std::uint32_t> people;
    std::int64_t asked = 0;
    std::int64_t can_give = 0;
};

/// Finds a blocking set of `assignment_rows` whose minimum fills cannot all be met.
template <typename Fit>
class blocking_rows {
public:
    explicit blocking_rows(assignment_rows<Fit> const& rows)
        : rows_{rows}, missing_(rows.fill_min), loses_(rows.need.size()),
          task_round_(rows.need.size(), 0), spare_(rows.capacity), holders_(rows.capacity.size()),
          gains_(rows.capacity.size()), person_round_(rows.capacity.size(), 0),
          given_up_(rows.capacity.size(), false), taken_(rows.arcs.size(), false) {}

    /// One maximum flow; then one search or more for each task of the set where one task lacks
    /// several places.
    [[nodiscard]] blocking_places find() && {
        std::vector<std::uint32_t> smallest;
        auto short_one = no_task;
        for (std::uint32_t t = 0; t < missing_.size(); ++t) {
            fill(t);
            if (missing_[t] == 0) {
                continue;
            }
            // Nobody seen will ever be free. A set that touches an earlier one is larger than it.
            if (!met_given_up_ && (smallest.empty() || seen_tasks_.size() < smallest.size())) {
                smallest = seen_tasks_;
                short_one = t;
            }
            for (auto const p : seen_people_) {
                given_up_[p] = true;
            }
        }
        KOC_INVARIANT(short_one != no_task);
        given_up_.assign(given_up_.size(), false);
        std::sort(smallest.begin(), smallest.end());
        return described(thinned(std::move(smallest), short_one));
    }

private:
    static constexpr std::uint32_t no_task = (std::numeric_limits<std::uint32_t>::max)();

    struct step {
        std::size_t arc = 0;
        std::uint32_t task = 0;
    };

    /// Removes tasks while the rest stays impossible; all but `short_one` are filled.
    std::vector<std::uint32_t> thinned(std::vector<std::uint32_t> active, std::uint32_t short_one) {
        std::vector<bool> needed(missing_.size(), false);
        for (std::size_t i = 0; i < active.size() && missing_[short_one] > 1;) {
            auto const t = active[i];
            if (t == short_one || needed[t]) {
                needed[t] = true;
                ++i;
                continue;
            }
            release(t);
            fill(short_one);
            if (missing_[short_one] == 0) {
                needed[t] = true; // every impossible part of the set contains it
                short_one = t;
                fill(t);
                ++i;
            } else {
                active = around(short_one, active);
                i = 0;
            }
        }
        return active;
    }

    [[nodiscard]] blocking_places described(std::vector<std::uint32_t> tasks) const {
        blocking_places found;
        std::vector<std::int64_t> places(rows_.capacity.size(), 0);
        for (auto const t : tasks) {
            found.asked += rows_.fill_min[t];
            for (auto k = rows_.begin[t]; k != rows_.begin[t + 1]; ++k) {
                ++places[rows_.arcs[k].person];
            }
        }
        for (std::uint32_t p = 0; p < places.size(); ++p) {
            if (places[p] != 0) {
                found.people.push_back(p);
                found.can_give += std::min<std::int64_t>(places[p], rows_.capacity[p]);
            }
        }
        found.tasks = std::move(tasks);
        KOC_INVARIANT(found.can_give < found.asked);
        return found;
    }

    /// Of `active`, the tasks that stand in the way of `t`, itself included; the others let go.
    std::vector<std::uint32_t> around(std::uint32_t t, std::vector<std::uint32_t> const& active) {
        search(t);
        std::vector<std::uint32_t> seen;
        for (auto const other : active) {
            if (task_round_[other] == round_) {
                seen.push_back(other);
            } else {
                release(other);
            }
        }
        return seen;
    }

    void fill(std::uint32_t t) {
        while (missing_[t] != 0 && search(t)) {
            --missing_[t];
        }
    }

    void release(std::uint32_t t) {
        missing_[t] = rows_.fill_min[t];
        for (auto k = rows_.begin[t]; k != rows_.begin[t + 1]; ++k) {
            if (taken_[k]) {
                taken_[k] = false;
                drop(k);
            }
        }
    }

    void drop(std::size_t arc) {
        auto const p = rows_.arcs[arc].person;
        auto& holders = holders_[p];
        holders.erase(std::find_if(
            holders.begin(), holders.end(), [&](step const& held) { return held.arc == arc; }));
        ++spare_[p];
    }

    /// Finds one more person for `first`, others moving on where they can, and takes them. Without
    /// one, `seen_tasks_` are those that stand in the way.
    bool search(std::uint32_t first) {
        ++round_;
        met_given_up_ = false;
        seen_people_.clear();
        seen_tasks_.assign(1, first);
        task_round_[first] = round_;
        for (std::size_t i = 0; i < seen_tasks_.size(); ++i) {
            auto const t = seen_tasks_[i];
            for (auto k = rows_.begin[t]; k != rows_.begin[t + 1]; ++k) {
                auto const p = rows_.arcs[k].person;
                met_given_up_ = met_given_up_ || given_up_[p];
                if (taken_[k] || given_up_[p] || person_round_[p] == round_) {
                    continue;
                }
                person_round_[p] = round_;
                gains_[p] = {k, t};
                if (spare_[p] != 0) {
                    take(p, first);
                    return true;
                }
                seen_people_.push_back(p);
                for (auto const held : holders_[p]) {
                    if (task_round_[held.task] != round_) {
                        task_round_[held.task] = round_;
                        loses_[held.task] = held.arc;
                        seen_tasks_.push_back(held.task);
                    }
                }
            }
        }
        return false;
    }

    void take(std::uint32_t p, std::uint32_t first) {
        while (true) {
            auto const gained = gains_[p];
            --spare_[p];
            taken_[gained.arc] = true;
            holders_[p].push_back(gained);
            if (gained.task == first) {
                return;
            }
            auto const lost = loses_[gained.task];
            taken_[lost] = false;
            drop(lost);
            p = rows_.arcs[lost].person;
        }
    }

    assignment_rows<Fit> const& rows_;
    std::vector<std::int32_t> missing_; ///< of each task
    std::vector<std::size_t> loses_;    ///< the arc that a task would lose on the way found
    std::vector<std::uint32_t> task_round_;
    std::vector<std::int32_t> spare_; ///< of each person
    std::vector<std::vector<step>> holders_;
    std::vector<step> gains_; ///< how the way found arrives at a person
    std::vector<std::uint32_t> person_round_;
    std::vector<bool> given_up_; ///< people who were seen and cannot be freed
    std::vector<bool> taken_;
    std::vector<std::uint32_t> seen_tasks_;
    std::vector<std::uint32_t> seen_people_;
    bool met_given_up_ = false; ///< whether the last search did
    std::uint32_t round_ = 0;
};

} // namespace koc::detail
