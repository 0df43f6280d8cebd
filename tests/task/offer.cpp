// SPDX-License-Identifier: BSL-1.0
#include <koc/task/messages/offer.hpp>

#include <koc/lifecycle/diagram.hpp>

#include "support/catch.hpp"
#include "task/small_programme.hpp"

#include <cstdint>
#include <limits>
#include <string>

using namespace koc;
using koc_test::judge_work;
using koc_test::small_world;

namespace {

constexpr task_id one{1};
constexpr offer_id first{1};
constexpr offer_id second{2};

TEST_CASE("an accepted offer holds a seat for the time of a lease", "[task]") {
    small_world w;
    w.pushed(one, 1, w.an);
    CHECK(w.at(first).fit == percent(80));
    w.wait(days(1)).accepts(accept_offer{first});
    CHECK(w.at(first).stage == offer_stage::held);
    CHECK(w.recorded<offer_accepted>().front().lease_until == w.now() + days(14));
    CHECK(w.at(first).until == w.now() + days(14));
    CHECK(w.seats_taken(one) == 1);
    CHECK(w.commitments(w.an) == 1);
    CHECK(w.stage(one) == task_stage::under_way);
    CHECK(w.replays());
}

TEST_CASE("how long a lease is, is a rule", "[task]") {
    small_world w;
    w.goes_by(offer_rules{days(5)});
    w.pushed(one, 1, w.an);
    w.accepts(accept_offer{first});
    CHECK(w.at(first).until == w.now() + days(5));
    w.refuses(
        adopt<offer_rules>{{duration{}}}, errc::invalid_argument, "offer_rules.lease", "above 0");
}

TEST_CASE("neither the time to answer nor a lease outlasts the task", "[task]") {
    small_world w;
    auto made = w.brief(one);
    made.due_at = w.now() + days(5);
    auto late = w.push(one, w.bao);
    late.answer_by = w.now() + days(9);
    w.given(open_task{made}, w.push(one, w.an), late);
    CHECK(w.at(first).until == w.now() + days(3));
    CHECK(w.at(second).until == made.due_at);
    w.wait(days(2)).accepts(accept_offer{first});
    CHECK(w.recorded<offer_accepted>().front().lease_until == made.due_at);
    w.goes_by(offer_rules{{(std::numeric_limits<std::int64_t>::max)()}});
    w.accepts(accept_offer{second});
    CHECK(w.recorded<offer_accepted>().front().lease_until == made.due_at);
}

TEST_CASE("the answer comes in time or not at all, and nobody has to say so", "[task][E38]") {
    small_world w;
    w.pushed(one, 1, w.an);
    w.wait(days(3) - duration{1}).time_passes();
    CHECK(w.at(first).stage == offer_stage::sent);
    w.wait(duration{1}).time_passes();
    CHECK(w.recorded<offer_expired>().size() == 1);
    CHECK(w.events().front().by.kind == actor_kind::time);
    CHECK(w.at(first).stage == offer_stage::expired);
    CHECK(w.stage(one) == task_stage::open);
    w.refuses(
        accept_offer{first}, errc::wrong_state, "offer 1", "no further event in stage expired");
    CHECK_FALSE(w.engine().next_due().has_value());
    CHECK(w.replays());
}

TEST_CASE("whom an offer found busy may be asked again when it has expired", "[task][C15][E38]") {
    small_world w;
    auto made = w.brief(one);
    made.due_at = w.now() + days(60);
    w.given(open_task{made}, w.push(one, w.an));
    w.refuses(w.push(one, w.an), errc::wrong_state, "member 1", "accept offer 1 instead");
    w.wait(days(30)).accepts(w.push(one, w.an, 2));
    CHECK(w.recorded<offer_sent>().front().offer == second); // no id comes twice
    w.accepts(accept_offer{second});
    CHECK(w.seats_taken(one) == 1);
}

TEST_CASE("being asked again is asked of the same attention", "[task][C15]") {
    small_world w;
    w.pushed(one, 3, w.an);
    for (std::int64_t wave = 2; wave <= 3; ++wave) {
        auto again = w.wait(days(1)).now();
        auto asked = w.push(one, w.an, wave);
        asked.answer_by = again + hours(1);
        if (wave == 2) {
            w.refuses(asked, errc::wrong_state, "member 1", "accept offer 1 instead");
            w.wait(days(2));
            asked.answer_by = w.now() + hours(1);
        }
        w.accepts(asked);
    }
    w.wait(days(1)).refuses(
        w.push(one, w.an, 4), errc::over_budget, "member 1", "was asked 3 times");
    CHECK(w.at<attention_record>(w.an).asked.size() == 3);
    w.wait(days(7)).accepts(w.push(one, w.an, 4));
}

TEST_CASE("a no is recorded, buys peace, and is not asked about again", "[task][C15]") {
    small_world w;
    w.pushed(one, 1, w.an);
    w.accepts(decline_offer{first, {w.an.value(), "No time before spring"}});
    CHECK(w.at(first).stage == offer_stage::declined);
    CHECK(w.recorded<attention_refused>().size() == 1);
    w.refuses(accept_offer{first}, errc::wrong_state, "offer 1");
    w.refuses(decline_offer{first, {}}, errc::wrong_state, "offer 1");
    w.given(open_task{w.brief(task_id{2})});
    w.refuses(w.push(task_id{2}, w.an), errc::over_budget, "member 1", "left in peace");
    w.wait(days(20));
    w.refuses(w.push(one, w.an, 2), errc::wrong_state, "member 1", "claim it from the board");
    w.accepts(w.push(task_id{2}, w.an));
}

TEST_CASE(
    "a lease that ends without work frees the seat, and it is offered to the next", "[task][E38]") {
    small_world w;
    w.pushed(one, 1, w.an);
    w.given(accept_offer{first});
    w.refuses(w.push(one, w.bao), errc::no_capacity, "task 1", "1 are taken");
    w.wait(days(14)).time_passes();
    CHECK(w.recorded<offer_lapsed>().size() == 1);
    CHECK(w.recorded<commitment_ended>().size() == 1);
    CHECK(w.seats_taken(one) == 0);
    CHECK(w.commitments(w.an) == 0);
    w.accepts(w.push(one, w.bao, 2));
    CHECK(w.recorded<offer_sent>().front().wave == 2);
    CHECK(w.at<seat_record>(one).wave == 2);
    w.accepts(w.push(one, w.an, 2)); // who let it lapse may try again
    CHECK(w.replays());
}

TEST_CASE("offers end in the order of their time, each at its own", "[task]") {
    small_world w;
    w.pushed(one, 5, w.an);
    w.wait(hours(1)).given(w.push(one, w.bao), w.push(one, w.chen));
    auto const began = w.now() - hours(1);
    w.wait(days(9)).time_passes();
    auto const expired = w.recorded<offer_expired>();
    REQUIRE(expired.size() == 3);
    CHECK(expired.front().offer == first);
    CHECK(w.events().front().at == began + days(3));
    CHECK(w.events().back().at == began + days(3) + hours(1));
}

TEST_CASE("seats are first come, first served", "[task]") {
    small_world w;
    w.pushed(one, 1, w.an, w.bao);
    w.given(accept_offer{first});
    w.refuses(accept_offer{second}, errc::no_capacity, "task 1", "all 1 are taken");
}

TEST_CASE("nobody holds more unfinished work than the programme says", "[task][C15]") {
    small_world w;
    for (std::uint64_t i = 1; i <= 3; ++i) {
        w.pushed(task_id{i}, 1, w.bao);
    }
    w.given(accept_offer{offer_id{1}}, accept_offer{offer_id{2}});
    w.refuses(accept_offer{offer_id{3}}, errc::no_capacity, "member 5", "hand one in first");
    w.given(submit_work{submission_id{1}, task_id{1}, w.bao, "https://example.org/w"});
    w.accepts(accept_offer{offer_id{3}});
}

TEST_CASE("who has stepped back since they were asked cannot accept", "[task]") {
    small_world w;
    w.pushed(one, 2, w.an);
    w.given(record_waning{w.an, waning_reason::life_change, {}});
    w.refuses(accept_offer{first}, errc::not_qualified, "member 1", "stage:active");
    w.given(accept_role{w.an, alumni_role::friend_of_the_brand});
    w.refuses(accept_offer{first}, errc::not_qualified, "member 1", "stage:active");
    CHECK(w.seats_taken(one) == 0);
    w.given(confirm_willingness{w.an}); // and whoever is back can
    w.accepts(accept_offer{first});
}

TEST_CASE("who has lost what a task requires cannot accept, and is told which part", "[task]") {
    small_world w;
    auto made = w.brief(one);
    made.needs = has("region", "northeast") && has("format", "video");
    w.given(open_task{made}, w.push(one, w.an), retag{w.an, {}, {w.tag("format", "video")}});
    w.refuses(accept_offer{first}, errc::not_qualified, "member 1", "format:video");
    w.given(retag{w.an, {{w.tag("format", "video")}}, {}});
    w.accepts(accept_offer{first});
}

TEST_CASE("what the programme requires counts as it is when an offer is accepted", "[task]") {
    small_world w;
    w.pushed(one, 2, w.an, w.jin);
    w.goes_by(task_rules{has("stage", "mature"), everybody()});
    w.refuses(accept_offer{first}, errc::not_qualified, "member 1", "stage:mature");
    w.accepts(accept_offer{second});
    // Who may be asked is about asking alone.
    w.goes_by(task_rules{everybody(), has("stage", "mature")});
    w.refuses(w.push(one, w.bao), errc::not_qualified, "member 5", "stage:mature");
    w.accepts(accept_offer{first});
}

TEST_CASE("nobody is offered what they could not accept", "[task]") {
    small_world w;
    auto made = w.brief(one);
    made.needs = has("region", "northeast");
    made.barred = {w.chen};
    w.given(open_task{made});
    auto const refused = [&](auto change, errc code, char const* about, char const* word) {
        auto asked = w.push(one, w.an);
        change(asked);
        INFO(about << " / " << word);
        CHECK_NOTHROW(w.refuses(asked, code, about, word));
    };
    auto const bad = errc::invalid_argument;
    refused(
        [&](auto& o) { o.member = w.guo; }, errc::not_qualified, "member 6", "region:northeast");
    refused([&](auto& o) { o.member = w.ning; }, errc::not_qualified, "member 12", "stage:active");
    refused(
        [&](auto& o) { o.member = w.chen; }, errc::not_qualified, "member 2", "barred from task 1");
    refused([&](auto& o) { o.member = w.nobody; }, errc::unknown_id, "member 999", "known");
    refused([](auto& o) { o.task = task_id{9}; }, errc::unknown_id, "task 9", "known");
    refused([&](auto& o) { o.answer_by = w.now(); }, bad, "send_offer.answer_by", "some time");
    refused([](auto& o) { o.wave = 0; }, bad, "send_offer.wave", "next push, 1");
    refused([](auto& o) { o.wave = 2; }, bad, "send_offer.wave", "next push, 1");
    refused([](auto& o) { o.from = origin::board; }, errc::not_qualified, "member 1", "claim_task");
    w.given(cancel_task{one});
    refused([](auto&) {}, errc::wrong_state, "task 1", "no further event in stage cancelled");
}

TEST_CASE(
    "who cannot keep a promise gives the seat back, and it can be taken again", "[task][F30]") {
    small_world w;
    w.pushed(one, 1, w.an, w.bao);
    w.given(accept_offer{first});
    w.refuses(return_seat{second, {}}, errc::wrong_state, "offer 2", "not given_back");
    w.refuses(return_seat{first, {w.bao.value(), "ill"}}, errc::invalid_argument,
        "reason of offer 1", "owner");
    w.accepts(return_seat{first, {w.an.value(), "ill"}});
    CHECK(w.at(first).stage == offer_stage::returned);
    CHECK(w.recorded<seat_returned>().front().reason.text == "ill");
    CHECK(w.seats_taken(one) == 0);
    CHECK(w.commitments(w.an) == 0);
    CHECK(w.stage(one) == task_stage::open);
    w.refuses(return_seat{first, {}}, errc::wrong_state, "offer 1", "no further event");
    w.refuses(submit_work{submission_id{1}, one, w.an, "https://example.org/w"}, errc::wrong_state,
        "member 1");
    w.accepts(accept_offer{second});
    w.wait(days(14)).time_passes();
    CHECK(w.recorded<offer_lapsed>().size() == 1); // of the second alone
    w.accepts(w.push(one, w.an, 2));
    CHECK(w.replays());
}

TEST_CASE(
    "work that fell short frees its seat, and a judgement put right takes it back", "[task]") {
    small_world w;
    w.pushed(one, 1, w.an);
    w.given(accept_offer{first});
    w.refuses(fail_offer{first}, errc::wrong_state, "offer 1", "not fell_short");
    w.refuses(fulfil_offer{first}, errc::not_qualified, "fulfil_offer", "called by submit_work");
    w.given(submit_work{submission_id{1}, one, w.an, "https://example.org/w"});
    CHECK(w.at(first).stage == offer_stage::fulfilled);
    CHECK(w.commitments(w.an) == 0);
    w.refuses(w.push(one, w.bao), errc::no_capacity, "task 1", "all 1 are taken");
    w.refuses(w.push(one, w.an), errc::no_capacity, "task 1", "all 1 are taken");
    w.refuses(restore_offer{first}, errc::wrong_state, "offer 1", "not restored");
    w.refuses(fail_offer{first}, errc::not_qualified, "fail_offer", "called by review_work");
    w.accepts(judge_work{submission_id{1}, false});
    CHECK(w.at(first).stage == offer_stage::failed);
    CHECK(w.seats_taken(one) == 0);
    w.given(w.push(one, w.an), w.push(one, w.bao)); // who fell short may try again
    w.given(accept_offer{offer_id{3}});
    w.refuses(
        restore_offer{first}, errc::not_qualified, "restore_offer", "called by correct_review");
    w.accepts(
        judge_work{submission_id{1}, true}); // somebody else has the seat by now, and keeps it
    CHECK(w.at(first).stage == offer_stage::fulfilled);
    CHECK(w.seats_taken(one) == 2);
    w.refuses(accept_offer{second}, errc::no_capacity, "task 1", "all 1 are taken");
    CHECK(w.replays());
}

TEST_CASE(
    "when a task is called off, who was asked or at work is free and nobody is blamed", "[task]") {
    small_world w;
    w.pushed(one, 3, w.an, w.bao, w.chen);
    w.given(accept_offer{first}, decline_offer{second, {}});
    w.accepts(cancel_task{one});
    CHECK(w.recorded<offer_withdrawn>().size() == 2);
    CHECK(w.recorded<commitment_ended>().size() == 1);
    CHECK(w.at(first).stage == offer_stage::withdrawn);
    CHECK(w.at(second).stage == offer_stage::declined);
    CHECK(w.at(offer_id{3}).stage == offer_stage::withdrawn);
    CHECK(w.seats_taken(one) == 0);
    CHECK(w.commitments(w.an) == 0);
    w.refuses(accept_offer{offer_id{3}}, errc::wrong_state, "offer 3");
    CHECK_FALSE(w.engine().next_due().has_value());
    CHECK(w.replays());
}

TEST_CASE("an offer that is not there, or a reason in another's name, is refused", "[task]") {
    small_world w;
    w.pushed(one, 1, w.an);
    auto const other = w.an.value() + 1;
    auto const refused = [&](auto const& asked, errc code, char const* about, char const* word) {
        INFO(about << " / " << word);
        CHECK_NOTHROW(w.refuses(asked, code, about, word));
    };
    refused(accept_offer{offer_id{}}, errc::unknown_id, "offer 0", "known");
    refused(accept_offer{second}, errc::unknown_id, "offer 2", "known");
    refused(decline_offer{offer_id{}, {}}, errc::unknown_id, "offer 0", "known");
    refused(decline_offer{second, {}}, errc::unknown_id, "offer 2", "known");
    refused(return_seat{second, {}}, errc::unknown_id, "offer 2", "known");
    refused(fulfil_offer{second}, errc::unknown_id, "offer 2", "known");
    refused(fail_offer{second}, errc::unknown_id, "offer 2", "known");
    refused(restore_offer{second}, errc::unknown_id, "offer 2", "known");
    refused(
        decline_offer{first, {other, "no"}}, errc::invalid_argument, "reason of offer 1", "owner");
    refused(
        decline_offer{first, {other, "\xff"}}, errc::invalid_text, "decline_offer.reason", "UTF-8");
    refused(decline_offer{first, {other, std::string(note_length_max + 1, 'x')}},
        errc::invalid_text, "decline_offer.reason", "shorten");
}

TEST_CASE("an offer that was answered no, or in time by nobody, has no way back", "[task]") {
    STATIC_REQUIRE(offer_lifecycle::initial == offer_stage::sent);
    for (auto end : {offer_stage::returned, offer_stage::declined, offer_stage::expired,
             offer_stage::lapsed, offer_stage::withdrawn}) {
        CHECK(offer_lifecycle::rests(end));
        CHECK(offer_lifecycle::accepted(end).empty());
    }
}

TEST_CASE("the page shows the table of an offer's life as it is", "[task]") {
    CHECK(koc_test::docs_page("docs/task.md")
              .find("```mermaid\n" + mermaid<offer_lifecycle>() + "```") != std::string::npos);
}

} // namespace
