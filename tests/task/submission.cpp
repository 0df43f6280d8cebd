// SPDX-License-Identifier: BSL-1.0
#include <koc/task/messages/submission.hpp>

#include "support/catch.hpp"
#include "task/work_world.hpp"

#include <string>
#include <vector>

using namespace koc;
using koc_test::work_world;

namespace {

constexpr task_id one{1};
constexpr submission_id work{1};
std::string const link{"https://example.org/range"};

TEST_CASE("who holds a seat hands in once, and is free for other work", "[task]") {
    work_world w;
    w.listed(w.brief(one));
    auto const seat = w.seat(one, w.an);
    CHECK(w.commitments(w.an) == 1);
    w.accepts(submit_work{work, one, w.an, link});
    CHECK(w.recorded<work_submitted>().front().link.text == link);
    CHECK(w.recorded<work_submitted>().front().offer == seat);
    CHECK(w.at(work).member == w.an);
    CHECK(w.at(seat).stage == offer_stage::fulfilled);
    CHECK(w.commitments(w.an) == 0);
    CHECK(w.seats_taken(one) == 1); // the seat is used, not free
    CHECK(w.stage(one) == task_stage::delivered);
    w.refuses(submit_work{submission_id{2}, one, w.an, link + "/2"}, errc::wrong_state, "member 1",
        "holds a seat");
    CHECK(w.replays());
}

TEST_CASE("work that comes after the lease has ended is refused", "[task][E38]") {
    work_world w;
    w.listed(w.brief(one));
    w.seat(one, w.an);
    w.wait(days(14) - duration{1});
    w.seat(one, w.bao);
    w.wait(duration{1})
        .refuses(submit_work{work, one, w.an, link}, errc::wrong_state, "member 1",
            "lease has not ended");
    CHECK(w.commitments(w.an) == 0);
    w.accepts(submit_work{work, one, w.bao, link});
}

TEST_CASE("nothing is handed in for a task that is over", "[task]") {
    work_world w;
    w.listed(w.brief(one));
    w.seat(one, w.an);
    w.given(cancel_task{one});
    w.refuses(submit_work{work, one, w.an, link}, errc::wrong_state, "member 1");
    w.listed(w.brief(task_id{2}));
    w.seat(task_id{2}, w.bao);
    w.handed_in(task_id{2}, w.an, work);
    w.given(w.rate(work, percent(70)), close_task{task_id{2}});
    w.refuses(
        submit_work{submission_id{2}, task_id{2}, w.bao, link}, errc::wrong_state, "member 5");
    CHECK(w.commitments(w.bao) == 0);
}

TEST_CASE("a link is handed in once, by whomever and for whatever task", "[task][F20][refusal]") {
    work_world w;
    w.listed(w.brief(one));
    w.listed(w.brief(task_id{2}));
    w.seat(one, w.an);
    w.seat(one, w.bao);
    w.seat(task_id{2}, w.an);
    w.given(submit_work{work, one, w.an, link});
    submission_id const second{2};
    w.refuses(submit_work{second, one, w.bao, link}, errc::already_exists, "link of submission 2",
        "submission 1");
    w.refuses(submit_work{second, task_id{2}, w.an, link}, errc::already_exists,
        "link of submission 2", "submission 1");
    w.accepts(submit_work{second, one, w.bao, link + '/'});
    CHECK(w.seats_taken(one) == 2);
    CHECK(w.replays());
}

TEST_CASE("work that is not there, or of nobody, is refused", "[task][C23][refusal]") {
    work_world w;
    w.listed(w.brief(one));
    w.seat(one, w.bao);
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
             {{work, one, member_id{}, link}, errc::unknown_id, "member 0", "known"},
             {{work, one, w.nobody, link}, errc::unknown_id, "member 999", "known"},
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
