// SPDX-License-Identifier: BSL-1.0
#include <koc/explain/change.hpp>

#include "explain/village.hpp"
#include "support/catch.hpp"

#include <limits>
#include <vector>

namespace {

using koc::change;
using koc::column;
using koc::has;
using test::person;
using test::person_id;

constexpr koc::column_id depth{1};
constexpr koc::column_id load{2};

koc::tag_id tag(char const* facet, char const* key) {
    return test::village_tags().find(facet, key).value();
}

static_assert(koc::fact_editor_for<koc::record_editor<person, 2>, person>);
static_assert(!koc::fact_editor_for<koc::record_editor<person, 2>, int>);

std::vector<change> from(person const& who, koc::requirement const& needs) {
    koc::change_list list{who, test::village_editor()};
    list.add_from(needs, test::village{});
    return list.all();
}

TEST_CASE("changes of the same fact collide", "[match]") {
    auto const video = tag("format", "video");
    CHECK(change::gaining(video).collides(change::losing(video)));
    CHECK(change::setting(depth, 1).collides(change::setting(depth, 2)));
    CHECK_FALSE(change::setting(depth, 1).collides(change::setting(load, 1)));
    CHECK_FALSE(change::setting(depth, 1).collides(change::losing(video)));
}

TEST_CASE("a tag of a requirement is gained, or lost with all that stand under it", "[match]") {
    person const who{person_id{1},
        {{tag("region", "harbin")}, {tag("region", "qiqihar")}, {tag("format", "live")}}, 2, 3};
    CHECK(from(who, has("format", "text")) == std::vector{change::gaining(tag("format", "text"))});
    CHECK(from(who, has("region", "northeast")) ==
        std::vector{
            change::losing(tag("region", "harbin")), change::losing(tag("region", "qiqihar"))});
    CHECK(from(who, has("region", "atlantis")).empty());
}

TEST_CASE(
    "a column of a requirement goes to the nearest end of its range, or just beyond", "[match]") {
    person const who{person_id{1}, {}, 2, 3};
    CHECK(from(who, column{"depth"} >= 4) == std::vector{change::setting(depth, 4)});
    CHECK(from(who, column{"depth"} <= 1) == std::vector{change::setting(depth, 1)});
    CHECK(from(who, column{"depth"} >= 2) == std::vector{change::setting(depth, 1)});
    CHECK(from(who, koc::between(column{"load"}, 1, 5)) ==
        std::vector{change::setting(load, 0), change::setting(load, 6)});
    CHECK(from(who,
        koc::between(column{"load"}, std::numeric_limits<std::int64_t>::min(),
            std::numeric_limits<std::int64_t>::max()))
              .empty());
    CHECK(from(who, column{"height"} >= 4).empty());
}

TEST_CASE("a number that is absent can be known at the end of a range", "[match]") {
    person const who{person_id{1}, {}, koc::number_column::absent, 3};
    CHECK(from(who, column{"depth"} <= 4) == std::vector{change::setting(depth, 4)});
    CHECK(from(who, column{"depth"} >= 4) == std::vector{change::setting(depth, 4)});
    CHECK(from(who, koc::between(column{"depth"}, 4, 9)) == std::vector{change::setting(depth, 4)});
}

TEST_CASE("a list holds each change once and none that changes nothing", "[match]") {
    auto const video = tag("format", "video");
    auto const text = tag("format", "text");
    person const who{person_id{1}, {{video}}, 2, 3};
    koc::change_list list{who, test::village_editor()};
    list.add(change::gaining(video));
    list.add(change::losing(text));
    list.add(change::setting(depth, 2));
    CHECK(list.all().empty());
    list.add_from(koc::explanation{}
                      .add("affinity", koc::percent(1), video)
                      .add("affinity", koc::percent(1), text)
                      .add("depth", koc::percent(1)));
    list.add(change::losing(video));
    CHECK(list.all() == std::vector{change::losing(video), change::gaining(text)});
}

} // namespace
