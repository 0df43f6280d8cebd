// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: an aspect with an agenda has a public const member function void due

// What becomes due must be answered, or time would stand still.

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
#ifndef KOC_OFFEND
    void due(koc::id<rope>, context& in) const { in.record(rung{}); }
#else
    void due(koc::id<rope>, context& in) { in.record(rung{}); }
#endif

    koc::agenda<koc::id<rope>> daily;
    BOOST_DESCRIBE_CLASS(bell, (), (daily), (), ())
};

struct programme {
    using aspects = koc::aspect_list<bell>;
};

template koc::programme_parts koc::include_instantiate_hpp<programme>();
