// SPDX-License-Identifier: BSL-1.0

#include <koc/journal/refusals.hpp>

#include <support/catch.hpp>

TEST_CASE("a lost race and a different history are told apart", "[journal]") {
    koc::journal_head const mine{3, {1, 1}};
    auto const behind = koc::head_moved(mine, {5, {2, 2}});
    CHECK(behind.code == koc::errc::conflict);
    CHECK(behind.subject == "journal at position 3");
    CHECK(behind.expected.find("ends at position 5") != std::string::npos);

    auto const other = koc::head_moved(mine, {3, {2, 2}});
    CHECK(other.code == koc::errc::conflict);
    CHECK(other.expected.find("chain differs") != std::string::npos);
}

TEST_CASE("a corrupt event is named by its position and by what was found", "[journal]") {
    auto const refused = koc::corrupt_event(7, "its digest differs");
    CHECK(refused.code == koc::errc::corrupt);
    CHECK(refused.subject == "event 7");
    CHECK(refused.expected.find("its digest differs") != std::string::npos);
}
