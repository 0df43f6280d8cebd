// SPDX-License-Identifier: BSL-1.0
#include <koc/task/topic.hpp>

#include "support/catch.hpp"
#include "support/scenario.hpp"

#include <algorithm>
#include <string>
#include <vector>

using namespace koc;
using koc_test::scenario;
using koc_test::winter_world;

namespace {

TEST_CASE(
    "one objective fans out into several topics, and each knows its objective", "[task][C03]") {
    winter_world w;
    w.given(design_topic{topic_id{2}, w.range, "Driving in snow mode"},
        design_topic{topic_id{3}, w.range, "Charging at home and outside, by night"});
    auto const& all = w.get<topics>().all();
    CHECK(std::count_if(all.begin(), all.end(),
              [&](topic_record const& t) { return t.objective == w.range; }) == 3);
    CHECK(w.get<topics>().find(topic_id{2})->title == "Driving in snow mode");
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("several tasks may serve one topic, and through it its objective", "[task][C03]") {
    winter_world w;
    w.given(open_task{w.brief(task_id{1})}, open_task{w.brief(task_id{2})});
    CHECK(w.get<tasks>().find(task_id{1})->objective == w.range);
    CHECK(w.get<tasks>().find(task_id{2})->objective == w.range);
}

TEST_CASE("a topic without an open objective does not come to be", "[task][C01]") {
    winter_world w;
    struct row {
        design_topic asked;
        errc code;
        std::string subject;
        std::string word;
    };
    for (auto const& [asked, code, about, word] : std::vector<row>{
             {{topic_id{}, w.range, "Ice"}, errc::already_exists, "topic 0", "above 0"},
             {{w.test_drive, w.range, "Ice"}, errc::already_exists, "topic 1", "new"},
             {{topic_id{9}, objective_id{}, "Ice"}, errc::unknown_id, "objective 0", "known"},
             {{topic_id{9}, objective_id{50}, "Ice"}, errc::unknown_id, "objective 50", "known"},
             {{topic_id{9}, w.range, ""}, errc::invalid_text, "title of topic 9", "non-empty"},
             {{topic_id{9}, w.range, std::string(513, 'x')}, errc::invalid_text, "title of topic 9",
                 "512"},
             {{topic_id{9}, w.range, "\xfe"}, errc::invalid_text, "design_topic.title", "UTF-8"},
         }) {
        INFO(about << " / " << word);
        CHECK_NOTHROW(w.refuses(asked, code, about, word));
    }
}

} // namespace
