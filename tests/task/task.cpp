// SPDX-License-Identifier: BSL-1.0
#include <koc/tag/requirement_plan.hpp>
#include <koc/task/messages/task.hpp>

#include "support/catch.hpp"
#include "task/small_programme.hpp"

#include <limits>
#include <string>

using namespace koc;
using koc_test::small_world;

namespace {

constexpr task_id one{1};

TEST_CASE("a task belongs to the objective of its topic", "[task][C01]") {
    small_world w;
    w.accepts(open_task{w.brief(one)});
    CHECK(w.at(one).objective == w.range);
    CHECK(w.stage(one) == task_stage::open);
    CHECK(w.replays());
}

TEST_CASE("a task that serves no objective is refused", "[task][C01]") {
    small_world w;
    auto unlinked = w.brief(one);
    unlinked.topic = {};
    w.refuses(open_task{unlinked}, errc::unknown_id, "task 1", "every task serves an objective");
    unlinked.topic = topic_id{44};
    w.refuses(open_task{unlinked}, errc::unknown_id, "task 1", "every task serves an objective");
    CHECK(w.history_of<task_opened>().empty());
}

TEST_CASE("a sensitive tag decides nothing unless the programme says so", "[task][C11]") {
    small_world w;
    auto wanted = w.brief(one);
    wanted.wanted = {{w.tag("age", "over_sixty")}};
    auto needed = w.brief(one);
    needed.needs = has("style", "warm") && has("age", "over_sixty");
    w.refuses(open_task{wanted}, errc::not_qualified, "tag age:over_sixty", "policy");
    w.refuses(open_task{needed}, errc::not_qualified, "tag age:over_sixty", "policy");
    auto fine = w.brief(task_id{3}); // style is no sensitive facet
    fine.needs = has("style", "warm");
    w.accepts(open_task{fine});

    w.goes_by(tag_library_rules{sensitive_tags::allowed});
    w.accepts(open_task{wanted});
    needed.task = task_id{2};
    w.accepts(open_task{needed});
}

TEST_CASE(
    "what is open can be offered: the programme's own requirement fits in beside it", "[task]") {
    small_world w;
    auto const deep = [](int levels) {
        auto needs = has("format", "video");
        for (int i = 1; i < levels; ++i) {
            needs = !needs;
        }
        return needs;
    };
    auto made = w.brief(one);
    made.needs = deep(requirement_depth_max); // alone it would just do
    w.refuses(open_task{made}, errc::too_large, "requirement", "flatten");
    made.needs = deep(requirement_depth_max - 1);
    w.accepts(open_task{made});
    w.accepts(w.push(one, w.an));
}

TEST_CASE("who is barred is found whatever the order of the list", "[task]") {
    small_world w;
    auto made = w.brief(one);
    made.barred = {w.jin, w.an, w.kai, w.an};
    w.given(open_task{made});
    auto const& task = w.at(one);
    CHECK(task.bars(w.an));
    CHECK(task.bars(w.jin));
    CHECK(task.bars(w.kai));
    CHECK_FALSE(task.bars(w.chen));
}

TEST_CASE("a task that cannot be is refused", "[task]") {
    small_world w;
    w.given(open_task{w.brief(task_id{5})});
    auto const refused = [&](auto change, errc code, char const* about, char const* word) {
        auto made = w.brief(one);
        change(made);
        INFO(about << " / " << word);
        CHECK_NOTHROW(w.refuses(open_task{made}, code, about, word));
    };
    auto const life = w.tag("interest", "life");
    auto const wide = [] {
        requirement r;
        r.kind = requirement_kind::any;
        r.parts.assign(requirement_size_max, has("format", "video"));
        return r;
    }();
    auto const bad = errc::invalid_argument;
    refused([](auto& b) { b.task = {}; }, errc::already_exists, "task 0", "above 0");
    refused([](auto& b) { b.task = task_id{5}; }, errc::already_exists, "task 5", "new");
    refused([](auto& b) { b.title = ""; }, errc::invalid_text, "title of task 1", "non-empty");
    refused([](auto& b) { b.title = std::string(513, 'x'); }, errc::invalid_text, "title of task 1",
        "512");
    refused([](auto& b) { b.title = "\xc0\xaf"; }, errc::invalid_text, "open_task.brief.title",
        "UTF-8");
    refused([](auto& b) { b.seats = 0; }, bad, "task 1", "seats");
    refused([](auto& b) { b.seats = -1; }, bad, "task 1", "seats");
    refused([](auto& b) { b.seats = 100'001; }, bad, "task 1", "seats");
    refused([&](auto& b) { b.due_at = w.now(); }, bad, "task 1", "future");
    refused([](auto& b) { b.due_at = {(std::numeric_limits<std::int64_t>::max)()}; }, bad,
        "open_task.brief.due_at", "years");
    refused([](auto& b) { b.base_reward = money{-1}; }, bad, "base reward of task 1", "from 0");
    refused([](auto& b) { b.base_reward = money_max + money{1}; }, bad, "base reward of task 1",
        "from 0");
    refused([](auto& b) { b.wanted = {{tag_id{}}}; }, errc::unknown_id, "tag 0", "known");
    refused([](auto& b) { b.wanted = {{tag_id{999}}}; }, errc::unknown_id, "tag 999", "known");
    refused([&](auto& b) { b.wanted = {{life, {}}}; }, bad, "task 1", "importance");
    refused([&](auto& b) { b.wanted = {{life, -whole(1)}}; }, bad, "task 1", "importance");
    refused([&](auto& b) { b.wanted = {{life, whole(101)}}; }, bad, "task 1", "importance");
    refused([&](auto& b) { b.wanted = {{life}, {life}}; }, bad, "task 1", "once");
    refused([](auto& b) { b.needs = has("region", "moon"); }, errc::unknown_id, "tag region:moon",
        "defined");
    refused(
        [](auto& b) { b.needs = column("fame") >= 1; }, errc::unknown_id, "column fame", "column");
    refused([](auto& b) { b.needs = between(column("load"), 3, 2); }, bad, "column load",
        "lower end first");
    refused([](auto& b) { b.needs = between(column("load"), {}, {}); }, bad, "column load",
        "at least one end");
    refused([&](auto& b) { b.needs = wide; }, errc::too_large, "requirement", "1024");
    refused([](auto& b) { b.needs.column = "load"; }, bad, "open_task.brief.needs",
        "members of its kind");
    refused([](auto& b) { b.needs.kind = static_cast<requirement_kind>(77); }, bad,
        "open_task.brief.needs", "kind");
}

} // namespace
