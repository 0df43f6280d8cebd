// SPDX-License-Identifier: BSL-1.0

#include <koc/describe/digest.hpp>
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

TEST_CASE("a batch's context says when, by whom, through which engine and why", "[journal]") {
    koc::batch_context const with{
        {1000}, koc::instant{900}, {koc::actor_kind::member, 7}, koc::writer_id{5}, {"r1", {1, 2}}};
    CHECK(koc::canonical_text(with) ==
        R"({"at":"1970-01-01T00:00:01Z","told":"1970-01-01T00:00:00.900Z",)"
        R"("by":{"kind":"member","id":7},"writer":5,)"
        R"("asked":{"id":"r1","command":"00000000000000010000000000000002"}})");
    auto other = with;
    CHECK(other == with);
    other.told.reset();
    CHECK_FALSE(other == with);
}

TEST_CASE("an envelope carries the context of its batch", "[journal]") {
    koc::batch group;
    group.at = {1000};
    group.by = {koc::actor_kind::employee, 3};
    koc::envelope const made{group, 5, 4, {1, 2}, {}};
    CHECK(static_cast<koc::batch_context const&>(made) == group);
    CHECK(made.position == 5);
    CHECK(made.first == 4);
}
