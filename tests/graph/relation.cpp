// SPDX-License-Identifier: BSL-1.0
#include <koc/describe/digest.hpp>
#include <koc/graph/relation.hpp>

#include "support/catch.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <set>
#include <utility>
#include <vector>

namespace {

using person = koc::id<struct person_kind>;
using place = koc::id<struct place_kind, std::uint32_t>;

using people = std::vector<person>;
using ties = std::vector<std::pair<person, person>>;

constexpr koc::relation_rules teaching{
    .source = "teacher", .target = "pupil", .targets_max = 3, .sources_max = 1, .acyclic = true};

koc::relation<person> line_of(std::uint64_t length) {
    koc::relation<person> line{teaching};
    for (std::uint64_t i = 1; i < length; ++i) {
        REQUIRE(line.link(person{i}, person{i + 1}).has_value());
    }
    return line;
}

TEST_CASE("links are found from both ends, sorted by id however they were made", "[graph]") {
    koc::relation<person> knows;
    CHECK(knows.empty());
    for (auto const& [from, to] : {std::pair{5U, 9U}, {5U, 2U}, {1U, 9U}, {5U, 7U}, {9U, 5U}}) {
        CHECK(knows.link(person(from), person(to)).has_value());
    }
    CHECK(knows.size() == 5);
    CHECK(knows.targets(person{5}) == people{person{2}, person{7}, person{9}});
    CHECK(knows.sources(person{9}) == people{person{1}, person{5}});
    CHECK(knows.out_degree(person{5}) == 3);
    CHECK(knows.in_degree(person{9}) == 2);
    CHECK(knows.linked(person{9}, person{5}));
    CHECK_FALSE(knows.linked(person{9}, person{1}));
    CHECK(knows.edges() ==
        ties{{person{1}, person{9}}, {person{5}, person{2}}, {person{5}, person{7}},
            {person{5}, person{9}}, {person{9}, person{5}}});
    CHECK(knows.targets(person{77}).empty());
    CHECK(knows.sources(person{77}).empty());
    CHECK(knows.out_degree(person{77}) == 0);
}

TEST_CASE("a link that breaks a rule is refused in words and changes nothing", "[graph]") {
    auto teaches = line_of(3);
    REQUIRE(teaches.link(person{1}, person{10}).has_value());
    REQUIRE(teaches.link(person{1}, person{11}).has_value());
    auto const before = teaches.edges();

    struct expectation {
        std::uint64_t from, to;
        koc::error refused;
    };
    std::array const cases{
        expectation{0, 5,
            {koc::errc::invalid_argument, "teacher 0",
                "expected an id that names something; 0 names nothing"}},
        expectation{5, 0,
            {koc::errc::invalid_argument, "pupil 0",
                "expected an id that names something; 0 names nothing"}},
        expectation{2, 2,
            {koc::errc::invalid_argument, "teacher 2",
                "expected another pupil than itself; choose a different one"}},
        expectation{2, 3,
            {koc::errc::already_exists, "teacher 2",
                "expected a new link, but pupil 3 is linked to it already; "
                "leave it as it is"}},
        expectation{1, 12,
            {koc::errc::no_capacity, "teacher 1",
                "expected room for another pupil, but all 3 are taken; "
                "unlink one or choose another teacher"}},
        expectation{20, 3,
            {koc::errc::no_capacity, "pupil 3",
                "expected room for another teacher, but all 1 are taken; "
                "unlink one or choose another pupil"}},
        expectation{3, 1,
            {koc::errc::wrong_state, "teacher 3",
                "expected a pupil from which no chain leads back to it, as one does "
                "from pupil 1; choose another"}},
    };
    for (auto const& c : cases) {
        CAPTURE(c.from, c.to);
        auto const refused = teaches.link(person{c.from}, person{c.to});
        REQUIRE(refused.has_error());
        CHECK(refused.error().code == c.refused.code);
        CHECK(refused.error().subject == c.refused.subject);
        CHECK(refused.error().expected == c.refused.expected);
        CHECK(teaches.check_link(person{c.from}, person{c.to}) == c.refused);
        CHECK(teaches.edges() == before);
    }
    CHECK_FALSE(teaches.check_link(person{3}, person{4}));
    CHECK(teaches.edges() == before);
}

TEST_CASE("a capacity of one source can be given with the call", "[graph]") {
    koc::relation<person> teaches{teaching};
    CHECK(teaches.check_link(person{1}, person{2}, 0)->code == koc::errc::no_capacity);
    CHECK(teaches.link(person{1}, person{2}, 1).has_value());
    CHECK(teaches.link(person{1}, person{3}, 1).error().code == koc::errc::no_capacity);
    for (std::uint64_t pupil = 3; pupil < 9; ++pupil) {
        CHECK(teaches.link(person{1}, person{pupil}, koc::relation_rules::unlimited).has_value());
    }
    CHECK(teaches.out_degree(person{1}) == 7);
}

TEST_CASE("a chain of links is found, however long, and so is an allowed cycle", "[graph]") {
    auto const line = line_of(1000);
    CHECK(line.reaches(person{1}, person{1000}));
    CHECK(line.reaches(person{999}, person{1000}));
    CHECK_FALSE(line.reaches(person{1000}, person{1}));
    CHECK_FALSE(line.reaches(person{7}, person{7}));
    CHECK_FALSE(line.reaches(person{1}, person{2000}));
    CHECK_FALSE(line.reaches(person{2000}, person{1}));

    koc::relation<person> knows;
    REQUIRE(knows.link(person{1}, person{2}).has_value());
    REQUIRE(knows.link(person{2}, person{3}).has_value());
    REQUIRE(knows.link(person{3}, person{1}).has_value());
    CHECK(knows.reaches(person{1}, person{1}));
    CHECK(knows.reaches(person{3}, person{2}));
}

TEST_CASE("a link taken away makes room again, and one that is not there is refused", "[graph]") {
    auto teaches = line_of(3);
    CHECK(teaches.unlink(person{1}, person{2}).has_value());
    CHECK_FALSE(teaches.reaches(person{1}, person{3}));
    auto const refused = teaches.unlink(person{1}, person{2});
    REQUIRE(refused.has_error());
    CHECK(refused.error() ==
        koc::error{koc::errc::unknown_id, "teacher 1",
            "expected a link to pupil 2, but there is none; name one that exists"});
    CHECK(teaches.link(person{3}, person{1}).has_value());
    CHECK(teaches.edges() == ties{{person{2}, person{3}}, {person{3}, person{1}}});
}

TEST_CASE("an id that is erased leaves nothing behind", "[graph]") {
    auto teaches = line_of(4);
    REQUIRE(teaches.link(person{2}, person{9}).has_value());
    CHECK(teaches.erase(person{2}) == 3);
    CHECK(teaches.edges() == ties{{person{3}, person{4}}});
    CHECK(teaches.erase(person{2}) == 0);
    CHECK(teaches.sources(person{9}).empty());
    // What comes next takes the vacant places without inheriting anything.
    REQUIRE(teaches.link(person{50}, person{51}).has_value());
    REQUIRE(teaches.link(person{51}, person{52}).has_value());
    CHECK_FALSE(teaches.reaches(person{50}, person{4}));
    CHECK(teaches.reaches(person{50}, person{52}));
    CHECK(teaches.size() == 3);
}

TEST_CASE("a relation between two kinds keeps their ids apart", "[graph]") {
    koc::relation<person, place> visited{{.source = "person", .target = "place", .sources_max = 2}};
    REQUIRE(visited.link(person{1}, place{1}).has_value());
    REQUIRE(visited.link(person{2}, place{1}).has_value());
    REQUIRE(visited.link(person{1}, place{2}).has_value());
    CHECK(visited.targets(person{1}) == std::vector{place{1}, place{2}});
    CHECK(visited.sources(place{1}) == people{person{1}, person{2}});
    CHECK(visited.link(person{3}, place{1}).error().subject == "place 1");
    CHECK(visited.erase(place{1}) == 2);
    CHECK(visited.targets(person{1}) == std::vector{place{2}});
    CHECK(visited.out_degree(person{2}) == 0);
    CHECK(visited.erase(person{1}) == 1);
    CHECK(visited.empty());
}

TEST_CASE("a copy is independent of its original", "[graph]") {
    auto original = line_of(4);
    auto copy = original;
    REQUIRE(copy.unlink(person{2}, person{3}).has_value());
    REQUIRE(copy.link(person{2}, person{30}).has_value());
    CHECK(original.reaches(person{1}, person{4}));
    CHECK_FALSE(copy.reaches(person{1}, person{4}));
    CHECK_FALSE(original.linked(person{2}, person{30}));
    original = copy;
    CHECK(original.edges() == copy.edges());
    auto const moved = std::move(copy);
    CHECK(moved.edges() == original.edges());
}

TEST_CASE("a relation agrees with a set of pairs, whatever is done to it", "[graph]") {
    CHECK(rc::check("links, refusals and digests as in a naive model", [] {
        koc::relation<person> tested{teaching};
        std::set<std::pair<std::uint64_t, std::uint64_t>> model;
        auto const count = [&](auto&& matches) {
            return std::count_if(model.begin(), model.end(), matches);
        };
        auto const above = [&](std::uint64_t of) {
            std::set<std::uint64_t> found{of};
            for (bool grew = true; grew;) {
                grew = false;
                for (auto const& [a, b] : model) {
                    grew = (found.contains(b) && found.insert(a).second) || grew;
                }
            }
            return found;
        };
        for (auto const step : *rc::gen::container<std::vector<std::uint64_t>>(
                 rc::gen::inRange<std::uint64_t>(0, 600))) {
            auto const from = step % 10 + 1;
            auto const to = step / 10 % 10 + 1;
            auto const action = step / 100;
            if (action < 4) {
                bool const allowed = from != to && !model.contains({from, to}) &&
                    count([&](auto const& e) { return e.first == from; }) < 3 &&
                    count([&](auto const& e) { return e.second == to; }) < 1 &&
                    !above(from).contains(to);
                RC_ASSERT(tested.link(person{from}, person{to}).has_value() == allowed);
                if (allowed) {
                    model.insert({from, to});
                }
            } else if (action == 4) {
                RC_ASSERT(tested.unlink(person{from}, person{to}).has_value() ==
                    (model.erase({from, to}) == 1));
            } else {
                RC_ASSERT(tested.erase(person{from}) == std::erase_if(model, [&](auto const& e) {
                    return e.first == from || e.second == from;
                }));
            }
        }
        ties expected;
        koc::relation<person> rebuilt;
        for (auto const& [a, b] : model) {
            expected.emplace_back(person{a}, person{b});
        }
        RC_ASSERT(tested.edges() == expected);
        for (auto it = model.rbegin(); it != model.rend(); ++it) {
            RC_ASSERT(rebuilt.link(person{it->first}, person{it->second}).has_value());
        }
        RC_ASSERT(koc::digest_of(tested.edges()) == koc::digest_of(rebuilt.edges()));
        for (std::uint64_t a = 1; a <= 10; ++a) {
            for (std::uint64_t b = 1; b <= 10; ++b) {
                RC_ASSERT(tested.reaches(person{a}, person{b}) == (a != b && above(b).contains(a)));
            }
        }
    }));
}

} // namespace
