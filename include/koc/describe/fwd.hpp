// SPDX-License-Identifier: BSL-1.0
#pragma once

// Names of describe/, for headers that only pass them on.

namespace koc {

class canonical_reader;
class hasher;
struct digest;
struct shape;

} // namespace koc
