// SPDX-License-Identifier: BSL-1.0
#include <koc/core/described.hpp>
#include <koc/core/error.hpp>
#include <koc/core/id.hpp>

#include "support/catch.hpp"

#include <string>

namespace {

using task = koc::id<struct task_kind>;

koc::result<int> half(int n) {
    if (n % 2 != 0) {
        return koc::error{koc::errc::invalid_argument, "n " + std::to_string(n),
            "expected an even number; add one"};
    }
    return n / 2;
}

koc::result<void> only_even(int n) {
    auto const checked = half(n);
    if (!checked) {
        return checked.error();
    }
    return {};
}

TEST_CASE("a result holds a value or the refusal, and hands the refusal on", "[core]") {
    REQUIRE(half(8).has_value());
    CHECK(*half(8) == 4);
    REQUIRE(half(7).has_error());
    CHECK(half(7).error() ==
        koc::error{koc::errc::invalid_argument, "n 7", "expected an even number; add one"});
    CHECK(only_even(8).has_value());
    CHECK(only_even(7).error() == half(7).error());
}

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
