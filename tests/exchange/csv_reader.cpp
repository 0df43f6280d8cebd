// SPDX-License-Identifier: BSL-1.0
#include <koc/exchange/csv_reader.hpp>
#include <koc/exchange/csv_writer.hpp>

#include "support/catch.hpp"

#include <rapidcheck.h>

#include <cstddef>
#include <span>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using strings = std::vector<std::string>;

/// What is read from a text: `line:field|field` for a row, `line:field:character: words` for a
/// problem. Line breaks within fields are shown as \n and \r.
strings read(koc::csv_reader reader) {
    strings found;
    for (auto got = reader.next(); got && *got != koc::row_read::end; got = reader.next()) {
        if (*got == koc::row_read::problem) {
            auto const& [at, column, words] = reader.problem();
            found.push_back(std::to_string(at.line) + ':' + std::to_string(at.field) + ':' +
                std::to_string(at.character) + ": " + words);
            continue;
        }
        auto row = std::to_string(reader.place(0).line) + ':';
        for (std::size_t i = 0; i < reader.size(); ++i) {
            row += i == 0 ? "" : "|";
            for (auto c : reader[i]) {
                row += c == '\n' ? "\\n" : c == '\r' ? "\\r" : std::string(1, c);
            }
        }
        found.push_back(std::move(row));
    }
    return found;
}
/// The same from blocks of so many bytes.
strings read(std::string_view text, std::size_t block, koc::csv_form form = {}) {
    return read(koc::csv_reader{
        koc::text_source{[text, block](std::span<char> room) mutable -> koc::result<std::size_t> {
            auto const taken = text.copy(room.data(), block);
            text.remove_prefix(taken);
            return taken;
        }},
        form});
}

std::string const stray = "expected a quotation mark only around a whole field; put the field in "
                          "quotation marks and double those within it";
std::string const after = "expected a delimiter or the end of the line after a closing quotation "
                          "mark; double those within the field";
std::string const open = "expected a closing quotation mark; add it";
std::string const nul = "expected text, not a NUL byte; remove it";
std::string const encoding = "expected characters of the file's encoding; save the file again, or "
                             "name the encoding that it has";

