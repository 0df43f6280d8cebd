// SPDX-License-Identifier: BSL-1.0
#pragma once

// A life as the journal tells it: one line an event, with its day and its reason.

#include "desk.hpp"
#include "facts.hpp"

#include <string>
#include <vector>

namespace years {

/// The name of a member in a language.
[[nodiscard]] std::string name_of(desk const& at, koc::member_id who, language in);

/// The events of a member's life that a reader follows, oldest first.
[[nodiscard]] std::vector<notice> biography(desk const& at, koc::member_id who, language in);

} // namespace years
