// SPDX-License-Identifier: BSL-1.0
#include "fuzz/targets.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

TEST_CASE("the library keeps its promises about every input of the corpora", "[fuzz]") {
    auto const* const source = std::getenv("KOC_SOURCE_DIR");
    REQUIRE(source != nullptr);
    for (auto const& target : koc_fuzz::targets) {
        // Given the inputs that libFuzzer kept, and those that once broke a promise
        std::vector<std::filesystem::path> files;
        for (auto const& entry : std::filesystem::directory_iterator{
                 std::filesystem::path{source} / "tests/fuzz/corpus" / target.name}) {
            files.push_back(entry.path());
        }
        std::sort(files.begin(), files.end());
        REQUIRE(!files.empty());
        for (auto const& file : files) {
            std::ifstream in{file, std::ios::binary};
            std::string const bytes{std::istreambuf_iterator<char>{in}, {}};
            INFO(file.string());
            // When it is read, then no promise is broken
            CHECK_NOTHROW(target.run(bytes));
        }
    }
}

TEST_CASE("a broken promise is noticed", "[fuzz]") {
    CHECK_THROWS_AS(koc_fuzz::promise(false, "of a test"), koc_fuzz::broken_promise);
    CHECK_THROWS_AS(koc_fuzz::promise_told({koc::errc::invalid_argument, "", "expected a name"}),
        koc_fuzz::broken_promise);
}
