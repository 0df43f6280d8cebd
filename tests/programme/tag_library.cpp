// SPDX-License-Identifier: BSL-1.0
#include <koc/programme/tag_library.hpp>

#include "journal/journals.hpp"
#include "support/catch.hpp"
#include "support/scenario.hpp"

#include <koc/engine/instantiate.hpp>
#include <koc/json/decoder.hpp>
#include <koc/registry/registry.hpp>
#include <koc/tag/requirement_plan.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <string>
#include <utility>
#include <vector>

// A programme of the tag library and one small aspect, which searches pages by their tags and keeps
// a facet; and the same a release later.

namespace tag_library_test {

struct page;
struct page_kind {
    [[maybe_unused]] static constexpr char const* noun = "page";
    using record = page;
};
using page_id = koc::id<page_kind>;

/// Gives a page its tags; without any, nothing happens.
struct write_page {
    page_id page;
    std::vector<koc::weighted_tag> tags;
};
BOOST_DESCRIBE_STRUCT(write_page, (), (page, tags))
struct page_written {
    page_id page;
    std::vector<koc::weighted_tag> tags;
};
BOOST_DESCRIBE_STRUCT(page_written, (), (page, tags))
/// Asks whether these can be the subjects of the work called `name`.
struct name_subjects {
    std::string name;
    std::vector<koc::tag_id> subjects;
    using answer = bool;
};
BOOST_DESCRIBE_STRUCT(name_subjects, (), (name, subjects))
struct find_pages {
    koc::requirement needs;
    using answer = std::vector<page_id>;
};
BOOST_DESCRIBE_STRUCT(find_pages, (), (needs))

inline namespace today {
enum class paper : std::uint8_t { plain, glossy };
BOOST_DESCRIBE_ENUM(paper, plain, glossy)
} // namespace today
namespace tomorrow {
enum class paper : std::uint8_t { plain, recycled, glossy };
BOOST_DESCRIBE_ENUM(paper, plain, recycled, glossy)
enum class ink : std::uint8_t { black, colour };
BOOST_DESCRIBE_ENUM(ink, black, colour)
} // namespace tomorrow

struct page {
    page_id id;
    koc::tag_set tags;
    today::paper on = today::paper::glossy;
};
BOOST_DESCRIBE_STRUCT(page, (), (id, tags, on))
/// What tomorrow's programme derives from the same events.
struct printed_page {
    page_id id;
    tomorrow::paper on = tomorrow::paper::glossy;
    tomorrow::ink with = tomorrow::ink::colour;
};
BOOST_DESCRIBE_STRUCT(printed_page, (), (id, on, with))

class pages : public koc::aspect<pages> {
public:
    using events = koc::event_list<page_written>;
    using commands = koc::command_list<write_page>;
    using queries = koc::query_list<name_subjects, find_pages>;
    using reads = koc::aspect_list<koc::tag_library>;

    koc::result<void> decide(write_page const& command, context& in) const {
        KOC_TRY(in.get<koc::tag_library>().check_assignable(command.tags));
        if (!command.tags.empty()) {
            in.record(page_written{command.page, command.tags});
        }
        return {};
    }
    koc::result<bool> answer(name_subjects const& asked, world const& in) const {
        KOC_TRY(in.get<koc::tag_library>().check_subjects(asked.name, asked.subjects));
        return true;
    }
    koc::result<std::vector<page_id>> answer(find_pages const& asked, world const& in) const {
        auto const leave =
            in.rules<koc::tag_library_rules>().sensitive == koc::sensitive_tags::allowed;
        auto const plan = koc::requirement_plan::compile(
            asked.needs, pages_.vocabulary(in.get<koc::tag_library>().tags(), leave));
        if (!plan) {
            return plan.error();
        }
        std::vector<page_id> found;
        for (std::size_t w = 0; w * koc::word_bits < pages_.slot_count(); ++w) {
            koc::for_each_slot(w, plan->filter(pages_, w, pages_.live_word(w)),
                [&](koc::slot s) { found.push_back(pages_.id_at(s)); });
        }
        return found;
    }
    void apply(page_written const& event, world const&) {
        pages_.put(event.page, [&](page& p) { p.tags = koc::tag_set{event.tags}; });
    }

private:
    koc::registry<page> pages_;
    BOOST_DESCRIBE_CLASS(pages, (), (), (), (pages_))
};
/// Keeps what kind of paper a page is printed on.
class print : public koc::aspect<print> {
public:
    using kept = koc::kept_list<koc::kept_tag<&page::on>>;
    BOOST_DESCRIBE_CLASS(print, (), (), (), ())
};
/// The same, with one more enumerator and one more facet.
class print_in_colour : public koc::aspect<print_in_colour> {
public:
    using follows = koc::event_list<page_written>;
    using kept =
        koc::kept_list<koc::kept_tag<&printed_page::on>, koc::kept_tag<&printed_page::with>>;

