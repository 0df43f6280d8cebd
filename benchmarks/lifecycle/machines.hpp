// SPDX-License-Identifier: BSL-1.0
#pragma once

// The machine of the shared workload, five stages and eight events: by hand as a switch, as a koc
// table with any guards (an event a call, and all in one), as a koc table with guards that are
// data, and with Boost.MSM. Each takes the same events and reports the same counts.

#include "workload.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace bench {

/// What all machines are told, and where they stand: one byte each, except for Boost.MSM.
using events = std::vector<wl::LifeEvent>;
using stages = std::vector<wl::S>;

wl::LifeCtx run_switch(events const& happened, stages& machines);
wl::LifeCtx run_step(events const& happened, stages& machines);
wl::LifeCtx run_step_all(events const& happened, stages& machines);
wl::LifeCtx run_batch(events const& happened, stages& machines);

/// Boost.MSM keeps an object a machine; made and read outside of what is measured.
class msm_machines {
public:
    explicit msm_machines(std::size_t count);
    ~msm_machines();
    msm_machines(msm_machines const&) = delete;
    msm_machines& operator=(msm_machines const&) = delete;

    [[nodiscard]] stages read() const;
    static std::size_t bytes_each();

    struct all;
    all* machines;
};
wl::LifeCtx run_msm(events const& happened, msm_machines& machines);

/// The same counts and sum, whatever was counted for events that nothing fired for.
inline bool same(wl::LifeCtx const& a, wl::LifeCtx const& b) {
    return a.sum == b.sum && std::equal(a.count + 1, a.count + 13, b.count + 1);
}

} // namespace bench
