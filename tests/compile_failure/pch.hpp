// SPDX-License-Identifier: BSL-1.0
#pragma once

// What most files of this folder include, parsed once. Each still includes what it uses.

#include <koc/engine/instantiate.hpp>
#include <koc/lifecycle/step_all.hpp>
#include <koc/lifecycle/transition_table.hpp>
