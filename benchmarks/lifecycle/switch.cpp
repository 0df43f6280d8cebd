// SPDX-License-Identifier: BSL-1.0
// The rival: a nested switch, as one would write it by hand.

#include "lifecycle/machines.hpp"

namespace bench {

wl::LifeCtx run_switch(events const& happened, stages& machines) {
    wl::LifeCtx counts;
    for (auto const& e : happened) {
        auto& stage = machines[e.machine];
        stage = wl::life_step(stage, static_cast<wl::E>(e.type), e.x, counts);
    }
    return counts;
}

} // namespace bench
