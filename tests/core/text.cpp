// SPDX-License-Identifier: BSL-1.0
#include <koc/core/text.hpp>

#include "support/catch.hpp"

#include <rapidcheck.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace std::string_view_literals;

TEST_CASE("well-formed UTF-8 is told from what is not", "[core]") {
    struct expectation {
        std::string_view bytes;
        bool good;
        char const* why;
    };
    for (auto const& c : {
             expectation{""sv, true, "nothing"},
             expectation{"plain"sv, true, "ASCII"},
             expectation{"\0"sv, true, "zero is a character"},
             expectation{"\x7f"sv, true, "the last of one byte"},
             expectation{"\xc2\x80"sv, true, "the first of two bytes"},
             expectation{"\xdf\xbf"sv, true, "the last of two bytes"},
             expectation{"\xe0\xa0\x80"sv, true, "the first of three bytes"},
             expectation{"\xed\x9f\xbf"sv, true, "just below the surrogates"},
             expectation{"\xee\x80\x80"sv, true, "just above the surrogates"},
             expectation{"\xef\xbf\xbd"sv, true, "the replacement character"},
             expectation{"\xef\xbf\xbf"sv, true, "the last of three bytes"},
             expectation{"\xf0\x90\x80\x80"sv, true, "the first of four bytes"},
             expectation{"\xf4\x8f\xbf\xbf"sv, true, "the last of all"},
             expectation{"\xe5\x93\x88\xe5\xb0\x94\xe6\xbb\xa8"sv, true, "a city"},

             expectation{"\x80"sv, false, "a continuation alone"},
             expectation{"a\xbf"sv, false, "a continuation after ASCII"},
             expectation{"\xc2"sv, false, "the second byte is missing"},
             expectation{"\xe5\x93"sv, false, "the third byte is missing"},
             expectation{"\xf0\x90\x80"sv, false, "the fourth byte is missing"},
             expectation{"\xc2z"sv, false, "a letter for a continuation"},
             expectation{"\xe5\x93z"sv, false, "a letter for the third byte"},
             expectation{"\xc0\x80"sv, false, "zero in two bytes"},
             expectation{"\xc1\xbf"sv, false, "ASCII in two bytes"},
             expectation{"\xe0\x9f\xbf"sv, false, "two bytes' worth in three"},
             expectation{"\xf0\x8f\xbf\xbf"sv, false, "three bytes' worth in four"},
             expectation{"\xed\xa0\x80"sv, false, "the first surrogate"},
             expectation{"\xed\xbf\xbf"sv, false, "the last surrogate"},
             expectation{"\xf4\x90\x80\x80"sv, false, "above the last of all"},
             expectation{"\xf5\x80\x80\x80"sv, false, "a lead byte that starts nothing"},
             expectation{"\xf8\x88\x80\x80\x80"sv, false, "five bytes"},
             expectation{"\xfe"sv, false, "never a byte of UTF-8"},
             expectation{"\xff"sv, false, "never a byte of UTF-8"},
             expectation{"good, then \xff"sv, false, "bad at the end"},
         }) {
        CAPTURE(c.why);
        CHECK(koc::is_utf8(c.bytes) == c.good);
    }
}

TEST_CASE("text that is accepted can be cut between any two pieces of text", "[core]") {
    CHECK(rc::check("the concatenation of good texts is good, and one bad byte spoils it", [] {
        auto const points = *rc::gen::container<std::vector<std::uint32_t>>(
            rc::gen::inRange<std::uint32_t>(0, 0x110000));
        std::string text;
        for (auto const point : points) {
            if (point >= 0xd800 && point < 0xe000) {
                continue;
            }
            if (point < 0x80) {
                text += static_cast<char>(point);
            } else if (point < 0x800) {
                text += static_cast<char>(0xc0 | point >> 6);
                text += static_cast<char>(0x80 | (point & 0x3f));
            } else if (point < 0x10000) {
                text += static_cast<char>(0xe0 | point >> 12);
                text += static_cast<char>(0x80 | (point >> 6 & 0x3f));
                text += static_cast<char>(0x80 | (point & 0x3f));
            } else {
                text += static_cast<char>(0xf0 | point >> 18);
                text += static_cast<char>(0x80 | (point >> 12 & 0x3f));
                text += static_cast<char>(0x80 | (point >> 6 & 0x3f));
                text += static_cast<char>(0x80 | (point & 0x3f));
            }
        }
        RC_ASSERT(koc::is_utf8(text));
        RC_ASSERT(!koc::is_utf8(text + '\xc0'));
        RC_ASSERT(!koc::is_utf8('\x80' + text));
    }));
}

TEST_CASE("text from outside is refused in words that say what to do", "[core]") {
    struct expectation {
        std::string text;
        std::string expected; ///< empty if it is accepted
    };
    std::string const control =
        "expected no control characters other than newline and tab; remove them";
    std::string const encoding = "expected valid UTF-8; convert the text before sending it";
    for (auto const& c : {
             expectation{"", ""},
             expectation{"two\nlines\ta tab", ""},
             expectation{std::string(16, 'x'), ""},
             expectation{std::string(17, 'x'), "expected at most 16 bytes, got 17; shorten it"},
             expectation{std::string(17, '\xff'), "expected at most 16 bytes, got 17; shorten it"},
             expectation{"\xff", encoding},
             expectation{std::string("a\0b", 3), control},
             expectation{"a\rb", control},
             expectation{"\x1b[2J", control},
             expectation{"\x1f", control},
             expectation{"a\x7f", control},
             expectation{"a\xc2\x80", control},
             expectation{"a\xc2\x9f", control},
             expectation{"a\xc2\xa0", ""},
             expectation{"\x20", ""},
         }) {
        CAPTURE(c.text);
        auto const refused = koc::check_text("note", c.text, 16);
        REQUIRE(refused.has_value() == !c.expected.empty());
        if (refused) {
            CHECK(*refused == koc::error{koc::errc::invalid_text, "note", c.expected});
        }
    }
}

