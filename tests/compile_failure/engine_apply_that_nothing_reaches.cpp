// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: an aspect has an? apply that nothing reaches; make it public

// Without `follows`, or as a private function, it would never be called.

#include <koc/engine/instantiate.hpp>

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
    BOOST_DESCRIBE_CLASS(bell, (), (), (), ())
};
class clerk : public koc::aspect<clerk> {
public:
#ifndef KOC_OFFEND
    using follows = koc::event_list<rung>;
#endif
#ifdef KOC_OFFEND
private:
#endif
    void apply(rung const&, world const&) {}
    BOOST_DESCRIBE_CLASS(clerk, (), (), (), ())
};

struct programme {
    using aspects = koc::aspect_list<bell, clerk>;
};

template koc::programme_parts koc::include_instantiate_hpp<programme>();
