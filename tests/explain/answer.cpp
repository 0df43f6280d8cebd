// SPDX-License-Identifier: BSL-1.0
#include <koc/explain/answer.hpp>

#include "support/catch.hpp"

namespace {

using person_id = koc::id<struct person_kind>;
using task_id = koc::id<struct task_kind>;
using koc::percent;

TEST_CASE("what is missing is counted from the last one chosen", "[match]") {
    koc::was_outscored<person_id> const lags{
        person_id{2}, percent(70), {}, 3, person_id{1}, percent(90), {}};
    CHECK(lags.missing() == percent(20));
    CHECK(koc::was_outscored<person_id>{
              person_id{2}, koc::score_min, {}, 1, person_id{1}, koc::score_max, {}}
              .missing() == koc::score_max);
}

TEST_CASE("taken capacity costs the person's price and the task's threshold", "[match]") {
    koc::capacity_taken<task_id, person_id> taken{
        person_id{2}, task_id{1}, percent(90), percent(80), percent(30), {task_id{5}}};
    CHECK(taken.missing() == percent(20));
    taken.threshold = -percent(10); // a minimum fill, which costs something at its last place
    CHECK(taken.missing() == -percent(20));
    taken.price = koc::score_max;
    taken.threshold = koc::score_max;
    CHECK(taken.missing() == koc::score_max);
}

} // namespace
