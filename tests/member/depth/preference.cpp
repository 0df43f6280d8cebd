// SPDX-License-Identifier: BSL-1.0
#include <koc/member/depth/messages/preference.hpp>

#include "member/circle_world.hpp"
#include "standard/unmoved.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

using namespace koc;
using koc_test::circle_world;
using koc_test::unmoved;

namespace {

constexpr project_id suv{1};
constexpr preference_vote_id front{1};
constexpr advice_id heating{1};

personal_text words_of(member_id who, char const* text) { return {who.value(), text}; }

std::vector<std::int64_t> shown_to(circle_world const& w, member_id who) {
    std::vector<std::int64_t> order;
    for (auto const& each : w.ask(show_designs{front, who})) {
        order.push_back(each.design);
    }
    return order;
}

TEST_CASE("mature members sit on a panel at the start of a vehicle project, under confidentiality, "
          "and tell their real preference among its designs",
    "[member][B12]") {
    circle_world w;
    auto const twenty = w.mature(20, source::owned);
    auto const unsigned_one = w.jin;
    w.as_employee().given(
        open_project{suv, "A small SUV", "For families in the north; 150,000 yuan"});
    auto invited = twenty;
    invited.push_back(unsigned_one);
    w.accepts(invite_to_panel{suv, invited});
    CHECK(w.recorded<panel_invited>().front().members.size() == 21);

    // Who has not signed sees nothing of it.
    auto const sees = [&](member_id who) {
        w.as_member(who);
        return w.engine().ask(view_project{suv}, w.asked()).has_value();
    };
    for (auto who : invited) {
        CHECK_FALSE(sees(who));
    }
    for (auto who : twenty) {
        w.as_member(who).given(sign_confidentiality{suv, who});
        CHECK(sees(who));
    }
    CHECK_FALSE(sees(unsigned_one));
    CHECK_FALSE(sees(w.kai)); // not even invited

    // The panel says what the market needs and where the present products hurt, and hears itself.
    w.as_member(twenty[0]).given(record_advice{
        heating, suv, twenty[0], words_of(twenty[0], "The rear seats are cold for half an hour")});
    w.as_member(twenty[1]).given(record_advice{
        advice_id{2}, suv, twenty[1], words_of(twenty[1], "Nobody I know needs a third row")});
    auto const view = w.ask(view_project{suv});
    CHECK(view.brief == "For families in the north; 150,000 yuan");
    REQUIRE(view.advice.size() == 2);
    CHECK(view.advice[0].member == twenty[0]);
    CHECK(view.advice[0].text.text == "The rear seats are cold for half an hour");

    // Three designs, in an order of each voter's own that stays the same.
    w.as_employee().wait(days(40)).given(open_preference_vote{
        front, suv, {"Open grille", "Closed front", "Light band"}, w.now() + days(7), 12, 2'026});
    std::set<std::vector<std::int64_t>> orders;
    std::set<std::int64_t> shown_first;
    for (auto who : twenty) {
        w.as_member(who);
        auto const order = shown_to(w, who);
        CHECK(std::is_permutation(
            order.begin(), order.end(), std::vector<std::int64_t>{0, 1, 2}.begin()));
        CHECK(shown_to(w, who) == order);
        orders.insert(order);
        shown_first.insert(order.front());
    }
    CHECK(orders.size() >= 4);
    CHECK(shown_first.size() == 3); // no design stands first for all
    CHECK(w.ask(show_designs{front, twenty[19]}).front().title ==
        w.at(front).designs[static_cast<std::size_t>(shown_to(w, twenty[19]).front())]);

    // Fourteen of the twenty vote: 3 for the first design, 9 for the second, 2 for the third.
    std::vector<std::int64_t> const choices{1, 1, 0, 1, 2, 1, 1, 0, 1, 1, 2, 1, 0, 1};
    for (std::size_t i = 0; i < choices.size(); ++i) {
        w.as_member(twenty[i]).given(cast_preference{front, twenty[i], choices[i]});
    }
    // How it stands is secret until the end: to voters, employees and the host alike.
    w.wait(days(7) - minutes(1));
    for (auto const by :
        {actor{actor_kind::member, twenty[0].value()}, actor{actor_kind::employee, 3}, actor{}}) {
        w.as(by);
        auto const early = w.engine().ask(count_preferences{front}, w.asked());
        REQUIRE_FALSE(early.has_value());
        CHECK(
            early.error().expected.find("secret until 2026-02-21T08:00:00Z") != std::string::npos);
    }
    w.wait(minutes(1)).time_passes();
    ballot_count const outcome{{3, 9, 2}, 14, 20, true};
    REQUIRE(w.recorded<preference_vote_closed>().size() == 1);
    CHECK(w.recorded<preference_vote_closed>().front().count == outcome);
    CHECK(w.ask(count_preferences{front}) == outcome);
    w.as_member(twenty[19]);
    CHECK(w.ask(count_preferences{front}) == outcome); // also who did not vote learns it
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("who signed and is mature no more has no vote among the designs", "[member][B12]") {
    circle_world w;
    auto const panel = w.mature(3, source::owned);
    w.given(open_project{suv, "A small SUV", "For families"}, invite_to_panel{suv, panel});
    for (auto who : panel) {
        w.given(sign_confidentiality{suv, who});
    }
    w.given(record_waning{panel[1], waning_reason::life_change, {}});
    auto vote = open_preference_vote{front, suv, {"A", "B"}, w.now() + days(7), 3, 1};
    w.refuses(vote, errc::invalid_argument, "vote 1", "at most the 2 who may vote");
    vote.quorum = 2;
    w.accepts(vote);
    CHECK(w.recorded<preference_vote_opened>().front().voters == std::vector{panel[0], panel[2]});
    w.refuses(cast_preference{front, panel[1], 0}, errc::not_qualified, "member 102", "may vote");
    w.given(cast_preference{front, panel[0], 0}, cast_preference{front, panel[2], 0});
    w.wait(days(7)).time_passes();
    CHECK(w.ask(count_preferences{front}) == ballot_count{{2, 0}, 2, 2, true});
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("a vote twice, too late, without the right, or of which too few took part, is told",
    "[member][B12][refusal]") {
    circle_world w;
    auto const panel = w.mature(3, source::owned);
    w.given(open_project{suv, "A small SUV", "For families"}, invite_to_panel{suv, panel},
        sign_confidentiality{suv, panel[0]}, sign_confidentiality{suv, panel[1]});
    auto const closes = w.now() + days(7);
    auto const vote = [&](std::uint64_t id) {
        return open_preference_vote{preference_vote_id{id}, suv, {"A", "B"}, closes, 2, 1};
    };
    w.given(vote(1), cast_preference{front, panel[0], 1}, sign_confidentiality{suv, panel[2]});
    unmoved same{w};
    same.refuses(cast_preference{front, panel[0], 0}, errc::already_exists, "member 101",
        "has not voted on vote 1 yet");
    same.refuses(cast_preference{front, panel[1], 2}, errc::invalid_argument, "vote 1", "0 to 1");
    same.refuses(cast_preference{front, panel[2], 0}, errc::not_qualified, "member 103",
        "one of the 2 who may vote"); // signed after the vote was opened
    same.refuses(cast_preference{front, w.kai, 0}, errc::not_qualified, "member 9", "may vote");
    same.refuses(cast_preference{front, w.nobody, 0}, errc::unknown_id, "member 999");
    same.refuses(cast_preference{preference_vote_id{9}, panel[1], 0}, errc::unknown_id, "vote 9");
    same.denies(count_preferences{front}, errc::wrong_state, "vote 1", "secret until");
    same.denies(count_preferences{preference_vote_id{9}}, errc::unknown_id, "vote 9", "known vote");
    same.denies(show_designs{front, w.kai}, errc::not_qualified, "member 9", "signed");
    same.denies(show_designs{preference_vote_id{9}, panel[0]}, errc::unknown_id, "vote 9", "known");
    // A vote that cannot be held.
    same.refuses(vote(0), errc::invalid_argument, "vote 0", "above 0");
    same.refuses(vote(1), errc::already_exists, "vote 1", "choose another");
    auto bad = vote(2);
    bad.designs = {"A"};
    same.refuses(bad, errc::invalid_argument, "vote 2", "at least two designs");
    bad.designs = {"A", "B", "A"};
    same.refuses(bad, errc::already_exists, "vote 2", "not 'A' twice");
    bad.designs = {"A", " "};
    same.refuses(bad, errc::invalid_text, "design of vote 2", "blanks");
    bad = vote(2);
    bad.closes = w.now();
    same.refuses(bad, errc::invalid_argument, "vote 2", "deadline after");
    bad = vote(2);
    bad.quorum = 4;
    same.refuses(bad, errc::invalid_argument, "vote 2", "at most the 3 who may vote");
    bad.quorum = 0; // nobody's votes would decide
    same.refuses(bad, errc::invalid_argument, "vote 2", "a quorum of 1 or more");
    bad.quorum = 1;
    bad.closes = w.now() + preference_voting_min - duration{1};
    same.refuses(bad, errc::invalid_argument, "vote 2",
        "a deadline from " + to_iso8601(w.now() + days(1)) + " on, so that everybody");
    bad.project = project_id{9};
    same.refuses(bad, errc::unknown_id, "project 9");
    // Others neither vote for a member, nor look over their shoulder, nor open votes.
    w.as_employee();
    same.refuses(
        cast_preference{front, panel[1], 0}, errc::not_qualified, "member 102", "themself");
    w.as_member(panel[0]);
    same.refuses(
        cast_preference{front, panel[1], 0}, errc::not_qualified, "member 102", "themself");
    same.denies(show_designs{front, panel[1]}, errc::not_qualified, "member 102", "themself");
    same.refuses(vote(2), errc::not_qualified, "open_preference_vote", "an employee");
    w.as_host().given(open_project{project_id{2}, "Another", "A van"});
    auto nobody_signed = vote(2);
    nobody_signed.project = project_id{2};
    unmoved still{w};
    still.refuses(nobody_signed, errc::not_qualified, "project 2", "somebody mature has signed");
    // After the deadline, and to those who are not of the panel ever.
    w.wait(days(7)).time_passes();
    unmoved late{w};
    late.refuses(cast_preference{front, panel[1], 0}, errc::wrong_state, "vote 1", "too late");
    CHECK_FALSE(w.ask(count_preferences{front}).quorate);
    w.as_member(w.kai);
    late.denies(
        count_preferences{front}, errc::not_qualified, "member 9", "signed confidentiality");
}

} // namespace
