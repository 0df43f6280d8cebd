// SPDX-License-Identifier: BSL-1.0
#include <koc/core/misfit.hpp>

#include "support/catch.hpp"

#include <string>

namespace {

TEST_CASE("a misfit says what is not there", "[core]") {
    try {
        koc::throw_misfit("offer", 12);
    } catch (koc::misfit const& met) {
        CHECK(met.why().code == koc::errc::wrong_state);
        CHECK(met.why().subject == "offer 12");
        CHECK_FALSE(met.why().expected.empty());
        CHECK(std::string{met.what()} == "offer 12");
    }
}

TEST_CASE("a misfit ends whatever asked for what is not there", "[core]") {
    CHECK_THROWS_AS(koc::throw_misfit("a version"), koc::misfit);
}

} // namespace
