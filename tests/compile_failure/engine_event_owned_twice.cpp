// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: each event of a Programme has one owner; two aspects list the same event

// Of an event with two owners nobody knows what it means.

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
    void digest_into(koc::hasher&) const {}
};

struct echo {
#ifdef KOC_OFFEND
    using events = koc::event_list<rung>;
#else
    using events = koc::event_list<>;
#endif
    using commands = koc::command_list<>;

    void apply(rung const&, koc::instant) {}
    void digest_into(koc::hasher&) const {}
};

struct programme {
    template <typename Programme>
    using aspects = koc::aspect_list<bell, echo>;
};

using engine = koc::basic_engine<programme, koc::memory_journal<koc::event_of<programme>>>;

koc::result<koc::receipt> use(engine& e) { return e.handle(ring{}, koc::instant{1}); }
