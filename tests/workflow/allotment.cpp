// SPDX-License-Identifier: BSL-1.0
#include <koc/workflow/allotment.hpp>

#include "support/catch.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <vector>

using namespace koc;

namespace {

using amounts = std::vector<std::int64_t>;

TEST_CASE("an amount is moved to one use from the others, from each as it has", "[workflow]") {
    CHECK(shifted(amounts{20, 40, 20, 20}, 0, 24) == amounts{44, 28, 14, 14});
    CHECK(shifted(amounts{20, 40, 20, 20}, 1, 6) == amounts{18, 46, 18, 18});
    CHECK(shifted(amounts{20, 40, 20, 20}, 0, 0) == amounts{20, 40, 20, 20});
    CHECK(shifted(amounts{20, 40, 20, 20}, 0, -5) == amounts{20, 40, 20, 20});
    // What rounding leaves comes from the largest remainders, ties from the first.
    CHECK(shifted(amounts{0, 5, 3, 2}, 0, 1) == amounts{1, 4, 3, 2});
    CHECK(shifted(amounts{0, 1, 1, 1}, 0, 2) == amounts{2, 0, 0, 1});
    // All there is, and no more.
    CHECK(shifted(amounts{1, 5, 3, 2}, 0, 100) == amounts{11, 0, 0, 0});
    CHECK(shifted(amounts{7}, 0, 3) == amounts{7});
    CHECK(shifted(amounts{0, 0, 0}, 2, 3) == amounts{0, 0, 0});
}

TEST_CASE("the sum stays, nobody falls below nothing, and nobody loses more than their part",
    "[workflow]") {
    CHECK(rc::check([](std::vector<std::uint16_t> const& drawn, std::uint16_t asked) {
        RC_PRE(!drawn.empty());
        amounts const before(drawn.begin(), drawn.end());
        auto const to = static_cast<std::size_t>(asked) % before.size();
        auto const after = shifted(before, to, asked);
        auto const others =
            std::accumulate(before.begin(), before.end(), std::int64_t{0}) - before[to];
        RC_ASSERT(
            std::accumulate(after.begin(), after.end(), std::int64_t{0}) == others + before[to]);
        auto const moved = (std::min)(static_cast<std::int64_t>(asked), others);
        RC_ASSERT(after[to] == before[to] + moved);
        for (std::size_t i = 0; i < before.size(); ++i) {
            if (i != to) {
                RC_ASSERT(after[i] >= 0);
                // From each its exact part, rounded down or up.
                auto const lost = before[i] - after[i];
                RC_ASSERT(
                    (lost + 1) * others > before[i] * moved || lost * others == before[i] * moved);
                RC_ASSERT(
                    (lost - 1) * others < before[i] * moved || lost * others == before[i] * moved);
            }
        }
    }));
}

} // namespace
