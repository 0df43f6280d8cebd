// SPDX-License-Identifier: BSL-1.0
#include <koc/programme/tag_library.hpp>

#include "support/catch.hpp"
#include "support/scenario.hpp"

#include <string>
#include <vector>

using namespace koc;
using koc_test::scenario;
using koc_test::winter_world;

namespace {

std::string const too_long(name_length_max + 1, 'x');

TEST_CASE("facets that aspects keep are there from the start", "[programme]") {
    scenario s;
    auto const& library = s.get<tag_library>();
    CHECK(to_string(library.tags().name(library.tag_of(stage::mature))) == "stage:mature");
    CHECK(to_string(library.tags().name(library.tag_of(source::owned))) == "source:owned");
    CHECK(library.kept(library.tag_of(stage::alumni)));
}

TEST_CASE("a tag may stand under an earlier one of the same command", "[programme]") {
    scenario s;
    s.given(define_facet{{"region"}},
        define_tags{{{"region", "north", "", {}}, {"region", "city", "City", {"north"}}}});
    auto const& library = s.get<tag_library>();
    auto const north = *library.tags().find("region", "north");
    auto const city = *library.tags().find("region", "city");
    CHECK(library.tags().covers(north, city));
    CHECK_FALSE(library.kept(city));
    CHECK(s.emitted<tags_defined>().size() == 1);
}

TEST_CASE("tags come all together or not at all", "[programme]") {
    scenario s;
    s.given(define_facet{{"region"}});
    s.refuses(define_tags{{{"region", "north", "", {}}, {"region", "city", "", {"nowhere"}}}},
        errc::unknown_id, "tag region:city", "'nowhere'");
    CHECK_FALSE(s.get<tag_library>().tags().find("region", "north"));
}

TEST_CASE("what does not fit the vocabulary is refused and names itself", "[programme]") {
    winter_world s;
    struct row {
        scenario::command asked;
        errc code;
        std::string subject;
        std::string word;
    };
    for (auto const& [asked, code, about, word] : std::vector<row>{
             {define_facet{{""}}, errc::invalid_text, "facet", "non-empty"},
             {define_facet{{too_long}}, errc::invalid_text, "facet", "at most 512"},
             {define_facet{{"a\xff"}}, errc::invalid_text, "define_facet.facet.name", "UTF-8"},
             {define_facet{{"a\x01"}}, errc::invalid_text, "define_facet.facet.name", "control"},
             {define_facet{{"region"}}, errc::already_exists, "facet region", "new"},
             {define_facet{{"stage"}}, errc::already_exists, "facet stage", "new"},
             {define_tags{}, errc::invalid_argument, "define_tags", "at least one"},
             {define_tags{{{"region", "", "", {}}}}, errc::invalid_text, "facet region",
                 "non-empty"},
             {define_tags{{{"region", too_long, "", {}}}}, errc::invalid_text, "facet region",
                 "512"},
             {define_tags{{{"region", "\xc3", "", {}}}}, errc::invalid_text, ".tags[0].key",
                 "UTF-8"},
             {define_tags{{{"climate", "cold", "", {}}}}, errc::unknown_id, "tag climate:cold",
                 "facet"},
             {define_tags{{{"region", "harbin", "", {}}}}, errc::already_exists,
                 "tag region:harbin", "new"},
             {define_tags{{{"region", "a", "", {}}, {"region", "a", "", {}}}}, errc::already_exists,
                 "tag region:a", "once"},
             {define_tags{{{"region", "a", "", {"a"}}}}, errc::unknown_id, "tag region:a",
                 "before it"},
             {define_tags{{{"region", "a", "", {"b"}}, {"region", "b", "", {}}}}, errc::unknown_id,
                 "tag region:a", "before it"},
             {define_tags{{{"region", "a", "", {"video"}}}}, errc::unknown_id, "tag region:a",
                 "'video'"},
             {define_facet{{"a:b"}}, errc::invalid_text, "facet a:b", "without a colon"},
             {define_facet{{"a\nb"}}, errc::invalid_text, "facet", "U+000A"},
             {define_facet{{"a\xe2\x80\xae"}}, errc::invalid_text, "facet", "U+202E"},
             {define_facet{{"\xc2\xa0"}}, errc::invalid_text, "facet", "blanks"},
             {define_tags{{{"region", "a\xe2\x80\x8b", "", {}}}}, errc::invalid_text,
                 "tag of facet region", "U+200B"},
             {define_tags{{{"region", "a", "one\ntwo", {}}}}, errc::invalid_text,
                 "label of tag region:a", "U+000A"},
             {define_tags{{{"re\ngion", "a", "", {}}}}, errc::unknown_id, "tag re\\ngion:a",
                 "facet"},
             {define_tags{{{"region", "a", "", {"x\ny"}}}}, errc::unknown_id, "tag region:a",
                 "'x\\ny'"},
             {define_tags{{{"stage", "famous", "", {}}}}, errc::invalid_argument, "facet stage",
                 "kept"},
             {define_tags{{{"source", "rumour", "", {}}}}, errc::invalid_argument, "facet source",
                 "kept"},
         }) {
        INFO(about << " / " << word);
        CHECK_NOTHROW(s.refuses(asked, code, about, word));
    }
}

TEST_CASE("only tags that nobody keeps are given by hand, with a weight up to 1", "[programme]") {
    winter_world s;
    auto const& library = s.get<tag_library>();
    using tags = std::vector<weighted_tag>;
    CHECK_FALSE(library.check_assignable(tags{{s.tag("format", "video"), percent(1)}}));
    CHECK(library.check_assignable(tags{{tag_id{}, whole(1)}})->code == errc::unknown_id);
    CHECK(library.check_assignable(tags{{tag_id{9999}, whole(1)}})->subject == "tag 9999");
    CHECK(library.check_assignable(tags{{library.tag_of(stage::mature)}})->subject ==
        "tag stage:mature");
    for (auto weight : {score{}, -whole(1), whole(1) + score{1}}) {
        CHECK(library.check_assignable(tags{{s.tag("format", "video"), weight}})->code ==
            errc::invalid_argument);
    }
}

TEST_CASE("the subjects of one piece of work are known tags, each once", "[programme]") {
    winter_world s;
    auto const& library = s.get<tag_library>();
    auto const video = s.tag("format", "video");
    auto const life = s.tag("interest", "life");
    CHECK_FALSE(library.check_subjects("work", {}));
    CHECK_FALSE(library.check_subjects("work", {life, video}));
    CHECK(library.check_subjects("work", {video, tag_id{9999}})->subject == "tag 9999");
    CHECK(library.check_subjects("work", {video, life, video})->expected ==
        "expected each tag once, not format:video again");
}

TEST_CASE("the digest tells vocabularies apart", "[programme]") {
    scenario a;
    scenario b;
    a.given(define_facet{{"region"}});
    b.given(define_facet{{"region", true}});
    CHECK(a.digest() != b.digest());
    CHECK(a.digest() == a.digest_of_replay());
}

} // namespace
