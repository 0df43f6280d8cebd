// SPDX-License-Identifier: BSL-1.0
#pragma once

// The rival behind an interface without its headers, because LEMON 1.3 does not compile as C++20.

#include "workload.hpp"

#include <cstdint>

namespace rival {

/// The best total score by LEMON's network simplex, with building its graph.
std::int64_t network_simplex(wl::AssignProblem const& given);

} // namespace rival
