// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: two queries of a programme have the same name; rename one

// A query that arrives as text is known by its name.

#include <koc/engine/instantiate.hpp>

struct ring {};
BOOST_DESCRIBE_STRUCT(ring, (), ())
struct rung {};
BOOST_DESCRIBE_STRUCT(rung, (), ())
struct how_loud {
    using answer = int;
};
BOOST_DESCRIBE_STRUCT(how_loud, (), ())
namespace old {
#ifndef KOC_OFFEND
struct how_deep {
    using answer = int;
};
BOOST_DESCRIBE_STRUCT(how_deep, (), ())
using chosen = how_deep;
#else
struct how_loud {
    using answer = int;
};
BOOST_DESCRIBE_STRUCT(how_loud, (), ())
using chosen = how_loud;
#endif
} // namespace old
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
    using queries = koc::query_list<old::chosen>;

    koc::result<int> answer(old::chosen const&, world const&) const { return 5; }
    BOOST_DESCRIBE_CLASS(gong, (), (), (), ())
};

struct programme {
    using aspects = koc::aspect_list<bell, gong>;
};

template koc::programme_parts koc::include_instantiate_hpp<programme>();
