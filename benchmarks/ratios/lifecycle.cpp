// SPDX-License-Identifier: BSL-1.0

// The same machine four times, in random order over 1 M and 10 M of them.

#include "lifecycle/machines.hpp"
#include "ratios/report.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace bench {

bool report_lifecycle(extent size) {
    bool agree = true;
    for (std::size_t const machines : {std::size_t{1'000'000}, std::size_t{10'000'000}}) {
        heading((std::to_string(machines / 1'000'000) +
            " M machines, 10 M events in random order, time / hand-written switch")
                    .c_str());
        auto const happened = wl::make_events(10'000'000, static_cast<wl::u32>(machines));
        std::vector<double> one;
        std::vector<double> generic;
        std::vector<double> batch;
        std::vector<double> msm;
        for (int round = 0; round < (size == extent::quick ? 5 : 9); ++round) {
            auto const run = [&](auto&& step, wl::LifeCtx& counted) {
                stages states(machines, wl::S::New);
                return seconds_of([&] { counted = step(happened, states); });
            };
            wl::LifeCtx by_switch;
            wl::LifeCtx by_step;
            wl::LifeCtx by_step_all;
            wl::LifeCtx by_batch;
            auto const base = run(run_switch, by_switch);
            one.push_back(run(run_step, by_step) / base);
            generic.push_back(run(run_step_all, by_step_all) / base);
            batch.push_back(run(run_batch, by_batch) / base);
            agree = agree && same(by_switch, by_step) && same(by_switch, by_step_all) &&
                same(by_switch, by_batch);
            if (machines == 1'000'000) {
                msm_machines others{machines};
                wl::LifeCtx by_msm;
                msm.push_back(seconds_of([&] { by_msm = run_msm(happened, others); }) / base);
                agree = agree && same(by_switch, by_msm);
            }
        }
        if (machines == 1'000'000) {
            at_most("any guards, one event at a time, at most", median(one), 0.85);
        } else {
            note("any guards, one event at a time: " + std::to_string(median(one)));
        }
        at_most("any guards, all events in one call, at most", median(generic), 0.85);
        at_most("a batch with guards that are data, at most", median(batch), 0.2);
        if (!msm.empty()) {
            note("Boost.MSM, " + std::to_string(msm_machines::bytes_each()) +
                " bytes a machine instead of 1: " + std::to_string(median(msm)));
        }
    }
    note(agree ? "all machines counted the same" : "COUNTS DIFFER");
    return agree;
}

} // namespace bench
