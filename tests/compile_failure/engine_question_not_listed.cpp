// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: an aspect puts a question that it does not list; add it to `questions`

// Only listed questions can be followed, so another would always be allowed.

#include <koc/core/try.hpp>
#include <koc/engine/instantiate.hpp>

struct ring {};
BOOST_DESCRIBE_STRUCT(ring, (), ())
struct rung {};
BOOST_DESCRIBE_STRUCT(rung, (), ())
struct may_ring {};
struct bell : koc::aspect<bell> {
    using events = koc::event_list<rung>;
    using commands = koc::command_list<ring>;
#ifndef KOC_OFFEND
    using questions = koc::question_list<may_ring>;
#endif

    koc::result<void> decide(ring const&, context& in) const {
        KOC_TRY(in.review(may_ring{}));
        in.record(rung{});
        return {};
    }
    void apply(rung const&, world const&) {}
    BOOST_DESCRIBE_CLASS(bell, (), (), (), ())
};

struct programme {
    using aspects = koc::aspect_list<bell>;
};

template koc::programme_parts koc::include_instantiate_hpp<programme>();
