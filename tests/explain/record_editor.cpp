// SPDX-License-Identifier: BSL-1.0
#include <koc/explain/record_editor.hpp>

#include "explain/village.hpp"
#include "support/catch.hpp"

namespace {

using koc::change;

TEST_CASE("an editor makes the change it is told and no other", "[match]") {
    auto const& edit = test::village_editor();
    auto const video = test::village_tags().find("format", "video").value();
    auto const live = test::village_tags().find("format", "live").value();
    test::person who{test::person_id{1}, {{live}}, 2, 3};

    edit.apply(who, change::gaining(video, koc::percent(40)));
    CHECK(edit.tags(who) == koc::tag_set{{live}, {video, koc::percent(40)}});
    edit.apply(who, change::losing(live));
    CHECK(edit.tags(who) == koc::tag_set{{video, koc::percent(40)}});
    edit.apply(who, change::setting(koc::column_id{2}, 9));
    CHECK(edit.value(who, koc::column_id{1}) == 2);
    CHECK(edit.value(who, koc::column_id{2}) == 9);
    CHECK(who.id == test::person_id{1});

    CHECK(edit.covers(video, live));
    CHECK_FALSE(edit.covers(live, video));
}

} // namespace
