// SPDX-License-Identifier: BSL-1.0

#include <koc/journal/envelope.hpp>

#include <support/catch.hpp>

TEST_CASE("an empty journal ends at position 0 with a chain of zeros", "[journal]") {
    koc::journal_head const empty;
    CHECK(empty.position == 0);
    CHECK(empty.chain == koc::digest{});
}

TEST_CASE("heads are equal when both position and chain are", "[journal]") {
    koc::journal_head const head{3, {1, 2}};
    CHECK(head == koc::journal_head{3, {1, 2}});
    CHECK_FALSE(head == koc::journal_head{4, {1, 2}});
    CHECK_FALSE(head == koc::journal_head{3, {1, 3}});
}

TEST_CASE("requests are told apart by their id and by what they asked", "[journal]") {
    koc::request const asked{"r1", {1, 2}};
    CHECK(asked == koc::request{"r1", {1, 2}});
    CHECK_FALSE(asked == koc::request{"r2", {1, 2}});
    CHECK_FALSE(asked == koc::request{"r1", {9, 9}});
}
