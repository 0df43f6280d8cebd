// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: an aspect applies each event that it owns, in a public apply

// An event that its owner does not fold into a state is lost on the next start.

#include <koc/engine/instantiate.hpp>

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
#ifndef KOC_OFFEND
    void apply(rung const&, world const&) {}
#else
    void apply(rung const&) {}
#endif
    BOOST_DESCRIBE_CLASS(bell, (), (), (), ())
};

struct programme {
    using aspects = koc::aspect_list<bell>;
};

template koc::programme_parts koc::include_instantiate_hpp<programme>();
