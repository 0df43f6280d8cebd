// SPDX-License-Identifier: BSL-1.0
#include <koc/testing/sealer.hpp>

#include "support/catch.hpp"
#include "support/paper_sealer.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace {

/// Stores every text as it is.
struct glass {
    koc::result<std::string> seal(std::uint64_t, std::string_view, std::string_view text) {
        return std::string{text};
    }
    koc::result<std::optional<std::string>> open(
        std::uint64_t, std::string_view, std::string_view sealed) {
        return std::optional{std::string{sealed}};
    }
    koc::result<void> keep() { return {}; }
    koc::result<void> forget(std::uint64_t) { return {}; }
};

TEST_CASE("the laws of a sealer hold for one that keeps them", "[testing]") {
    CHECK(koc::testing::check_sealer_laws(koc_test::paper_sealer{}) == std::vector<std::string>{});
}

TEST_CASE("the laws of a sealer name what one breaks", "[testing]") {
    auto const broken = koc::testing::check_sealer_laws(glass{});
    for (auto const* law :
        {"what is sealed does not show the text", "another owner gives other bytes",
            "a sealed text opens in its context alone", "a changed byte is found",
            "without the key there is nothing", "whoever was forgotten gets no other key"}) {
        INFO(law);
        CHECK(std::find(broken.begin(), broken.end(), law) != broken.end());
    }
}

} // namespace
