// SPDX-License-Identifier: BSL-1.0
#pragma once

// Instantiates the standard programme. Exactly one unit of a host includes this; a second one is
// harmless, none is a linker's error that names
// koc::include_instantiate_hpp<koc::standard::programme>.

#include <koc/engine/instantiate.hpp>
#include <koc/standard/programme.hpp>

template koc::programme_parts koc::include_instantiate_hpp<koc::standard::programme>();
