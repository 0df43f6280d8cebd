// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: Programme::aspects lists an aspect twice

// Its events would be applied twice.

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
    BOOST_DESCRIBE_CLASS(bell, (), (), (), ())
};

struct programme {
#ifndef KOC_OFFEND
    using aspects = koc::aspect_list<bell>;
#else
    using aspects = koc::aspect_list<bell, bell>;
#endif
};

template koc::programme_parts koc::include_instantiate_hpp<programme>();
