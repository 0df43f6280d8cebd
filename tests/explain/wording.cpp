// SPDX-License-Identifier: BSL-1.0
#include <koc/explain/why.hpp>
#include <koc/explain/wording.hpp>

#include "explain/village.hpp"
#include "support/catch.hpp"

#include <limits>
#include <string>
#include <string_view>

namespace {

using koc::change;
using koc::language;
using koc::score;
using test::person_id;
using task_id = koc::id<struct task_kind>;

constexpr koc::column_id depth{1};

/// The host's own names, in the reader's language.
struct names {
    language tongue;

    [[nodiscard]] std::string in(char const* en, char const* zh) const {
        return tongue == language::en ? en : zh;
    }
    [[nodiscard]] std::string person(person_id who) const {
        return who == person_id{1} ? in("Ann", "小安") : in("Bo", "阿博");
    }
    [[nodiscard]] std::string task(task_id which) const {
        return in("task ", "任务 ") + std::to_string(which.value());
    }
    [[nodiscard]] std::string tag(koc::tag_id which) const {
        return tag(test::village_tags().name(which));
    }
    [[nodiscard]] std::string tag(koc::tag_name const& name) const {
        return name.key == "video" ? in("video", "视频")
            : name.key == "harbin" ? in("Harbin", "哈尔滨")
                                   : name.key;
    }
    [[nodiscard]] std::string column(koc::column_id) const { return in("depth", "深度"); }
    [[nodiscard]] std::string column(std::string_view) const { return in("depth", "深度"); }
    [[nodiscard]] static std::string value(koc::column_id, std::int64_t number) {
        return std::to_string(number);
    }
    [[nodiscard]] static std::string value(std::string_view, std::int64_t number) {
        return std::to_string(number);
    }
    [[nodiscard]] std::string signal(std::string_view name) const {
        return name == "affinity" ? in("affinity", "契合") : in("depth", "深度");
    }
};
static_assert(koc::naming_for<names, task_id, person_id>);

koc::wording<names> const english{language::en, names{language::en}};
koc::wording<names> const chinese{language::zh, names{language::zh}};

koc::tag_id tag(char const* facet, char const* key) {
    return test::village_tags().find(facet, key).value();
}
koc::explanation because(std::int64_t affinity, std::int64_t deep) {
    return koc::explanation{}
        .add("affinity", koc::percent(affinity), tag("format", "video"))
        .add("depth", koc::percent(deep));
}

TEST_CASE("a score is told with as many decimals as it needs", "[match]") {
    CHECK(koc::in_words(score{}) == "0.00");
    CHECK(koc::in_words(koc::percent(180)) == "1.80");
    CHECK(koc::in_words(score{-5}) == "-0.000005");
    CHECK(koc::in_words(score{1'250'500}) == "1.2505");
    CHECK(koc::in_words({std::numeric_limits<std::int64_t>::min()}) == "-9223372036854.775808");
}

TEST_CASE("an answer is told in both languages", "[match][E02]") {
    struct expectation {
        koc::answer<task_id, person_id> told;
        std::string_view en;
        std::string_view zh;
    };
    person_id const ann{1};
    person_id const bo{2};
    std::vector const cases{
        expectation{koc::was_chosen<person_id>{ann, 2, koc::percent(180), because(100, 80)},
            "Ann was chosen, in place 2 with a fit of 1.80: affinity for video 1.00, depth 0.80.",
            "小安入选，排第 2，总分 1.80：契合（视频）1.00、深度 0.80。"},
        expectation{koc::was_chosen<person_id>{ann, 1, {}, {}},
            "Ann was chosen, in place 1 with a fit of 0.00: nothing.",
            "小安入选，排第 1，总分 0.00：无。"},
        expectation{koc::lacks_requirement<person_id>{ann, koc::has("format", "video")},
            "Ann was not considered. Required, and not met: video.",
            "小安未进入候选。未满足的要求：视频。"},
        expectation{koc::was_stopped<person_id>{ann, "11/24"},
            "Ann meets the requirement, but was stopped: 11/24.",
            "小安符合要求，但被拦下：11/24。"},
        expectation{koc::was_stopped<person_id>{ann, ""},
            "Ann meets the requirement, but was stopped.", "小安符合要求，但被拦下。"},
        expectation{koc::was_outscored<person_id>{ann, koc::percent(150), because(100, 50), 3, bo,
                        koc::percent(180), because(100, 80)},
            "Ann was not chosen: a fit of 1.50 is 0.30 below that of Bo, the last of the 3 chosen. "
            "Ann: affinity for video 1.00, depth 0.50. Bo: affinity for video 1.00, depth 0.80, "
            "together 1.80.",
            "小安未入选：总分 1.50，比 3 位入选者中的最后一位阿博低 0.30。"
            "小安：契合（视频）1.00、深度 0.50。阿博：契合（视频）1.00、深度 0.80，合计 1.80。"},
        expectation{koc::was_outscored<person_id>{bo, koc::percent(80), because(0, 80), 1, ann,
                        koc::percent(80), because(80, 0)},
            "Bo was not chosen: a fit of 0.80 equals that of Ann, the last of the 1 chosen, and "
            "the smaller number goes first. Bo: depth 0.80. Ann: affinity for video 0.80.",
            "阿博未入选：总分 0.80，与 1 位入选者中的最后一位小安相同，而编号小者优先。"
            "阿博：深度 0.80。小安：契合（视频）0.80。"},
        expectation{koc::capacity_taken<task_id, person_id>{ann, task_id{7}, koc::percent(90),
                        koc::percent(80), koc::percent(30), {task_id{3}, task_id{4}}},
            "Ann was not assigned to task 7: the capacity is with task 3, task 4. Taking it would "
            "cost 0.80 there and 0.30 for the place in task 7, against a fit of 0.90: 0.20 too "
            "little.",
            "小安未被派给任务 7：其容量已由任务 3、任务 4占用。抽调的代价是那边损失 0.80，"
            "再加任务 7的名额 0.30，而匹配分只有 0.90，还差 0.20。"},
        expectation{koc::capacity_taken<task_id, person_id>{
                        ann, task_id{7}, koc::percent(90), {}, koc::percent(100), {}},
            "Ann was not assigned to task 7: it would cost 0.00 for the person and 1.00 for the "
            "place, against a fit of 0.90: 0.10 too little.",
            "小安未被派给任务 7：占用其容量的代价是 0.00，名额的代价是 1.00，而匹配分只有 0.90，"
            "还差 0.10。"},
        expectation{
            koc::smallest_change_of<person_id>{ann, false,
                std::vector{change::gaining(tag("format", "video")), change::setting(depth, 4)}},
            "Ann would be chosen, other things equal, with: video gained and depth at 4.",
            "其他不变，小安若具备「视频」，且深度为 4，就会入选。"},
        expectation{koc::smallest_change_of<person_id>{
                        ann, true, std::vector{change::losing(tag("region", "harbin"))}},
            "Ann would lose the place, other things equal, with: Harbin lost.",
            "其他不变，小安若不再具备「哈尔滨」，就会落选。"},
        expectation{koc::smallest_change_of<person_id>{ann, false, {}},
            "None of the changes that are possible would have Ann chosen.",
            "在可能的改变之中，没有哪些能让小安入选。"},
        expectation{koc::smallest_change_of<person_id>{bo, true, {}},
            "None of the changes that are possible would cost Bo the place.",
            "在可能的改变之中，没有哪些会让阿博落选。"},
    };
    for (auto const& c : cases) {
        CHECK(english(c.told) == c.en);
        CHECK(chinese(c.told) == c.zh);
    }
}

TEST_CASE("a requirement is told in both languages", "[match]") {
    struct expectation {
        koc::requirement told;
        std::string_view en;
        std::string_view zh;
    };
    auto const video = koc::has("format", "video");
    auto const harbin = koc::has("region", "harbin");
    koc::requirement none;
    none.kind = koc::requirement_kind::none;
    koc::requirement nobody;
    nobody.kind = koc::requirement_kind::any;
    std::vector const cases{
        expectation{koc::everybody(), "anybody", "任何人"},
        expectation{none, "anybody", "任何人"},
        expectation{nobody, "nobody", "无人"},
        expectation{video && !harbin, "video and not (Harbin)", "视频 且 非（哈尔滨）"},
        expectation{!(video || harbin), "not (video or Harbin)", "非（视频 或 哈尔滨）"},
        expectation{(video || harbin) && koc::column{"depth"} >= 3,
            "(video or Harbin) and depth of at least 3", "（视频 或 哈尔滨） 且 深度不低于 3"},
        expectation{koc::column{"depth"} <= 3, "depth of at most 3", "深度不高于 3"},
        expectation{
            koc::between(koc::column{"depth"}, 1, 3), "depth from 1 to 3", "深度在 1 到 3 之间"},
    };
    for (auto const& c : cases) {
        CHECK(english(c.told) == c.en);
        CHECK(chinese(c.told) == c.zh);
    }
}

TEST_CASE("what is filled in is told as it is", "[match]") {
    CHECK(english(koc::was_stopped<person_id>{person_id{1}, "%1% and 100%"}) ==
        "Ann meets the requirement, but was stopped: %1% and 100%.");
}

} // namespace
