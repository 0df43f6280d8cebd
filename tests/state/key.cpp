// SPDX-License-Identifier: BSL-1.0
#include <koc/state/key.hpp>

#include "support/catch.hpp"

#include <cstdint>
#include <limits>
#include <type_traits>

namespace {

using task_id = koc::id<struct task_kind>;
using member_id = koc::id<struct member_kind, std::uint32_t>;
enum class phase : signed char { lost = -1, open, done };

struct offer {
    task_id task;
    member_id member;
    phase stage = phase::open;
    int weight = 0;
    koc::instant at;
};
using by_task = koc::by<&offer::task>;
using by_task_and_member = koc::by<&offer::task, &offer::member>;

TEST_CASE("key parts order as what they are made of", "[state]") {
    using koc::key_part;
    STATIC_REQUIRE(key_part(task_id{3}) < key_part(task_id{4}));
    STATIC_REQUIRE(key_part(member_id{3}) == 3);
    STATIC_REQUIRE(key_part(false) < key_part(true));
    STATIC_REQUIRE(key_part(phase::lost) < key_part(phase::open));
    STATIC_REQUIRE(key_part(phase::open) < key_part(phase::done));
    STATIC_REQUIRE(key_part(-1) < key_part(0));
    STATIC_REQUIRE(key_part(std::int8_t{-128}) < key_part(std::int8_t{127}));
    STATIC_REQUIRE(key_part(std::numeric_limits<std::int64_t>::min()) == 0);
    STATIC_REQUIRE(key_part(std::numeric_limits<std::int64_t>::max()) == ~std::uint64_t{0});
    STATIC_REQUIRE(key_part(std::uint64_t{1}) < key_part(~std::uint64_t{0}));
    STATIC_REQUIRE(key_part(koc::instant{-5}) < key_part(koc::instant{5}));
}

TEST_CASE("a key is read from one or two members of a record", "[state]") {
    offer const some{task_id{7}, member_id{9}, phase::done, -1, {}};
    CHECK(by_task::read(some) == koc::key_row{7, 0, 0});
    CHECK(by_task_and_member::read(some) == koc::key_row{7, 9, 0});
    STATIC_REQUIRE(std::is_same_v<by_task::record, offer>);
    STATIC_REQUIRE(std::is_same_v<by_task_and_member::first, task_id>);
    STATIC_REQUIRE(std::is_same_v<by_task_and_member::second, member_id>);
}

TEST_CASE("a range holds the keys with these parts and no others", "[state]") {
    auto const of_task = by_task_and_member::range(task_id{7});
    auto const of_both = by_task_and_member::range(task_id{7}, member_id{9});
    koc::key_row const inside{7, 9, 4};
    koc::key_row const other_member{7, 10, 0};
    koc::key_row const other_task{8, 0, 0};
    auto const in = [](koc::key_range const& range, koc::key_row const& key) {
        return range.low <= key && key <= range.high;
    };
    CHECK(in(of_task, inside));
    CHECK(in(of_task, other_member));
    CHECK_FALSE(in(of_task, other_task));
    CHECK(in(of_both, inside));
    CHECK_FALSE(in(of_both, other_member));
}

template <typename Key, typename... Part>
concept can_ask = requires(Part... part) {
    Key::range(part...);
};

TEST_CASE("a key is asked for by the types of its members", "[state]") {
    STATIC_REQUIRE(can_ask<by_task, task_id>);
    STATIC_REQUIRE(can_ask<by_task_and_member, task_id>);
    STATIC_REQUIRE(can_ask<by_task_and_member, task_id, member_id>);
    STATIC_REQUIRE(can_ask<koc::by<&offer::weight>, short>);
    STATIC_REQUIRE_FALSE(can_ask<by_task, member_id>);
    STATIC_REQUIRE_FALSE(can_ask<by_task, std::uint64_t>);
    STATIC_REQUIRE_FALSE(can_ask<by_task, task_id, member_id>);
    STATIC_REQUIRE_FALSE(can_ask<by_task>);
    CHECK(koc::by<&offer::weight>::range(short{-1}).low == koc::by<&offer::weight>::range(-1).low);
}

} // namespace
