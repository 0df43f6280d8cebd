// SPDX-License-Identifier: BSL-1.0

// The standard programme, instantiated once for all test programs. It is the unit that a host has.

//! [instance]
#include <koc/standard/instantiate.hpp>
//! [instance]
