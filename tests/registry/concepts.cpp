// SPDX-License-Identifier: BSL-1.0
#include <koc/registry/concepts.hpp>

#include "support/catch.hpp"

#include <memory>
#include <string>

namespace {

struct plain_record {
    koc::id<struct plain_kind> id;
    koc::tag_set tags;
};
struct record_named_by_number {
    std::uint64_t id;
    koc::tag_set tags;
};
struct record_without_tags {
    koc::id<struct plain_kind> id;
};
struct record_that_cannot_be_copied : plain_record {
    std::unique_ptr<int> secret;
};

TEST_CASE("a record has an id and tags and can be copied", "[registry]") {
    STATIC_REQUIRE(koc::tagged_record<plain_record>);
    STATIC_REQUIRE_FALSE(koc::tagged_record<record_named_by_number>);
    STATIC_REQUIRE_FALSE(koc::tagged_record<record_without_tags>);
    STATIC_REQUIRE_FALSE(koc::tagged_record<record_that_cannot_be_copied>);
}

struct least_rows {
    using record = plain_record;
    using keys = boost::mp11::mp_list<>;
    static constexpr std::array<koc::column_of<record>, 0> columns{};
};
struct rows_without_keys {
    using record = plain_record;
    [[maybe_unused]] static constexpr std::array<koc::column_of<record>, 0> columns{};
};
struct rows_of_another_record : least_rows {
    static constexpr std::array<koc::column_of<record_without_tags>, 1> columns{
        {{"one", [](record_without_tags const&) -> std::int64_t { return 1; }}}};
};
struct rows_with_bare_names : least_rows {
    static constexpr std::array<std::string_view, 1> columns{"one"};
};

TEST_CASE("a schema names its record, its columns and its further keys", "[registry]") {
    STATIC_REQUIRE(koc::row_schema<least_rows>);
    STATIC_REQUIRE_FALSE(koc::row_schema<rows_without_keys>);
    STATIC_REQUIRE_FALSE(koc::row_schema<rows_of_another_record>);
    STATIC_REQUIRE_FALSE(koc::row_schema<rows_with_bare_names>);
    STATIC_REQUIRE_FALSE(koc::row_schema<plain_record>);
}

} // namespace
