// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: two gates of the same searches have the same name; rename one

// What is behind the one would be hidden by the other.

#include <koc/engine/instantiate.hpp>
#include <koc/registry/contribution.hpp>
#include <koc/state/table.hpp>

using rope_id = koc::id<struct rope_kind>;
struct rope {
    rope_id id;
    bool dry = true;
    bool sound = true;
};
BOOST_DESCRIBE_STRUCT(rope, (), (id, dry, sound))
struct bell : koc::aspect<bell> {
#ifndef KOC_OFFEND
    using gates = koc::gate_list<koc::gate_of<"dry", &rope::dry>,
        koc::gate_of<"sound", &rope::sound>>;
#else
    using gates = koc::gate_list<koc::gate_of<"dry", &rope::dry>,
        koc::gate_of<"dry", &rope::sound>>;
#endif

    koc::table<rope> ropes;
    BOOST_DESCRIBE_CLASS(bell, (), (ropes), (), ())
};

struct programme {
    using aspects = koc::aspect_list<bell>;
};

template koc::programme_parts koc::include_instantiate_hpp<programme>();
