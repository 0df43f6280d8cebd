// SPDX-License-Identifier: BSL-1.0
#include <koc/journal/any_journal.hpp>
#include <koc/journal/memory_journal.hpp>
#include <koc/testing/journal.hpp>

#include "support/catch.hpp"

#include <string>
#include <utility>
#include <vector>

static_assert(koc::journal<koc::any_journal>);

TEST_CASE("a journal without its type keeps every law of a journal", "[journal]") {
    auto const broken =
        koc::testing::check_journal_laws([] { return koc::any_journal{koc::memory_journal{}}; });
    CHECK(broken == std::vector<std::string>{});
}
