// SPDX-License-Identifier: BSL-1.0
#include <koc/exchange/csv_writer.hpp>

#include "support/catch.hpp"

#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

std::string written(std::vector<std::vector<std::string>> const& rows, char delimiter = ',') {
    std::ostringstream out;
    koc::csv_writer writer{*koc::text_sink::make(out), delimiter};
    for (auto const& row : rows) {
        REQUIRE(writer.write(row));
    }
    REQUIRE(writer.finish());
    return out.str();
}

TEST_CASE("fields are put in quotation marks where they need it", "[exchange]") {
    CHECK(written({{"a", "b c", ""}, {"1"}}) == "a,b c,\r\n1\r\n");
    CHECK(written({{"a,b", "c;d"}}) == "\"a,b\",c;d\r\n");
    CHECK(written({{"a,b", "c;d"}}, ';') == "a,b;\"c;d\"\r\n");
    CHECK(written({{"a\"b", "\"", "c\nd", "e\r\nf"}}) ==
        "\"a\"\"b\",\"\"\"\",\"c\nd\",\"e\r\nf\"\r\n");
    CHECK(written({{" a", "b "}}) == "\" a\",\"b \"\r\n");
    CHECK(written({{""}}) == "\"\"\r\n");
}

TEST_CASE("what a spreadsheet takes for a formula is written as text", "[exchange]") {
    for (auto const& [text, guarded] : std::vector<std::pair<std::string_view, std::string_view>>{
             {"=1+1", "'=1+1"},
             {"=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"},
             {"+8613800000000", "'+8613800000000"},
             {"-1+1", "'-1+1"},
             {"-2", "-2"},
             {"-0.75", "-0.75"},
             {"-", "'-"},
             {"@SUM(A1)", "'@SUM(A1)"},
             {"\t=1", "'\t=1"},
             {"\r=1", "'\r=1"},
             {"\n=1", "'\n=1"},
             {" =1", "' =1"},
             {"\xE3\x80\x80=1", "'\xE3\x80\x80=1"}, // behind an ideographic space
             {"\xC2\xA0@x", "'\xC2\xA0@x"},         // a space that breaks no line
             {"\xE2\x80\x8B+1", "'\xE2\x80\x8B+1"}, // one of no width
             {"\xEF\xBB\xBF=1", "'\xEF\xBB\xBF=1"}, // a byte order mark
             {"\xEF\xBC\x9D"
              "1",
                 "'\xEF\xBC\x9D"
                 "1"},
             {"\xEF\xBC\x8B"
              "1",
                 "'\xEF\xBC\x8B"
                 "1"},
             {"\xEF\xBC\x8D"
              "1",
                 "'\xEF\xBC\x8D"
                 "1"},
             {"\xEF\xBC\xA0"
              "A",
                 "'\xEF\xBC\xA0"
                 "A"},
             {"'=1", "''=1"},
             {"''=1", "'''=1"},
             {"'tis", "'tis"},
             {"a=b", "a=b"},
             {"'", "'"},
             {"", ""},
         }) {
        CAPTURE(text);
        CHECK(koc::guarded_cell(text) == guarded);
        CHECK(koc::unguarded_cell(guarded) == text);
    }
    CHECK(written({{"=1,\"x\""}}) == "\"'=1,\"\"x\"\"\"\r\n");
}

TEST_CASE("a stream that cannot be written is refused", "[exchange]") {
    std::ostringstream out;
    out.setstate(std::ios::badbit);
    koc::csv_writer writer{*koc::text_sink::make(out)};
    std::vector<std::string> const row{"a"};
    CHECK(writer.write(row).error().code == koc::errc::unavailable);
    CHECK(writer.finish().error().code == koc::errc::unavailable);
}

} // namespace
