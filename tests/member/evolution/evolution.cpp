// SPDX-License-Identifier: BSL-1.0
#include <koc/member/evolution/messages/evolution.hpp>

#include "standard/unmoved.hpp"
#include "support/catch.hpp"
#include "support/scenario.hpp"

#include <algorithm>
#include <string>
#include <vector>

using namespace koc;
using koc_test::unmoved;
using koc_test::winter_world;

namespace {

constexpr task_id winter{1};
constexpr submission_id film{1};
constexpr submission_id report{2};
constexpr actor desk{actor_kind::employee, 7};

personal_text words_of(member_id who, char const* text) { return {who.value(), text}; }
actor himself(member_id who) { return {actor_kind::member, who.value()}; }

/// An has made a film, Bao has written a report, and An can give less.
struct parting_world : winter_world {
    parting_world() {
        listed(brief(winter));
        handed_in(winter, an, film);
        handed_in(winter, bao, report);
        given(rate(film, percent(90)),
            record_waning{an, waning_reason::other, words_of(an, "Two jobs at once")});
    }
};

// B20

TEST_CASE("before any role there is a candid talk, and thanks that name works on record",
    "[member][B20]") {
    parting_world w;
    auto const offer = offer_role{w.an, alumni_role::friend_of_the_brand, {}};
    w.as(desk);
    // Neither alone is enough, and the order does not matter.
    w.refuses(offer, errc::not_qualified, "member 1", "candid talk within the last 90 days");
    w.accepts(thank_member{w.an, {film}, words_of(w.an, "For a winter of honest films")});
    CHECK(w.recorded<member_thanked>().front().works == std::vector{film});
    w.refuses(offer, errc::not_qualified, "member 1", "candid talk");
    w.accepts(record_talk{w.an, talk_finding::no_time, words_of(w.an, "Nights are for the child")});
    CHECK(w.recorded<talk_held>().front().finding == talk_finding::no_time);
    CHECK(w.recorded<talk_held>().front().note.text == "Nights are for the child");
    CHECK(w.stage(w.an) == stage::evolving); // a talk moves nobody
    CHECK(w.at<evolution_record>(w.an).talk == held_talk{talk_finding::no_time, w.now()});
    w.accepts(offer);
    w.as({}).accepts(accept_role{w.an, alumni_role::friend_of_the_brand});
    CHECK(w.stage(w.an) == stage::alumni);
    CHECK(w.at<thanks_record>(w.an).given.front().works == std::vector{film});

    // Of those who left by a role, each has a talk and thanks before it in the journal.
    std::vector<member_id> talked;
    std::vector<member_id> thanked;
    for (auto const& recorded : w.journal()) {
        for (auto const& happened : recorded.events) {
            if (auto const* talk = happened.get_if<talk_held>()) {
                talked.push_back(talk->member);
            } else if (auto const* thanks = happened.get_if<member_thanked>()) {
                thanked.push_back(thanks->member);
            } else if (auto const* role = happened.get_if<role_accepted>()) {
                CHECK(std::count(talked.begin(), talked.end(), role->member) == 1);
                CHECK(std::count(thanked.begin(), thanked.end(), role->member) == 1);
            }
        }
    }
    CHECK(talked == std::vector{w.ou, w.an});

    // What was said in an earlier service does not stand for this one: a new talk, new thanks.
    w.accepts(confirm_willingness{w.an}).given(record_waning{w.an, waning_reason::other, {}});
    w.refuses(offer, errc::not_qualified, "member 1", "candid talk");
    w.given(record_talk{w.an, talk_finding::no_time, {}});
    w.refuses(offer, errc::not_qualified, "member 1", "thanked for what they gave");
    w.given(thank_member{w.an, {film}, {}});
    // Nor does a talk of half a year ago.
    w.wait(days(180)).refuses(offer, errc::not_qualified, "member 1", "candid talk");
    w.given(record_talk{w.an, talk_finding::no_time, {}}).accepts(offer);
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("a talk with nobody in service, and thanks for nothing that is recorded, are refused",
    "[member][B20][refusal]") {
    parting_world w;
    unmoved same{w};
    same.refuses(record_talk{w.nobody, talk_finding::stays, {}}, errc::unknown_id, "member 999",
        "known member");
    same.refuses(record_talk{w.lan, talk_finding::stays, {}}, errc::not_qualified, "member 10",
        "active or mature or evolving");
    same.refuses(
        record_talk{w.ou, talk_finding::stays, {}}, errc::not_qualified, "member 13", "not alumni");
    same.refuses(record_talk{w.an, static_cast<talk_finding>(9), {}}, errc::invalid_argument,
        "record_talk.finding");
    same.refuses(record_talk{w.an, talk_finding::no_time, words_of(w.bao, "he said")},
        errc::invalid_argument, "words on member 1", "belong to the member");
    same.refuses(thank_member{w.nobody, {}, {}}, errc::unknown_id, "member 999", "known member");
    same.refuses(
        thank_member{w.an, {}, {}}, errc::not_qualified, "member 1", "at least one of the 1 works");
    same.refuses(thank_member{w.an, {submission_id{9}}, {}}, errc::unknown_id, "submission 9");
    same.refuses(thank_member{w.an, {film, report}, {}}, errc::not_qualified, "submission 2",
        "expected a work of member 1, not of member 5");
    same.refuses(
        thank_member{w.an, {film, film}, {}}, errc::invalid_argument, "submission 1", "once");
    same.refuses(thank_member{w.an, {film}, words_of(w.bao, "thanks")}, errc::invalid_argument,
        "words on member 1", "belong to the member");
    w.as(himself(w.an));
    same.refuses(thank_member{w.an, {film}, {}}, errc::not_qualified, "thank_member",
        "an employee or the host");
    same.refuses(record_talk{w.an, talk_finding::guides_others, {}}, errc::not_qualified,
        "record_talk", "an employee or the host");
    w.as(himself(w.bao));
    same.refuses(thank_member{w.an, {film}, words_of(w.an, "From a friend")}, errc::not_qualified,
        "thank_member", "an employee or the host");
}

// B21

TEST_CASE("a role is offered and may be taken or left, and who leaves it stays as they are",
    "[member][B21]") {
    parting_world w;
    w.as(desk).given(record_talk{w.an, talk_finding::no_time, {}}, thank_member{w.an, {film}, {}});
    w.accepts(offer_role{w.an, alumni_role::lifetime_honorary_member, {}});
    auto const offered = w.recorded<role_offered>().front();
    CHECK(offered.role == alumni_role::lifetime_honorary_member);
    CHECK(offered.follows_talk);
    // An offer moves nobody, however long it waits, and nobody is hurried.
    CHECK(w.stage(w.an) == stage::evolving);
    auto const before = w.journal().size();
    w.wait(days(200)).time_passes();
    for (auto at = before; at < w.journal().size(); ++at) { // what ends are seats of others
        for (auto const& happened : w.journal()[at].events) {
            CHECK(happened.get_if<role_accepted>() == nullptr);
            CHECK(happened.get_if<role_offered>() == nullptr);
            CHECK(happened.get_if<stage_changed>() == nullptr);
        }
    }
    CHECK(w.stage(w.an) == stage::evolving);
    // She says no: nothing is lost, and the same or another role may be offered later.
    w.as(himself(w.an)).accepts(decline_role{w.an, words_of(w.an, "Not yet")});
    CHECK(w.recorded<role_declined>().front().role == alumni_role::lifetime_honorary_member);
    CHECK(w.stage(w.an) == stage::evolving);
    CHECK_FALSE(w.at<evolution_record>(w.an).offered);
    w.as(desk).given(record_talk{w.an, talk_finding::life_change, {}});
    w.accepts(offer_role{w.an, alumni_role::friend_of_the_brand, {}});
    w.as(himself(w.an)).accepts(accept_role{w.an, alumni_role::friend_of_the_brand});
    CHECK(w.stage(w.an) == stage::alumni);
    CHECK(w.at<relationship_record>(w.an).role == alumni_role::friend_of_the_brand);
    REQUIRE(w.at<evolution_record>(w.an).roles.size() == 1);
    CHECK(w.at<evolution_record>(w.an).roles.front() ==
        role_term{alumni_role::friend_of_the_brand, w.now(), {}});
    // With an offer open the way back to service is open as well.
    w.as(desk).given(record_talk{w.ning, talk_finding::no_time, {}}, thank_member{w.ning, {}, {}},
        offer_role{w.ning, alumni_role::friend_of_the_brand, {}});
    w.as(himself(w.ning)).accepts(confirm_willingness{w.ning});
    CHECK(w.stage(w.ning) == stage::active);
    CHECK_FALSE(w.at<evolution_record>(w.ning).offered);
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("a role that is not offered is not taken, and nobody takes or leaves it for another",
    "[member][B21][refusal]") {
    parting_world w;
    w.given(record_talk{w.an, talk_finding::no_time, {}}, thank_member{w.an, {film}, {}});
    unmoved none{w};
    none.refuses(accept_role{w.an, alumni_role::friend_of_the_brand}, errc::wrong_state, "member 1",
        "none is open; offer it first");
    none.refuses(decline_role{w.an, {}}, errc::wrong_state, "member 1", "none to decline");
    none.refuses(decline_role{w.nobody, {}}, errc::unknown_id, "member 999", "known member");
    none.refuses(offer_role{w.bao, alumni_role::friend_of_the_brand, {}}, errc::not_qualified,
        "member 5", "stage evolving, not active");
    none.refuses(offer_role{w.nobody, alumni_role::friend_of_the_brand, {}}, errc::unknown_id,
        "member 999", "known member");
    w.as(himself(w.an));
    none.refuses(offer_role{w.an, alumni_role::friend_of_the_brand, {}}, errc::not_qualified,
        "offer_role", "an employee or the host");

    w.as({}).given(offer_role{w.an, alumni_role::friend_of_the_brand, {}});
    unmoved open{w};
    open.refuses(offer_role{w.an, alumni_role::lifetime_honorary_member, {}}, errc::already_exists,
        "member 1", "friend_of_the_brand waits for an answer");
    open.refuses(accept_role{w.an, alumni_role::lifetime_honorary_member}, errc::wrong_state,
        "member 1", "but friend_of_the_brand is offered");
    open.refuses(decline_role{w.an, words_of(w.bao, "no")}, errc::invalid_argument,
        "words on member 1", "belong to the member");
    for (auto by : {desk, himself(w.bao)}) { // it is her word
        w.as(by);
        open.refuses(accept_role{w.an, alumni_role::friend_of_the_brand}, errc::not_qualified,
            "member 1", "the member themself");
        open.refuses(
            decline_role{w.an, {}}, errc::not_qualified, "member 1", "the member themself");
    }
    CHECK(w.stage(w.an) == stage::evolving);
}

// F08

TEST_CASE("which role is offered follows what the talk found, or has a reason of its own",
    "[member][F08]") {
    struct row {
        talk_finding found;
        alumni_role role;
        bool follows;
    };
    for (auto const& [found, role, follows] : std::vector<row>{
             {talk_finding::no_time, alumni_role::lifetime_honorary_member, true},
             {talk_finding::no_time, alumni_role::friend_of_the_brand, true},
             {talk_finding::no_time, alumni_role::honorary_adviser, false},
             {talk_finding::interest_shift, alumni_role::friend_of_the_brand, true},
             {talk_finding::interest_shift, alumni_role::honorary_adviser, false},
             {talk_finding::life_change, alumni_role::lifetime_honorary_member, true},
             {talk_finding::life_change, alumni_role::honorary_adviser, false},
             {talk_finding::guides_others, alumni_role::honorary_adviser, true},
             {talk_finding::guides_others, alumni_role::friend_of_the_brand, false},
         }) {
        INFO(name_of(found) << ", " << name_of(role));
        parting_world w;
        w.given(record_talk{w.an, found, {}}, thank_member{w.an, {film}, {}});
        w.when(offer_role{w.an, role, {}});
        CHECK(w.accepted() == follows);
        if (!follows) {
            CHECK(w.refusal().expected.find(std::string{name_of(found)}) != std::string::npos);
            w.accepts(offer_role{w.an, role, words_of(w.an, "Known to every newcomer")});
            CHECK(w.recorded<role_offered>().front().reason.text == "Known to every newcomer");
        }
        CHECK(w.recorded<role_offered>().front().follows_talk == follows);
    }
    // The newest talk counts, and who wishes to stay is offered nothing, whatever the reason.
    parting_world w;
    w.given(thank_member{w.an, {film}, {}}, record_talk{w.an, talk_finding::no_time, {}},
        record_talk{w.an, talk_finding::guides_others, {}});
    w.accepts(offer_role{w.an, alumni_role::honorary_adviser, {}});
    w.given(decline_role{w.an, {}}, record_talk{w.an, talk_finding::stays, {}});
    w.refuses(offer_role{w.an, alumni_role::honorary_adviser, words_of(w.an, "Please")},
        errc::not_qualified, "member 1", "they wished to stay");
    // What follows from what is a rule of the programme.
    w.given(adopt<evolution_rules>{
        {{{talk_finding::no_time, {alumni_role::honorary_adviser}}}, days(30)}});
    w.given(record_talk{w.an, talk_finding::no_time, {}});
    w.refuses(offer_role{w.an, alumni_role::friend_of_the_brand, {}}, errc::not_qualified,
        "member 1", "follows from the talk");
    w.accepts(offer_role{w.an, alumni_role::honorary_adviser, {}});
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE(
    "an offer ends with a talk from which its role does not follow, and another is made at once",
    "[member][F08]") {
    parting_world w;
    auto const offered = [&] { return w.at<evolution_record>(w.an).offered; };
    w.given(record_talk{w.an, talk_finding::no_time, {}}, thank_member{w.an, {film}, {}},
        offer_role{w.an, alumni_role::friend_of_the_brand, {}});
    // Who stays has been offered nothing.
    w.accepts(record_talk{w.an, talk_finding::stays, {}});
    CHECK_FALSE(offered());
    w.as(himself(w.an))
        .refuses(accept_role{w.an, alumni_role::friend_of_the_brand}, errc::wrong_state, "member 1",
            "none is open, and the newest talk found stays");
    CHECK(w.stage(w.an) == stage::evolving);
    // A talk that finds the same, or something else from which the role follows, changes nothing.
    w.as(desk)
        .given(record_talk{w.an, talk_finding::guides_others, {}})
        .accepts(offer_role{w.an, alumni_role::honorary_adviser, {}});
    w.given(record_talk{w.an, talk_finding::guides_others, {}});
    CHECK(offered() == alumni_role::honorary_adviser);
    w.given(record_talk{w.an, talk_finding::no_time, {}});
    CHECK_FALSE(offered());
    w.accepts(offer_role{w.an, alumni_role::lifetime_honorary_member, {}});
    w.given(record_talk{w.an, talk_finding::life_change, {}});
    w.as(himself(w.an)).accepts(accept_role{w.an, alumni_role::lifetime_honorary_member});
    CHECK(w.stage(w.an) == stage::alumni);
    CHECK(w.digest() == w.digest_of_replay());

    // An offer with a reason of its own stands until something else is found.
    parting_world other;
    offer_role const by_reason{
        other.an, alumni_role::honorary_adviser, words_of(other.an, "Known to every newcomer")};
    other.given(record_talk{other.an, talk_finding::no_time, {}},
        thank_member{other.an, {film}, {}}, by_reason,
        record_talk{other.an, talk_finding::interest_shift, {}});
    other.refuses(accept_role{other.an, alumni_role::honorary_adviser}, errc::wrong_state,
        "member 1", "the newest talk found interest_shift");
    other.given(by_reason, record_talk{other.an, talk_finding::interest_shift, {}});
    other.accepts(accept_role{other.an, alumni_role::honorary_adviser});
}

TEST_CASE(
    "after no time the adviser's role is refused without a reason", "[member][F08][refusal]") {
    parting_world w;
    w.given(record_talk{w.an, talk_finding::no_time, {}}, thank_member{w.an, {film}, {}});
    unmoved same{w};
    same.refuses(offer_role{w.an, alumni_role::honorary_adviser, {}}, errc::not_qualified,
        "member 1", "found no_time, not honorary_adviser; offer another or give the reason");
    same.refuses(offer_role{w.an, alumni_role::honorary_adviser, words_of(w.an, " ")},
        errc::not_qualified, "member 1", "offer another or give the reason");
    same.refuses(offer_role{w.an, alumni_role::honorary_adviser, words_of(w.bao, "why")},
        errc::invalid_argument, "words on member 1", "belong to the member");
    same.refuses(offer_role{w.an, static_cast<alumni_role>(9), {}}, errc::invalid_argument,
        "offer_role.role");
    auto rules = evolution_rules{};
    rules.roles.push_back({talk_finding::no_time, {}});
    same.refuses(adopt<evolution_rules>{rules}, errc::invalid_argument, "evolution_rules.roles",
        "each finding once");
    rules = {};
    rules.roles = {{talk_finding::stays, {alumni_role::friend_of_the_brand}}};
    same.refuses(adopt<evolution_rules>{rules}, errc::invalid_argument, "evolution_rules.roles",
        "none for somebody who stays");
    rules = {};
    rules.talk_valid = {};
    same.refuses(adopt<evolution_rules>{rules}, errc::invalid_argument,
        "evolution_rules.talk_valid", "above 0");
}

} // namespace
