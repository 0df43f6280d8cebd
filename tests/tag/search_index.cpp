// SPDX-License-Identifier: BSL-1.0
#include <koc/tag/concepts.hpp>
#include <koc/tag/search_index.hpp>

#include "support/catch.hpp"
#include "tag/crowd.hpp"

#include <rapidcheck.h>

#include <vector>

namespace {

using koc::column_id;
using koc::search_index;
using koc::slot;
using koc::tag_id;

TEST_CASE("slots are given in order and never again", "[tag]") {
    search_index index{1};
    std::vector<tag_id> const tags{tag_id{3}, tag_id{7}};
    CHECK(index.slot_count() == 0);
    CHECK(index.insert(tags) == 0);
    CHECK(index.insert({}) == 1);
    index.put(column_id{1}, 0, 5);
    index.erase(0, tags);
    CHECK_FALSE(index.live().contains(0));
    CHECK_FALSE(index.tagged(tag_id{7}).contains(0));
    CHECK(index.max_of(column_id{1}, 0) == koc::number_column::absent);
    CHECK(index.insert(tags) == 2);
    CHECK(index.slot_count() == 3);
    CHECK(index.live_word(0) == 0b110);
}

TEST_CASE(
    "empty slots at the end are given back, so that the count is that of who is there", "[tag]") {
    search_index index;
    std::vector<tag_id> const tags{tag_id{3}};
    for (slot s = 0; s < 70'000; ++s) {
        index.insert(tags);
    }
    for (slot s = 5; s < 69'999; ++s) {
        index.erase(s, tags);
    }
    CHECK(index.slot_count() == 70'000);
    index.erase(69'999, tags);
    CHECK(index.slot_count() == 5);
    CHECK(index.insert(tags) == 70'000);
    CHECK(index.slot_count() == 70'001);
    index.erase(70'000, tags);
    for (slot s = 5; s > 0; --s) {
        index.erase(s - 1, tags);
        CHECK(index.slot_count() == s - 1);
    }
    CHECK(index.tagged(tag_id{3}).count() == 0);
}

TEST_CASE("a slot that is taken by its number is as one that was given", "[tag]") {
    search_index index{1};
    std::vector<tag_id> const tags{tag_id{3}, tag_id{7}};
    index.place(130, tags);
    CHECK(index.slot_count() == 131);
    CHECK(index.live_word(0) == 0);
    CHECK(index.tag_word(tag_id{7}, 2) == 0b100);
    CHECK(index.value(column_id{1}, 130) == koc::number_column::absent);
    index.place(4, {});
    index.put(column_id{1}, 4, -9);
    CHECK(index.slot_count() == 131);
    CHECK(index.insert(tags) == 131);
    index.erase(131, tags);
    index.erase(130, tags);
    CHECK(index.slot_count() == 5);
    index.place(130, {});
    CHECK(index.tag_word(tag_id{7}, 2) == 0);
    CHECK(index.live_word(2) == 0b100);
}

TEST_CASE("a column that is added is empty, whoever is there", "[tag]") {
    search_index index{1};
    index.insert({});
    index.insert({});
    index.put(column_id{1}, 0, 5);
    CHECK_FALSE(index.has_column(column_id{2}));
    index.add_column();
    CHECK(index.columns() == 2);
    CHECK(index.value(column_id{2}, 0) == koc::number_column::absent);
    CHECK(index.max_of(column_id{2}, 0) == koc::number_column::absent);
    index.put(column_id{2}, 1, 8);
    CHECK(index.value(column_id{1}, 0) == 5);
    CHECK(index.value(column_id{2}, 1) == 8);
    index.erase(1, {});
    CHECK(index.max_of(column_id{2}, 0) == koc::number_column::absent);
}

TEST_CASE("a tag that a slot already has may be entered again", "[tag]") {
    search_index index;
    std::vector<tag_id> const few{tag_id{3}};
    std::vector<tag_id> const more{tag_id{3}, tag_id{7}};
    index.insert(few);
    index.retag(0, {}, more);
    CHECK(index.tagged(tag_id{3}).count() == 1);
    CHECK(index.tagged(tag_id{7}).count() == 1);
    index.retag(0, more, few);
    CHECK(index.tag_word(tag_id{3}, 0) == 1);
    CHECK(index.tag_word(tag_id{7}, 0) == 0);
}

TEST_CASE("an index has the columns it was made with", "[tag]") {
    search_index const index{2};
    CHECK_FALSE(index.has_column(column_id{}));
    CHECK(index.has_column(column_id{1}));
    CHECK(index.has_column(column_id{2}));
    CHECK_FALSE(index.has_column(column_id{3}));
    STATIC_REQUIRE(koc::tagged_population<search_index>);
}

TEST_CASE("an index follows its people through any changes", "[tag]") {
    CHECK(rc::check("tags, numbers and who is there", [] {
        auto const names = test::any_taxonomy();
        auto people = test::any_crowd(names);
        for (auto changes = *rc::gen::inRange(0, 20); changes > 0; --changes) {
            auto const place = *rc::gen::inRange<slot>(0, static_cast<slot>(people.slot_count()));
            if (people.live(place)) {
                auto after = people[place];
                after.depth = *rc::gen::arbitrary<std::int16_t>();
                auto const tag = *rc::gen::inRange<std::size_t>(1, names.size() + 1);
                after.tags.put({tag_id{static_cast<std::uint32_t>(tag)}});
                people.change(place, after);
            }
        }
        auto const& index = people.index();
        for (slot s = 0; s < people.slot_count(); ++s) {
            for (std::uint32_t t = 1; t <= names.size(); ++t) {
                bool has = false;
                for (auto const& entry : people[s].tags) {
                    has = has || names.covers(tag_id{t}, entry.tag);
                }
                RC_ASSERT(index.tagged(tag_id{t}).contains(s) == (people.live(s) ? has : false));
            }
            if (people.live(s)) {
                RC_ASSERT(index.value(column_id{1}, s) == people[s].depth);
                RC_ASSERT(index.value(column_id{2}, s) == people[s].load);
            }
        }
    }));
}

} // namespace
