// SPDX-License-Identifier: BSL-1.0

// Rows of the catalogue (docs/catalogue.md) on the standard programme, where the tests of their
// aspects run on smaller ones: that they hold in the whole, and what is refused.

#include "support/catch.hpp"
#include "support/scenario.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

using namespace koc;
using koc_test::winter_world;

namespace {

constexpr task_id one{1};

/// Refusals of a scenario whose state stays as it is.
class unmoved {
public:
    explicit unmoved(winter_world& in) : in_{in}, before_{in.digest()} {}

    void refuses(auto const& command, errc code, char const* about, char const* word = "expected") {
        INFO(about << " / " << word);
        CHECK_NOTHROW(in_.refuses(command, code, about, word));
        CHECK(in_.digest() == before_);
    }
    void denies(auto const& query, errc code, std::string const& about, char const* word) {
        INFO(about << " / " << word);
        auto const answer = in_.engine().ask(query, in_.asked());
        REQUIRE_FALSE(answer.has_value());
        CHECK(answer.error().code == code);
        CHECK(answer.error().subject == about);
        CHECK(answer.error().expected.find(word) != std::string::npos);
        CHECK(in_.digest() == before_);
    }

private:
    winter_world& in_;
    digest before_;
};

// Identification

TEST_CASE("content that cannot be judged, or is told twice, is refused",
    "[standard][A02][A03][refusal]") {
    winter_world w;
    report_content const told{
        signal_id{1}, member_id{70}, percent(80), percent(70), percent(90), true, 5};
    w.given(told);
    unmoved same{w};
    same.refuses(told, errc::already_exists, "signal 1");
    auto bad = told;
    bad.signal = signal_id{2};
    bad.depth = percent(101);
    same.refuses(bad, errc::invalid_argument, "report_content.depth", "from 0 to 1, not 1.01");
    bad.depth = told.depth;
    bad.originality = -score{1};
    same.refuses(bad, errc::invalid_argument, "report_content.originality", "from 0 to 1");
    bad.originality = told.originality;
    bad.relevance = whole(2);
    same.refuses(bad, errc::invalid_argument, "report_content.relevance", "from 0 to 1");
    bad.relevance = told.relevance;
    bad.followers = -1;
    same.refuses(bad, errc::invalid_argument, "signal 2", "followers of 0 or more");
    bad.followers = 5;
    bad.person = {};
    same.refuses(bad, errc::invalid_argument, "signal 2");
    bad.person = told.person;
    bad.signal = {};
    same.refuses(bad, errc::invalid_argument, "signal 0");
}

TEST_CASE("a contribution that cannot be counted is refused", "[standard][A05][refusal]") {
    winter_world w;
    report_contribution const told{
        signal_id{1}, member_id{70}, contribution_kind::helped_a_peer, 3, percent(80)};
    w.given(told);
    unmoved same{w};
    same.refuses(told, errc::already_exists, "signal 1");
    auto bad = told;
    bad.signal = signal_id{2};
    bad.times = 0;
    same.refuses(bad, errc::invalid_argument, "report_contribution.times", "from 1 to 1000000");
    bad.times = 1;
    bad.detail = percent(101);
    same.refuses(bad, errc::invalid_argument, "report_contribution.detail", "from 0 to 1");
    bad.detail = {};
    bad.kind = static_cast<contribution_kind>(9);
    same.refuses(bad, errc::invalid_argument, "report_contribution.kind");
}

TEST_CASE("a shortlist of nobody, or about somebody without evidence, is refused",
    "[standard][A09][A11][refusal]") {
    winter_world w;
    w.given(report_content{
        signal_id{1}, member_id{70}, percent(80), percent(70), percent(90), true, 5});
    unmoved same{w};
    same.denies(
        list_shortlist{0}, errc::invalid_argument, "list_shortlist.count", "from 1 to 10000");
    same.denies(
        list_shortlist{10'001}, errc::invalid_argument, "list_shortlist.count", "from 1 to 10000");
    same.refuses(
        draw_shortlist{0}, errc::invalid_argument, "draw_shortlist.count", "from 1 to 10000");
    same.denies(assess_candidate{member_id{71}}, errc::not_qualified, "person 71", "expected");
    same.refuses(
        enrol_candidate{member_id{71}, {71, "Nobody"}, {}}, errc::not_qualified, "person 71");
    // What is fresh is fixed by the first signal: evidence that is kept is not read by another
    // measure.
    same.refuses(adopt<discovery_rules>{{days(9)}}, errc::wrong_state, "discovery_rules.lately");
}

// The relationship

TEST_CASE(
    "a step that the relationship does not have is refused, with the stage and what is possible",
    "[standard][B01][B29][refusal]") {
    winter_world w;
    unmoved same{w};
    same.refuses(record_waning{w.lan, waning_reason::other, {}}, errc::wrong_state, "member 10",
        "stage budding");
    same.refuses(accept_role{w.lan, alumni_role::honorary_adviser}, errc::wrong_state, "member 10",
        "stage budding");
    same.refuses(accept_role{w.an, alumni_role::honorary_adviser}, errc::wrong_state, "member 1",
        "stage active");
    same.refuses(confirm_willingness{w.an}, errc::wrong_state, "member 1", "stage active");
    same.refuses(accept_role{w.jin, alumni_role::friend_of_the_brand}, errc::wrong_state,
        "member 8", "stage mature");
    same.refuses(record_waning{w.ou, waning_reason::other, {}}, errc::wrong_state, "member 13",
        "stage alumni");
    same.refuses(
        accept_role{w.an, static_cast<alumni_role>(7)}, errc::invalid_argument, "accept_role.role");
    // No command names an end: who steps back is evolving, and may take a role or return.
    w.given(record_waning{w.jin, waning_reason::life_change, {}});
    CHECK(w.stage(w.jin) == stage::evolving);
    w.given(confirm_willingness{w.jin});
    CHECK(w.stage(w.jin) == stage::active);
}

TEST_CASE("willingness without a contact, or of somebody unknown, is refused",
    "[standard][B03][refusal]") {
    winter_world w;
    unmoved same{w};
    same.refuses(confirm_willingness{w.min}, errc::not_qualified, "member 11", "was contacted");
    same.refuses(confirm_willingness{w.nobody}, errc::unknown_id, "member 999", "known member");
    same.refuses(record_contact{w.nobody, {}}, errc::unknown_id, "member 999", "known member");
    same.refuses(record_contact{w.min, {w.an.value(), "a word"}}, errc::invalid_argument,
        "note on member 11", "belong to the member");
    w.given(record_contact{w.min, {}}, confirm_willingness{w.min});
    CHECK(w.stage(w.min) == stage::active);
}

// Objectives, topics, tasks

TEST_CASE("a pressing doubt opens an objective, topics fan out from it, and every task serves it",
    "[standard][C01][C02][C03]") {
    winter_world w;
    report_insight doubt{
        insight_id{1}, "Does the battery last?", percent(29), 500, w.plan(objective_id{2})};
    w.accepts(doubt);
    CHECK(w.recorded<objective_opened>().empty());
    doubt.insight = insight_id{2};
    doubt.doubt = percent(43);
    w.accepts(doubt);
    REQUIRE(w.recorded<objective_opened>().size() == 1);
    CHECK(w.recorded<objective_opened>().front().because == insight_id{2});
    CHECK(w.at(objective_id{2}).because == insight_id{2});
    CHECK(w.at(insight_id{2}).doubt == percent(43));
    for (std::uint64_t i = 11; i <= 13; ++i) {
        w.given(design_topic{topic_id{i}, objective_id{2}, "Topic " + std::to_string(i)});
        auto made = w.brief(task_id{i});
        made.topic = topic_id{i};
        w.given(open_task{made});
        CHECK(w.at(topic_id{i}).objective == objective_id{2});
        CHECK(w.at(task_id{i}).objective == objective_id{2});
    }
    w.engine().each<task_record>([&](task_record const& t) { CHECK(w.at(t.objective).open); });
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("a task that serves no open objective is refused", "[standard][C01][refusal]") {
    winter_world w;
    w.given(open_objective{w.plan(objective_id{2})},
        design_topic{topic_id{2}, objective_id{2}, "Topic"}, close_objective{objective_id{2}});
    unmoved same{w};
    auto made = w.brief(one);
    made.topic = topic_id{9};
    same.refuses(open_task{made}, errc::unknown_id, "task 1", "every task serves an objective");
    made.topic = {};
    same.refuses(open_task{made}, errc::unknown_id, "task 1", "the topic of an open objective");
    made.topic = topic_id{2};
    same.refuses(open_task{made}, errc::wrong_state, "objective 2", "an open objective");
}

TEST_CASE("a doubt that nobody measured, or without an objective to open, is refused",
    "[standard][C02][refusal]") {
    winter_world w;
    report_insight const doubt{
        insight_id{1}, "Does it last?", percent(43), 500, w.plan(objective_id{2})};
    unmoved same{w};
    auto bad = doubt;
    bad.asked = 0;
    same.refuses(bad, errc::invalid_argument, "insight 1", "at least one person");
    bad = doubt;
    bad.doubt = percent(101);
    same.refuses(bad, errc::invalid_argument, "insight 1", "from 0 to 1");
    bad = doubt;
    bad.question = "";
    same.refuses(bad, errc::invalid_text, "question of insight 1");
    bad = doubt;
    bad.answer.objective = w.range;
    same.refuses(bad, errc::already_exists, "objective 1", "new objective id");
    bad = doubt;
    bad.insight = {};
    same.refuses(bad, errc::already_exists, "insight 0", "new insight id");
    bad = doubt;
    bad.answer.rubric.front().weight = percent(41);
    same.refuses(bad, errc::invalid_argument, "rubric of objective 2", "add up to 1");
}

TEST_CASE("a topic without an open objective, or that is there already, is refused",
    "[standard][C03][refusal]") {
    winter_world w;
    w.given(open_objective{w.plan(objective_id{2})}, close_objective{objective_id{2}});
    unmoved same{w};
    same.refuses(design_topic{topic_id{2}, objective_id{9}, "Topic"}, errc::unknown_id,
        "objective 9", "known objective");
    same.refuses(design_topic{topic_id{2}, objective_id{2}, "Topic"}, errc::wrong_state,
        "objective 2", "an open objective");
    same.refuses(design_topic{w.test_drive, w.range, "Topic"}, errc::already_exists, "topic 1",
        "new topic id");
    same.refuses(
        design_topic{topic_id{2}, w.range, "two\nlines"}, errc::invalid_text, "title of topic 2");
}

// The board and its leases

TEST_CASE("members claim seats of a listed task, each for the time of a lease, and a lapsed seat "
          "is offered again",
    "[standard][C06][E38]") {
    winter_world w;
    auto made = w.brief(one);
    made.seats = 2;
    made.needs = has("region", "northeast");
    w.listed(made);
    CHECK(w.at<listing_record>(one).id == one);
    w.accepts(claim_task{one, w.an});
    auto const lease = w.recorded<offer_accepted>().front();
    CHECK(lease.lease_until == w.now() + days(14));
    CHECK(w.recorded<offer_sent>().front().from == origin::board);
    CHECK(w.recorded<attention_asked>().empty()); // nobody was asked for anything
    w.wait(days(1)).accepts(claim_task{one, w.bao});
    w.refuses(claim_task{one, w.chen}, errc::no_capacity, "task 1", "all 2 are taken");
    w.refuses(dispatch{one, 3}, errc::no_capacity, "task 1", "all 2 are taken");
    // Up to its last millisecond the lease holds; then the seat is free, without anybody saying so.
    w.wait(days(13) - duration{1}).time_passes();
    CHECK(w.events().empty());
    CHECK(w.at<seat_record>(one).taken == 2);
    w.wait(duration{1}).time_passes();
    REQUIRE(w.recorded<offer_lapsed>().size() == 1);
    CHECK(w.events().front().by.kind == actor_kind::time);
    CHECK(w.events().front().at == lease.lease_until);
    CHECK(w.at(lease.offer).stage == offer_stage::lapsed);
    CHECK(w.at<attention_record>(w.an).commitments == 0);
    CHECK(w.at<seat_record>(one).taken == 1);
    // It is offered again: to the next best by a push, and to whoever comes from the board.
    w.accepts(dispatch{one, 1});
    CHECK(w.recorded<offer_sent>().front().member == w.jin);
    w.accepts(claim_task{one, w.chen});
    CHECK(w.at<seat_record>(one).taken == 2);
    auto const late = w.recorded<offer_accepted>().front();
    CHECK(late.lease_until == w.now() + days(14));
    // Work within the lease is taken, and frees the member's desk but not the seat.
    w.wait(days(2)).accepts(submit_work{submission_id{1}, one, w.chen, "https://example.org/1"});
    CHECK(w.at(late.offer).stage == offer_stage::fulfilled);
    CHECK(w.at<attention_record>(w.chen).commitments == 0);
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("a claim that cannot be is refused with its reason", "[standard][C06][refusal]") {
    winter_world w;
    auto made = w.brief(one);
    made.seats = 1;
    made.needs = has("region", "northeast");
    made.barred = {w.dong};
    w.listed(made);
    auto full = w.brief(task_id{2});
    full.seats = 1;
    w.listed(full);
    w.given(claim_task{task_id{2}, w.an}, open_task{w.brief(task_id{3})});
    w.listed(w.brief(task_id{4}));
    w.given(cancel_task{task_id{4}});
    unmoved same{w};
    same.refuses(claim_task{one, w.guo}, errc::not_qualified, "member 6", "region:northeast");
    same.refuses(
        claim_task{one, w.lan}, errc::not_qualified, "member 10", "stage:active or stage:mature");
    same.refuses(claim_task{one, w.dong}, errc::not_qualified, "member 3", "barred");
    same.refuses(claim_task{task_id{2}, w.bao}, errc::no_capacity, "task 2", "all 1 are taken");
    same.refuses(claim_task{task_id{3}, w.bao}, errc::wrong_state, "task 3", "on the board");
    same.refuses(claim_task{task_id{4}, w.bao}, errc::wrong_state, "task 4", "stage cancelled");
    same.refuses(claim_task{one, w.nobody}, errc::unknown_id, "member 999", "known member");
    same.refuses(list_task{one}, errc::already_exists, "task 1", "not on the board yet");
    same.refuses(list_task{task_id{9}}, errc::unknown_id, "task 9", "known task");
}

TEST_CASE(
    "after a lease or the time to answer has ended, the seat is gone", "[standard][E38][refusal]") {
    winter_world w;
    w.listed(w.brief(one));
    w.given(claim_task{one, w.an}, open_task{w.brief(task_id{2})}, dispatch{task_id{2}, 1});
    auto const offer = w.recorded<offer_sent>().front().offer;
    w.wait(days(14)).time_passes();
    unmoved same{w};
    same.refuses(submit_work{submission_id{1}, one, w.an, "https://example.org/1"},
        errc::wrong_state, "member 1", "seat");
    same.refuses(return_seat{offer_id{1}, {}}, errc::wrong_state, "offer 1", "stage lapsed");
    same.refuses(accept_offer{offer}, errc::wrong_state, "offer 2", "stage expired");
    same.refuses(decline_offer{offer, {}}, errc::wrong_state, "offer 2", "stage expired");
    same.refuses(adopt<offer_rules>{{{}}}, errc::invalid_argument, "offer_rules.lease", "above 0");
}

// Tags

TEST_CASE("a region, form or interest that is not in the library, or has no fit weight, is refused",
    "[standard][C07][C08][C09][refusal]") {
    winter_world w;
    unmoved same{w};
    auto const needs = [&](requirement what) {
        auto made = w.brief(one);
        made.needs = std::move(what);
        return open_task{made};
    };
    same.refuses(needs(has("region", "moon")), errc::unknown_id, "region:moon");
    same.refuses(needs(has("format", "hologram")), errc::unknown_id, "format:hologram");
    same.refuses(needs(has("hobby", "chess")), errc::unknown_id, "hobby");
    same.refuses(define_tags{{{"region", "mohe", "", {"moon"}}}}, errc::unknown_id,
        "tag region:mohe", "its parent 'moon'");
    same.refuses(
        define_tags{{{"region", "harbin", "", {}}}}, errc::already_exists, "region:harbin");
    auto const technology = w.tag("interest", "technology");
    same.refuses(retag{w.an, {{technology, percent(101)}}, {}}, errc::invalid_argument,
        "tag interest:technology");
    same.refuses(retag{w.an, {{technology, score{}}}, {}}, errc::invalid_argument,
        "tag interest:technology");
    same.refuses(retag{w.an, {{tag_id{9999}}}, {}}, errc::unknown_id, "9999");
    same.refuses(
        retag{w.nobody, {{technology}}, {}}, errc::unknown_id, "member 999", "known member");
    auto made = w.brief(one);
    made.wanted = {{technology, score{}}};
    same.refuses(open_task{made}, errc::invalid_argument, "task 1", "an importance above 0");
    made.wanted = {{technology, whole(101)}};
    same.refuses(open_task{made}, errc::invalid_argument, "task 1", "at most 100");
    made.wanted = {{technology}, {technology}};
    same.refuses(open_task{made}, errc::invalid_argument, "task 1");
}

TEST_CASE(
    "a quality that nobody can have, or of work to come, is refused", "[standard][C10][refusal]") {
    winter_world w;
    unmoved same{w};
    auto const technology = w.tag("interest", "technology");
    same.refuses(record_outcome{w.an, {technology}, percent(101), w.now()}, errc::invalid_argument,
        "record_outcome.quality", "from 0 to 1");
    same.refuses(record_outcome{w.an, {technology}, percent(90), w.now() + duration{1}},
        errc::invalid_argument, "outcome of member 1", "not in the future");
    same.refuses(record_outcome{w.an, {technology, technology}, percent(90), w.now()},
        errc::invalid_argument, "outcome of member 1");
    same.refuses(record_outcome{w.nobody, {technology}, percent(90), w.now()}, errc::unknown_id,
        "member 999");
    same.refuses(record_outcome{w.ou, {technology}, percent(90), w.now()}, errc::not_qualified,
        "member 13", "alumni are not");
    same.refuses(correct_outcome{w.an, {technology}, percent(90), percent(20), w.now()},
        errc::unknown_id, "outcome of member 1", "an outcome that was recorded");
    auto made = w.brief(one);
    made.needs = column("qualty") >= percent(60);
    same.refuses(open_task{made}, errc::unknown_id, "qualty");
}

TEST_CASE("style decides freely, and a sensitive tag only where the programme's policy lets it",
    "[standard][C11]") {
    winter_world w;
    auto made = w.brief(one);
    made.needs = has("style", "warm");
    w.given(open_task{made});
    CHECK(w.ask(rank_members{one, 9}).size() == 1);
    CHECK(w.ask(rank_members{one, 9}).front().member == w.hua);
    w.given(retag{w.guo, {{w.tag("age", "over_sixty")}}, {}}); // known, but it decides nothing
    w.given(adopt<tag_library_rules>{{sensitive_tags::allowed}});
    made.task = task_id{2};
    made.needs = has("age", "over_sixty");
    made.wanted = {{w.tag("age", "over_sixty")}};
    w.given(open_task{made});
    CHECK(w.ask(rank_members{task_id{2}, 9}).front().member == w.guo);
    CHECK(w.ask(rank_members{task_id{2}, 9}).size() == 1);
}

TEST_CASE("a sensitive tag is refused wherever it would decide", "[standard][C11][refusal]") {
    winter_world w;
    unmoved same{w};
    auto made = w.brief(one);
    made.needs = has("region", "northeast") && !has("age", "over_sixty");
    same.refuses(open_task{made}, errc::not_qualified, "age:over_sixty", "sensitive");
    made.needs = everybody();
    made.wanted = {{w.tag("age", "over_sixty")}};
    same.refuses(open_task{made}, errc::not_qualified, "tag age:over_sixty",
        "does not let this facet decide");
    same.refuses(adopt<task_rules>{{everybody(), has("age", "over_sixty")}}, errc::not_qualified,
        "age:over_sixty");
}

} // namespace