TEST_CASE("a name is one line of visible characters", "[core]") {
    struct expectation {
        std::string_view text;
        std::string_view point; ///< that the refusal names; empty if the name is accepted
    };
    for (auto const& c : {
             expectation{"Hail"sv, ""},
             expectation{"two words"sv, ""},
             expectation{"\xe5\x93\x88\xe3\x80\x80\xe6\xbb\xa8"sv, ""}, // a wide blank within
             expectation{"\xf0\x9f\x8f\x94\xef\xb8\x8f"sv, ""},         // with its variation
             expectation{"a\nb"sv, "U+000A"},
             expectation{"a\tb"sv, "U+0009"},
             expectation{"a\rb"sv, "U+000D"},
             expectation{"\0"sv, "U+0000"},
             expectation{"a\x1b[2J"sv, "U+001B"},
             expectation{"a\x7f"sv, "U+007F"},
             expectation{"a\xc2\x85 b"sv, "U+0085"}, // next line
             expectation{"a\xc2\xad"sv, "U+00AD"},
             expectation{"a\xd8\x9c"sv, "U+061C"},
             expectation{"\xe2\x80\x8b"sv, "U+200B"},
             expectation{"a\xe2\x80\x8d"sv, "U+200D"},
             expectation{"a\xe2\x80\x8f"sv, "U+200F"},
             expectation{"a\xe2\x80\xa8"sv, "U+2028"},
             expectation{"a\xe2\x80\xaa"sv, "U+202A"},
             expectation{"a\xe2\x80\xae"sv, "U+202E"},
             expectation{"a\xe2\x81\xa0"sv, "U+2060"},
             expectation{"a\xe2\x81\xa4"sv, "U+2064"},
             expectation{"a\xe2\x81\xa6"sv, "U+2066"},
             expectation{"a\xe2\x81\xa9"sv, "U+2069"},
             expectation{"\xef\xbb\xbf"sv, "U+FEFF"},
             expectation{"a\xf3\xa0\x81\xa1"sv, "U+E0061"},
         }) {
        CAPTURE(c.point);
        auto const refused = koc::check_name("name", c.text);
        REQUIRE(refused.has_value() == !c.point.empty());
        if (refused) {
            CHECK(*refused ==
                koc::error{koc::errc::invalid_text, "name",
                    "expected one line of visible characters, not " + std::string{c.point} +
                        "; remove it"});
        }
    }
    for (auto const blanks :
        {" "sv, "   "sv, "\xc2\xa0"sv, "\xe3\x80\x80"sv, " \xe2\x80\x80\xe2\x80\x8a"sv,
            "\xe2\x80\xaf\xe2\x81\x9f\xe1\x9a\x80"sv, "\xe3\x85\xa4"sv}) {
        CHECK(koc::check_name("name", blanks) ==
            koc::error{koc::errc::invalid_text, "name",
                "expected a text of more than blanks; fill it in"});
    }
    CHECK(koc::check_name("name", "a\xff"sv)->expected ==
        "expected valid UTF-8; convert the text before sending it");
}

TEST_CASE("text from outside is quoted on one line and cannot end its own quotes", "[core]") {
    struct expectation {
        std::string_view text;
        std::string_view quoted;
    };
    for (auto const& c : {
             expectation{""sv, "''"},
             expectation{"region:harbin"sv, "'region:harbin'"},
             expectation{"\xe5\x93\x88"sv, "'\xe5\x93\x88'"},
             expectation{"a'b\"c\\d"sv, "'a\\'b\\\"c\\\\d'"},
             expectation{"a\n2026-01-31 refused"sv, "'a\\n2026-01-31 refused'"},
             expectation{"\0\t\x1b\x7f"sv, "'\\u{0000}\\u{0009}\\u{001B}\\u{007F}'"},
             expectation{"\xc2\x9b"sv, "'\\u{009B}'"},
             expectation{"a\xe2\x80\xae\x62"sv, "'a\\u{202E}b'"},
             expectation{"\xf3\xa0\x81\xa1"sv, "'\\u{E0061}'"},
             expectation{"\xff\xe5\x93"sv, "'\\xFF\\xE5\\x93'"},
         }) {
        CHECK(koc::quoted(c.text) == c.quoted);
        CHECK('\'' + koc::escaped(c.text) + '\'' == c.quoted);
    }
    CHECK(koc::quoted(std::string(128, 'x')) == '\'' + std::string(128, 'x') + '\'');
    CHECK(koc::quoted(std::string(129, 'x')) == '\'' + std::string(128, 'x') + "\xe2\x80\xa6'");
    // A character is left out as a whole, and its escape too.
    CHECK(koc::quoted("ab\xe5\x93\x88", 4) == "'ab\xe2\x80\xa6'");
    CHECK(koc::quoted("ab\n", 3) == "'ab\xe2\x80\xa6'");
}

TEST_CASE("a name has to say something, and not too much", "[core]") {
    CHECK(koc::check_name("name", "") ==
        koc::error{koc::errc::invalid_text, "name", "expected a non-empty text; fill it in"});
    CHECK_FALSE(koc::check_name("name", "x"));
    CHECK_FALSE(koc::check_name("name", std::string(koc::name_length_max, 'x')));
    CHECK(koc::check_name("name", std::string(koc::name_length_max + 1, 'x'))->expected ==
        "expected at most 512 bytes, got 513; shorten it");
}

} // namespace
