// SPDX-License-Identifier: BSL-1.0
#include <koc/exchange/row_reader.hpp>

#include "exchange/table_example.hpp"
#include "support/catch.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using namespace exchange_test;

struct person {
    koc::id<struct person_kind> number;
    koc::personal_text name;
    std::vector<koc::weighted_tag> tags;
    int seats = 3;
};
BOOST_DESCRIBE_STRUCT(person, (), (number, name, tags, seats))

koc::taxonomy const tags = vocabulary();
koc::row_form const form{koc::message_type_of<person>, {"tags", "seats"}, {"contact"}};

using cells = std::vector<koc::constant_cell>;

/// Rows as `line: number name tags seats / contact`, problems as compilers write them, and last the
/// refusal that ended it.
std::vector<std::string> read(koc::row_reader& reader) {
    std::vector<std::string> found;
    while (true) {
        person row;
        auto const got = reader.next(&row);
        if (!got) {
            found.push_back(got.error().subject + ": " + got.error().expected);
            return found;
        }
        if (*got == koc::row_read::end) {
            return found;
        }
        if (*got == koc::row_read::problem) {
            found.push_back(koc::to_string("f", reader.problem()));
            continue;
        }
        CHECK(row.name.owner == row.number.value());
        std::string text;
        koc::append_cell(text, koc::shape_of<decltype(row.tags)>, &row.tags, tags);
        found.push_back(std::to_string(reader.place(0).line) + ": " +
            std::to_string(row.number.value()) + ' ' + row.name.text + ' ' + text + ' ' +
            std::to_string(row.seats) + " / " + reader.text(4) + ' ' + reader.text(1));
    }
}
std::vector<std::string> read_csv(std::string_view text, cells constants = {}) {
    koc::csv_rows reader{koc::csv_reader{koc::text_source{text}}, form, tags, std::move(constants)};
    return read(reader);
}
std::vector<std::string> read_json_lines(std::string_view text, cells constants = {}) {
    koc::json_rows reader{
        koc::json_line_reader{koc::text_source{text}}, form, tags, std::move(constants)};
    return read(reader);
}
using strings = std::vector<std::string>;

TEST_CASE("rows of CSV become values, their columns in any order", "[exchange]") {
    CHECK(read_csv("number,name,tags,seats,contact\n7,Li,region:harbin=0.5,4,c\n") ==
        strings{"2: 7 Li region:harbin=0.5 4 / c Li"});
    CHECK(read_csv("name,number\nLi,7\n\"W\nu\",8\n,9") ==
        strings{"2: 7 Li  3 /  Li", "4: 8 W\nu  3 /  W\nu", "5: 9   3 /  "});
    CHECK(read_csv("name,number,seats\n'=Li,7,\n") == strings{"2: 7 =Li  3 /  =Li"});
    CHECK(read_csv("name,number\n", {{"seats", "5"}}).empty());
    CHECK(read_csv("number\n7\n", {{"seats", "5"}, {"name", "Wu"}}) == strings{"2: 7 Wu  5 /  "});
}

TEST_CASE("a cell or a row that does not fit is a problem with its place", "[exchange]") {
    CHECK(read_csv("number,name,tags\n7,Li\nx,Li,\n8,\xE6\x9D\x8E,a:b\n9,Wu,\n1,2,3,4\n") ==
        strings{"f:2:1: expected 3 fields, as the header has, not 2",
            "f:3:1: number: expected a whole number between 0 and 18446744073709551615, not 'x'",
            "f:4:5: tags: expected a known tag, such as region:harbin, not 'a:b'; define it first "
            "or correct it",
            "5: 9 Wu  3 /  Wu", "f:6:7: expected 3 fields, as the header has, not 4"});
    CHECK(read_csv("number,name\n7,\"Li\n8,Wu\n") ==
        strings{"f:2:3: name: expected a closing quotation mark; add it", "3: 8 Wu  3 /  Wu"});
}

TEST_CASE("a header that does not fit is refused by name, with the columns that are known",
    "[exchange]") {
    CHECK(read_csv("number,nme\n7,Li\n") ==
        strings{"column 'nme': expected only the columns number, name, tags, seats, contact; "
                "remove it or correct its name"});
    CHECK(read_csv("number\n7\n") ==
        strings{"column 'name': expected this column; add it, or say what it is in all rows; "
                "known are number, name, tags, seats, contact"});
    CHECK(read_csv("number,name,number\n") ==
        strings{"column 'number': expected each column once; remove the repeated one"});
    CHECK(read_csv("number,name,seats\n", {{"seats", "1"}}) ==
        strings{"column 'seats': expected each column once; remove the repeated one"});
    CHECK(read_csv("") ==
        strings{"header: expected a first line with the columns number, name, tags, seats, "
                "contact"});
    CHECK(read_csv("\"number,name\n")[0].starts_with("header: expected a closing"));
    CHECK(read_csv("number,name\n7,Li\n", {{"seat", "1"}}) ==
        strings{"column 'seat': expected one of the columns number, name, tags, seats, contact; "
                "correct the constant"});
    CHECK(read_csv("number,name\n7,Li\n", {{"seats", "x"}})[0].starts_with("column 'seats'"));
}

TEST_CASE("lines of JSON become values, with tags by their names", "[exchange]") {
    CHECK(read_json_lines(R"({"number":7,"name":"Li","contact":"c","seats":4}
{"name":{"owner":8,"text":"Wu"},"number":8,"tags":[{"tag":"region:jilin","weight":500000}]}
)") == strings{"1: 7 Li  4 / c Li", "2: 8 Wu region:jilin=0.5 3 /  Wu"});
    CHECK(read_json_lines("{\"number\":7}\n", {{"seats", "5"}, {"name", "Wu"}}) ==
        strings{"1: 7 Wu  5 /  Wu"});
    CHECK(read_json_lines(R"({"number":7}
{"number":"7","name":"Li"}
{"number":7,"name":"Li","tags":[{"tag":"region:x","weight":1}]}
{"number":7,"name":"Li","tags":[{"tag":"region:jilin","weight":"1"}]}
{"number":7,"name":"Li","nme":""}
{"number":7,"name":"Li","seats":4}
{"number"}
)",
              {{"seats", "4"}}) ==
        strings{"f:1:1: name: expected this member; add it",
            "f:2:1: number: expected a whole number between 0 and 18446744073709551615",
            "f:3:1: tags: tags[0].tag: expected a known tag, such as region:harbin, not "
            "'region:x'; define it first or correct it",
            "f:4:1: tags: tags[0].weight: expected a whole number between -9223372036854775808 "
            "and 9223372036854775807",
            "f:5:1: nme: expected only the members number, name, tags, seats; remove it or correct "
            "its name",
            "f:6:1: seats: expected no such member, as its value is given for all rows; remove it",
            read_json_lines("{\"number\"}\n")[0].replace(2, 1, "7")});
}

} // namespace
