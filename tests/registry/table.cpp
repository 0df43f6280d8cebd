// SPDX-License-Identifier: BSL-1.0
#include <koc/registry/table.hpp>

#include "support/catch.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

namespace {

using note_id = koc::id<struct note_kind>;

struct note {
    note_id id;
    int stars = 0;

    friend bool operator==(note const&, note const&) = default;
};

TEST_CASE("a table finds by id and walks in order of arrival", "[registry]") {
    koc::table<note> notes;
    CHECK(notes.empty());
    CHECK(notes.insert({note_id{9}, 1}));
    CHECK(notes.insert({note_id{2}, 2}));
    CHECK(notes.insert({note_id{0xffffffffffffffffU}, 3}));
    CHECK(std::vector<note>(notes.begin(), notes.end()) ==
        std::vector<note>{{note_id{9}, 1}, {note_id{2}, 2}, {note_id{0xffffffffffffffffU}, 3}});
    CHECK(notes.find(note_id{2})->stars == 2);
    CHECK(notes[note_id{9}].stars == 1);
    CHECK(notes.find(note_id{3}) == nullptr);
    CHECK_FALSE(notes.contains(note_id{}));
}

TEST_CASE("an id that is taken is not inserted again, and nobody is changed by a wrong id",
    "[registry]") {
    koc::table<note> notes;
    REQUIRE(notes.insert({note_id{9}, 1}));
    CHECK_FALSE(notes.insert({note_id{9}, 5}));
    CHECK_FALSE(notes.update(note_id{8}, [](note& n) { n.stars = 5; }));
    CHECK(notes.size() == 1);
    CHECK(notes[note_id{9}].stars == 1);
    CHECK(notes.update(note_id{9}, [](note& n) { n.stars = 5; }));
    CHECK(notes[note_id{9}].stars == 5);
}

TEST_CASE("a copy of a table lives its own life", "[registry]") {
    koc::table<note> notes;
    notes.insert({note_id{1}, 1});
    auto copy = notes;
    copy.update(note_id{1}, [](note& n) { n.stars = 2; });
    copy.insert({note_id{2}, 2});
    CHECK(notes.size() == 1);
    CHECK(notes[note_id{1}].stars == 1);
    auto const moved = std::move(copy);
    CHECK(moved[note_id{1}].stars == 2);
    CHECK(moved.size() == 2);
}

TEST_CASE("a table is a map that remembers the order of arrival", "[registry]") {
    CHECK(rc::check("after any inserts and updates", [] {
        koc::table<note> notes;
        std::vector<note> model;
        for (auto const& [id, stars] :
            *rc::gen::container<std::vector<std::pair<std::uint64_t, int>>>(
                rc::gen::pair(rc::gen::inRange<std::uint64_t>(0, 12), rc::gen::inRange(-2, 3)))) {
            auto const known = std::find_if(model.begin(), model.end(),
                [&, i = id](note const& n) { return n.id == note_id{i}; });
            if (stars < 0) {
                RC_ASSERT(notes.update(note_id{id}, [](note& n) { n.stars += 10; }) ==
                    (known != model.end()));
                if (known != model.end()) {
                    known->stars += 10;
                }
            } else {
                RC_ASSERT(notes.insert({note_id{id}, stars}) == (known == model.end()));
                if (known == model.end()) {
                    model.push_back({note_id{id}, stars});
                }
            }
        }
        RC_ASSERT(std::equal(notes.begin(), notes.end(), model.begin(), model.end()));
    }));
}

} // namespace
