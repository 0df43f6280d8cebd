// SPDX-License-Identifier: BSL-1.0
#pragma once

// What the tests include that see the engine as a host does, parsed once; see pch.hpp.

#include <support/pch.hpp>
#include <support/scenario.hpp>
