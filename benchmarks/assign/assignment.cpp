// SPDX-License-Identifier: BSL-1.0

// How long the best assignment takes, beside LEMON's network simplex where liblemon is installed,
// and what it costs to check it. The rival's time includes building its graph, ours checking the
// entries and looking up their ids.
//
//     koc_benchmark_assign --benchmark_filter=assignment --benchmark_repetitions=9
//         --benchmark_enable_random_interleaving=true --benchmark_report_aggregates_only=true

#include <koc/assign/assignment_check.hpp>

#include "assign/assignment_work.hpp"

#include <benchmark/benchmark.h>

#include <cstdint>
#include <map>

#if defined(KOC_WITH_LEMON)
#include "assign/lemon/network_simplex.hpp"
#endif

namespace {

struct sample {
    wl::AssignProblem raw;
    work::assignment given;
};

sample const& of_size(benchmark::State const& state) {
    static std::map<std::int64_t, sample> all;
    auto const at = all.try_emplace(state.range(0)).first;
    if (at->second.raw.tasks == 0) {
        at->second.raw = wl::make_assignment(static_cast<std::uint32_t>(at->first));
        at->second.given = work::assignment_of(at->second.raw);
    }
    return at->second;
}

/// The best totals, which every exact solver agrees on.
std::int64_t best(benchmark::State const& state) {
    return state.range(0) == 1'000 ? 2'725'111'045 : 26'575'260'827;
}

void assignment_koc(benchmark::State& state) {
    auto const& given = of_size(state).given;
    for (auto _ : state) {
        if (work::best_by_koc(given) != best(state)) {
            state.SkipWithError("not the best total");
            break;
        }
    }
}
BENCHMARK(assignment_koc)->Arg(1'000)->Arg(10'000)->Unit(benchmark::kMillisecond);

#if defined(KOC_WITH_LEMON)
void assignment_lemon_network_simplex(benchmark::State& state) {
    auto const& given = of_size(state).raw;
    for (auto _ : state) {
        if (rival::network_simplex(given) != best(state)) {
            state.SkipWithError("not the best total");
            break;
        }
    }
}
BENCHMARK(assignment_lemon_network_simplex)->Arg(1'000)->Arg(10'000)->Unit(benchmark::kMillisecond);
#endif

void assignment_verify(benchmark::State& state) {
    auto const& given = of_size(state).given;
    auto const plan = koc::assign(given);
    for (auto _ : state) {
        if (!plan || koc::verify(given, *plan)) {
            state.SkipWithError("a best plan was refused");
            break;
        }
    }
}
BENCHMARK(assignment_verify)->Arg(1'000)->Arg(10'000)->Unit(benchmark::kMillisecond);

} // namespace
