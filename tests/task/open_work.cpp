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

constexpr piece_id first{1};

/// The first piece of a member, from its topic to where only its publication is left.
void ready(cultivated_world& w, member_id who) {
    w.given(plan_piece{first, who, "Snow"});
    w.as(w.self(who))
        .given(agree_topic{first}, propose_draft{first, "https://example.org/draft/1"},
            accept_draft{first, 1});
    w.as(w.trainer).given(sign_off_draft{first});
    w.as({});
}
void published(cultivated_world& w, member_id who) {
    w.as(w.self(who)).given(publish_piece{first, "https://example.org/open/1"});
    w.as({});
}

// B08, B09

TEST_CASE("work on open platforms is offered to who comes from the brand's communities after their "
          "sharing there and a first piece of their own",
    "[task][B08][B09]") {
    cultivated_world w;
    w.active(w.pan, {source::owned});
    w.active(w.qi, {source::open});
    w.listed(in_the_open(w, task_id{1}));
    w.listed(w.brief(task_id{2}));
    w.accepts(claim_task{task_id{2}, w.pan}); // what stays in the community is open to them
    w.accepts(claim_task{task_id{1}, w.qi});
    w.given(submit_work{submission_id{2}, task_id{2}, w.pan, "https://example.org/w/2"},
        w.rate(submission_id{2}, percent(95)), select_best{task_id{2}});
    amplify const carried{submission_id{2}, "site", {}};
    auto const not_found = [&] {
        for (auto const& found : w.ask(rank_members{task_id{1}, 20})) {
            CHECK(found.member != w.pan);
        }
    };
    auto const needs_a_piece = [&] {
        w.refuses(claim_task{task_id{1}, w.pan}, errc::wrong_state, "member 70",
            "expected somebody whose first public piece is published");
        w.refuses(carried, errc::wrong_state, "member 70",
            "first public piece is published, as 'site' carries submission 2 into the open");
        not_found();
    };
    w.refuses(claim_task{task_id{1}, w.pan}, errc::wrong_state,
        "step 'topic of the first piece' of member 70", "'community sharing' first");
    w.refuses(carried, errc::wrong_state, "step 'topic of the first piece' of member 70",
        "'community sharing' first");
    not_found();
    w.given(complete_step{w.pan, "content training", "https://example.org/course/1"},
        complete_step{w.pan, "community sharing", "https://example.org/post/1"});
    needs_a_piece();
    ready(w, w.pan); // signed off, and still not in public
    needs_a_piece();
    published(w, w.pan);
    w.accepts(carried);
    w.accepts(claim_task{task_id{1}, w.pan});
    w.accepts(submit_work{submission_id{1}, task_id{1}, w.pan, "https://example.org/w/1"});
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE(
    "who became mature without the ladder, or is on no plan, works in the open after the same "
    "steps",
    "[task][B08][B09]") {
    cultivated_world w;
    constexpr auto pan = w.pan;
    w.active(pan, {source::owned});
    for (auto before : {60, 30, 0}) {
        w.given(record_outcome{pan, {}, percent(90), w.now() - days(before)});
    }
    CHECK(w.stage(pan) == stage::mature);
    w.listed(in_the_open(w, task_id{1}));
    w.refuses(
        claim_task{task_id{1}, pan}, errc::wrong_state, "member 70", "'community sharing' first");
    w.given(record_sharing{pan, "https://example.org/post/1"});
    w.refuses(claim_task{task_id{1}, pan}, errc::wrong_state, "member 70", "public piece");
    ready(w, pan);
    published(w, pan);
    w.accepts(claim_task{task_id{1}, pan});
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("neither a push nor a claim takes who has not shared in their community into the open",
    "[task][B08][refusal]") {
    cultivated_world w;
    w.active(w.pan, {source::owned});
    w.given(complete_step{w.pan, "content training", "https://example.org/course/1"});
    w.listed(in_the_open(w, task_id{1}));
    w.shared(w.qi);
    ready(w, w.qi);
    send_offer const push{task_id{1}, w.pan, origin::push, 1, {}, {}, w.now() + days(2)};
    auto push_qi = push;
    push_qi.member = w.qi;
    unmoved u{w};
    u.refuses(push, errc::wrong_state, "step 'topic of the first piece' of member 70",
        "'community sharing' first");
    u.refuses(push_qi, errc::wrong_state, "member 71", "first public piece is published");
    u.refuses(
        claim_task{task_id{1}, w.bao}, errc::wrong_state, "member 5", "'community sharing' first");
    u.refuses(claim_task{task_id{1}, w.pan}, errc::wrong_state,
        "step 'topic of the first piece' of member 70", "'community sharing' first");
    w.as(w.self(w.pan));
    u.refuses(claim_task{task_id{1}, w.pan}, errc::wrong_state,
        "step 'topic of the first piece' of member 70", "'community sharing' first");
    w.as(w.self(w.qi));
    u.refuses(
        claim_task{task_id{1}, w.qi}, errc::wrong_state, "member 71", "task 1 is published openly");
}

TEST_CASE("the brand's channels carry no work for the community into the open before its author's "
          "first piece",
    "[task][B08][B09][refusal]") {
    cultivated_world w;
    w.listed(w.brief(task_id{1}));
    w.handed_in(task_id{1}, w.bao, submission_id{1});
    w.handed_in(task_id{1}, w.fang, submission_id{2});
    w.given(w.rate(submission_id{1}, percent(95)), w.rate(submission_id{2}, percent(95)),
        select_best{task_id{1}, 2}, record_sharing{w.fang, "https://example.org/post/1"});
    unmoved u{w};
    u.refuses(amplify{submission_id{1}, "site", {}}, errc::wrong_state, "member 5",
        "'community sharing' first");
    u.refuses(amplify{submission_id{2}, "site", {}}, errc::wrong_state, "member 4",
        "'site' carries submission 2 into the open");
}

TEST_CASE("work is not handed in on a seat that a journal of earlier rules gave before the first "
          "piece",
    "[task][B08][refusal]") {
    cultivated_world w;
    constexpr auto pan = w.pan;
    w.shared(pan);
    w.listed(in_the_open(w, task_id{1}));
    // As such a journal has it.
    auto file = w.journal_file();
    auto const until = w.now() + days(9);
    batch const earlier{{w.now(), {}, {}, writer_id{9}, {}},
        {event::of(offer_sent{offer_id{1}, task_id{1}, pan, origin::board, 0, {}, {}, until}),
            event::of(offer_accepted{offer_id{1}, task_id{1}, pan, until})}};
    REQUIRE(file.append(*file.head(), {&earlier, 1}).has_value());
    REQUIRE(w.engine().catch_up().has_value());
    w.given(commit_to_work{pan});
    submit_work const work{submission_id{1}, task_id{1}, pan, "https://example.org/w/1"};
    {
        unmoved u{w};
        u.refuses(work, errc::wrong_state, "member 70", "first public piece is published");
    }
    ready(w, pan);
    published(w, pan);
    w.accepts(work);
    CHECK(w.digest() == w.digest_of_replay());
}

} // namespace
