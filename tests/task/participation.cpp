// SPDX-License-Identifier: BSL-1.0
#include <koc/task/messages/participation.hpp>

#include "member/cultivated.hpp"
#include "standard/unmoved.hpp"
#include "support/catch.hpp"

#include <cstdint>
#include <string>
#include <vector>

using namespace koc;
using koc_test::cultivated_world;
using koc_test::unmoved;

namespace {

using ids = std::vector<member_id>;

ids contributors(cultivated_world const& w) {
    return w.ask(find_members{has("involvement", "contributor")});
}
/// A task for contributors alone.
task_brief for_contributors(cultivated_world const& w, task_id id) {
    auto brief = w.brief(id);
    brief.needs = has("involvement", "contributor");
    return brief;
}

/// Takes an active member from an open platform to the last step of their plan.
void to_the_deep_piece(cultivated_world& w, member_id who) {
    stock_resource one;
    one.resource = resource_id{who.value()};
    one.name = "The new car";
    one.details = "Hall 4";
    w.given(one, request_resource{one.resource, who});
    w.given(complete_step{who, "talk about the direction", ""});
    w.given(agree_to_themes{who, 1});
    w.given(use_resource{grant_id{who.value() - 69}, {}});
}

// B04

TEST_CASE("an active member is an ordinary user until they contribute something of value, and what "
          "is for contributors is open to them from then on",
    "[task][B04]") {
    cultivated_world w;
    CHECK(contributors(w).empty());
    // Neither being there nor saying yes makes a contributor.
    w.active(w.pan, {source::open});
    CHECK(w.engine().find_record<participation_record>(w.pan.value()) == nullptr);
    w.listed(for_contributors(w, task_id{9}));
    w.refuses(
        claim_task{task_id{9}, w.pan}, errc::not_qualified, "member 70", "involvement:contributor");
    CHECK(w.ask(rank_members{task_id{9}, 20}).empty());

    // Nor does work that fell short; work that meets its objective does, in the same batch.
    w.listed(w.brief(task_id{1}));
    w.handed_in(task_id{1}, w.pan, submission_id{1});
    w.accepts(w.rate(submission_id{1}, percent(30)));
    CHECK(contributors(w).empty());
    w.listed(w.brief(task_id{2}));
    w.handed_in(task_id{2}, w.pan, submission_id{2});
    w.wait(days(1)).accepts(w.rate(submission_id{2}, percent(70)));
    REQUIRE(w.recorded<contributor_recognised>().size() == 1);
    CHECK(w.recorded<contributor_recognised>().front().work == submission_id{2});
    CHECK(w.at<participation_record>(w.pan).since == w.now());
    CHECK(contributors(w) == ids{w.pan});
    CHECK(w.ask(rank_members{task_id{9}, 20}).size() == 1);
    w.accepts(claim_task{task_id{9}, w.pan});
    w.given(submit_work{submission_id{9}, task_id{9}, w.pan, "https://example.org/w/9"});
    w.accepts(w.rate(submission_id{9}, percent(70)));
    CHECK(w.recorded<contributor_recognised>().empty()); // the shift comes once

    // The other way: who climbed the ladder to a public voice has contributed as well.
    w.shared(w.qi);
    w.given(plan_piece{piece_id{1}, w.qi, "Ice"}, agree_topic{piece_id{1}},
        propose_draft{piece_id{1}, "https://example.org/draft"}, accept_draft{piece_id{1}, 1},
        sign_off_draft{piece_id{1}}, publish_piece{piece_id{1}, "https://example.org/open"},
        push_piece{piece_id{1}, push_kind::repost, "official"});
    CHECK(contributors(w) == ids{w.pan});
    w.accepts(push_piece{piece_id{1}, push_kind::recommendation, "official"});
    CHECK_FALSE(w.recorded<contributor_recognised>().front().work.has_value());
    CHECK(contributors(w) == ids{w.pan, w.qi});

    // Being met is no contribution, although the plan of budding members ends with it.
    w.enrolled(w.ru, {source::open});
    w.accepts(record_contact{w.ru, {}});
    CHECK(w.recorded<plan_completed>().size() == 1);
    CHECK(contributors(w) == ids{w.pan, w.qi});
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("what becomes of the work of alumni leaves them the contributors that they were",
    "[task][B22]") {
    cultivated_world w;
    w.active(w.pan, {source::open});
    for (std::uint64_t n : {1U, 2U}) {
        w.listed(w.brief(task_id{n}));
        w.handed_in(task_id{n}, w.pan, submission_id{n});
    }
    w.given(w.rate(submission_id{1}, percent(70)));
    CHECK(contributors(w) == ids{w.pan});
    w.given(record_waning{w.pan, waning_reason::life_change, {}});
    w.role_offered(w.pan, alumni_role::friend_of_the_brand);
    w.given(accept_role{w.pan, alumni_role::friend_of_the_brand});
    // There is no second look at what was judged, and none at what was not.
    w.refuses(correct_review{submission_id{1}, w.rate({}, percent(10)).ratings, "seen again"},
        errc::not_qualified, subject("member", w.pan), "not assessed");
    w.refuses(w.rate(submission_id{2}, percent(70)), errc::not_qualified, subject("member", w.pan),
        "not assessed");
    CHECK(contributors(w) == ids{w.pan});
    CHECK(w.at<participation_record>(w.pan).passed == 1);
    // Nor at the latter when they are back.
    w.given(confirm_willingness{w.pan});
    w.refuses(
        w.rate(submission_id{2}, percent(20)), errc::wrong_state, "submission 2", "taken as it is");
    CHECK(contributors(w) == ids{w.pan});
    CHECK(w.at<participation_record>(w.pan).passed == 1);
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("who comes from an open platform contributes by a deep piece that somebody else shows, "
          "and not by a plan of which a step was skipped",
    "[task][B04]") {
    cultivated_world w;
    w.given(propose_themes{"Buyers trust the range", {"range"}, days(7)});
    for (auto who : {w.pan, w.qi}) {
        w.active(who, {source::open});
        to_the_deep_piece(w, who);
        CHECK(w.next(who) == std::vector<std::string>{"deep piece"});
    }
    w.as(w.trainer).accepts(complete_step{w.pan, "deep piece", "https://example.org/deep"});
    REQUIRE(w.recorded<contributor_recognised>().size() == 1);
    CHECK(contributors(w) == ids{w.pan});
    // The same plan with a step skipped ends as well, and recognises nobody.
    w.as({}).accepts(skip_step{w.qi, "deep piece", "no time this season"});
    CHECK(w.recorded<plan_completed>().size() == 1);
    CHECK(contributors(w) == ids{w.pan});
    w.active(w.ru, {source::open});
    w.given(skip_step{w.ru, "talk about the direction", "wrote the themes herself"},
        skip_step{w.ru, "direction calibration", "there are none"},
        skip_step{w.ru, "exclusive resource", "none is left"});
    w.accepts(complete_step{w.ru, "deep piece", "https://example.org/deep/2"});
    CHECK(w.recorded<plan_completed>().size() == 1);
    CHECK(contributors(w) == ids{w.pan});
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("nobody becomes a contributor by their own word, whatever the plan that they complete",
    "[task][B04][refusal]") {
    cultivated_world w;
    w.given(propose_themes{"Buyers trust the range", {"range"}, days(7)});
    w.active(w.pan, {source::open});
    to_the_deep_piece(w, w.pan);
    w.as(w.self(w.pan));
    {
        unmoved u{w};
        u.refuses(complete_step{w.pan, "deep piece", ""}, errc::not_qualified,
            "step 'deep piece' of member 70", "nobody certifies themselves");
        u.refuses(complete_step{w.pan, "deep piece", "https://example.org/deep"},
            errc::not_qualified, "step 'deep piece' of member 70", "nobody certifies themselves");
    }
    CHECK(contributors(w).empty());
    // Nor where the brand wrote a plan whose last step is told by the member.
    w.as({}).given(define_plan{{plan_id{20}, "told", has("stage", "active"), 9, "studio", days(10),
        {{"post", "member", "", days(7), true, false, {}}}}});
    w.given(choose_plan{w.pan});
    w.as(w.self(w.pan)).accepts(complete_step{w.pan, "post", "https://example.org/post"});
    CHECK(w.recorded<plan_completed>().size() == 1);
    CHECK(contributors(w).empty());
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("nobody is a contributor by being tagged, and a review that was wrong makes none",
    "[task][B04][refusal]") {
    cultivated_world w;
    w.listed(for_contributors(w, task_id{9}));
    w.listed(w.brief(task_id{1}));
    w.handed_in(task_id{1}, w.an, submission_id{1});
    {
        unmoved u{w};
        u.refuses(claim_task{task_id{9}, w.an}, errc::not_qualified, "member 1",
            "involvement:contributor");
        u.refuses(retag{w.an, {{w.tag("involvement", "contributor")}}, {}}, errc::invalid_argument,
            "involvement:contributor");
    }
    w.given(w.rate(submission_id{1}, percent(70)));
    CHECK(contributors(w) == ids{w.an});
    w.accepts(correct_review{
        submission_id{1}, w.rate({}, percent(20)).ratings, "it was somebody else's"});
    CHECK(w.recorded<contributor_withdrawn>().size() == 1);
    CHECK(contributors(w).empty());
    {
        unmoved u{w};
        u.refuses(claim_task{task_id{9}, w.an}, errc::not_qualified, "member 1",
            "involvement:contributor");
    }
    w.accepts(correct_review{submission_id{1}, w.rate({}, percent(70)).ratings, "it was hers"});
    CHECK(w.recorded<contributor_recognised>().size() == 1);
    CHECK(contributors(w) == ids{w.an});
    // With two that passed, one that falls away leaves a contributor.
    w.listed(w.brief(task_id{2}));
    w.handed_in(task_id{2}, w.an, submission_id{2});
    w.given(w.rate(submission_id{2}, percent(70)));
    w.accepts(correct_review{submission_id{1}, w.rate({}, percent(20)).ratings, "not hers"});
    CHECK(w.recorded<contributor_withdrawn>().empty());
    CHECK(contributors(w) == ids{w.an});
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE(
    "whom one of two accounts made a contributor is one, and as two people again each is what "
    "they made of themselves",
    "[task][B04][E18]") {
    cultivated_world w;
    cultivated_world apart; // where nothing is ever merged
    auto const merge = merge_members{w.dong, w.hua, {w.hua.value(), "One person"}};
    auto const both = [&](auto const& action) {
        action(w);
        action(apart);
    };
    auto const judged = [&](std::uint64_t n, member_id who, std::int64_t quality) {
        both([&](cultivated_world& in) {
            in.wait(days(1));
            in.listed(in.brief(task_id{n}));
            in.handed_in(task_id{n}, who, submission_id{n});
            in.accepts(in.rate(submission_id{n}, percent(quality)));
        });
    };
    auto const corrected = [&](std::uint64_t n, std::int64_t quality) {
        both([&](cultivated_world& in) {
            in.wait(days(1)).accepts(correct_review{
                submission_id{n}, in.rate({}, percent(quality)).ratings, "seen again"});
        });
    };
    auto const same_when_undone = [&] {
        w.given(undo_merge{w.hua});
        CHECK(contributors(w) == contributors(apart));
        for (auto who : {w.dong, w.hua}) {
            auto const* one = w.engine().find_record<participation_record>(who.value());
            auto const* other = apart.engine().find_record<participation_record>(who.value());
            REQUIRE((one == nullptr) == (other == nullptr));
            CHECK((one == nullptr || digest_of(*one) == digest_of(*other)));
        }
        CHECK(w.digest() == w.digest_of_replay());
    };
    w.listed(for_contributors(w, task_id{9}));
    judged(1, w.hua, 70);
    w.given(merge);
    CHECK(contributors(w) == ids{w.dong});
    CHECK(w.at<participation_record>(w.dong).since == w.now());
    w.given(claim_task{task_id{9}, w.dong});
    w.given(return_seat{w.recorded<offer_accepted>().front().offer, {}});
    same_when_undone(); // where Dong had no record at all

    // What either passes is their own, and what either loses leaves what the other has.
    w.given(merge);
    judged(2, w.dong, 70);
    CHECK(w.recorded<contributor_recognised>().front().member == w.dong);
    CHECK(w.at<participation_record>(w.dong).passed == 2);
    corrected(1, 20);
    CHECK(w.recorded<contributor_withdrawn>().front().member == w.hua);
    CHECK(contributors(w) == ids{w.dong});
    same_when_undone();
    w.given(merge);
    corrected(2, 20);
    CHECK(contributors(w).empty());
    corrected(1, 90);
    CHECK(w.recorded<contributor_recognised>().front().member == w.hua);
    CHECK(contributors(w) == ids{w.dong});
    same_when_undone();
    CHECK(contributors(w) == ids{w.hua});
}

} // namespace
