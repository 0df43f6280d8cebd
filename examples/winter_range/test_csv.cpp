// SPDX-License-Identifier: BSL-1.0
#include "csv.hpp"

#include "support/catch.hpp"

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using winter_range::fields;
using winter_range::place;
using winter_range::problem;

struct reading {
    std::vector<std::string> rows;     ///< `line:value|value`
    std::vector<std::string> problems; ///< `file:line: reason`
    bool accepted = false;
};

/// What is read from a file with the columns `name` and `note`.
reading read(std::string_view text) {
    auto const file = std::filesystem::temp_directory_path() / "koc_winter_range_test.csv";
    std::ofstream{file, std::ios::binary} << text;
    reading found;
    std::vector<problem> problems;
    auto const outcome =
        read_csv(file, {"name", "note"}, problems, [&](place const& at, fields& row) {
            found.rows.push_back(
                std::to_string(at.line) + ':' + row.filled("name") + '|' + row.text("note"));
        });
    std::filesystem::remove(file);
    found.accepted = outcome.has_value();
    for (auto const& each : problems) {
        found.problems.push_back(to_string(each.where) + ": " + each.reason);
    }
    return found;
}

using strings = std::vector<std::string>;

TEST_CASE("fields are read as RFC 4180 writes them", "[csv]") {
    for (auto const& [text, rows] : std::vector<std::pair<std::string_view, strings>>{
             {"name,note\n", {}},
             {"name,note\na,b\n", {"2:a|b"}},
             {"name,note\na,b", {"2:a|b"}},
             {"name,note\r\na,b\r\nc,d\r\n", {"2:a|b", "3:c|d"}},
             {"\xEF\xBB\xBFname,note\na,b\n", {"2:a|b"}},
             {"\"name\",\"note\"\n\"a\",\"b\"\n", {"2:a|b"}},
             {"name,note\na,\n", {"2:a|"}},
             {"name,note\na,\"\"\n", {"2:a|"}},
             {"name,note\na,\"b, c\"\n", {"2:a|b, c"}},
             {"name,note\na,\"b \"\"c\"\" d\"\n", {"2:a|b \"c\" d"}},
             {"name,note\na,\"\"\"\"\n", {"2:a|\""}},
             {"name,note\n\"a\nb\",c\nd,e\n", {"2:a\nb|c", "4:d|e"}},
             {"name,note\r\n\"a\r\nb\",c\r\nd,e\r\n", {"2:a\nb|c", "4:d|e"}},
             {"name,note\n\n\na,b\n\n", {"4:a|b"}},
             {"name,note\na,b\\x\n", {"2:a|b\\x"}},
             {"note,name\nb,a\n", {"2:a|b"}},
         }) {
        CAPTURE(text);
        auto const found = read(text);
        CHECK(found.accepted);
        CHECK(found.rows == rows);
        CHECK(found.problems == strings{});
    }
}

TEST_CASE("a bad row is reported by line and column, and no other row is lost", "[csv]") {
    std::string const file = "koc_winter_range_test.csv:";
    std::string const open = "expected a closing quotation mark; add it";
    std::string const stray = "expected a quotation mark only around a whole field; put the field "
                              "in quotation marks and double those within it";
    std::string const after = "expected a delimiter or the end of the line after a closing "
                              "quotation mark; double those within the field";
    std::string const encoding = "expected characters of the file's encoding; save the file again, "
                                 "or name the encoding that it has";
    struct row {
        std::string_view text;
        strings rows;
        strings problems;
    };
    for (auto const& [text, rows, problems] : std::vector<row>{
             {"name,note\na,\"b\nc,d\ne,f\n", {"3:c|d", "4:e|f"}, {file + "2: note: " + open}},
             {"name,note\n\"a,b\nc,\"d\"\ne,f\n", {"3:c|d", "4:e|f"}, {file + "3: name: " + after}},
             {"name,note\na\"b,c\nd,e\n", {"3:d|e"}, {file + "2: name: " + stray}},
             {"name,note\na,\"b\"c\nd,e\n", {"3:d|e"}, {file + "2: note: " + after}},
             {"name,note\na\nb,c,d\ne,f\n", {"4:e|f"},
                 {file + "2: expected 2 fields, found 1", file + "3: expected 2 fields, found 3"}},
             {"name,note\na,b,\"c\nd,e\n", {"3:d|e"}, {file + "2: field 3: " + open}},
             {"name,note\na,\xff\nd,e\n", {"3:d|e"}, {file + "2: note: " + encoding}},
             {"name,note\na,\"b\nc\"\n,d\n", {"2:a|b\nc", "4:|d"},
                 {file + "4: name: expected some text, found nothing"}},
         }) {
        CAPTURE(text);
        auto const found = read(text);
        CHECK(found.accepted);
        CHECK(found.rows == rows);
        CHECK(found.problems == problems);
    }
}

TEST_CASE("a field with a problem is reported on its own line and quoted on one", "[csv]") {
    auto const file = std::filesystem::temp_directory_path() / "koc_winter_range_test.csv";
    std::ofstream{file, std::ios::binary} << "name,age\n\"a\nb\",\"x\ny\"\n";
    std::vector<problem> problems;
    auto const outcome = read_csv(file, {"name", "age"}, problems,
        [](place const&, fields& row) { static_cast<void>(row.number("age", 0, 150)); });
    std::filesystem::remove(file);
    REQUIRE(outcome.has_value());
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].where.line == 3);
    CHECK(problems[0].reason == "age: expected a whole number from 0 to 150, found \"x\\ny\"");
}

TEST_CASE("a file without its columns is refused", "[csv]") {
    CHECK_FALSE(read("").accepted);
    CHECK_FALSE(read("name\na\n").accepted);
    CHECK_FALSE(read("\"name,note\na,b\n").accepted);
}

} // namespace
