// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: a command must be described with BOOST_DESCRIBE_STRUCT

// Commands are checked, digested and read from JSON by their members.

#include <koc/engine/instantiate.hpp>

struct ring {};
#ifndef KOC_OFFEND
BOOST_DESCRIBE_STRUCT(ring, (), ())
#endif
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
    BOOST_DESCRIBE_CLASS(bell, (), (), (), ())
};

struct programme {
    using aspects = koc::aspect_list<bell>;
};

template koc::programme_parts koc::include_instantiate_hpp<programme>();
