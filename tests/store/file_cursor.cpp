// SPDX-License-Identifier: BSL-1.0
#include <koc/store/file_cursor.hpp>

#include "store/sqlite_fixture.hpp"
#include "support/catch.hpp"

#include <fstream>
#include <sstream>
#include <string>

namespace {

using koc::errc;
using koc::file_cursor;
using koc::journal_head;
using koc_test::folder;

std::string text_of(std::filesystem::path const& path) {
    std::ostringstream text;
    text << std::ifstream{path}.rdbuf();
    return text.str();
}

TEST_CASE("a cursor in a file begins at nothing and is there for the next process", "[store]") {
    folder here;
    auto const path = here / "cursor";
    CHECK(file_cursor{path}.load().value() == journal_head{});
    CHECK(file_cursor{path}.store({7, {1, 2}}).has_value());
    CHECK(file_cursor{path}.load().value() == journal_head{7, {1, 2}});
    CHECK(text_of(path) == "{\"position\":7,\"chain\":\"00000000000000010000000000000002\"}\n");
    CHECK(file_cursor{path}.store({8, {3, 4}}).has_value());
    CHECK(file_cursor{path}.load().value() == journal_head{8, {3, 4}});
    CHECK_FALSE(std::filesystem::exists(path.string() + "-new"));
}

TEST_CASE("what an interrupted store left beside a cursor is no part of it", "[store]") {
    folder here;
    auto const path = here / "cursor";
    REQUIRE(file_cursor{path}.store({7, {1, 2}}).has_value());
    std::ofstream{path.string() + "-new"} << "{\"posi";
    CHECK(file_cursor{path}.load().value() == journal_head{7, {1, 2}});
    CHECK(file_cursor{path}.store({8, {1, 2}}).has_value());
    CHECK(file_cursor{path}.load().value().position == 8);
}

TEST_CASE("a file that is no cursor, or cannot be written, is refused by name", "[store]") {
    folder here;
    auto const path = here / "cursor";
    for (auto const* text : {"", "7", "{\"position\":7}\n", "{\"position\":7,\"chain\":\"0\"}\n",
             "{\"position\":7,\"chain\":\"00000000000000010000000000000002\"} \n"}) {
        std::ofstream{path} << text;
        auto const refused = file_cursor{path}.load();
        REQUIRE_FALSE(refused.has_value());
        CHECK(refused.error().code == errc::corrupt);
        CHECK(refused.error().subject == "file " + path.string());
        CHECK(text_of(path) == text);
    }
    auto const nowhere = file_cursor{here / "no folder" / "cursor"}.store({7, {1, 2}});
    REQUIRE_FALSE(nowhere.has_value());
    CHECK(nowhere.error().code == errc::unavailable);
    CHECK(file_cursor{here / "."}.load().error().code == errc::unavailable);
}

} // namespace
