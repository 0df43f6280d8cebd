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

TEST_CASE("a lent sealer seals and opens as the other does, and forgets nobody", "[journal]") {
    koc::any_sealer held{koc_test::paper_sealer{}};
    koc::any_sealer lent{koc::lent_sealer{held}};
    auto const sealed = lent.seal(7, "here", "Li").value();
    CHECK(held.seal(7, "here", "Li").value() == sealed);
    CHECK(lent.keep().has_value());
    CHECK(lent.forget(7).has_value());
    CHECK(held.open(7, "here", sealed).value() == "Li");
    CHECK(lent.open(7, "here", sealed).value() == "Li");
}
