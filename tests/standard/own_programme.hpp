// SPDX-License-Identifier: BSL-1.0
#pragma once

// A programme of a host's own over the standard one: another taste, and aspects that object. It is
// instantiated in support/programmes.cpp.

#include "support/scenario.hpp"

namespace koc_test {

/// The operator whom the desk lets ask for nothing.
inline constexpr koc::actor outsider{koc::actor_kind::employee, 13};
/// Whom both the embargo and the gallery object to; the gallery alone objects to the next one.
inline constexpr koc::member_id unwelcome{7};
inline constexpr koc::member_id camera_shy{6};

/// The standard programme with the newest member first, a desk, an embargo and a gallery.
[[nodiscard]] koc::engine own_engine(koc::any_journal journal);

} // namespace koc_test
