// SPDX-License-Identifier: BSL-1.0
#include <koc/task/open_work.hpp>

#include "member/cultivated.hpp"
#include "standard/unmoved.hpp"
#include "support/catch.hpp"

using namespace koc;
using koc_test::cultivated_world;
using koc_test::unmoved;

namespace {

/// A task whose work is published openly.
task_brief in_the_open(cultivated_world const& w, task_id id) {
    auto brief = w.brief(id);
    brief.published_openly = true;
    return brief;
}

// B08

TEST_CASE("work on open platforms is offered to who comes from the brand's communities after their "
          "sharing there",
    "[task][B08]") {
    cultivated_world w;
    w.active(w.pan, {source::owned});
    w.active(w.qi, {source::open});
    w.listed(in_the_open(w, task_id{1}));
    w.listed(w.brief(task_id{2}));
    w.accepts(claim_task{task_id{2}, w.pan}); // what stays in the community is open to them
    w.accepts(claim_task{task_id{1}, w.qi});
    w.refuses(claim_task{task_id{1}, w.pan}, errc::wrong_state,
        "step 'topic of the first piece' of member 70", "'community sharing' first");
    for (auto const& found : w.ask(rank_members{task_id{1}, 20})) {
        CHECK(found.member != w.pan);
    }
    w.given(complete_step{w.pan, "content training", "https://example.org/course/1"},
        complete_step{w.pan, "community sharing", "https://example.org/post/1"});
    w.accepts(claim_task{task_id{1}, w.pan});
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("neither a push nor a claim takes who has not shared in their community into the open",
    "[task][B08][refusal]") {
    cultivated_world w;
    w.active(w.pan, {source::owned});
    w.given(complete_step{w.pan, "content training", "https://example.org/course/1"});
    w.listed(in_the_open(w, task_id{1}));
    unmoved u{w};
    u.refuses(send_offer{task_id{1}, w.pan, origin::push, 1, {}, {}, w.now() + days(2)},
        errc::wrong_state, "step 'topic of the first piece' of member 70",
        "'community sharing' first");
    u.refuses(claim_task{task_id{1}, w.pan}, errc::wrong_state,
        "step 'topic of the first piece' of member 70", "'community sharing' first");
    w.as(w.self(w.pan));
    u.refuses(claim_task{task_id{1}, w.pan}, errc::wrong_state,
        "step 'topic of the first piece' of member 70", "'community sharing' first");
}

} // namespace
