// SPDX-License-Identifier: BSL-1.0
#include <koc/member/cultivation/messages/pairing.hpp>

#include "standard/unmoved.hpp"
#include "support/catch.hpp"
#include "support/scenario.hpp"

#include <vector>

using namespace koc;
using koc_test::unmoved;
using koc_test::winter_world;

namespace {

using pairs = std::vector<drawn_pair>;
actor himself(member_id who) { return {actor_kind::member, who.value()}; }

/// Three mature members with two seats each; what everybody would like is said.
class pairing_world : public winter_world {
public:
    pairing_world() {
        for (auto ago : {40, 20, 0}) {
            given(record_outcome{an, {}, percent(95), now() - days(ago)});
        }
        given(adopt<mentorship_rules>{{2}});
    }
    /// The member likes these the better the earlier they are named.
    void likes(member_id who, std::vector<member_id> const& others) {
        auto liking = 90;
        for (auto other : others) {
            given(wish_pair{who, other, percent(liking)});
            liking -= 20;
        }
    }
};

// B16

TEST_CASE("one mature member leads several newcomers, and no two would rather have each other",
    "[member][B16]") {
    pairing_world w;
    CHECK(w.stage(w.an) == stage::mature);
    // All four would like Jin best, who has two seats and likes Min and Bao best.
    for (auto who : {w.lan, w.min, w.bao, w.hua}) {
        w.likes(who, {w.jin, w.kai, w.an});
    }
    w.likes(w.jin, {w.min, w.bao, w.lan, w.hua});
    w.likes(w.kai, {w.hua, w.lan, w.min, w.bao});
    w.as({actor_kind::employee, 7}).accepts(draw_pairs{{w.lan, w.min, w.bao, w.hua}});
    auto const drawn = w.recorded<pairs_drawn>().front();
    CHECK(drawn.pairs == pairs{{w.jin, w.bao}, {w.kai, w.hua}, {w.kai, w.lan}, {w.jin, w.min}});
    CHECK(drawn.unpaired.empty());
    CHECK(w.recorded<mentor_paired>().size() == 4);
    w.as({});
    // What is kept is of those who said something, were drawn or may lead, and of nobody else.
    CHECK(w.engine().find_record<pairing_record>(w.bao.value())->drawn);
    CHECK(w.engine().find_record<pairing_record>(w.kai.value())->mature);
    CHECK(w.engine().find_record<pairing_record>(w.chen.value()) == nullptr);
    // Six seats are all there are; who comes too late is told.
    w.given(draw_pairs{{w.guo, w.fang}});
    CHECK(w.recorded<pairs_drawn>().front().pairs == pairs{{w.an, w.fang}, {w.an, w.guo}});
    w.accepts(draw_pairs{{w.chen}});
    CHECK(w.recorded<pairs_drawn>().front().unpaired == std::vector{w.chen});
    CHECK(w.recorded<mentor_paired>().empty());
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE(
    "when a mentor leaves the fewest possible pairs change, and only drawn ones", "[member][B16]") {
    pairing_world w;
    w.likes(w.lan, {w.jin, w.kai, w.an});
    w.likes(w.min, {w.jin, w.kai, w.an});
    w.likes(w.bao, {w.kai, w.an, w.jin});
    w.likes(w.hua, {w.an, w.kai, w.jin});
    w.likes(w.kai, {w.lan, w.min, w.bao, w.hua});
    w.given(draw_pairs{{w.lan, w.min, w.bao, w.hua}}, pair_mentor{w.kai, w.guo});
    CHECK(w.history_of<pairs_drawn>().front().pairs ==
        pairs{{w.kai, w.bao}, {w.an, w.hua}, {w.jin, w.lan}, {w.jin, w.min}});
    // Jin leaves two. Kai has one seat by hand, which stays, and likes Lan better than Bao; so Lan
    // takes Bao's place, Bao and Min compete for An's last seat. Hua keeps hers.
    w.likes(w.an, {w.hua, w.bao, w.min, w.lan});
    w.accepts(record_waning{w.jin, waning_reason::life_change, {}});
    auto const redrawn = w.recorded<pairs_redrawn>();
    REQUIRE(redrawn.size() == 1);
    CHECK(redrawn.front().left == w.jin);
    CHECK(redrawn.front().pairs == pairs{{w.an, w.bao}, {w.kai, w.lan}});
    CHECK(redrawn.front().unpaired == std::vector{w.min});
    CHECK(w.recorded<mentor_released>().size() == 3); // two by Jin, and Bao's
    CHECK(w.digest() == w.digest_of_replay());
    // Pairs that were made by hand are released, not drawn.
    winter_world other;
    other.given(pair_mentor{other.jin, other.lan});
    other.accepts(record_waning{other.jin, waning_reason::life_change, {}});
    CHECK(other.recorded<mentor_released>().size() == 1);
    CHECK(other.recorded<pairs_redrawn>().empty());
    CHECK(other.recorded<mentor_paired>().empty());
}

TEST_CASE("when the last mentor leaves, drawn newcomers wait without one", "[member][B16]") {
    winter_world w;
    w.given(record_waning{w.kai, waning_reason::life_change, {}}, draw_pairs{{w.lan}});
    w.accepts(record_waning{w.jin, waning_reason::life_change, {}});
    REQUIRE(w.recorded<pairs_redrawn>().size() == 1);
    CHECK(w.recorded<pairs_redrawn>().front().pairs.empty());
    CHECK(w.recorded<pairs_redrawn>().front().unpaired == std::vector{w.lan});
    CHECK(w.recorded<mentor_released>().size() == 1);
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("a mentor may leave when fewer mentees are allowed than others have, who keep theirs and "
          "get no more",
    "[member][B16]") {
    winter_world w;
    for (auto who : {w.lan, w.min, w.bao}) {
        w.given(wish_pair{who, w.jin, score{}});
    }
    w.given(draw_pairs{{w.lan, w.min, w.bao}}); // all to Kai
    CHECK(w.recorded<mentor_paired>().size() == 3);
    w.given(wish_pair{w.an, w.kai, score{}}, draw_pairs{{w.an}}); // to Jin
    CHECK(w.recorded<pairs_drawn>().front().pairs == pairs{{w.jin, w.an}});
    // Both would like each other best, but Kai has three where one is allowed.
    w.given(wish_pair{w.an, w.kai, whole(1)}, wish_pair{w.kai, w.an, whole(1)},
        adopt<mentorship_rules>{{1}});
    w.accepts(record_waning{w.jin, waning_reason::life_change, {}});
    CHECK(w.stage(w.jin) == stage::evolving);
    REQUIRE(w.recorded<pairs_redrawn>().size() == 1);
    CHECK(w.recorded<pairs_redrawn>().front().unpaired == std::vector{w.an});
    CHECK(w.recorded<mentor_paired>().empty());
    CHECK(w.recorded<mentor_released>().size() == 1); // An, by Jin: Kai's stay
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("without a word of anybody common interests decide, and a word of never rules out",
    "[member]") {
    winter_world w;
    // Jin is about technology, Kai about life.
    w.given(draw_pairs{{w.guo, w.hua, w.min}});
    auto const drawn = w.recorded<pairs_drawn>().front();
    CHECK(drawn.pairs.at(0) == drawn_pair{w.jin, w.guo});
    CHECK(drawn.pairs.at(1) == drawn_pair{w.kai, w.hua});
    winter_world never;
    never.as(himself(never.guo)).given(wish_pair{never.guo, never.jin, score{}});
    never.as(himself(never.kai)).given(wish_pair{never.kai, never.guo, score{}});
    never.as({}).accepts(draw_pairs{{never.guo}});
    CHECK(never.recorded<pairs_drawn>().front().unpaired == std::vector{never.guo});
}

TEST_CASE("where the last mentor leaves, nobody is paired, and their leaving is accepted",
    "[member][B16]") {
    winter_world w;
    w.given(record_waning{w.kai, waning_reason::other, {}}, draw_pairs{{w.lan}});
    w.accepts(record_waning{w.jin, waning_reason::other, {}});
    CHECK(w.recorded<mentor_released>().size() == 1);
    CHECK(w.recorded<mentor_paired>().empty());
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("either side of a pair may end it, and the desk pairs nobody with whom one of them says "
          "never of",
    "[member][B16]") {
    winter_world w;
    w.given(pair_mentor{w.jin, w.lan}, pair_mentor{w.jin, w.min}, pair_mentor{w.kai, w.an});
    w.as(himself(w.lan)).accepts(release_mentor{w.jin, w.lan});
    w.as(himself(w.jin)).accepts(release_mentor{w.jin, w.min});
    w.as({actor_kind::employee, 3}).accepts(release_mentor{w.kai, w.an});
    w.as(himself(w.lan)).given(wish_pair{w.lan, w.jin, score{}});
    w.as(himself(w.kai)).given(wish_pair{w.kai, w.min, score{}});
    w.as({}).refuses(pair_mentor{w.jin, w.lan}, errc::not_qualified, "member 10",
        "who did not say never of member 8");
    w.refuses(pair_mentor{w.kai, w.min}, errc::not_qualified, "member 9",
        "who did not say never of member 11");
    w.accepts(pair_mentor{w.kai, w.lan}).accepts(pair_mentor{w.jin, w.min});
    // The newest word counts, and ends no pair by itself.
    w.given(wish_pair{w.lan, w.kai, score{}});
    CHECK(w.history_of<mentor_released>().size() == 3);
    w.given(release_mentor{w.kai, w.lan}, wish_pair{w.lan, w.jin, percent(50)});
    w.accepts(pair_mentor{w.jin, w.lan});
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("self-mentoring, cycles, and drawing whom nobody can lead are refused",
    "[member][B16][refusal]") {
    winter_world w;
    w.given(pair_mentor{w.jin, w.lan});
    unmoved same{w};
    same.refuses(pair_mentor{w.jin, w.jin}, errc::not_qualified, "member 8", "budding or active");
    same.refuses(pair_mentor{w.lan, w.jin}, errc::not_qualified, "member 10", "stage mature");
    same.refuses(pair_mentor{w.jin, w.kai}, errc::not_qualified, "member 9", "budding or active");
    same.refuses(pair_mentor{w.kai, w.lan}, errc::no_capacity, "mentee 10", "mentor");
    same.refuses(pair_mentor{w.ou, w.min}, errc::not_qualified, "member 13", "stage mature");
    same.refuses(draw_pairs{{}}, errc::invalid_argument, "draw_pairs.mentees", "each once");
    same.refuses(
        draw_pairs{{w.min, w.min}}, errc::invalid_argument, "draw_pairs.mentees", "each once");
    same.refuses(draw_pairs{{w.nobody}}, errc::unknown_id, "member 999");
    same.refuses(draw_pairs{{w.jin}}, errc::not_qualified, "member 8", "a newcomer");
    same.refuses(draw_pairs{{w.ou}}, errc::not_qualified, "member 13", "a newcomer");
    same.refuses(draw_pairs{{w.lan}}, errc::already_exists, "member 10", "without a mentor");
    same.refuses(
        wish_pair{w.lan, w.lan, percent(50)}, errc::invalid_argument, "member 10", "another");
    same.refuses(wish_pair{w.lan, w.nobody, percent(50)}, errc::unknown_id, "member 999");
    same.refuses(wish_pair{w.lan, w.jin, percent(101)}, errc::invalid_argument, "wish_pair.liking");
    w.as(himself(w.lan));
    same.refuses(wish_pair{w.min, w.jin, percent(50)}, errc::not_qualified, "member 11",
        "the member themself");
    same.refuses(draw_pairs{{w.min}}, errc::not_qualified, "draw_pairs", "an employee or the host");
    // Who has as many as are allowed is given no more, by hand or drawn.
    w.as({}).given(adopt<mentorship_rules>{{1}});
    unmoved full{w};
    full.refuses(pair_mentor{w.jin, w.min}, errc::no_capacity, "mentor 8", "1");
    w.as(himself(w.jin));
    full.refuses(
        pair_mentor{w.jin, w.min}, errc::not_qualified, "pair_mentor", "an employee or the host");
    w.as(himself(w.kai));
    full.refuses(release_mentor{w.jin, w.lan}, errc::not_qualified, "mentor 8",
        "the mentor, the mentee, an employee or the host to send this, not member 9");
    // No chain of mentors leads back: who is led by Jin and has grown cannot be followed by Jin,
    // as a mature member is led by nobody; the first pair has ended by then.
    w.as({});
    w.given(record_contact{w.lan, {}}, confirm_willingness{w.lan});
    for (auto ago : {40, 20, 0}) {
        w.given(record_outcome{w.lan, {}, percent(95), w.now() - days(ago)});
    }
    unmoved grown{w};
    grown.refuses(pair_mentor{w.lan, w.jin}, errc::not_qualified, "member 8", "budding or active");
    grown.refuses(release_mentor{w.jin, w.lan}, errc::unknown_id, "mentor 8", "mentee 10");
}

} // namespace
