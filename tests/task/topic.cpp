// SPDX-License-Identifier: BSL-1.0
#include <koc/task/messages/topic.hpp>

#include "support/catch.hpp"
#include "task/small_programme.hpp"

#include <string>
#include <vector>

using namespace koc;
using koc_test::small_world;

namespace {

TEST_CASE(
    "one objective fans out into several topics, and each knows its objective", "[task][C03]") {
    small_world w;
    w.given(design_topic{topic_id{2}, w.range, "Driving in snow mode"},
        design_topic{topic_id{3}, w.range, "Charging at home and outside, by night"});
    int of_range = 0;
    w.engine().each<topic_record>(
        [&](topic_record const& t) { of_range += t.objective == w.range ? 1 : 0; });
    CHECK(of_range == 3);
    CHECK(w.at(topic_id{2}).title == "Driving in snow mode");
    CHECK(w.at(topic_id{2}).themes.empty());
    w.given(design_topic{topic_id{4}, w.range, "Snow", {"winter", "range", "winter"}});
    CHECK(w.at(topic_id{4}).themes == std::vector<std::string>{"range", "winter"});
    CHECK(w.replays());
}

TEST_CASE("several tasks may serve one topic, and through it its objective", "[task][C03]") {
    small_world w;
    w.given(open_task{w.brief(task_id{1})}, open_task{w.brief(task_id{2})});
    CHECK(w.at(task_id{1}).objective == w.range);
    CHECK(w.at(task_id{2}).objective == w.range);
}

TEST_CASE("a topic without an open objective does not come to be", "[task][C01]") {
    small_world w;
    auto const refused = [&](design_topic const& asked, errc code, char const* about,
                             char const* word) {
        INFO(about << " / " << word);
        CHECK_NOTHROW(w.refuses(asked, code, about, word));
    };
    refused({topic_id{}, w.range, "Ice"}, errc::already_exists, "topic 0", "above 0");
    refused({w.test_drive, w.range, "Ice"}, errc::already_exists, "topic 1", "new");
    refused({topic_id{9}, objective_id{}, "Ice"}, errc::unknown_id, "objective 0", "known");
    refused({topic_id{9}, objective_id{50}, "Ice"}, errc::unknown_id, "objective 50", "known");
    refused({topic_id{9}, w.range, ""}, errc::invalid_text, "title of topic 9", "non-empty");
    refused({topic_id{9}, w.range, std::string(513, 'x')}, errc::invalid_text, "title of topic 9",
        "512");
    refused(
        {topic_id{9}, w.range, "Ice", {""}}, errc::invalid_text, "theme of topic 9", "non-empty");
    refused({topic_id{9}, w.range, "\xfe"}, errc::invalid_text, "design_topic.title", "UTF-8");
}

} // namespace
