// SPDX-License-Identifier: BSL-1.0
#include <koc/task/board.hpp>

#include "support/catch.hpp"
#include "support/scenario.hpp"

#include <string>
#include <vector>

using namespace koc;
using koc_test::scenario;
using koc_test::winter_world;

namespace {

constexpr task_id one{1};

TEST_CASE("people take seats of a listed task by themselves, as many as there are", "[task][C06]") {
    winter_world w;
    auto made = w.brief(one);
    made.seats = 2;
    w.listed(made);
    CHECK(w.get<board>().lists(one));
    w.accepts(claim_task{one, w.an});
    auto const claimed = w.emitted<offer_sent>();
    REQUIRE(claimed.size() == 1);
    CHECK(claimed.front().from == origin::board);
    CHECK(claimed.front().wave == 0);
    CHECK(w.emitted<offer_accepted>().front().lease_until == w.now() + days(14));
    CHECK(w.emitted<attention_asked>().empty()); // who comes by themselves was not asked
    w.given(claim_task{one, w.bao});
    w.refuses(claim_task{one, w.chen}, errc::no_capacity, "task 1", "all 2 are taken");
    CHECK(w.get<offers>().seats_taken(one) == 2);
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("a lease that ends without work opens the seat for the next claim", "[task][C06][E38]") {
    winter_world w;
    auto made = w.brief(one);
    made.seats = 1;
    w.listed(made);
    w.given(claim_task{one, w.an});
    w.wait(days(14) - duration{1}).accepts(expire_offers{});
    CHECK(w.receipt().count == 0); // the lease still holds
    w.wait(duration{1}).accepts(expire_offers{});
    CHECK(w.emitted<offer_lapsed>().size() == 1);
    w.accepts(claim_task{one, w.bao});
    // Who let it lapse may try again when there is room.
    w.wait(days(14)).accepts(expire_offers{});
    w.accepts(claim_task{one, w.an});
    CHECK(w.get<offers>().of(one).size() == 3);
}

TEST_CASE("the requirement holds on the board too, and says which part fails", "[task][C06]") {
    winter_world w;
    auto made = w.brief(one);
    made.needs = has("region", "northeast") && has("format", "video");
    w.listed(made);
    w.refuses(claim_task{one, w.guo}, errc::not_qualified, "member 6", "region:northeast");
    w.refuses(claim_task{one, w.bao}, errc::not_qualified, "member 5", "format:video");
    w.refuses(claim_task{one, w.ning}, errc::not_qualified, "member 12", "stage:active");
    w.accepts(claim_task{one, w.fang});
}

TEST_CASE(
    "asking is spared on the board, so peace and windows do not stop a claim", "[task][C06][C15]") {
    winter_world w;
    auto alone = w.brief(task_id{2});
    alone.needs = has("region", "harbin") && has("format", "text_image"); // Bao alone
    w.given(open_task{alone}, dispatch{task_id{2}}, decline_offer{offer_id{1}, {}});
    CHECK_FALSE(w.get<attention>().can_ask(w.bao, w.now()));
    w.listed(w.brief(one));
    w.accepts(claim_task{one, w.bao});
    // Nor does their no to the push: they may think again.
    w.given(list_task{task_id{2}});
    w.accepts(claim_task{task_id{2}, w.bao});
    CHECK(w.get<attention>().commitments(w.bao) == 2);
}

TEST_CASE("unfinished work stops a claim", "[task][C15]") {
    winter_world w;
    for (std::uint64_t i = 1; i <= 3; ++i) {
        w.listed(w.brief(task_id{i}));
    }
    w.given(claim_task{task_id{1}, w.an}, claim_task{task_id{2}, w.an});
    w.refuses(claim_task{task_id{3}, w.an}, errc::no_capacity, "member 1", "hand one in first");
}

TEST_CASE("what is not there to be listed or claimed is refused", "[task]") {
    winter_world w;
    auto made = w.brief(one);
    made.barred = {w.kai};
    w.listed(made);
    w.given(claim_task{one, w.an}, open_task{w.brief(task_id{2})});
    auto pushed = w.brief(task_id{3});
    pushed.needs = has("region", "harbin") && has("format", "text_image");
    w.listed(pushed);
    w.given(dispatch{task_id{3}});
    w.listed(w.brief(task_id{4}));
    w.given(cancel_task{task_id{4}});
    auto due = w.brief(task_id{5});
    due.due_at = w.now() + hours(1);
    w.listed(due);
    w.wait(hours(1));
    struct row {
        scenario::command asked;
        errc code;
        std::string subject;
        std::string word;
    };
    for (auto const& [asked, code, about, word] : std::vector<row>{
             {list_task{task_id{}}, errc::unknown_id, "task 0", "known"},
             {list_task{task_id{99}}, errc::unknown_id, "task 99", "known"},
             {list_task{one}, errc::already_exists, "task 1", "not on the board yet"},
             {list_task{task_id{4}}, errc::wrong_state, "task 4", "no further event"},
             {claim_task{task_id{}, w.an}, errc::unknown_id, "task 0", "known"},
             {claim_task{task_id{99}, w.an}, errc::unknown_id, "task 99", "known"},
             {claim_task{one, member_id{}}, errc::unknown_id, "member 0", "known"},
             {claim_task{one, w.nobody}, errc::unknown_id, "member 999", "known"},
             {claim_task{task_id{2}, w.an}, errc::wrong_state, "task 2", "on the board"},
             {claim_task{one, w.kai}, errc::not_qualified, "member 9", "barred"},
             {claim_task{one, w.an}, errc::already_exists, "member 1", "without a seat"},
             {claim_task{task_id{3}, w.bao}, errc::wrong_state, "member 5", "accept offer 2"},
             {claim_task{task_id{4}, w.an}, errc::wrong_state, "task 4", "no further event"},
             {claim_task{task_id{5}, w.an}, errc::wrong_state, "task 5", "was due at 2026-01-05"},
         }) {
        INFO(about << " / " << word);
        CHECK_NOTHROW(w.refuses(asked, code, about, word));
    }
}

} // namespace
