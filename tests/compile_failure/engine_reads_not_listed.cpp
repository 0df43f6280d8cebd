// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: an aspect looks into another that it does not list; add it to `reads`

// What an aspect looks into is declared, so that the order of a programme can be checked.

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
#ifndef KOC_OFFEND
    using reads = koc::aspect_list<tower>;
#endif

    koc::result<void> decide(ring const&, context& in) const {
        static_cast<void>(in.get<tower>());
        in.record(rung{});
        return {};
    }
    void apply(rung const&, world const&) {}
    BOOST_DESCRIBE_CLASS(bell, (), (), (), ())
};

struct programme {
    using aspects = koc::aspect_list<tower, bell>;
};

template koc::programme_parts koc::include_instantiate_hpp<programme>();
