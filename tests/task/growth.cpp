// SPDX-License-Identifier: BSL-1.0
#include <koc/task/messages/growth.hpp>

#include "member/cultivated.hpp"
#include "standard/unmoved.hpp"
#include "support/catch.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

using namespace koc;
using koc_test::cultivated_world;
using koc_test::unmoved;

namespace {

using names = std::vector<std::string>;

/// Work of a task of its own, rated by depth and the same in every other dimension.
void made(
    cultivated_world& w, member_id who, std::uint64_t n, std::int64_t depth, std::int64_t other) {
    w.wait(days(1));
    w.listed(w.brief(task_id{n}));
    w.handed_in(task_id{n}, who, submission_id{n});
    auto review = w.rate(submission_id{n}, percent(other));
    review.ratings.front().value = percent(depth);
    w.given(review);
}
names risen(std::vector<dimension_change> const& changes) {
    names rose;
    for (auto const& change : changes) {
        if (change.rose) {
            rose.push_back(change.dimension);
        }
    }
    return rose;
}

// D05

TEST_CASE("a member's work rises turn by turn and dimension by dimension, and it shows what rose "
          "after which support",
    "[task][D05]") {
    cultivated_world w;
    w.active(w.pan, {source::open});
    w.given(adopt<growth_rules>{{2, percent(5), {"talk about the direction"}}});
    auto const pan = show_growth{w.pan};
    CHECK(w.ask(pan).turns.empty());

    made(w, w.pan, 1, 50, 60);
    made(w, w.pan, 2, 54, 60);
    w.wait(days(1)).given(
        complete_step{w.pan, "talk about the direction", "https://example.org/talk/1"});
    // One side has too little to say anything yet.
    made(w, w.pan, 3, 70, 60);
    REQUIRE(w.ask(pan).supports.size() == 1);
    CHECK(w.ask(pan).supports[0].too_few);
    CHECK(w.ask(pan).supports[0].dimensions.empty());
    CHECK(w.ask(pan).turns.size() == 1);
    CHECK(w.ask(pan).works_left == 1);
    made(w, w.pan, 4, 74, 60);
    // The mentor helps with what the training left as it was, and the topic is planned together.
    w.wait(days(1)).given(pair_mentor{w.jin, w.pan});
    made(w, w.pan, 5, 72, 80);
    made(w, w.pan, 6, 72, 82);
    w.wait(days(1)).as(w.self(w.pan)).given(plan_piece{piece_id{1}, w.pan, "My own winter"});
    w.as(w.self(w.jin)).given(agree_topic{piece_id{1}}).as({});
    made(w, w.pan, 7, 60, 80);
    made(w, w.pan, 8, 60, 80);

    auto const view = w.ask(pan);
    REQUIRE(view.turns.size() == 4);
    CHECK(view.works_left == 0);
    // 0.4 of depth and 0.6 of the others: 56.8, 64.8, 77.4, 72 of 100.
    CHECK(view.turns[0].quality == score{568'000});
    CHECK(view.turns[1].quality == score{648'000});
    CHECK(view.turns[2].quality == score{774'000});
    CHECK(view.turns[3].quality == score{720'000});
    CHECK(view.turns[0].higher == std::nullopt);
    CHECK(view.turns[1].higher == true);
    CHECK(view.turns[2].higher == true);
    CHECK(view.turns[3].higher == false); // the spiral is read, not assumed
    CHECK(view.turns[1].dimensions[1] ==
        dimension_change{"depth", percent(52), percent(72), true, false});
    CHECK(risen(view.turns[0].dimensions).empty());
    CHECK(risen(view.turns[1].dimensions) == names{"depth"});
    CHECK(risen(view.turns[2].dimensions) == names{"creativity", "interaction", "visual"});
    CHECK(view.turns[3].dimensions[1].fell);
    CHECK(view.turns[0].to < view.turns[1].from);

    REQUIRE(view.supports.size() == 3);
    CHECK(view.supports[0].type == support_type::training);
    CHECK(view.supports[0].by == "talk about the direction");
    CHECK(risen(view.supports[0].dimensions) == names{"depth"});
    CHECK(view.supports[1].type == support_type::mentoring);
    CHECK(view.supports[1].by == "member 8");
    CHECK(risen(view.supports[1].dimensions) == names{"creativity", "interaction", "visual"});
    CHECK(view.supports[2].type == support_type::co_planning);
    CHECK(view.supports[2].by == "piece 1");
    CHECK(risen(view.supports[2].dimensions).empty());

    // A corrected review moves the turn that it is in, and what came after the support.
    auto right = w.rate(submission_id{7}, percent(80));
    right.ratings.front().value = percent(90);
    w.given(correct_review{submission_id{7}, right.ratings, "mistyped"});
    auto mended = w.rate(submission_id{8}, percent(80)).ratings;
    mended.front().value = percent(90);
    w.given(correct_review{submission_id{8}, mended, "mistyped"});
    CHECK(w.ask(pan).turns[3].higher == true);
    CHECK(risen(w.ask(pan).supports[2].dimensions) == names{"depth"});

    // A session of sharing is support for each who came to it; whoever did not come had none.
    w.given(record_session{session_id{1}, w.jin, {w.pan}, {w.an}, 60});
    CHECK(w.ask(pan).supports.back().type == support_type::session);
    CHECK(w.ask(pan).supports.back().too_few);
    CHECK(w.ask(show_growth{w.an}).supports.empty());
    // The member reads their own.
    w.as(w.self(w.pan));
    CHECK(w.ask(pan).turns.size() == 4);
    w.as({});
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("the growth of nobody, of alumni or of another member, and turns of no work, are refused",
    "[task][D05][refusal]") {
    cultivated_world w;
    unmoved u{w};
    u.denies(show_growth{w.nobody}, errc::unknown_id, "member 999", "");
    u.denies(show_growth{w.ou}, errc::not_qualified, "member 13", "alumni are not assessed");
    u.refuses(adopt<growth_rules>{{0, percent(5), {}}}, errc::invalid_argument,
        "growth_rules.works_per_turn", "from 1 to 1,000");
    u.refuses(adopt<growth_rules>{{2, score{}, {}}}, errc::invalid_argument,
        "growth_rules.rise_min", "above 0");
    u.refuses(adopt<growth_rules>{{2, percent(5), {""}}}, errc::invalid_text,
        "growth_rules.training_steps");
    w.as(w.self(w.an));
    u.denies(show_growth{w.chen}, errc::not_qualified, "member 2", "not member 1");
}

} // namespace
