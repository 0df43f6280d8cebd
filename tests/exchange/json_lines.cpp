// SPDX-License-Identifier: BSL-1.0
#include <koc/exchange/json_lines.hpp>

#include "support/catch.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace {

using strings = std::vector<std::string>;

/// `line:text` for an object, `line:character: words` for a problem.
strings read(std::string_view text, std::size_t block, std::size_t line_max = 1024) {
    koc::json_line_reader reader{
        koc::text_source{[text, block](std::span<char> room) mutable -> koc::result<std::size_t> {
            auto const taken = text.copy(room.data(), block);
            text.remove_prefix(taken);
            return taken;
        }},
        line_max};
    strings found;
    for (auto got = *reader.next(); got != koc::row_read::end; got = *reader.next()) {
        if (got == koc::row_read::row) {
            found.push_back(std::to_string(reader.place().line) + ':' +
                koc::json_text(boost::json::value(reader.object())));
        } else {
            auto const& [at, column, words] = reader.problem();
            found.push_back(
                std::to_string(at.line) + ':' + std::to_string(at.character) + ": " + words);
        }
    }
    CHECK(*reader.next() == koc::row_read::end);
    return found;
}

TEST_CASE("an object is read from each line, wherever blocks end", "[exchange]") {
    for (std::size_t block : {1U, 2U, 3U, 1000U}) {
        CAPTURE(block);
        CHECK(read("", block).empty());
        CHECK(read("\n \r\n\t", block).empty());
        CHECK(read("{}", block) == strings{"1:{}"});
        CHECK(read("\xEF\xBB\xBF{\"a\":1}\r\n\n{ \"b\": [\"\xE6\x9D\x8E\"] }\n", block) ==
            strings{"1:{\"a\":1}", "3:{\"b\":[\"\xE6\x9D\x8E\"]}"});
    }
}

TEST_CASE("a bad line is reported by line and character, and others are read", "[exchange]") {
    for (std::size_t block : {1U, 2U, 3U, 1000U}) {
        CAPTURE(block);
        auto const cut = read("{\"\xE6\x9D\x8E\":}\n{}\n", block);
        REQUIRE(cut.size() == 2);
        CHECK(cut[0].substr(0, 34) == "1:6: expected well-formed JSON (sy");
        CHECK(cut[1] == "2:{}");
        CHECK(read(" [1]\n{}\n", block) ==
            strings{"1:2: expected an object in braces on each line", "2:{}"});
        CHECK(read("{}\n{\"a\":\"\xFF\"}\n{}\n", block) ==
            strings{"1:{}",
                "2:7: expected characters of the file's encoding; save the file again, or name "
                "the encoding that it has",
                "3:{}"});
        CHECK(read("{\"a\":1,\"a\":1}\n", block) ==
            strings{"1:1: expected each member of an object once; remove the repeated one"});
        CHECK(read("{}\n{\"a\":\"" + std::string(100, 'x') + "\"}\n{}", block, 50) ==
            strings{"1:{}", "2:1: expected a line of at most 50 bytes; write less on it", "3:{}"});
        // And where nothing ends it
        CHECK(read("{}\n" + std::string(100, 'x'), block, 50) ==
            strings{"1:{}", "2:1: expected a line of at most 50 bytes; write less on it"});
    }
}

TEST_CASE("a file of lines that fails is refused, and stays so", "[exchange]") {
    koc::json_line_reader reader{koc::text_source{[](std::span<char>) -> koc::result<std::size_t> {
        return koc::error{koc::errc::unavailable, "disk", "expected a disk"};
    }}};
    CHECK(reader.next().error().subject == "disk");
    CHECK(reader.next().error().subject == "disk");
}

} // namespace
