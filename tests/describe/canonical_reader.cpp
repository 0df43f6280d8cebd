// SPDX-License-Identifier: BSL-1.0
#include <koc/describe/canonical_reader.hpp>

#include <koc/describe/canonical.hpp>

#include "support/catch.hpp"
#include "json/random_notes.hpp"

#include <rapidcheck.h>

#include <cstdint>
#include <limits>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using json_test::mood;
using json_test::note;
using json_test::random_notes;
using koc::canonical_text;
using koc::errc;
using koc::from_canonical;

struct leaf {
    std::uint8_t number = 0;
    std::optional<std::string> word;

    friend bool operator==(leaf const&, leaf const&) = default;
};
BOOST_DESCRIBE_STRUCT(leaf, (), (number, word))
struct twig {
    std::vector<leaf> leaves;
    std::pair<leaf, mood> both;
    std::optional<leaf> last;
    std::vector<twig> above;
};
BOOST_DESCRIBE_STRUCT(twig, (), (leaves, both, last, above))
struct nothing {};
BOOST_DESCRIBE_STRUCT(nothing, (), ())
struct chosen {
    std::set<int> numbers;
};
BOOST_DESCRIBE_STRUCT(chosen, (), (numbers))

TEST_CASE("what was written is read", "[describe]") {
    CHECK(rc::check("of any value", [](std::uint64_t seed) {
        auto const value = random_notes{seed}.one();
        auto const read = from_canonical<note>(canonical_text(value));
        RC_ASSERT(read.has_value());
        RC_ASSERT(*read == value);
    }));
    CHECK(from_canonical<nothing>("{}").has_value());
    CHECK(*from_canonical<std::vector<std::optional<int>>>("[1,null]") ==
        std::vector<std::optional<int>>{1, std::nullopt});
    CHECK(*from_canonical<bool>("true"));
    CHECK_FALSE(*from_canonical<bool>("false"));
}

TEST_CASE("values without a name and instants outside of the calendar are read as numbers",
    "[describe]") {
    auto const unnamed = static_cast<mood>(5);
    CHECK(*from_canonical<mood>(canonical_text(unnamed)) == unnamed);
    for (auto ms : {std::numeric_limits<std::int64_t>::min(), koc::instant_min.ms - 1,
             koc::instant_max.ms + 1, std::numeric_limits<std::int64_t>::max()}) {
        CHECK(*from_canonical<koc::instant>(canonical_text(koc::instant{ms})) == koc::instant{ms});
    }
}

TEST_CASE("what is read anew is written over", "[describe]") {
    leaf held{7, "seven"};
    koc::canonical_reader in{R"({"number":1}{"number":2,"word":"b"})"};
    REQUIRE(in.read(held).has_value());
    CHECK(held == leaf{1, std::nullopt});
    CHECK_FALSE(in.ended());
    REQUIRE(in.read(held).has_value());
    CHECK(held == leaf{2, "b"});
    CHECK(in.ended());
    CHECK(in.next() == '\0');
}

TEST_CASE("damage is refused or read as the value that it spells", "[describe]") {
    CHECK(rc::check("of any text", [](std::uint64_t seed) {
        random_notes random{seed};
        auto const text = random.damaged(canonical_text(random.one()));
        if (auto const read = from_canonical<note>(text)) {
            auto const again = from_canonical<note>(canonical_text(*read));
            RC_ASSERT(again.has_value());
            RC_ASSERT(*again == *read);
        } else {
            RC_ASSERT(read.error().code == errc::invalid_argument);
            RC_ASSERT(read.error().expected.find("expected") == 0U);
        }
    }));
}

struct refusal_case {
    std::string_view text;
    std::string_view subject;
    std::string_view says;
};

