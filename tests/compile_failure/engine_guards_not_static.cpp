// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: guards of a command are a static constexpr function of its pointer

// Guards are data: they are listed where there is no aspect, and would otherwise be passed over.

#include <koc/engine/guard_kinds.hpp>
#include <koc/engine/instantiate.hpp>

struct ring {
    int times = 1;
};
BOOST_DESCRIBE_STRUCT(ring, (), (times))
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
    static constexpr auto guards(ring const*) {
        return koc::require(koc::within<&ring::times, 1, 12>);
    }
#else
    auto guards(ring const*) const { return koc::require(koc::within<&ring::times, 1, 12>); }
#endif
    BOOST_DESCRIBE_CLASS(bell, (), (), (), ())
};

struct programme {
    using aspects = koc::aspect_list<bell>;
};

template koc::programme_parts koc::include_instantiate_hpp<programme>();
