// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: an aspect has one agenda for each kind of id

// `due` is called with the id alone.

#include <koc/engine/instantiate.hpp>
#include <koc/state/agenda.hpp>

struct rope;
struct ring {};
BOOST_DESCRIBE_STRUCT(ring, (), ())
struct rung {};
BOOST_DESCRIBE_STRUCT(rung, (), ())
struct bell : koc::aspect<bell> {
    using events = koc::event_list<rung>;
    using commands = koc::command_list<ring>;

    koc::result<void> decide(ring const&, context& in) const {
        in.record(rung{});
        return {};
    }
    void apply(rung const&, world const&) {}
    void due(koc::id<rope>, context& in) const { in.record(rung{}); }

    koc::agenda<koc::id<rope>> daily;
#ifndef KOC_OFFEND
    koc::agenda<koc::id<ring>> yearly;
    void due(koc::id<ring>, context& in) const { in.record(rung{}); }
#else
    koc::agenda<koc::id<rope>> yearly;
#endif
    BOOST_DESCRIBE_CLASS(bell, (), (daily, yearly), (), ())
};

struct programme {
    using aspects = koc::aspect_list<bell>;
};

template koc::programme_parts koc::include_instantiate_hpp<programme>();
