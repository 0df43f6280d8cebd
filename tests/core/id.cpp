// SPDX-License-Identifier: BSL-1.0
#include <koc/core/id.hpp>

#include "support/catch.hpp"

#include <boost/container_hash/hash.hpp>

#include <concepts>
#include <cstdint>
#include <functional>
#include <set>
#include <type_traits>

namespace {

using member = koc::id<struct member_kind>;
using task = koc::id<struct task_kind>;
using small = koc::id<struct small_kind, std::uint16_t>;

template <typename A, typename B>
concept comparable = requires(A a, B b) {
    a == b;
};
template <typename A>
concept countable = requires(A a) {
    a + a;
}
|| requires(A a) { ++a; };

TEST_CASE("ids of different kinds neither convert nor compare, and none counts", "[core]") {
    STATIC_REQUIRE_FALSE(std::convertible_to<task, member>);
    STATIC_REQUIRE_FALSE(std::constructible_from<member, task>);
    STATIC_REQUIRE_FALSE(std::convertible_to<std::uint64_t, member>);
    STATIC_REQUIRE_FALSE(std::convertible_to<member, std::uint64_t>);
    STATIC_REQUIRE_FALSE(comparable<member, task>);
    STATIC_REQUIRE(comparable<member, member>);
    STATIC_REQUIRE_FALSE(countable<member>);
    STATIC_REQUIRE(koc::is_id<small>);
    STATIC_REQUIRE_FALSE(koc::is_id<std::uint64_t>);
}

TEST_CASE("an id costs no more than its number, and a fresh one names nobody", "[core]") {
    STATIC_REQUIRE(sizeof(small) == 2);
    STATIC_REQUIRE(std::is_trivially_copyable_v<member>);
    STATIC_REQUIRE_FALSE(member{}.valid());
    STATIC_REQUIRE(member{1}.valid());
    STATIC_REQUIRE(member{7}.value() == 7);
    STATIC_REQUIRE(member{7} < member{8});
}

TEST_CASE("ids hash alike for both libraries and seldom collide", "[core]") {
    std::set<std::size_t> seen;
    for (std::uint64_t i = 0; i < 1000; ++i) {
        CHECK(std::hash<member>{}(member{i}) == boost::hash<member>{}(member{i}));
        seen.insert(std::hash<member>{}(member{i}));
    }
    CHECK(seen.size() == 1000);
}

} // namespace
