// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: all consequences in one list are of one event and one aspect

// A list is executed on one event.

#include <koc/engine/consequence_kinds.hpp>
#include <koc/engine/instantiate.hpp>

struct ring {};
BOOST_DESCRIBE_STRUCT(ring, (), ())
struct rung {
    bool loud = false;
};
BOOST_DESCRIBE_STRUCT(rung, (), (loud))
struct other {
    bool loud = false;
};
BOOST_DESCRIBE_STRUCT(other, (), (loud))
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

    static constexpr auto consequences(rung const*) {
        return koc::in_order(
            koc::consequence<koc::when<&rung::loud>, &clerk::listen>("the clerk listens"),
#ifndef KOC_OFFEND
            koc::consequence<koc::always<rung>, &clerk::listen>("and listens"));
#else
            koc::consequence<koc::always<other>, &clerk::wait>("and waits"));
#endif
    }
    void wait(other const&, context&) const {}
    void listen(rung const&, context&) const {}
    BOOST_DESCRIBE_CLASS(clerk, (), (), (), ())
};

struct programme {
    using aspects = koc::aspect_list<bell, clerk>;
};

template koc::programme_parts koc::include_instantiate_hpp<programme>();
