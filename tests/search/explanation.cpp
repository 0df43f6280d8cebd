// SPDX-License-Identifier: BSL-1.0
#include <koc/describe/digest.hpp>
#include <koc/describe/validate.hpp>
#include <koc/search/explanation.hpp>

#include "support/catch.hpp"

namespace {

using koc::explanation;
using koc::score;
using koc::tag_id;

TEST_CASE(
    "the amounts of an explanation add up, and amounts of nothing are left out", "[match][E01]") {
    explanation why;
    CHECK(why.total() == score{});
    why.add("affinity", koc::percent(70), tag_id{3})
        .add("nothing", {})
        .add("load", -koc::percent(20));
    CHECK(why.total() == koc::percent(50));
    REQUIRE(why.parts.size() == 2);
    CHECK(why.parts[0] == koc::reason{"affinity", tag_id{3}, koc::percent(70)});
    CHECK_FALSE(why.parts[1].about.valid());
}

TEST_CASE("amounts that cancel out are told all the same", "[match]") {
    auto const why = explanation{}.add("up", {1}).add("down", {-1});
    CHECK(why.total() == score{});
    CHECK(why.parts.size() == 2);
}

TEST_CASE("an explanation is a described value, as events carry it", "[match]") {
    auto const why = explanation{}.add("affinity", koc::percent(70), tag_id{3});
    CHECK(koc::digest_of(why) == koc::digest_of(explanation{why}));
    CHECK(koc::digest_of(why) != koc::digest_of(explanation{}.add("affinity", koc::percent(70))));
    auto bad = why;
    bad.parts[0].signal = "\xff";
    CHECK(koc::check_form(bad)->subject == ".parts[0].signal");
}

} // namespace
