// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: the rules of an aspect are a described struct

// Rules are recorded in the journal.

#include <koc/engine/instantiate.hpp>

struct bell_rules {
    int loud = 1;
};
#ifndef KOC_OFFEND
BOOST_DESCRIBE_STRUCT(bell_rules, (), (loud))
#endif
struct ring {};
BOOST_DESCRIBE_STRUCT(ring, (), ())
struct rung {};
BOOST_DESCRIBE_STRUCT(rung, (), ())
struct bell : koc::aspect<bell> {
    using events = koc::event_list<rung>;
    using commands = koc::command_list<ring>;
    using rules = bell_rules;

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
