// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: each member of Programme::aspects derives publicly from koc::aspect of itself

// The base limits what an aspect sees to what it declares.

#include <koc/engine/instantiate.hpp>

struct ring {};
BOOST_DESCRIBE_STRUCT(ring, (), ())
struct rung {};
BOOST_DESCRIBE_STRUCT(rung, (), ())
#ifndef KOC_OFFEND
struct bell : koc::aspect<bell> {
#else
struct bell {
    using world = koc::world_view;
    using context = koc::command_context;
#endif
    using events = koc::event_list<rung>;
    using commands = koc::command_list<ring>;

    koc::result<void> decide(ring const&, context& in) const {
        in.record(rung{});
        return {};
    }
    void apply(rung const&, world const&) {}
    BOOST_DESCRIBE_CLASS(bell, (), (), (), ())
};

struct programme {
    using aspects = koc::aspect_list<bell>;
};

template koc::programme_parts koc::include_instantiate_hpp<programme>();
