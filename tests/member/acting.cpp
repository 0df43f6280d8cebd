// SPDX-License-Identifier: BSL-1.0
#include <koc/member/acting.hpp>

#include "support/catch.hpp"

#include <string>

using namespace koc;

namespace {

constexpr member_id an{1};
constexpr actor himself{actor_kind::member, 1};
constexpr actor another{actor_kind::member, 2};
constexpr actor desk{actor_kind::employee, 1};

TEST_CASE("a member's own word is theirs, or the host's who vouches for them", "[member]") {
    CHECK(acting(an) == himself);
    CHECK(check_own_word(himself, an).has_value());
    CHECK(check_own_word(actor{}, an).has_value());
    for (auto by : {another, desk, actor{actor_kind::time}}) {
        auto const refused = check_own_word(by, an);
        REQUIRE_FALSE(refused.has_value());
        CHECK(refused.error().code == errc::not_qualified);
        CHECK(refused.error().subject == "member 1");
        CHECK(refused.error().expected.find("not " + to_string(by)) != std::string::npos);
    }
}

TEST_CASE("what the desk records no member records", "[member]") {
    CHECK(check_desk(desk, "talk").has_value());
    CHECK(check_desk(actor{}, "talk").has_value());
    CHECK(check_desk(actor{actor_kind::time}, "talk").has_value());
    auto const refused = check_desk(himself, "talk");
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().code == errc::not_qualified);
    CHECK(refused.error().subject == "talk");
}

TEST_CASE("words about a member belong to them", "[member]") {
    CHECK(check_words_of(an, {}).has_value());
    CHECK(check_words_of(an, {1, "tired"}).has_value());
    auto const refused = check_words_of(an, {2, "tired"});
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().code == errc::invalid_argument);
    CHECK(refused.error().subject == "words on member 1");
}

} // namespace
