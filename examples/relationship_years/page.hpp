// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "facts.hpp"

#include <string>

namespace years {

/// The years as one HTML page that needs nothing else: charts inline, light and dark, for screens
/// from the width of a phone on. It is well-formed XML, too.
[[nodiscard]] std::string page_of(facts const& of);

} // namespace years
