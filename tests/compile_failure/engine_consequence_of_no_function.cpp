// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: a consequence is a member function void \(event const&, context&\) const

// What is done needs the event and the context.

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
    static constexpr auto consequences(rung const*) {
        return koc::in_order(
            koc::consequence<koc::when<&rung::loud>, &clerk::listen>("the clerk listens"));
    }
#else
    static constexpr auto consequences(rung const*) {
        return koc::in_order(
            koc::consequence<koc::when<&rung::loud>, &clerk::hear>("the clerk listens"));
    }
#endif
    void hear(rung const&) const {}
    void listen(rung const&, context&) const {}
    BOOST_DESCRIBE_CLASS(clerk, (), (), (), ())
};

struct programme {
    using aspects = koc::aspect_list<bell, clerk>;
};

template koc::programme_parts koc::include_instantiate_hpp<programme>();
