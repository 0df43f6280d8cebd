// SPDX-License-Identifier: BSL-1.0
#include <koc/journal/fork_journal.hpp>

#include <koc/journal/memory_journal.hpp>

#include "support/catch.hpp"

#include <boost/describe/class.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

using namespace koc;

namespace {

struct rung {
    std::int64_t times = 0;
};
BOOST_DESCRIBE_STRUCT(rung, (), (times))

event_types const& types() {
    static event_types const all = [] {
        event_types made;
        made.add(event_type_of<rung>);
        return made;
    }();
    return all;
}
batch of(std::int64_t minute, std::vector<std::int64_t> const& times) {
    batch made{{instant{} + minutes(minute), {}, {}, writer_id{1}, {}}, {}};
    for (auto n : times) {
        made.events.push_back(event::of(rung{n}));
    }
    return made;
}
std::vector<std::int64_t> heard(auto& in, std::uint64_t from, std::size_t limit) {
    std::vector<envelope> all;
    REQUIRE(in.read(from, limit, types(), all));
    std::vector<std::int64_t> found;
    for (auto const& e : all) {
        CHECK(e.position == from + found.size());
        found.push_back(e.events.at(0).get_if<rung>()->times);
    }
    return found;
}
using numbers = std::vector<std::int64_t>;

/// Four events in three batches, at minutes 1, 1 and 5.
struct tower {
    any_journal base{memory_journal{}};

    tower() {
        auto const batches = std::vector{of(1, {1, 2}), of(1, {3}), of(5, {4})};
        REQUIRE(base.append({}, batches));
    }
};

TEST_CASE(
    "a fork has the first events of another journal and further ones of its own", "[journal]") {
    tower w;
    auto fork = *fork_journal::at(w.base, 3, types());
    CHECK(fork.begin() == 3);
    CHECK(heard(fork, 0, 99) == numbers{1, 2, 3});
    auto const batches = std::vector{of(2, {7, 8})};
    auto const end = fork.append(*fork.head(), batches);
    REQUIRE(end);
    CHECK(end->position == 5);
    for (std::uint64_t from = 0; from <= 5; ++from) {
        for (std::size_t limit = 0; limit < 7; ++limit) {
            numbers expected{1, 2, 3, 7, 8};
            expected.erase(expected.begin(), expected.begin() + static_cast<std::ptrdiff_t>(from));
            expected.resize((std::min)(limit, expected.size()));
            CHECK(heard(fork, from, limit) == expected);
        }
    }
    // The chain goes on from the other journal's, as if one journal held all.
    memory_journal alone;
    auto const all = std::vector{of(1, {1, 2}), of(1, {3}), of(2, {7, 8})};
    CHECK(alone.append({}, all).value() == *end);
    // Neither shows what was written to the other.
    CHECK(heard(w.base, 0, 99) == numbers{1, 2, 3, 4});
    auto const more = std::vector{of(9, {5})};
    REQUIRE(w.base.append(*w.base.head(), more));
    CHECK(heard(fork, 0, 99) == numbers{1, 2, 3, 7, 8});
    CHECK(fork_journal::at(w.base, 0, types())->head().value() == journal_head{});
}

TEST_CASE("an instant names the events recorded until its end", "[journal]") {
    tower w;
    auto const until = [&](std::int64_t minute) {
        return position_at(w.base, instant{} + minutes(minute), types()).value();
    };
    CHECK(until(0) == 0);
    CHECK(until(1) == 3);
    CHECK(until(4) == 3);
    CHECK(until(5) == 4);
    CHECK(until(99) == 4);
}

TEST_CASE("a fork within the events of a command or behind the end is refused", "[journal]") {
    tower w;
    auto const within = fork_journal::at(w.base, 1, types());
    REQUIRE_FALSE(within.has_value());
    CHECK(within.error().code == errc::invalid_argument);
    CHECK(within.error().subject == "position 1");
    auto const behind = fork_journal::at(w.base, 5, types());
    REQUIRE_FALSE(behind.has_value());
    CHECK(behind.error().expected.find("ends at 4") != std::string::npos);
    auto fork = *fork_journal::at(w.base, 3, types());
    auto const batches = std::vector{of(2, {7})};
    CHECK(fork.append({}, batches).error().code == errc::conflict);
}

} // namespace
