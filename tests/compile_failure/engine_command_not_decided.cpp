// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: an aspect must decide each command that it lists

// A decision that could change its aspect would be a change without an event.

#include <koc/engine/engine.hpp>
#include <koc/journal/memory_journal.hpp>

struct ring {};
BOOST_DESCRIBE_STRUCT(ring, (), ())
struct rung {};
BOOST_DESCRIBE_STRUCT(rung, (), ())

struct bell {
    using events = koc::event_list<rung>;
    using commands = koc::command_list<ring>;

#ifdef KOC_OFFEND
    koc::result<void> decide(auto const&, ring const&, auto& out){
#else
    koc::result<void> decide(auto const&, ring const&, auto& out) const {
#endif
        out.emit(rung{});
    return {};
} void apply(rung const&, koc::instant) {
}
void digest_into(koc::hasher&) const {}
}
;

struct programme {
    template <typename Programme>
    using aspects = koc::aspect_list<bell>;
};

using engine = koc::basic_engine<programme, koc::memory_journal<koc::event_of<programme>>>;

koc::result<koc::receipt> use(engine& e) { return e.handle(ring{}, koc::instant{1}); }
