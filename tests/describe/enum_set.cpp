// SPDX-License-Identifier: BSL-1.0
#include <koc/describe/enum_set.hpp>

#include <koc/describe/canonical.hpp>
#include <koc/describe/canonical_reader.hpp>
#include <koc/describe/described_enum.hpp>

#include "support/catch.hpp"

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace {

enum class tint : unsigned char { red, green, blue };
BOOST_DESCRIBE_ENUM(tint, red, green, blue)

using tints = koc::enum_set<tint>;

struct flag {
    tints colours;
};
BOOST_DESCRIBE_STRUCT(flag, (), (colours))

koc::result<flag> read(std::string_view text) { return koc::from_canonical<flag>(text); }

TEST_CASE("an enum_set holds each value once, ascending", "[describe]") {
    STATIC_REQUIRE(sizeof(tints) == 4);
    CHECK(tints{}.empty());
    CHECK_FALSE(tints{tint::red}.empty());
    tints const set{tint::blue, tint::red, tint::blue};
    CHECK(set.size() == 2);
    CHECK(std::vector(set.begin(), set.end()) == std::vector{tint::red, tint::blue});
    CHECK(set == tints{std::vector{tint::red, tint::blue}});
    CHECK_FALSE(set == tints{tint::red});
    CHECK(set.contains(tint::blue));
    CHECK_FALSE(set.contains(tint::green));
    CHECK(tints{tint::green, tint::red, tint::blue}.size() == 3);
}

TEST_CASE("an enum_set is written and read as a list", "[describe]") {
    flag const striped{{tint::blue, tint::red}};
    auto const text = koc::canonical_text(striped);
    CHECK(text == R"({"colours":["red","blue"]})");
    CHECK(read(text)->colours == striped.colours);
    CHECK(read(R"({"colours":[]})")->colours.empty());
}

TEST_CASE("an enum_set that was read is in its own order, whatever the text's is", "[describe]") {
    auto const read_one = read(R"({"colours":["blue","red","blue","red"]})");
    REQUIRE(read_one);
    CHECK(read_one->colours == tints{tint::red, tint::blue});
    CHECK(koc::digest_of(*read_one) == koc::digest_of(flag{{tint::red, tint::blue}}));
    CHECK_FALSE(read(R"({"colours":["mauve"]})"));
    CHECK_FALSE(read(R"({"colours":[7]})"));
}

} // namespace
