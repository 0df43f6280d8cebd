// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "facts.hpp"

#include <cstdio>

namespace years {

/// Prints the years for a terminal or a log; the state digest comes last.
void print(facts const& of, std::FILE* to);

} // namespace years
