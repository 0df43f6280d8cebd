// SPDX-License-Identifier: BSL-1.0

// The one unit of this program that instantiates the standard programme.

#include <koc/standard/instantiate.hpp>
