// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: a column or kept tag is read from records that a table of the programme keeps

// Nobody would tell the index when such a record changes.

#include <koc/engine/instantiate.hpp>
#include <koc/registry/contribution.hpp>
#include <koc/state/table.hpp>

struct rope {
    koc::id<struct rope_kind> id;
    int length = 0;
};
BOOST_DESCRIBE_STRUCT(rope, (), (id, length))
struct ring {};
BOOST_DESCRIBE_STRUCT(ring, (), ())
struct rung {};
BOOST_DESCRIBE_STRUCT(rung, (), ())
struct bell : koc::aspect<bell> {
    using events = koc::event_list<rung>;
    using commands = koc::command_list<ring>;
    using columns = koc::column_list<koc::column_of<"length", &rope::length>>;

    koc::result<void> decide(ring const&, context& in) const {
        in.record(rung{});
        return {};
    }
    void apply(rung const&, world const&) {}
#ifndef KOC_OFFEND

    koc::table<rope> ropes;
#endif
#ifndef KOC_OFFEND
    BOOST_DESCRIBE_CLASS(bell, (), (ropes), (), ())
#else
    BOOST_DESCRIBE_CLASS(bell, (), (), (), ())
#endif
};

struct programme {
    using aspects = koc::aspect_list<bell>;
};

template koc::programme_parts koc::include_instantiate_hpp<programme>();
