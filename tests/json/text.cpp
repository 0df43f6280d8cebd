// SPDX-License-Identifier: BSL-1.0
#include <koc/json/text.hpp>

#include "support/catch.hpp"

#include <string>
#include <string_view>

namespace {

std::string nested(std::size_t levels) {
    return std::string(levels, '[') + std::string(levels, ']');
}

} // namespace

TEST_CASE("well-formed JSON is read and written back compactly, members in their order", "[json]") {
    struct row {
        std::string_view in;
        std::string_view out;
    };
    row const rows[] = {
        {"null", "null"},
        {" true\n", "true"},
        {"18446744073709551615", "18446744073709551615"},
        {"-9223372036854775808", "-9223372036854775808"},
        {R"("\u0041\n\u0000 \ud83d\ude97")", "\"A\\n\\u0000 🚗\""},
        {R"({ "b": 1, "a": [ ] })", R"({"b":1,"a":[]})"},
        {R"({"a:b":"c:\"d\\", "e":{"a:b":1}})", R"({"a:b":"c:\"d\\","e":{"a:b":1}})"},
    };
    for (auto const& [in, out] : rows) {
        INFO(in);
        auto const read = koc::parse_json(in);
        REQUIRE(read.has_value());
        CHECK(koc::json_text(*read) == out);
    }
}

TEST_CASE("malformed JSON is refused with the byte where it goes wrong", "[json]") {
    struct row {
        std::string_view text;
        char const* subject;
    };
    row const rows[] = {
        {"", "JSON text at byte 0"},
        {"  ", "JSON text at byte 2"},
        {"{", "JSON text at byte 1"},
        {"[1,]", "JSON text at byte 3"},
        {"{\"a\":1,}", "JSON text at byte 7"},
        {"{'a':1}", "JSON text at byte 1"},
        {"{a:1}", "JSON text at byte 1"},
        {"[1] 2", "JSON text at byte 4"},
        {"nul", "JSON text at byte 3"},
        {"NaN", "JSON text at byte 0"},
        {"01", "JSON text at byte 1"},
        {"1.", "JSON text at byte 2"},
        {"[1 // one\n]", "JSON text at byte 3"},
        {"\"a\nb\"", "JSON text at byte 2"},
        {"\"\xff\"", "JSON text at byte 1"},
        {"\"\xed\xa0\x80\"", "JSON text at byte 1"},
        {"\"\\ud800\"", "JSON text at byte 7"},
        {"{\"a\":1,\"a\":2}", "JSON text"},
        {"{\"a\":1,\"\\u0061\":2}", "JSON text"},
        {"[{\"a\":{\"b\":1,\"c\":2,\"b\":1}}]", "JSON text"},
    };
    for (auto const& [text, subject] : rows) {
        INFO(text);
        auto const read = koc::parse_json(text);
        REQUIRE(!read.has_value());
        CHECK(read.error().code == koc::errc::invalid_argument);
        CHECK(read.error().subject == subject);
        CHECK(read.error().expected.find("expected") == 0);
    }
}

TEST_CASE("JSON nests as deep below its value as commands may and no deeper", "[json]") {
    CHECK(koc::parse_json(nested(koc::nesting_max + 1)).has_value());
    auto const refused = koc::parse_json(nested(koc::nesting_max + 2));
    REQUIRE(!refused.has_value());
    CHECK(refused.error().expected.find("at most 64 levels") != std::string::npos);
    CHECK(!koc::parse_json(nested(1'000'000)).has_value());
}
