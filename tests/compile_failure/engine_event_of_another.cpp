// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: an aspect records an event that it does not own; call the owner

// An event is recorded by its owner alone, who knows what it must hold.

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
struct ring_twice {};
BOOST_DESCRIBE_STRUCT(ring_twice, (), ())
struct boy : koc::aspect<boy> {
    using commands = koc::command_list<ring_twice>;

    koc::result<void> decide(ring_twice const&, context& in) const {
#ifndef KOC_OFFEND
        return in.call(ring{});
#else
        in.record(rung{});
        return {};
#endif
    }
    BOOST_DESCRIBE_CLASS(boy, (), (), (), ())
};

struct programme {
    using aspects = koc::aspect_list<bell, boy>;
};

template koc::programme_parts koc::include_instantiate_hpp<programme>();
