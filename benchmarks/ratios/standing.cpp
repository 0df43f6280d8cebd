// SPDX-License-Identifier: BSL-1.0

// A thousand open questions over a million members, kept current through changes.

#include <koc/search/standing_queries.hpp>

#include "ratios/report.hpp"
#include "search/indexed_people.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

namespace bench {

bool report_standing(extent size) {
    auto const changes = size == extent::quick ? 50'000 : 500'000;
    heading("1,000 open questions for the top 20 of 1 M members");
    auto members = wl::make_members(1'000'000);
    koc_people::people people{members};
    koc::standing_queries<koc_people::people, wl::Query, koc_people::by_units> standing{people};
    auto const queries = wl::make_queries(1000);
    std::vector<koc::query_id> open;
    for (auto const& q : queries) {
        open.push_back(standing.open(q, koc_people::plan_of(q), wl::top_k).value());
    }
    std::vector<double> times;
    wl::SplitMix64 draw{43};
    std::size_t touched = 0;
    for (int i = 0; i < changes; ++i) {
        auto& m = members[draw.below(static_cast<wl::u32>(members.size()))];
        auto after = m;
        if (draw.below(2) == 0) {
            after.load = static_cast<wl::u8>(draw.below(4));
        } else {
            after.quality_q = static_cast<wl::u16>(draw.below(4096));
        }
        auto const s = people.change(m, after);
        m = after;
        times.push_back(
            seconds_of([&] { touched += standing.refresh(s, people.now()).value().size(); }));
    }
    bool agree = true;
    for (std::size_t i = 0; i < queries.size(); ++i) {
        auto const now = koc::top_k(
            people, koc_people::plan_of(queries[i]), queries[i], koc_people::by_units{}, wl::top_k);
        auto const kept = standing.best(open[i]);
        agree = agree && std::equal(kept.begin(), kept.end(), now->begin(), now->end());
    }
    at_most("microseconds a change, p50, at most", median(times) * 1e6, 5);
    note("p99 " + std::to_string(quantile(times, 0.99) * 1e6) + " us; " + std::to_string(touched) +
        " answers changed in " + std::to_string(changes) + " changes");
    note(agree ? "every answer is that of a new search" : "ANSWERS DIFFER");
    return agree;
}

} // namespace bench
