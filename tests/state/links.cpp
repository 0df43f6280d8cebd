// SPDX-License-Identifier: BSL-1.0
#include <koc/state/links.hpp>

#include "support/catch.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace {

using person = koc::id<struct person_kind>;
using club = koc::id<struct club_kind>;
using koc::errc;

std::string text(koc::container const& of) {
    std::string out;
    of.write_into(out);
    return out;
}
koc::digest digest(koc::container const& of) {
    koc::hasher into;
    of.digest_into(into);
    return into.finish();
}

TEST_CASE("a link is found from both ends, sorted by id", "[state]") {
    koc::links<person, club> in{"person", "club"};
    in.link(person{2}, club{9});
    in.link(person{2}, club{3});
    in.link(person{1}, club{9});
    CHECK(in.size() == 3);
    CHECK(in.linked(person{2}, club{3}));
    CHECK_FALSE(in.linked(person{3}, club{2}));
    CHECK(in.targets(person{2}) == std::vector{club{3}, club{9}});
    CHECK(in.sources(club{9}) == std::vector{person{1}, person{2}});
    CHECK(in.targets(person{7}).empty());
    CHECK(text(in) == "[[1,9],[2,3],[2,9]]");
}

TEST_CASE("what is so already is left alone", "[state]") {
    koc::undo_log log;
    koc::links<person> knows{"person", "person"};
    knows.attach(log);
    koc::undo_scope const scope{log};
    knows.link(person{1}, person{2});
    knows.link(person{1}, person{2});
    knows.unlink(person{2}, person{1});
    CHECK(knows.size() == 1);
    CHECK(log.size() == 1);
}

TEST_CASE("the order in which links are made does not show", "[state]") {
    koc::links<person> one{"person", "person"};
    koc::links<person> other{"person", "person"};
    one.link(person{1}, person{2});
    one.link(person{3}, person{1});
    other.link(person{3}, person{1});
    CHECK(digest(one) != digest(other));
    other.link(person{1}, person{2});
    CHECK(digest(one) == digest(other));
    CHECK(text(koc::links<person>{"person", "person"}) == "[]");
}

TEST_CASE("a link that the limits do not allow is refused in words", "[state]") {
    koc::links<person> teaches{"teacher", "pupil"};
    teaches.link(person{1}, person{2});
    teaches.link(person{2}, person{3});
    teaches.link(person{1}, person{4});
    struct row {
        std::uint64_t from, to;
        koc::link_limits limits;
        errc code;
        char const* subject;
        char const* word;
    };
    row const rows[] = {
        {0, 2, {}, errc::invalid_argument, "teacher 0", "0 names nothing"},
        {1, 0, {}, errc::invalid_argument, "pupil 0", "0 names nothing"},
        {3, 3, {}, errc::invalid_argument, "teacher 3", "another pupil"},
        {1, 2, {}, errc::already_exists, "teacher 1", "pupil 2 is linked"},
        {1, 5, {.targets_max = 2}, errc::no_capacity, "teacher 1", "all 2 are taken"},
        {5, 2, {.sources_max = 1}, errc::no_capacity, "pupil 2", "another teacher"},
        {3, 1, {.acyclic = true}, errc::wrong_state, "teacher 3", "from pupil 1"},
        {2, 1, {.acyclic = true}, errc::wrong_state, "teacher 2", "from pupil 1"},
    };
    for (auto const& [from, to, limits, code, subject, word] : rows) {
        CAPTURE(from, to);
        auto const refused = teaches.check(person{from}, person{to}, limits);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == code);
        CHECK(refused.error().subject == subject);
        CHECK(refused.error().expected.starts_with("expected "));
        CHECK(refused.error().expected.find(word) != std::string::npos);
    }
    CHECK(teaches.check(person{3}, person{1}));
    CHECK(teaches.check(person{1}, person{3}, {3, 2, true}));
    CHECK(teaches.check(person{4}, person{3}, {1, 2, true}));
}

TEST_CASE("ids of two kinds may be equal numbers", "[state]") {
    koc::links<person, club> in{"person", "club"};
    CHECK(in.check(person{1}, club{1}));
    in.link(person{1}, club{1});
    CHECK(in.check_linked(person{1}, club{1}));
    auto const refused = in.check_linked(person{1}, club{2});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == errc::unknown_id);
    CHECK(refused.error().subject == "person 1");
}

TEST_CASE("links are made and dissolved again as scopes are taken back", "[state]") {
    koc::undo_log log;
    koc::links<person> knows{"person", "person"};
    knows.attach(log);
    knows.link(person{1}, person{2});
    auto const before = digest(knows);
    {
        koc::undo_scope const scope{log};
        knows.unlink(person{1}, person{2});
        knows.link(person{2}, person{1});
        knows.link(person{1}, person{2});
        knows.unlink(person{2}, person{1});
        CHECK(text(knows) == "[[1,2]]");
    }
    CHECK(digest(knows) == before);
    CHECK(knows.sources(person{2}) == std::vector{person{1}});
    CHECK(knows.sources(person{1}).empty());
}

TEST_CASE("the graph behind links is one of Boost.Graph's", "[state]") {
    koc::links<person> knows{"person", "person"};
    knows.link(person{1}, person{2});
    knows.link(person{2}, person{3});
    CHECK(knows.graph().reaches(1, 3));
    CHECK(out_degree(2, knows.graph()) == 1);
}

TEST_CASE("the links of one id are written with the other ids of its kind left out", "[state]") {
    koc::links<person, club> in{"person", "club"};
    in.link(person{2}, club{9});
    in.link(person{2}, club{3});
    in.link(person{1}, club{9});
    koc::links<person> knows{"person", "friend"};
    knows.link(person{1}, person{2});
    knows.link(person{2}, person{4});
    auto const of = [](koc::container const& held, std::uint64_t id) {
        std::string out;
        held.write_links_of(out, koc::key_of<person>, id);
        return out;
    };
    CHECK(of(in, 2) == R"({"person":2,"club":3},{"person":2,"club":9})");
    CHECK(of(in, 9).empty());
    CHECK(of(knows, 2) == R"({"person":0,"friend":2},{"person":2,"friend":0})");
}

} // namespace
