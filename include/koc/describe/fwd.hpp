// SPDX-License-Identifier: BSL-1.0
#pragma once

// Names of describe/.

namespace koc {

class hasher;
struct digest;
struct shape;

} // namespace koc
