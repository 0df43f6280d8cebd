// SPDX-License-Identifier: BSL-1.0
#pragma once

// Guards: what must hold before a command is decided, as data. One table gives the refusal, all
// failing conditions at once, and the page of rules. A guard looks at single members of the
// command; what relates several things is checked in `decide`.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/engine/fwd.hpp>

#include <concepts>
#include <cstddef>
#include <string>

namespace koc {

/// A condition without the type of its command.
struct guard_row {
    std::string (*words)(); ///< such as `mentor is a known member`
    result<void> (*check)(void const* command, world_view const& in);
};

/// A condition on commands of type `C`.
template <typename C>
struct command_guard : guard_row {};

/// The guards of one command, checked in this order.
template <std::size_t N>
struct guard_list {
    guard_row rows[N];
};

/// Lists the guards of one command.
template <typename C, std::same_as<command_guard<C>>... Rest>
constexpr guard_list<1 + sizeof...(Rest)> require(command_guard<C> first, Rest... rest) {
    return {{first, rest...}};
}

} // namespace koc
