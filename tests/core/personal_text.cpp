// SPDX-License-Identifier: BSL-1.0
#include <koc/core/personal_text.hpp>
#include <koc/describe/described.hpp>

#include "support/catch.hpp"

#include <string>
#include <string_view>

namespace {

TEST_CASE("a personal text says whose it is", "[core]") {
    koc::personal_text const name{7, "Lin"};
    CHECK(name == koc::personal_text{7, "Lin"});
    CHECK_FALSE(name == koc::personal_text{8, "Lin"});
    CHECK_FALSE(name == koc::personal_text{7, "Lina"});
    CHECK(koc::personal_text{}.owner == 0);
}

TEST_CASE("a personal text is described, so that stores find it in any event", "[core]") {
    std::string members;
    koc::personal_text const text;
    koc::for_each_member(text, [&](std::string_view member, auto const&) {
        members += member;
        members += ' ';
    });
    CHECK(members == "owner text ");
}

} // namespace
