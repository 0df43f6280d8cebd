// SPDX-License-Identifier: BSL-1.0
#pragma once

// What the check has to find: a name that is a macro of Qt's.

namespace koc {

struct row {
    [[nodiscard]] int slots() const { return 0; }
};

} // namespace koc
