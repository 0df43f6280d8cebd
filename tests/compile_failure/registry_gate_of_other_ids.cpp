// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: a contribution is behind a gate of the same kind of ids

// No search looks at both records, so the gate would hide nothing.

#include <koc/registry/contribution.hpp>

struct rope {
    koc::id<struct rope_kind> id;
    bool dry = true;
    int length = 0;
};
struct bell {
    koc::id<struct bell_kind> id;
    int weight = 0;
};
using is_dry = koc::gate_of<"dry", &rope::dry>;

template struct koc::behind<is_dry, koc::column_of<"length", &rope::length>>;
#ifdef KOC_OFFEND
template struct koc::behind<is_dry, koc::column_of<"weight", &bell::weight>>;
#endif
