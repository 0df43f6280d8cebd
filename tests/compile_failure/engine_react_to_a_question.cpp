// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: an aspect has react or consequences for a question or query

// Nothing follows from a question; it is answered.

#include <koc/engine/consequence_kinds.hpp>
#include <koc/engine/instantiate.hpp>

struct ring {};
BOOST_DESCRIBE_STRUCT(ring, (), ())
struct rung {
    bool loud = false;
};
BOOST_DESCRIBE_STRUCT(rung, (), (loud))
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
struct clerk : koc::aspect<clerk> {
    using follows = koc::event_list<koc::command_asked>;

    koc::result<void> review(koc::command_asked const&, world const&) const { return {}; }
#ifdef KOC_OFFEND
    void react(koc::command_asked const&, context&) const {}
#endif
    BOOST_DESCRIBE_CLASS(clerk, (), (), (), ())
};

struct programme {
    using aspects = koc::aspect_list<bell, clerk>;
};

template koc::programme_parts koc::include_instantiate_hpp<programme>();
