// SPDX-License-Identifier: BSL-1.0
#include <koc/describe/canonical.hpp>

#include "support/catch.hpp"

#include <rapidcheck.h>

#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace {

using koc::canonical_text;
using task = koc::id<struct task_kind>;

enum class colour : signed char { red = -1, green = 4 };
BOOST_DESCRIBE_ENUM(colour, red, green)

struct leaf {
    int number = 0;
    std::optional<std::string> word;
};
BOOST_DESCRIBE_STRUCT(leaf, (), (number, word))

struct tree {
    task id;
    colour tint = colour::green;
    leaf top;
    std::vector<leaf> leaves;
    std::optional<koc::instant> felled;
};
BOOST_DESCRIBE_STRUCT(tree, (), (id, tint, top, leaves, felled))

struct nothing {};
BOOST_DESCRIBE_STRUCT(nothing, (), ())

struct all_absent {
    std::optional<int> a;
    std::optional<int> b;
};
BOOST_DESCRIBE_STRUCT(all_absent, (), (a, b))

TEST_CASE("the canonical text is the one that every release has written", "[describe]") {
    using list = std::vector<int>;
    CHECK(canonical_text(true) == "true");
    CHECK(canonical_text(false) == "false");
    CHECK(canonical_text(task{7}) == "7");
    CHECK(canonical_text(~std::uint64_t{0}) == "18446744073709551615");
    CHECK(canonical_text(std::numeric_limits<std::int64_t>::min()) == "-9223372036854775808");
    CHECK(canonical_text(std::int8_t{-5}) == "-5");
    CHECK(canonical_text(colour::red) == R"("red")");
    CHECK(canonical_text(koc::seconds(90)) == "90000");
    CHECK(canonical_text(koc::percent(-150)) == "-1500000");
    CHECK(canonical_text(koc::digest{0x0123456789abcdef, 0xf}) ==
        R"("0123456789abcdef000000000000000f")");
    CHECK(canonical_text(koc::personal_text{9, "Lin"}) == R"({"owner":9,"text":"Lin"})");
    CHECK(canonical_text(list{}) == "[]");
    CHECK(canonical_text(list{1, -2}) == "[1,-2]");
    CHECK(canonical_text(std::vector<list>{{}, {1}, {2, 3}}) == "[[],[1],[2,3]]");
    CHECK(canonical_text(std::pair{1, std::string{"b"}}) == R"([1,"b"])");
    CHECK(canonical_text(std::map<std::string, bool>{{"b", true}, {"a", false}}) ==
        R"([["a",false],["b",true]])");
    CHECK(canonical_text(nothing{}) == "{}");
    CHECK(canonical_text(all_absent{}) == "{}");
    CHECK(canonical_text(all_absent{std::nullopt, 2}) == R"({"b":2})");
    CHECK(canonical_text(std::vector<std::optional<int>>{1, std::nullopt}) == "[1,null]");
    CHECK(canonical_text(tree{}) == R"({"id":0,"tint":"green","top":{"number":0},"leaves":[]})");
    CHECK(canonical_text(
              tree{task{3}, colour::red, {1, "a"}, {{2, {}}, {3, ""}}, koc::instant{1'500}}) ==
        R"({"id":3,"tint":"red","top":{"number":1,"word":"a"},)"
        R"("leaves":[{"number":2},{"number":3,"word":""}],"felled":"1970-01-01T00:00:01.500Z"})");
}

TEST_CASE("instants are dates, those outside of the calendar numbers", "[describe]") {
    CHECK(canonical_text(koc::instant{}) == R"("1970-01-01T00:00:00Z")");
    CHECK(canonical_text(koc::instant_min) == R"("0000-01-01T00:00:00Z")");
    CHECK(canonical_text(koc::instant_max) == R"("9999-12-31T23:59:59.999Z")");
    CHECK(canonical_text(koc::instant{koc::instant_max.ms + 1}) == "253402300800000");
    CHECK(canonical_text(koc::instant{koc::instant_min.ms - 1}) == "-62167219200001");
    CHECK(canonical_text(koc::instant{INT64_MIN}) == "-9223372036854775808");
}

TEST_CASE("an enum's value without a name is a number", "[describe]") {
    CHECK(canonical_text(static_cast<colour>(2)) == "2");
    CHECK(canonical_text(static_cast<colour>(-2)) == "254");
}

TEST_CASE("text is quoted as JSON asks, and otherwise as it is", "[describe]") {
    CHECK(canonical_text(std::string{}) == R"("")");
    CHECK(canonical_text(std::string{R"(a"b\c/d)"}) == R"("a\"b\\c/d")");
    CHECK(canonical_text(std::string{"\b\f\n\r\t"}) == R"("\b\f\n\r\t")");
    CHECK(canonical_text(std::string{"\0\x01\x1f\x7f", 4}) == "\"\\u0000\\u0001\\u001f\x7f\"");
    CHECK(
        canonical_text(std::string{"\xe7\xbb\xad\xe8\x88\xaa"}) == "\"\xe7\xbb\xad\xe8\x88\xaa\"");
    CHECK(canonical_text(std::string{"end\n"}) == R"("end\n")");
    CHECK(canonical_text(koc::personal_text{1, "\""}) == R"({"owner":1,"text":"\""})");
}

TEST_CASE("quoting is undone by the rules of JSON", "[describe]") {
    CHECK(rc::check("unquoting gives back the text", [] {
        auto const text = *rc::gen::arbitrary<std::string>();
        std::string quoted;
        koc::append_quoted(quoted, text);
        RC_ASSERT(quoted.front() == '"');
        RC_ASSERT(quoted.back() == '"');
        std::string back;
        for (std::size_t i = 1; i + 1 < quoted.size(); ++i) {
            RC_ASSERT(static_cast<unsigned char>(quoted[i]) >= 0x20U);
            RC_ASSERT(quoted[i] != '"');
            if (quoted[i] != '\\') {
                back += quoted[i];
                continue;
            }
            constexpr std::string_view letters = "\"\\bfnrt";
            constexpr std::string_view meant = "\"\\\b\f\n\r\t";
            if (quoted[++i] == 'u') {
                back += static_cast<char>(std::stoi(quoted.substr(i + 1, 4), nullptr, 16));
                i += 4;
            } else {
                back += meant[letters.find(quoted[i])];
            }
        }
        RC_ASSERT(back == text);
    }));
}

TEST_CASE("text is appended to what is there", "[describe]") {
    std::string out = "x";
    int const seven = 7;
    koc::append_canonical(out, koc::shape_of<int>, &seven);
    CHECK(out == "x7");
}

} // namespace
