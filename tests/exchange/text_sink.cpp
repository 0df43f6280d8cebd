// SPDX-License-Identifier: BSL-1.0
#include <koc/exchange/text_sink.hpp>

#include "support/catch.hpp"

#include <sstream>
#include <string>

namespace {

std::string written(koc::text_encoding encoding, bool mark) {
    std::ostringstream out;
    auto sink = koc::text_sink::make(out, encoding, mark);
    REQUIRE(sink);
    REQUIRE(sink->write("\xE6\x9D\x8E"));
    REQUIRE(sink->write("\n"));
    REQUIRE(sink->finish());
    return out.str();
}

TEST_CASE("a file is written in its encoding, with a byte order mark or without", "[exchange]") {
    using koc::text_encoding;
    using namespace std::string_literals;
    CHECK(written(text_encoding::utf8, false) == "\xE6\x9D\x8E\n");
    CHECK(written(text_encoding::utf8, true) == "\xEF\xBB\xBF\xE6\x9D\x8E\n");
    CHECK(written(text_encoding::gb18030, false) == "\xC0\xEE\n");
    CHECK(written(text_encoding::utf16, false) == "\xFF\xFE\x4E\x67\n\0"s);
}

TEST_CASE("a stream without room, and text that is none, are refused", "[exchange]") {
    std::ostringstream out;
    auto sink = *koc::text_sink::make(out, koc::text_encoding::gb18030);
    CHECK(sink.write("\xFF").error().code == koc::errc::invalid_text);
    CHECK(out.str().empty());
    out.setstate(std::ios::badbit);
    CHECK(sink.write("a").error().code == koc::errc::unavailable);
    CHECK(sink.finish().error().code == koc::errc::unavailable);
}

} // namespace
