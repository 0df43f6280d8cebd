// SPDX-License-Identifier: BSL-1.0
#include <koc/workflow/plan_check.hpp>

#include "support/catch.hpp"

#include <string>
#include <vector>

using namespace koc;

namespace {

plan_step step(std::string name, std::vector<std::string> after = {}) {
    return {std::move(name), "trainer", "", days(7), false, false, std::move(after)};
}

void refuses(std::vector<plan_step> const& steps, errc code, std::string const& word) {
    INFO(word);
    auto const checked = check_steps("course 1", steps);
    REQUIRE_FALSE(checked.has_value());
    CHECK(checked.error().code == code);
    CHECK(checked.error().subject.find("course 1") != std::string::npos);
    CHECK(checked.error().expected.find(word) != std::string::npos);
}

TEST_CASE("steps in any order of writing are accepted as long as none waits for itself",
    "[workflow][plan]") {
    CHECK(check_steps("course 1", {}).has_value());
    CHECK(check_steps(
        "course 1", {step("teach", {"try", "learn"}), step("try", {"learn"}), step("learn")})
              .has_value());
}

TEST_CASE("a circle of steps is refused with the names on it", "[workflow][plan]") {
    refuses({step("a", {"a"})}, errc::invalid_argument, "'a' waits for 'a'");
    refuses({step("learn"), step("a", {"c"}), step("b", {"a", "learn"}), step("c", {"b"})},
        errc::invalid_argument, "'b' waits for 'a' waits for 'c' waits for 'b'");
}

TEST_CASE("steps that nobody could be taken through are refused", "[workflow][plan]") {
    refuses({step("a"), step("a")}, errc::invalid_argument, "no other step has");
    refuses({step("a", {"z"})}, errc::unknown_id, "there is no 'z'");
    refuses({step("")}, errc::invalid_text, "non-empty");
    auto nobodys = step("a");
    nobodys.owner = "";
    refuses({nobodys}, errc::invalid_text, "non-empty");
    auto at_once = step("a");
    at_once.due_after = {};
    refuses({at_once}, errc::invalid_argument, "above 0");
    refuses(std::vector<plan_step>(101, step("a")), errc::too_large, "at most 100");
}

} // namespace
