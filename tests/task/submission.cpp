// SPDX-License-Identifier: BSL-1.0
#include <koc/task/submission.hpp>

#include "support/catch.hpp"
#include "support/scenario.hpp"

#include <string>
#include <vector>

using namespace koc;
using koc_test::scenario;
using koc_test::winter_world;

namespace {

constexpr task_id one{1};
constexpr submission_id work{1};
std::string const link{"https://example.org/range"};

TEST_CASE("who holds a seat hands in once, and is free for other work", "[task]") {
    winter_world w;
    w.listed(w.brief(one));
    w.given(claim_task{one, w.an});
    w.accepts(submit_work{work, one, w.an, link});
    CHECK(w.emitted<work_submitted>().front().link == link);
    CHECK(w.emitted<offer_fulfilled>().size() == 1);
    CHECK(w.get<attention>().commitments(w.an) == 0);
    CHECK(w.get<offers>().seats_taken(one) == 1); // the seat is used, not free
    CHECK(w.standing(one) == task_stage::delivered);
    w.refuses(submit_work{submission_id{2}, one, w.an, link}, errc::wrong_state, "member 1",
        "holds a seat");
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("late is late: the lease is the limit, whether or not it was swept", "[task][E38]") {
    winter_world w;
    w.listed(w.brief(one));
    w.given(claim_task{one, w.an});
    w.wait(days(14)).refuses(
        submit_work{work, one, w.an, link}, errc::wrong_state, "member 1", "lease has not ended");
    w.given(expire_offers{})
        .refuses(submit_work{work, one, w.an, link}, errc::wrong_state, "member 1");
}

TEST_CASE("who is within their lease hands in after the best are selected, and is judged and paid",
    "[task]") {
    winter_world w;
    w.listed(w.brief(one));
    w.given(claim_task{one, w.bao});
    w.handed_in(one, w.an, work);
    w.given(w.rate(work, percent(90)), select_best{one});
    w.accepts(submit_work{submission_id{2}, one, w.bao, link});
    CHECK(w.standing(one) == task_stage::evaluated);
    w.accepts(w.rate(submission_id{2}, percent(95)));
    CHECK(w.emitted<reward_granted>().front().amount == money{50'000});
    CHECK_FALSE(w.get<reviews>().find(submission_id{2})->chosen);
}

TEST_CASE("nothing is handed in for a task that is over", "[task]") {
    winter_world w;
    w.listed(w.brief(one));
    w.given(claim_task{one, w.an}, claim_task{one, w.bao}, cancel_task{one});
    w.refuses(submit_work{work, one, w.an, link}, errc::wrong_state, "member 1");
    w.listed(w.brief(task_id{2}));
    w.given(claim_task{task_id{2}, w.bao});
    w.handed_in(task_id{2}, w.an, work);
    w.given(w.rate(work, percent(70)), close_task{task_id{2}});
    w.refuses(
        submit_work{submission_id{2}, task_id{2}, w.bao, link}, errc::wrong_state, "member 5");
}

TEST_CASE("work that is not there, or of nobody, is refused", "[task]") {
    winter_world w;
    w.listed(w.brief(one));
    w.given(claim_task{one, w.bao});
    w.handed_in(one, w.an, submission_id{7});
    struct row {
        submit_work asked;
        errc code;
        std::string subject;
        std::string word;
    };
    for (auto const& [asked, code, about, word] : std::vector<row>{
             {{submission_id{}, one, w.bao, link}, errc::already_exists, "submission 0", "above 0"},
             {{submission_id{7}, one, w.bao, link}, errc::already_exists, "submission 7", "new"},
             {{work, task_id{}, w.bao, link}, errc::unknown_id, "task 0", "known"},
             {{work, task_id{9}, w.bao, link}, errc::unknown_id, "task 9", "known"},
             {{work, one, member_id{}, link}, errc::wrong_state, "member 0", "holds a seat"},
             {{work, one, w.nobody, link}, errc::wrong_state, "member 999", "holds a seat"},
             {{work, one, w.chen, link}, errc::wrong_state, "member 2", "accept or claim it first"},
             {{work, one, w.bao, ""}, errc::invalid_text, "link of submission 1", "non-empty"},
             {{work, one, w.bao, std::string(513, 'x')}, errc::invalid_text, "link of submission 1",
                 "512"},
             {{work, one, w.bao, "\xf5"}, errc::invalid_text, "submit_work.link", "UTF-8"},
         }) {
        INFO(about << " / " << word);
        CHECK_NOTHROW(w.refuses(asked, code, about, word));
    }
}

} // namespace
