// SPDX-License-Identifier: BSL-1.0
#include <koc/search/match.hpp>

#include "search/scorers.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <vector>

namespace {

using found = koc::match<test::person_id>;

TEST_CASE("matches are ordered best first, equal ones by the smaller id", "[match]") {
    found const best{7, test::person_id{9}, koc::whole(3)};
    found const second{2, test::person_id{4}, koc::whole(1)};
    found const third{1, test::person_id{5}, koc::whole(1)};
    std::vector<found> all{third, best, second};
    std::sort(all.begin(), all.end());
    CHECK(all == std::vector{best, second, third});
    CHECK_FALSE(best < best);
}

} // namespace
