// SPDX-License-Identifier: BSL-1.0
#include <koc/describe/personal_walk.hpp>

#include <boost/describe/class.hpp>

#include "support/catch.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace {

using koc::personal_text;

struct leaf {
    std::string plain;
    personal_text words;
};
BOOST_DESCRIBE_STRUCT(leaf, (), (plain, words))
struct letter {
    int number = 0;
    personal_text head;
    std::optional<personal_text> maybe;
    std::vector<leaf> leaves;
    std::pair<personal_text, leaf> both;
};
BOOST_DESCRIBE_STRUCT(letter, (), (number, head, maybe, leaves, both))
struct figures {
    std::vector<int> all;
    std::string text;
};
BOOST_DESCRIBE_STRUCT(figures, (), (all, text))
/// A type that holds itself.
struct tree {
    std::vector<tree> below;
    int number = 0;
};
BOOST_DESCRIBE_STRUCT(tree, (), (below, number))

letter sample() {
    return {1, {7, "head"}, personal_text{8, "maybe"},
        {{"plain", {7, "first"}}, {"plain", {9, ""}}},
        {personal_text{7, "left"}, leaf{"plain", {8, "right"}}}};
}
std::string all_of(letter const& in) {
    std::string all;
    koc::each_personal_text(koc::shape_of<letter>, &in, [&](personal_text const& words) {
        all += std::to_string(words.owner) + words.text + ' ';
        return true;
    });
    return all;
}

TEST_CASE("personal texts are found wherever they are in a value", "[describe]") {
    CHECK(all_of(sample()) == "7head 8maybe 7first 9 7left 8right ");
    CHECK(koc::carries_personal_text(koc::shape_of<letter>));
    CHECK(koc::carries_personal_text(koc::shape_of<std::optional<leaf>>));
    CHECK_FALSE(koc::carries_personal_text(koc::shape_of<figures>));
    CHECK_FALSE(koc::carries_personal_text(koc::shape_of<tree>));
}

TEST_CASE("a walk over personal texts ends where its visitor says", "[describe]") {
    auto const value = sample();
    int seen = 0;
    CHECK_FALSE(koc::each_personal_text(koc::shape_of<letter>, &value,
        [&](personal_text const& words) { return ++seen, words.text != "first"; }));
    CHECK(seen == 3);
}

TEST_CASE("the texts of one person become empty and those of others stay", "[describe]") {
    auto value = sample();
    CHECK(koc::has_text_of(koc::shape_of<letter>, &value, 7));
    CHECK_FALSE(koc::has_text_of(koc::shape_of<letter>, &value, 9)); // it is empty already
    koc::drop_text_of(koc::shape_of<letter>, &value, 7);
    CHECK(all_of(value) == "7 8maybe 7 9 7 8right ");
    CHECK_FALSE(koc::has_text_of(koc::shape_of<letter>, &value, 7));
}

} // namespace
