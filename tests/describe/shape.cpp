// SPDX-License-Identifier: BSL-1.0
#include <koc/describe/canonical.hpp>
#include <koc/describe/detail/raw_value.hpp>
#include <koc/describe/digest.hpp>
#include <koc/describe/shape.hpp>
#include <koc/describe/validate.hpp>

#include "support/catch.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace {

/// Written as one text instead of two numbers.
struct fraction {
    int over = 1;
    int under = 1;
};
constexpr koc::custom_form fraction_form{"over/under",
    [](koc::hasher& into, void const* value) {
        auto const& f = *static_cast<fraction const*>(value);
        into.add(f.over).add(f.under);
    },
    [](std::string& out, void const* value) {
        auto const& f = *static_cast<fraction const*>(value);
        out += '"' + std::to_string(f.over) + '/' + std::to_string(f.under) + '"';
    },
    [](void const* value, int) -> std::optional<koc::error> {
        if (static_cast<fraction const*>(value)->under == 0) {
            return koc::error{koc::errc::invalid_argument, ".under", "expected another than 0"};
        }
        return std::nullopt;
    }};

} // namespace

template <>
inline constexpr koc::custom_form const* koc::custom_form_of<fraction> = &fraction_form;

namespace {

using koc::shape_kind;
using koc::shape_of;
using task = koc::id<struct task_kind>;
using small_task = koc::id<struct task_kind, std::uint16_t>;

enum class colour : signed char { red = -1, green = 4, blue = 5 };
BOOST_DESCRIBE_ENUM(colour, red, green, blue)
enum class wide : std::uint64_t { all = ~std::uint64_t{0}, none = 0 };
BOOST_DESCRIBE_ENUM(wide, all, none)

struct first_base {
    std::uint8_t a = 1;
};
BOOST_DESCRIBE_STRUCT(first_base, (), (a))
struct second_base {
    std::string b = "b";
    std::uint16_t c = 2;
};
BOOST_DESCRIBE_STRUCT(second_base, (), (b, c))
struct derived : first_base, second_base {
    bool d = true;
    std::pair<char, std::uint64_t> e{'e', 3};
    std::optional<std::uint32_t> f = 4;
    std::vector<derived> g;
    alignas(32) std::uint8_t h = 5;
};
BOOST_DESCRIBE_STRUCT(derived, (first_base, second_base), (d, e, f, g, h))

class closed {
    std::int32_t before_ = 6;
    std::int64_t inside_ = 7;
    BOOST_DESCRIBE_CLASS(closed, (), (), (), (before_, inside_))
};

/// Of an object made while the program starts, so before main.
std::string const at_start = koc::canonical_text(derived{});

TEST_CASE("each type has the kind that tells how its bytes are read", "[describe]") {
    STATIC_REQUIRE(shape_of<bool>.kind == shape_kind::boolean);
    STATIC_REQUIRE(shape_of<std::uint16_t>.kind == shape_kind::natural);
    STATIC_REQUIRE(shape_of<std::uint16_t>.bytes == 2);
    STATIC_REQUIRE(shape_of<std::int64_t>.kind == shape_kind::whole);
    STATIC_REQUIRE(shape_of<task>.kind == shape_kind::natural);
    STATIC_REQUIRE(shape_of<small_task>.bytes == 2);
    STATIC_REQUIRE(shape_of<colour>.kind == shape_kind::enumeration);
    STATIC_REQUIRE(shape_of<std::string>.kind == shape_kind::text);
    STATIC_REQUIRE(shape_of<koc::personal_text>.kind == shape_kind::personal);
    STATIC_REQUIRE(shape_of<koc::instant>.kind == shape_kind::instant);
    STATIC_REQUIRE(shape_of<koc::duration>.kind == shape_kind::duration);
    STATIC_REQUIRE(shape_of<koc::score>.kind == shape_kind::score);
    STATIC_REQUIRE(shape_of<koc::digest>.kind == shape_kind::digest);
    STATIC_REQUIRE(shape_of<derived>.kind == shape_kind::structure);
    STATIC_REQUIRE(shape_of<closed>.kind == shape_kind::structure);
    STATIC_REQUIRE(shape_of<std::optional<int>>.kind == shape_kind::optional);
    STATIC_REQUIRE(shape_of<std::pair<int, int>>.kind == shape_kind::pair);
    STATIC_REQUIRE(shape_of<std::map<int, int>>.kind == shape_kind::list);
    STATIC_REQUIRE(shape_of<std::set<int>>.kind == shape_kind::list);
    STATIC_REQUIRE(shape_of<std::array<int, 3>>.kind == shape_kind::list);
    STATIC_REQUIRE(shape_of<std::deque<std::string>>.kind == shape_kind::list);
}

TEST_CASE("an id is known by its type, and a plain number is none", "[describe]") {
    CHECK(shape_of<task>.id_type() == koc::key_of<task>);
    CHECK_FALSE(shape_of<small_task>.id_type() == koc::key_of<task>);
    CHECK_FALSE(shape_of<std::uint64_t>.id_type().valid());
    CHECK_FALSE(shape_of<derived>.id_type().valid());
}

TEST_CASE("a form that is always right is known to be", "[describe]") {
    STATIC_REQUIRE(shape_of<task>.plain);
    STATIC_REQUIRE(shape_of<int>.plain);
    STATIC_REQUIRE(shape_of<bool>.plain);
    STATIC_REQUIRE_FALSE(shape_of<colour>.plain);
    STATIC_REQUIRE_FALSE(shape_of<std::string>.plain);
    STATIC_REQUIRE_FALSE(shape_of<koc::instant>.plain);
    STATIC_REQUIRE_FALSE(shape_of<derived>.plain);
}

template <typename Member>
std::size_t offset(auto const& object, Member const& member) {
    return static_cast<std::size_t>(
        reinterpret_cast<char const*>(&member) - reinterpret_cast<char const*>(&object));
}

TEST_CASE("members stand where the compiler put them, those of bases first", "[describe]") {
    derived const object;
    auto const& form = shape_of<derived>;
    REQUIRE(form.count == 8);
    CHECK(form.type_name == "derived");
    auto const is = [&](std::size_t i, char const* name, std::size_t at, koc::shape const& of) {
        CAPTURE(name);
        CHECK(form.members()[i].name == std::string{name});
        CHECK(form.members()[i].offset == at);
        CHECK(form.members()[i].of == &of);
    };
    is(0, "a", offset(object, object.a), shape_of<std::uint8_t>);
    is(1, "b", offset(object, object.b), shape_of<std::string>);
    is(2, "c", offset(object, object.c), shape_of<std::uint16_t>);
    is(3, "d", offset(object, object.d), shape_of<bool>);
    is(4, "e", offset(object, object.e), shape_of<std::pair<char, std::uint64_t>>);
    is(5, "f", offset(object, object.f), shape_of<std::optional<std::uint32_t>>);
    is(6, "g", offset(object, object.g), shape_of<std::vector<derived>>);
    is(7, "h", offset(object, object.h), shape_of<std::uint8_t>);
    auto const& both = shape_of<std::pair<char, std::uint64_t>>.both();
    CHECK(both.second_offset == offset(object.e, object.e.second));
    CHECK(koc::canonical_text(closed{}) == R"({"before_":6,"inside_":7})");
}

TEST_CASE("shapes are whole before anything of the program runs", "[describe]") {
    CHECK(at_start == R"({"a":1,"b":"b","c":2,"d":true,"e":[101,3],"f":4,"g":[],"h":5})");
}

TEST_CASE("an enumerator is found by its value, whatever its width and sign", "[describe]") {
    auto const name = [](auto value) -> std::string_view {
        auto const* named = koc::detail::enumerator_at(shape_of<decltype(value)>, &value);
        return named == nullptr ? "none" : named->name;
    };
    CHECK(name(colour::red) == "red");
    CHECK(name(colour::green) == "green");
    CHECK(name(colour::blue) == "blue");
    CHECK(name(static_cast<colour>(0)) == "none");
    CHECK(name(static_cast<colour>(-2)) == "none");
    CHECK(name(wide::all) == "all");
    CHECK(name(wide::none) == "none");
    CHECK(name(static_cast<wide>(1)) == "none");
}

TEST_CASE("integers are read as they are, whatever their width and sign", "[describe]") {
    auto const whole = [](auto value) { return koc::detail::read_whole(&value, sizeof value); };
    auto const natural = [](auto value) { return koc::detail::read_natural(&value, sizeof value); };
    CHECK(whole(std::int8_t{-128}) == -128);
    CHECK(whole(std::int16_t{-2}) == -2);
    CHECK(whole(std::int32_t{INT32_MIN}) == INT32_MIN);
    CHECK(whole(std::int64_t{INT64_MIN}) == INT64_MIN);
    CHECK(natural(std::uint8_t{255}) == 255);
    CHECK(natural(std::uint16_t{65535}) == 65535);
    CHECK(natural(std::uint32_t{0xffff'ffff}) == 0xffff'ffff);
    CHECK(natural(~std::uint64_t{0}) == ~std::uint64_t{0});
}

TEST_CASE("a list is walked until the visitor has had enough", "[describe]") {
    std::vector<int> const list{1, 2, 3};
    auto const& form = shape_of<std::vector<int>>.sequence();
    CHECK(form.size(&list) == 3);
    CHECK(form.element == &shape_of<int>);
    int sum = 0;
    koc::detail::each_element(form, &list, [&](void const* element) {
        sum += *static_cast<int const*>(element);
        return sum < 3;
    });
    CHECK(sum == 3);
}

TEST_CASE("a list and an optional can be filled without their type", "[describe]") {
    std::vector<int> list{9};
    auto const& form = shape_of<std::vector<int>>.sequence();
    form.clear(&list);
    *static_cast<int*>(form.grow(&list)) = 5;
    *static_cast<int*>(form.grow(&list)) = 6;
    CHECK(list == std::vector{5, 6});
    std::optional<int> maybe;
    auto const& optional = shape_of<std::optional<int>>.sequence();
    CHECK(optional.size(&maybe) == 0);
    *static_cast<int*>(optional.grow(&maybe)) = 7;
    CHECK(maybe == 7);
    CHECK(optional.size(&maybe) == 1);
    optional.clear(&maybe);
    CHECK_FALSE(maybe);
    std::set<int> set;
    CHECK(shape_of<std::set<int>>.sequence().grow(&set) == nullptr);
}

TEST_CASE("a type may have a form of its own", "[describe]") {
    std::vector<fraction> const list{{1, 2}, {3, 0}};
    CHECK(koc::canonical_text(list) == R"(["1/2","3/0"])");
    CHECK(koc::digest_of(list) == koc::hasher{}.add(2).add(1).add(2).add(3).add(0).finish());
    auto const refused = koc::check_form(list);
    REQUIRE(refused);
    CHECK(refused->subject == "[1].under");
}

} // namespace
