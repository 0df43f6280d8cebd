// SPDX-License-Identifier: BSL-1.0
#include <koc/describe/personal_scan.hpp>

#include <koc/core/error.hpp>

#include "support/catch.hpp"

#include <string>
#include <vector>

namespace {

koc::result<std::string> louder(std::string const& text) {
    return koc::change_personal_in(text, [](koc::personal_text& words) -> koc::result<void> {
        if (words.text == "refused") {
            return koc::error{koc::errc::corrupt, "words", "expected others"};
        }
        words.text += "!\"";
        return {};
    });
}

TEST_CASE("personal texts are found in canonical text without its types", "[describe]") {
    CHECK(louder(R"(people [{"id":1,"name":{"owner":7,"text":"Li \"L\" \\"}},3])").value() ==
        R"(people [{"id":1,"name":{"owner":7,"text":"Li \"L\" \\!\""}},3])");
    CHECK(louder(R"([{"owner":7,"text":"a"},{"owner":18446744073709551615,"text":"b"}])").value() ==
        R"([{"owner":7,"text":"a!\""},{"owner":18446744073709551615,"text":"b!\""}])");
}

TEST_CASE("what only resembles a personal text stays as it is", "[describe]") {
    for (std::string const& text : std::vector<std::string>{
             R"("{\"owner\":7,\"text\":\"a string that quotes one\"}")",
             R"({"owner":7,"text":"a","more":1})",
             R"({"owner":"7","text":"a"})",
             R"({"owner":7,"text":3})",
             R"({"id":7,"text":"a"})",
             R"({"owner":7,"text":""})",
             R"({"owner":7,"text":"cut)",
             R"({"owner":99999999999999999999,"text":"no such number"})",
             "",
         }) {
        INFO(text);
        CHECK(louder(text).value() == text);
    }
}

TEST_CASE("a text that cannot be changed refuses the whole", "[describe]") {
    auto const refused = louder(R"([{"owner":7,"text":"a"},{"owner":8,"text":"refused"}])");
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().subject == "words");
}

} // namespace
