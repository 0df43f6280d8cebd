// SPDX-License-Identifier: BSL-1.0
#include <koc/describe/described_enum.hpp>

#include "support/catch.hpp"

namespace {

enum class colour : unsigned char { red, green = 4 };
BOOST_DESCRIBE_ENUM(colour, red, green)
enum class plain : unsigned char { red };

TEST_CASE("a described enum is told from one that is not, and names its values", "[describe]") {
    STATIC_REQUIRE(koc::described_enum<colour>);
    STATIC_REQUIRE_FALSE(koc::described_enum<plain>);
    STATIC_REQUIRE_FALSE(koc::described_enum<int>);
    STATIC_REQUIRE(koc::name_of(colour::red) == "red");
    STATIC_REQUIRE(koc::name_of(colour::green) == "green");
    STATIC_REQUIRE(koc::name_of(static_cast<colour>(1)) == "?");
}

} // namespace
