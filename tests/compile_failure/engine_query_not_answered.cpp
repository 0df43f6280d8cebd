// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: an aspect answers each query that it lists, in a public const function

// An answer may be refused, so it is a result.

#include <koc/engine/instantiate.hpp>

struct ring {};
BOOST_DESCRIBE_STRUCT(ring, (), ())
struct rung {};
BOOST_DESCRIBE_STRUCT(rung, (), ())
struct how_loud {
    using answer = int;
};
BOOST_DESCRIBE_STRUCT(how_loud, (), ())
struct bell : koc::aspect<bell> {
    using events = koc::event_list<rung>;
    using commands = koc::command_list<ring>;
    using queries = koc::query_list<how_loud>;

    koc::result<void> decide(ring const&, context& in) const {
        in.record(rung{});
        return {};
    }
    void apply(rung const&, world const&) {}
#ifndef KOC_OFFEND
    koc::result<int> answer(how_loud const&, world const&) const { return 5; }
#else
    int answer(how_loud const&, world const&) const { return 5; }
#endif
    BOOST_DESCRIBE_CLASS(bell, (), (), (), ())
};

struct programme {
    using aspects = koc::aspect_list<bell>;
};

template koc::programme_parts koc::include_instantiate_hpp<programme>();
