// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "facts.hpp"

#include <cstdint>
#include <functional>

namespace years {

/// Called with the weeks that are simulated and how many there are.
using progress = std::function<void(std::int64_t done, std::int64_t all)>;

/// Simulates the community twice, with the desks following the renewal plan and without, and
/// gathers what the engine says of it. Throws `std::runtime_error` where the engine refuses what
/// the story needs.
[[nodiscard]] facts tell(settings const& of, language in, progress const& show);

} // namespace years
