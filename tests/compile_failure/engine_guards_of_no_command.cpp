// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: an aspect has guards of no command that it lists; make them public

// Private guards would guard nothing.

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
#ifdef KOC_OFFEND
private:
#endif
    static constexpr auto guards(ring const*) {
        return koc::require(koc::within<&ring::times, 1, 12>);
    }
    BOOST_DESCRIBE_CLASS(bell, (), (), (), ())
};

struct programme {
    using aspects = koc::aspect_list<bell>;
};

template koc::programme_parts koc::include_instantiate_hpp<programme>();
