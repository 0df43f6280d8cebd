// SPDX-License-Identifier: BSL-1.0
#include <koc/task/task.hpp>

#include "support/catch.hpp"
#include "support/scenario.hpp"

#include <limits>
#include <string>
#include <vector>

using namespace koc;
using koc_test::scenario;
using koc_test::winter_world;

namespace {

constexpr task_id one{1};

TEST_CASE("a task belongs to the objective of its topic", "[task][C01]") {
    winter_world w;
    w.accepts(open_task{w.brief(one)});
    CHECK(w.get<tasks>().find(one)->objective == w.range);
    CHECK(w.standing(one) == task_stage::open);
}

TEST_CASE("a task that serves no objective is refused", "[task][C01]") {
    winter_world w;
    auto unlinked = w.brief(one);
    unlinked.topic = {};
    w.refuses(open_task{unlinked}, errc::unknown_id, "task 1", "every task serves an objective");
    unlinked.topic = topic_id{44};
    w.refuses(open_task{unlinked}, errc::unknown_id, "task 1", "every task serves an objective");
    CHECK(w.history_of<task_opened>().empty());
}

TEST_CASE("a sensitive tag decides nothing unless the programme says so", "[task][C11]") {
    winter_world w;
    auto wanted = w.brief(one);
    wanted.wanted = {{w.tag("age", "over_sixty")}};
    auto needed = w.brief(one);
    needed.needs = has("style", "warm") && has("age", "over_sixty");
    w.refuses(open_task{wanted}, errc::not_qualified, "tag age:over_sixty", "policy");
    w.refuses(open_task{needed}, errc::not_qualified, "tag age:over_sixty", "policy");
    auto fine = w.brief(one); // style is no sensitive facet
    fine.needs = has("style", "warm");
    w.accepts(open_task{fine});

    koc::standard::programme rules;
    rules.sensitive = sensitive_tags::allowed;
    winter_world open_minded{rules};
    open_minded.accepts(open_task{wanted});
    needed.task = task_id{2};
    open_minded.accepts(open_task{needed});
}

TEST_CASE(
    "what is open can be dispatched: the programme's own requirement fits in beside it", "[task]") {
    winter_world w;
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
    CHECK(w.get<dispatching>().rank(w.look(), one, 3, w.now()).has_value());
}

TEST_CASE("who is barred is found whatever the order of the list", "[task]") {
    winter_world w;
    auto made = w.brief(one);
    made.barred = {w.jin, w.an, w.kai, w.an};
    w.given(open_task{made});
    auto const& task = *w.get<tasks>().find(one);
    CHECK(task.bars(w.an));
    CHECK(task.bars(w.jin));
    CHECK(task.bars(w.kai));
    CHECK_FALSE(task.bars(w.chen));
}

TEST_CASE("a task that cannot be is refused", "[task]") {
    winter_world w;
    w.given(open_task{w.brief(task_id{5})});
    auto const with = [&](auto change) {
        auto made = w.brief(one);
        change(made);
        return open_task{made};
    };
    auto const life = w.tag("interest", "life");
    auto const wide = [] {
        requirement r;
        r.kind = requirement_kind::any;
        r.parts.assign(requirement_size_max, has("format", "video"));
        return r;
    }();
    struct row {
        scenario::command asked;
        errc code;
        std::string subject;
        std::string word;
    };
    for (auto const& [asked, code, about, word] : std::vector<row>{
             {with([](auto& b) { b.task = {}; }), errc::already_exists, "task 0", "above 0"},
             {with([](auto& b) { b.task = task_id{5}; }), errc::already_exists, "task 5", "new"},
             {with([](auto& b) { b.title = ""; }), errc::invalid_text, "title of task 1",
                 "non-empty"},
             {with([](auto& b) { b.title = std::string(513, 'x'); }), errc::invalid_text,
                 "title of task 1", "512"},
             {with([](auto& b) { b.title = "\xc0\xaf"; }), errc::invalid_text,
                 "open_task.brief.title", "UTF-8"},
             {with([](auto& b) { b.seats = 0; }), errc::invalid_argument, "task 1", "seats"},
             {with([](auto& b) { b.seats = -1; }), errc::invalid_argument, "task 1", "seats"},
             {with([](auto& b) { b.seats = 100'001; }), errc::invalid_argument, "task 1", "seats"},
             {with([&](auto& b) { b.due_at = w.now(); }), errc::invalid_argument, "task 1",
                 "future"},
             {with([](auto& b) { b.due_at = {std::numeric_limits<std::int64_t>::max()}; }),
                 errc::invalid_argument, "open_task.brief.due_at", "years"},
             {with([](auto& b) { b.base_reward = money{-1}; }), errc::invalid_argument,
                 "base reward of task 1", "from 0"},
             {with([](auto& b) { b.base_reward = money_max + money{1}; }), errc::invalid_argument,
                 "base reward of task 1", "from 0"},
             {with([](auto& b) { b.wanted = {{tag_id{}}}; }), errc::unknown_id, "tag 0", "known"},
             {with([](auto& b) { b.wanted = {{tag_id{999}}}; }), errc::unknown_id, "tag 999",
                 "known"},
             {with([&](auto& b) {
                  b.wanted = {{life, {}}};
              }),
                 errc::invalid_argument, "task 1", "importance"},
             {with([&](auto& b) {
                  b.wanted = {{life, -whole(1)}};
              }),
                 errc::invalid_argument, "task 1", "importance"},
             {with([&](auto& b) {
                  b.wanted = {{life, whole(101)}};
              }),
                 errc::invalid_argument, "task 1", "importance"},
             {with([&](auto& b) {
                  b.wanted = {{life}, {life}};
              }),
                 errc::invalid_argument, "task 1", "once"},
             {with([](auto& b) { b.needs = has("region", "moon"); }), errc::unknown_id,
                 "tag region:moon", "defined"},
             {with([](auto& b) { b.needs = column("fame") >= 1; }), errc::unknown_id, "column fame",
                 "column"},
             {with([](auto& b) { b.needs = between(column("load"), 3, 2); }),
                 errc::invalid_argument, "column load", "lower end first"},
             {with([](auto& b) { b.needs = between(column("load"), {}, {}); }),
                 errc::invalid_argument, "column load", "at least one end"},
             {with([](auto& b) { b.needs.column = "load"; }), errc::invalid_argument, "task 1",
                 "the members of the requirement's kind"},
             {with([&](auto& b) { b.needs = wide; }), errc::too_large, "requirement", "1024"},
             {with([](auto& b) { b.needs.kind = static_cast<requirement_kind>(77); }),
                 errc::invalid_argument, "open_task.brief.needs.kind", "named"},
         }) {
        INFO(about << " / " << word);
        CHECK_NOTHROW(w.refuses(asked, code, about, word));
    }
}

} // namespace
