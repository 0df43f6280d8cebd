// SPDX-License-Identifier: BSL-1.0
#include <koc/journal/schema.hpp>

#include "support/catch.hpp"

#include <string>

namespace journal_schema_test {

struct designed_1 {
    std::string title;
};
BOOST_DESCRIBE_STRUCT(designed_1, (), (title))
struct designed {
    std::string title;
    int places = 0;
};
BOOST_DESCRIBE_STRUCT(designed, (), (title, places))
struct plain {
    std::string title;
};
BOOST_DESCRIBE_STRUCT(plain, (), (title))

} // namespace journal_schema_test

using namespace journal_schema_test;

template <>
struct koc::schema<designed_1> {
    static constexpr std::string_view name = "designed";
};
template <>
struct koc::schema<designed> {
    using previous = designed_1;
    static designed upcast(designed_1 old) { return {std::move(old.title), 1}; }
};

TEST_CASE(
    "an event without a schema is called by its struct's name and is at version 1", "[journal]") {
    STATIC_REQUIRE(koc::schema_name<plain>() == "plain");
    STATIC_REQUIRE(koc::schema_version<plain>() == 1);
}

TEST_CASE("a version is one more than the previous one's, under the same name", "[journal]") {
    STATIC_REQUIRE(koc::schema_name<designed_1>() == "designed");
    STATIC_REQUIRE(koc::schema_version<designed_1>() == 1);
    STATIC_REQUIRE(koc::schema_name<designed>() == "designed");
    STATIC_REQUIRE(koc::schema_version<designed>() == 2);
}
