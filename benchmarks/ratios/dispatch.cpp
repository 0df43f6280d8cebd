// SPDX-License-Identifier: BSL-1.0

// The engine's own dispatch to eight, from outside: command in, offers recorded. Beside it stand
// the additive search of the same size, which bounds what a dispatch can be, and the same programme
// with everybody's score asked for, which has to come to the same offers and the same state.

#include "ratios/dispatch_programme.hpp"
#include "ratios/report.hpp"
#include "search/top_k_rivals.hpp"

#include <array>
#include <cstdio>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <malloc.h>

namespace bench {
namespace {

struct work {
    char const* name;
    std::size_t members;
    std::size_t outcomes;
    task_kind kind;
    bool attention;
    double must; ///< p50
    double goal;
    double p99;
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

void set_up(programme_at_work& at_work, work const& w, std::size_t tasks) {
    at_work.enrol(w.members);
    at_work.win_over_every_third();
    at_work.record_outcomes(w.outcomes);
    if (w.attention) {
        at_work.use_up_attention();
    }
    at_work.open_tasks(tasks, w.kind);
}

bool report(work const& w, std::size_t tasks, double search) {
    heading(("dispatch(8): " + std::string{w.name}).c_str());
    std::vector<double> seconds;
    std::vector<sent> offers;
    koc::digest state;
    {
        programme_at_work at_work{standard_engine(passing_journal{})};
        set_up(at_work, w, tasks);
        seconds = at_work.dispatch_all();
        offers = at_work.offers();
        state = at_work.engine().state_digest();
        note("p50 " + micro(quantile(seconds, 0.5)) + ", p99 " + micro(quantile(seconds, 0.99)) +
            "; additive search p50 " + micro(search));
        at_most(
            "p50 / p50 of the additive search, at most", quantile(seconds, 0.5) / search, w.must);
        if (w.goal != 0) {
            at_most("p50, the goal", quantile(seconds, 0.5) / search, w.goal);
        }
        at_most(
            "p99 / p50 of the additive search, at most", quantile(seconds, 0.99) / search, w.p99);
    }
    programme_at_work at_work{asking_engine(passing_journal{})};
    set_up(at_work, w, tasks);
    auto const asked = at_work.dispatch_all();
    auto const same = at_work.offers() == offers && at_work.engine().state_digest() == state;
    note("asking for everybody's score: p50 " + micro(quantile(asked, 0.5)) + ", p99 " +
        micro(quantile(asked, 0.99)));
    note(same ? std::to_string(offers.size()) + " offers and the state are the same"
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
    bool agree = true;
    report_members(size);
    constexpr std::size_t million = 1'000'000;
    auto const tasks = std::size_t{size == extent::quick ? 200U : 500U};
    std::optional<double> search;
    std::size_t measured = 0;
    for (auto const& w :
        {
            work{"1 M members, no history", million, 0, task_kind::plain, false, 3, 2, 10},
            work{"1 M, 300 k skewed outcomes", million, 300'000, task_kind::plain, false, 7, 4, 40},
            work{
                "1 M, the same, mixed tasks", million, 300'000, task_kind::mixed, false, 10, 6, 40},
            work{"1 M, the same, attention of half the members used up", million, 300'000,
                task_kind::plain, true, 10, 0, 40},
            work{"10 M, 3 M outcomes", 10 * million, 3 * million, task_kind::plain, false, 12, 8,
                40},
        }) {
        if (size == extent::quick && w.members > million) {
            note("(ten million members are left to the whole run)");
            continue;
        }
        if (measured != w.members) {
            search = additive_search(w.members);
            measured = w.members;
        }
        agree = report(w, tasks, *search) && agree;
    }
    return agree;
}

} // namespace bench
