// SPDX-License-Identifier: BSL-1.0
#include <koc/exchange/export.hpp>
#include <koc/exchange/import.hpp>
#include <koc/exchange/tables.hpp>

#include "support/catch.hpp"
#include "support/scenario.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using koc_test::scenario;
using koc_test::winter_world;
using strings = std::vector<std::string>;

/// Brings a CSV file in, as an operator at the scenario's time.
koc::import_report bring_in(scenario& world, koc::exchange_table const& table,
    std::string_view text, koc::import_options options = {},
    std::vector<koc::constant_cell> constants = {}) {
    options.with = world.asked();
    koc::csv_rows rows{koc::csv_reader{koc::text_source{text}}, table.form, world.engine().tags(),
        std::move(constants)};
    return koc::import_rows(world.engine(), rows, table, options);
}
strings lines_of(std::vector<koc::row_note> const& notes) {
    strings found;
    for (auto const& note : notes) {
        found.push_back(koc::to_string("f", note));
    }
    return found;
}

std::string_view const people = "member,name,sources,tags,contact\n"
                                "101,Li Fang,open,region:harbin|interest:life=0.5,li@example.org\n"
                                "102,\"Wu, \"\"Ice\"\"\",open|owned,,\n"
                                "103,Zhao,owned,format:video,zhao@example.org\n";

TEST_CASE("a file of people comes in, and a second time changes nothing", "[E25][exchange]") {
    winter_world world;
    auto const before = world.journal().size();
    auto const report = bring_in(world, koc::members_table(), people);
    CHECK(koc::to_string(report) == "rows 3, taken 3, repeated 0, known 0, refused 0, suspected 0");
    CHECK(report.kept);
    CHECK(world.journal().size() == before + 3);
    auto const& li = world.at(koc::member_id{101});
    CHECK(li.name == koc::personal_text{101, "Li Fang"});
    CHECK(li.tags.weight(world.tag("interest", "life")) == koc::percent(50));
    CHECK(world.at(koc::member_id{102}).name.text == "Wu, \"Ice\"");
    CHECK(world.at(koc::member_id{102}).sources.size() == 2);

    auto const digest = world.digest();
    world.wait(koc::days(1));
    auto const again = bring_in(world, koc::members_table(), people);
    CHECK(koc::to_string(again) == "rows 3, taken 0, repeated 3, known 0, refused 0, suspected 0");
    CHECK(world.journal().size() == before + 3);
    CHECK(world.digest() == digest);
    CHECK(world.digest_of_replay() == digest);

    // Long after, when the requests are forgotten, they are still known.
    for (int i = 0; i < 2; ++i) {
        world.wait(koc::days(300)).given(koc::define_facet{{"later" + std::to_string(i)}});
    }
    auto const later = bring_in(world, koc::members_table(), people);
    CHECK(koc::to_string(later) == "rows 3, taken 0, repeated 0, known 3, refused 0, suspected 0");
    CHECK(lines_of(later.duplicates)[0] ==
        "f:2:1: member: member 101: expected somebody who is not enrolled yet");
}

TEST_CASE("signals, objectives, topics, tasks, handles and outcomes come in by their columns",
    "[E25][exchange]") {
    winter_world world;
    auto const taken = [&](koc::exchange_table const& table, std::string_view text) {
        auto const report = bring_in(world, table, text);
        CAPTURE(lines_of(report.problems), lines_of(report.duplicates));
        if (report.stopped) {
            FAIL(report.stopped->subject + ": " + report.stopped->expected);
        }
        CHECK(report.refused == 0);
        CHECK(bring_in(world, table, text).taken == 0);
        return report.taken;
    };
    CHECK(taken(koc::members_table(), people) == 3);
    CHECK(taken(koc::handles_table(),
              "member,platform,handle\n101,weibo,lifang\n101,weibo,li_fang\n103,crm,A-17\n") == 3);
    CHECK(world.ask(koc::find_by_handle{"weibo", "LiFang"}) == koc::member_id{101});
    CHECK(taken(koc::contents_table(),
              "signal,person,depth,originality,relevance,view,at\n"
              "1,201,0.8,0.5,1,praise,2026-01-01T08:00:00+08:00\n2,201,0.1,0.2,0.3,mixed,\n") == 2);
    CHECK(world.history_of<koc::content_reported>()[0].at ==
        *koc::from_iso8601("2026-01-01T00:00:00Z"));
    CHECK(
        taken(koc::contributions_table(), "signal,person,kind,times\n11,201,interacted,5\n") == 1);
    CHECK(taken(koc::objectives_table(),
              "objective,title,rubric\n2,Trust the brakes,depth=0.5|visual=0.5\n") == 1);
    CHECK(world.at(koc::objective_id{2}).plan.pass_at == koc::percent(60));
    CHECK(taken(koc::topics_table(), "topic,objective,title\n2,2,Braking on ice\n") == 1);
    CHECK(taken(koc::tasks_table(),
              "task,topic,title,wanted,needs,seats,due_at,base_reward\n"
              "5,2,Brake on ice,interest:technology=0.5,\"{\"\"tag\"\":\"\"region:northeast\"\"}\","
              "3,2026-02-01T00:00:00Z,50000\n") == 1);
    CHECK(koc::to_string(world.at(koc::task_id{5}).brief.needs) == "region:northeast");
    CHECK(taken(koc::outcomes_table(),
              "member,tags,quality,at\n101,interest:life,0.9,2025-12-01\n"
              "101,interest:life,0.9,2025-12-02\n") == 2);
    CHECK(world.at<koc::track_record_entry>(koc::member_id{101}).outcomes == 2);
}

