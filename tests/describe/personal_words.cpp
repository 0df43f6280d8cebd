// SPDX-License-Identifier: BSL-1.0
#include <koc/describe/personal_words.hpp>

#include <koc/describe/canonical_reader.hpp>
#include <koc/describe/digest.hpp>
#include <koc/describe/validate.hpp>

#include <boost/describe/class.hpp>

#include "support/catch.hpp"

#include <cstdint>
#include <string>

namespace {

struct hand_in {
    std::uint64_t work = 0;
    koc::personal_words link;
};
BOOST_DESCRIBE_STRUCT(hand_in, (), (work, link))

TEST_CASE("personal words are a string outside, and no part of a digest", "[describe]") {
    hand_in const sent{3, "https://example.org/\"7\""};
    auto const text = koc::canonical_text(sent);
    CHECK(text == R"({"work":3,"link":"https://example.org/\"7\""})");
    CHECK(koc::from_canonical<hand_in>(text)->link == sent.link);
    CHECK(koc::digest_of(sent) == koc::digest_of(hand_in{3, "another"}));
    CHECK(koc::digest_of(sent) != koc::digest_of(hand_in{4, sent.link}));
    CHECK(sent.link.of(7) == koc::personal_text{7, sent.link.text});
}

TEST_CASE("personal words have the form of any text", "[describe]") {
    CHECK_FALSE(koc::check_form(hand_in{3, "a line\nand another"}).has_value());
    auto const refused = koc::check_form(hand_in{3, std::string{"a\x01"}});
    REQUIRE(refused.has_value());
    CHECK(refused->subject == ".link");
}

} // namespace
