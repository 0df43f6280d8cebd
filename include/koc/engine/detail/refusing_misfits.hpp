// SPDX-License-Identifier: BSL-1.0
#pragma once

// Where a misfit ends: what aspects decide, answer and let happen is refused with it.

#include <koc/core/misfit.hpp>

namespace koc::detail {

/// What `act` returns, a result; where it met a misfit, that.
template <typename Act>
auto refusing_misfits(Act const& act) -> decltype(act()) {
    try {
        return act();
    } catch (misfit const& met) {
        return met.why();
    }
}

} // namespace koc::detail
