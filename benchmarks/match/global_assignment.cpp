// SPDX-License-Identifier: BSL-1.0

// How long the best assignment from a whole population takes. The population here has no index and
// every search reads everybody, so the time is nearly all that of the searches, which are counted;
// what the assignment adds is measured on its own.
//
//     koc_benchmark_match --benchmark_filter=global

#include <koc/match/global_assignment.hpp>

#include "workload.hpp"

#include <benchmark/benchmark.h>

#include <cstdint>
#include <string>
#include <vector>

namespace {

using job = koc::id<struct job_kind, std::uint32_t>;
using worker = koc::id<struct worker_kind, std::uint32_t>;

/// Members in a vector: the requirement is left to the gate.
struct crowd {
    std::vector<wl::Member> members;

    [[nodiscard]] std::size_t slots() const { return members.size(); }
    [[nodiscard]] koc::bitmap::word live_word(std::size_t w) const {
        auto const left = members.size() - w * koc::word_bits;
        return left >= koc::word_bits ? ~koc::bitmap::word{0} : (koc::bitmap::word{1} << left) - 1;
    }
    static koc::bitmap::word tag_word(koc::tag_id, std::size_t) { return 0; }
    static std::int64_t value(koc::column_id, koc::slot) { return 0; }
    static worker id_at(koc::slot s) { return worker{s + 1}; }
    wl::Member const& operator[](koc::slot s) const { return members[s]; }
};

struct by_units {
    static koc::score rate(wl::Query const& query, wl::Member const& member) {
        return {wl::score_units(member, query)};
    }
    static koc::explanation explain(wl::Query const& query, wl::Member const& member) {
        return koc::explanation{}.add("units", rate(query, member));
    }
};
struct qualified {
    static bool admits(wl::Query const& query, wl::Member const& member) {
        return wl::passes(member, query);
    }
    static std::string refusal(wl::Query const&, wl::Member const&) { return "not qualified"; }
};

std::int32_t capacity(worker who) { return static_cast<std::int32_t>(1 + who.value() % 2); }

std::vector<koc::opening<job, wl::Query>> openings_of(std::size_t count) {
    std::vector<koc::opening<job, wl::Query>> made;
    wl::SplitMix64 draw{7};
    for (auto const& query : wl::make_queries(count)) {
        auto const id = job{static_cast<std::uint32_t>(made.size() + 1)};
        made.push_back({id, query, {}, static_cast<std::int32_t>(1 + draw.below(5)), 0});
    }
    return made;
}

void global_assignment(benchmark::State& state) {
    auto const openings = openings_of(static_cast<std::size_t>(state.range(0)));
    crowd const people{wl::make_members(static_cast<std::size_t>(state.range(1)))};
    for (auto _ : state) {
        auto const made = koc::assign_from(people, openings, by_units{}, capacity, {}, qualified{});
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
    crowd const people{wl::make_members(static_cast<std::size_t>(state.range(1)))};
    auto const made =
        koc::assign_from(people, openings_of(static_cast<std::size_t>(state.range(0))), by_units{},
            capacity, {}, qualified{});
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
