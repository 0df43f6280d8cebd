// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: react must be const, as a decision changes nothing; see docs/engine.md#aspect

// A reaction that is not const would never be called, and nobody would notice.

#include <koc/engine/engine.hpp>
#include <koc/journal/memory_journal.hpp>

struct ring {};
BOOST_DESCRIBE_STRUCT(ring, (), ())
struct rung {};
BOOST_DESCRIBE_STRUCT(rung, (), ())

struct echoed {};
BOOST_DESCRIBE_STRUCT(echoed, (), ())

struct bell {
    using events = koc::event_list<rung, echoed>;
    using commands = koc::command_list<ring>;

    koc::result<void> decide(auto const&, ring const&, auto& out) const {
        out.emit(rung{});
        return {};
    }
#ifdef KOC_OFFEND
    void react(auto const&, rung const&, auto& out){
#else
    void react(auto const&, rung const&, auto& out) const {
#endif
        out.emit(echoed{});
} void apply(rung const&, koc::instant) {
}
void apply(echoed const&, koc::instant) {}
void digest_into(koc::hasher&) const {}
}
;

struct programme {
    template <typename Programme>
    using aspects = koc::aspect_list<bell>;
};

using engine = koc::basic_engine<programme, koc::memory_journal<koc::event_of<programme>>>;

koc::result<koc::receipt> use(engine& e) { return e.handle(ring{}, koc::instant{1}); }