    void apply(page_written const& event, world const&) {
        pages_.put(event.page, [](printed_page&) {});
    }

private:
    koc::table<printed_page> pages_;
    BOOST_DESCRIBE_CLASS(print_in_colour, (), (), (), (pages_))
};

struct library {
    struct rules {};
    using aspects = koc::aspect_list<koc::tag_library, pages, print>;
};
struct library_tomorrow {
    struct rules {};
    using aspects = koc::aspect_list<koc::tag_library, pages, print_in_colour>;
};

} // namespace tag_library_test

template koc::programme_parts koc::include_instantiate_hpp<tag_library_test::library>();
template koc::programme_parts koc::include_instantiate_hpp<tag_library_test::library_tomorrow>();

using namespace koc;
using namespace tag_library_test;
using koc_test::scenario;

namespace {

std::string const too_long(name_length_max + 1, 'x');

/// Today's library, with a few regions, formats and a sensitive facet.
struct library_scenario : scenario {
    library_scenario()
        : scenario{[](any_journal j) { return engine::of<library>(std::move(j)); }} {}

    [[nodiscard]] tag_id tag(char const* facet, char const* key) const {
        return engine().tags().find(facet, key).value();
    }
};
struct full_library : library_scenario {
    full_library() {
        given(define_facet{{"region"}}, define_facet{{"format"}}, define_facet{{"interest"}},
            define_facet{{"style", true}},
            define_tags{{{"region", "northeast", "", {}}, {"region", "harbin", "", {"northeast"}},
                {"format", "video", "", {}}, {"interest", "life", "", {}},
                {"style", "warm", "", {}}}});
    }
};

TEST_CASE("facets that aspects keep are recorded with the first command", "[programme]") {
    library_scenario s;
    CHECK_FALSE(s.engine().tags().find_facet("paper"));
    s.given(define_facet{{"region"}});
    CHECK(to_string(s.engine().tags().name(s.tag("paper", "glossy"))) == "paper:glossy");
    REQUIRE(s.recorded<facet_kept>().size() == 1);
    CHECK(s.recorded<facet_kept>().front().keys == std::vector<std::string>{"plain", "glossy"});
    s.given(define_facet{{"format"}});
    CHECK(s.recorded<facet_kept>().empty());
    CHECK(s.digest() == s.digest_of_replay());
}

TEST_CASE("a tag may stand under an earlier one of the same command", "[programme][C07]") {
    library_scenario s;
    s.given(define_facet{{"region"}},
        define_tags{{{"region", "north", "", {}}, {"region", "city", "City", {"north"}}}});
    auto const& tags = s.engine().tags();
    CHECK(tags.covers(s.tag("region", "north"), s.tag("region", "city")));
    CHECK(s.recorded<tags_defined>().size() == 1);
    s.given(write_page{page_id{1}, {{s.tag("region", "city")}}});
    CHECK(s.ask(find_pages{has("region", "north")}) == std::vector{page_id{1}});
}

TEST_CASE("tags come all together or not at all", "[programme]") {
    library_scenario s;
    s.given(define_facet{{"region"}});
    s.refuses(define_tags{{{"region", "north", "", {}}, {"region", "city", "", {"nowhere"}}}},
        errc::unknown_id, "tag region:city", "'nowhere'");
    CHECK_FALSE(s.engine().tags().find("region", "north"));
}

TEST_CASE("a facet that does not fit the vocabulary is refused and names itself", "[programme]") {
    full_library s;
    struct row {
        std::string name;
        errc code;
        std::string subject;
        std::string word;
    };
    for (auto const& [name, code, about, word] : std::vector<row>{
             {"", errc::invalid_text, "facet", "non-empty"},
             {too_long, errc::invalid_text, "facet", "at most 512"},
             {"a\xff", errc::invalid_text, "define_facet.facet.name", "UTF-8"},
             {"a\x01", errc::invalid_text, "define_facet.facet.name", "control"},
             {"region", errc::already_exists, "facet region", "new"},
             {"paper", errc::already_exists, "facet paper", "new"},
             {"a:b", errc::invalid_text, "facet a:b", "without a colon"},
             {"a\nb", errc::invalid_text, "facet", "U+000A"},
             {"a\xe2\x80\xae", errc::invalid_text, "facet", "U+202E"},
             {"\xc2\xa0", errc::invalid_text, "facet", "blanks"},
         }) {
        INFO(about << " / " << word);
        CHECK_NOTHROW(s.refuses(define_facet{{name}}, code, about, word));
    }
}

TEST_CASE("tags that do not fit the vocabulary are refused and name themselves",
    "[programme][C07][refusal]") {
    full_library s;
    struct row {
        std::vector<tag_definition> tags;
        errc code;
        std::string subject;
        std::string word;
    };
    for (auto const& [tags, code, about, word] : std::vector<row>{
             {{}, errc::invalid_argument, "define_tags", "at least one"},
             {{{"region", "", "", {}}}, errc::invalid_text, "facet region", "non-empty"},
             {{{"region", too_long, "", {}}}, errc::invalid_text, "facet region", "512"},
             {{{"region", "\xc3", "", {}}}, errc::invalid_text, ".tags[0].key", "UTF-8"},
             {{{"climate", "cold", "", {}}}, errc::unknown_id, "tag climate:cold", "facet"},
             {{{"region", "harbin", "", {}}}, errc::already_exists, "tag region:harbin", "new"},
             {{{"region", "a", "", {}}, {"region", "a", "", {}}}, errc::already_exists,
                 "tag region:a", "once"},
             {{{"region", "a", "", {"a"}}}, errc::unknown_id, "tag region:a", "before it"},
             {{{"region", "a", "", {"b"}}, {"region", "b", "", {}}}, errc::unknown_id,
                 "tag region:a", "before it"},
             {{{"region", "a", "", {"video"}}}, errc::unknown_id, "tag region:a", "'video'"},
             {{{"region", "a\xe2\x80\x8b", "", {}}}, errc::invalid_text, "tag of facet region",
                 "U+200B"},
             {{{"region", "a", "one\ntwo", {}}}, errc::invalid_text, "label of tag region:a",
                 "U+000A"},
             {{{"re\ngion", "a", "", {}}}, errc::unknown_id, "tag re\\ngion:a", "facet"},
             {{{"region", "a", "", {"x\ny"}}}, errc::unknown_id, "tag region:a", "'x\\ny'"},
             {{{"paper", "torn", "", {}}}, errc::invalid_argument, "facet paper", "kept"},
         }) {
        INFO(about << " / " << word);
        CHECK_NOTHROW(s.refuses(define_tags{tags}, code, about, word));
    }
    CHECK(s.digest() == s.digest_of_replay());
}

TEST_CASE("only tags that nobody keeps are given by hand, with a weight up to 1", "[programme]") {
    full_library s;
    auto const video = s.tag("format", "video");
    s.given(write_page{page_id{1}, {{video, percent(1)}}});
    s.refuses(write_page{page_id{1}, {{tag_id{}, whole(1)}}}, errc::unknown_id, "tag 0");
    s.refuses(write_page{page_id{1}, {{tag_id{9999}, whole(1)}}}, errc::unknown_id, "tag 9999");
    s.refuses(write_page{page_id{1}, {{s.tag("paper", "glossy")}}}, errc::invalid_argument,
        "tag paper:glossy", "not kept");
    for (auto weight : {score{}, -whole(1), whole(1) + score{1}}) {
        s.refuses(write_page{page_id{1}, {{video, weight}}}, errc::invalid_argument,
            "tag format:video", "above 0 and at most 1");
    }
}

TEST_CASE("the subjects of one piece of work are known tags, each once", "[programme]") {
    full_library s;
    auto const video = s.tag("format", "video");
    auto const life = s.tag("interest", "life");
    auto const ask = [&](std::vector<tag_id> subjects) {
        return s.engine().ask(name_subjects{"work", std::move(subjects)}, s.asked());
    };
    CHECK(ask({}).has_value());
    CHECK(ask({life, video}).has_value());
    CHECK(ask({video, tag_id{9999}}).error().subject == "tag 9999");
    CHECK(ask({video, life, video}).error().subject == "work");
    CHECK(ask({video, life, video}).error().expected ==
        "expected each tag once, not format:video again");
}

TEST_CASE("the digest tells vocabularies apart", "[programme]") {
    library_scenario a;
    library_scenario b;
    a.given(define_facet{{"region"}});
    b.given(define_facet{{"region", true}});
    CHECK(a.digest() != b.digest());
    CHECK(a.digest() == a.digest_of_replay());
}

TEST_CASE("a sensitive tag is used once the rules allow it", "[programme][C11]") {
    full_library s;
    s.given(write_page{page_id{1}, {{s.tag("style", "warm")}}},
        write_page{page_id{2}, {{s.tag("format", "video")}}});
    s.given(adopt<tag_library_rules>{{sensitive_tags::allowed}});
    CHECK(s.ask(find_pages{has("style", "warm")}) == std::vector{page_id{1}});
    CHECK(s.digest() == s.digest_of_replay());
}

TEST_CASE("a sensitive tag is refused as long as the rules do not allow it",
    "[programme][C11][refusal]") {
    full_library s;
    s.given(write_page{page_id{1}, {{s.tag("style", "warm")}}});
    auto const before = s.digest();
    for (auto const& needs : {has("style", "warm"), !has("style", "warm"),
             has("region", "harbin") || has("style", "warm")}) {
        auto const refused = s.engine().ask(find_pages{needs}, s.asked());
        REQUIRE(!refused);
        CHECK(refused.error().code == errc::not_qualified);
        CHECK(refused.error().subject.find("style:warm") != std::string::npos);
        CHECK(refused.error().expected.find("sensitive") != std::string::npos);
    }
    CHECK(s.digest() == before);
    s.given(adopt<tag_library_rules>{{sensitive_tags::allowed}},
        adopt<tag_library_rules>{{sensitive_tags::refused}});
    CHECK(!s.engine().ask(find_pages{has("style", "warm")}, s.asked()));
}

// Journals that outlive the release that wrote them

using coded = coded_journal<journal_test::vector_log, json_decoder>;

asked at(std::int64_t minute) { return {{minute * 60'000}}; }

/// A journal of today's library: a region, and two pages.
journal_test::vector_log written_today() {
    journal_test::vector_log log;
    auto e = engine::of<library>(coded{log});
    REQUIRE(e.handle(define_facet{{"region"}}, at(0)).has_value());
    REQUIRE(e.handle(define_tags{{{"region", "harbin", "", {}}}}, at(1)).has_value());
    auto const harbin = *e.tags().find("region", "harbin");
    REQUIRE(e.handle(write_page{page_id{1}, {{harbin}}}, at(2)).has_value());
    REQUIRE(e.handle(write_page{page_id{2}, {{harbin}}}, at(3)).has_value());
    return log;
}

TEST_CASE("a release that keeps more facets and keys reads old tags as they were recorded",
    "[programme][K4]") {
    auto const log = written_today();
    auto const rows_before = *log.rows;
    auto e = engine::of<library_tomorrow>(coded{log});
    REQUIRE(e.catch_up().has_value());
    CHECK(*log.rows == rows_before); // reading writes nothing
    CHECK(*e.tags().find("paper", "plain") == tag_id{1});
    CHECK(*e.tags().find("paper", "glossy") == tag_id{2});
    CHECK(*e.tags().find("region", "harbin") == tag_id{3});
    CHECK_FALSE(e.tags().find_facet("ink"));
    CHECK(e.ask(find_pages{has("paper", "glossy")}, at(4))->size() == 2);

    REQUIRE(e.handle(define_facet{{"format"}}, at(4)).has_value());
    std::vector<facet_kept> added;
    for (auto i = rows_before.size(); i < log.rows->size(); ++i) {
        auto const& row = (*log.rows)[i];
        if (row.type == "facet_kept") {
            added.emplace_back();
            REQUIRE(
                json_decoder{}.read(shape_of<facet_kept>, row.payload, &added.back()).has_value());
        }
    }
    REQUIRE(added.size() == 2);
    CHECK(added[0].facet == "paper");
    CHECK(added[0].keys == std::vector<std::string>{"recycled"});
    CHECK(added[1].facet == "ink");
    CHECK(added[1].keys == std::vector<std::string>{"black", "colour"});
    CHECK(*e.tags().find("paper", "glossy") == tag_id{2});
    CHECK(*e.tags().find("paper", "recycled") == tag_id{4});
    // Pages that were there before the facet are found by it.
    CHECK(e.ask(find_pages{has("ink", "colour")}, at(5)).value() ==
        std::vector{page_id{1}, page_id{2}});

    auto again = engine::of<library_tomorrow>(coded{log});
    REQUIRE(again.catch_up().has_value());
    CHECK(again.state_digest() == e.state_digest());
    CHECK(again.ask(find_pages{has("ink", "colour")}, at(5))->size() == 2);
}

TEST_CASE("a command that comes to nothing keeps no facet that the journal does not have",
    "[programme][K4]") {
    auto const log = written_today();
    auto e = engine::of<library_tomorrow>(coded{log});
    REQUIRE(e.handle(write_page{page_id{3}, {}}, at(4)).has_value());
    CHECK_FALSE(e.tags().find_facet("ink"));
    REQUIRE(e.handle(define_facet{{"format"}}, at(5)).has_value());
    auto again = engine::of<library_tomorrow>(coded{log});
    REQUIRE(again.catch_up().has_value());
    CHECK(again.tags().find_facet("ink").has_value());
    CHECK(again.state_digest() == e.state_digest());
}

TEST_CASE("a facet that was defined by hand is the programme's own once an aspect keeps it",
    "[programme][K4]") {
    journal_test::vector_log log;
    auto old = engine::of<library>(coded{log});
    REQUIRE(old.handle(define_facet{{"ink"}}, at(0)).has_value());
    REQUIRE(
        old.handle(define_tags{{{"ink", "black", "", {}}, {"ink", "colour", "", {"black"}}}}, at(1))
            .has_value());
    auto const black = *old.tags().find("ink", "black");
    REQUIRE(old.handle(write_page{page_id{1}, {{black}}}, at(2)).has_value());

    auto e = engine::of<library_tomorrow>(coded{log});
    auto const refused = e.handle(define_tags{{{"ink", "red", "", {}}}}, at(3));
    REQUIRE(!refused);
    CHECK(refused.error().subject == "facet ink");
    REQUIRE(e.handle(define_facet{{"format"}}, at(4)).has_value());
    CHECK(!e.handle(write_page{page_id{1}, {{black}}}, at(5)));
    CHECK(e.ask(find_pages{has("ink", "black")}, at(5))->size() == 1);
    CHECK(e.ask(find_pages{has("ink", "colour")}, at(5))->size() == 1);
    auto again = engine::of<library_tomorrow>(coded{log});
    REQUIRE(again.catch_up().has_value());
    CHECK(again.state_digest() == e.state_digest());
}

TEST_CASE("a release that does not know a kept key refuses nothing of what is recorded",
    "[programme][K4]") {
    auto const log = written_today();
    auto e = engine::of<library_tomorrow>(coded{log});
    REQUIRE(e.handle(define_facet{{"format"}}, at(4)).has_value());
    auto old = engine::of<library>(coded{log});
    REQUIRE(old.catch_up().has_value());
    CHECK(old.tags().find("paper", "recycled").has_value());
    CHECK(!old.handle(define_tags{{{"ink", "red", "", {}}}}, at(5)));
}

TEST_CASE("every journal gets the same answer to a name that is not one", "[programme][K5]") {
    auto kept = engine::of<library>(memory_journal{});
    auto stored = engine::of<library>(coded{journal_test::vector_log{}});
    auto const same = [&](auto const& command) {
        auto const a = kept.handle(command, at(0));
        auto const b = stored.handle(command, at(0));
        REQUIRE(!a);
        REQUIRE(!b);
        CHECK(a.error() == b.error());
        CHECK(a.error().subject.find('\n') == std::string::npos);
        CHECK(a.error().expected.find('\n') == std::string::npos);
        CHECK(kept.head().position == 0);
        CHECK(stored.head().position == 0);
    };
    for (std::string const name : {"a:b", "a\nb", "a\rb", "a\tb", "\x7f", "\xe2\x80\xae",
             "\xe2\x80\xa8", " ", "\xe3\x80\x80", "\xc3", ""}) {
        same(define_facet{{name}});
        same(define_tags{{{name, "key", "", {}}}});
    }
    REQUIRE(kept.handle(define_facet{{"region"}}, at(0)).has_value());
    REQUIRE(stored.handle(define_facet{{"region"}}, at(0)).has_value());
    for (std::string const key : {"a\nb", "\xe2\x80\xae", " ", "\xc3", ""}) {
        auto const command = define_tags{{{"region", key, "", {}}}};
        CHECK(kept.handle(command, at(0)).error() == stored.handle(command, at(0)).error());
    }
    // A colon parts facet and key; in a key it is a character like any other, and is read back.
    auto const colon = define_tags{{{"region", "a:b", "", {}}}};
    CHECK(kept.handle(colon, at(0)).has_value());
    CHECK(stored.handle(colon, at(0)).has_value());
    CHECK(stored.ask(find_pages{has("region", "a:b")}, at(1)).has_value());
    CHECK(kept.state_digest() == stored.state_digest());
}

} // namespace
