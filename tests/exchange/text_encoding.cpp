// SPDX-License-Identifier: BSL-1.0
#include <koc/exchange/text_encoding.hpp>

#include "support/catch.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace {

using koc::text_encoding;
using namespace std::string_literals;

/// The text of a file that comes in blocks of so many bytes.
std::string decoded(text_encoding from, std::string_view bytes, std::size_t block) {
    koc::text_decoder decoder{from};
    std::string text;
    for (; !bytes.empty(); bytes.remove_prefix((std::min)(block, bytes.size()))) {
        REQUIRE(decoder.decode(bytes.substr(0, block), false, text));
    }
    REQUIRE(decoder.decode({}, true, text));
    return text;
}

TEST_CASE("files are read in each encoding, wherever blocks end", "[exchange]") {
    struct example {
        text_encoding from;
        std::string bytes;
        std::string text;
    };
    auto const li = "\xE6\x9D\x8E, \xF0\x9F\x8E\x89\n"s; // U+674E, U+1F389
    for (auto const& [from, bytes, text] : std::vector<example>{
             {text_encoding::utf8, "", ""},
             {text_encoding::utf8, "a", "a"},
             {text_encoding::utf8, "\xEF\xBB\xBF", ""},
             {text_encoding::utf8, "\xEF\xBB\xBF" + li, li},
             {text_encoding::utf8, li, li},
             {text_encoding::utf8, "a\xEF\xBB\xBF", "a\xEF\xBB\xBF"},
             {text_encoding::gb18030, "\xC0\xEE, \x94\x39\xBD\x35\n", li},
             {text_encoding::gb18030, "\x84\x31\x95\x33\xC0\xEE", "\xE6\x9D\x8E"},
             {text_encoding::gb18030, "abc", "abc"},
             {text_encoding::utf16, "\xFF\xFE\x4E\x67,\0 \0\x3C\xD8\x89\xDF\n\0"s, li},
             {text_encoding::utf16, "\xFE\xFF\x67\x4E\0,\0 \xD8\x3C\xDF\x89\0\n"s, li},
             {text_encoding::utf16, "a\0"s, "a"},
         }) {
        for (std::size_t block : {1U, 2U, 3U, 5U, 1000U}) {
            CAPTURE(from, text, block);
            CHECK(decoded(from, bytes, block) == text);
        }
    }
}

TEST_CASE("what is not well formed becomes a byte that no text holds", "[exchange]") {
    for (std::size_t block : {1U, 2U, 3U, 1000U}) {
        CAPTURE(block);
        CHECK(decoded(text_encoding::gb18030,
                  "a\xFF"
                  "b,\xC0\n\"",
                  block) ==
            "a\xFF"
            "b,\xFF\n\"");
        CHECK(decoded(text_encoding::gb18030, "a\xC0", block) == "a\xFF");
        CHECK(decoded(text_encoding::utf16, "a\0\x00\xDC,\0"s, block) == "a\xFF,");
        CHECK(decoded(text_encoding::utf16, "a\0b"s, block) == "a\xFF");
        CHECK(decoded(text_encoding::utf8, "a\xC0", block) == "a\xC0"); // for the reader to find
    }
}

TEST_CASE("text is written in each encoding", "[exchange]") {
    auto const encoded = [](text_encoding to, std::string_view text) {
        std::string bytes;
        auto const encoder = koc::text_encoder::make(to);
        REQUIRE(encoder);
        REQUIRE(encoder->encode(text, bytes));
        return bytes;
    };
    CHECK(encoded(text_encoding::utf8, "\xE6\x9D\x8E") == "\xE6\x9D\x8E");
    CHECK(encoded(text_encoding::gb18030, "\xE6\x9D\x8E\xF0\x9F\x8E\x89") ==
        "\xC0\xEE\x94\x39\xBD\x35");
    CHECK(encoded(text_encoding::utf16, "a\xE6\x9D\x8E") == "a\0\x4E\x67"s);
    std::string const all(10'000, 'x'); // more than one block of the conversion
    CHECK(encoded(text_encoding::gb18030, all) == all);

    std::string bytes;
    auto const encoder = koc::text_encoder::make(text_encoding::gb18030);
    CHECK(encoder->encode("a\xFF", bytes).error().code == koc::errc::invalid_text);
    CHECK(encoder->encode("a\xE6\x9D", bytes).error().code == koc::errc::invalid_text);
}

} // namespace
