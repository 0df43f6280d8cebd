// SPDX-License-Identifier: BSL-1.0
#include <koc/member/messages/roster.hpp>

#include "member/small_programme.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <string>
#include <vector>

using namespace koc;
using koc_test::scenario;
using koc_test::small_world;

namespace {

using ids = std::vector<member_id>;

tag_set const& tags_of(small_world const& w, member_id who) { return w.at(who).tags; }

TEST_CASE("a person carries where they were found: open, owned or both", "[member][A01]") {
    small_world w;
    CHECK(w.at(w.an).sources == enum_set{source::open});
    CHECK(w.at(w.fang).sources == enum_set{source::owned});
    CHECK(w.at(w.dong).sources == enum_set{source::open, source::owned});
    CHECK(w.who(has("source", "open") && has("source", "owned")) == ids{w.dong, w.ou});
    CHECK(w.who(has("source", "owned") && !has("source", "open")) ==
        ids{w.fang, w.bao, w.hua, w.kai, w.lan});
}

TEST_CASE("sources are a set, however they are told", "[member][A01]") {
    small_world w;
    w.accepts(enrol{member_id{50}, {50, "Pan"}, {source::owned, source::open, source::owned}, {}});
    CHECK(
        w.recorded<member_enrolled>().front().sources == std::vector{source::open, source::owned});
}

TEST_CASE("a source stays through everything that happens to a person", "[member][A01]") {
    small_world w;
    auto const open = w.tag("source", "open");
    auto const owned = w.tag("source", "owned");
    auto const video = w.tag("format", "video");
    auto const review = w.tag("skill", "deep_review");
    w.given(retag{w.jin, {{video, percent(50)}}, {}}, retag{w.jin, {}, {video}},
        record_outcome{w.jin, {review}, percent(90), w.now()}, // earns a tag
        record_waning{w.jin, waning_reason::other, {}},
        accept_role{w.jin, alumni_role::honorary_adviser}, confirm_willingness{w.jin});
    CHECK(w.at(w.jin).sources == enum_set{source::open});
    auto const found = w.who(has("source", "open") && !has("source", "owned"));
    CHECK(std::find(found.begin(), found.end(), w.jin) != found.end());
    // No event of the journal tells otherwise, and there are such events.
    auto const changes = w.history_of<member_retagged>();
    REQUIRE(changes.size() >= 3);
    for (auto const& changed : changes) {
        for (auto const& put : changed.put) {
            CHECK((put.tag != open && put.tag != owned));
        }
        for (auto removed : changed.remove) {
            CHECK((removed != open && removed != owned));
        }
    }
}

TEST_CASE("nobody rewrites or leaves out a source", "[member][A01][refusal]") {
    small_world w;
    auto const before = w.digest();
    auto const open = w.tag("source", "open");
    auto const owned = w.tag("source", "owned");
    w.refuses(retag{w.an, {}, {open}}, errc::invalid_argument, "tag source:open",
        "expected a tag that is not kept by the programme itself");
    w.refuses(retag{w.an, {{owned}}, {}}, errc::invalid_argument, "tag source:owned",
        "expected a tag that is not kept by the programme itself");
    w.refuses(enrol{w.an, {1, "An"}, {source::owned}, {}}, errc::already_exists, "member 1",
        "expected somebody who is not enrolled yet");
    w.refuses(enrol{member_id{77}, {77, "Qi"}, {}, {}}, errc::invalid_argument,
        "sources of member 77", "expected where they were found: open, owned or both");
    w.refuses(enrol{member_id{77}, {77, "Qi"}, {source::open}, {{owned}}}, errc::invalid_argument,
        "tag source:owned", "kept");
    CHECK(w.digest() == before);
}

TEST_CASE(
    "a home region answers for every region above it and for none beside it", "[member][C07]") {
    small_world w;
    CHECK(w.who(has("region", "harbin")) == ids{w.an, w.bao, w.jin, w.ning});
    CHECK(w.who(has("region", "heilongjiang")) == ids{w.an, w.chen, w.bao, w.jin, w.ning});
    CHECK(w.who(has("region", "northeast")) ==
        ids{w.an, w.chen, w.dong, w.fang, w.bao, w.jin, w.lan, w.ning, w.ou});
    CHECK(w.who(has("region", "south")) == ids{w.guo, w.hua, w.kai, w.min});
    w.given(retag{w.guo, {{w.tag("region", "changchun")}}, {w.tag("region", "shenzhen")}});
    CHECK(w.who(has("region", "jilin")) == ids{w.dong, w.guo, w.lan});
    CHECK(w.who(has("region", "guangdong")) == ids{w.hua, w.kai, w.min});
}

TEST_CASE("content forms are tags: text and image, video, live", "[member][C08]") {
    small_world w;
    CHECK(w.who(has("format", "text_image")) == ids{w.bao, w.hua, w.kai, w.ou});
    CHECK(w.who(has("format", "live")) == ids{w.min});
    w.given(retag{w.an, {{w.tag("format", "live")}}, {}});
    CHECK(w.who(has("format", "live") && has("format", "video")) == ids{w.an});
}

TEST_CASE("interests have weights, and the last word counts", "[member][C09]") {
    small_world w;
    auto const off_road = w.tag("interest", "off_road");
    CHECK(tags_of(w, w.an).weight(off_road) == percent(40));
    w.given(retag{w.an, {{off_road, percent(75)}}, {}});
    CHECK(tags_of(w, w.an).weight(off_road) == percent(75));
    w.given(retag{w.an, {}, {off_road}});
    CHECK(tags_of(w, w.an).weight(off_road) == score{});
    CHECK(w.who(has("interest", "off_road")) == ids{w.min});
}

TEST_CASE("the quality column is small-sample safe and can be required", "[member][C10]") {
    small_world w;
    auto const one_half = [](member_id who, small_world const& in) {
        auto const half =
            in.who(column("quality") >= percent(50) && column("quality") <= percent(50));
        return std::find(half.begin(), half.end(), who) != half.end();
    };
    CHECK(one_half(w.an, w));
    w.outcome(w.an, whole(1));
    CHECK(w.at<track_record_entry>(w.an).mean_quality() ==
        ratio(2, 3)); // one perfect piece is not a record
    // Jin and Kai have three pieces of 0.9 each: (2.7 + 1) / 5.
    CHECK(w.at<track_record_entry>(w.jin).mean_quality() == percent(74));
    CHECK(w.who(column("quality") >= percent(70)) == ids{w.jin, w.kai});
    CHECK(w.who(column("outcomes") >= 1) == ids{w.an, w.jin, w.kai});
    // Who has done nothing yet has no outcomes and is average.
    CHECK(w.who(!(column("outcomes") >= 1)).size() == 10);
    CHECK(one_half(w.lan, w));
}

TEST_CASE("the stage is a tag that follows the relationship", "[member]") {
    small_world w;
    CHECK(w.who(has("stage", "mature")) == ids{w.jin, w.kai});
    CHECK(w.ask(count_stages{}) == std::vector<std::int64_t>{2, 7, 2, 1, 1});
    w.given(record_waning{w.jin, waning_reason::other, {}});
    CHECK(w.who(has("stage", "mature")) == ids{w.kai});
    CHECK(w.who(has("stage", "evolving")) == ids{w.jin, w.ning});
    CHECK(w.ask(count_stages{}) == std::vector<std::int64_t>{2, 7, 1, 2, 1});
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("the load column follows unfinished work", "[member]") {
    small_world w;
    w.given(commit_to_work{w.an});
    CHECK(w.who(column("load") >= 1) == ids{w.an});
    w.given(end_commitment{w.an});
    CHECK(w.who(column("load") >= 1).empty());
}

TEST_CASE("good work earns the tags of its subjects, where their facets say so", "[member]") {
    small_world w;
    auto const review = w.tag("skill", "deep_review");
    auto const life = w.tag("interest", "life");
    w.given(record_outcome{w.an, {review, life}, percent(69), w.now()});
    CHECK(tags_of(w, w.an).weight(review) == score{});
    w.accepts(record_outcome{w.an, {review, life}, percent(70), w.now()});
    CHECK(w.recorded<member_retagged>().size() == 1);
    CHECK(tags_of(w, w.an).weight(review) == whole(1));
    CHECK(tags_of(w, w.an).weight(life) == score{});
    w.accepts(record_outcome{w.an, {review}, percent(90), w.now()});
    CHECK(w.recorded<member_retagged>().empty()); // it is there already
    // A corrected outcome earns as one that was right at once.
    w.given(record_outcome{w.bao, {review}, percent(10), w.now()});
    w.given(correct_outcome{w.bao, {review}, percent(10), percent(90), w.now()});
    CHECK(tags_of(w, w.bao).weight(review) == whole(1));
}

TEST_CASE(
    "nobody is found by what the programme does not know or may not go by", "[member][refusal]") {
    small_world w;
    w.given(define_facet{{"gender", true}}, define_tags{{{"gender", "female", "", {}}}});
    w.given(retag{w.an, {{w.tag("gender", "female")}}, {}});
    find_members const of_gender{has("gender", "female")};
    auto const sensitive = w.engine().ask(of_gender, w.asked());
    REQUIRE(!sensitive);
    CHECK(sensitive.error().code == errc::not_qualified);
    w.given(adopt<tag_library_rules>{{sensitive_tags::allowed}});
    CHECK(w.ask(of_gender) == ids{w.an});
    CHECK(w.engine().ask(find_members{has("region", "atlantis")}, w.asked()).error().code ==
        errc::unknown_id);
}

TEST_CASE("a name is personal: it changes no digest", "[member]") {
    scenario a{&koc_test::people_engine};
    scenario b{&koc_test::people_engine};
    a.given(enrol{member_id{1}, {1, "An"}, {source::open}, {}});
    b.given(enrol{member_id{1}, {1, "Anne"}, {source::open}, {}});
    CHECK(a.digest() == b.digest());
    CHECK(b.at(member_id{1}).name.text == "Anne");
}

TEST_CASE("who cannot be entered or changed like this is refused", "[member]") {
    small_world w;
    auto const video = w.tag("format", "video");
    member_id const anew{77};
    personal_text const name{77, "Qi"};
    auto const mature = w.tag("stage", "mature");
    auto const refused = [&](auto const& asked, errc code, std::string const& about,
                             std::string const& word) {
        INFO(about << " / " << word);
        CHECK_NOTHROW(w.refuses(asked, code, about, word));
    };
    auto const with_name = [&](std::string text, std::uint64_t owner = 77) {
        return enrol{anew, {owner, std::move(text)}, {source::open}, {}};
    };
    refused(enrol{member_id{}, {0, "Qi"}, {source::open}, {}}, errc::invalid_argument, "member 0",
        "above 0");
    refused(enrol{w.an, {1, "An"}, {source::open}, {}}, errc::already_exists, "member 1",
        "not enrolled");
    refused(with_name(""), errc::invalid_text, "name of member 77", "non-empty");
    refused(with_name("  "), errc::invalid_text, "name of member 77", "blanks");
    refused(with_name("Qi\nmember 1"), errc::invalid_text, "name of member 77", "one line");
    refused(with_name("Qi \u202e"), errc::invalid_text, "name of member 77", "U+202E");
    refused(with_name(std::string(513, 'x')), errc::invalid_text, "name of member 77", "512");
    refused(with_name("\xed\xa0\x80"), errc::invalid_text, "enrol.name", "UTF-8");
    refused(with_name("Qi", 1), errc::invalid_argument, "name of member 77", "belong");
    refused(enrol{anew, name, {}, {}}, errc::invalid_argument, "sources of member 77", "both");
    refused(enrol{anew, name, {static_cast<source>(9)}, {}}, errc::invalid_argument,
        "enrol.sources[0]", "named");
    refused(enrol{anew, name, {source::open}, {{tag_id{}}}}, errc::unknown_id, "tag 0", "known");
    refused(
        enrol{anew, name, {source::open}, {{tag_id{999}}}}, errc::unknown_id, "tag 999", "known");
    refused(enrol{anew, name, {source::open}, {{video, {}}}}, errc::invalid_argument,
        "tag format:video", "weight");
    refused(enrol{anew, name, {source::open}, {{video, percent(101)}}}, errc::invalid_argument,
        "tag format:video", "weight");
    refused(enrol{anew, name, {source::open}, {{video, -whole(1)}}}, errc::invalid_argument,
        "tag format:video", "weight");
    refused(enrol{anew, name, {source::open}, {{mature}}}, errc::invalid_argument,
        "tag stage:mature", "kept");
    refused(retag{w.nobody, {{video}}, {}}, errc::unknown_id, "member 999", "known");
    refused(retag{member_id{}, {{video}}, {}}, errc::unknown_id, "member 0", "known");
    refused(retag{w.an, {{tag_id{999}}}, {}}, errc::unknown_id, "tag 999", "known");
    refused(retag{w.an, {}, {tag_id{999}}}, errc::unknown_id, "tag 999", "known");
    refused(retag{w.an, {{mature}}, {}}, errc::invalid_argument, "tag stage:mature", "kept");
    refused(retag{w.an, {}, {mature}}, errc::invalid_argument, "tag stage:mature", "kept");
    refused(retag{w.an, {{video, percent(200)}}, {}}, errc::invalid_argument, "tag format:video",
        "weight");
    refused(adopt<roster_rules>{{percent(101)}}, errc::invalid_argument, "roster_rules.proven_at",
        "0 to 1");
}

} // namespace
