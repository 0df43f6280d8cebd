// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: each query is answered by one aspect; two list the same query

// One aspect answers a query.

#include <koc/engine/instantiate.hpp>

struct ring {};
BOOST_DESCRIBE_STRUCT(ring, (), ())
struct rung {};
BOOST_DESCRIBE_STRUCT(rung, (), ())
struct how_loud {
    using answer = int;
};
BOOST_DESCRIBE_STRUCT(how_loud, (), ())
struct how_deep {
    using answer = int;
};
BOOST_DESCRIBE_STRUCT(how_deep, (), ())
struct bell : koc::aspect<bell> {
    using events = koc::event_list<rung>;
    using commands = koc::command_list<ring>;
    using queries = koc::query_list<how_loud>;

    koc::result<void> decide(ring const&, context& in) const {
        in.record(rung{});
        return {};
    }
    void apply(rung const&, world const&) {}
    koc::result<int> answer(how_loud const&, world const&) const { return 5; }
    BOOST_DESCRIBE_CLASS(bell, (), (), (), ())
};
struct gong : koc::aspect<gong> {
#ifndef KOC_OFFEND
    using queries = koc::query_list<how_deep>;
#else
    using queries = koc::query_list<how_loud>;
#endif

#ifndef KOC_OFFEND
    koc::result<int> answer(how_deep const&, world const&) const { return 5; }
#else
    koc::result<int> answer(how_loud const&, world const&) const { return 5; }
#endif
    BOOST_DESCRIBE_CLASS(gong, (), (), (), ())
};

struct programme {
    using aspects = koc::aspect_list<bell, gong>;
};

template koc::programme_parts koc::include_instantiate_hpp<programme>();
