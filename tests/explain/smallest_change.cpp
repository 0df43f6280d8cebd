// SPDX-License-Identifier: BSL-1.0
#include <koc/explain/smallest_change.hpp>
#include <koc/explain/why.hpp>

#include "explain/village.hpp"
#include "support/catch.hpp"
#include "support/rounds.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <vector>

namespace {

using koc::change;
using koc::requirement_plan;
using koc::slot;
using koc::smallest_change;
using test::dice;
using test::light_load;
using test::person;
using test::person_id;
using test::village;
using test::village_editor;
using test::wish_scorer;
using test::wishes;

constexpr koc::column_id depth{1};
constexpr koc::column_id load{2};

koc::tag_id tag(char const* facet, char const* key) {
    return test::village_tags().find(facet, key).value();
}

bool is_chosen(village const& people, requirement_plan const& plan, wishes const& task,
    std::size_t k, slot s) {
    auto const best = koc::top_k(people, plan, task, wish_scorer{}, k, light_load{});
    return std::any_of(
        best->begin(), best->end(), [&](auto const& found) { return found.place == s; });
}

/// The changes whose bit is set.
std::vector<change> some_of(std::vector<change> const& all, std::uint32_t set) {
    std::vector<change> some;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if ((set >> i & 1U) != 0) {
            some.push_back(all[i]);
        }
    }
    return some;
}

bool collide(std::vector<change> const& changes) {
    for (std::size_t i = 0; i < changes.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            if (changes[i].collides(changes[j])) {
                return true;
            }
        }
    }
    return false;
}

/// One decision and everything that is said of it.
struct decision {
    village people;
    koc::requirement needs;
    requirement_plan plan;
    wishes task;
    std::size_t k = 1;
    slot who = 0;
    std::vector<change> changes;
};

decision any_decision(dice& draw) {
    decision made{
        test::any_village(draw), test::any_needs(draw, 3), {}, test::any_wishes(draw), 1, 0, {}};
    made.plan = requirement_plan::compile(made.needs, made.people).value();
    auto const slots = static_cast<std::int64_t>(made.people.slot_count());
    made.k = static_cast<std::size_t>(draw.from(1, slots));
    do {
        made.who = static_cast<slot>(draw.from(0, slots - 1));
    } while ((made.people.live_word(0) >> made.who & 1U) == 0);

    auto const& who = made.people[made.who];
    koc::change_list list{who, village_editor()};
    list.add_from(made.needs, made.people);
    wish_scorer const scorer;
    auto const best = koc::top_k(made.people, made.plan, made.task, scorer, made.k, light_load{});
    if (!best->empty()) {
        list.add_from(scorer.explain(made.task, made.people[best->back().place]));
    }
    list.add_from(scorer.explain(made.task, who));
    list.add(change::setting(depth, draw.from(0, 6)));
    list.add(change::setting(load, draw.from(0, 6)));
    made.changes = list.all();
    while (made.changes.size() > 9) { // what the host lets change
        made.changes.erase(made.changes.begin() +
            draw.from(0, static_cast<std::int64_t>(made.changes.size()) - 1));
    }
    return made;
}

