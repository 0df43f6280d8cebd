// SPDX-License-Identifier: BSL-1.0
#pragma once

// For tests of what is refused: each command or query below is refused with these words, and the
// state stays as it was when the object was made.

#include "support/catch.hpp"
#include "support/scenario.hpp"

#include <string>
#include <string_view>

namespace koc_test {

/// A scenario whose state stays as it is.
class unmoved {
public:
    explicit unmoved(scenario& in) : in_{in}, before_{in.digest()} {}

    void refuses(auto const& command, koc::errc code, std::string_view about,
        std::string_view word = "expected") {
        INFO(about << " / " << word);
        CHECK_NOTHROW(in_.refuses(command, code, about, word));
        CHECK(in_.digest() == before_);
    }
    void denies(
        auto const& query, koc::errc code, std::string const& about, std::string_view word) {
        INFO(about << " / " << word);
        auto const answer = in_.engine().ask(query, in_.asked());
        REQUIRE_FALSE(answer.has_value());
        CHECK(answer.error().code == code);
        CHECK(answer.error().subject == about);
        CHECK(answer.error().expected.find(word) != std::string::npos);
        CHECK(in_.digest() == before_);
    }

private:
    scenario& in_;
    koc::digest before_;
};

} // namespace koc_test
