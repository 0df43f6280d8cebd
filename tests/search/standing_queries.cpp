// SPDX-License-Identifier: BSL-1.0
#include <koc/search/standing_queries.hpp>

#include "search/scorers.hpp"
#include "support/catch.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <optional>
#include <vector>

namespace {

using koc::column_id;
using koc::errc;
using koc::query_id;
using koc::requirement_plan;
using koc::score_terms;
using koc::slot;
using koc::standing_queries;
using koc::tag_id;
using koc::top_k;
using test::crowd;
using test::errand;
using test::mixture;
using test::person;

/// depth, and an amount for each of two tags: read off the index.
struct depth_and_tags {
    crowd const* people = nullptr;

    [[nodiscard]] koc::score rate(errand const& task, person const& p) const {
        return explain(task, p).total();
    }
    [[nodiscard]] koc::explanation explain(errand const& task, person const& p) const {
        koc::explanation why;
        for (auto const& [tag, amount] : terms(task).tags) {
            auto const has =
                std::any_of(p.tags.begin(), p.tags.end(), [&, wanted = tag](auto const& held) {
                    return people->tags().covers(wanted, held.tag);
                });
            why.add("tag", has ? amount : koc::score{}, tag);
        }
        return std::move(why.add("depth", koc::whole(p.depth)));
    }
    [[nodiscard]] score_terms terms(errand const&) const {
        return {{}, {{tag_id{1}, koc::whole(2)}, {tag_id{2}, koc::whole(-1)}},
            {{column_id{1}, koc::whole(1)}}};
    }
};
static_assert(koc::additive_scorer_for<depth_and_tags, errand, crowd>);

/// Opens some questions, changes people at random, and compares each answer with a new search.
template <typename Scorer, typename Gate>
void stays_current(Scorer const& scorer, Gate const& gate, crowd& people) {
    standing_queries<crowd, errand, Scorer, Gate> standing{people, scorer, gate};
    struct open_query {
        query_id id;
        requirement_plan plan;
        std::size_t k;
    };
    std::vector<open_query> open;
    for (auto count = *rc::gen::inRange(1, 6); count > 0; --count) {
        auto plan = requirement_plan::compile(test::any_requirement(people.tags(), 2), people);
        auto const k =
            *rc::gen::inRange<std::size_t>(1, std::min<std::size_t>(people.slot_count(), 6) + 1);
        auto const id = standing.open({}, *plan, k);
        RC_ASSERT(id.has_value());
        open.push_back({*id, *plan, k});
    }
    for (auto changes = *rc::gen::inRange(0, 60); changes > 0; --changes) {
        auto const mixed = *rc::gen::inRange<std::uint64_t>(0, 1U << 30U);
        auto s = static_cast<slot>(mixed % people.slot_count());
        std::vector<std::vector<koc::match<test::person_id>>> before;
        for (auto const& q : open) {
            auto const best = standing.best(q.id);
            before.emplace_back(best.begin(), best.end());
        }
        std::vector<tag_id> tags;
        if (!people.live(s)) {
            s = people.add({test::person_id{5'000 + people.slot_count()}, {},
                static_cast<std::int64_t>(mixed >> 10U & 3U), 0});
        } else if ((mixed >> 12U & 7U) == 0) {
            people.remove(s);
        } else {
            auto after = people[s];
            after.depth = static_cast<std::int64_t>(mixed >> 15U & 3U);
            after.load = static_cast<std::int64_t>(mixed >> 17U & 3U);
            auto const tag =
                tag_id{static_cast<std::uint32_t>((mixed >> 19U) % people.tags().size() + 1)};
            if (after.tags.contains(tag)) {
                after.tags.remove(tag);
            } else {
                after.tags.put({tag});
            }
            people.change(s, after);
        }
        if (people.live(s)) {
            tags = ancestors_and_self(people.tags(), people[s].tags);
        }
        auto const touched = standing.refresh(s, tags);
        RC_ASSERT(touched.has_value());
        RC_ASSERT(std::is_sorted(touched->begin(), touched->end()));
        for (std::size_t i = 0; i < open.size(); ++i) {
            auto const& q = open[i];
            auto const now = top_k(people, q.plan, errand{}, scorer, q.k, gate);
            auto const best = standing.best(q.id);
            RC_ASSERT(std::equal(best.begin(), best.end(), now->begin(), now->end()));
            bool const told = std::binary_search(touched->begin(), touched->end(), q.id);
            bool const changed = *now != before[i];
            RC_ASSERT(told >= changed);
        }
    }
}

TEST_CASE("an open question always has the answer that a new search would give", "[match]") {
    CHECK(rc::check("with a scorer that is asked", [] {
        auto people = test::any_crowd(test::any_taxonomy());
        stays_current(mixture{1'000'000, -500'000, 0}, koc::open_gate{}, people);
    }));
    CHECK(rc::check("with a scorer that is read off the index", [] {
        auto people = test::any_crowd(test::any_taxonomy());
        stays_current(depth_and_tags{&people}, koc::open_gate{}, people);
    }));
    CHECK(rc::check("with a gate", [] {
        auto people = test::any_crowd(test::any_taxonomy());
        stays_current(depth_and_tags{&people}, test::every_third{}, people);
    }));
}

TEST_CASE(
    "a question that makes no sense is refused, and so is closing what is not open", "[match]") {
    crowd people;
    people.add({test::person_id{1}, {}, 1, 0});
    standing_queries<crowd, errand, mixture> standing{people};
    CHECK(standing.open({}, {}, 0).error().code == errc::invalid_argument);
    CHECK(standing.open({}, {}, 2).error().subject == "k = 2");
    CHECK(standing.close(query_id{}).error().code == errc::unknown_id);
    CHECK(standing.close(query_id{1}).error().code == errc::unknown_id);
    auto const id = standing.open({}, {}, 1);
    REQUIRE(id.has_value());
    CHECK(standing.best(*id).size() == 1);
    CHECK(standing.close(*id).has_value());
    CHECK(standing.best(*id).empty());
    CHECK(standing.close(*id).error().subject == "standing query 1");
    CHECK(standing.refresh(0, {}).value().empty());
}

/// Depth times the task's weight; nothing where it is unknown.
struct weighed {
    static koc::score rate(koc::score const& each, person const& p) {
        return p.depth == koc::number_column::absent ? koc::score{} : each * koc::whole(p.depth);
    }
    static koc::explanation explain(koc::score const& each, person const& p) {
        return koc::explanation{}.add("depth", rate(each, p));
    }
    static score_terms terms(koc::score const& each) { return {{}, {}, {{column_id{1}, each}}}; }
};

TEST_CASE("a question that can no longer be searched leaves the others current", "[match]") {
    crowd people;
    for (std::uint64_t i = 1; i <= 8; ++i) {
        people.add({test::person_id{i}, {}, static_cast<std::int64_t>(i), 0});
    }
    standing_queries<crowd, koc::score, weighed> standing{people};
    auto const dear = *standing.open(koc::whole(5'000), {}, 2);
    auto const calm = *standing.open(koc::whole(1), {}, 2);
    auto giant = people[0];
    giant.depth = 3'000'000'000;
    people.change(0, giant);
    REQUIRE(standing.refresh(0, {}).has_value());
    std::optional<koc::error> refused;
    for (slot s = 7; s > 3; --s) { // the best after the giant leave, until both have to search
        people.remove(s);
        if (auto const told = standing.refresh(s, {}); !told) {
            refused = told.error();
        }
        auto const now = top_k(people, {}, koc::whole(1), weighed{}, 2);
        auto const best = standing.best(calm);
        CHECK(std::equal(best.begin(), best.end(), now->begin(), now->end()));
    }
    REQUIRE(refused.has_value());
    CHECK(refused->code == errc::too_large);
    CHECK(refused->subject == "the scorer's column 1");

    // Until the number is corrected, whatever else changes; then the question catches up.
    CHECK_FALSE(standing.refresh(1, {}).has_value());
    giant.depth = 1;
    people.change(0, giant);
    CHECK(standing.refresh(0, {}).value().front() == dear);
    auto const now = top_k(people, {}, koc::whole(5'000), weighed{}, 2);
    auto const best = standing.best(dear);
    CHECK(std::equal(best.begin(), best.end(), now->begin(), now->end()));
}

TEST_CASE(
    "a number that becomes unknown, and known again, moves a member as a search would", "[match]") {
    crowd people;
    for (std::uint64_t i = 1; i <= 6; ++i) {
        people.add({test::person_id{i}, {}, static_cast<std::int64_t>(i) - 3, 0});
    }
    standing_queries<crowd, koc::score, weighed> standing{people};
    auto const best = *standing.open(koc::whole(1), {}, 2);
    for (auto const depth :
        {koc::number_column::absent, std::int64_t{9}, koc::number_column::absent}) {
        for (slot const s : {5U, 0U, 4U}) {
            auto after = people[s];
            after.depth = depth;
            people.change(s, after);
            REQUIRE(standing.refresh(s, {}).has_value());
            auto const now = top_k(people, {}, koc::whole(1), weighed{}, 2);
            auto const kept = standing.best(best);
            CHECK(std::equal(kept.begin(), kept.end(), now->begin(), now->end()));
        }
    }
}

TEST_CASE("a change concerns only the questions whose answer it changes", "[match]") {
    crowd people;
    for (std::uint64_t i = 1; i <= 20; ++i) {
        people.add({test::person_id{i}, {{people.tag("region", i % 2 == 0 ? "jilin" : "hainan")}},
            static_cast<std::int64_t>(i), 0});
    }
    standing_queries<crowd, errand, mixture> standing{people, {1'000'000, 0, 0}};
    auto const north =
        *standing.open({}, *requirement_plan::compile(koc::has("region", "northeast"), people), 2);
    auto const south =
        *standing.open({}, *requirement_plan::compile(koc::has("region", "south"), people), 2);
    CHECK(standing.best(north)[0].id == test::person_id{20});
    CHECK(standing.best(south)[0].id == test::person_id{19});
    auto low = people[2]; // 3, of the south
    low.depth = 4;
    people.change(2, low);
    CHECK(standing.refresh(2, ancestors_and_self(people.tags(), low.tags)).value().empty());
    low.depth = 40;
    people.change(2, low);
    CHECK(standing.refresh(2, ancestors_and_self(people.tags(), low.tags)).value() ==
        std::vector{south});
    CHECK(standing.best(south)[0].id == test::person_id{3});
    low.tags = {{people.tag("region", "jilin")}};
    people.change(2, low);
    CHECK(
        standing.refresh(2, ancestors_and_self(people.tags(), low.tags)).value() ==
        std::vector{north, south});
    CHECK(standing.best(north)[0].id == test::person_id{3});
}

} // namespace
