// SPDX-License-Identifier: BSL-1.0
#pragma once

// Small assignment problems, drawn from a seed or from RapidCheck's, and the answer that trying
// everything gives.

#include <koc/assign/assignment.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace test {

using job_id = koc::id<struct job_kind, std::uint32_t>;
using worker_id = koc::id<struct worker_kind, std::uint32_t>;
using problem = koc::assignment_problem<job_id, worker_id>;
using plan = koc::assignment_plan<job_id, worker_id>;

/// Numbers from a seed (splitmix64): fast, and the same everywhere.
class draws {
public:
    explicit draws(std::uint64_t seed) : state_{seed} {}

    /// From 0 to `below` - 1.
    std::int64_t operator()(std::int64_t below) {
        state_ += 0x9e3779b97f4a7c15U;
        auto z = state_;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
        return static_cast<std::int64_t>((z ^ (z >> 31)) % static_cast<std::uint64_t>(below));
    }

private:
    std::uint64_t state_;
};

/// Up to `tasks_max` tasks and `people_max` people with few different fits, so that ties, short
/// capacity, worthless people and minimum fills out of reach are all common.
inline problem any_problem(draws& draw, std::int64_t tasks_max, std::int64_t people_max) {
    problem made;
    auto const tasks = draw(tasks_max + 1);
    auto const people = draw(people_max + 1);
    auto const fits = draw(2) == 0 ? 4 : 1000;
    auto const worthless = draw(3);
    auto const floors = draw(3) == 0;
    auto const density = 1 + draw(4);
    for (std::int64_t t = 0; t < tasks; ++t) {
        auto const need = static_cast<std::int32_t>(1 + draw(3));
        auto const fill_min = floors ? static_cast<std::int32_t>(draw(need + 1)) : 0;
        made.tasks.push_back({job_id{static_cast<std::uint32_t>(10 + 3 * t)}, need, fill_min});
    }
    for (std::int64_t p = 0; p < people; ++p) {
        made.people.push_back({worker_id{static_cast<std::uint32_t>(100 - p)},
            static_cast<std::int32_t>(1 + draw(3))});
    }
    for (auto const& task : made.tasks) {
        for (auto const& person : made.people) {
            if (draw(4) < density) {
                auto const low = worthless == 0 ? fits / 2 : 0;
                made.pairs.push_back({task.id, person.id, koc::score{draw(fits) - low}});
            }
        }
    }
    return made;
}

/// The least number of places short of the minimum fills, and the best total with that number.
struct optimum {
    std::int64_t missing = 0;
    std::int64_t total = 0;

    friend bool operator==(optimum, optimum) = default;
    friend bool operator<(optimum a, optimum b) { // worse
        return a.missing != b.missing ? a.missing > b.missing : a.total < b.total;
    }
};

/// Tries every set of pairs, task by task; a table over the slots that are left keeps it quick.
inline optimum by_trying(problem const& p) {
    std::vector<std::size_t> weight; // of a slot in the table's index
    std::size_t states = 1;
    for (auto const& person : p.people) {
        weight.push_back(states);
        states *= static_cast<std::size_t>(person.capacity) + 1;
    }
    constexpr optimum impossible{1'000'000, 0};
    std::vector<optimum> best(states, impossible); // by slots used
    best[0] = {};
    for (auto const& task : p.tasks) {
        // Each set of its pairs: how many, how much, which slots.
        struct option {
            std::int32_t size = 0;
            std::int64_t fit = 0;
            std::uint32_t people = 0;
        };
        std::vector<option> options(1);
        for (auto const& pair : p.pairs) {
            if (pair.task != task.id) {
                continue;
            }
            auto const who = std::find_if(p.people.begin(), p.people.end(),
                [&](auto const& person) { return person.id == pair.person; });
            auto const bit = std::uint32_t{1} << (who - p.people.begin());
            for (std::size_t i = options.size(); i-- > 0;) {
                if (options[i].size < task.need) {
                    auto const& o = options[i];
                    options.push_back({o.size + 1, o.fit + pair.fit.raw, o.people | bit});
                }
            }
        }
        std::vector<optimum> after(states, impossible);
        for (std::size_t s = 0; s < states; ++s) {
            if (best[s] == impossible) {
                continue;
            }
            for (auto const& o : options) {
                auto to = s;
                bool fits = true;
                for (std::size_t i = 0; i < p.people.size() && fits; ++i) {
                    if ((o.people >> i & 1U) != 0) {
                        auto const slots = static_cast<std::size_t>(p.people[i].capacity) + 1;
                        fits = s / weight[i] % slots + 1 < slots;
                        to += weight[i];
                    }
                }
                if (fits) {
                    after[to] = std::max(after[to],
                        {best[s].missing + std::max(task.fill_min - o.size, 0),
                            best[s].total + o.fit});
                }
            }
        }
        best = std::move(after);
    }
    return *std::max_element(best.begin(), best.end());
}

inline optimum of(plan const& made) {
    optimum it{0, made.total.raw};
    for (auto const& task : made.tasks) {
        it.missing += std::max(task.fill_min - task.filled, 0);
    }
    return it;
}

} // namespace test
