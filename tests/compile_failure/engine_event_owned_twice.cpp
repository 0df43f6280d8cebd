// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: each event has one owner; two aspects list the same event

// Only an owner records an event.

#include <koc/engine/instantiate.hpp>

struct ring {};
BOOST_DESCRIBE_STRUCT(ring, (), ())
struct rung {};
BOOST_DESCRIBE_STRUCT(rung, (), ())
struct struck {};
BOOST_DESCRIBE_STRUCT(struck, (), ())
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
struct gong : koc::aspect<gong> {
#ifndef KOC_OFFEND
    using events = koc::event_list<struck>;
#else
    using events = koc::event_list<rung>;
#endif

#ifndef KOC_OFFEND
    void apply(struck const&, world const&) {}
#else
    void apply(rung const&, world const&) {}
#endif
    BOOST_DESCRIBE_CLASS(gong, (), (), (), ())
};

struct programme {
    using aspects = koc::aspect_list<bell, gong>;
};

template koc::programme_parts koc::include_instantiate_hpp<programme>();
