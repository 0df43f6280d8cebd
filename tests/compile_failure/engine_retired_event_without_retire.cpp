// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: each event that a programme lists in `retired` has a schema<Event>::retire

// Nobody owns it, so something must take its place when a journal is read.

#include <koc/engine/instantiate.hpp>

struct ring {};
BOOST_DESCRIBE_STRUCT(ring, (), ())
struct rung {};
BOOST_DESCRIBE_STRUCT(rung, (), ())
struct tolled {};
BOOST_DESCRIBE_STRUCT(tolled, (), ())
template <>
struct koc::schema<tolled> {
#ifndef KOC_OFFEND
    static std::vector<koc::event> retire(tolled const&) { return {}; }
#endif
};
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

struct programme {
    using aspects = koc::aspect_list<bell>;
    using retired = koc::event_list<tolled>;
};

template koc::programme_parts koc::include_instantiate_hpp<programme>();
