// SPDX-License-Identifier: BSL-1.0
#include <koc/task/messages/thanks.hpp>

#include "support/catch.hpp"
#include "support/scenario.hpp"

#include <vector>

using namespace koc;
using koc_test::winter_world;

namespace {

TEST_CASE("thanks are kept with the works that they name, and change nothing else", "[task]") {
    winter_world w;
    w.listed(w.brief(task_id{1}));
    w.handed_in(task_id{1}, w.an, submission_id{1});
    CHECK(w.at<thanks_record>(w.an).handed_in == 1);
    auto const stages = w.ask(count_stages{});
    w.accepts(thank_member{w.an, {submission_id{1}}, {w.an.value(), "Well done"}});
    w.wait(days(1)).accepts(thank_member{w.an, {submission_id{1}}, {w.an.value(), "Again"}});
    auto const& given = w.at<thanks_record>(w.an).given;
    REQUIRE(given.size() == 2);
    CHECK(given.front() ==
        given_thanks{w.now() - days(1), {submission_id{1}}, {w.an.value(), "Well done"}});
    CHECK(w.ask(count_stages{}) == stages);
    // Who has handed in nothing here is thanked in general.
    w.accepts(thank_member{w.ning, {}, {w.ning.value(), "For the first years"}});
    CHECK(w.at<thanks_record>(w.ning).given.front().works.empty());
    CHECK(w.digest() == w.digest_of_replay());
}

} // namespace
