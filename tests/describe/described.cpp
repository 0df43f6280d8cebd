// SPDX-License-Identifier: BSL-1.0
#include <koc/describe/described.hpp>

#include "support/catch.hpp"

#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace sample {

struct base {
    int first = 1;
};
BOOST_DESCRIBE_STRUCT(base, (), (first))

struct derived : base {
    long second = 2;
    char third = 3;
};
BOOST_DESCRIBE_STRUCT(derived, (base), (second, third))

class closed {
    int hidden_ = 4;
    BOOST_DESCRIBE_CLASS(closed, (), (), (), (hidden_))
};

struct plain {};

enum class colour : unsigned char { red, green = 4 };
BOOST_DESCRIBE_ENUM(colour, red, green)

template <typename... T>
struct box {
    struct opened {};
    template <typename U>
    struct inner {};
};

} // namespace sample

namespace {

struct in_nobody_s_namespace {};

template <typename T>
std::vector<std::string> member_names() {
    std::vector<std::string> names;
    T const object{};
    koc::for_each_member(
        object, [&](std::string_view name, auto const&) { names.emplace_back(name); });
    return names;
}

TEST_CASE("a described type is told from one that is not", "[describe]") {
    STATIC_REQUIRE(koc::described_struct<sample::base>);
    STATIC_REQUIRE(koc::described_struct<sample::closed>);
    STATIC_REQUIRE_FALSE(koc::described_struct<sample::plain>);
    STATIC_REQUIRE_FALSE(koc::described_struct<sample::colour>);
    STATIC_REQUIRE(koc::described_enum<sample::colour>);
    STATIC_REQUIRE_FALSE(koc::described_enum<sample::base>);
    STATIC_REQUIRE_FALSE(koc::described_enum<int>);
}

TEST_CASE("members come in order of declaration, bases first, private ones too", "[describe]") {
    CHECK(member_names<sample::derived>() == std::vector<std::string>{"first", "second", "third"});
    CHECK(member_names<sample::closed>() == std::vector<std::string>{"hidden_"});
}

TEST_CASE("members can be changed while they are visited", "[describe]") {
    sample::derived object;
    koc::for_each_member(object, [](std::string_view, auto& member) { ++member; });
    CHECK(object.first == 2);
    CHECK(object.second == 3);
    CHECK(object.third == 4);
}

TEST_CASE("an enumerator has its name and any other value a question mark", "[describe]") {
    STATIC_REQUIRE(koc::name_of(sample::colour::green) == "green");
    STATIC_REQUIRE(koc::name_of(static_cast<sample::colour>(1)) == "?");
}

TEST_CASE("a type is called by its own name, without namespaces and arguments", "[describe]") {
    struct local {};
    STATIC_REQUIRE(koc::type_name<int>() == "int");
    STATIC_REQUIRE(koc::type_name<sample::base>() == "base");
    STATIC_REQUIRE(koc::type_name<in_nobody_s_namespace>() == "in_nobody_s_namespace");
    STATIC_REQUIRE(koc::type_name<local>() == "local");
    STATIC_REQUIRE(koc::type_name<sample::colour>() == "colour");
    STATIC_REQUIRE(koc::type_name<sample::box<>>() == "box");
    STATIC_REQUIRE(koc::type_name<sample::box<sample::base, sample::box<int>>>() == "box");
    STATIC_REQUIRE(koc::type_name<sample::box<sample::base>::opened>() == "opened");
    STATIC_REQUIRE(koc::type_name<sample::box<int>::inner<sample::base>>() == "inner");
}

} // namespace
