// SPDX-License-Identifier: BSL-1.0
#include <koc/assign/assignment_plan.hpp>

#include "assign/assignments.hpp"
#include "support/catch.hpp"

#include <cstdint>
#include <limits>

namespace {

using koc::missing_price;
using koc::score;
using test::job_id;
using test::worker_id;

TEST_CASE("a missed place weighs more than any rearrangement can gain", "[match]") {
    // Through two tasks and two people a rearrangement gains at most four fits and loses none.
    test::problem given{{{job_id{1}, 1, 0}, {job_id{2}, 1, 0}, {job_id{3}, 1, 0}},
        {{worker_id{1}, 1}, {worker_id{2}, 1}},
        {{job_id{1}, worker_id{1}, score{7}}, {job_id{1}, worker_id{2}, score{-9}}}};
    CHECK(missing_price(given) == score{5 * 9 + 1});
    CHECK(missing_price(test::problem{}) == score{1});
    given.pairs[0].fit = score{std::numeric_limits<std::int64_t>::min()};
    CHECK(missing_price(given).raw == koc::assignment_sum_max);
}

} // namespace
