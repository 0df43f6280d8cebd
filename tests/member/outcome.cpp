// SPDX-License-Identifier: BSL-1.0
#include <koc/member/messages/outcome.hpp>

#include <koc/describe/digest.hpp>

#include "support/catch.hpp"

using namespace koc;

TEST_CASE("every part of an outcome counts in its digest", "[member]") {
    outcome_recorded const base{member_id{1}, {tag_id{2}}, percent(70), instant{5}};
    auto who = base;
    who.member = member_id{2};
    auto about = base;
    about.tags.push_back(tag_id{3});
    auto quality = base;
    quality.quality = percent(71);
    auto when = base;
    when.at = instant{6};
    for (auto const& other : {who, about, quality, when}) {
        CHECK(digest_of(other) != digest_of(base));
    }
}

TEST_CASE("every part of a correction counts in its digest", "[member]") {
    outcome_corrected const base{member_id{1}, {tag_id{2}}, percent(70), percent(30), instant{5}};
    auto who = base;
    who.member = member_id{2};
    auto about = base;
    about.tags.clear();
    auto was = base;
    was.was = percent(71);
    auto quality = base;
    quality.quality = percent(31);
    auto when = base;
    when.at = instant{6};
    for (auto const& other : {who, about, was, quality, when}) {
        CHECK(digest_of(other) != digest_of(base));
    }
}