TEST_CASE("who is twice in a file, or in the programme already, is found", "[E25][exchange]") {
    winter_world world;
    auto const report = bring_in(world, koc::members_table(),
        "member,name,sources\n1,An,open\n101,Li,open\n101,Li,open\n101,Wu,open\n102,Zhao,open\n");
    CHECK(koc::to_string(report) == "rows 5, taken 2, repeated 1, known 1, refused 1, suspected 0");
    CHECK(lines_of(report.duplicates) ==
        strings{"f:2:1: member: member 1: expected somebody who is not enrolled yet",
            "f:4:1: expected each row once, but line 3 is the same; remove one"});
    CHECK(lines_of(report.problems) ==
        strings{"f:5:1: member: expected one row about each, but line 3 is about the same and says "
                "something else; keep one"});

    auto const handles = bring_in(world, koc::handles_table(),
        "member,platform,handle\n101,weibo,li\n102,Weibo,LI\n102,crm,7\n");
    CHECK(
        koc::to_string(handles) == "rows 3, taken 2, repeated 0, known 1, refused 0, suspected 0");
    CHECK(lines_of(handles.duplicates)[0].find("it is that of member 101") != std::string::npos);
}

TEST_CASE("the same name with the same contact is a suspicion, and held where that is asked for",
    "[E25][exchange]") {
    winter_world world;
    world.given(koc::link_handle{world.an, "mail", {1, "an@example.org"}});
    std::string_view const text = "member,name,sources,contact\n"
                                  "101,A N,open,AN@example.org\n"
                                  "102,Li,open,139 0000\n"
                                  "103,li,open,1390000\n"
                                  "104,Li,open,\n"
                                  "105,Li,open,138 0000\n";
    auto const held = bring_in(world, koc::members_table(), text,
        {.mode = koc::import_mode::preview, .hold_suspects = true});
    CHECK(koc::to_string(held) == "rows 5, taken 3, repeated 0, known 0, refused 2, suspected 2");
    auto const report = bring_in(world, koc::members_table(), text);
    CHECK(koc::to_string(report) == "rows 5, taken 5, repeated 0, known 0, refused 0, suspected 2");
    CHECK(lines_of(report.suspicions) ==
        strings{"f:2:5: name: expected somebody new, but member 1 has the same name and contact; "
                "look whether they are one",
            "f:4:5: name: expected somebody new, but member 102 on line 3 has the same name and "
            "contact; look whether they are one"});

    // Nobody is suspected to be themselves.
    world.given(koc::link_handle{koc::member_id{105}, "phone", {105, "1380000"}});
    auto const again = bring_in(world, koc::members_table(),
        "member,name,sources,contact\n105,Li,open,138 0000\n", {.hold_suspects = true});
    CHECK(koc::to_string(again) == "rows 1, taken 0, repeated 1, known 0, refused 0, suspected 0");
}

