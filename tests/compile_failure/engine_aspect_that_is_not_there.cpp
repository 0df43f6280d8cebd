// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: this programme has no such aspect; add it to Programme::aspects

// Who asks the world for an aspect that the programme does not have, is told so.

#include <koc/engine/engine.hpp>
#include <koc/journal/memory_journal.hpp>

struct ring {};
BOOST_DESCRIBE_STRUCT(ring, (), ())
struct rung {};
BOOST_DESCRIBE_STRUCT(rung, (), ())

struct clock_tower {};

struct bell {
    using events = koc::event_list<rung>;
    using commands = koc::command_list<ring>;

    koc::result<void> decide(auto const& world, ring const&, auto& out) const {
#ifdef KOC_OFFEND
        static_cast<void>(world.template get<clock_tower>());
#else
        static_cast<void>(world.template get<bell>());
#endif
        out.emit(rung{});
        return {};
    }
    void apply(rung const&, koc::instant) {}
    void digest_into(koc::hasher&) const {}
};

struct programme {
    template <typename Programme>
    using aspects = koc::aspect_list<bell>;
};

using engine = koc::basic_engine<programme, koc::memory_journal<koc::event_of<programme>>>;

koc::result<koc::receipt> use(engine& e) { return e.handle(ring{}, koc::instant{1}); }
