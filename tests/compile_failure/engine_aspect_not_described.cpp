// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: the members of an aspect are described, in BOOST_DESCRIBE_CLASS

// Undo, digest and snapshot follow from the description.

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
    void apply(rung const&, world const&) {}
#ifndef KOC_OFFEND
    BOOST_DESCRIBE_CLASS(bell, (), (), (), ())
#endif
};

struct programme {
    using aspects = koc::aspect_list<bell>;
};

template koc::programme_parts koc::include_instantiate_hpp<programme>();
