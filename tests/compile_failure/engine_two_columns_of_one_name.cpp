// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: two columns that the same searches read have the same name; rename one

// A requirement that names the column could mean either.

#include <koc/engine/instantiate.hpp>
#include <koc/registry/contribution.hpp>
#include <koc/state/table.hpp>

using rope_id = koc::id<struct rope_kind>;
struct rope {
    rope_id id;
    int length = 0;
    int weight = 0;
};
BOOST_DESCRIBE_STRUCT(rope, (), (id, length, weight))
struct bell : koc::aspect<bell> {
#ifndef KOC_OFFEND
    using columns = koc::column_list<koc::column_of<"length", &rope::length>,
        koc::column_of<"weight", &rope::weight>>;
#else
    using columns = koc::column_list<koc::column_of<"length", &rope::length>,
        koc::column_of<"length", &rope::weight>>;
#endif

    koc::table<rope> ropes;
    BOOST_DESCRIBE_CLASS(bell, (), (ropes), (), ())
};

struct programme {
    using aspects = koc::aspect_list<bell>;
};

template koc::programme_parts koc::include_instantiate_hpp<programme>();