TEST_CASE("a refusal names the path, the byte and what was expected", "[describe]") {
    constexpr std::string_view start = R"({"leaves":[{"number":1}],"both":[{"number":2},"glad"],)";
    CHECK(from_canonical<twig>(std::string{start} + R"("above":[]})").has_value());
    for (auto const& [text, subject, says] : std::vector<refusal_case>{
             {R"({"leaves":[{"number":1},{"number":256}])", ".leaves[1].number",
                 "expected a whole number between 0 and 255 without leading zeros at byte 34"},
             {R"({"leaves":[{"number":-1}])", ".leaves[0].number", "between 0 and 255"},
             {R"({"leaves":[{"number":01}])", ".leaves[0].number", "leading zeros"},
             {R"({"leaves":[{"number":}])", ".leaves[0].number", "a whole number"},
             {R"({"leaves":[{"word":"w"}])", ".leaves[0]", "expected the member number at byte 11"},
             {R"({"leaves":[{"number":1,"more":2}])", ".leaves[0]", "expected '}' at byte 22"},
             {R"({"leaves":[{"number":1,"word":"w}])", ".leaves[0].word", "the end of a text"},
             {R"({"leaves":[{"number":1,"word":"\q"}])", ".leaves[0].word", "an escape"},
             {R"({"leaves":[{"number":1,"word":"\u0041"}])", ".leaves[0].word", "an escape"},
             {R"({"leaves":[{"number":1,"word":"\u001)", ".leaves[0].word", "an escape"},
             {"{\"leaves\":[{\"number\":1,\"word\":\"\n\"}]", ".leaves[0].word", "the end of a"},
             {R"({"leaves":[{"number":1} ])", ".leaves", "expected ',' at byte 23"},
             {R"({"leaves":[{"number":1},])", ".leaves[1]", "the member number"},
             {R"({"leaves":[)", ".leaves[0]", "the member number"},
             {R"({"leaves":{})", ".leaves", "expected '[' at byte 10"},
             {R"({"leaves":[],"both":[{"number":2},"mad"])", ".both[1]",
                 "expected one of: calm, glad, torn at byte 34"},
             {R"({"leaves":[],"both":[{"number":2},"glad)", ".both[1]", "one of"},
             {R"({"leaves":[],"both":[{"number":2}])", ".both", "expected ','"},
             {R"({"leaves":[],"both":[{},"glad"])", ".both[0]", "the member number"},
             {" {}", "", "the member leaves"},
             {"", "", "the member leaves"},
         }) {
        INFO(text);
        auto const read = from_canonical<twig>(text);
        REQUIRE_FALSE(read.has_value());
        CHECK(read.error().subject == subject);
        INFO(read.error().expected);
        CHECK(read.error().expected.find(says) != std::string::npos);
    }
    CHECK(from_canonical<bool>("tru").error().expected.find("true or false") == 9);
    CHECK(from_canonical<bool>("true ").error().expected.find("the end of the text") == 9);
    CHECK(from_canonical<int>("-0").has_value() == false);
    CHECK(from_canonical<int>("-01").has_value() == false);
    CHECK(from_canonical<koc::instant>(R"("yesterday")").has_value() == false);
    CHECK(from_canonical<koc::digest>(R"("0123")").has_value() == false);
    CHECK(from_canonical<koc::personal_text>(R"({"text":"a","owner":1})").has_value() == false);
}

TEST_CASE("what a form does not read is refused as the form says", "[describe]") {
    auto const said = from_canonical<koc::requirement>(R"({"tag":"north"})");
    CHECK(said.error().subject == ".tag");
    CHECK(from_canonical<koc::requirement>(R"({"all":[{"any":[]},{"none":3}]})").error().subject ==
        ".all[1].none");
    CHECK(from_canonical<koc::requirement>("{}").has_value() == false);
}

TEST_CASE("a list that cannot grow, and nesting without end, are refused", "[describe]") {
    CHECK(from_canonical<chosen>(R"({"numbers":[]})").has_value());
    auto const set = from_canonical<chosen>(R"({"numbers":[1]})");
    CHECK(set.error().subject == ".numbers");
    CHECK(set.error().expected.find("std::vector") != std::string::npos);

    std::string deep;
    for (int i = 0; i < 100'000; ++i) {
        deep += R"({"leaves":[],"both":[{"number":2},"glad"],"above":[)";
    }
    CHECK(from_canonical<twig>(deep).error().expected.find("at most 256 levels") == 9);
}

} // namespace
