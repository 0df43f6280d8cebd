// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: a gate is read from a bool

// A number does not say whether the gate is open.

#include <koc/registry/contribution.hpp>

struct rope {
    koc::id<struct rope_kind> id;
    bool dry = true;
    int length = 0;
};

#ifndef KOC_OFFEND
template struct koc::gate_of<"dry", &rope::dry>;
#else
template struct koc::gate_of<"dry", &rope::length>;
#endif
