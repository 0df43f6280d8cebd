// SPDX-License-Identifier: BSL-1.0
#include <koc/journal/sealer.hpp>
#include <koc/testing/sealer.hpp>

#include "support/catch.hpp"
#include "support/paper_sealer.hpp"

#include <string>
#include <utility>
#include <vector>

static_assert(koc::sealer<koc::any_sealer>);
static_assert(!koc::sealer<int>);

TEST_CASE("a sealer without its type keeps every law of a sealer", "[journal]") {
    koc::any_sealer held{koc_test::paper_sealer{}};
    CHECK(static_cast<bool>(held));
    CHECK_FALSE(static_cast<bool>(koc::any_sealer{}));
    CHECK(koc::testing::check_sealer_laws(std::move(held)) == std::vector<std::string>{});
}
