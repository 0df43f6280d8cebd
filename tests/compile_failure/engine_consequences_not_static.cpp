// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: consequences of an event are a static constexpr function

// The table is read where the programme is compiled.

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
    using follows = koc::event_list<rung>;

#ifndef KOC_OFFEND
    static
#endif
    constexpr auto consequences(rung const*) {
        return koc::in_order(
            koc::consequence<koc::when<&rung::loud>, &clerk::listen>("the clerk listens"));
    }
    void listen(rung const&, context&) const {}
    BOOST_DESCRIBE_CLASS(clerk, (), (), (), ())
};

struct programme {
    using aspects = koc::aspect_list<bell, clerk>;
};

template koc::programme_parts koc::include_instantiate_hpp<programme>();
