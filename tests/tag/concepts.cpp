// SPDX-License-Identifier: BSL-1.0
#include <koc/tag/concepts.hpp>
#include <koc/testing/archetypes.hpp>

#include "support/catch.hpp"
#include "tag/crowd.hpp"

#include <string>

namespace {

struct vocabulary_without_sensitivity {
    [[nodiscard]] std::optional<koc::tag_id> find_tag(koc::tag_name const&) const { return {}; }
    [[nodiscard]] std::optional<koc::column_id> find_column(std::string_view) const { return {}; }
};
struct population_that_changes : koc::archetypes::tagged_crowd {
    koc::bitmap::word tag_word(koc::tag_id, std::size_t) { return 0; }
};
struct population_of_words : koc::archetypes::tagged_crowd {
    [[nodiscard]] std::string value(koc::column_id, koc::slot) const { return "three"; }
};

TEST_CASE("a vocabulary resolves names and knows what is sensitive", "[tag]") {
    STATIC_REQUIRE(koc::vocabulary<koc::archetypes::vocabulary>);
    STATIC_REQUIRE(koc::vocabulary<test::crowd>);
    STATIC_REQUIRE_FALSE(koc::vocabulary<vocabulary_without_sensitivity>);
    STATIC_REQUIRE_FALSE(koc::vocabulary<koc::taxonomy>);
}

TEST_CASE("a tagged population answers without changing, and its columns are numbers", "[tag]") {
    STATIC_REQUIRE(koc::tagged_population<koc::archetypes::tagged_crowd>);
    STATIC_REQUIRE(koc::tagged_population<test::crowd>);
    STATIC_REQUIRE_FALSE(koc::tagged_population<population_that_changes>);
    STATIC_REQUIRE_FALSE(koc::tagged_population<population_of_words>);
    STATIC_REQUIRE_FALSE(koc::tagged_population<koc::tag_index>);
}

} // namespace
