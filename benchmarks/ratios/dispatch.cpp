// SPDX-License-Identifier: BSL-1.0

// The engine's own dispatch to eight, from outside: command in, offers recorded. Beside it stand
// the additive search of the same size, which bounds what a dispatch can be, and the same programme
// with everybody's score asked for, which has to come to the same offers and the same state.

#include "ratios/dispatch_programme.hpp"
#include "ratios/report.hpp"
#include "search/top_k_rivals.hpp"

#include <array>
#include <cstdio>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <malloc.h>

namespace bench {
namespace {

/// One row of dispatches, after all that the rows before it did.
struct work {
    char const* name;
    bool past; ///< whether outcomes are recorded first, three for ten members
    bool attention;
    task_kind kind;
    double must; ///< p50
    double goal;
    double p99;
};
constexpr work works_of_a_million[] = {
    {"1 M members, no history", false, false, task_kind::plain, 3, 2, 10},
    {"1 M, 300 k skewed outcomes", true, false, task_kind::plain, 7, 4, 40},
    {"1 M, the same, mixed tasks", false, false, task_kind::mixed, 10, 6, 40},
    {"1 M, the same, attention of half the members used up", false, true, task_kind::plain, 10, 0,
        40},
};
constexpr work work_of_ten_million[] = {
    {"10 M members, 3 M outcomes", true, false, task_kind::plain, 12, 8, 40},
};

std::size_t bytes_in_use() {
    auto const info = mallinfo2();
    return info.uordblks + info.hblkhd;
}

/// p50 of the additive search for the top 20, in seconds.
double additive_search(std::size_t members) {
    auto const people = wl::make_members(members);
    auto const queries = wl::make_queries(200);
    auto const koc = make_koc(people);
    koc->prepare(queries);
    std::vector<double> seconds;
    std::array<wl::Hit, wl::top_k> out;
    for (std::size_t q = 0; q < queries.size(); ++q) {
        std::vector<double> rounds;
        for (int round = 0; round < 3; ++round) {
            rounds.push_back(seconds_of([&] { koc->query(q, out.data()); }));
        }
        seconds.push_back(median(rounds));
    }
    return quantile(seconds, 0.5);
}

std::string micro(double seconds) {
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.1f us", seconds * 1e6);
    return text.data();
}

/// What one engine did.
struct done {
    std::vector<std::vector<double>> seconds; ///< of each work
    std::vector<koc::digest> states;          ///< after each
    std::vector<sent> offers;                 ///< of all
};
done run(koc::engine engine, std::span<work const> works, std::size_t members, std::size_t tasks) {
    programme_at_work at_work{std::move(engine)};
    at_work.enrol(members);
    at_work.win_over_every_third();
    done all;
    for (auto const& w : works) {
        if (w.past) {
            at_work.record_outcomes(members * 3 / 10);
        }
        if (w.attention) {
            at_work.use_up_attention();
        }
        at_work.open_tasks(tasks, w.kind);
        all.seconds.push_back(at_work.dispatch_all());
        all.states.push_back(at_work.engine().state_digest());
    }
    all.offers = at_work.offers();
    return all;
}

bool report(std::span<work const> works, std::size_t members, std::size_t tasks) {
    auto const search = additive_search(members);
    auto const standard = run(standard_engine(passing_journal{}), works, members, tasks);
    auto const asking = run(asking_engine(passing_journal{}), works, members, tasks);
    auto const same = standard.offers == asking.offers && standard.states == asking.states;
    for (std::size_t i = 0; i < works.size(); ++i) {
        auto const& w = works[i];
        auto const p50 = quantile(standard.seconds[i], 0.5);
        auto const p99 = quantile(standard.seconds[i], 0.99);
        heading(("dispatch(8): " + std::string{w.name}).c_str());
        note("p50 " + micro(p50) + ", p99 " + micro(p99) + "; additive search p50 " +
            micro(search) + "; asking for everybody's score: p50 " +
            micro(quantile(asking.seconds[i], 0.5)) + ", p99 " +
            micro(quantile(asking.seconds[i], 0.99)));
        at_most("p50 / p50 of the additive search, at most", p50 / search, w.must);
        if (w.goal != 0) {
            at_most("p50, the goal", p50 / search, w.goal);
        }
        at_most("p99 / p50 of the additive search, at most", p99 / search, w.p99);
    }
    note(same ? std::to_string(standard.offers.size()) + " offers and the states are the same"
              : "ANSWERS DIFFER");
    return same;
}

/// What members and their steps cost, from ten thousand to ten million.
void report_members(extent size) {
    heading("What a member costs, in memory, five tags each");
    std::printf("  %10s %10s %10s %10s %10s %10s %10s\n", "members", "enrol us", "bytes",
        "outcome us", "accept us", "submit us", "review us");
    auto const sizes = size == extent::quick
        ? std::vector<std::size_t>{10'000, 100'000, 1'000'000}
        : std::vector<std::size_t>{10'000, 100'000, 1'000'000, 10'000'000};
    for (auto const members : sizes) {
        auto const before = bytes_in_use();
        programme_at_work at_work{standard_engine(passing_journal{})};
        auto const enrol = seconds_of([&] { at_work.enrol(members); }) / double(members);
        at_work.win_over_every_third();
        // The workload's own notes about each member, and the name with its owner.
        auto const aside = members * (5 * sizeof(koc::tag_id) + sizeof(koc::personal_text));
        auto const bytes = double(bytes_in_use() - before - aside) / double(members);
        auto const outcomes = std::max<std::size_t>(members * 3 / 10, 3'000);
        auto const outcome =
            seconds_of([&] { at_work.record_outcomes(outcomes); }) / double(outcomes);
        at_work.open_tasks(500, task_kind::plain);
        at_work.dispatch_all();
        auto const closing = at_work.close_the_loop();
        std::printf("  %10zu %10.2f %10.0f %10.2f %10.2f %10.2f %10.2f\n", members, enrol * 1e6,
            bytes, outcome * 1e6, closing.accept * 1e6, closing.submit * 1e6, closing.review * 1e6);
        if (members == 1'000'000) {
            at_most("microseconds to enrol a member, at most", enrol * 1e6, 2);
            at_most("bytes a member beside the name, at most", bytes, 350);
            at_most("microseconds to record an outcome, at most", outcome * 1e6, 5);
            at_most("microseconds to accept an offer, at most", closing.accept * 1e6, 4);
            at_most("microseconds to hand work in, at most", closing.submit * 1e6, 4);
            at_most("microseconds to review work, at most", closing.review * 1e6, 4);
        }
    }
}

} // namespace

bool report_dispatch(extent size) {
    constexpr std::size_t million = 1'000'000;
    auto const quick = size == extent::quick;
    report_members(size);
    auto agree = report(works_of_a_million, million, quick ? 200 : 500);
    if (quick) {
        note("(ten million members are left to the whole run)");
    } else {
        agree = report(work_of_ten_million, 10 * million, 500) && agree;
    }
    return agree;
}

} // namespace bench
