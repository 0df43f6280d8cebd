// SPDX-License-Identifier: BSL-1.0

// The unit that compiles the programme, once for all units of this program.

#include <koc/standard/instantiate.hpp>
