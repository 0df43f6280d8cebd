// SPDX-License-Identifier: BSL-1.0
#include <koc/member/cultivation/messages/first_voice.hpp>

#include "member/cultivated.hpp"
#include "standard/unmoved.hpp"
#include "support/catch.hpp"

#include <string>
#include <vector>

using namespace koc;
using koc_test::cultivated_world;
using koc_test::unmoved;
using koc_test::winter_world;

namespace {

using names = std::vector<std::string>;

constexpr piece_id first{1};
constexpr piece_id second{2};
constexpr auto post = "https://example.org/open/1";
constexpr auto draft = "https://example.org/draft/1";

/// A member who is led by Jin and has shared in the community.
class voice_world : public cultivated_world {
public:
    voice_world() {
        shared(pan);
        given(pair_mentor{jin, pan});
    }
    voice_world& by(member_id who) {
        as(self(who));
        return *this;
    }
    voice_world& by_host() {
        as({});
        return *this;
    }
    /// The first piece with its topic agreed.
    void agreed(piece_id which) {
        by(jin).given(plan_piece{which, pan, "My winter range"});
        by(pan).given(agree_topic{which});
    }
    /// Ready to be published as a first piece.
    void ready(piece_id which) {
        agreed(which);
        by(pan).given(propose_draft{which, draft}, accept_draft{which, 1});
        by(jin).given(sign_off_draft{which});
    }
    /// The first piece, on the air.
    void on_the_air() {
        ready(first);
        by(pan).given(publish_piece{first, post});
        by_host();
    }
};

// B08

TEST_CASE("who comes from the brand's communities shares there first and speaks in public "
          "afterwards, step by step",
    "[member][B08]") {
    cultivated_world w;
    constexpr auto pan = w.pan;
    w.active(pan, {source::owned});
    plan_piece const winter{first, pan, "My winter range"};
    auto const too_early = [&] {
        w.refuses(winter, errc::wrong_state, "step 'topic of the first piece' of member 70",
            "'community sharing' first");
    };
    too_early();
    w.given(complete_step{pan, "content training", "https://example.org/course/1"});
    too_early();
    complete_step const sharing{pan, "community sharing", "https://example.org/post/1"};
    w.as(w.self(pan))
        .refuses(sharing, errc::not_qualified, "step 'community sharing' of member 70",
            "nobody certifies themselves");
    w.as(w.trainer).given(sharing);
    w.as({});
    CHECK(w.record(pan).completed.back().evidence.text == "https://example.org/post/1");
    CHECK(w.next(pan) == names{"topic of the first piece"});
    // The open platform comes little by little: topic, draft, then the piece.
    w.given(winter);
    w.refuses(publish_piece{first, post}, errc::wrong_state,
        "step 'first public piece' of member 70", "'draft of the first piece' first");
    CHECK_FALSE(w.at(first).published());
    w.given(agree_topic{first});
    CHECK(w.next(pan) == names{"draft of the first piece"});
    w.given(propose_draft{first, draft}, accept_draft{first, 1}, sign_off_draft{first});
    CHECK(w.next(pan) == names{"first public piece"});
    w.accepts(publish_piece{first, post});
    CHECK(w.recorded<step_completed>().front().act == "publish_piece");
    CHECK(w.recorded<step_completed>().front().evidence.text == post);
    CHECK(w.next(pan) == names{"official push"});

    // Once the ladder is climbed, nothing is in the way of the next piece.
    w.given(plan_piece{second, pan, "My spring range"});
    w.accepts(publish_piece{second, "https://example.org/open/2"});
    // Who speaks on open platforms already climbs no ladder.
    w.active(w.qi, {source::open});
    w.given(plan_piece{piece_id{3}, w.qi, "Ice"});
    w.accepts(publish_piece{piece_id{3}, "https://example.org/open/3"});
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("in every stage, and on no plan as well, the sharing in the community comes first, and "
          "is recorded where no step is for it",
    "[member][B08]") {
    cultivated_world w;
    // Budding: nobody has a plan with such a step yet.
    constexpr auto pan = w.pan;
    w.enrolled(pan, {source::owned});
    auto const needs_sharing = [&](piece_id piece, member_id who) {
        w.refuses(plan_piece{piece, who, "Snow"}, errc::wrong_state,
            "member " + std::to_string(who.value()), "have it recorded by record_sharing");
    };
    needs_sharing(first, pan);
    w.as(w.trainer).accepts(record_sharing{pan, "https://example.org/post/1"});
    CHECK(w.recorded<sharing_recorded>().front().by == "employee 3");
    CHECK(w.at<sharing_record>(pan).link.text == "https://example.org/post/1");
    w.given(plan_piece{first, pan, "Snow"});
    w.as(w.self(pan)).given(agree_topic{first}, propose_draft{first, draft});
    w.given(accept_draft{first, 1});
    w.as(w.trainer).given(sign_off_draft{first});
    w.as(w.self(pan)).accepts(publish_piece{first, post});
    w.as({});

    // Mature by their work, without the ladder of active members: a session of theirs is a sharing.
    constexpr auto qi = w.qi;
    w.active(qi, {source::owned});
    for (auto before : {60, 30, 0}) {
        w.given(record_outcome{qi, {}, percent(90), w.now() - days(before)});
    }
    CHECK(w.stage(qi) == stage::mature);
    needs_sharing(second, qi);
    w.given(record_session{session_id{1}, qi, {w.lan}, {}, 60}, plan_piece{second, qi, "Snow"});

    // Somebody who is on no plan, and somebody whose step was skipped.
    winter_world plain;
    plain.refuses(plan_piece{first, plain.bao, "Snow"}, errc::wrong_state, "member 5",
        "'community sharing' first");
    plain.given(record_sharing{plain.bao, post}, plan_piece{first, plain.bao, "Snow"});
    constexpr auto ru = w.ru;
    w.active(ru, {source::owned});
    w.given(complete_step{ru, "content training", "https://example.org/course/3"},
        skip_step{ru, "community sharing", "is ill"});
    needs_sharing(piece_id{3}, ru);
    w.given(record_sharing{ru, post}, plan_piece{piece_id{3}, ru, "Snow"});
    CHECK(w.digest() == w.digest_of_replay());
    CHECK(plain.digest() == plain.digest_of_replay());
}

TEST_CASE(
    "a sharing that the member alone reported, where a plan lets them, is recorded by somebody "
    "who read it before they speak in public",
    "[member][B08]") {
    cultivated_world w;
    constexpr auto pan = w.pan;
    auto ladder = standard::plans()[2];
    for (auto& step : ladder.steps) {
        step.by_another = step.by_another && step.name != "community sharing";
    }
    w.given(define_plan{ladder});
    w.active(pan, {source::owned});
    w.given(complete_step{pan, "content training", "https://example.org/course/1"});
    w.as(w.self(pan)).given(complete_step{pan, "community sharing", "https://example.org/post/1"});
    CHECK(w.next(pan) == names{"topic of the first piece"});
    plan_piece const winter{first, pan, "My winter range"};
    w.refuses(winter, errc::wrong_state, "member 70", "have it recorded by record_sharing");
    w.as(w.trainer).given(record_sharing{pan, "https://example.org/post/1"});
    w.as(w.self(pan)).accepts(winter);
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("which step is the sharing is a rule, and a piece that was planned before is published "
          "by the rule of its day",
    "[member][B08]") {
    voice_world w;
    w.ready(first);
    w.by_host().given(adopt<first_voice_rules>{{hours(48), {"official"}, "evening with the team"}});
    w.by(w.pan).refuses(publish_piece{first, post}, errc::wrong_state, "member 70",
        "'evening with the team' first");
    CHECK(w.next(w.pan) == names{"first public piece"});
    w.by(w.jin).given(record_sharing{w.pan, "https://example.org/evening"});
    w.by(w.pan).accepts(publish_piece{first, post});
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("a public piece before the sharing in the community is refused by the name of what comes "
          "first",
    "[member][B08][refusal]") {
    cultivated_world w;
    w.active(w.pan, {source::owned});
    w.given(complete_step{w.pan, "content training", "https://example.org/course/1"});
    w.enrolled(w.qi, {source::owned});
    w.given(pair_mentor{w.jin, w.qi}, record_sharing{w.lan, post});
    plan_piece const winter{first, w.pan, "My winter range"};
    unmoved u{w};
    u.refuses(winter, errc::wrong_state, "step 'topic of the first piece' of member 70",
        "expected 'community sharing' first, which comes before 'topic of the first piece'");
    u.refuses(complete_step{w.pan, "community sharing", ""}, errc::invalid_text,
        "evidence of step 'community sharing' of member 70");
    u.refuses(complete_step{w.pan, "first public piece", post}, errc::wrong_state,
        "step 'first public piece' of member 70", "'community sharing' first");
    u.refuses(plan_piece{first, w.qi, "Snow"}, errc::wrong_state, "member 71",
        "expected 'community sharing' first");
    u.refuses(record_sharing{w.qi, ""}, errc::invalid_text, "link of sharing of member 71");
    u.refuses(record_sharing{w.nobody, post}, errc::unknown_id, "member 999");
    u.refuses(record_sharing{w.lan, post}, errc::already_exists, "sharing of member 10",
        "not shared yet");
    u.refuses(record_sharing{w.pan, post}, errc::wrong_state, "sharing of member 70",
        "'community sharing' is one; complete that step");
    u.refuses(adopt<first_voice_rules>{{hours(48), {"official"}, ""}}, errc::invalid_text,
        "first_voice_rules.community_step");
    w.as(w.self(w.qi));
    u.refuses(record_sharing{w.qi, post}, errc::not_qualified, "sharing of member 71",
        "somebody else than the member");
    u.refuses(plan_piece{first, w.qi, "Snow"}, errc::wrong_state, "member 71",
        "have it recorded by record_sharing");
    w.as(w.self(w.kai)); // mature, but leads somebody else
    u.refuses(
        record_sharing{w.qi, post}, errc::not_qualified, "sharing of member 71", "not member 9");
    w.as(w.self(w.pan));
    u.refuses(complete_step{w.pan, "community sharing", post}, errc::not_qualified,
        "step 'community sharing' of member 70", "somebody else than the member");
    u.refuses(winter, errc::wrong_state, "step 'topic of the first piece' of member 70",
        "'community sharing' first");
    u.refuses(skip_step{w.pan, "community sharing", "I am shy"}, errc::not_qualified, "skip_step",
        "an employee");
    u.refuses(publish_piece{piece_id{9}, post}, errc::unknown_id, "piece 9");
}

TEST_CASE("who returns and has published before publishes at once, and their ladder has no steps "
          "to a first piece",
    "[member][B08]") {
    voice_world w;
    constexpr auto pan = w.pan;
    w.on_the_air();
    w.given(push_piece{first, push_kind::repost, "official"},
        push_piece{first, push_kind::recommendation, "official"});
    w.given(record_waning{pan, waning_reason::life_change, {}});
    w.accepts(confirm_willingness{pan});
    CHECK(w.record(pan).plan == plan_id{3});
    CHECK(w.next(pan) == names{"content training"});
    w.given(plan_piece{second, pan, "My spring range"});
    w.by(pan).accepts(publish_piece{second, "https://example.org/open/2"});
    CHECK(w.at(second).published());
    w.by_host();
    w.given(complete_step{pan, "content training", "https://example.org/course/2"},
        complete_step{pan, "community sharing", "https://example.org/post/2"});
    CHECK(w.recorded<plan_completed>().size() == 1);

    // One whose first piece still waits for its push keeps that step alone, and can end it.
    voice_world other;
    other.on_the_air();
    other.given(record_waning{pan, waning_reason::life_change, {}}, confirm_willingness{pan});
    other.given(complete_step{pan, "content training", "https://example.org/course/2"},
        complete_step{pan, "community sharing", "https://example.org/post/2"});
    CHECK(other.next(pan) == names{"official push"});
    other.given(push_piece{first, push_kind::repost, "official"},
        push_piece{first, push_kind::recommendation, "official"});
    CHECK(other.next(pan).empty());
    CHECK(w.digest() == w.digest_of_replay());
    CHECK(other.digest() == other.digest_of_replay());
}

// B09

TEST_CASE("the first public piece has a topic that both sides planned and a draft that was "
          "polished until its author accepted it",
    "[member][B09]") {
    voice_world w;
    constexpr auto pan = w.pan;
    w.by(w.jin).given(plan_piece{first, pan, "My winter range"});
    w.refuses(agree_topic{first}, errc::not_qualified, "piece 1", "member 8 proposed the topic");
    w.by(pan).accepts(agree_topic{first});
    CHECK(w.next(pan) == names{"draft of the first piece"});

    w.given(propose_draft{first, "https://example.org/draft/1"});
    w.by(w.jin).given(propose_draft{first, "https://example.org/draft/2"});
    w.by(pan).given(accept_draft{first, 2});
    // A draft after the accepted one has to be accepted anew: the last word is the author's.
    w.as(w.trainer).given(propose_draft{first, "https://example.org/draft/3"});
    w.by(w.jin).refuses(sign_off_draft{first}, errc::wrong_state, "piece 1", "version 3 accepted");
    w.by(pan).refuses(accept_draft{first, 2}, errc::wrong_state, "draft of piece 1", "version 3");
    w.given(accept_draft{first, 3});
    CHECK(w.at(first).drafts.size() == 3);
    CHECK(w.at(first).accepted == 3);

    // The mentor signs off the first piece, and no other.
    w.refuses(publish_piece{first, post}, errc::not_qualified, "piece 1", "sign-off");
    CHECK(w.next(pan) == names{"first public piece"}); // what was refused left no step done
    w.by(w.jin).accepts(sign_off_draft{first});
    CHECK(w.recorded<draft_signed_off>().front().by == "member 8");
    CHECK(w.recorded<draft_signed_off>().front().version == 3);
    w.by(pan).accepts(publish_piece{first, post});
    CHECK(w.at(first).link.text == post);

    w.given(plan_piece{second, pan, "My spring range"});
    w.by(w.jin).given(agree_topic{second}, propose_draft{second, draft});
    w.by(pan).given(accept_draft{second, 1});
    w.by(w.jin).refuses(sign_off_draft{second}, errc::wrong_state, "piece 2", "first public piece");
    w.by(pan).accepts(publish_piece{second, "https://example.org/open/2"});
    CHECK_FALSE(w.at(second).push_by.has_value());
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("a topic of one side, a draft of no or an older version and a first piece without a "
          "sign-off are refused",
    "[member][B09][refusal]") {
    voice_world w;
    w.by(w.jin).given(plan_piece{first, w.pan, "My winter range"});
    {
        unmoved u{w};
        u.refuses(plan_piece{first, w.pan, "Again"}, errc::already_exists, "piece 1");
        u.refuses(plan_piece{second, w.pan, ""}, errc::invalid_text, "topic of piece 2");
        u.refuses(plan_piece{second, w.nobody, "Ice"}, errc::unknown_id, "member 999");
        u.refuses(agree_topic{first}, errc::not_qualified, "piece 1", "plans it together");
        u.refuses(propose_draft{first, draft}, errc::wrong_state, "piece 1", "both sides");
        w.by(w.kai); // mature, but leads somebody else
        u.refuses(plan_piece{second, w.pan, "Ice"}, errc::not_qualified, "piece 2", "not member 9");
        u.refuses(agree_topic{first}, errc::not_qualified, "piece 1", "other side");
    }
    // Two who are not the author agree on nothing, also where one of them is the host.
    w.by_host().given(plan_piece{piece_id{3}, w.pan, "Ice"});
    w.as(w.trainer).refuses(agree_topic{piece_id{3}}, errc::not_qualified, "piece 3", "other side");
    w.by(w.pan).given(agree_topic{piece_id{3}}, agree_topic{first});
    {
        unmoved u{w};
        u.refuses(accept_draft{first, 1}, errc::wrong_state, "draft of piece 1", "propose one");
        u.refuses(agree_topic{first}, errc::already_exists, "piece 1", "not agreed yet");
    }
    w.given(propose_draft{first, draft}, propose_draft{first, draft});
    {
        unmoved u{w};
        u.refuses(accept_draft{first, 1}, errc::wrong_state, "draft of piece 1",
            "the newest draft, version 2, not version 1");
        u.refuses(sign_off_draft{first}, errc::not_qualified, "piece 1", "the mentor of member 70");
        w.by(w.jin);
        u.refuses(accept_draft{first, 2}, errc::not_qualified, "member 70",
            "the member themself to send this, not member 8");
        u.refuses(sign_off_draft{first}, errc::wrong_state, "piece 1", "version 2 accepted first");
        w.by(w.kai);
        u.refuses(propose_draft{first, draft}, errc::not_qualified, "piece 1", "not member 9");
    }
    w.by(w.pan).given(accept_draft{first, 2});
    {
        unmoved u{w};
        u.refuses(accept_draft{first, 2}, errc::already_exists, "draft of piece 1");
        u.refuses(publish_piece{first, post}, errc::not_qualified, "piece 1", "sign-off");
        u.refuses(publish_piece{first, ""}, errc::invalid_text, "link of piece 1");
        u.refuses(sign_off_draft{first}, errc::not_qualified, "piece 1", "not member 70");
        w.by(w.jin);
        u.refuses(publish_piece{first, post}, errc::not_qualified, "member 70", "themself");
    }
    w.given(sign_off_draft{first});
    {
        unmoved u{w};
        u.refuses(sign_off_draft{first}, errc::already_exists, "piece 1", "not signed off yet");
    }
    w.by(w.pan).given(publish_piece{first, post});
    {
        unmoved u{w};
        u.refuses(propose_draft{first, draft}, errc::wrong_state, "piece 1", "plan another one");
        u.refuses(publish_piece{first, post}, errc::wrong_state, "piece 1", "not published yet");
    }
}

// B10

TEST_CASE("the first public piece is reposted and recommended by the brand within 48 hours, and "
          "an alarm says what is missing",
    "[member][B10]") {
    voice_world w;
    w.on_the_air();
    CHECK(w.at(first).push_by == w.now() + hours(48));
    CHECK(w.next(w.pan) == names{"official push"});
    w.wait(hours(20)).given(push_piece{first, push_kind::repost, "official"});
    // A repost alone is half of it.
    CHECK(w.next(w.pan) == names{"official push"});
    w.wait(hours(27)).accepts(push_piece{first, push_kind::recommendation, "official"});
    CHECK(w.recorded<step_completed>().front().step == "official push");
    CHECK(w.recorded<plan_completed>().size() == 1); // the ladder ends with it
    w.wait(days(3)).time_passes();
    CHECK(w.history_of<push_missed>().empty());

    // One whose recommendation does not come, and one whom nobody cares for.
    voice_world other;
    other.on_the_air();
    other.given(push_piece{first, push_kind::repost, "official"});
    other.wait(hours(48) - duration{1}).time_passes();
    CHECK(other.recorded<push_missed>().empty());
    CHECK(other.ask(list_missed_pushes{}).empty());
    other.wait(duration{1}).time_passes();
    REQUIRE(other.recorded<push_missed>().size() == 1);
    CHECK(other.recorded<push_missed>().front().member == other.pan);
    CHECK(other.recorded<push_missed>().front().missing == std::vector{push_kind::recommendation});
    CHECK(other.ask(list_missed_pushes{}) ==
        std::vector<missed_push>{{first, other.pan, {push_kind::recommendation}}});
    // It is raised once, and what comes late is still done; that it was late stays known.
    other.wait(days(1)).time_passes();
    CHECK(other.recorded<push_missed>().empty());
    other.accepts(push_piece{first, push_kind::recommendation, "official"});
    CHECK(other.ask(list_missed_pushes{}).empty());
    CHECK(other.at(first).missed);
    CHECK(other.next(other.pan).empty());

    voice_world alone;
    alone.given(adopt<first_voice_rules>{{hours(24), {"WeChat", "Weibo"}}});
    alone.on_the_air();
    alone.wait(hours(24)).time_passes();
    CHECK(alone.recorded<push_missed>().front().missing ==
        std::vector{push_kind::repost, push_kind::recommendation});
    alone.given(push_piece{first, push_kind::repost, "Weibo"});
    // Later pieces may be pushed, and nobody is late with them.
    alone.by(alone.pan).given(plan_piece{second, alone.pan, "My spring range"},
        publish_piece{second, "https://example.org/open/2"});
    alone.by_host().wait(days(9)).time_passes();
    CHECK(alone.recorded<push_missed>().empty());
    alone.given(push_piece{second, push_kind::repost, "WeChat"});
    CHECK(w.digest() == w.digest_of_replay());
    CHECK(other.digest() == other.digest_of_replay());
    CHECK(alone.digest() == alone.digest_of_replay());
}

TEST_CASE("what carries a piece further is official, once of a kind, and told by who runs the "
          "channel",
    "[member][B10][refusal]") {
    voice_world w;
    w.ready(first);
    w.by_host();
    {
        unmoved u{w};
        u.refuses(push_piece{first, push_kind::repost, "official"}, errc::wrong_state, "piece 1",
            "published");
        u.refuses(push_piece{second, push_kind::repost, "official"}, errc::unknown_id, "piece 2");
    }
    w.by(w.pan).given(publish_piece{first, post});
    w.by_host().given(push_piece{first, push_kind::repost, "official"});
    unmoved u{w};
    u.refuses(push_piece{first, push_kind::repost, "official"}, errc::already_exists, "piece 1",
        "not had yet");
    u.refuses(push_piece{first, push_kind::recommendation, "a friend's blog"}, errc::not_qualified,
        "piece 1", "official channels");
    u.refuses(complete_step{w.pan, "official push", post}, errc::wrong_state,
        "step 'official push' of member 70", "done by push_first_piece");
    u.refuses(adopt<first_voice_rules>{{duration{}, {"official"}}}, errc::invalid_argument,
        "first_voice_rules.push_within", "above 0");
    u.refuses(adopt<first_voice_rules>{{hours(48), {}}}, errc::invalid_argument,
        "first_voice_rules.official_channels", "at least one");
    u.refuses(adopt<first_voice_rules>{{hours(48), {""}}}, errc::invalid_text,
        "first_voice_rules.official_channels");
    w.by(w.pan);
    u.refuses(push_piece{first, push_kind::recommendation, "official"}, errc::not_qualified,
        "push_piece", "an employee");
}

} // namespace
