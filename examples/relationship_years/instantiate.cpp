// SPDX-License-Identifier: BSL-1.0

// The unit that compiles the programme.

#include <koc/standard/instantiate.hpp>
