// SPDX-License-Identifier: BSL-1.0
#include <koc/engine/clock_rules.hpp>
#include <koc/engine/rules.hpp>

#include "engine/garden.hpp"
#include "engine/journals.hpp"
#include "engine/picture.hpp"
#include "support/catch.hpp"

#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using garden::at;
using garden::beds_rules;
using garden::engine_of;
using garden::plant_id;
using koc::errc;
using test::picture_of;

garden::sow tree(std::uint64_t id) { return {plant_id{id}, "tree", {}}; }

TEST_CASE("the first command adopts the bag's rules", "[engine][rules]") {
    test::shared_journal const journal;
    auto engine = engine_of(journal);
    CHECK(engine.rules<beds_rules>() == nullptr);
    REQUIRE(engine.handle(tree(1), at(1)).has_value());
    REQUIRE(engine.rules<beds_rules>() != nullptr);
    CHECK(engine.rules<beds_rules>()->litres_max == 50);             // of the programme's bag
    CHECK(engine.rules<garden::diary_rules>()->lines_per_page == 3); // of the type, as no bag says
    CHECK(engine.rules<koc::clock_rules>()->behind_max == koc::minutes(10));
    CHECK(engine.differing().empty());

    auto wet = koc::engine::of<garden::programme>(test::shared_journal{}, garden::wet_rules{});
    REQUIRE(wet.handle(tree(1), at(1)).has_value());
    CHECK(wet.rules<beds_rules>()->litres_max == 500);
    CHECK(wet.handle(garden::water{plant_id{1}, 400}, at(1)).has_value());
}

TEST_CASE("no two types of rules are adopted by commands of one name", "[engine][rules]") {
    STATIC_REQUIRE(koc::command_type_of<koc::adopt<beds_rules>>.name == "adopt_beds_rules");
    std::set<std::string_view> names;
    auto const types = engine_of(test::shared_journal{}).command_types();
    for (auto const* type : types) {
        CHECK(names.insert(type->name).second);
    }
    CHECK(names.contains("adopt_clock_rules"));
}

TEST_CASE(
    "a bag that changed is shown, and changes nothing until it is adopted", "[engine][rules]") {
    test::shared_journal const journal;
    auto engine = engine_of(journal);
    REQUIRE(engine.handle(tree(1), at(1)).has_value());
    REQUIRE(engine.handle(garden::water{plant_id{1}, 40}, at(1)).has_value());

    auto wet = koc::engine::of<garden::programme>(journal, garden::wet_rules{}, koc::writer_id{2});
    REQUIRE(wet.catch_up().has_value());
    REQUIRE(wet.differing().size() == 1);
    CHECK(wet.differing().front().name == "beds_rules");
    CHECK(wet.differing().front().adopted);
    CHECK(picture_of(wet) == picture_of(engine));
    CHECK(wet.handle(garden::water{plant_id{1}, 400}, at(1)).error().code == errc::over_budget);

    REQUIRE(wet.handle(koc::adopt<beds_rules>{garden::wet_rules{}.beds}, at(2)).value().count == 1);
    CHECK(journal.envelopes().back().events.front().type().name == "beds_rules_adopted");
    CHECK(wet.differing().empty());
    CHECK(wet.handle(garden::water{plant_id{1}, 400}, at(2)).has_value());
    // Plants that were watered before keep the time that was said then.
    CHECK(wet.next_due() == at(2).now + koc::days(2));
    REQUIRE(engine.catch_up().has_value());
    CHECK(picture_of(engine) == picture_of(wet));
    REQUIRE(engine.differing().size() == 1);
    // The same rules again are nothing to do.
    CHECK(wet.handle(koc::adopt<beds_rules>{garden::wet_rules{}.beds}, at(2)).value().count == 0);
}

