// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: exactly one aspect of the Programme accepts this command; see docs/engine.md#command

// A command has one aspect that answers for it.

#include <koc/engine/engine.hpp>
#include <koc/journal/memory_journal.hpp>

struct ring {};
BOOST_DESCRIBE_STRUCT(ring, (), ())
struct rung {};
BOOST_DESCRIBE_STRUCT(rung, (), ())

struct muffle {};
BOOST_DESCRIBE_STRUCT(muffle, (), ())

struct bell {
    using events = koc::event_list<rung>;
    using commands = koc::command_list<ring>;

    koc::result<void> decide(auto const&, ring const&, auto& out) const {
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

#ifdef KOC_OFFEND
using asked = muffle;
#else
using asked = ring;
#endif
koc::result<koc::receipt> use(engine& e) { return e.handle(asked{}, koc::instant{1}); }
