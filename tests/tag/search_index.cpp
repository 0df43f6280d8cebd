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
