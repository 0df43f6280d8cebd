// SPDX-License-Identifier: BSL-1.0
#include <koc/member/cultivation/messages/onboarding.hpp>

#include "standard/unmoved.hpp"
#include "support/catch.hpp"
#include "support/scenario.hpp"

#include <cstdint>
#include <string>
#include <vector>

using namespace koc;
using koc_test::unmoved;
using koc_test::winter_world;

namespace {

actor himself(member_id who) { return {actor_kind::member, who.value()}; }

/// So many steps of an hour.
std::vector<training_step> hours_of(std::int64_t count) {
    std::vector<training_step> steps;
    for (std::int64_t i = 1; i <= count; ++i) {
        steps.push_back({"Hour " + std::to_string(i), 60});
    }
    return steps;
}

// B18

TEST_CASE("of ten hours of onboarding mentors give six: 60 % are taken over, and the operators' "
          "hours fall from ten to four",
    "[member][B18]") {
    winter_world w;
    w.as({actor_kind::employee, 7}).given(plan_onboarding{w.lan, hours_of(10)});
    auto load = w.ask(measure_training{});
    CHECK(load.planned == 600);
    CHECK(load.for_operators == 600);
    CHECK(load.mentors_share == score{});
    // Before there is a mentor, an operator gives the first hour.
    w.accepts(record_onboarding{w.lan, 1, {}, true});
    w.as({}).given(pair_mentor{w.jin, w.lan});
    w.as(himself(w.jin));
    for (std::int64_t step = 2; step <= 6; ++step) {
        w.accepts(record_onboarding{w.lan, step, w.jin, true});
    }
    // She does not come to the seventh: it counts for nobody, and is given later.
    auto const before = w.ask(measure_training{});
    w.accepts(record_onboarding{w.lan, 7, w.jin, false});
    CHECK(w.recorded<onboarding_missed>().front().step == 7);
    CHECK(w.ask(measure_training{}) == before);
    CHECK(w.at<onboarding_record>(w.lan).steps.at(6).state == training_state::open);
    CHECK(w.at<onboarding_record>(w.lan).steps.at(6).missed == 1);
    w.accepts(record_onboarding{w.lan, 7, w.jin, true});
    load = w.ask(measure_training{});
    CHECK(load.by_mentors == 360);
    CHECK(load.mentors_share == percent(60));
    CHECK(load.for_operators == 240);
    CHECK(load.by_operators == 60);
    w.as({actor_kind::employee, 7});
    for (std::int64_t step = 8; step <= 10; ++step) {
        w.given(record_onboarding{w.lan, step, {}, true});
    }
    CHECK(w.ask(measure_training{}) == training_load{600, 360, 240, 240, percent(60)});
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("steps that are open when somebody is a newcomer no more are no one's work, until they "
          "return",
    "[member][B18]") {
    winter_world w;
    w.given(plan_onboarding{w.an, hours_of(4)}, record_onboarding{w.an, 1, {}, true});
    CHECK(w.ask(measure_training{}).for_operators == 240);
    w.accepts(record_waning{w.an, waning_reason::life_change, {}});
    CHECK(w.ask(measure_training{}) == training_load{60, 0, 60, 60, {}});
    CHECK(w.at<onboarding_record>(w.an).steps.at(1).state == training_state::dropped);
    w.refuses(record_onboarding{w.an, 2, {}, true}, errc::not_qualified, "member 1",
        "stage budding or active, not evolving");
    w.accepts(confirm_willingness{w.an});
    CHECK(w.ask(measure_training{}) == training_load{240, 0, 60, 240, {}});
    w.accepts(record_onboarding{w.an, 2, {}, true});
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("a step that was given, of nobody's plan or by who is not the mentor, is refused",
    "[member][B18][refusal]") {
    winter_world w;
    w.given(pair_mentor{w.jin, w.lan}, plan_onboarding{w.lan, hours_of(2)},
        record_onboarding{w.lan, 1, w.jin, true});
    unmoved same{w};
    auto const about = "onboarding of member 10";
    same.refuses(
        record_onboarding{w.lan, 1, {}, true}, errc::already_exists, about, "step 1 was given");
    same.refuses(
        record_onboarding{w.lan, 1, w.jin, false}, errc::already_exists, about, "step 1 was given");
    same.refuses(record_onboarding{w.lan, 3, {}, true}, errc::invalid_argument,
        "record_onboarding.step", "from 1 to 2");
    same.refuses(record_onboarding{w.lan, 0, {}, true}, errc::invalid_argument,
        "record_onboarding.step", "from 1 to 2");
    same.refuses(record_onboarding{w.lan, 2, w.kai, true}, errc::unknown_id, "mentor 9",
        "a link to mentee 10");
    same.refuses(record_onboarding{w.min, 1, {}, true}, errc::wrong_state,
        "onboarding of member 11", "a plan first");
    same.refuses(record_onboarding{w.nobody, 1, {}, true}, errc::unknown_id, "member 999");
    same.refuses(record_onboarding{w.ou, 1, {}, true}, errc::not_qualified, "member 13",
        "stage budding or active, not alumni");
    same.refuses(
        plan_onboarding{w.lan, hours_of(1)}, errc::already_exists, about, "without a plan");
    same.refuses(
        plan_onboarding{w.jin, hours_of(1)}, errc::not_qualified, "member 8", "budding or active");
    same.refuses(plan_onboarding{w.min, {}}, errc::invalid_argument, "onboarding of member 11",
        "from 1 to 100 steps");
    same.refuses(plan_onboarding{w.min, {{"Long", 1441}}}, errc::invalid_argument,
        "onboarding of member 11", "from 1 to 1440 minutes");
    same.refuses(plan_onboarding{w.min, {{"", 60}}}, errc::invalid_text,
        "step of the onboarding of member 11");
    w.as(himself(w.lan)); // nobody gives themself a step
    same.refuses(
        record_onboarding{w.lan, 2, w.jin, true}, errc::not_qualified, about, "not member 10");
    same.refuses(
        record_onboarding{w.lan, 2, {}, true}, errc::not_qualified, about, "not member 10");
    w.as(himself(w.jin));
    same.refuses(record_onboarding{w.lan, 2, {}, true}, errc::not_qualified, about, "not member 8");
    same.refuses(plan_onboarding{w.min, hours_of(1)}, errc::not_qualified, "plan_onboarding",
        "an employee or the host");
}

} // namespace