TEST_CASE("fields are read as RFC 4180 writes them, wherever blocks end", "[exchange]") {
    using namespace std::string_view_literals;
    struct example {
        std::string_view text;
        strings rows;
    };
    for (auto const& [text, rows] : std::vector<example>{
             {"", {}},
             {"\n\r\n\r", {}},
             {"a,b", {"1:a|b"}},
             {"a,b\n", {"1:a|b"}},
             {"a,b\r\nc,d\r\n", {"1:a|b", "2:c|d"}},
             {"a,b\rc,d\r", {"1:a|b", "2:c|d"}},
             {"a,b\n\n\nc", {"1:a|b", "4:c"}},
             {"\xEF\xBB\xBF"
              "a,b\n",
                 {"1:a|b"}},
             {"a,\n,\n", {"1:a|", "2:|"}},
             {"\"\"\n", {"1:"}},
             {"\"a\",\"b, c\"\n", {"1:a|b, c"}},
             {"a,\"b \"\"c\"\" d\"\n", {"1:a|b \"c\" d"}},
             {"\"\"\"\"", {"1:\""}},
             {"\"a\nb\",c\nd\n", {"1:a\\nb|c", "3:d"}},
             {"\"a\r\nb\r\",c\r\nd\r\n", {"1:a\\r\\nb\\r|c", "4:d"}},
             {" a , b \n", {"1: a | b "}},
             {"\xE6\x9D\x8E,\"\xE7\x8E\x8B\"\n", {"1:\xE6\x9D\x8E|\xE7\x8E\x8B"}},
             {"a;b,c\n", {"1:a;b|c"}},
         }) {
        for (std::size_t block : {1U, 2U, 3U, 7U, 65'536U}) {
            CAPTURE(text, block);
            CHECK(read(text, block) == rows);
        }
    }
    CHECK(read("a;\"b;c\";d,e\n", 2, {';'}) == strings{"1:a|b;c|d,e"});
}

TEST_CASE(
    "a bad row is reported by line, field and character, and no other row is lost", "[exchange]") {
    using namespace std::string_view_literals;
    struct example {
        std::string_view text;
        strings found;
    };
    for (auto const& [text, found] : std::vector<example>{
             {"a,\"b\nc,d\ne,f\n", {"1:2:3: " + open, "2:c|d", "3:e|f"}},
             {"\"a,b\nc,\"d\"\ne,f\n", {"2:1:4: " + after, "2:c|d", "3:e|f"}},
             {"a\"b,c\nd,e\n", {"1:1:2: " + stray, "2:d|e"}},
             {"a,\"b\"c\nd,e\n", {"1:2:6: " + after, "2:d|e"}},
             {"x\na,\"b", {"1:x", "2:2:3: " + open}},
             {"\xE6\x9D\x8E,\"b\"c\rd,e\r", {"1:2:6: " + after, "2:d|e"}},
             {"a,\"b\nc\"d,\"e\"f\ng\n", {"2:2:3: " + after, "2:1:2: " + stray, "3:g"}},
             {"a,b\0c\nd\n"sv, {"1:2:4: " + nul, "2:d"}},
             {"\"a\nb\0\",c\nd\n"sv, {"2:1:2: " + nul, "3:d"}},
             {"a,\xE6\x9D\x8E\xFF\nd\n", {"1:2:4: " + encoding, "2:d"}},
             {"a,\"\n\xE6\x9D\",c\nd\n", {"2:2:1: " + encoding, "3:d"}},
             {"\xED\xA0\x80\nd\n", {"1:1:1: " + encoding, "2:d"}},
         }) {
        for (std::size_t block : {1U, 2U, 3U, 65'536U}) {
            CAPTURE(text, block);
            CHECK(read(text, block) == found);
        }
    }
}

TEST_CASE("a row that is too long is one problem, and memory stays bounded", "[exchange]") {
    std::string const words = "expected a row of at most 100 bytes; shorten it, or close a "
                              "quotation mark that was left open";
    auto const form = koc::csv_form{',', 100};
    std::string const filler(1000, 'x');
    CHECK(read("a\n" + filler + "\nb\n", 16, form) == strings{"1:a", "2:1:1: " + words, "3:b"});
    CHECK(read("a\n\"b\n" + filler + "\nc\n", 16, form) ==
        strings{"1:a", "2:1:1: " + words, "3:1:1: " + words, "4:c"});
    CHECK(read("a\n" + filler, 7, form) == strings{"1:a", "2:1:1: " + words});
}

TEST_CASE("where a field stands is told in lines and characters", "[exchange]") {
    koc::csv_reader reader{koc::text_source{"h\n\xE6\x9D\x8E,\"a\nb\",c,d\n"}};
    REQUIRE(*reader.next() == koc::row_read::row);
    REQUIRE(*reader.next() == koc::row_read::row);
    CHECK(reader.place(0) == koc::row_place{2, 1, 1});
    CHECK(reader.place(1) == koc::row_place{2, 2, 3});
    CHECK(reader.place(2) == koc::row_place{3, 3, 4});
    CHECK(reader.place(3) == koc::row_place{3, 4, 6});
    CHECK(reader.place(4) == koc::row_place{2, 0, 1});
    CHECK(reader.bytes_read() == 16);
}

TEST_CASE("a file that fails is refused, and stays so", "[exchange]") {
    int left = 2;
    koc::csv_reader reader{
        koc::text_source{[&left](std::span<char> room) -> koc::result<std::size_t> {
            if (left-- == 0) {
                return koc::error{koc::errc::unavailable, "disk", "expected a disk"};
            }
            room[0] = '\n';
            return std::size_t{1};
        }}};
    CHECK(reader.next().error().subject == "disk");
    CHECK(reader.next().error().subject == "disk");
}

TEST_CASE("what is written is read again, whatever it is", "[exchange]") {
    auto const okay = rc::check("any rows of any text survive", [] {
        auto const letter = rc::gen::element<std::string>("a", "b", ",", "\"", "\n", "\r", "\r\n",
            " ", "=", "+", "-", "@", "'", "\t", "\xE6\x9D\x8E", "\xEF\xBC\x9D", "7", ".");
        auto const text =
            rc::gen::map(rc::gen::container<strings>(letter), [](strings const& parts) {
                std::string all;
                for (auto const& part : parts) {
                    all += part;
                }
                return all;
            });
        auto const rows = *rc::gen::container<std::vector<strings>>(
            rc::gen::nonEmpty(rc::gen::container<strings>(text)));
        std::ostringstream out;
        koc::csv_writer writer{*koc::text_sink::make(out)};
        for (auto const& row : rows) {
            RC_ASSERT(writer.write(row).has_value());
        }
        koc::csv_reader reader{koc::text_source{std::string_view{out.view()}}};
        for (auto const& row : rows) {
            RC_ASSERT(*reader.next() == koc::row_read::row);
            RC_ASSERT(reader.size() == row.size());
            for (std::size_t i = 0; i < row.size(); ++i) {
                RC_ASSERT(koc::unguarded_cell(reader[i]) == row[i]);
            }
        }
        RC_ASSERT(*reader.next() == koc::row_read::end);
    });
    CHECK(okay);
}

} // namespace
