// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: an aspect decides each command that it lists, in a public const function

// A command without a decision could only be refused.

#include <koc/engine/instantiate.hpp>

struct ring {};
BOOST_DESCRIBE_STRUCT(ring, (), ())
struct rung {};
BOOST_DESCRIBE_STRUCT(rung, (), ())
struct bell : koc::aspect<bell> {
    using events = koc::event_list<rung>;
    using commands = koc::command_list<ring>;

#ifndef KOC_OFFEND
    koc::result<void> decide(ring const&, context& in) const {
        in.record(rung{});
        return {};
    }
#else
    void decide(ring const&, context& in) const { in.record(rung{}); }
#endif
    void apply(rung const&, world const&) {}
    BOOST_DESCRIBE_CLASS(bell, (), (), (), ())
};

struct programme {
    using aspects = koc::aspect_list<bell>;
};

template koc::programme_parts koc::include_instantiate_hpp<programme>();