TEST_CASE("a preview, and an import of all or nothing that is refused, change nothing",
    "[E25][exchange]") {
    winter_world world;
    auto const digest = world.digest();
    auto const head = world.engine().head();
    auto const preview =
        bring_in(world, koc::members_table(), people, {.mode = koc::import_mode::preview});
    CHECK(preview.taken == 3);
    CHECK_FALSE(preview.kept);
    auto const bad = std::string{people} + "104,,open,,\n";
    auto const refused = bring_in(world, koc::members_table(), bad,
        {.mode = koc::import_mode::all_or_nothing, .group_max = 2});
    CHECK(
        koc::to_string(refused) == "rows 4, taken 3, repeated 0, known 0, refused 1, suspected 0");
    CHECK_FALSE(refused.kept);
    CHECK(world.digest() == digest);
    CHECK(world.engine().head() == head);

    auto const whole = bring_in(world, koc::members_table(), people,
        {.mode = koc::import_mode::all_or_nothing, .group_max = 2});
    CHECK(whole.kept);
    CHECK(world.engine().head().position == head.position + 3);
}

TEST_CASE("rows come in groups, and progress is told", "[E25][exchange]") {
    winter_world world;
    std::string text = "member,name,sources\n";
    for (int i = 0; i < 10; ++i) {
        text += std::to_string(200 + i) + ",Li,open\n";
    }
    std::vector<std::pair<std::uint64_t, std::uint64_t>> told;
    auto const report = bring_in(world, koc::members_table(), text,
        {.group_max = 4, .progress = [&](koc::import_progress const& at) {
             told.emplace_back(at.rows, at.bytes);
         }});
    CHECK(report.taken == 10);
    CHECK(told ==
        std::vector<std::pair<std::uint64_t, std::uint64_t>>{
            {4, text.size()}, {8, text.size()}, {10, text.size()}});
}

TEST_CASE("a bad row leaves nothing, is named by line, column and reason, and the others go on",
    "[E25][refusal][exchange]") {
    winter_world world;
    auto const head = world.engine().head().position;
    auto const report = bring_in(world, koc::members_table(),
        "member,name,sources,tags\n"
        "x,Li,open,\n"
        "102,,open,\n"
        "103,\"Li\",open\n"
        "104,Li,opn,\n"
        "105,Li,open,region:harbn\n"
        "106,\"Li,open,\n"
        "107,\"Li\"x,open,\n"
        "108,L\xFFi,open,\n"
        "109,Li,,\n"
        "110,Li,open,region:harbin=2\n"
        "111,Li,open,region:harbin\n");
    CHECK(report.rows == 11);
    CHECK(report.taken == 1);
    CHECK(report.refused == 10);
    CHECK(world.engine().head().position == head + 1);
    CHECK(world.engine().find(koc::member_id{111}) != nullptr);
    CHECK(lines_of(report.problems) ==
        strings{
            "f:2:1: member: expected a whole number between 0 and 18446744073709551615, not 'x'",
            "f:3:5: name: name of member 102: expected a non-empty text; fill it in",
            "f:4:1: expected 4 fields, as the header has, not 3",
            "f:5:8: sources: expected one of: open, owned, not 'opn'",
            "f:6:13: tags: expected a known tag, such as region:harbin, not 'region:harbn'; define "
            "it first or correct it",
            "f:8:6: name: expected a delimiter or the end of the line after a closing quotation "
            "mark; double those within the field",
            "f:8:9: name: expected a delimiter or the end of the line after a closing quotation "
            "mark; double those within the field",
            "f:9:6: name: expected characters of the file's encoding; save the file again, or name "
            "the encoding that it has",
            "f:10:8: sources: sources of member 109: expected where they were found: open, owned "
            "or both",
            lines_of(report.problems).back()});
    CHECK(lines_of(report.problems).back().starts_with("f:11:1: "));
}

TEST_CASE(
    "a file that does not fit is refused before anything happens", "[E25][refusal][exchange]") {
    winter_world world;
    auto const digest = world.digest();
    auto const stopped = [&](koc::exchange_table const& table, std::string_view text) {
        auto const report = bring_in(world, table, text);
        CHECK(world.digest() == digest);
        CHECK_FALSE(report.kept);
        REQUIRE(report.stopped);
        return report.stopped->subject + ": " + report.stopped->expected;
    };
    CHECK(stopped(koc::members_table(), "member,nme,sources\n101,Li,open\n") ==
        "column 'nme': expected only the columns member, name, sources, tags, contact; remove it "
        "or correct its name");
    CHECK(stopped(koc::members_table(), "member,name\n101,Li\n") ==
        "column 'sources': expected this column; add it, or say what it is in all rows; known are "
        "member, name, sources, tags, contact");
    CHECK(stopped(koc::members_table(), "").starts_with("header: "));

    auto const none = bring_in(world, koc::members_table(), people, {.group_max = 0});
    REQUIRE(none.stopped);
    CHECK(none.stopped->subject == "import_options.group_max");
    CHECK(none.rows == 0);
    CHECK(world.digest() == digest);

    auto const early = bring_in(world.wait(koc::days(-1)), koc::members_table(), people);
    CHECK(early.refused == 3);
    CHECK(lines_of(early.problems)[0].find("expected an instant not long before") !=
        std::string::npos);
}

