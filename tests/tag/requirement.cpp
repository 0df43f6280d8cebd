// SPDX-License-Identifier: BSL-1.0
#include <koc/describe/digest.hpp>
#include <koc/describe/validate.hpp>
#include <koc/tag/requirement.hpp>

#include "support/catch.hpp"

namespace {

using koc::column;
using koc::everybody;
using koc::has;
using koc::requirement;
using koc::requirement_kind;

requirement listed(requirement_kind kind, std::vector<requirement> parts) {
    requirement r;
    r.kind = kind;
    r.parts = std::move(parts);
    return r;
}

auto const a = has("f", "a");
auto const b = has("f", "b");
auto const c = has("f", "c");

TEST_CASE("chains of one operator are one list, in the order written", "[tag]") {
    auto const all_three = listed(requirement_kind::all, {a, b, c});
    CHECK((a && b && c) == all_three);
    CHECK((a && (b && c)) == all_three);
    CHECK((everybody() && a && b && c) == all_three);
    CHECK((a || b || c) == listed(requirement_kind::any, {a, b, c}));
    CHECK((a || (b || c)) == listed(requirement_kind::any, {a, b, c}));
    CHECK((a && (b || c)) ==
        listed(requirement_kind::all, {a, listed(requirement_kind::any, {b, c})}));
    CHECK(((a && b) || c) ==
        listed(requirement_kind::any, {listed(requirement_kind::all, {a, b}), c}));
    CHECK((!a) == listed(requirement_kind::none, {a}));
    CHECK((!a && !b) ==
        listed(requirement_kind::all,
            {listed(requirement_kind::none, {a}), listed(requirement_kind::none, {b})}));
}

TEST_CASE("a column is compared with whole numbers and with scores", "[tag]") {
    auto const least = column("depth") >= koc::percent(70);
    CHECK(least.kind == requirement_kind::column);
    CHECK(least.column == "depth");
    CHECK(least.at_least == 700'000);
    CHECK_FALSE(least.at_most);
    auto const most = column("load") <= 2;
    CHECK_FALSE(most.at_least);
    CHECK(most.at_most == 2);
    CHECK(between(column("load"), -1, 2).at_least == -1);
}

TEST_CASE("a requirement reads as a line", "[tag]") {
    struct row {
        requirement node;
        char const* line;
    };
    row const rows[] = {
        {everybody(), "everybody"},
        {listed(requirement_kind::any, {}), "nobody"},
        {listed(requirement_kind::none, {}), "everybody"},
        {a, "f:a"},
        {a && b, "f:a and f:b"},
        {a || b, "f:a or f:b"},
        {a && (b || c), "f:a and (f:b or f:c)"},
        {(a && b) || c, "(f:a and f:b) or f:c"},
        {!a, "not (f:a)"},
        {!(a || b), "not (f:a or f:b)"},
        {!(a && b), "not (f:a and f:b)"},
        {listed(requirement_kind::none, {a, b && c}), "not (f:a or (f:b and f:c))"},
        {a && !(b || c), "f:a and not (f:b or f:c)"},
        {has("region", "northeast") && !has("stage", "evolving") &&
                column("depth") >= koc::percent(70),
            "region:northeast and not (stage:evolving) and depth >= 700000"},
        {column("load") <= 2, "load <= 2"},
        {between(column("load"), 1, 2), "load >= 1 and <= 2"},
    };
    for (auto const& [node, line] : rows) {
        CHECK(to_string(node) == line);
    }
}

TEST_CASE("requirements are values: compared, hashed and checked like any command", "[tag]") {
    CHECK(koc::digest_of(a && b) == koc::digest_of(a && b));
    CHECK(koc::digest_of(a && b) != koc::digest_of(b && a));
    CHECK(koc::digest_of(a && b) != koc::digest_of(a || b));
    CHECK_FALSE(koc::check_form(a && (b || !c)));
    auto bad = a && b;
    bad.parts[1].kind = static_cast<requirement_kind>(9);
    auto const refused = koc::check_form(bad);
    REQUIRE(refused);
    CHECK(refused->subject == ".all[1]");
}

} // namespace
