// SPDX-License-Identifier: BSL-1.0

// The engine that this program's scenarios run on, compiled once.

#include "support/scenario.hpp"

template class koc_test::basic_scenario<koc::standard::programme>;
