// SPDX-License-Identifier: BSL-1.0
#pragma once

// Two engines that differ in one thing: whether dispatch reads the ceiling of the standard scorer
// or asks for everybody's score. Instantiated in support/programmes.cpp.

#include <koc/standard/engine.hpp>

namespace koc_test {

[[nodiscard]] koc::engine ranking_engine(koc::any_journal journal);
[[nodiscard]] koc::engine asking_engine(koc::any_journal journal);

} // namespace koc_test