TEST_CASE("the smallest change turns the decision and no part of it does, 100,000 times",
    "[match][E02]") {
    dice draw{20'240'101};
    std::size_t brought_in = 0;
    std::size_t put_out = 0;
    std::size_t of_several = 0;
    std::size_t wrong = 0;
    for (std::uint64_t i = 0; i < koc_test::rounds(100'000); ++i) {
        auto const d = any_decision(draw);
        auto const found = smallest_change(d.people, d.plan, d.task, wish_scorer{}, d.k, d.who,
            village_editor(), d.changes, light_load{});
        bool right = found.has_value();
        auto const before = is_chosen(d.people, d.plan, d.task, d.k, d.who);
        right = right && found->chosen == before && found->who == d.people.id_at(d.who);
        auto const turns = [&](std::vector<change> const& changes) {
            return is_chosen(d.people.with(d.who, changes), d.plan, d.task, d.k, d.who) != before;
        };
        if (right && found->changes) {
            auto const& made = *found->changes;
            auto const all = (std::uint32_t{1} << made.size()) - 1;
            right = !made.empty() && !collide(made) && turns(made);
            for (std::uint32_t set = 0; set < all; ++set) {
                right = right && !turns(some_of(made, set));
            }
            ++(before ? put_out : brought_in);
            of_several += made.size() > 1 ? 1 : 0;
        }
        if (right && i % 16 == 0) { // what is not found is not there, and nothing smaller is
            auto const size = found->changes ? found->changes->size() : d.changes.size() + 1;
            for (std::uint32_t set = 0; set < std::uint32_t{1} << d.changes.size(); ++set) {
                auto const some = some_of(d.changes, set);
                right = right && (some.size() >= size || collide(some) || !turns(some));
            }
        }
        wrong += right ? 0 : 1;
    }
    CHECK(wrong == 0);
    // The draw is not idle.
    CHECK(brought_in > koc_test::rounds(10'000));
    CHECK(put_out > koc_test::rounds(10'000));
    CHECK(of_several > koc_test::rounds(5'000));
}

/// Two who make videos, the second deeper, and one who does not.
village three() {
    village people;
    people.add({person_id{1}, {{tag("format", "video")}}, 1, 0});
    people.add({person_id{2}, {{tag("format", "video")}}, 3, 0});
    people.add({person_id{3}, {{tag("region", "harbin")}}, 2, 0});
    return people;
}

TEST_CASE("the smallest change is told for somebody who lacks, lags or leads", "[match][E02]") {
    auto const people = three();
    auto const plan = requirement_plan::compile(koc::has("format", "video"), people).value();
    wishes task;
    task.per_depth = koc::percent(10);
    auto const ask = [&](slot s, std::vector<change> const& changes) {
        return smallest_change(people, plan, task, wish_scorer{}, 1, s, village_editor(), changes)
            .value();
    };
    auto const video = change::gaining(tag("format", "video"));

    // Lacks the tag, and is then still too shallow.
    auto const both = ask(2, {change::setting(load, 4), video, change::setting(depth, 4)});
    CHECK_FALSE(both.chosen);
    CHECK(both.who == person_id{3});
    CHECK(both.changes == std::vector{video, change::setting(depth, 4)});

    // The smaller id wins a tie.
    CHECK(ask(0, {change::setting(depth, 3)}).changes == std::vector{change::setting(depth, 3)});
    CHECK_FALSE(ask(0, {change::setting(depth, 2)}).changes.has_value());

    // Of two ways out, the first that was offered.
    auto const lead = ask(1,
        {change::setting(load, 4), change::setting(depth, 0),
            change::losing(tag("format", "video"))});
    CHECK(lead.chosen);
    CHECK(lead.changes == std::vector{change::setting(depth, 0)});
    CHECK_FALSE(ask(1, {}).changes.has_value());
}

TEST_CASE("two changes of one fact are never made together", "[match]") {
    auto const people = three();
    wishes task;
    task.per_depth = koc::percent(10);
    task.per_load = koc::percent(10);
    auto const found = smallest_change(people, {}, task, wish_scorer{}, 1, 0, village_editor(),
        {change::setting(depth, 2), change::setting(depth, 0), change::setting(load, 1)});
    CHECK(found->changes == std::vector{change::setting(depth, 2), change::setting(load, 1)});
}

TEST_CASE(
    "a smallest change is refused where the search would be, and for too many changes", "[match]") {
    auto people = three();
    people.add({person_id{4}, {}, 0, 0}, false);
    auto const ask = [&](std::size_t k, slot s, std::size_t changes) {
        return smallest_change(people, {}, wishes{}, wish_scorer{}, k, s, village_editor(),
            std::vector(changes, change::setting(depth, 9)));
    };
    CHECK(ask(1, 0, 16).has_value());
    CHECK(ask(4, 0, 1).has_value());
    CHECK(ask(0, 0, 1).error().subject == "k = 0");
    CHECK(ask(5, 0, 1).error().subject == "k = 5");
    CHECK(ask(1, 3, 1).error().subject == "slot 3");
    CHECK(ask(1, 3, 1).error().code == koc::errc::unknown_id);
    CHECK(ask(1, 9, 1).error().subject == "slot 9");
    CHECK(ask(1, 0, 17).error().code == koc::errc::too_large);
    CHECK(ask(1, 0, 17).error().subject == "17 changes");
}

} // namespace
