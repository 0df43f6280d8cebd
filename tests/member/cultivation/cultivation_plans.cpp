// SPDX-License-Identifier: BSL-1.0
#include <koc/member/cultivation/messages/cultivation_plans.hpp>

#include "member/cultivated.hpp"
#include "standard/unmoved.hpp"
#include "support/catch.hpp"
#include "support/scenario.hpp"

#include <string>
#include <utility>
#include <vector>

using namespace koc;
using koc_test::cultivated_world;
using koc_test::unmoved;

namespace {

using names = std::vector<std::string>;

plan_step step(std::string name, std::vector<std::string> after = {}) {
    return {std::move(name), "studio", "", days(7), false, false, std::move(after)};
}
cultivation_plan studio_plan() {
    return {plan_id{20}, "studio days",
        has("stage", "active") && has("source", "open") && has("source", "owned"), 5, "studio",
        days(10), {step("visit"), step("film", {"visit"})}};
}

// A10

TEST_CASE("where somebody was found chooses how they are cultivated, as data that a brand changes",
    "[member][A10]") {
    cultivated_world w;
    w.active(w.pan, {source::open});
    w.active(w.qi, {source::owned});
    w.active(w.ru, {source::open, source::owned});
    CHECK(w.next(w.pan) == names{"talk about the direction"});
    CHECK(w.next(w.qi) == names{"content training"});
    CHECK(w.next(w.ru) == names{"talk about the direction"});
    CHECK(w.plan_of(w.pan).owner == "content lead");
    CHECK(w.plan_of(w.qi).owner == "mentor desk");
    CHECK(w.plan_of(w.pan).contact_every == days(14));
    CHECK(w.plan_of(w.qi).contact_every == days(7));
    // Of two from the brand's own communities, the shy one begins with a talk.
    constexpr member_id shy{76};
    w.active(shy, {source::owned});
    w.given(measure_potential{shy, trait::will_to_speak, percent(20), "first interview"});
    CHECK(w.next(shy) == names{"talk about their own story"});
    CHECK(w.next(w.qi) == names{"content training"});
    // What is a step of one track is none of the other.
    w.refuses(complete_step{w.qi, "talk about the direction", ""}, errc::unknown_id,
        "step 'talk about the direction' of member 71", "'content training'");
    w.given(complete_step{w.pan, "talk about the direction", ""});
    CHECK(w.next(w.pan) == names{"direction calibration"});

    // A brand takes those who were found in both places through a plan of its own.
    w.given(define_plan{studio_plan()});
    constexpr member_id sun{73};
    w.active(sun, {source::open, source::owned});
    CHECK(w.next(sun) == names{"visit"});
    CHECK(w.plan_of(sun).owner == "studio");
    CHECK(w.next(w.ru) ==
        names{"talk about the direction"}); // begun before, and brought over by hand
    w.accepts(choose_plan{w.ru});
    CHECK(w.recorded<plan_closed>().front().plan == plan_id{2});
    CHECK(w.next(w.ru) == names{"visit"});

    // Its next version is for who comes next; who is on a version stays on it.
    auto changed = studio_plan();
    changed.steps = {step("film at home")};
    w.accepts(define_plan{changed});
    CHECK(w.recorded<plan_defined>().front().version == 2);
    constexpr member_id tao{74};
    w.active(tao, {source::open, source::owned});
    CHECK(w.next(tao) == names{"film at home"});
    CHECK(w.next(sun) == names{"visit"});
    CHECK(w.record(sun).version == 1);
    w.given(retire_plan{plan_id{20}});
    constexpr member_id uma{75};
    w.active(uma, {source::open, source::owned});
    CHECK(w.next(uma) == names{"talk about the direction"});
    CHECK(w.next(sun) == names{"visit"});
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("a plan through which nobody can be taken is refused with what is wrong",
    "[member][A10][refusal]") {
    cultivated_world w;
    w.active(w.pan, {source::open});
    unmoved u{w};
    auto const with = [](auto change) {
        auto plan = studio_plan();
        change(plan);
        return define_plan{std::move(plan)};
    };
    u.refuses(with([](auto& p) {
        p.steps = {step("a", {"b"}), step("b", {"a"})};
    }),
        errc::invalid_argument, "of plan 20", "'a' waits for 'b' waits for 'a'");
    u.refuses(with([](auto& p) { p.steps.push_back(step("visit")); }), errc::invalid_argument,
        "step 'visit' of plan 20", "no other step has");
    u.refuses(with([](auto& p) { p.steps[0].after = {"arrive"}; }), errc::unknown_id,
        "step 'visit' of plan 20", "'arrive'");
    u.refuses(with([](auto& p) { p.steps[0].act = "dance"; }), errc::invalid_argument,
        "step 'visit' of plan 20", "publish_piece");
    for (auto const by_another : {false, true}) {
        u.refuses(with([&](auto& p) {
            p.steps[0].act = "publish_piece";
            (by_another ? p.steps[0].by_another : p.steps[0].needs_evidence) = true;
        }),
            errc::invalid_argument, "step 'visit' of plan 20", "nobody reports it");
    }
    u.refuses(with([](auto& p) { p.audience = has("source", "moon"); }), errc::unknown_id,
        "source:moon", "expected");
    u.refuses(with([](auto& p) { p.owner = ""; }), errc::invalid_text, "owner of plan 20");
    u.refuses(with([](auto& p) { p.name = " "; }), errc::invalid_text, "name of plan 20");
    u.refuses(with([](auto& p) { p.contact_every = hours(3); }), errc::invalid_argument, "plan 20",
        "a day or more");
    u.refuses(with([](auto& p) {
        p.contact.guide = {"Thank them", ""};
    }),
        errc::invalid_text, "talking point of plan 20");
    u.refuses(with([](auto& p) { p.contact.guide.assign(21, "Ask"); }), errc::too_large,
        "guide of plan 20", "at most 20");
    u.refuses(with([](auto& p) { p.plan = plan_id{}; }), errc::invalid_argument, "plan 0");
    u.refuses(retire_plan{plan_id{20}}, errc::unknown_id, "plan 20");
    u.refuses(choose_plan{w.pan}, errc::already_exists, "member 70", "plan 2");
    w.as(w.self(w.pan));
    u.refuses(define_plan{studio_plan()}, errc::not_qualified, "define_plan", "not member 70");
    u.refuses(retire_plan{plan_id{2}}, errc::not_qualified, "retire_plan", "not member 70");
    u.refuses(choose_plan{w.pan}, errc::not_qualified, "choose_plan", "not member 70");
}

TEST_CASE("who no plan in use fits is on none", "[member]") {
    cultivated_world w;
    w.given(retire_plan{plan_id{1}});
    w.enrolled(w.pan, {source::open});
    CHECK(w.next(w.pan).empty());
    w.refuses(choose_plan{w.pan}, errc::not_qualified, "member 70", "define one");
    w.refuses(complete_step{w.pan, "first talk", ""}, errc::wrong_state,
        "step 'first talk' of member 70", "on a plan");
    w.refuses(retire_plan{plan_id{1}}, errc::already_exists, "plan 1", "in use");
}

TEST_CASE(
    "an account that was merged may rise by a correction of its old work, and gets no plan of its "
    "own",
    "[member][B02][E18]") {
    koc_test::winter_world w;
    w.listed(w.brief(task_id{1}));
    w.handed_in(task_id{1}, w.hua, submission_id{1});
    w.given(w.rate(submission_id{1}, percent(40)),
        record_outcome{w.hua, {w.tag("interest", "life")}, percent(95), w.now() - days(70)},
        record_outcome{w.hua, {w.tag("interest", "life")}, percent(95), w.now() - days(35)},
        select_best{task_id{1}, 1, percent(10)},
        merge_members{w.dong, w.hua, {w.hua.value(), "the same telephone number"}});

    w.accepts(correct_review{
        submission_id{1}, w.rate(submission_id{1}, percent(95)).ratings, "mistyped"});

    CHECK(w.recorded<stage_changed>().size() == 1);
    CHECK(w.recorded<plan_started>().empty());
    CHECK(w.digest() == w.digest_of_replay());
}

} // namespace
