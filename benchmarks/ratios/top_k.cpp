// SPDX-License-Identifier: BSL-1.0

// The top 20 of 100 thousand, 1 million and 10 million members for the shared workload's queries.
// Each answer is compared with the rival's.

#include "ratios/report.hpp"
#include "search/top_k_rivals.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace bench {
namespace {

using hits = std::array<wl::Hit, wl::top_k>;

/// Seconds a query: the median of the rounds.
struct times {
    std::vector<double> koc;
    std::vector<double> portable;
    std::vector<double> roaring;
    std::size_t wrong = 0;
};

times ask(searcher& koc, searcher* portable, searcher& roaring, std::size_t queries, int rounds) {
    struct samples {
        std::vector<std::vector<double>> each;
        explicit samples(std::size_t n) : each(n) {}
        [[nodiscard]] std::vector<double> medians() const {
            std::vector<double> made;
            for (auto const& sample : each) {
                made.push_back(sample.empty() ? 0 : median(sample));
            }
            return made;
        }
    };
    samples by_koc{queries};
    samples by_portable{queries};
    samples by_roaring{queries};
    times made;
    for (int round = 0; round < rounds; ++round) {
        for (std::size_t first = 0; first < queries; first += 50) {
            auto const last = std::min(first + 50, queries);
            std::vector<std::pair<hits, std::size_t>> answers;
            auto const run = [&](searcher& who, samples& into, bool compare) {
                hits out;
                who.query(first, out.data()); // whoever comes next finds the caches foreign
                for (auto q = first; q < last; ++q) {
                    std::size_t n = 0;
                    into.each[q].push_back(seconds_of([&] { n = who.query(q, out.data()); }));
                    if (!compare) {
                        answers.emplace_back(out, n);
                    } else if (auto const& [other, count] = answers[q - first]; n != count ||
                               !std::equal(out.begin(),
                                   out.begin() + static_cast<std::ptrdiff_t>(n), other.begin())) {
                        ++made.wrong;
                    }
                }
            };
            run(roaring, by_roaring, false);
            run(koc, by_koc, true);
            if (portable != nullptr) {
                run(*portable, by_portable, true);
            }
        }
    }
    made.koc = by_koc.medians();
    made.portable = by_portable.medians();
    made.roaring = by_roaring.medians();
    return made;
}

/// A change of one member, the next of an endless row of them.
wl::Member changed(wl::Member m, wl::SplitMix64& draw) {
    switch (draw.below(5)) {
    case 0:
        m.load = static_cast<wl::u8>(draw.below(4));
        break;
    case 1:
        m.quality_q = static_cast<wl::u16>(draw.below(4096));
        break;
    case 2:
        m.followers = 64 + draw.below(1U << 20U);
        break;
    case 3:
        m.stage = static_cast<wl::u8>(draw.below(4));
        break;
    default: {
        auto const fresh = wl::tag_dist().draw(draw);
        auto* const end = m.tags + m.ntags;
        if (std::find(m.tags, end, fresh) == end) {
            m.tags[draw.below(m.ntags)] = fresh;
            std::sort(m.tags, end);
        }
    }
    }
    return m;
}

std::string micro(double seconds) {
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.1f us", seconds * 1e6);
    return text.data();
}

void distribution(char const* who, std::vector<double> const& seconds) {
    note(std::string{who} + ": p50 " + micro(quantile(seconds, 0.5)) + ", p99 " +
        micro(quantile(seconds, 0.99)));
}

} // namespace

bool report_top_k(extent size) {
    struct row {
        std::size_t members;
        double must;
        double goal;
        std::size_t queries;
        std::size_t quick_queries;
        int rounds;
    };
    bool agree = true;
    for (auto const& row : {row{100'000, 3, 5, 1000, 1000, 5},
             row{1'000'000, 12, 23, 1000, 1000, 5}, row{10'000'000, 30, 60, 1000, 100, 1}}) {
        auto const quick = size == extent::quick;
        auto const count = quick ? row.quick_queries : row.queries;
        auto const rounds = quick ? std::min(row.rounds, 3) : row.rounds;
        auto const million = row.members == 1'000'000;
        auto const name = row.members == 100'000 ? std::string{"100 k"}
            : million                            ? std::string{"1 M"}
                                                 : std::string{"10 M"};
        heading(
            ("Top 20 of " + name + " members, " + std::to_string(count) + " queries, one thread")
                .c_str());
        auto const queries = wl::make_queries(1000);
        auto members = wl::make_members(row.members);
        std::unique_ptr<searcher> koc;
        auto const build = seconds_of([&] { koc = make_koc(members); });
        auto const portable = million ? make_koc_portable(members) : nullptr;
        auto roaring = make_roaring(members);
        koc->prepare(queries);
        roaring->prepare(queries);
        if (portable) {
            portable->prepare(queries);
        }
        auto const asked = ask(*koc, portable.get(), *roaring, count, rounds);
        distribution("koc", asked.koc);
        distribution("CRoaring", asked.roaring);
        auto const faster = mean_ratio(asked.roaring, asked.koc);
        at_least("times faster than CRoaring, geometric mean, at least", faster, row.must);
        at_least("times faster than CRoaring, the goal", faster, row.goal);
        if (million) {
            at_most("p99 of koc / p99 of CRoaring, at most",
                quantile(asked.koc, 0.99) / quantile(asked.roaring, 0.99), 1.0 / 15);
            at_most("-O2 without -march / -O3 -march=native, at most",
                mean_ratio(asked.portable, asked.koc), 1.5);
            at_most("bytes a member for index, columns and ids, at most",
                static_cast<double>(koc->bytes()) / static_cast<double>(row.members), 40);
            at_most("seconds to build from the host's table, at most", build, 0.7);
            std::vector<double> change_times;
            wl::SplitMix64 draw{42};
            for (int i = 0; i < 100'000; ++i) {
                auto& m = members[draw.below(static_cast<wl::u32>(members.size()))];
                auto const after = changed(m, draw);
                change_times.push_back(seconds_of([&] { koc->change(m, after); }));
                m = after;
            }
            roaring = make_roaring(members);
            roaring->prepare(queries);
            at_most("microseconds for one change, median, at most", median(change_times) * 1e6, 2);
            auto const again = ask(*koc, nullptr, *roaring, count, rounds);
            at_least("times faster than CRoaring built anew, after 100,000 changes, at least",
                mean_ratio(again.roaring, again.koc), row.must);
            agree = agree && again.wrong == 0;
        }
        note(asked.wrong == 0 ? "every answer is the rival's" : "ANSWERS DIFFER");
        agree = agree && asked.wrong == 0;
    }
    return agree;
}

} // namespace bench
