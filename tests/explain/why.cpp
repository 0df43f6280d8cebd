// SPDX-License-Identifier: BSL-1.0
#include <koc/explain/why.hpp>
#include <koc/testing/archetypes.hpp>

#include "explain/village.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <variant>

namespace {

using koc::requirement_plan;
using koc::slot;
using test::dice;
using test::person_id;
using test::wish_scorer;
using test::wishes;

TEST_CASE("why tells the place of who is chosen and what the others lack", "[match][E02]") {
    auto const video = test::village_tags().find("format", "video").value();
    test::village people;
    people.add({person_id{1}, {{video}}, 3, 0}); // second
    people.add({person_id{2}, {{video}}, 4, 0}); // first
    people.add({person_id{3}, {{video}}, 1, 1}); // too shallow
    people.add({person_id{4}, {}, 4, 0});        // no video
    people.add({person_id{5}, {{video}}, 4, 6}); // stopped
    people.add({person_id{6}, {{video}}, 3, 0}); // a tie with the second
    auto const plan = requirement_plan::compile(koc::has("format", "video"), people).value();
    wishes task;
    task.per_depth = koc::percent(10);
    auto const ask = [&](slot s) {
        return koc::why(people, plan, task, wish_scorer{}, 2, s, test::light_load{}).value();
    };
    auto const depth = [](std::int64_t of) {
        return koc::explanation{}.add("depth", koc::percent(10 * of));
    };

    CHECK(std::get<koc::was_chosen<person_id>>(ask(0)) ==
        koc::was_chosen<person_id>{person_id{1}, 2, koc::percent(30), depth(3)});
    CHECK(std::get<koc::was_chosen<person_id>>(ask(1)).place == 1);
    auto const lags = std::get<koc::was_outscored<person_id>>(ask(2));
    CHECK(lags ==
        koc::was_outscored<person_id>{
            person_id{3}, koc::percent(10), depth(1), 2, person_id{1}, koc::percent(30), depth(3)});
    CHECK(lags.missing() == koc::percent(20));
    CHECK(std::get<koc::lacks_requirement<person_id>>(ask(3)) ==
        koc::lacks_requirement<person_id>{person_id{4}, koc::has("format", "video")});
    CHECK(std::get<koc::was_stopped<person_id>>(ask(4)) ==
        koc::was_stopped<person_id>{person_id{5}, "has a load of 6"});
    CHECK(std::get<koc::was_outscored<person_id>>(ask(5)).missing() == koc::score{});
}

TEST_CASE("why is refused where the search would be, and for an empty slot", "[match]") {
    test::village people;
    people.add({person_id{1}, {}, 0, 0});
    people.add({person_id{2}, {}, 0, 0}, false);
    auto const ask = [&](std::size_t k, slot s) {
        return koc::why(people, {}, wishes{}, wish_scorer{}, k, s);
    };
    CHECK(ask(2, 0).has_value());
    CHECK(ask(0, 0).error().subject == "k = 0");
    CHECK(ask(3, 0).error().subject == "k = 3");
    CHECK(ask(1, 1).error().subject == "slot 1");
    CHECK(ask(1, 2).error().subject == "slot 2");
    CHECK(ask(1, 2).error().code == koc::errc::unknown_id);
}

TEST_CASE("why and the search agree about everybody", "[match][E02]") {
    dice draw{7};
    std::size_t wrong = 0;
    std::array<std::size_t, 4> kinds{};
    for (int i = 0; i < 5'000; ++i) {
        auto const people = test::any_village(draw);
        auto const plan = requirement_plan::compile(test::any_needs(draw, 2), people).value();
        auto const task = test::any_wishes(draw);
        auto const k =
            static_cast<std::size_t>(draw.from(1, static_cast<std::int64_t>(people.slot_count())));
        auto const best = koc::top_k(people, plan, task, wish_scorer{}, k, test::light_load{});
        koc::for_each_slot(0, people.live_word(0), [&](slot s) {
            auto const told =
                koc::why(people, plan, task, wish_scorer{}, k, s, test::light_load{}).value();
            auto const at = std::find_if(
                best->begin(), best->end(), [&](auto const& found) { return found.place == s; });
            ++kinds[told.index()];
            bool right = (at != best->end()) == (told.index() == 0);
            if (auto const* chosen = std::get_if<koc::was_chosen<person_id>>(&told)) {
                right = right && chosen->why.total() == chosen->fit && chosen->fit == at->fit &&
                    best->begin() + static_cast<std::ptrdiff_t>(chosen->place) - 1 == at;
            } else if (auto const* lags = std::get_if<koc::was_outscored<person_id>>(&told)) {
                right = right && best->size() == k && lags->why.total() == lags->fit &&
                    lags->last == best->back().id && lags->last_fit == best->back().fit &&
                    lags->last_why.total() == lags->last_fit && lags->missing() >= koc::score{};
            } else if (auto const* lacks = std::get_if<koc::lacks_requirement<person_id>>(&told)) {
                auto const part = requirement_plan::compile(lacks->missing, people);
                right = right && !part->admits(people, s);
            }
            wrong += right ? 0 : 1;
        });
    }
    CHECK(wrong == 0);
    for (auto const count : kinds) {
        CHECK(count > 100);
    }
}

TEST_CASE("why asks its arguments for no more than they promise", "[match]") {
    koc::archetypes::crowd const people{};
    koc::archetypes::task const task{0};
    koc::archetypes::scorer const scorer{koc::whole(3)};
    CHECK(koc::why(people, {}, task, scorer, 1, 0).value().index() == 0);
}

} // namespace
