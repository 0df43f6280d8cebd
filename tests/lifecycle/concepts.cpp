// SPDX-License-Identifier: BSL-1.0
#include <koc/lifecycle/concepts.hpp>
#include <koc/lifecycle/transition_table.hpp>

#include "support/catch.hpp"

#include <array>
#include <optional>
#include <string_view>

namespace {

struct mood {
    bool good = false;
};

struct is_good {
    static constexpr std::string_view name = "the mood is good";
    constexpr bool operator()(mood const& m) const { return m.good; }
};
struct without_name {
    constexpr bool operator()(mood const&) const { return true; }
};
struct with_state {
    [[maybe_unused]] static constexpr std::string_view name = "it was asked before";
    bool asked = false;
    constexpr bool operator()(mood const&) const { return asked; }
};
struct changes_its_context {
    static constexpr std::string_view name = "the mood could be lifted";
    constexpr bool operator()(mood& m) const { return m.good = true; }
};
struct answers_nothing {
    static constexpr std::string_view name = "nothing";
    constexpr void operator()(mood const&) const {}
};

TEST_CASE("a guard is an empty type with a name that judges a const context", "[lifecycle]") {
    STATIC_REQUIRE(koc::guard_for<is_good, mood>);
    STATIC_REQUIRE(koc::guard_for<koc::unguarded, mood>);
    STATIC_REQUIRE_FALSE(koc::guard<without_name>);
    STATIC_REQUIRE_FALSE(koc::guard<with_state>);
    STATIC_REQUIRE_FALSE(koc::guard_for<is_good, int>);
    STATIC_REQUIRE_FALSE(koc::guard_for<changes_its_context, mood>);
    STATIC_REQUIRE_FALSE(koc::guard_for<answers_nothing, mood>);
}

enum class light : unsigned char { off, on };
BOOST_DESCRIBE_ENUM(light, off, on)
enum class press : unsigned char { button };
BOOST_DESCRIBE_ENUM(press, button)

// The least that a table of a host's own has to offer.
struct own_table {
    using stage_type = light;
    using event_type = press;
    static constexpr light initial = light::off;
    static constexpr std::array<koc::transition<light, press>, 0> rows{};
    static constexpr bool allows(light, press) { return true; }
    static constexpr bool accepts(light a, light b) { return a != b; }
    static constexpr bool rests(light) { return false; }
    static constexpr std::array<press, 1> accepted(light) { return {press::button}; }
};
struct table_without_start : own_table {
    using initial = void;
};
enum class wide_light { off, on };
BOOST_DESCRIBE_ENUM(wide_light, off, on)
struct table_of_wide_stages : own_table {
    using stage_type = wide_light;
};

TEST_CASE("a table of the host's own is a table, and one that lacks a part is not", "[lifecycle]") {
    STATIC_REQUIRE(koc::transition_table_like<own_table>);
    STATIC_REQUIRE_FALSE(koc::transition_table_like<table_without_start>);
    STATIC_REQUIRE_FALSE(koc::transition_table_like<table_of_wide_stages>);
    STATIC_REQUIRE_FALSE(koc::transition_table_like<light>);
    STATIC_REQUIRE_FALSE(koc::transition_table_for<own_table, mood>);
}

} // namespace
