// SPDX-License-Identifier: BSL-1.0
#include <koc/exchange/export.hpp>
#include <koc/exchange/import.hpp>

#include "support/catch.hpp"
#include "support/rounds.hpp"
#include "support/scenario.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <memory>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using koc::personal;
using koc_test::winter_world;

enum class file_kind { csv, json_lines, csv_in_gb18030 };

/// A table, and how it is written.
struct written_table {
    koc::exchange_table table;
    std::function<koc::result<void>(koc::engine&, koc::row_writer&)> write;
};
/// In an order in which they can be brought in.
std::vector<written_table> all_tables() {
    std::vector<written_table> all;
    all.push_back({koc::members_table(), koc::write_members});
    all.push_back({koc::handles_table(), koc::write_handles});
    all.push_back({koc::contents_table(), koc::write_contents});
    all.push_back({koc::contributions_table(), koc::write_contributions});
    all.push_back({koc::objectives_table(), koc::write_objectives});
    all.push_back({koc::topics_table(), koc::write_topics});
    all.push_back({koc::tasks_table(), koc::write_tasks});
    all.push_back({koc::outcomes_table(), koc::write_outcomes});
    return all;
}

std::string written(
    koc::engine& of, written_table const& it, file_kind kind, personal texts = personal::included) {
    std::ostringstream out;
    auto sink = *koc::text_sink::make(out,
        kind == file_kind::csv_in_gb18030 ? koc::text_encoding::gb18030 : koc::text_encoding::utf8);
    std::unique_ptr<koc::row_writer> to;
    if (kind == file_kind::json_lines) {
        to = std::make_unique<koc::json_row_writer>(
            std::move(sink), it.table.form, of.tags(), texts);
    } else {
        to = std::make_unique<koc::csv_row_writer>(
            koc::csv_writer{std::move(sink)}, it.table.form, of.tags(), texts);
    }
    REQUIRE(it.write(of, *to));
    return out.str();
}
koc::import_report bring_in(koc::engine& into, written_table const& it, file_kind kind,
    std::string_view text, koc::instant now) {
    auto const& tags = into.tags();
    koc::import_options options;
    options.with.now = now;
    if (kind == file_kind::json_lines) {
        koc::json_rows rows{koc::json_line_reader{koc::text_source{text}}, it.table.form, tags};
        return koc::import_rows(into, rows, it.table, options);
    }
    koc::csv_rows rows{koc::csv_reader{koc::text_source{text,
                           kind == file_kind::csv_in_gb18030 ? koc::text_encoding::gb18030
                                                             : koc::text_encoding::utf8}},
        it.table.form, tags};
    return koc::import_rows(into, rows, it.table, options);
}

/// A programme with the same tags in another order, so that their ids differ.
void same_tags(koc::engine& into, koc::engine const& as, koc::instant now) {
    for (auto const* facet : {"region", "format", "interest", "style"}) {
        REQUIRE(into.handle(koc::define_facet{{facet}}, {now}));
    }
    REQUIRE(into.handle(koc::define_facet{{"skill", false, true}}, {now}));
    REQUIRE(into.handle(koc::define_facet{{"age", true, false}}, {now}));
    std::vector<koc::tag_definition> tags;
    for (std::uint32_t i = 1; i <= as.tags().size(); ++i) {
        auto const name = as.tags().name(koc::tag_id{i});
        if (!into.tags().find(name) && into.tags().find_facet(name.facet)) {
            tags.push_back({name.facet, name.key, "", {}});
        }
    }
    std::reverse(tags.begin(), tags.end());
    REQUIRE(into.handle(koc::define_tags{tags}, {now}));
}

/// A world with something in each table.
void fill(winter_world& world) {
    world.given(koc::link_handle{world.an, "weibo", {1, "an"}},
        koc::link_handle{world.bao, "crm", {5, "=7"}},
        koc::enrol{koc::member_id{50}, {50, "\xE6\x9D\x8E, \"=x\"\xF0\x9F\x8E\x89"},
            {koc::source::open}, {{world.tag("skill", "deep_review"), koc::percent(33)}}});
    koc::report_content content{koc::signal_id{1}, koc::member_id{60}, koc::percent(80),
        koc::percent(70), koc::percent(90)};
    content.followers = 12;
    content.about = {world.tag("interest", "life")};
    world.given(content);
    koc::report_contribution help{koc::signal_id{2}, koc::member_id{60}};
    help.kind = koc::contribution_kind::gave_feedback;
    help.detail = koc::percent(50);
    world.given(help);
    auto brief = world.brief(koc::task_id{3});
    brief.wanted = {{world.tag("interest", "technology"), koc::percent(50)}};
    brief.needs = koc::has("region", "northeast");
    brief.barred = {world.an};
    world.given(koc::open_task{brief});
    auto by_day = world.brief(koc::task_id{4});
    by_day.due_at = {};
    by_day.due_working_days = 5;
    world.given(koc::open_task{by_day});
    // A second account of An's, whose handle and outcome are An's.
    constexpr koc::member_id second{51};
    world.given(koc::enrol{second, {51, "An too"}, {koc::source::open}, {}},
        koc::link_handle{second, "weibo", {51, "an_too"}},
        koc::record_outcome{second, {world.tag("interest", "life")}, koc::percent(70), world.now()},
        koc::merge_members{world.an, second, {51, "One person"}});
    world.given(koc::retag{world.an, {{world.tag("style", "warm"), koc::percent(1)}}, {}});
}

