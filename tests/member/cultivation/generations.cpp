// SPDX-License-Identifier: BSL-1.0
#include <koc/member/cultivation/messages/generations.hpp>

#include "standard/unmoved.hpp"
#include "support/catch.hpp"
#include "support/scenario.hpp"

#include <vector>

using namespace koc;
using koc_test::unmoved;
using koc_test::winter_world;

namespace {

using rows = std::vector<mentor_generation>;

/// Excellent work over time, until they are mature.
void grows(winter_world& w, member_id who) {
    if (w.stage(who) == stage::budding) {
        w.given(record_contact{who, {}}, confirm_willingness{who});
    }
    for (auto ago : {40, 20, 0}) {
        w.given(record_outcome{who, {}, percent(95), w.now() - days(ago)});
    }
    CHECK(w.stage(who) == stage::mature);
}

/// A pair, and an hour that the mentor gives the mentee.
void leads(winter_world& w, member_id mentor, member_id mentee) {
    w.given(pair_mentor{mentor, mentee},
        record_session{
            session_id{w.history_of<session_held>().size() + 1}, mentor, {mentee}, {}, 60});
}

// F36

TEST_CASE("mentorship is passed on: mentees who became mentors are counted by generation",
    "[member][F36]") {
    winter_world w;
    CHECK(w.ask(list_generations{}).empty());
    // A pair alone passes nothing on, nor does a session of others, or one to which nobody came.
    w.given(pair_mentor{w.jin, w.lan}, pair_mentor{w.jin, w.min},
        record_session{session_id{1}, w.kai, {w.lan}, {}, 60},
        record_session{session_id{2}, w.jin, {}, {w.lan}, 60});
    CHECK(w.ask(list_generations{}).empty());
    // A session of the pair does, and so does a step of training that the mentor gave.
    w.given(record_session{session_id{3}, w.jin, {w.lan}, {}, 60});
    CHECK(w.ask(list_generations{}) == rows{{0, 1, 1, 0}});
    w.given(plan_onboarding{w.min, {{"First hour", 60}, {"Second hour", 60}}},
        record_onboarding{w.min, 1, {}, true}, record_onboarding{w.min, 2, w.jin, false});
    CHECK(w.ask(list_generations{}) == rows{{0, 1, 1, 0}});
    w.given(record_onboarding{w.min, 2, w.jin, true});
    CHECK(w.ask(list_generations{}) == rows{{0, 1, 2, 0}});
    leads(w, w.kai, w.an);
    CHECK(w.ask(list_generations{}) == rows{{0, 2, 3, 0}});
    // Lan grows up and leads two herself, whom nobody had led before; that Min is led by her later
    // makes nobody new of Min.
    grows(w, w.lan);
    CHECK(w.ask(list_generations{}) == rows{{0, 2, 3, 0}});
    leads(w, w.lan, w.bao);
    leads(w, w.lan, w.hua);
    CHECK(w.ask(list_generations{}) == rows{{0, 2, 3, 1}, {1, 1, 2, 0}});
    w.given(release_mentor{w.jin, w.min});
    leads(w, w.lan, w.min);
    CHECK(w.ask(list_generations{}) == rows{{0, 2, 3, 1}, {1, 1, 2, 0}});
    grows(w, w.bao);
    leads(w, w.bao, w.guo);
    CHECK(w.ask(list_generations{}) == rows{{0, 2, 3, 1}, {1, 1, 2, 1}, {2, 1, 1, 0}});
    CHECK(w.at<lineage_record>(w.guo).generation == 3);
    CHECK(w.at<lineage_record>(w.guo).first_mentor == w.bao);
    // What was passed on stays when the first mentor leaves, and when one comes back to be led.
    w.given(record_waning{w.jin, waning_reason::life_change, {}}, confirm_willingness{w.jin});
    leads(w, w.lan, w.jin);
    CHECK(w.at<lineage_record>(w.jin).generation == 0);
    CHECK(w.ask(list_generations{}) == rows{{0, 2, 3, 1}, {1, 1, 2, 1}, {2, 1, 1, 0}});
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("a pair that is refused passes nothing on", "[member][F36][refusal]") {
    winter_world w;
    leads(w, w.jin, w.lan);
    unmoved same{w};
    same.refuses(pair_mentor{w.jin, w.jin}, errc::not_qualified, "member 8", "budding or active");
    same.refuses(pair_mentor{w.lan, w.jin}, errc::not_qualified, "member 10", "stage mature");
    same.refuses(pair_mentor{w.jin, w.lan}, errc::already_exists, "mentor 8", "already");
    same.refuses(pair_mentor{w.ou, w.min}, errc::not_qualified, "member 13", "stage mature");
    CHECK(w.ask(list_generations{}) == rows{{0, 1, 1, 0}});
}

TEST_CASE("who was led by one account and leads by another passes mentorship on, and is led first "
          "once",
    "[member][F36][E18]") {
    winter_world w;
    leads(w, w.jin, w.hua);
    w.given(
        release_mentor{w.jin, w.hua}, merge_members{w.dong, w.hua, {w.hua.value(), "One person"}});
    // Whom one of their accounts was led by, led them first.
    leads(w, w.kai, w.dong);
    CHECK(w.ask(list_generations{}) == rows{{0, 2, 1, 0}});
    w.given(release_mentor{w.kai, w.dong});
    grows(w, w.dong);
    leads(w, w.dong, w.guo);
    CHECK(w.ask(list_generations{}) == rows{{0, 2, 1, 1}, {1, 1, 1, 0}});
    CHECK(w.at<lineage_record>(w.guo).generation == 2);
    leads(w, w.dong, w.min);
    CHECK(w.ask(list_generations{}) == rows{{0, 2, 1, 1}, {1, 1, 2, 0}});
    // The account that was led keeps its record as it was.
    w.given(undo_merge{w.hua});
    CHECK_FALSE(w.at<lineage_record>(w.hua).leads);
    CHECK(w.at<lineage_record>(w.dong).leads);
    CHECK(w.digest() == w.digest_of_replay());
}

} // namespace
