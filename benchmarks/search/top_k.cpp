// SPDX-License-Identifier: BSL-1.0

// The top 20 of the shared workload's members, a query after the other, beside CRoaring where it is
// installed.
//
//     koc_benchmark_search --benchmark_filter=top_20

#include "search/top_k_rivals.hpp"

#include <benchmark/benchmark.h>

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <vector>

namespace {

std::vector<wl::Query> const& queries() {
    static auto const all = wl::make_queries(200);
    return all;
}

std::vector<wl::Member> const& members(std::int64_t count) {
    static std::map<std::int64_t, std::vector<wl::Member>> all;
    auto& some = all[count];
    if (some.empty()) {
        some = wl::make_members(static_cast<std::size_t>(count));
    }
    return some;
}

void ask(benchmark::State& state, std::unique_ptr<bench::searcher> searcher) {
    searcher->prepare(queries());
    std::array<wl::Hit, wl::top_k> out;
    std::size_t next = 0;
    for (auto _ : state) {
        benchmark::DoNotOptimize(searcher->query(next, out.data()));
        next = (next + 1) % queries().size();
    }
}

void top_20_koc(benchmark::State& state) { ask(state, bench::make_koc(members(state.range(0)))); }
BENCHMARK(top_20_koc)->Arg(100'000)->Arg(1'000'000)->Unit(benchmark::kMicrosecond);

#if defined(KOC_WITH_ROARING)
void top_20_roaring(benchmark::State& state) {
    ask(state, bench::make_roaring(members(state.range(0))));
}
BENCHMARK(top_20_roaring)->Arg(100'000)->Arg(1'000'000)->Unit(benchmark::kMicrosecond);
#endif

} // namespace
