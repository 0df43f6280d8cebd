// SPDX-License-Identifier: BSL-1.0
#include <koc/workflow/ballot.hpp>

#include "support/catch.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

using namespace koc;

namespace {

using voters = std::vector<std::uint64_t>;

ballot of_three() {
    ballot made;
    made.options = 3;
    made.opens = instant{100};
    made.closes = instant{200};
    made.quorum = 2;
    made.seed = 7;
    return made;
}

TEST_CASE("votes are counted once for each voter of the roll", "[workflow]") {
    auto vote = of_three();
    for (auto const& each : {ballot_vote{9, 1, {100}}, {4, 1, {150}}, {6, 2, {199}}}) {
        REQUIRE(check_vote("vote 1", vote, voters{4, 6, 9}, "member", each).has_value());
        cast_vote(vote, each);
    }
    CHECK(std::is_sorted(vote.votes.begin(), vote.votes.end(),
        [](auto const& a, auto const& b) { return a.voter < b.voter; }));
    CHECK(vote_of(vote, 6)->option == 2);
    CHECK(vote_of(vote, 5) == nullptr);
    CHECK(count_votes(vote, voters{4, 6, 9}) == ballot_count{{0, 2, 1}, 3, 3, true});
    // Who is no longer on the roll does not count.
    CHECK(count_votes(vote, voters{6, 12}) == ballot_count{{0, 0, 1}, 1, 2, false});
}

TEST_CASE("of all that is wrong with a vote the first in a fixed order is told", "[workflow]") {
    struct row {
        ballot_vote vote;
        errc code;
        char const* about;
        char const* word;
    };
    auto vote = of_three();
    cast_vote(vote, {4, 0, {150}});
    for (auto const& r : {
             row{{5, 9, {250}}, errc::not_qualified, "member 5", "one of the 2 who may vote"},
             row{{4, 9, {99}}, errc::wrong_state, "vote 1", "1970-01-01T00:00:00.100Z on"},
             row{{4, 9, {200}}, errc::wrong_state, "vote 1", "before the deadline"},
             row{{4, 9, {199}}, errc::already_exists, "member 4", "has not voted on vote 1"},
             row{{6, 3, {199}}, errc::invalid_argument, "vote 1", "from 0 to 2, not 3"},
             row{{6, -1, {199}}, errc::invalid_argument, "vote 1", "not -1"},
         }) {
        INFO(r.word);
        auto const refused = check_vote("vote 1", vote, voters{4, 6}, "member", r.vote);
        REQUIRE_FALSE(refused.has_value());
        CHECK(refused.error().code == r.code);
        CHECK(refused.error().subject == r.about);
        CHECK(refused.error().expected.find(r.word) != std::string::npos);
    }
}

TEST_CASE("a vote has options, time and a quorum that can be reached", "[workflow]") {
    CHECK(check_ballot("vote 1", of_three()).has_value());
    auto const refused = [](auto&& change) {
        auto made = of_three();
        change(made);
        return !check_ballot("vote 1", made).has_value();
    };
    CHECK(refused([](ballot& b) { b.options = 0; }));
    CHECK(refused([](ballot& b) { b.options = ballot_options_max + 1; }));
    CHECK(refused([](ballot& b) { b.closes = b.opens; }));
    CHECK(refused([](ballot& b) { b.quorum = -1; }));
}

TEST_CASE("no vote is counted for an option that a ballot does not have", "[workflow]") {
    auto vote = of_three();
    for (std::int64_t const option : {-1, 3}) {
        CHECK_THROWS_AS(cast_vote(vote, {4, option, {150}}), misfit);
    }
    CHECK(vote.votes.empty());
}

TEST_CASE("each order of the options is shown about as often as any other", "[workflow]") {
    auto const vote = of_three();
    std::map<std::vector<std::int64_t>, int> seen;
    for (std::uint64_t voter = 1; voter <= 6'000; ++voter) {
        ++seen[presentation_order(vote, voter)];
    }
    REQUIRE(seen.size() == 6);
    for (auto const& [order, times] : seen) {
        CHECK(std::is_permutation(
            order.begin(), order.end(), std::vector<std::int64_t>{0, 1, 2}.begin()));
        CHECK(times > 850);
        CHECK(times < 1'150);
    }
    auto other = of_three();
    other.seed = 8;
    bool differs = false;
    for (std::uint64_t voter = 1; voter <= 20; ++voter) {
        CHECK(presentation_order(vote, voter) == presentation_order(vote, voter));
        differs = differs || presentation_order(vote, voter) != presentation_order(other, voter);
    }
    CHECK(differs);
}

} // namespace
