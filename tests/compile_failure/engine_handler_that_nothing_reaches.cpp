// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: an aspect has a handler that nothing reaches; add its event or question

// Of several handlers one would never be called.

#include <koc/engine/instantiate.hpp>

struct ring {};
BOOST_DESCRIBE_STRUCT(ring, (), ())
struct rung {};
BOOST_DESCRIBE_STRUCT(rung, (), ())
struct swung {};
BOOST_DESCRIBE_STRUCT(swung, (), ())
struct bell : koc::aspect<bell> {
    using events = koc::event_list<rung, swung>;
    using commands = koc::command_list<ring>;

    koc::result<void> decide(ring const&, context& in) const {
        in.record(rung{});
        return {};
    }
    void apply(rung const&, world const&) {}
    void apply(swung const&, world const&) {}
    BOOST_DESCRIBE_CLASS(bell, (), (), (), ())
};
struct clerk : koc::aspect<clerk> {
#ifndef KOC_OFFEND
    using follows = koc::event_list<rung, swung>;
#else
    using follows = koc::event_list<rung>;
#endif

    void react(rung const&, context&) const {}
    void react(swung const&, context&) const {}
    BOOST_DESCRIBE_CLASS(clerk, (), (), (), ())
};

struct programme {
    using aspects = koc::aspect_list<bell, clerk>;
};

template koc::programme_parts koc::include_instantiate_hpp<programme>();
