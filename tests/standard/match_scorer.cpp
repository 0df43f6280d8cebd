// SPDX-License-Identifier: BSL-1.0
#include <koc/standard/match_scorer.hpp>

#include <koc/member/track_record.hpp>
#include <koc/standard/engine.hpp>

#include "support/catch.hpp"

#include <rapidcheck.h>

#include <cstdint>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

using namespace koc;

namespace {

constexpr instant begin{days(20'000).ms};

/// What the scorers look at, read from an engine as a host reads it: some regions, a format, and
/// five members.
struct some_task {
    some_task() {
        tell(adopt<attention_rules>{{3, days(7), 5, days(2)}});
        tell(define_facet{{"region"}});
        tell(define_facet{{"format"}});
        tell(define_tags{
            {{"region", "northeast", "", {}}, {"region", "heilongjiang", "", {"northeast"}},
                {"region", "harbin", "", {"heilongjiang"}},
                {"region", "qiqihar", "", {"heilongjiang"}}, {"region", "jilin", "", {"northeast"}},
                {"region", "south", "", {}}, {"format", "video", "", {}}}});
        for (std::uint64_t i = 1; i <= 5; ++i) {
            tell(enrol{member_id{i}, {i, "Somebody"}, {source::open}, {}});
        }
        northeast = region("northeast");
        heilongjiang = region("heilongjiang");
        harbin = region("harbin");
        qiqihar = region("qiqihar");
        jilin = region("jilin");
        south = region("south");
        video = *tags.find("format", "video");
    }
    some_task(some_task const&) = delete;
    some_task& operator=(some_task const&) = delete;

    void tell(auto const& command) {
        REQUIRE(runs.handle(command, {now, {}, {}, true}).has_value());
    }
    /// A piece of work, done just now unless said otherwise.
    void did(member_id who, std::vector<tag_id> about, score quality, duration before = {}) {
        tell(record_outcome{who, std::move(about), quality, now - before});
    }
    void later(duration span) {
        now = now + span;
        when = {now, {}};
    }
    /// What is asked for, and with it the subjects.
    void wants(std::vector<weighted_tag> wanted) {
        brief.wanted = std::move(wanted);
        subjects.clear();
        for (auto const& tag : brief.wanted) {
            subjects.push_back({tag.tag, runs.find_record<subject_record>(tag.tag.value())});
        }
    }
    [[nodiscard]] tag_id region(char const* key) const { return *tags.find("region", key); }

    engine runs{memory_journal{}};
    instant now = begin;

    // The members of koc::match_task.

    struct past_of_engine {
        engine const* from;
        [[nodiscard]] past_work of(member_id who) const {
            return {from->find_record<track_record_entry>(who.value()),
                from->find_record<outcome_totals>(0)->outcomes};
        }
    };
    struct work_of_engine {
        engine const* from;
        [[nodiscard]] std::int64_t commitments(member_id who) const {
            auto const* person = from->find_record<attention_record>(who.value());
            return person == nullptr ? 0 : person->commitments;
        }
    };
    task_brief brief;
    taxonomy const& tags = runs.tags();
    past_of_engine past{&runs};
    record_instant when{begin, {}};
    std::vector<subject_past> subjects;
    work_of_engine work{&runs};

    tag_id northeast, heilongjiang, harbin, qiqihar, jilin, south, video;
};

member_record who_has(tag_set tags, member_id who = member_id{1}) {
    member_record made;
    made.id = who;
    made.tags = std::move(tags);
    return made;
}

TEST_CASE("a task that knows no columns is ranked without ceilings", "[standard]") {
    STATIC_REQUIRE(scorer_for<standard::match_scorer, some_task, member_record>);
    STATIC_REQUIRE_FALSE(detail::has_ceiling<standard::match_scorer, some_task>);
    STATIC_REQUIRE(detail::has_ceiling<standard::affinity, some_task>);
    struct columns_alone : some_task {
        [[nodiscard]] column_id column(std::string_view) const { return {}; }
    };
    STATIC_REQUIRE_FALSE(standard::searching_task<columns_alone>);
}

TEST_CASE("closeness is 1 at home and under it, and the shared ancestry elsewhere", "[standard]") {
    some_task task;
    struct row {
        char const* story;
        tag_id wanted;
        tag_id held;
        score closeness;
    };
    for (auto const& [story, wanted, held, closeness] : {
             row{"the tag itself", task.harbin, task.harbin, whole(1)},
             row{"under it", task.northeast, task.harbin, whole(1)},
             row{"a city beside it", task.harbin, task.qiqihar, ratio(2, 3)},
             row{"the province above it", task.harbin, task.heilongjiang, ratio(2, 3)},
             row{"another province", task.harbin, task.jilin, ratio(1, 3)},
             row{"the far south", task.harbin, task.south, score{}},
             row{"another facet", task.harbin, task.video, score{}},
             row{"flat facets know yes and no", task.video, task.video, whole(1)},
         }) {
        INFO(story);
        task.wants({{wanted}});
        CHECK(standard::affinity::rate(task, who_has({{held}})) == closeness);
    }
}

TEST_CASE("affinity weighs what is wanted by importance and what is held by its weight",
    "[standard][C09]") {
    some_task task;
    task.wants({{task.harbin, whole(3)}, {task.video, whole(1)}});
    auto const rate = [&](tag_set held) { return standard::affinity::rate(task, who_has(held)); };
    CHECK(rate({{task.video}}) == percent(25));
    CHECK(rate({{task.harbin}}) == percent(75));
    CHECK(rate({{task.harbin, percent(40)}}) == percent(30));
    CHECK(rate({{task.harbin}, {task.video}}) == whole(1));
    // Of several tags of a facet the best counts, not their sum.
    CHECK(rate({{task.harbin, percent(40)}, {task.qiqihar}}) == percent(50) - score{1});
    CHECK(rate({}) == score{});
    task.wants({});
    CHECK(rate({{task.harbin}}) == score{});
}

TEST_CASE("specialism is nothing for a subject nobody knows, and for a task without subjects",
    "[standard]") {
    some_task task;
    task.did(member_id{1}, {task.harbin}, percent(90));
    task.wants({{task.video}});
    CHECK(standard::specialism::rate(task, who_has({})) == score{});
    CHECK(standard::specialism::explain(task, who_has({})).parts.empty());
    task.wants({});
    CHECK(standard::specialism::rate(task, who_has({})) == score{});
    CHECK(standard::specialism::explain(task, who_has({})).parts.empty());
}

TEST_CASE(
    "a specialist stands before an all-rounder with as much work on the subject", "[standard]") {
    some_task task;
    for (int i = 0; i < 5; ++i) {
        task.did(member_id{1}, {task.harbin}, percent(50));
        task.did(member_id{2}, {task.harbin}, percent(50));
        task.did(member_id{2}, {task.jilin}, percent(50));
        task.did(member_id{2}, {task.south}, percent(50));
    }
    task.wants({{task.harbin}});
    CHECK(standard::specialism::rate(task, who_has({})) >
        standard::specialism::rate(task, who_has({}, member_id{2})));
}

TEST_CASE(
    "quality starts from average and a lucky piece does not make a record", "[standard][C10]") {
    some_task task;
    task.wants({{task.harbin}});
    CHECK(standard::proven_quality::rate(task, who_has({})) == percent(50));
    task.did(member_id{1}, {task.harbin}, whole(1));
    task.wants({{task.harbin}});
    // The subject's mean is (1 + 2 * 0.5) / 3, the person's (1 + 2 * that) / 3.
    CHECK(standard::proven_quality::rate(task, who_has({})) < percent(78));
    CHECK(standard::proven_quality::rate(task, who_has({})) > percent(77));
}

TEST_CASE("every unfinished piece weighs one, and nobody has less than none", "[standard]") {
    some_task task;
    for (int i = 0; i < 3; ++i) {
        task.tell(commit_to_work{member_id{1}});
    }
    CHECK(standard::load::rate(task, who_has({})) == -whole(3));
    CHECK(standard::load::rate(task, who_has({}, member_id{2})) == score{});
    CHECK(standard::load::bound(task, 0, 0) >= standard::load::rate(task, who_has({})));
}

TEST_CASE("what somebody did just now counts twice, what they did these weeks once", "[standard]") {
    some_task task;
    task.did(member_id{1}, {}, percent(50));
    CHECK(standard::momentum::rate(task, who_has({})) == whole(2));
    task.later(days(40));
    CHECK(standard::momentum::rate(task, who_has({})) < percent(20));
    CHECK(standard::momentum::rate(task, who_has({})) > score{});
}

TEST_CASE("the explanation of each standard scorer adds up to its score", "[standard][E01]") {
    CHECK(rc::check([] {
        some_task task;
        auto const any_tag = [&] {
            return *rc::gen::element(task.northeast, task.heilongjiang, task.harbin, task.qiqihar,
                task.jilin, task.south, task.video);
        };
        auto const any_ratio = [] {
            return score{*rc::gen::inRange<std::int64_t>(1, score::unit + 1)};
        };
        for (int i = *rc::gen::inRange(0, 30); i > 0; --i) {
            task.did(member_id{*rc::gen::inRange<std::uint64_t>(1, 4)}, {any_tag()}, any_ratio(),
                hours(*rc::gen::inRange(0, 5000)));
        }
        for (int i = *rc::gen::inRange(0, 4); i > 0; --i) {
            task.tell(commit_to_work{member_id{1}});
        }
        tag_set wanted;
        for (int i = *rc::gen::inRange(0, 6); i > 0; --i) {
            wanted.put({any_tag(), score{*rc::gen::inRange<std::int64_t>(1, whole(100).raw + 1)}});
        }
        task.wants({wanted.begin(), wanted.end()});
        auto candidate = who_has({});
        for (int i = *rc::gen::inRange(0, 6); i > 0; --i) {
            candidate.tags.put({any_tag(), any_ratio()});
        }
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
    some_task task;
    task.tell(commit_to_work{member_id{1}});
    task.did(member_id{1}, {task.harbin}, percent(90));
    task.did(member_id{2}, {task.south}, percent(90));
    task.wants({{task.harbin}});
    auto const candidate = who_has({{task.qiqihar}});
    auto const parts = std::initializer_list<score>{
        standard::affinity::rate(task, candidate) * whole(2),
        standard::momentum::rate(task, candidate),
        standard::specialism::rate(task, candidate) * percent(150),
        standard::proven_quality::rate(task, candidate),
        standard::load::rate(task, candidate) * percent(50),
    };
    score sum;
    for (auto part : parts) {
        CHECK(part != score{});
        sum += part;
    }
    CHECK(standard::match_scorer{}.rate(task, candidate) == sum);
}

} // namespace
