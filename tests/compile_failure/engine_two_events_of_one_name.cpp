// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: two events of a programme have the same name in journals

// A journal tells events apart by their names.

#include <koc/engine/instantiate.hpp>

struct ring {};
BOOST_DESCRIBE_STRUCT(ring, (), ())
struct rung {};
BOOST_DESCRIBE_STRUCT(rung, (), ())
namespace old {
struct rung {};
BOOST_DESCRIBE_STRUCT(rung, (), ())
} // namespace old
#ifndef KOC_OFFEND
template <>
struct koc::schema<old::rung> {
    static constexpr std::string_view name = "old_rung";
};
#endif
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
    using events = koc::event_list<old::rung>;

    void apply(old::rung const&, world const&) {}
    BOOST_DESCRIBE_CLASS(gong, (), (), (), ())
};

struct programme {
    using aspects = koc::aspect_list<bell, gong>;
};

template koc::programme_parts koc::include_instantiate_hpp<programme>();
