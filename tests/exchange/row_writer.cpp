// SPDX-License-Identifier: BSL-1.0
#include <koc/exchange/row_reader.hpp>
#include <koc/exchange/row_writer.hpp>

#include "exchange/table_example.hpp"
#include "support/catch.hpp"

#include <sstream>
#include <string>
#include <utility>

namespace {

using namespace exchange_test;
using koc::personal;

koc::taxonomy const tags = vocabulary();
koc::row_form const form{koc::message_type_of<put_entry>, {"flag", "needs"}};

std::string csv_of(std::vector<put_entry> const& rows, personal texts) {
    std::ostringstream out;
    koc::csv_row_writer writer{koc::csv_writer{*koc::text_sink::make(out)}, form, tags, texts};
    for (auto const& row : rows) {
        REQUIRE(writer.write(&row));
    }
    REQUIRE(writer.finish());
    return out.str();
}
std::string json_of(std::vector<put_entry> const& rows, personal texts) {
    std::ostringstream out;
    koc::json_row_writer writer{*koc::text_sink::make(out), form, tags, texts};
    for (auto const& row : rows) {
        REQUIRE(writer.write(&row));
    }
    REQUIRE(writer.finish());
    return out.str();
}

TEST_CASE("rows are written with a header, also where there are none", "[exchange]") {
    CHECK(csv_of({}, personal::left_out) ==
        "number,remark,flag,small,felt,at,within,worth,print,price,maybe,title,words,moods,tags,"
        "parts,other,both,needs\r\n");
    CHECK(json_of({}, personal::left_out).empty());
}

TEST_CASE("what is written is read again", "[exchange]") {
    put_entry const full{example()};
    put_entry plain{};
    plain.wrapped.both.second = koc::tag_id{2};
    {
        auto const text = csv_of({full, plain}, personal::included);
        koc::csv_rows reader{koc::csv_reader{koc::text_source{text}}, form, tags};
        for (auto const& expected : {full, plain}) {
            put_entry row;
            REQUIRE(*reader.next(&row) == koc::row_read::row);
            CHECK(row.wrapped == expected.wrapped);
        }
        put_entry row;
        CHECK(*reader.next(&row) == koc::row_read::end);
    }
    auto const text = json_of({full, plain}, personal::included);
    koc::json_rows reader{koc::json_line_reader{koc::text_source{text}}, form, tags};
    for (auto const& expected : {full, plain}) {
        put_entry row;
        REQUIRE(*reader.next(&row) == koc::row_read::row);
        CHECK(row.wrapped == expected.wrapped);
    }
    CHECK(text.find("\"region:harbin\"") != std::string::npos);
}

TEST_CASE("personal words are written only where they are asked for", "[exchange]") {
    put_entry const row{example()};
    for (auto const& text :
        {csv_of({row}, personal::left_out), json_of({row}, personal::left_out)}) {
        CHECK(text.find("Fang") == std::string::npos);
        CHECK(text.find("name,") == std::string::npos);
    }
    CHECK(csv_of({row}, personal::included).find("Fang") != std::string::npos);
    CHECK(json_of({row}, personal::included).find("Fang") != std::string::npos);
}

} // namespace
