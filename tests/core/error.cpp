// SPDX-License-Identifier: BSL-1.0
#include <koc/core/error.hpp>
#include <koc/core/id.hpp>
#include <koc/describe/described.hpp>

#include "support/catch.hpp"

#include <string>

namespace {

using task = koc::id<struct task_kind>;

TEST_CASE("a refusal names its subject by kind and number", "[core]") {
    CHECK(koc::subject("task", task{7}) == "task 7");
    auto const refused = koc::unknown("task", task{18'446'744'073'709'551'615U});
    CHECK(refused.code == koc::errc::unknown_id);
    CHECK(refused.subject == "task 18446744073709551615");
    CHECK(refused.expected == "expected the id of a known task; create it first or correct the id");
}

TEST_CASE("every code of a refusal has a name", "[core]") {
    STATIC_REQUIRE(koc::name_of(koc::errc::unknown_id) == "unknown_id");
    STATIC_REQUIRE(koc::name_of(koc::errc::outcome_unknown) == "outcome_unknown");
    for (int code = 0; code <= static_cast<int>(koc::errc::outcome_unknown); ++code) {
        CHECK(koc::name_of(static_cast<koc::errc>(code)) != "?");
    }
}

} // namespace