/// A journal whose disk is full from its N-th append on.
class filling_journal {
public:
    filling_journal(koc_test::shared_journal to, int appends)
        : to_{std::move(to)}, left_{appends} {}

    [[nodiscard]] koc::result<koc::journal_head> head() const { return to_.head(); }
    koc::result<koc::journal_head> append(
        koc::journal_head expected, std::span<koc::batch const> batches) {
        if (left_-- <= 0) {
            return koc::error{koc::errc::unavailable, "journal", "expected room on the disk"};
        }
        return to_.append(expected, batches);
    }
    koc::result<void> read(std::uint64_t from, std::size_t limit, koc::event_types const& types,
        std::vector<koc::envelope>& out) const {
        return to_.read(from, limit, types, out);
    }

private:
    koc_test::shared_journal to_;
    int left_;
};

std::string many_people(int count) {
    std::string text = "member,name,sources\n";
    for (int i = 1; i <= count; ++i) {
        text += std::to_string(i) + ",Li,open\n";
    }
    return text;
}
koc::import_report bring_people_in(
    koc::engine& into, std::string_view text, std::size_t group_max) {
    auto const table = koc::members_table();
    koc::csv_rows rows{koc::csv_reader{koc::text_source{text}}, table.form, into.tags()};
    koc::import_options options;
    options.with.now = koc::instant{1};
    options.group_max = group_max;
    return koc::import_rows(into, rows, table, options);
}

TEST_CASE("where the journal fails what earlier groups recorded stays, and importing again goes on",
    "[E25][refusal][exchange]") {
    koc_test::shared_journal const journal;
    auto const text = many_people(10);
    {
        koc::engine first{filling_journal{journal, 2}};
        auto const report = bring_people_in(first, text, 3);
        REQUIRE(report.stopped);
        CHECK(report.stopped->expected == "expected room on the disk");
        CHECK(report.taken == 6);
        CHECK(report.kept);
        CHECK(first.find(koc::member_id{6}) != nullptr);
        CHECK(first.find(koc::member_id{7}) == nullptr);
    }
    koc::engine second{journal};
    auto const report = bring_people_in(second, text, 3);
    CHECK(
        koc::to_string(report) == "rows 10, taken 4, repeated 6, known 0, refused 0, suspected 0");
    koc::engine third{journal};
    REQUIRE(third.catch_up());
    CHECK(third.state_digest() == second.state_digest());
}

TEST_CASE("with another writer on the journal each row is taken once", "[E25][exchange]") {
    koc_test::shared_journal const journal;
    auto const text = many_people(9);
    koc::engine one{journal};
    koc::engine other{journal};
    auto const table = koc::members_table();
    koc::csv_rows rows{koc::csv_reader{koc::text_source{text}}, table.form, one.tags()};
    koc::import_options options;
    options.with.now = koc::instant{1};
    options.group_max = 3;
    bool once = true;
    options.progress = [&](koc::import_progress const& at) {
        // The rows of the next group, of which one says something else.
        if (at.rows == 3 && std::exchange(once, false)) {
            CHECK(bring_people_in(other, many_people(5), 100).taken == 2);
            CHECK(other.handle(koc::enrol{koc::member_id{6}, {6, "Wu"}, {koc::source::owned}, {}},
                {koc::instant{1}}));
        }
    };
    auto const report = koc::import_rows(one, rows, table, options);
    CHECK(koc::to_string(report) == "rows 9, taken 6, repeated 2, known 1, refused 0, suspected 0");
    CHECK(one.find(koc::member_id{6})->name.text == "Wu");
    REQUIRE(other.catch_up());
    CHECK(one.state_digest() == other.state_digest());
}

} // namespace
