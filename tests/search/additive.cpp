// SPDX-License-Identifier: BSL-1.0
#include <koc/search/additive.hpp>
#include <koc/search/top_k.hpp>
#include <koc/testing/scorer.hpp>

#include "search/scorers.hpp"
#include "support/catch.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <limits>
#include <vector>

namespace {

using koc::column_id;
using koc::errc;
using koc::requirement_plan;
using koc::score_terms;
using koc::slot;
using koc::tag_id;
using koc::top_k;
using test::crowd;
using test::errand;
using test::person;

/// The sum of some terms, asked of a person.
struct sum_of {
    crowd const* people;
    score_terms given;

    [[nodiscard]] koc::score rate(errand const& task, person const& p) const {
        return explain(task, p).total();
    }
    [[nodiscard]] koc::explanation explain(errand const&, person const& p) const {
        auto why = koc::explanation{}.add("base", given.base);
        for (auto const& [tag, amount] : given.tags) {
            auto const has =
                std::any_of(p.tags.begin(), p.tags.end(), [&, wanted = tag](auto const& held) {
                    return people->tags().covers(wanted, held.tag);
                });
            why.add("tag", has ? amount : koc::score{}, tag);
        }
        for (auto const& [column, each] : given.columns) {
            auto const number = column.value() == 1 ? p.depth : p.load;
            why.add("column", {number == koc::number_column::absent ? 0 : each.raw * number});
        }
        return why;
    }
    [[nodiscard]] score_terms terms(errand const&) const { return given; }
};
static_assert(koc::additive_scorer_for<sum_of, errand, crowd>);
static_assert(!koc::additive_scorer_for<test::mixture, errand, crowd>);
static_assert(koc::indexed_population<crowd>);

/// Up to eight tags, some twice, and each column perhaps; amounts of either sign, small ones so
/// that ties are common.
score_terms any_terms(std::size_t tags) {
    auto const amount = rc::gen::map(
        rc::gen::inRange<std::int64_t>(-4, 8), [](std::int64_t n) { return koc::whole(n); });
    score_terms made;
    made.base = *amount;
    for (auto count = *rc::gen::inRange(0, 9); count > 0; --count) {
        auto const tag = *rc::gen::inRange<std::size_t>(1, tags + 1);
        made.tags.push_back({tag_id{static_cast<std::uint32_t>(tag)}, *amount});
    }
    for (std::uint16_t column = 1; column <= 2; ++column) {
        if (*rc::gen::arbitrary<bool>()) {
            made.columns.push_back({column_id{column}, *amount});
        }
    }
    return made;
}

/// The same search without the terms: everybody is asked.
struct asked_one_by_one {
    sum_of scorer;
    [[nodiscard]] koc::score rate(errand const& t, person const& p) const {
        return scorer.rate(t, p);
    }
    [[nodiscard]] koc::explanation explain(errand const& t, person const& p) const {
        return scorer.explain(t, p);
    }
};
static_assert(!koc::additive_scorer_for<asked_one_by_one, errand, crowd>);

TEST_CASE("a sum read off the index finds what asking everybody finds", "[match]") {
    CHECK(rc::check("any crowd, requirement, terms, k and gate", [] {
        auto people = test::any_crowd(test::any_taxonomy());
        for (slot s = 0; s < people.slot_count(); ++s) {
            if (people.live(s) && *rc::gen::inRange(0, 4) == 0) {
                auto unknown = people[s];
                (s % 2 == 0 ? unknown.depth : unknown.load) = koc::number_column::absent;
                people.change(s, unknown);
            }
        }
        auto const plan =
            requirement_plan::compile(test::any_requirement(people.tags(), 3), people);
        RC_ASSERT(plan.has_value());
        sum_of const scorer{&people, any_terms(people.tags().size())};
        auto const k = *rc::gen::inRange<std::size_t>(1, people.slot_count() + 1);
        RC_ASSERT(*top_k(people, *plan, errand{}, scorer, k) ==
            *top_k(people, *plan, errand{}, asked_one_by_one{scorer}, k));
        RC_ASSERT(*top_k(people, *plan, errand{}, scorer, k, test::every_third{}) ==
            *top_k(people, *plan, errand{}, asked_one_by_one{scorer}, k, test::every_third{}));
        RC_ASSERT(koc::testing::check_scorer_laws(scorer, errand{}, people).empty());
    }));
}

/// A crowd of many blocks over two chunks, with common tags, rare tags, and a tag in one corner.
crowd large_crowd(std::uint64_t& state) {
    koc::taxonomy tags;
    (void)tags.add(koc::facet_definition{"any"});
    for (int i = 0; i < 12; ++i) {
        (void)tags.add(koc::tag_definition{"any", std::to_string(i), "", {}});
    }
    crowd people{std::move(tags)};
    auto const draw = [&](std::uint64_t below) {
        state = state * 6'364'136'223'846'793'005U + 1'442'695'040'888'963'407U;
        return (state >> 33U) % below;
    };
    for (std::uint64_t i = 0; i < 70'000; ++i) {
        person who;
        who.id = test::person_id{(i * 48'271) % 70'001 + 1};
        for (std::uint32_t t = 0; t < 12; ++t) {
            bool const corner = t == 11 && i > 40'000 && i < 40'700;
            if (corner || draw(std::uint64_t{1} << t) == 0) {
                who.tags.put({tag_id{t + 1}});
            }
        }
        who.depth = static_cast<std::int64_t>(draw(1000));
        who.load = static_cast<std::int64_t>(draw(4));
        people.add(std::move(who));
    }
    return people;
}

TEST_CASE("pruning loses nobody in a large crowd, before and after changes", "[match]") {
    std::uint64_t state = 7;
    auto const draw = [&](std::uint64_t below) {
        state = state * 6'364'136'223'846'793'005U + 1'442'695'040'888'963'407U;
        return (state >> 33U) % below;
    };
    auto people = large_crowd(state);
    auto const any = [](std::uint64_t t) { return koc::has("any", std::to_string(t)); };
    auto const compare = [&](int queries) {
        for (int q = 0; q < queries; ++q) {
            koc::requirement needs;
            needs.parts.push_back(any(draw(12)) || any(draw(12)));
            if (draw(2) == 0) {
                needs.parts.push_back(!any(draw(12)) && koc::column("depth") >= 100);
            }
            if (draw(3) == 0) {
                needs.parts.push_back(!(any(draw(12)) && koc::column("load") <= 2));
            }
            auto const plan = requirement_plan::compile(needs, people);
            REQUIRE(plan.has_value());
            sum_of scorer{&people,
                {{}, {},
                    {{column_id{1}, {static_cast<int>(draw(5'000))}},
                        {column_id{2}, {static_cast<int>(draw(400'000)) - 300'000}}}}};
            for (auto n = draw(7); n > 0; --n) {
                scorer.given.tags.push_back({tag_id{static_cast<std::uint32_t>(draw(12) + 1)},
                    {static_cast<std::int64_t>(draw(3'000'000)) - 500'000}});
            }
            auto const k = draw(40) + 1;
            REQUIRE(*top_k(people, *plan, errand{}, scorer, k) ==
                *top_k(people, *plan, errand{}, asked_one_by_one{scorer}, k));
        }
    };
    compare(25);
    for (int i = 0; i < 5'000; ++i) {
        auto const place = static_cast<slot>(draw(people.slot_count()));
        if (!people.live(place)) {
            continue;
        }
        if (draw(10) == 0) {
            people.remove(place);
            continue;
        }
        auto after = people[place];
        after.depth = static_cast<std::int64_t>(draw(100'000)) - 50'000;
        auto const tag = tag_id{static_cast<std::uint32_t>(draw(12) + 1)};
        after.tags.contains(tag) ? after.tags.remove(tag) : after.tags.put({tag});
        people.change(place, after);
    }
    compare(25);
}

TEST_CASE("terms that could overflow, or name no column, are refused", "[match]") {
    crowd people;
    people.add({test::person_id{1}, {{people.tag("format", "video")}}, 3'000'000'000, 1});
    auto const huge = koc::score{std::numeric_limits<std::int64_t>::max() / 3};
    auto const video = people.tag("format", "video");
    struct row {
        score_terms terms;
        errc code;
        char const* subject;
    };
    row const rows[] = {
        {{huge, {{video, huge}}, {}}, errc::too_large, "the scorer's tags"},
        {{-huge, {{video, -huge}}, {}}, errc::too_large, "the scorer's tags"},
        {{{}, {}, {{column_id{1}, koc::whole(5'000)}}}, errc::too_large, "the scorer's column 1"},
        {{{}, {}, {{column_id{1}, koc::whole(-5'000)}}}, errc::too_large, "the scorer's column 1"},
        {{{}, {}, {{column_id{3}, koc::whole(1)}}}, errc::unknown_id, "column 3"},
        {{{}, {}, {{column_id{}, koc::whole(1)}}}, errc::unknown_id, "column 0"},
    };
    for (auto const& [terms, code, subject] : rows) {
        CAPTURE(subject);
        auto const refused = top_k(people, {}, errand{}, sum_of{&people, terms}, 1);
        REQUIRE_FALSE(refused.has_value());
        CHECK(refused.error().code == code);
        CHECK(refused.error().subject == subject);
    }
    CHECK(top_k(people, {}, errand{}, sum_of{&people, {huge, {}, {{column_id{2}, {}}}}}, 1)
              .has_value());
}

TEST_CASE("what a column held once does not stand in the way of a sum that fits", "[match]") {
    crowd people;
    people.add({test::person_id{1}, {}, 3'000'000'000, 1});
    people.add({test::person_id{2}, {}, 2, 1});
    sum_of const scorer{&people, {{}, {}, {{column_id{1}, koc::whole(5'000)}}}};
    REQUIRE_FALSE(top_k(people, {}, errand{}, scorer, 1).has_value());
    auto calm = people[0];
    calm.depth = -2;
    people.change(0, calm);
    auto const found = top_k(people, {}, errand{}, scorer, 1);
    REQUIRE(found.has_value());
    CHECK(found->front().id == test::person_id{2});
    CHECK(found->front().fit == koc::whole(10'000));
}

TEST_CASE("a number that is too large elsewhere does not stand in the way of a search", "[match]") {
    crowd people;
    people.add({test::person_id{1}, {}, 3'000'000'000, 1});
    for (std::uint64_t i = 2; i <= 600; ++i) {
        people.add({test::person_id{i}, {}, 0, 1});
    }
    people.add({test::person_id{700}, {{people.tag("region", "harbin")}}, 4, 1});
    sum_of const scorer{&people, {{}, {}, {{column_id{1}, koc::whole(5'000)}}}};
    CHECK_FALSE(top_k(people, {}, errand{}, scorer, 1).has_value());
    auto const there = requirement_plan::compile(koc::has("region", "harbin"), people).value();
    CHECK(top_k(people, there, errand{}, scorer, 1).value().front().id == test::person_id{700});
}

TEST_CASE("a column that was never filled adds nothing", "[match]") {
    koc::search_index index{1};
    index.insert({});
    struct nobody {};
    struct {
        koc::search_index const* tagged;
        [[nodiscard]] std::size_t slot_count() const { return tagged->slot_count(); }
        [[nodiscard]] koc::bitmap::word live_word(std::size_t w) const {
            return tagged->live_word(w);
        }
        [[nodiscard]] koc::bitmap::word tag_word(tag_id tag, std::size_t w) const {
            return tagged->tag_word(tag, w);
        }
        [[nodiscard]] std::int64_t value(column_id column, slot s) const {
            return tagged->value(column, s);
        }
        [[nodiscard]] test::person_id id_at(slot) const { return test::person_id{1}; }
        nobody operator[](slot) const { return {}; }
        [[nodiscard]] koc::search_index const& index() const { return *tagged; }
    } const people{&index};
    struct by_column {
        static koc::score rate(errand const&, nobody const&) { return koc::whole(3); }
        static koc::explanation explain(errand const&, nobody const&) {
            return koc::explanation{}.add("base", koc::whole(3));
        }
        static score_terms terms(errand const&) {
            return {koc::whole(3), {}, {{column_id{1}, koc::whole(1)}}};
        }
    };
    CHECK(top_k(people, {}, errand{}, by_column{}, 1).value().front().fit == koc::whole(3));
}

TEST_CASE("a number that nobody knows adds nothing and takes nothing away", "[match]") {
    crowd people;
    people.add({test::person_id{1}, {}, -5, 0});
    people.add({test::person_id{2}, {}, koc::number_column::absent, 0});
    people.add({test::person_id{3}, {}, 7, 0});
    auto const best = [&](std::int64_t each) {
        sum_of const scorer{&people, {{}, {}, {{column_id{1}, koc::whole(each)}}}};
        return top_k(people, {}, errand{}, scorer, 3).value();
    };
    auto const rising = best(1);
    CHECK(rising[1].id == test::person_id{2});
    CHECK(rising[1].fit == koc::score{});
    auto const falling = best(-1);
    CHECK(falling[0].id == test::person_id{1});
    CHECK(falling[1].id == test::person_id{2});
}

TEST_CASE("terms asked of one member end at the nearest score instead of wrapping", "[match]") {
    crowd people;
    people.add({test::person_id{1}, {{people.tag("format", "video")}}, 3'000'000'000, -1});
    auto const most = koc::score{std::numeric_limits<std::int64_t>::max()};
    auto const least = koc::score{std::numeric_limits<std::int64_t>::min()};
    auto const video = people.tag("format", "video");
    CHECK(score_terms{most, {{video, most}}, {}}.of(people, 0) == most);
    CHECK(score_terms{{}, {}, {{column_id{1}, koc::whole(5'000)}}}.of(people, 0) == most);
    CHECK(score_terms{{}, {}, {{column_id{1}, koc::whole(-5'000)}}}.of(people, 0) == least);
    CHECK(score_terms{most, {{video, most}}, {{column_id{2}, most}}}.of(people, 0) == most);
}

TEST_CASE("terms that are not the score are caught", "[match]") {
    struct dishonest : sum_of {
        [[nodiscard]] score_terms terms(errand const&) const {
            return {given.base + koc::whole(1), given.tags, given.columns};
        }
    };
    crowd people;
    people.add({test::person_id{9}, {}, 1, 1});
    auto const broken = koc::testing::check_scorer_laws(
        dishonest{{&people, {koc::whole(2), {}, {}}}}, errand{}, people);
    REQUIRE(broken.size() == 1);
    CHECK(broken.front().find("member 9") != std::string::npos);
    CHECK(broken.front().find("terms") != std::string::npos);
}

} // namespace
