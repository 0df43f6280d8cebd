// SPDX-License-Identifier: BSL-1.0
#include <koc/registry/registry.hpp>
#include <koc/search/concepts.hpp>
#include <koc/tag/requirement_plan.hpp>

#include "support/catch.hpp"
#include "tag/crowd.hpp"

#include <rapidcheck.h>

#include <boost/multi_index/ordered_index.hpp>

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace {

using koc::errc;
using koc::slot;
using koc::tag_id;
using koc::tag_set;

using person_id = koc::id<struct person_kind>;

struct person {
    person_id id;
    tag_set tags;
    std::string name;
    std::int64_t stars = 0;
    std::int64_t load = 0;

    friend bool operator==(person const&, person const&) = default;
};

struct person_rows {
    using record = person;
    struct by_stars {};
    using keys = boost::mp11::mp_list<
        boost::multi_index::ordered_non_unique<boost::multi_index::tag<by_stars>,
            boost::multi_index::member<person, std::int64_t, &person::stars>>>;
    static constexpr std::array<koc::column_of<person>, 2> columns{{
        {"stars", [](person const& p) { return p.stars; }},
        {"load", [](person const& p) { return p.load; }},
    }};
};
using people_type = koc::registry<person_rows>;
static_assert(koc::population<people_type>);
static_assert(koc::vocabulary<people_type::names>);

struct least_rows {
    using record = person;
    using keys = boost::mp11::mp_list<>;
    static constexpr std::array<koc::column_of<person>, 0> columns{};
};

person somebody(std::uint64_t id, tag_set tags = {}, std::int64_t stars = 0) {
    return {person_id{id}, std::move(tags), "n" + std::to_string(id), stars, 0};
}

TEST_CASE("records are found by id, by slot, by tag and by number", "[registry]") {
    auto const names = test::vocabulary();
    auto const id = [&](char const* key) { return *names.find("region", key); };
    people_type people;
    CHECK(people.insert(somebody(30, {{id("harbin")}}, 5), names).value() == slot{0});
    CHECK(people.insert(somebody(10, {{id("jilin")}}, 3), names).value() == slot{1});
    CHECK(people.size() == 2);
    CHECK(people.slot_count() == 2);
    CHECK(people.find(person_id{10})->stars == 3);
    CHECK(people.find(person_id{11}) == nullptr);
    CHECK(people.slot_of(person_id{10}) == slot{1});
    CHECK_FALSE(people.slot_of(person_id{}));
    CHECK(people[0].name == "n30");
    CHECK(people.id_at(1) == person_id{10});
    CHECK(people.tag_word(id("northeast"), 0) == 0b11);
    CHECK(people.tag_word(id("border"), 0) == 0b01);
    CHECK(people.tag_word(id("border"), 99) == 0);
    CHECK(people.value(*people_type::find_column("stars"), 0) == 5);
    CHECK(people.max_of(*people_type::find_column("stars"), 0) == 5);
    CHECK_FALSE(people_type::find_column("height"));
    CHECK_FALSE(people_type::find_column(""));
    auto const& by_stars = people.by<person_rows::by_stars>();
    CHECK(by_stars.begin()->id == person_id{10});
    CHECK(by_stars.count(5) == 1);
}

TEST_CASE("a requirement written in the registry's names finds its people", "[registry]") {
    auto const names = test::vocabulary();
    people_type people;
    REQUIRE(people.insert(somebody(1, {{*names.find("region", "harbin")}}, 5), names).has_value());
    REQUIRE(people.insert(somebody(2, {{*names.find("region", "harbin")}}, 1), names).has_value());
    auto const plan = koc::requirement_plan::compile(
        koc::has("region", "northeast") && koc::column("stars") >= 2, people_type::names{names});
    REQUIRE(plan.has_value());
    CHECK(plan->filter(people, 0, people.live_word(0)) == 0b01);
    auto const refused =
        koc::requirement_plan::compile(koc::has("age", "young"), people_type::names{names});
    REQUIRE(!refused);
    CHECK(refused.error().code == errc::not_qualified);
}

TEST_CASE("what cannot be done is refused by name, and nothing has changed", "[registry]") {
    auto const names = test::vocabulary();
    auto const nowhere = tag_id{static_cast<std::uint32_t>(names.size() + 1)};
    people_type people;
    REQUIRE(people.insert(somebody(7), names).has_value());

    auto const taken = people.insert(somebody(7, {}, 9), names);
    REQUIRE(!taken);
    CHECK(taken.error().code == errc::already_exists);
    CHECK(taken.error().subject == "record 7");
    for (auto const tag : {tag_id{}, nowhere, tag_id{0xffffffffU}}) {
        auto const refused = people.insert(somebody(8, {{tag_id{1}}, {tag}}), names);
        REQUIRE(!refused);
        CHECK(refused.error().code == errc::unknown_id);
        CHECK(refused.error().subject == "tag " + std::to_string(tag.value()));
    }
    auto const changed = people.update(person_id{8}, names, [](person& p) { p.stars = 9; });
    REQUIRE(!changed);
    CHECK(changed.error().code == errc::unknown_id);
    CHECK(changed.error().subject == "record 8");
    auto const erased = people.erase(person_id{8}, names);
    REQUIRE(!erased);
    CHECK(erased.error().subject == "record 8");

    CHECK(people.size() == 1);
    CHECK(people.slot_count() == 1);
    CHECK(people[0] == somebody(7));
    CHECK(people.tag_word(tag_id{1}, 0) == 0);
}

TEST_CASE("an erased record leaves an empty slot that is never given again", "[registry]") {
    auto const names = test::vocabulary();
    people_type people;
    REQUIRE(people.insert(somebody(1, {{tag_id{1}}}, 5), names).has_value());
    REQUIRE(people.insert(somebody(2, {{tag_id{1}}}, 3), names).has_value());
    REQUIRE(people.erase(person_id{1}, names).has_value());
    CHECK(people.live_word(0) == 0b10);
    CHECK(people.tag_word(tag_id{1}, 0) == 0b10);
    CHECK(people.max_of(koc::column_id{1}, 0) == 3);
    CHECK(people.find(person_id{1}) == nullptr);
    CHECK(people.by<person_rows::by_stars>().size() == 1);
    CHECK_FALSE(people.erase(person_id{1}, names).has_value());
    CHECK(people.insert(somebody(1), names).value() == slot{2}); // the same person, at a new place
    CHECK(people.slot_count() == 3);
    std::vector<person_id> walked;
    people.for_each([&](person const& p) { walked.push_back(p.id); });
    CHECK(walked == std::vector{person_id{2}, person_id{1}});
}

TEST_CASE("who comes and goes is found where they are now", "[registry]") {
    auto const names = test::vocabulary();
    people_type people;
    for (std::uint64_t i = 1; i <= 100; ++i) {
        REQUIRE(people.insert(somebody(i), names).has_value());
    }
    for (slot round = 0; round < 300; ++round) {
        REQUIRE(people.erase(person_id{7}, names).has_value());
        REQUIRE_FALSE(people.contains(person_id{7}));
        REQUIRE(people.insert(somebody(7), names).value() == 100 + round);
        REQUIRE(people.slot_of(person_id{7}) == 100 + round);
    }
    CHECK(people.slot_of(person_id{8}) == 7U);
    CHECK(people.size() == 100);
}

TEST_CASE("ids at the ends of their range are ids like any other", "[registry]") {
    auto const names = test::vocabulary();
    people_type people;
    REQUIRE(people.insert(somebody(0xffffffffffffffffU), names).has_value());
    REQUIRE(people.insert(somebody(0), names).has_value());
    CHECK(people.contains(person_id{0xffffffffffffffffU}));
    CHECK(people.contains(person_id{}));
    CHECK_FALSE(people.contains(person_id{1}));
}

TEST_CASE("a copy and a moved registry point to their own records", "[registry]") {
    auto const names = test::vocabulary();
    people_type people;
    for (std::uint64_t i = 1; i < 200; ++i) {
        REQUIRE(people.insert(somebody(i, {{tag_id{1}}}, 1), names).has_value());
    }
    auto copy = people;
    REQUIRE(copy.update(person_id{5}, names, [](person& p) { p.stars = 9; }).has_value());
    REQUIRE(people.erase(person_id{7}, names).has_value());
    CHECK(people[4].stars == 1);
    CHECK(copy[4].stars == 9);
    CHECK(copy[6].id == person_id{7});
    CHECK(&copy[4] == copy.find(person_id{5}));
    CHECK(&copy[4] != &people[4]);

    auto const* at_home = &copy[4];
    auto moved = std::move(copy);
    CHECK(&moved[4] == at_home);
    CHECK(copy.slot_count() == 0); // NOLINT: what was moved from is empty, and can be used again
    REQUIRE(copy.insert(somebody(7, {{tag_id{1}}}, 1), names).value() == 0);
    CHECK(copy.tag_word(tag_id{1}, 0) == 1);
    people = moved; // assigned over records that were there
    moved = people_type{};
    CHECK(moved.size() == 0);
    CHECK(moved.slot_count() == 0);
    CHECK(moved.live_word(0) == 0);
    CHECK(people[6].id == person_id{7});
    CHECK(people.size() == 199);
    CHECK(&people[4] == people.find(person_id{5}));
}

TEST_CASE("a registry without columns or further keys is a registry", "[registry]") {
    auto const names = test::vocabulary();
    koc::registry<least_rows> people;
    REQUIRE(people.insert(somebody(1, {{tag_id{1}}}), names).has_value());
    REQUIRE(people.update(person_id{1}, names, [](person& p) { p.tags.remove(tag_id{1}); })
                .has_value());
    CHECK(people.tag_word(tag_id{1}, 0) == 0);
    CHECK_FALSE(people.find_column("stars"));
    REQUIRE(people.erase(person_id{1}, names).has_value());
}

/// Everything a registry answers, against a map that is walked.
void agree(people_type const& people, std::map<slot, person> const& model, slot slots,
    koc::taxonomy const& names) {
    RC_ASSERT(people.size() == model.size());
    RC_ASSERT(people.slot_count() == slots);
    std::vector<std::pair<std::int64_t, person_id>> by_stars;
    for (auto const& [place, wanted] : model) {
        RC_ASSERT(people[place] == wanted);
        RC_ASSERT(people.find(wanted.id) == &people[place]);
        RC_ASSERT(people.slot_of(wanted.id) == place);
        RC_ASSERT(people.value(koc::column_id{1}, place) == wanted.stars);
        RC_ASSERT(people.value(koc::column_id{2}, place) == wanted.load);
        by_stars.push_back({wanted.stars, wanted.id});
    }
    std::vector<person> walked;
    people.for_each([&](person const& p) { walked.push_back(p); });
    RC_ASSERT(std::equal(walked.begin(), walked.end(), model.begin(), model.end(),
        [](person const& a, auto const& b) { return a == b.second; }));
    std::vector<std::pair<std::int64_t, person_id>> sorted;
    for (auto const& p : people.by<person_rows::by_stars>()) {
        sorted.push_back({p.stars, p.id});
    }
    RC_ASSERT(std::is_sorted(sorted.begin(), sorted.end(),
        [](auto const& a, auto const& b) { return a.first < b.first; }));
    std::sort(sorted.begin(), sorted.end());
    std::sort(by_stars.begin(), by_stars.end());
    RC_ASSERT(sorted == by_stars);
    for (std::size_t w = 0; w < 3; ++w) {
        koc::bitmap::word live = 0;
        std::vector<koc::bitmap::word> tagged(names.size() + 1);
        auto stars = koc::number_column::absent;
        auto load = koc::number_column::absent;
        for (auto const& [place, p] : model) {
            if (place / 64 != w) {
                continue;
            }
            auto const bit = koc::bitmap::word{1} << place % 64;
            live |= bit;
            stars = std::max(stars, p.stars);
            load = std::max(load, p.load);
            for (std::uint32_t t = 1; t <= names.size(); ++t) {
                for (auto const& entry : p.tags) {
                    tagged[t] |= names.covers(tag_id{t}, entry.tag) ? bit : 0;
                }
            }
        }
        RC_ASSERT(people.live_word(w) == live);
        RC_ASSERT(people.max_of(koc::column_id{1}, w) == stars);
        RC_ASSERT(people.max_of(koc::column_id{2}, w) == load);
        for (std::uint32_t t = 1; t <= names.size(); ++t) {
            RC_ASSERT(people.tag_word(tag_id{t}, w) == tagged[t]);
        }
    }
}

TEST_CASE("a registry is a map kept in step with its indices", "[registry]") {
    CHECK(rc::check("insert, update, erase and copy, in any order", [] {
        auto const names = test::any_taxonomy();
        people_type people;
        std::map<slot, person> model;
        slot slots = 0;
        people_type earlier;
        std::map<slot, person> earlier_model;
        slot earlier_slots = 0;
        auto const any_tags = [&] {
            tag_set tags;
            for (auto left = *rc::gen::inRange(0, 4); left > 0; --left) {
                tags.put({tag_id{*rc::gen::inRange<std::uint32_t>(
                    1, static_cast<std::uint32_t>(names.size()) + 1)}});
            }
            return tags;
        };
        for (auto steps = *rc::gen::inRange(0, 150); steps > 0; --steps) {
            person_id const who{*rc::gen::inRange<std::uint64_t>(0, 40)};
            auto const known = std::find_if(
                model.begin(), model.end(), [&](auto const& row) { return row.second.id == who; });
            switch (*rc::gen::weightedElement<int>({{5, 0}, {3, 1}, {2, 2}, {1, 3}})) {
            case 0: {
                auto const made =
                    somebody(who.value(), any_tags(), *rc::gen::inRange<std::int64_t>(-3, 4));
                auto const place = people.insert(made, names);
                RC_ASSERT(place.has_value() == (known == model.end()));
                if (place) {
                    RC_ASSERT(*place == slots);
                    model[slots++] = made;
                }
                break;
            }
            case 1: {
                auto const stars = *rc::gen::inRange<std::int64_t>(-3, 4);
                auto const tags = *rc::gen::arbitrary<bool>() ? any_tags() : tag_set{};
                auto const change = [&](person& p) {
                    p.stars = stars;
                    p.load += stars;
                    p.tags = tags;
                };
                RC_ASSERT(people.update(who, names, change).has_value() == (known != model.end()));
                if (known != model.end()) {
                    change(known->second);
                }
                break;
            }
            case 2:
                RC_ASSERT(people.erase(who, names).has_value() == (known != model.end()));
                if (known != model.end()) {
                    model.erase(known);
                }
                break;
            default:
                earlier = people;
                earlier_model = model;
                earlier_slots = slots;
            }
        }
        agree(people, model, slots, names);
        agree(earlier, earlier_model, earlier_slots, names);
    }));
}

} // namespace
