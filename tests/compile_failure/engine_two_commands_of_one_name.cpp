// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: two commands of a programme have the same name; rename one

// A command that arrives as text is known by its name.

#include <koc/engine/instantiate.hpp>

struct ring {};
BOOST_DESCRIBE_STRUCT(ring, (), ())
struct rung {};
BOOST_DESCRIBE_STRUCT(rung, (), ())
namespace old {
#ifndef KOC_OFFEND
struct strike {};
BOOST_DESCRIBE_STRUCT(strike, (), ())
using chosen = strike;
#else
struct ring {};
BOOST_DESCRIBE_STRUCT(ring, (), ())
using chosen = ring;
#endif
} // namespace old
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
struct gong : koc::aspect<gong> {
    using commands = koc::command_list<old::chosen>;

    koc::result<void> decide(old::chosen const&, context&) const { return {}; }
    BOOST_DESCRIBE_CLASS(gong, (), (), (), ())
};

struct programme {
    using aspects = koc::aspect_list<bell, gong>;
};

template koc::programme_parts koc::include_instantiate_hpp<programme>();
