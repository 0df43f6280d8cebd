// SPDX-License-Identifier: BSL-1.0

// The unit that compiles the programme, once for all units of this program.

#include "programme.hpp"

#include <koc/engine/instantiate.hpp>

template koc::programme_parts koc::include_instantiate_hpp<winter_range::programme>();
