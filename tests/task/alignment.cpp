// SPDX-License-Identifier: BSL-1.0
#include <koc/task/messages/alignment.hpp>

#include "member/cultivated.hpp"
#include "standard/unmoved.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <string>
#include <vector>

using namespace koc;
using koc_test::cultivated_world;
using koc_test::unmoved;

namespace {

using ids = std::vector<member_id>;
using names = std::vector<std::string>;

propose_themes winter() {
    return {"Buyers trust the winter range", {"range", "cold start", "range"}, days(7)};
}
propose_themes summer() { return {"Families choose the car for summer", {"camping"}, days(7)}; }

/// Who was told to be overdue since the last command, ascending.
ids overdue(cultivated_world const& w) {
    ids found;
    for (auto const& late : w.recorded<alignment_overdue>()) {
        found.push_back(late.member);
    }
    std::sort(found.begin(), found.end());
    return found;
}

// B05

TEST_CASE("active members from open platforms agree with the brand on its themes, version by "
          "version, before they make anything new, and what they began goes on",
    "[task][B05]") {
    cultivated_world w;
    constexpr auto pan = w.pan;
    w.active(pan, {source::open});
    w.active(w.qi, {source::owned});
    w.listed(w.brief(task_id{1}));
    w.given(plan_piece{piece_id{1}, pan, "My winter range"});
    w.accepts(propose_themes{winter()});
    CHECK(w.ask(read_themes{}).version == 1);
    CHECK(w.ask(read_themes{}).themes == names{"cold start", "range"});
    CHECK(w.ask(list_unaligned{}) == ids{w.an, w.chen, w.dong, w.guo, pan});
    // Without agreement there is no new task, from the board or by a push.
    w.refuses(claim_task{task_id{1}, pan}, errc::not_qualified, "member 70",
        "agreed to version 1 of the themes");
    for (auto const& found : w.ask(rank_members{task_id{1}, 20})) {
        CHECK(found.member != pan);
    }
    // Nor is a public piece planned; one that was planned before goes on.
    plan_piece const next{piece_id{2}, pan, "My summer range"};
    w.refuses(next, errc::not_qualified, "member 70", "agreed to version 1 of the themes");
    w.given(publish_piece{piece_id{1}, "https://example.org/open/1"});
    // Neither do others need it: those of the brand's own communities, and mature members.
    w.given(plan_piece{piece_id{3}, w.jin, "Ice"});
    w.given(claim_task{task_id{1}, w.qi});
    w.given(claim_task{task_id{1}, w.jin});

    // The talk comes first, then both sides have agreed.
    w.as(w.self(pan))
        .refuses(agree_to_themes{pan, 1}, errc::wrong_state,
            "step 'direction calibration' of member 70", "'talk about the direction' first");
    w.as({}).given(complete_step{pan, "talk about the direction", "talk of January"});
    w.as(w.self(pan)).accepts(agree_to_themes{pan, 1});
    CHECK(w.recorded<step_completed>().front().step == "direction calibration");
    w.accepts(next);
    w.as({}).given(agree_to_themes{w.an, 1});
    CHECK(w.ask(list_unaligned{}) == ids{w.chen, w.dong, w.guo});
    w.given(claim_task{task_id{1}, pan});
    auto const offer = w.recorded<offer_accepted>().front().offer;
    CHECK(w.at<direction_record>(offer).version == 1);

    // Version 2: everybody who was aligned is due anew, and running work keeps version 1.
    w.accepts(propose_themes{summer()});
    CHECK(w.recorded<themes_proposed>().front().version == 2);
    CHECK(w.recorded<themes_proposed>().front().anew == ids{w.an, pan});
    CHECK(w.ask(list_unaligned{}) == ids{w.an, w.chen, w.dong, w.guo, pan});
    w.listed(w.brief(task_id{2}));
    w.refuses(claim_task{task_id{2}, pan}, errc::not_qualified, "member 70", "version 2");
    w.given(submit_work{submission_id{1}, task_id{1}, pan, "https://example.org/w/1"});
    w.accepts(w.rate(submission_id{1}, percent(80)));
    CHECK(w.recorded<work_reviewed>().front().passed);
    CHECK(w.at<direction_record>(offer).version == 1);

    w.wait(days(6)).given(agree_to_themes{pan, 2});
    w.given(claim_task{task_id{2}, pan});
    CHECK(w.at<direction_record>(w.recorded<offer_accepted>().front().offer).version == 2);
    w.wait(days(1)).time_passes();
    // One time for all: who agreed to the version before, and who never agreed.
    CHECK(overdue(w) == ids{w.an, w.chen, w.dong, w.guo});
    CHECK(w.recorded<agreement_ended>().size() == 1);
    CHECK(w.at<alignment_record>(w.an).overdue);
    w.wait(days(9)).time_passes();
    CHECK(w.recorded<alignment_overdue>().empty()); // told once
    w.given(agree_to_themes{w.an, 2});
    CHECK_FALSE(w.at<alignment_record>(w.an).overdue);
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("who becomes active or returns has a time of their own to agree, and who agreed already "
          "has done the step of their plan",
    "[task][B05]") {
    cultivated_world w;
    constexpr auto pan = w.pan;
    constexpr auto qi = w.qi;
    w.given(propose_themes{winter()});
    w.wait(days(5));
    w.active(pan, {source::open});
    CHECK(w.recorded<agreement_asked>().front().agree_by == w.now() + days(7));
    w.active(qi, {source::open});
    w.given(complete_step{qi, "talk about the direction", ""}, agree_to_themes{qi, 1});
    w.wait(days(2)).time_passes();
    CHECK(overdue(w) == ids{w.an, w.chen, w.dong, w.guo});
    w.wait(days(5)).time_passes();
    CHECK(overdue(w) == ids{pan});

    // Back after a pause with the agreement given: the step is done, and the next one is reached.
    w.given(record_waning{qi, waning_reason::life_change, {}});
    w.accepts(confirm_willingness{qi});
    CHECK(w.recorded<agreement_asked>().empty());
    CHECK(w.state_of(qi, "direction calibration") == step_state::done);
    w.given(complete_step{qi, "talk about the direction", ""});
    CHECK(w.next(qi) == names{"exclusive resource"});
    // Back after a new version: asked anew, within a time of their own.
    w.given(record_waning{qi, waning_reason::life_change, {}}, propose_themes{summer()});
    w.wait(days(3)).accepts(confirm_willingness{qi});
    CHECK(w.recorded<agreement_asked>().front().version == 2);
    CHECK(w.state_of(qi, "direction calibration") == step_state::waiting);
    w.wait(days(4)).time_passes();
    CHECK(overdue(w) == ids{w.an, w.chen, w.dong, w.guo, pan});
    // A newer version gives everybody its own time in place of what was left of theirs.
    w.given(propose_themes{winter()});
    w.wait(days(3)).time_passes();
    CHECK(overdue(w).empty());
    w.wait(days(4)).time_passes();
    CHECK(overdue(w) == ids{w.an, w.chen, w.dong, w.guo, pan, qi});
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("what was offered before the direction changed is accepted after agreeing to the new one",
    "[task][B05][refusal]") {
    cultivated_world w;
    w.given(propose_themes{winter()}, agree_to_themes{w.an, 1});
    w.listed(w.brief(task_id{1}));
    w.accepts(send_offer{task_id{1}, w.an, origin::push, 1, {}, {}, w.now() + days(2)});
    auto const offer = w.recorded<offer_sent>().front().offer;
    w.given(propose_themes{summer()});
    {
        unmoved u{w};
        u.refuses(accept_offer{offer}, errc::not_qualified, "member 1",
            "agreed to version 2 of the themes");
    }
    w.given(agree_to_themes{w.an, 2});
    w.accepts(accept_offer{offer});
    CHECK(w.at<direction_record>(offer).version == 2);
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("the calibration is done by the agreement of both sides, and by nobody's report",
    "[task][B05][refusal]") {
    cultivated_world w;
    w.active(w.pan, {source::open});
    w.given(complete_step{w.pan, "talk about the direction", "talk of January"},
        propose_themes{winter()});
    auto const not_reported = [&] {
        unmoved u{w};
        u.refuses(complete_step{w.pan, "direction calibration", "we talked"}, errc::wrong_state,
            "step 'direction calibration' of member 70", "done by agree_to_themes");
    };
    not_reported();
    w.as(w.trainer);
    not_reported();
    w.as(w.self(w.pan));
    not_reported();
    w.accepts(agree_to_themes{w.pan, 1});
    CHECK(w.recorded<step_completed>().front().act == "agree_to_themes");
    CHECK(w.state_of(w.pan, "direction calibration") == step_state::done);
    CHECK(w.digest() == w.digest_of_replay());
}

/// A listed task of a topic.
void listed_on(cultivated_world& w, task_id task, topic_id topic) {
    auto made = w.brief(task);
    made.topic = topic;
    w.listed(made);
}

TEST_CASE("who had to agree is given work on the themes that are theirs, whatever others are given",
    "[task][B05]") {
    cultivated_world w;
    constexpr topic_id far{2};
    constexpr topic_id cold{3};
    w.given(propose_themes{winter()}, design_topic{far, w.range, "A long way", {"range", "range"}},
        design_topic{cold, w.range, "At minus thirty", {"range", "cold start"}},
        agree_to_themes{w.an, 1, {"cold start"}}, agree_to_themes{w.chen, 1});
    CHECK(w.at(far).themes == names{"range"});
    CHECK(w.at<alignment_record>(w.an).themes == names{"cold start"});
    CHECK(w.at<alignment_record>(w.chen).themes == names{"cold start", "range"});
    listed_on(w, task_id{1}, far);
    listed_on(w, task_id{2}, cold);
    listed_on(w, task_id{3}, w.test_drive); // which names no theme
    auto const found = [&](task_id task, member_id who) {
        auto const ranked = w.ask(rank_members{task, 20});
        return std::any_of(
            ranked.begin(), ranked.end(), [&](ranked_member const& m) { return m.member == who; });
    };
    CHECK_FALSE(found(task_id{1}, w.an));
    CHECK(found(task_id{1}, w.chen));
    CHECK(found(task_id{2}, w.an));
    CHECK(found(task_id{3}, w.an));
    {
        unmoved u{w};
        u.refuses(claim_task{task_id{1}, w.an}, errc::not_qualified, "member 1",
            "expected work on a theme that they agreed to, 'cold start', but task 1 is about "
            "'range'");
        u.refuses(send_offer{task_id{1}, w.an, origin::push, 1, {}, {}, w.now() + days(2)},
            errc::not_qualified, "member 1", "'range'");
    }
    w.given(claim_task{task_id{1}, w.bao}); // of the brand's own communities
    w.given(claim_task{task_id{1}, w.jin}); // mature
    w.given(claim_task{task_id{2}, w.an});
    // They may say that others are theirs as well.
    w.given(agree_to_themes{w.an, 1, {"range"}});
    CHECK(found(task_id{1}, w.an));
    w.accepts(claim_task{task_id{1}, w.an});
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("a new direction ends what is given on the old one, and an earlier one stays readable",
    "[task][B05]") {
    cultivated_world w;
    constexpr topic_id far{2};
    constexpr topic_id outside{3};
    w.given(propose_themes{winter()}, design_topic{far, w.range, "A long way", {"range"}},
        agree_to_themes{w.an, 1}, agree_to_themes{w.chen, 1});
    listed_on(w, task_id{1}, far);
    w.given(claim_task{task_id{1}, w.an}, propose_themes{summer()}, agree_to_themes{w.an, 2},
        agree_to_themes{w.chen, 2});
    w.refuses(claim_task{task_id{1}, w.chen}, errc::not_qualified, "member 2",
        "'camping', but task 1 is about 'range'");
    // What runs is finished under the words that it was begun under.
    auto const offer = w.history_of<offer_accepted>().front().offer;
    auto const then = w.ask(read_themes{w.at<direction_record>(offer).version});
    CHECK(then.version == 1);
    CHECK(then.goal == "Buyers trust the winter range");
    CHECK(then.themes == names{"cold start", "range"});
    CHECK_FALSE(then.newest);
    CHECK(w.ask(read_themes{}).version == 2);
    CHECK(w.ask(read_themes{2}).newest);
    w.accepts(submit_work{submission_id{1}, task_id{1}, w.an, "https://example.org/w/1"});

    // A programme may want every task to be of a theme, or none to be bound by them.
    w.given(design_topic{outside, w.range, "Tents", {"camping"}});
    listed_on(w, task_id{2}, w.test_drive);
    listed_on(w, task_id{3}, outside);
    w.given(adopt<alignment_rules>{{theme_scope::required}}, claim_task{task_id{3}, w.chen});
    w.refuses(claim_task{task_id{2}, w.chen}, errc::not_qualified, "member 2",
        "but task 2 is about none");
    w.given(adopt<alignment_rules>{{theme_scope::ignored}}, claim_task{task_id{1}, w.chen});
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("themes that are not in force are neither agreed to, nor those of a topic, nor read",
    "[task][B05][refusal]") {
    cultivated_world w;
    design_topic const far{topic_id{2}, w.range, "A long way", {"range"}};
    {
        unmoved u{w};
        u.refuses(far, errc::invalid_argument, "themes of topic 2", "propose them first");
        u.denies(read_themes{1}, errc::unknown_id, "themes 1", "");
        CHECK(w.ask(read_themes{}).version == 0);
    }
    w.given(propose_themes{winter()}, propose_themes{summer()}, agree_to_themes{w.an, 2});
    unmoved u{w};
    u.refuses(far, errc::invalid_argument, "themes of topic 2",
        "only themes in force, 'camping', not 'range'");
    auto many = far;
    many.themes.assign(101, "camping");
    u.refuses(many, errc::too_large, "topic 2", "at most 100 themes");
    u.refuses(agree_to_themes{w.chen, 2, {"camping", "range"}}, errc::invalid_argument,
        "themes of member 2", "only themes in force, 'camping', not 'range'");
    u.refuses(agree_to_themes{w.an, 2, {"camping"}}, errc::already_exists, "member 1",
        "other themes of it");
    u.denies(read_themes{3}, errc::unknown_id, "themes 3", "");
    u.denies(read_themes{-1}, errc::invalid_argument, "read_themes.version", "0 for the newest");
}

TEST_CASE("before any themes are proposed nobody has to agree, and who leaves the stage is not due",
    "[task]") {
    cultivated_world w;
    CHECK(w.ask(list_unaligned{}).empty());
    w.listed(w.brief(task_id{1}));
    w.given(claim_task{task_id{1}, w.an}, propose_themes{winter()}, agree_to_themes{w.an, 1},
        propose_themes{summer()}, record_waning{w.an, waning_reason::life_change, {}});
    w.wait(days(8)).time_passes();
    CHECK(overdue(w) == ids{w.chen, w.dong, w.guo});
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE(
    "themes that say nothing, an agreement for somebody else or to an old version are refused",
    "[task][B05][refusal]") {
    cultivated_world w;
    {
        unmoved u{w};
        u.refuses(agree_to_themes{w.an, 1}, errc::wrong_state, "member 1", "propose them first");
        u.refuses(propose_themes{"", {"range"}, days(7)}, errc::invalid_text, "goal of the themes");
        u.refuses(
            propose_themes{"Goal", {}, days(7)}, errc::invalid_argument, "themes", "1 to 100");
        u.refuses(propose_themes{"Goal", {" "}, days(7)}, errc::invalid_text, "theme");
        u.refuses(propose_themes{"Goal", {"range"}, {}}, errc::invalid_argument, "agree_within",
            "above 0");
        w.as(w.self(w.an));
        u.refuses(propose_themes{winter()}, errc::not_qualified, "propose_themes", "not member 1");
    }
    w.as({}).given(propose_themes{winter()}, propose_themes{summer()});
    w.given(agree_to_themes{w.an, 2});
    w.listed(w.brief(task_id{1}));
    unmoved u{w};
    u.refuses(
        agree_to_themes{w.chen, 1}, errc::wrong_state, "member 2", "version 2, not version 1");
    u.refuses(
        agree_to_themes{w.an, 2}, errc::already_exists, "member 1", "not agreed to version 2");
    u.refuses(agree_to_themes{w.nobody, 2}, errc::unknown_id, "member 999");
    u.refuses(claim_task{task_id{1}, w.chen}, errc::not_qualified, "member 2",
        "agreed to version 2 of the themes");
    u.refuses(plan_piece{piece_id{1}, w.chen, "Snow"}, errc::not_qualified, "member 2",
        "agreed to version 2 of the themes");
    w.as(w.trainer);
    u.refuses(agree_to_themes{w.chen, 2}, errc::not_qualified, "member 2", "not employee");
    w.as(w.self(w.an));
    u.refuses(agree_to_themes{w.chen, 2}, errc::not_qualified, "member 2", "not member 1");
}

} // namespace
