// SPDX-License-Identifier: BSL-1.0
#include <koc/core/type_key.hpp>

#include "support/catch.hpp"

#include <string>
#include <vector>

namespace one {
struct same {};
} // namespace one
namespace other {
struct same {};
} // namespace other

TEST_CASE("a type has one key, and two types have two", "[core]") {
    STATIC_REQUIRE(koc::key_of<int> == koc::key_of<int>);
    STATIC_REQUIRE(koc::key_of<int> != koc::key_of<unsigned>);
    STATIC_REQUIRE(koc::key_of<one::same> != koc::key_of<other::same>);
    STATIC_REQUIRE(koc::key_of<std::vector<int>> != koc::key_of<std::vector<long>>);
    STATIC_REQUIRE(koc::key_of<int> != koc::key_of<int const>);
}

TEST_CASE("no type is a key too, equal to none other", "[core]") {
    STATIC_REQUIRE_FALSE(koc::type_key{}.valid());
    STATIC_REQUIRE(koc::key_of<int>.valid());
    STATIC_REQUIRE(koc::type_key{} == koc::type_key{});
    STATIC_REQUIRE(koc::type_key{} != koc::key_of<int>);
    STATIC_REQUIRE(koc::type_key{}.hash() == 0);
}

TEST_CASE("keys are equal when the names are, wherever the entry stands", "[core]") {
    // As two shared libraries have one each.
    static constexpr auto copy = koc::detail::entry_of<std::string>;
    STATIC_REQUIRE(koc::type_key{copy} == koc::key_of<std::string>);
    STATIC_REQUIRE(koc::type_key{copy}.hash() == koc::key_of<std::string>.hash());
}
