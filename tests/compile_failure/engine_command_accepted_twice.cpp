// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: each command is accepted by one aspect; two list the same command

// One aspect decides a command.

#include <koc/engine/instantiate.hpp>

struct ring {};
BOOST_DESCRIBE_STRUCT(ring, (), ())
struct rung {};
BOOST_DESCRIBE_STRUCT(rung, (), ())
struct strike {};
BOOST_DESCRIBE_STRUCT(strike, (), ())
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
    using commands = koc::command_list<strike>;
#else
    using commands = koc::command_list<ring>;
#endif

#ifndef KOC_OFFEND
    koc::result<void> decide(strike const&, context&) const { return {}; }
#else
    koc::result<void> decide(ring const&, context&) const { return {}; }
#endif
    BOOST_DESCRIBE_CLASS(gong, (), (), (), ())
};

struct programme {
    using aspects = koc::aspect_list<bell, gong>;
};

template koc::programme_parts koc::include_instantiate_hpp<programme>();