TEST_CASE("rules are checked when they are adopted", "[engine][rules]") {
    test::shared_journal const journal;
    auto engine = engine_of(journal);
    REQUIRE(engine.handle(tree(1), at(1)).has_value());
    auto const said = engine.handle(koc::adopt<beds_rules>{{0, koc::days(1)}}, at(1));
    REQUIRE_FALSE(said.has_value());
    CHECK(said.error().subject == "beds_rules.litres_max");
    CHECK(engine.handle(koc::adopt<garden::diary_rules>{{0}}, at(1)).has_value()); // no check
}

/// A journal that ends with this event is read up to it, and the refusal names `culprit`, which the
/// `check` of the event refuses.
void refuses_forged(koc::event happened, std::string const& culprit) {
    test::shared_journal journal;
    auto engine = engine_of(journal);
    REQUIRE(engine.handle(tree(1), at(1)).has_value());
    koc::batch forged;
    forged.at = at(2).now;
    std::string const name{happened.type().name};
    forged.events = {std::move(happened)};
    auto const head = *journal.head();
    REQUIRE(journal.append(head, std::vector{forged}).has_value());

    auto reader = engine_of(journal);
    auto const read = reader.catch_up();
    REQUIRE_FALSE(read.has_value());
    CHECK(read.error().code == errc::corrupt);
    CHECK(read.error().subject == "event " + std::to_string(head.position) + " (" + name + ')');
    CHECK(read.error().expected.find(culprit) != std::string::npos);
    CHECK(reader.head() == head);
    CHECK(picture_of(reader) == picture_of(engine)); // what came before is known
}

TEST_CASE("an event or rules of a journal that their check refuses are refused by name before "
          "anybody applies them",
    "[engine][rules]") {
    refuses_forged(
        koc::event::of(koc::adopted<beds_rules>{{0, koc::days(1)}}), "beds_rules.litres_max");
    for (auto const litres : {-1, 0, 1001}) {
        refuses_forged(koc::event::of(garden::watered{plant_id{1}, litres}), "watered.litres");
    }
}

TEST_CASE("a bag is checked before an empty journal adopts it", "[engine][rules]") {
    test::shared_journal const journal;
    garden::wet_rules dry;
    dry.beds.litres_max = 0;
    auto engine = koc::engine::of<garden::programme>(journal, dry);
    CHECK(engine.handle(tree(1), at(1)).error().subject == "beds_rules.litres_max");
    CHECK(engine.preview(tree(1), at(1)).error().subject == "beds_rules.litres_max");
    dry.beds = {10, koc::duration{1} + koc::for_ever - koc::duration{2}};
    auto other = koc::engine::of<garden::programme>(journal, dry);
    CHECK(other.handle(tree(1), at(1)).error().subject == "beds_rules.dry_after");
    CHECK(journal.envelopes().empty());
    CHECK(engine.differing().size() == 4);
}

TEST_CASE("rules that a later release adds are shown, and what reads them waits for them",
    "[engine][rules]") {
    test::shared_journal const journal;
    auto engine = engine_of(journal);
    REQUIRE(engine.handle(tree(1), at(1)).has_value());

    auto later = koc::engine::of<garden::later_programme>(journal, koc::writer_id{2});
    REQUIRE(later.catch_up().has_value());
    REQUIRE(later.differing().size() == 1);
    CHECK(later.differing().front().name == "frost_rules");
    CHECK_FALSE(later.differing().front().adopted);
    CHECK(later.rules<garden::frost_rules>() == nullptr);
    auto const said = later.handle(garden::measure_frost{}, at(2));
    REQUIRE_FALSE(said.has_value());
    CHECK(said.error().subject == "frost_rules");
    CHECK(said.error().expected.find("adopt<frost_rules>") != std::string::npos);
    CHECK(later.handle(tree(2), at(2)).has_value()); // reads others only
    REQUIRE(later.handle(koc::adopt<garden::frost_rules>{{-9}}, at(2)).has_value());
    CHECK(later.handle(garden::measure_frost{}, at(2)).has_value());
    REQUIRE(later.differing().size() == 1); // adopted, with other values than the bag's
    CHECK(later.differing().front().adopted);
}

} // namespace
