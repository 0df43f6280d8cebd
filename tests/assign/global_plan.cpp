// SPDX-License-Identifier: BSL-1.0
#include <koc/assign/assignment.hpp>
#include <koc/assign/global_plan.hpp>

#include "assign/assignments.hpp"
#include "support/catch.hpp"

namespace {

using koc::errc;
using koc::score;
using test::job_id;
using test::worker_id;

koc::global_plan<job_id, worker_id> two_jobs() {
    koc::global_plan<job_id, worker_id> made;
    made.listed = {{{job_id{1}, 1, 0}, {job_id{2}, 1, 0}}, {{worker_id{1}, 1}, {worker_id{2}, 1}},
        {{job_id{1}, worker_id{1}, score{9}}, {job_id{1}, worker_id{2}, score{6}},
            {job_id{2}, worker_id{1}, score{8}}}};
    made.plan = koc::assign(made.listed).value();
    made.unlisted_max = {score{6}, std::nullopt};
    return made;
}

TEST_CASE("a plan is best while nobody unlisted exceeds a threshold", "[match]") {
    auto made = two_jobs();
    CHECK(made.plan.tasks[0].threshold == score{6});
    CHECK(!verify(made));
    made.unlisted_max[0] = score{7};
    auto const refused = verify(made);
    REQUIRE(refused);
    CHECK(refused->code == errc::corrupt);
    CHECK(refused->subject == "task 1");
    made.unlisted_max.pop_back();
    REQUIRE(verify(made));
    CHECK(verify(made)->subject == "plan");
}

TEST_CASE("a changed price, pair or capacity is refused in a global plan as well", "[match]") {
    auto made = two_jobs();
    made.plan.people[0].price.raw -= 1;
    CHECK(verify(made).has_value());
    made = two_jobs();
    made.plan.pairs.pop_back();
    CHECK(verify(made).has_value());
    made = two_jobs();
    made.listed.people[1].capacity = 2;
    CHECK(verify(made).has_value());
}

} // namespace
