// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: each type of record is kept by one table, so that an id finds it

// The second table would never be found.

#include <koc/engine/instantiate.hpp>
#include <koc/state/table.hpp>

struct rope {
    koc::id<struct rope_kind> id;
    int length = 0;
};
BOOST_DESCRIBE_STRUCT(rope, (), (id, length))
struct cord {
    koc::id<struct cord_kind> id;
};
BOOST_DESCRIBE_STRUCT(cord, (), (id))
struct ring {};
BOOST_DESCRIBE_STRUCT(ring, (), ())
struct rung {};
BOOST_DESCRIBE_STRUCT(rung, (), ())
struct bell : koc::aspect<bell> {
    using events = koc::event_list<rung>;
    using commands = koc::command_list<ring>;

    koc::result<void> decide(ring const&, context& in) const {
        in.record(rung{});
        return {};
    }
    void apply(rung const&, world const&) {}

    koc::table<rope> ropes;
    BOOST_DESCRIBE_CLASS(bell, (), (ropes), (), ())
};
struct gong : koc::aspect<gong> {
#ifndef KOC_OFFEND
    koc::table<cord> ropes;
#else
    koc::table<rope> ropes;
#endif
    BOOST_DESCRIBE_CLASS(gong, (), (ropes), (), ())
};

struct programme {
    using aspects = koc::aspect_list<bell, gong>;
};

template koc::programme_parts koc::include_instantiate_hpp<programme>();
