// SPDX-License-Identifier: BSL-1.0
#include <koc/describe/mention.hpp>

#include "support/catch.hpp"

#include <boost/describe/class.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace {

using person = koc::id<struct person_kind>;
using town = koc::id<struct town_kind, std::uint16_t>;

struct seat {
    std::optional<person> of;
    std::uint64_t row = 0;
};
BOOST_DESCRIBE_STRUCT(seat, (), (of, row))
struct party {
    person host;
    town at;
    std::vector<person> guests;
    std::vector<seat> seats;
    std::pair<std::string, person> toast;
    std::map<town, std::uint64_t> distances;
};
BOOST_DESCRIBE_STRUCT(party, (), (host, at, guests, seats, toast, distances))

/// Where a party names a person, and nothing where it does not.
std::string where(party const& in, std::uint64_t who) {
    auto const found =
        koc::find_mention(in, koc::key_of<person>, [&](std::uint64_t id) { return id == who; });
    return found ? found->path : "nowhere";
}

TEST_CASE("a described value is asked which ids of a type it names, and where", "[describe]") {
    party const p{person{1}, town{9}, {person{2}, person{3}}, {{{}, 4}, {person{5}, 6}},
        {"cheers", person{7}}, {{town{8}, 9}}};
    CHECK(where(p, 1) == ".host");
    CHECK(where(p, 2) == ".guests[0]");
    CHECK(where(p, 3) == ".guests[1]");
    CHECK(where(p, 5) == ".seats[1].of");
    CHECK(where(p, 7) == ".toast.second");
    // Numbers and ids of another type are none of them.
    for (auto other : {4U, 6U, 8U, 9U}) {
        CHECK(where(p, other) == "nowhere");
    }
    auto const in_town =
        koc::find_mention(p, koc::key_of<town>, [](std::uint64_t id) { return id == 8; });
    REQUIRE(in_town);
    CHECK(in_town->path == ".distances[0].first");
    CHECK(in_town->id == 8);
}

TEST_CASE("the first that is wanted is found, and no further id is asked about", "[describe]") {
    party const p{person{1}, {}, {person{2}, person{3}}, {}, {}, {}};
    std::string asked;
    auto const found = koc::find_mention(p, koc::key_of<person>, [&](std::uint64_t id) {
        asked += std::to_string(id) + ' ';
        return id == 2;
    });
    REQUIRE(found);
    CHECK(found->path == ".guests[0]");
    CHECK(asked == "1 2 ");
}

} // namespace
