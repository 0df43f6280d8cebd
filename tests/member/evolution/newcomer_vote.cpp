// SPDX-License-Identifier: BSL-1.0
#include <koc/member/evolution/messages/newcomer_vote.hpp>

#include "standard/unmoved.hpp"
#include "support/catch.hpp"
#include "support/scenario.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

using namespace koc;
using koc_test::unmoved;
using koc_test::winter_world;

namespace {

constexpr newcomer_vote_id spring{1};
constexpr session_id evening{1};
actor himself(member_id who) { return {actor_kind::member, who.value()}; }

/// Ning, Bao and Hua are honorary advisers; Ou is a friend of the brand.
struct adviser_world : winter_world {
    adviser_world() {
        given(record_waning{bao, waning_reason::other, {}},
            record_waning{hua, waning_reason::other, {}});
        for (auto who : {ning, bao, hua}) {
            role_offered(who, alumni_role::honorary_adviser);
            given(accept_role{who, alumni_role::honorary_adviser});
        }
    }
};

// B24

TEST_CASE("honorary advisers vote on newcomers and share what they know, and neither says anything "
          "about them",
    "[member][B24]") {
    adviser_world w;
    auto const advisers = std::vector{w.ning, w.bao, w.hua};
    auto const past_of = [&](member_id who) { return w.at<track_record_entry>(who).outcomes; };
    w.as({actor_kind::employee, 7})
        .given(open_newcomer_vote{spring, {w.min, w.lan, w.guo}, 1, w.now() + days(7)});
    w.as(himself(w.ning)).accepts(vote_for_newcomer{spring, w.ning, w.min});
    CHECK(w.receipt().count == 1); // the vote, and nothing that follows from it
    w.as(himself(w.bao)).given(vote_for_newcomer{spring, w.bao, w.lan});
    w.as(himself(w.hua)).given(vote_for_newcomer{spring, w.hua, w.min});
    w.as({}).wait(days(7)).time_passes();
    auto const closed = w.recorded<newcomer_vote_closed>();
    REQUIRE(closed.size() == 1);
    CHECK(closed.front().votes ==
        std::vector<candidate_votes>{{w.min, 2, true}, {w.lan, 1, false}, {w.guo, 0, false}});
    CHECK(w.at(spring).closed);
    CHECK(w.at(spring).votes == closed.front().votes);
    // Whom they chose can be sought, and asked for by a task.
    CHECK(w.ask(find_members{has("newcomer_selection", "chosen")}) == std::vector{w.min});
    // They share their experience with newcomers, which is credited to both sides.
    w.as(himself(w.hua)).accepts(record_session{evening, w.hua, {w.lan, w.min}, {}, 90});
    CHECK(w.at<session_credit>(w.hua).given == 1);
    CHECK(w.at<session_credit>(w.min).attended_minutes == 90);
    w.as({});
    for (auto who : advisers) {
        CHECK(past_of(who) == 0);
        CHECK_FALSE(w.at<track_record_entry>(who).assessed);
        CHECK(w.stage(who) == stage::alumni);
    }
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("equal votes are chosen alike, and nobody is chosen without a vote", "[member]") {
    adviser_world w;
    w.given(open_newcomer_vote{spring, {w.lan, w.min, w.guo}, 1, w.now() + days(7)},
        vote_for_newcomer{spring, w.ning, w.guo}, vote_for_newcomer{spring, w.bao, w.lan});
    w.given(open_newcomer_vote{newcomer_vote_id{2}, {w.lan, w.min}, 2, w.now() + days(7)});
    w.wait(days(8)).time_passes();
    auto const closed = w.recorded<newcomer_vote_closed>();
    REQUIRE(closed.size() == 2);
    CHECK(closed.front().votes ==
        std::vector<candidate_votes>{{w.guo, 1, true}, {w.lan, 1, true}, {w.min, 0, false}});
    CHECK(std::none_of(closed.back().votes.begin(), closed.back().votes.end(),
        [](candidate_votes const& v) { return v.chosen; }));
}

TEST_CASE(
    "a candidate who has stepped back by the end leaves their seat to the next", "[member][B24]") {
    adviser_world w;
    w.given(open_newcomer_vote{spring, {w.guo, w.lan}, 1, w.now() + days(7)},
        vote_for_newcomer{spring, w.ning, w.guo}, vote_for_newcomer{spring, w.bao, w.guo},
        vote_for_newcomer{spring, w.hua, w.lan}, record_waning{w.guo, waning_reason::other, {}});
    w.wait(days(7)).time_passes();
    CHECK(w.recorded<newcomer_vote_closed>().front().votes ==
        std::vector<candidate_votes>{{w.guo, 2, false}, {w.lan, 1, true}});
    CHECK(w.ask(find_members{has("newcomer_selection", "chosen")}) == std::vector{w.lan});
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("votes of anybody but an honorary adviser, twice, late or for nobody, are refused",
    "[member][B24][refusal]") {
    adviser_world w;
    w.given(open_newcomer_vote{spring, {w.lan, w.min}, 1, w.now() + days(7)},
        vote_for_newcomer{spring, w.ning, w.lan});
    unmoved same{w};
    auto const closes = w.now() + days(7);
    newcomer_vote_id const next{2};
    same.refuses(vote_for_newcomer{spring, w.ou, w.min}, errc::not_qualified, "member 13",
        "vote of an honorary adviser");
    same.refuses(vote_for_newcomer{spring, w.jin, w.min}, errc::not_qualified, "member 8",
        "vote of an honorary adviser");
    same.refuses(vote_for_newcomer{spring, w.ning, w.min}, errc::already_exists, "member 12",
        "theirs is in");
    same.refuses(vote_for_newcomer{spring, w.bao, w.guo}, errc::not_qualified, "member 6",
        "candidate of newcomer vote 1");
    same.refuses(vote_for_newcomer{next, w.bao, w.lan}, errc::unknown_id, "newcomer vote 2");
    same.refuses(vote_for_newcomer{spring, w.nobody, w.lan}, errc::unknown_id, "member 999");
    same.refuses(open_newcomer_vote{spring, {w.lan}, 1, closes}, errc::already_exists,
        "newcomer vote 1", "new id");
    same.refuses(open_newcomer_vote{next, {w.lan, w.lan}, 1, closes}, errc::invalid_argument,
        "candidates of newcomer vote 2", "each once");
    same.refuses(open_newcomer_vote{next, {w.lan}, 2, closes}, errc::invalid_argument,
        "open_newcomer_vote.seats", "from 1 to the 1 candidates");
    same.refuses(open_newcomer_vote{next, {}, 0, closes}, errc::invalid_argument,
        "open_newcomer_vote.seats");
    same.refuses(open_newcomer_vote{next, {w.lan}, 1, w.now()}, errc::invalid_argument,
        "open_newcomer_vote.closes", "in the future");
    same.refuses(open_newcomer_vote{next, {w.jin}, 1, closes}, errc::not_qualified, "member 8",
        "a newcomer");
    same.refuses(open_newcomer_vote{next, {w.nobody}, 1, closes}, errc::unknown_id, "member 999");
    w.as(himself(w.hua));
    same.refuses(vote_for_newcomer{spring, w.bao, w.min}, errc::not_qualified, "member 5",
        "the member themself");
    same.refuses(open_newcomer_vote{next, {w.lan}, 1, closes}, errc::not_qualified,
        "open_newcomer_vote", "an employee or the host");
    w.wait(days(7));
    w.refuses(vote_for_newcomer{spring, w.hua, w.min}, errc::wrong_state, "newcomer vote 1",
        "still open");
}

} // namespace
