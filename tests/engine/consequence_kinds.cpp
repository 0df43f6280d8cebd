// SPDX-License-Identifier: BSL-1.0
#include <koc/engine/aspect.hpp>
#include <koc/engine/consequence_kinds.hpp>

#include "support/catch.hpp"

#include <cstdint>
#include <string>
#include <type_traits>

namespace {

enum class way : std::uint8_t { foot, rail, air };
BOOST_DESCRIBE_ENUM(way, foot, rail, air)
struct arrived {
    bool late = false;
    way by{};
    std::int64_t people = 0;
};
BOOST_DESCRIBE_STRUCT(arrived, (), (late, by, people))
struct hall_rules {
    std::int64_t full_at = 10;
};
BOOST_DESCRIBE_STRUCT(hall_rules, (), (full_at))

struct hall : koc::aspect<hall> {
    void open(arrived const&, context&) const {}
};
std::string more() { return ", quietly"; }

TEST_CASE("a condition is told by the names of what it looks at", "[engine]") {
    CHECK(koc::when<&arrived::late>::words() == "late");
    CHECK(koc::unless<&arrived::late>::words() == "not late");
    CHECK(koc::reaches<&arrived::people, &hall_rules::full_at>::words() ==
        "people of at least hall_rules.full_at");
    CHECK(koc::equals<&arrived::by, way::rail>::words() == "by rail");
    CHECK(koc::equals<&arrived::by, way::rail, way::foot>::words() == "by rail or foot");
    CHECK(koc::differs<&arrived::by, way::foot, way::rail>::words() == "by not foot not rail");
    CHECK(koc::always<arrived>::words() == "always");
}

TEST_CASE("consequences stand in the order in which they are listed", "[engine]") {
    static constexpr auto all =
        koc::in_order(koc::consequence<koc::when<&arrived::late>, &hall::open>("one", &more),
            koc::consequence<koc::always<arrived>, &hall::open>("two"));
    STATIC_REQUIRE(std::extent_v<decltype(all.rows)> == 2);
    CHECK(all.rows[0].what == "one");
    CHECK(all.rows[0].condition() == "late");
    CHECK(all.rows[0].details() == ", quietly");
    CHECK(all.rows[1].what == "two");
    CHECK(all.rows[1].condition() == "always");
    CHECK(all.rows[1].details == nullptr);
}

} // namespace
