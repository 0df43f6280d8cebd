// SPDX-License-Identifier: BSL-1.0
#include <koc/tag/requirement_plan.hpp>
#include <koc/testing/archetypes.hpp>

#include "support/catch.hpp"
#include "tag/crowd.hpp"

#include <rapidcheck.h>

#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace {

using koc::column;
using koc::errc;
using koc::everybody;
using koc::has;
using koc::requirement;
using koc::requirement_kind;
using koc::requirement_plan;
using koc::slot;

requirement listed(requirement_kind kind, std::vector<requirement> parts) {
    requirement r;
    r.kind = kind;
    r.parts = std::move(parts);
    return r;
}

requirement nested_to(int levels) {
    auto r = has("format", "video");
    for (int i = 1; i < levels; ++i) {
        r = listed(requirement_kind::all, {r});
    }
    return r;
}

requirement of_size(std::size_t nodes) {
    return listed(requirement_kind::any, std::vector(nodes - 1, has("format", "video")));
}

test::crowd three_people() {
    test::crowd people;
    people.add({test::person_id{1},
        {{people.tag("region", "harbin")}, {people.tag("format", "live")}}, 700'000, 0});
    people.add({test::person_id{2}, {{people.tag("region", "jilin")}, {people.tag("age", "young")}},
        300'000, 2});
    people.add({test::person_id{3}, {{people.tag("region", "hainan")}}, 0, 0});
    return people;
}

TEST_CASE(
    "a member tagged Harbin answers for everything above it and nothing beside it", "[tag][C07]") {
    auto const people = three_people();
    struct row {
        char const* region;
        koc::bitmap::word who; ///< bit 0 lives in Harbin, bit 1 in Jilin, bit 2 in Hainan
    };
    row const rows[] = {
        {"northeast", 0b011},
        {"heilongjiang", 0b001},
        {"harbin", 0b001},
        {"border", 0b001},
        {"jilin", 0b010},
        {"qiqihar", 0b000},
        {"south", 0b100},
        {"hainan", 0b100},
    };
    for (auto const& [region, who] : rows) {
        CAPTURE(region);
        auto const plan = requirement_plan::compile(has("region", region), people);
        REQUIRE(plan.has_value());
        CHECK(plan->filter(people, 0, people.live_word(0)) == who);
    }
}

TEST_CASE("tags and numbers combine as written", "[tag]") {
    auto const people = three_people();
    struct row {
        requirement needs;
        koc::bitmap::word who;
    };
    auto const northeast = has("region", "northeast");
    auto const video = has("format", "video");
    row const rows[] = {
        {everybody(), 0b111},
        {listed(requirement_kind::any, {}), 0b000},
        {listed(requirement_kind::none, {}), 0b111},
        {northeast && video, 0b001},
        {northeast && !video, 0b010},
        {!northeast || video, 0b101},
        {!(northeast || has("region", "south")), 0b000},
        {!!northeast, 0b011},
        {column("depth") >= koc::percent(70), 0b001},
        {column("depth") >= 700'001, 0b000},
        {column("load") <= 0, 0b101},
        {between(column("depth"), 0, 300'000), 0b110},
        {column("depth") >= INT64_MIN, 0b111},
        {column("depth") <= INT64_MIN, 0b000},
        {northeast && column("load") <= 1, 0b001},
    };
    for (auto const& [needs, who] : rows) {
        CAPTURE(to_string(needs));
        auto const plan = requirement_plan::compile(needs, people);
        REQUIRE(plan.has_value());
        CHECK(plan->filter(people, 0, people.live_word(0)) == who);
    }
}

TEST_CASE("a plan made of nothing admits everybody who is there", "[tag]") {
    auto people = three_people();
    people.remove(1);
    requirement_plan const plan;
    CHECK(plan.admits(people, 0));
    CHECK_FALSE(plan.admits(people, 1));
    CHECK(plan.admits(people, 2));
    CHECK_FALSE(plan.admits(people, 3));
    CHECK_FALSE(plan.admits(people, 0xffffffffU));
    CHECK_FALSE(plan.first_failure(people, 0));
}

TEST_CASE("an empty slot meets no requirement, not even that of lacking something", "[tag]") {
    auto people = three_people();
    people.remove(1);
    for (auto const& needs : {!has("format", "video"), column("load") <= 5, everybody()}) {
        auto const plan = requirement_plan::compile(needs, people);
        REQUIRE(plan.has_value());
        CHECK_FALSE(plan->admits(people, 1));
    }
}

TEST_CASE("a number that is absent is in no range", "[tag]") {
    test::crowd people;
    people.add({test::person_id{1}, {}, koc::number_column::absent, 3});
    auto const lowest = std::numeric_limits<std::int64_t>::min();
    auto const met = [&](koc::requirement const& needs) {
        return requirement_plan::compile(needs, people).value().admits(people, 0);
    };
    CHECK_FALSE(met(koc::column("depth") <= 5));
    CHECK_FALSE(met(koc::column("depth") >= 5));
    CHECK_FALSE(met(koc::column("depth") >= lowest));
    CHECK(met(!(koc::column("depth") >= lowest)));
    CHECK(met(koc::column("load") >= lowest));
}

TEST_CASE("a requirement that cannot be asked is refused by name", "[tag]") {
    auto const people = three_people();
    auto stray = everybody() && has("format", "video");
    stray.parts[0].kind = static_cast<requirement_kind>(77);
    struct row {
        requirement needs;
        errc code;
        char const* subject;
    };
    row const rows[] = {
        {has("region", "atlantis"), errc::unknown_id, "tag region:atlantis"},
        {has("nowhere", "harbin"), errc::unknown_id, "tag nowhere:harbin"},
        {has("", ""), errc::unknown_id, "tag :"},
        {has("a\nb", "c"), errc::unknown_id, "tag a\\nb:c"},
        {column("a\xe2\x80\xae") >= 1, errc::unknown_id, "column a\\u{202E}"},
        {column("height") >= 1, errc::unknown_id, "column height"},
        {column("depth") >= 1 && !(has("format", "video") || has("format", "smell")),
            errc::unknown_id, "tag format:smell"},
        {between(column("depth"), 2, 1), errc::invalid_argument, "column depth"},
        {between(column("depth"), {}, {}), errc::invalid_argument, "column depth"},
        {has("age", "young"), errc::not_qualified, "tag age:young"},
        {has("format", "video") && !has("age", "young"), errc::not_qualified, "tag age:young"},
        {nested_to(17), errc::too_large, "requirement"},
        {of_size(1025), errc::too_large, "requirement"},
        {stray, errc::invalid_argument, "requirement"},
    };
    for (auto const& [needs, code, subject] : rows) {
        CAPTURE(subject);
        auto const plan = requirement_plan::compile(needs, people);
        REQUIRE(!plan);
        CHECK(plan.error().code == code);
        CHECK(plan.error().subject == subject);
        CHECK(plan.error().expected.starts_with("expected "));
    }
}

TEST_CASE("a requirement with members of another kind is refused, wherever it is nested", "[tag]") {
    auto tag_with_column = has("format", "video");
    tag_with_column.column = "load";
    auto tag_with_parts = has("format", "video");
    tag_with_parts.parts.push_back(everybody());
    auto list_with_key = everybody();
    list_with_key.tag.key = "video";
    auto column_with_facet = column("load") <= 1;
    column_with_facet.tag.facet = "format";
    for (auto const& bad : {tag_with_column, tag_with_parts, list_with_key, column_with_facet}) {
        CHECK_FALSE(is_plain(bad));
        for (auto const& needs : {bad, !(has("format", "video") || bad)}) {
            auto const plan = requirement_plan::compile(needs, three_people());
            REQUIRE(plan.has_error());
            CHECK(plan.error().code == koc::errc::invalid_argument);
            CHECK(plan.error().subject == "requirement");
        }
    }
}

TEST_CASE("a requirement at the limits is a requirement", "[tag]") {
    auto const people = three_people();
    for (auto const& needs : {nested_to(16), of_size(1024)}) {
        auto const plan = requirement_plan::compile(needs, people);
        REQUIRE(plan.has_value());
        CHECK(plan->filter(people, 0, people.live_word(0)) == 0b001);
    }
    // Size counts every node, wherever it stands.
    auto const wide = listed(requirement_kind::all, {of_size(600), of_size(424)});
    auto const refused = requirement_plan::compile(wide, people);
    REQUIRE(!refused);
    CHECK(refused.error().code == errc::too_large);
    CHECK(requirement_plan::compile(
        listed(requirement_kind::all, {of_size(600), of_size(423)}), people)
              .has_value());
}

/// The names of a crowd, none of which is sensitive.
struct open_vocabulary {
    test::crowd const& people;

    [[nodiscard]] std::optional<koc::tag_id> find_tag(koc::tag_name const& name) const {
        return people.find_tag(name);
    }
    [[nodiscard]] std::optional<koc::column_id> find_column(std::string_view name) const {
        return people.find_column(name);
    }
    [[nodiscard]] bool sensitive(koc::tag_id) const { return false; }
};

TEST_CASE("a sensitive tag decides only where the vocabulary lets it", "[tag]") {
    auto const people = three_people();
    CHECK_FALSE(requirement_plan::compile(has("age", "young"), people).has_value());
    auto const plan = requirement_plan::compile(has("age", "young"), open_vocabulary{people});
    REQUIRE(plan.has_value());
    CHECK(plan->filter(people, 0, people.live_word(0)) == 0b010);
}

TEST_CASE("the failure that is told is the smallest part, first in the order written", "[tag]") {
    auto const people = three_people();
    auto const northeast = has("region", "northeast");
    auto const video = has("format", "video");
    auto const idle = column("load") <= 0;
    struct row {
        requirement needs;
        slot who;
        std::optional<requirement> failed;
    };
    row const rows[] = {
        {northeast && video, 0, std::nullopt},
        {northeast && video && idle, 1, video}, // idle fails too, but later
        {idle && video && northeast, 1, idle},
        {northeast && video, 2, northeast},
        {listed(requirement_kind::all, {northeast, listed(requirement_kind::all, {idle, video})}),
            1, idle}, // the part within the part
        {video || has("format", "text"), 1,
            video || has("format", "text")}, // no part alone is to blame
        {idle && !(northeast || video), 0, !(northeast || video)},
        {listed(requirement_kind::any, {}), 0, listed(requirement_kind::any, {})},
    };
    for (auto const& [needs, who, failed] : rows) {
        CAPTURE(to_string(needs), who);
        auto const plan = requirement_plan::compile(needs, people);
        REQUIRE(plan.has_value());
        CHECK(plan->first_failure(people, who) == failed);
    }
}

TEST_CASE("a plan is what the requirement says, of any crowd", "[tag]") {
    CHECK(rc::check("filter, admits and first_failure agree with walking the tree", [] {
        auto const people = test::any_crowd(test::any_taxonomy());
        auto const needs = test::any_requirement(people.tags(), 3);
        auto const plan = requirement_plan::compile(needs, people);
        RC_ASSERT(plan.has_value());
        for (std::size_t w = 0; w * 64 < people.slot_count(); ++w) {
            koc::bitmap::word wanted = 0;
            koc::for_each_slot(w, people.live_word(w), [&](slot s) {
                wanted |= koc::bitmap::word{test::meets(people, needs, s)} << s % 64;
            });
            RC_ASSERT(plan->filter(people, w, people.live_word(w)) == wanted);
            // Whoever is not considered is not admitted, and changes nothing for the others.
            auto const some = *rc::gen::arbitrary<koc::bitmap::word>() & people.live_word(w);
            RC_ASSERT(plan->filter(people, w, some) == (wanted & some));
        }
        for (slot s = 0; s < people.slot_count(); ++s) {
            RC_ASSERT(plan->admits(people, s) == (people.live(s) && test::meets(people, needs, s)));
            if (people.live(s)) {
                auto const failed = plan->first_failure(people, s);
                RC_ASSERT(failed.has_value() != test::meets(people, needs, s));
                RC_ASSERT((!failed || !test::meets(people, *failed, s)));
                RC_ASSERT((!failed || failed->kind != requirement_kind::all));
            }
        }
    }));
}

TEST_CASE("a plan asks a vocabulary and a population for no more than they promise", "[tag]") {
    koc::archetypes::vocabulary const names{};
    koc::archetypes::tagged_crowd const people{};
    auto const plan =
        requirement_plan::compile(has("", "") && column("") >= 0 && !has("", "x"), names);
    REQUIRE(plan.has_value());
    CHECK(plan->filter(people, 0, people.live_word(0)) == 0);
    auto const failed = plan->first_failure(people, 0);
    REQUIRE(failed);
    CHECK(*failed == !has("", "x"));
}

} // namespace
