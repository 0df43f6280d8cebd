// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: consequences of an event list, by koc::in_order, what this aspect does

// The engine would call the function on the wrong object.

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
    void answer(rung const&, context&) const {}
    BOOST_DESCRIBE_CLASS(bell, (), (), (), ())
};
struct clerk : koc::aspect<clerk> {
    using follows = koc::event_list<rung>;

#ifndef KOC_OFFEND
    static constexpr auto consequences(rung const*) {
        return koc::in_order(
            koc::consequence<koc::when<&rung::loud>, &clerk::listen>("the clerk listens"));
    }
#else
    static constexpr auto consequences(rung const*) {
        return koc::in_order(
            koc::consequence<koc::when<&rung::loud>, &bell::answer>("the bell answers"));
    }
#endif
    void listen(rung const&, context&) const {}
    BOOST_DESCRIBE_CLASS(clerk, (), (), (), ())
};

struct programme {
    using aspects = koc::aspect_list<bell, clerk>;
};

template koc::programme_parts koc::include_instantiate_hpp<programme>();
