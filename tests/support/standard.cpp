// SPDX-License-Identifier: BSL-1.0

// The standard programme, instantiated once for all test programs.

#include <koc/standard/instantiate.hpp>
