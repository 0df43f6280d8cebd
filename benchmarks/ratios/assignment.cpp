// SPDX-License-Identifier: BSL-1.0

// The best assignment of the shared workload by koc and by LEMON's network simplex, and the best
// assignment from a whole population.

#include <koc/assign/assignment_check.hpp>
#include <koc/assign/global_assignment.hpp>

#include "assign/assignment_work.hpp"
#include "assign/lemon/network_simplex.hpp"
#include "ratios/report.hpp"
#include "search/indexed_people.hpp"

#include <sys/resource.h>

#include <cstdint>
#include <string>
#include <type_traits>
#include <vector>

namespace bench {

bool report_assignment(extent size) {
    bool agree = true;
    struct row {
        std::uint32_t tasks;
        std::int32_t more; ///< people for each task
        double goal;
    };
    heading("Exact assignment: up to 5 of 50 candidates a task, people with 1 or 2 slots");
    for (auto const& [tasks, more, goal] :
        {row{1'000, 0, 0.75}, row{10'000, 0, 0.45}, row{1'000, 3, 1}, row{10'000, 3, 1}}) {
        auto raw = wl::make_assignment(tasks);
        for (auto& need : raw.need) {
            need = static_cast<std::remove_reference_t<decltype(need)>>(need + more);
        }
        auto const given = work::assignment_of(raw);
        std::vector<double> ratios;
        std::vector<double> ours;
        for (int round = 0; round < (size == extent::quick ? 5 : 15); ++round) {
            std::int64_t by_koc = 0;
            std::int64_t by_lemon = 0;
            ours.push_back(seconds_of([&] { by_koc = work::best_by_koc(given); }));
            auto const theirs = seconds_of([&] { by_lemon = rival::network_simplex(raw); });
            ratios.push_back(ours.back() / theirs);
            agree = agree && by_koc == by_lemon;
        }
        auto const scarce =
            more == 0 ? std::string{} : ", " + std::to_string(more) + " people more each";
        note("koc " + std::to_string(median(ours) * 1e3) + " ms");
        at_most(std::to_string(tasks) + " tasks" + scarce + ": time / LEMON, at most",
            median(ratios), goal);
    }
    note(agree ? "the same total as LEMON" : "TOTALS DIFFER");
    return agree;
}

bool report_global_assignment(extent) {
    bool proven = true;
    struct row {
        std::size_t tasks;
        double goal;
    };
    heading("The best assignment from 1 M members, proven over all pairs");
    auto const members = wl::make_members(1'000'000);
    koc_people::people const people{members};
    for (auto const& [tasks, goal] : {row{1'000, 3}, row{10'000, 60}}) {
        std::vector<koc::opening<work::job, wl::Query>> openings;
        wl::SplitMix64 draw{7};
        for (auto const& query : wl::make_queries(tasks)) {
            auto const id = work::job{static_cast<std::uint32_t>(openings.size() + 1)};
            openings.push_back({id, query, koc_people::plan_of(query),
                static_cast<std::int32_t>(1 + draw.below(5)), 0});
        }
        auto const capacity = [](koc_people::member_id who) {
            return static_cast<std::int32_t>(1 + who.value() % 2);
        };
        std::size_t searches = 0;
        auto const seconds = seconds_of([&] {
            auto const made =
                koc::assign_from(people, openings, koc_people::by_units{}, capacity, {});
            proven = proven && made.has_value() && !koc::verify(*made);
            searches = made ? static_cast<std::size_t>(made->searches) : 0;
        });
        at_most(std::to_string(tasks) + " tasks: seconds, at most", seconds, goal);
        note(std::to_string(searches) + " searches");
    }
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    at_most("peak memory with the host's table, MiB, at most",
        static_cast<double>(used.ru_maxrss) / 1024, 1024);
    note(proven ? "verified: no pair of the population would be better" : "NOT PROVEN");
    return proven;
}

} // namespace bench
