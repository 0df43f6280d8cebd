// SPDX-License-Identifier: BSL-1.0
#include <koc/workflow/award.hpp>

#include "support/catch.hpp"

#include <string_view>

using namespace koc;

namespace {

TEST_CASE("an award is over from the end of its time on, unless it was taken back before",
    "[workflow][award]") {
    instant const end{100};
    CHECK(state_at(award_state::valid, end, instant{99}) == award_state::valid);
    CHECK(state_at(award_state::valid, end, end) == award_state::expired);
    CHECK(state_at(award_state::valid, {}, instant_max) == award_state::valid);
    CHECK(state_at(award_state::revoked, end, end) == award_state::revoked);
    CHECK(state_at(award_state::declined, end, end) == award_state::declined);
}

TEST_CASE("an address is of the web, and of characters that need no escape", "[workflow][award]") {
    for (std::string_view fine : {"https://example.org", "http://a", "https://a.b/c?d=e#f%20"}) {
        INFO(fine);
        CHECK(is_web_address(fine));
    }
    for (std::string_view wrong : {"", "https://", "https:///a", "ftp://a", "example.org",
             "https://a b", "https://a\"", "https://a\n", "https://\xC3\xA9", "https://a<b>"}) {
        INFO(wrong);
        CHECK_FALSE(is_web_address(wrong));
    }
    auto const refused = check_web_address("image of honour 1", "snow.png");
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().code == errc::invalid_text);
    CHECK(refused.error().subject == "image of honour 1");
    CHECK(check_web_address("image of honour 1", "https://a/b.png").has_value());
}

} // namespace
