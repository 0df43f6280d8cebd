// SPDX-License-Identifier: BSL-1.0

// How long the best assignment from a whole population takes, searches included, and what the
// assignment adds to them.
//
//     koc_benchmark_assign --benchmark_filter=global

#include <koc/assign/global_assignment.hpp>

#include "search/indexed_people.hpp"

#include <benchmark/benchmark.h>

#include <cstdint>
#include <vector>

namespace {

using job = koc::id<struct job_kind, std::uint32_t>;

std::int32_t capacity(koc_people::member_id who) {
    return static_cast<std::int32_t>(1 + who.value() % 2);
}

std::vector<koc::opening<job, wl::Query>> openings_of(std::size_t count) {
    std::vector<koc::opening<job, wl::Query>> made;
    wl::SplitMix64 draw{7};
    for (auto const& query : wl::make_queries(count)) {
        auto const id = job{static_cast<std::uint32_t>(made.size() + 1)};
        made.push_back({id, query, koc_people::plan_of(query),
            static_cast<std::int32_t>(1 + draw.below(5)), 0});
    }
    return made;
}

void global_assignment(benchmark::State& state) {
    auto const openings = openings_of(static_cast<std::size_t>(state.range(0)));
    auto const members = wl::make_members(static_cast<std::size_t>(state.range(1)));
    koc_people::people const people{members};
    for (auto _ : state) {
        auto const made = koc::assign_from(people, openings, koc_people::by_units{}, capacity, {});
        if (!made || koc::verify(*made)) {
            state.SkipWithError("no proven plan");
            break;
        }
        state.counters["searches"] = static_cast<double>(made->searches);
        state.counters["pairs"] = static_cast<double>(made->listed.pairs.size());
    }
}
BENCHMARK(global_assignment)
    ->Args({100, 100'000})
    ->Args({1'000, 1'000'000})
    ->Unit(benchmark::kMillisecond);

/// The assignment of what is listed, and reading its proof.
void global_assignment_without_searches(benchmark::State& state) {
    auto const members = wl::make_members(static_cast<std::size_t>(state.range(1)));
    koc_people::people const people{members};
    auto const made =
        koc::assign_from(people, openings_of(static_cast<std::size_t>(state.range(0))),
            koc_people::by_units{}, capacity, {});
    for (auto _ : state) {
        if (!made || !koc::assign(made->listed) || koc::verify(*made)) {
            state.SkipWithError("no proven plan");
            break;
        }
    }
}
BENCHMARK(global_assignment_without_searches)
    ->Args({1'000, 1'000'000})
    ->Unit(benchmark::kMillisecond);

} // namespace
