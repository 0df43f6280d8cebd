// SPDX-License-Identifier: BSL-1.0
#include <koc/exchange/text_source.hpp>

#include "support/catch.hpp"

#include <cstddef>
#include <span>
#include <sstream>
#include <string>
#include <utility>

namespace {

std::string all_of(koc::text_source source) {
    std::string text;
    while (*source.more(text)) {
    }
    return text;
}

TEST_CASE("a text is read from bytes, a stream or a function, block by block", "[exchange]") {
    std::string const text(200'000, 'x');
    CHECK(all_of(koc::text_source{text}) == text);
    std::istringstream stream{text};
    CHECK(all_of(koc::text_source{stream}) == text);
    std::istringstream chinese{"\xC0\xEE"};
    CHECK(all_of(koc::text_source{chinese, koc::text_encoding::gb18030}) == "\xE6\x9D\x8E");
    CHECK(all_of(koc::text_source{""}).empty());

    koc::text_source source{text};
    std::string first;
    REQUIRE(*source.more(first));
    CHECK(first.size() == koc::text_source::block_size);
    CHECK(source.bytes_read() == koc::text_source::block_size);
}

TEST_CASE("a stream that fails is refused", "[exchange]") {
    std::istringstream stream{"abc"};
    stream.setstate(std::ios::badbit);
    koc::text_source source{stream};
    std::string text;
    CHECK(source.more(text).error().code == koc::errc::unavailable);
    CHECK(*source.more(text) == false);
}

} // namespace
