// SPDX-License-Identifier: BSL-1.0
#include <koc/workflow/approval.hpp>

#include "support/catch.hpp"

#include <string>

using namespace koc;

namespace {

TEST_CASE("another person decides once and in time", "[workflow]") {
    approval it{3, {100}, approval_stage::asked, 0};
    CHECK(check_decide("approval 1", it, "employee", 4, {99}).has_value());
    auto const own = check_decide("approval 1", it, "employee", 3, {99});
    REQUIRE_FALSE(own.has_value());
    CHECK(own.error().code == errc::not_qualified);
    CHECK(own.error().subject == "employee 3");
    CHECK(own.error().expected.find("nobody approves their own") != std::string::npos);
    auto const late = check_decide("approval 1", it, "employee", 4, {100});
    REQUIRE_FALSE(late.has_value());
    CHECK(late.error().code == errc::wrong_state);
    decide_approval(it, approval_stage::rejected, 4);
    CHECK(it.decided_by == 4);
    auto const again = check_decide("approval 1", it, "employee", 5, {99});
    REQUIRE_FALSE(again.has_value());
    CHECK(again.error().expected.find("not one that is rejected") != std::string::npos);
}

} // namespace
