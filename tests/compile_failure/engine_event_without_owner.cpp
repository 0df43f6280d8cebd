// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: an aspect emits an event that no aspect of the programme owns

// An event that no aspect owns could be written and never be read again.

#include <koc/engine/engine.hpp>
#include <koc/journal/memory_journal.hpp>

struct ring {};
BOOST_DESCRIBE_STRUCT(ring, (), ())
struct rung {};
BOOST_DESCRIBE_STRUCT(rung, (), ())

struct echoed {};
BOOST_DESCRIBE_STRUCT(echoed, (), ())

struct bell {
    using events = koc::event_list<rung>;
    using commands = koc::command_list<ring>;

    koc::result<void> decide(auto const&, ring const&, auto& out) const {
        out.emit(rung{});
#ifdef KOC_OFFEND
        out.emit(echoed{});
#endif
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
