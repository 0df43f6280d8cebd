// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: an aspect reads another that is not in the programme or stands later

// An aspect sees only what the programme has.

#include <koc/engine/instantiate.hpp>

struct ring {};
BOOST_DESCRIBE_STRUCT(ring, (), ())
struct rung {};
BOOST_DESCRIBE_STRUCT(rung, (), ())
struct tower : koc::aspect<tower> {
    BOOST_DESCRIBE_CLASS(tower, (), (), (), ())
};
struct bell : koc::aspect<bell> {
    using events = koc::event_list<rung>;
    using commands = koc::command_list<ring>;
    using reads = koc::aspect_list<tower>;

    koc::result<void> decide(ring const&, context& in) const {
        in.record(rung{});
        return {};
    }
    void apply(rung const&, world const&) {}
    BOOST_DESCRIBE_CLASS(bell, (), (), (), ())
};

struct programme {
#ifndef KOC_OFFEND
    using aspects = koc::aspect_list<tower, bell>;
#else
    using aspects = koc::aspect_list<bell>;
#endif
};

template koc::programme_parts koc::include_instantiate_hpp<programme>();
