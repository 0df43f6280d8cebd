// SPDX-License-Identifier: BSL-1.0
#include <koc/standard/match_scorer.hpp>

#include <koc/member/track_record.hpp>
#include <koc/task/task.hpp>

#include "support/catch.hpp"

#include <rapidcheck.h>

#include <cstdint>
#include <vector>

using namespace koc;

namespace {

struct bag {
    track_record_rules track_record;
};

/// What the scorers look at, without an engine.
struct some_task {
    task_brief brief;
    taxonomy tags;
    koc::track_record<bag> past{bag{}};
    koc::track_record<bag>::moment_in_time when{};

    tag_id add(char const* key, std::vector<std::string> parents = {}) {
        return *tags.add(tag_definition{"region", key, "", std::move(parents)});
    }
};

some_task with_regions() {
    some_task t;
    static_cast<void>(t.tags.add(facet_definition{"region"}));
    static_cast<void>(t.tags.add(facet_definition{"format"}));
    t.add("northeast");
    t.add("heilongjiang", {"northeast"});
    t.add("harbin", {"heilongjiang"});
    t.add("qiqihar", {"heilongjiang"});
    t.add("jilin", {"northeast"});
    t.add("south");
    static_cast<void>(t.tags.add(tag_definition{"format", "video", "", {}}));
    t.when = t.past.at(instant{});
    return t;
}

constexpr tag_id northeast{1};
constexpr tag_id heilongjiang{2};
constexpr tag_id harbin{3};
constexpr tag_id qiqihar{4};
constexpr tag_id jilin{5};
constexpr tag_id south{6};
constexpr tag_id video{7};

member_record who_has(tag_set tags) {
    member_record made;
    made.id = member_id{1};
    made.tags = std::move(tags);
    return made;
}

TEST_CASE("closeness is 1 at home and under it, and the shared ancestry elsewhere", "[standard]") {
    auto task = with_regions();
    struct row {
        char const* story;
        tag_id wanted;
        tag_id held;
        score closeness;
    };
    for (auto const& [story, wanted, held, closeness] : {
             row{"the tag itself", harbin, harbin, whole(1)},
             row{"under it", northeast, harbin, whole(1)},
             row{"a city beside it", harbin, qiqihar, ratio(2, 3)},
             row{"the province above it", harbin, heilongjiang, ratio(2, 3)},
             row{"another province", harbin, jilin, ratio(1, 3)},
             row{"the far south", harbin, south, score{}},
             row{"another facet", harbin, video, score{}},
             row{"flat facets know yes and no", video, video, whole(1)},
         }) {
        INFO(story);
        task.brief.wanted = {{wanted}};
        CHECK(standard::affinity::rate(task, who_has({{held}})) == closeness);
    }
}

TEST_CASE("affinity weighs what is wanted by importance and what is held by its weight",
    "[standard][C09]") {
    auto task = with_regions();
    task.brief.wanted = {{harbin, whole(3)}, {video, whole(1)}};
    CHECK(standard::affinity::rate(task, who_has({{video}})) == percent(25));
    CHECK(standard::affinity::rate(task, who_has({{harbin}})) == percent(75));
    CHECK(standard::affinity::rate(task, who_has({{harbin, percent(40)}})) == percent(30));
    CHECK(standard::affinity::rate(task, who_has({{harbin}, {video}})) == whole(1));
    // Of several tags of a facet the best counts, not their sum.
    CHECK(standard::affinity::rate(task, who_has({{harbin, percent(40)}, {qiqihar}})) ==
        percent(50) - score{1});
    CHECK(standard::affinity::rate(task, who_has({})) == score{});
    task.brief.wanted.clear();
    CHECK(standard::affinity::rate(task, who_has({{harbin}})) == score{});
}

TEST_CASE("specialism is nothing for a subject nobody knows, and for a task without subjects",
    "[standard]") {
    auto task = with_regions();
    task.past.apply(outcome_recorded{member_id{1}, {harbin}, percent(90), {}}, {});
    task.brief.wanted = {{video}};
    CHECK(standard::specialism::rate(task, who_has({})) == score{});
    CHECK(standard::specialism::explain(task, who_has({})).parts.empty());
    task.brief.wanted.clear();
    CHECK(standard::specialism::rate(task, who_has({})) == score{});
}

TEST_CASE(
    "a specialist stands before an all-rounder with as much work on the subject", "[standard]") {
    auto task = with_regions();
    task.brief.wanted = {{harbin}};
    for (int i = 0; i < 5; ++i) {
        task.past.apply(outcome_recorded{member_id{1}, {harbin}, percent(50), {}}, {});
        task.past.apply(outcome_recorded{member_id{2}, {harbin}, percent(50), {}}, {});
        task.past.apply(outcome_recorded{member_id{2}, {jilin}, percent(50), {}}, {});
        task.past.apply(outcome_recorded{member_id{2}, {south}, percent(50), {}}, {});
    }
    auto generalist = who_has({});
    generalist.id = member_id{2};
    CHECK(standard::specialism::rate(task, who_has({})) >
        standard::specialism::rate(task, generalist));
}

TEST_CASE(
    "quality starts from average and a lucky piece does not make a record", "[standard][C10]") {
    auto task = with_regions();
    task.brief.wanted = {{harbin}};
    CHECK(standard::proven_quality::rate(task, who_has({})) == percent(50));
    task.past.apply(outcome_recorded{member_id{1}, {harbin}, whole(1), {}}, {});
    // The subject's mean is (1 + 2 * 0.5) / 3, the person's (1 + 2 * that) / 3.
    CHECK(standard::proven_quality::rate(task, who_has({})) < percent(78));
}

TEST_CASE("every unfinished piece weighs one, and nobody has less than none", "[standard]") {
    auto task = with_regions();
    auto busy = who_has({});
    busy.commitments = 3;
    CHECK(standard::load::rate(task, busy) == -whole(3));
    CHECK(standard::load::rate(task, who_has({})) == score{});
    CHECK(standard::load::bound(task, 0, 0) >= standard::load::rate(task, busy));
}

TEST_CASE("what somebody did just now counts twice, what they did these weeks once", "[standard]") {
    auto task = with_regions();
    auto const start = instant{} + days(1000);
    task.past.apply(outcome_recorded{member_id{1}, {}, percent(50), start}, {});
    task.when = task.past.at(start);
    CHECK(standard::momentum::rate(task, who_has({})) == whole(2));
    task.when = task.past.at(start + days(40));
    CHECK(standard::momentum::rate(task, who_has({})) < percent(20));
    CHECK(standard::momentum::rate(task, who_has({})) > score{});
}

TEST_CASE("the explanation of each standard scorer adds up to its score", "[standard][E01]") {
    CHECK(rc::check([] {
        auto task = with_regions();
        auto const any_tag = [] { return tag_id{*rc::gen::inRange<std::uint32_t>(1, 8)}; };
        auto const any_ratio = [] {
            return score{*rc::gen::inRange<std::int64_t>(1, score::unit + 1)};
        };
        auto const now = instant{} + days(1000);
        for (int i = *rc::gen::inRange(0, 30); i > 0; --i) {
            task.past.apply(outcome_recorded{member_id{*rc::gen::inRange<std::uint64_t>(1, 4)},
                                {any_tag()}, any_ratio(), now - hours(*rc::gen::inRange(0, 5000))},
                now);
        }
        task.when = task.past.at(now);
        tag_set wanted;
        for (int i = *rc::gen::inRange(0, 6); i > 0; --i) {
            wanted.put({any_tag(), score{*rc::gen::inRange<std::int64_t>(1, whole(100).raw + 1)}});
        }
        task.brief.wanted.assign(wanted.begin(), wanted.end());
        auto candidate = who_has({});
        for (int i = *rc::gen::inRange(0, 6); i > 0; --i) {
            candidate.tags.put({any_tag(), any_ratio()});
        }
        candidate.commitments = *rc::gen::inRange(0, 4);
        auto const adds_up = [&](auto const& scorer) {
            RC_ASSERT(scorer.explain(task, candidate).total() == scorer.rate(task, candidate));
            RC_ASSERT(scorer.rate(task, candidate) == scorer.rate(task, candidate));
        };
        adds_up(standard::affinity{});
        adds_up(standard::momentum{});
        adds_up(standard::specialism{});
        adds_up(standard::proven_quality{});
        adds_up(standard::load{});
        adds_up(standard::match_scorer{});
        RC_ASSERT(standard::affinity::rate(task, candidate) >= score{});
        RC_ASSERT(standard::affinity::rate(task, candidate) <= whole(1));
        RC_ASSERT(standard::proven_quality::rate(task, candidate) >= score{});
        RC_ASSERT(standard::proven_quality::rate(task, candidate) <= whole(1));
    }));
}

TEST_CASE("the standard preference is the weighted total of its parts", "[standard]") {
    auto task = with_regions();
    task.brief.wanted = {{harbin}};
    auto candidate = who_has({{qiqihar}});
    candidate.commitments = 1;
    auto const start = instant{} + days(1000);
    task.past.apply(outcome_recorded{member_id{1}, {harbin}, percent(90), start}, {});
    task.past.apply(outcome_recorded{member_id{2}, {south}, percent(90), start}, {});
    task.when = task.past.at(start);
    CHECK(standard::match_scorer{}.rate(task, candidate) ==
        standard::affinity::rate(task, candidate) * whole(2) +
            standard::momentum::rate(task, candidate) +
            standard::specialism::rate(task, candidate) * percent(150) +
            standard::proven_quality::rate(task, candidate) +
            standard::load::rate(task, candidate) * percent(50));
}

} // namespace
