// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: an aspect has a data member that it does not describe; name it in

// A container that is not described would be in no digest.

#include <koc/engine/instantiate.hpp>
#include <koc/state/single.hpp>

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
    koc::single<int> rings;
#ifdef KOC_OFFEND
    koc::single<int> pulls;
#endif
    BOOST_DESCRIBE_CLASS(bell, (), (rings), (), ())
};

struct programme {
    using aspects = koc::aspect_list<bell>;
};

template koc::programme_parts koc::include_instantiate_hpp<programme>();
