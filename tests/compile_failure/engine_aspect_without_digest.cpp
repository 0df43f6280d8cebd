// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: every member of Programme::aspects must model koc::aspect; see docs/engine.md#aspect
// EXPECT: bell

// A state that nothing can fingerprint is a state that nobody can trust after a replay.

#include <koc/engine/engine.hpp>
#include <koc/journal/memory_journal.hpp>

struct ring {};
BOOST_DESCRIBE_STRUCT(ring, (), ())
struct rung {};
BOOST_DESCRIBE_STRUCT(rung, (), ())

struct bell {
    using events = koc::event_list<rung>;
    using commands = koc::command_list<ring>;

    koc::result<void> decide(auto const&, ring const&, auto& out) const {
        out.emit(rung{});
        return {};
    }
    void apply(rung const&, koc::instant) {}
#ifndef KOC_OFFEND
    void digest_into(koc::hasher&) const {}
#endif
};

struct programme {
    template <typename Programme>
    using aspects = koc::aspect_list<bell>;
};

using engine = koc::basic_engine<programme, koc::memory_journal<koc::event_of<programme>>>;

koc::result<koc::receipt> use(engine& e) { return e.handle(ring{}, koc::instant{1}); }
