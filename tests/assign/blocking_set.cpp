// SPDX-License-Identifier: BSL-1.0
#include <koc/assign/blocking_set.hpp>

#include "assign/assignments.hpp"
#include "support/catch.hpp"

#include <string>
#include <vector>

namespace {

using koc::check_blocking;
using koc::score;
using test::job_id;
using test::worker_id;
using blocking = koc::blocking_set<job_id, worker_id>;

TEST_CASE("a blocking set is said in one sentence", "[match]") {
    auto const set = [](std::size_t tasks, std::size_t people, int asked, int can_give) {
        return blocking{std::vector<job_id>(tasks), std::vector<worker_id>(people), asked, can_give}
            .sentence();
    };
    CHECK(set(14, 9, 31, 12) ==
        "these 14 tasks ask for 31 people; the 9 people who qualify can give 12");
    CHECK(set(1, 1, 3, 1) == "this task asks for 3 people; the 1 person who qualifies can give 1");
    CHECK(set(1, 0, 1, 0) == "this task asks for 1 person; nobody qualifies");
}

TEST_CASE("a blocking set is counted again before it is believed", "[match]") {
    test::problem const given{{{job_id{1}, 2, 2}, {job_id{2}, 2, 1}, {job_id{3}, 1, 0}},
        {{worker_id{1}, 1}, {worker_id{2}, 5}, {worker_id{3}, 1}},
        {{job_id{1}, worker_id{1}, score{1}}, {job_id{2}, worker_id{1}, score{1}},
            {job_id{1}, worker_id{2}, score{1}}, {job_id{3}, worker_id{3}, score{1}}}};
    blocking const good{{job_id{1}, job_id{2}}, {worker_id{1}, worker_id{2}}, 3, 2};
    CHECK(!check_blocking(given, good));

    auto const refuses = [&](blocking const& set) {
        auto const refused = check_blocking(given, set);
        return refused && refused->subject == "blocking set";
    };
    CHECK(refuses({good.tasks, good.people, 4, 2}));
    CHECK(refuses({good.tasks, good.people, 3, 1}));
    CHECK(refuses({good.tasks, {worker_id{1}}, 3, 2}));
    CHECK(refuses({{job_id{1}, job_id{2}, job_id{2}}, good.people, 3, 2}));
    CHECK(refuses({{job_id{1}, job_id{9}}, good.people, 3, 2}));
    CHECK(refuses({{job_id{1}}, good.people, 2, 2})); // it can be met
    CHECK(refuses({}));
}

} // namespace
