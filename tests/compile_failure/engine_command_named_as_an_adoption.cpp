// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: two commands of a programme have the same name; rename one

// A command that arrives as text could be either.

#include <koc/engine/instantiate.hpp>

struct bell_rules {
    int strokes_max = 3;
};
BOOST_DESCRIBE_STRUCT(bell_rules, (), (strokes_max))
struct adopt_bell {};
BOOST_DESCRIBE_STRUCT(adopt_bell, (), ())
struct adopt_bell_rules {};
BOOST_DESCRIBE_STRUCT(adopt_bell_rules, (), ())
#ifndef KOC_OFFEND
using chosen = adopt_bell;
#else
using chosen = adopt_bell_rules;
#endif
struct rung {};
BOOST_DESCRIBE_STRUCT(rung, (), ())
struct bell : koc::aspect<bell> {
    using events = koc::event_list<rung>;
    using commands = koc::command_list<chosen>;
    using rules = bell_rules;

    koc::result<void> decide(chosen const&, context& in) const {
        in.record(rung{});
        return {};
    }
    void apply(rung const&, world const&) {}
    BOOST_DESCRIBE_CLASS(bell, (), (), (), ())
};

struct programme {
    struct rules {};
    using aspects = koc::aspect_list<bell>;
};

template koc::programme_parts koc::include_instantiate_hpp<programme>();
