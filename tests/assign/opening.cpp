// SPDX-License-Identifier: BSL-1.0
#include <koc/assign/opening.hpp>

#include "assign/assignments.hpp"
#include "support/catch.hpp"

#include "tag/crowd.hpp"

namespace {

TEST_CASE("an opening wants one person, whoever it is, unless it says otherwise", "[match]") {
    koc::opening<test::job_id, int> const made{test::job_id{1}, 7, {}};
    CHECK(made.need == 1);
    CHECK(made.fill_min == 0);
    test::crowd people;
    people.add({test::person_id{1}, {}, 0, 0});
    CHECK(made.required.admits(people, 0));
}

} // namespace
