// SPDX-License-Identifier: BSL-1.0
// What does a step cost? Ten million events over machines that are met in random order: one million
// of them, whose stages fit the cache at hand, and ten million, whose stages do not.

#include "lifecycle/machines.hpp"

#include <benchmark/benchmark.h>

#include <cstdint>

namespace {

constexpr std::size_t event_count = 10'000'000;

bench::events const& events_over(wl::u32 machines) {
    static bench::events made;
    static wl::u32 made_for = 0;
    if (made_for != machines) {
        made = wl::make_events(event_count, machines);
        made_for = machines;
    }
    return made;
}

/// Runs a machine and compares what it counted and where it ended with the switch.
template <typename Run>
void steps(benchmark::State& state, Run run) {
    auto const machines = static_cast<wl::u32>(state.range(0));
    auto const& events = events_over(machines);
    bench::stages expected(machines);
    auto const counts = bench::run_switch(events, expected);
    for (auto _ : state) {
        run(state, events, counts, expected);
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(event_count));
}

template <wl::LifeCtx (*Run)(bench::events const&, bench::stages&)>
void one_byte_each(benchmark::State& state) {
    steps(state, [](auto& timing, auto const& events, auto const& counts, auto const& expected) {
        timing.PauseTiming();
        bench::stages stages(expected.size());
        timing.ResumeTiming();
        auto const found = Run(events, stages);
        timing.PauseTiming();
        if (!bench::same(found, counts) || stages != expected) {
            timing.SkipWithError("ended elsewhere than the switch");
        }
        timing.ResumeTiming();
    });
    state.counters["bytes"] = 1;
}

void boost_msm(benchmark::State& state) {
    steps(state, [](auto& timing, auto const& events, auto const& counts, auto const& expected) {
        timing.PauseTiming();
        bench::msm_machines machines{expected.size()};
        timing.ResumeTiming();
        auto const found = bench::run_msm(events, machines);
        timing.PauseTiming();
        if (!bench::same(found, counts) || machines.read() != expected) {
            timing.SkipWithError("ended elsewhere than the switch");
        }
        timing.ResumeTiming();
    });
    state.counters["bytes"] = static_cast<double>(bench::msm_machines::bytes_each());
}

void sizes(benchmark::internal::Benchmark* of) {
    of->Arg(1'000'000)->Arg(10'000'000)->Unit(benchmark::kMillisecond);
}

BENCHMARK(one_byte_each<bench::run_switch>)->Name("lifecycle/switch")->Apply(sizes);
BENCHMARK(one_byte_each<bench::run_step>)->Name("lifecycle/koc step")->Apply(sizes);
BENCHMARK(one_byte_each<bench::run_step_all>)->Name("lifecycle/koc step, all")->Apply(sizes);
BENCHMARK(one_byte_each<bench::run_batch>)->Name("lifecycle/koc batch")->Apply(sizes);
BENCHMARK(boost_msm)->Name("lifecycle/Boost.MSM")->Apply(sizes);

} // namespace
