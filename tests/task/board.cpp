// SPDX-License-Identifier: BSL-1.0
#include <koc/task/messages/board.hpp>

#include "support/catch.hpp"
#include "task/small_programme.hpp"

#include <cstdint>
#include <string>

using namespace koc;
using koc_test::small_world;

namespace {

constexpr task_id one{1};

TEST_CASE("people take seats of a listed task by themselves, as many as there are", "[task][C06]") {
    small_world w;
    auto made = w.brief(one);
    made.seats = 2;
    w.listed(made);
    CHECK(w.find<listing_record>(one) != nullptr);
    w.accepts(claim_task{one, w.an});
    auto const claimed = w.recorded<offer_sent>();
    REQUIRE(claimed.size() == 1);
    CHECK(claimed.front().from == origin::board);
    CHECK(claimed.front().wave == 0);
    CHECK(w.recorded<offer_accepted>().front().lease_until == w.now() + days(14));
    CHECK(w.recorded<attention_asked>().empty()); // who comes by themselves was not asked
    w.given(claim_task{one, w.bao});
    w.refuses(claim_task{one, w.chen}, errc::no_capacity, "task 1", "all 2 are taken");
    CHECK(w.seats_taken(one) == 2);
    CHECK(w.replays());
}

TEST_CASE("a lease that ends without work opens the seat for the next claim", "[task][C06][E38]") {
    small_world w;
    auto made = w.brief(one);
    made.seats = 1;
    w.listed(made);
    w.given(claim_task{one, w.an});
    w.wait(days(14) - duration{1}).time_passes();
    CHECK(w.seats_taken(one) == 1); // the lease still holds
    w.wait(duration{1}).accepts(claim_task{one, w.bao});
    CHECK(w.history_of<offer_lapsed>().size() == 1);
    // Who let it lapse may try again when there is room.
    w.wait(days(14)).accepts(claim_task{one, w.an});
    CHECK(w.history_of<offer_sent>().size() == 3);
}

TEST_CASE("the requirement holds on the board too, and says which part fails", "[task][C06]") {
    small_world w;
    auto made = w.brief(one);
    made.needs = has("region", "northeast") && has("format", "video");
    w.listed(made);
    w.refuses(claim_task{one, w.guo}, errc::not_qualified, "member 6", "region:northeast");
    w.refuses(claim_task{one, w.bao}, errc::not_qualified, "member 5", "format:video");
    w.refuses(claim_task{one, w.ning}, errc::not_qualified, "member 12", "stage:active");
    w.accepts(claim_task{one, w.fang});
}

TEST_CASE("who may not be asked may still come by themselves", "[task][C06]") {
    small_world w;
    w.listed(w.brief(one));
    w.goes_by(task_rules{has("stage", "active"), has("region", "south")});
    w.refuses(w.push(one, w.an), errc::not_qualified, "member 1", "region:south");
    w.accepts(claim_task{one, w.an});
}

TEST_CASE(
    "asking is spared on the board, so peace and windows do not stop a claim", "[task][C06][C15]") {
    small_world w;
    w.given(
        open_task{w.brief(task_id{2})}, w.push(task_id{2}, w.bao), decline_offer{offer_id{1}, {}});
    w.listed(w.brief(one));
    w.refuses(w.push(one, w.bao), errc::over_budget, "member 5", "left in peace");
    w.accepts(claim_task{one, w.bao});
    // Nor does their no to the push: they may think again.
    w.given(list_task{task_id{2}});
    w.accepts(claim_task{task_id{2}, w.bao});
    CHECK(w.commitments(w.bao) == 2);
}

TEST_CASE(
    "unfinished work stops a claim, and a seat that is given back lets it be", "[task][C15][F30]") {
    small_world w;
    for (std::uint64_t i = 1; i <= 3; ++i) {
        w.listed(w.brief(task_id{i}));
    }
    w.given(claim_task{task_id{1}, w.an}, claim_task{task_id{2}, w.an});
    w.refuses(claim_task{task_id{3}, w.an}, errc::no_capacity, "member 1", "hand one in first");
    w.given(return_seat{offer_id{2}, {}});
    w.accepts(claim_task{task_id{3}, w.an});
}

TEST_CASE("what is not there to be listed or claimed is refused", "[task]") {
    small_world w;
    auto made = w.brief(one);
    made.barred = {w.kai};
    w.listed(made);
    w.given(claim_task{one, w.an}, open_task{w.brief(task_id{2})});
    w.listed(w.brief(task_id{3}));
    w.given(w.push(task_id{3}, w.bao));
    w.listed(w.brief(task_id{4}));
    w.given(cancel_task{task_id{4}});
    auto due = w.brief(task_id{5});
    due.due_at = w.now() + hours(1);
    w.listed(due);
    w.wait(hours(1));
    auto const refused = [&](auto const& asked, errc code, char const* about, char const* word) {
        INFO(about << " / " << word);
        CHECK_NOTHROW(w.refuses(asked, code, about, word));
    };
    refused(list_task{task_id{}}, errc::unknown_id, "task 0", "known");
    refused(list_task{task_id{99}}, errc::unknown_id, "task 99", "known");
    refused(list_task{one}, errc::already_exists, "task 1", "not on the board yet");
    refused(list_task{task_id{4}}, errc::wrong_state, "task 4", "no further event");
    refused(claim_task{task_id{}, w.an}, errc::unknown_id, "task 0", "known");
    refused(claim_task{task_id{99}, w.an}, errc::unknown_id, "task 99", "known");
    refused(claim_task{one, member_id{}}, errc::unknown_id, "member 0", "known");
    refused(claim_task{one, w.nobody}, errc::unknown_id, "member 999", "known");
    refused(claim_task{task_id{2}, w.an}, errc::wrong_state, "task 2", "on the board");
    refused(claim_task{one, w.kai}, errc::not_qualified, "member 9", "barred");
    refused(claim_task{one, w.an}, errc::already_exists, "member 1", "without a seat");
    refused(claim_task{task_id{3}, w.bao}, errc::wrong_state, "member 5", "accept offer 2");
    refused(claim_task{task_id{4}, w.an}, errc::wrong_state, "task 4", "no further event");
    refused(claim_task{task_id{5}, w.an}, errc::wrong_state, "task 5", "was due at 2026-01-05");
}

TEST_CASE(
    "a member claims, answers, gives back and hands in for themselves alone, and operators and "
    "the host for everybody",
    "[task][C06]") {
    small_world w;
    actor const bao{actor_kind::member, w.bao.value()};
    actor const an{actor_kind::member, w.an.value()};
    w.listed(w.brief(one));
    w.given(open_task{w.brief(task_id{2})}, w.push(task_id{2}, w.an));
    auto const others_word = [&](auto const& asked) {
        CHECK_NOTHROW(w.refuses(asked, errc::not_qualified, "member 1", "not member 5"));
    };
    w.as(bao);
    others_word(claim_task{one, w.an});
    others_word(accept_offer{offer_id{1}});
    others_word(decline_offer{offer_id{1}, {}});
    w.as(an).accepts(accept_offer{offer_id{1}});
    w.as(bao);
    others_word(return_seat{offer_id{1}, {}});
    others_word(submit_work{submission_id{1}, task_id{2}, w.an, "https://example.org/w"});
    w.as(an).accepts(submit_work{submission_id{1}, task_id{2}, w.an, "https://example.org/w"});
    w.accepts(claim_task{one, w.an});
    w.as({actor_kind::employee, 3}).accepts(claim_task{one, w.bao});
    w.as({}).accepts(claim_task{one, w.chen});
    CHECK(w.seats_taken(one) == 3);
    CHECK(w.replays());
}

TEST_CASE("a claim comes from the board and is not sent as an offer", "[task][C06][refusal]") {
    small_world w;
    w.given(open_task{w.brief(one)}); // not on the board
    auto const before = w.digest();
    send_offer const claim{one, w.an, origin::board, 0, {}, {}, w.now() + days(2)};
    for (auto const by : {actor{}, actor{actor_kind::employee, 3}}) {
        w.as(by).refuses(claim, errc::not_qualified, "member 1", "claim_task");
    }
    w.as({actor_kind::member, w.an.value()});
    w.refuses(claim, errc::not_qualified, "send_offer", "an employee or the host");
    CHECK(w.digest() == before);
    CHECK(w.seats_taken(one) == 0);
}

} // namespace
