// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: an event must be described with BOOST_DESCRIBE_STRUCT

// Journals write the members of an event by their names.

#include <koc/engine/instantiate.hpp>

struct ring {};
BOOST_DESCRIBE_STRUCT(ring, (), ())
struct rung {};
#ifndef KOC_OFFEND
BOOST_DESCRIBE_STRUCT(rung, (), ())
#endif
struct bell : koc::aspect<bell> {
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
