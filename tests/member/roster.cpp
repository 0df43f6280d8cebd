// SPDX-License-Identifier: BSL-1.0
#include <koc/member/roster.hpp>

#include "support/catch.hpp"
#include "support/scenario.hpp"

#include <algorithm>
#include <string>
#include <vector>

using namespace koc;
using koc_test::scenario;
using koc_test::winter_world;

namespace {

/// Everybody who meets a requirement, ascending.
std::vector<member_id> who(winter_world const& w, requirement const& needs) {
    auto const& people = w.get<roster>().people();
    auto const plan = *w.get<tasks>().compile(w.look(), needs);
    std::vector<member_id> found;
    people.for_each([&](member_record const& m) {
        if (plan.admits(people, *people.slot_of(m.id))) {
            found.push_back(m.id);
        }
    });
    std::sort(found.begin(), found.end());
    return found;
}

using ids = std::vector<member_id>;

TEST_CASE("a person carries where they were found: open, owned or both", "[member][A01]") {
    winter_world w;
    CHECK(w.person(w.an).sources == std::vector{source::open});
    CHECK(w.person(w.fang).sources == std::vector{source::owned});
    CHECK(w.person(w.dong).sources == std::vector{source::open, source::owned});
    CHECK(who(w, has("source", "open") && has("source", "owned")) == ids{w.dong, w.ou});
    CHECK(who(w, has("source", "owned") && !has("source", "open")) ==
        ids{w.fang, w.bao, w.hua, w.kai, w.lan});
}

TEST_CASE("sources are a set, however they are told", "[member][A01]") {
    winter_world w;
    w.accepts(enrol{member_id{50}, {50, "Pan"}, {source::owned, source::open, source::owned}, {}});
    CHECK(w.emitted<member_enrolled>().front().sources == std::vector{source::open, source::owned});
}

TEST_CASE("nothing changes a source tag once it is there", "[member][A01]") {
    winter_world w;
    auto const open = w.get<tag_library>().tag_of(source::open);
    auto const owned = w.get<tag_library>().tag_of(source::owned);
    w.refuses(retag{w.an, {}, {open}}, errc::invalid_argument, "tag source:open", "kept");
    w.refuses(retag{w.an, {{owned}}, {}}, errc::invalid_argument, "tag source:owned", "kept");
    w.refuses(enrol{w.an, {1, "An"}, {source::owned}, {}}, errc::already_exists, "member 1");
    // However far they go.
    w.given(record_waning{w.jin, waning_reason::other, {}},
        accept_role{w.jin, alumni_role::honorary_adviser}, confirm_willingness{w.jin});
    CHECK(w.person(w.jin).sources == std::vector{source::open});
    CHECK(w.person(w.jin).tags.contains(open));
    // And no event of the journal tells otherwise.
    for (auto const& changed : w.history_of<member_retagged>()) {
        CHECK(
            std::find(changed.remove.begin(), changed.remove.end(), open) == changed.remove.end());
    }
}

TEST_CASE(
    "a home region answers for every region above it and for none beside it", "[member][C07]") {
    winter_world w;
    CHECK(who(w, has("region", "harbin")) == ids{w.an, w.bao, w.jin, w.ning});
    CHECK(who(w, has("region", "heilongjiang")) == ids{w.an, w.chen, w.bao, w.jin, w.ning});
    CHECK(who(w, has("region", "northeast")) ==
        ids{w.an, w.chen, w.dong, w.fang, w.bao, w.jin, w.lan, w.ning, w.ou});
    CHECK(who(w, has("region", "south")) == ids{w.guo, w.hua, w.kai, w.min});
    w.given(retag{w.guo, {{w.tag("region", "changchun")}}, {w.tag("region", "shenzhen")}});
    CHECK(who(w, has("region", "jilin")) == ids{w.dong, w.guo, w.lan});
    CHECK(who(w, has("region", "guangdong")) == ids{w.hua, w.kai, w.min});
}

TEST_CASE("content forms are tags: text and image, video, live", "[member][C08]") {
    winter_world w;
    CHECK(who(w, has("format", "text_image")) == ids{w.bao, w.hua, w.kai, w.ou});
    CHECK(who(w, has("format", "live")) == ids{w.min});
    w.given(retag{w.an, {{w.tag("format", "live")}}, {}});
    CHECK(who(w, has("format", "live") && has("format", "video")) == ids{w.an});
}

TEST_CASE("interests have weights, and the last word counts", "[member][C09]") {
    winter_world w;
    auto const off_road = w.tag("interest", "off_road");
    CHECK(w.person(w.an).tags.weight(off_road) == percent(40));
    w.given(retag{w.an, {{off_road, percent(75)}}, {}});
    CHECK(w.person(w.an).tags.weight(off_road) == percent(75));
    w.given(retag{w.an, {}, {off_road}});
    CHECK(w.person(w.an).tags.weight(off_road) == score{});
    CHECK(who(w, has("interest", "off_road")) == ids{w.min});
}

TEST_CASE("the quality column is small-sample safe and can be required", "[member][C10]") {
    winter_world w;
    CHECK(w.person(w.an).quality() == percent(50));
    w.given(record_outcome{w.an, {}, whole(1), w.now()});
    CHECK(w.person(w.an).quality() == ratio(2, 3)); // one perfect piece is not a record
    // Jin and Kai have three pieces of 0.9 each: (2.7 + 1) / 5.
    CHECK(w.person(w.jin).quality() == percent(74));
    CHECK(who(w, column("quality") >= percent(70)) == ids{w.jin, w.kai});
    CHECK(who(w, column("outcomes") >= 1) == ids{w.an, w.jin, w.kai});
}

TEST_CASE("the stage is a tag that follows the relationship", "[member]") {
    winter_world w;
    CHECK(who(w, has("stage", "mature")) == ids{w.jin, w.kai});
    CHECK(w.get<roster>().count(stage::mature) == 2);
    w.given(record_waning{w.jin, waning_reason::other, {}});
    CHECK(who(w, has("stage", "mature")) == ids{w.kai});
    CHECK(who(w, has("stage", "evolving")) == ids{w.jin, w.ning});
    CHECK(w.get<roster>().count(stage::evolving) == 2);
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("the load column follows unfinished work", "[member]") {
    winter_world w;
    w.listed(w.brief(task_id{1}));
    w.given(claim_task{task_id{1}, w.an});
    CHECK(who(w, column("load") >= 1) == ids{w.an});
    w.given(submit_work{submission_id{1}, task_id{1}, w.an, "https://example.org/w"});
    CHECK(who(w, column("load") >= 1).empty());
}

TEST_CASE("a name is personal: it changes no digest", "[member]") {
    scenario a;
    scenario b;
    a.given(enrol{member_id{1}, {1, "An"}, {source::open}, {}});
    b.given(enrol{member_id{1}, {1, "Anne"}, {source::open}, {}});
    CHECK(a.digest() == b.digest());
    CHECK(b.get<roster>().find(member_id{1})->name == "Anne");
}

TEST_CASE("who cannot be entered or changed like this is refused", "[member]") {
    winter_world w;
    auto const video = w.tag("format", "video");
    member_id const anew{77};
    personal_text const name{77, "Qi"};
    auto const mature = w.get<tag_library>().tag_of(stage::mature);
    struct row {
        scenario::command asked;
        errc code;
        std::string subject;
        std::string word;
    };
    for (auto const& [asked, code, about, word] : std::vector<row>{
             {enrol{member_id{}, {0, "Qi"}, {source::open}, {}}, errc::invalid_argument, "member 0",
                 "above 0"},
             {enrol{w.an, {1, "An"}, {source::open}, {}}, errc::already_exists, "member 1",
                 "not enrolled"},
             {enrol{anew, {77, ""}, {source::open}, {}}, errc::invalid_text, "name of member 77",
                 "non-empty"},
             {enrol{anew, {77, std::string(513, 'x')}, {source::open}, {}}, errc::invalid_text,
                 "name of member 77", "512"},
             {enrol{anew, {77, "\xed\xa0\x80"}, {source::open}, {}}, errc::invalid_text,
                 "enrol.name", "UTF-8"},
             {enrol{anew, {1, "Qi"}, {source::open}, {}}, errc::invalid_argument,
                 "name of member 77", "belong"},
             {enrol{anew, name, {}, {}}, errc::invalid_argument, "sources of member 77", "both"},
             {enrol{anew, name, {static_cast<source>(9)}, {}}, errc::invalid_argument,
                 "enrol.sources[0]", "named"},
             {enrol{anew, name, {source::open}, {{tag_id{}}}}, errc::unknown_id, "tag 0", "known"},
             {enrol{anew, name, {source::open}, {{tag_id{999}}}}, errc::unknown_id, "tag 999",
                 "known"},
             {enrol{anew, name, {source::open}, {{video, {}}}}, errc::invalid_argument,
                 "tag format:video", "weight"},
             {enrol{anew, name, {source::open}, {{video, percent(101)}}}, errc::invalid_argument,
                 "tag format:video", "weight"},
             {enrol{anew, name, {source::open}, {{video, -whole(1)}}}, errc::invalid_argument,
                 "tag format:video", "weight"},
             {enrol{anew, name, {source::open}, {{mature}}}, errc::invalid_argument,
                 "tag stage:mature", "kept"},
             {retag{w.nobody, {{video}}, {}}, errc::unknown_id, "member 999", "known"},
             {retag{member_id{}, {{video}}, {}}, errc::unknown_id, "member 0", "known"},
             {retag{w.an, {{tag_id{999}}}, {}}, errc::unknown_id, "tag 999", "known"},
             {retag{w.an, {}, {tag_id{999}}}, errc::unknown_id, "tag 999", "known"},
             {retag{w.an, {{mature}}, {}}, errc::invalid_argument, "tag stage:mature", "kept"},
             {retag{w.an, {}, {mature}}, errc::invalid_argument, "tag stage:mature", "kept"},
             {retag{w.an, {{video, percent(200)}}, {}}, errc::invalid_argument, "tag format:video",
                 "weight"},
         }) {
        INFO(about << " / " << word);
        CHECK_NOTHROW(w.refuses(asked, code, about, word));
    }
}

} // namespace