TEST_CASE("what a programme holds goes out and comes into another as it was", "[E25][exchange]") {
    for (auto kind : {file_kind::csv, file_kind::json_lines, file_kind::csv_in_gb18030}) {
        winter_world world;
        fill(world);
        koc::engine other{koc::memory_journal{}};
        same_tags(other, world.engine(), world.now());
        for (auto const& table : all_tables()) {
            auto const text = written(world.engine(), table, kind);
            auto const report = bring_in(other, table, kind, text, world.now());
            CAPTURE(static_cast<int>(kind), table.table.form.type().name, text);
            for (auto const& note : report.problems) {
                CAPTURE(koc::to_string("f", note));
                CHECK(report.refused == 0);
            }
            CHECK_FALSE(report.stopped);
            CHECK(report.taken == report.rows);
            CHECK(report.rows > 0);
            CHECK(written(other, table, kind) == text);
        }
    }
}

TEST_CASE("personal words leave a programme only where they are asked for", "[E25][exchange]") {
    winter_world world;
    fill(world);
    for (auto kind : {file_kind::csv, file_kind::json_lines}) {
        for (auto const& table : all_tables()) {
            auto const text = written(world.engine(), table, kind, personal::left_out);
            CAPTURE(text);
            for (auto const* word : {"Chen", "Dong", "\xE6\x9D\x8E", "=7", ",an,"}) {
                CHECK(text.find(word) == std::string::npos);
            }
        }
    }
    auto const members =
        written(world.engine(), all_tables()[0], file_kind::csv, personal::left_out);
    CHECK(members.starts_with("member,sources,tags\r\n1,open,"));
    auto const named = written(world.engine(), all_tables()[0], file_kind::csv);
    CHECK(named.find("\"\xE6\x9D\x8E, \"\"=x\"\"\xF0\x9F\x8E\x89\"") != std::string::npos);
    auto const handles = written(world.engine(), all_tables()[1], file_kind::csv);
    CHECK(handles == "member,platform,handle\r\n1,weibo,an\r\n5,crm,'=7\r\n1,weibo,an_too\r\n");
}

TEST_CASE("any people and outcomes survive going out and coming in", "[E25][exchange]") {
    winter_world world;
    koc::engine other{koc::memory_journal{}};
    same_tags(other, world.engine(), world.now());
    std::uint64_t id = 1000;
    auto const okay = rc::check("names and weights of any kind", [&] {
        auto const letter = rc::gen::element<std::string>("a", ",", "\"", "=", "+", "-", "@", "'",
            "|", "\\", "\xE6\x9D\x8E", "\xEF\xBC\x9D", "\xF0\x9F\x8E\x89");
        std::string name = "n";
        for (auto const& one : *rc::gen::container<std::vector<std::string>>(letter)) {
            name = one + name;
        }
        ++id;
        auto const weight = koc::score{*rc::gen::inRange<std::int64_t>(1, 1'000'001)};
        world.given(koc::enrol{koc::member_id{id}, {id, name.substr(0, 500)},
            {*rc::gen::element(koc::source::open, koc::source::owned)},
            {{world.tag("interest", "life"), weight}}});
        world.given(koc::record_outcome{koc::member_id{id}, {world.tag("interest", "life")},
            koc::score{weight.raw - 1}, world.now() - koc::duration{weight.raw}});
    });
    CHECK(okay);
    auto const tables = all_tables();
    for (auto const& table : {tables.front(), tables.back()}) {
        auto const text = written(world.engine(), table, file_kind::csv_in_gb18030);
        auto const report = bring_in(other, table, file_kind::csv_in_gb18030, text, world.now());
        CHECK(report.taken == report.rows);
        auto const same = written(other, table, file_kind::csv_in_gb18030) == text;
        CHECK(same);
    }
}

TEST_CASE("a file that cannot be written is refused", "[E25][refusal][exchange]") {
    winter_world world;
    std::ostringstream out;
    out.setstate(std::ios::badbit);
    auto const table = koc::members_table();
    koc::csv_row_writer to{
        koc::csv_writer{*koc::text_sink::make(out)}, table.form, world.engine().tags()};
    auto const refused = koc::write_members(world.engine(), to);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == koc::errc::unavailable);
}

} // namespace
