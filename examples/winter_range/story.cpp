// SPDX-License-Identifier: BSL-1.0

// The order of telling, the pyramid, and the journal that remembers it all.

#include "story.hpp"

#include "desk.hpp"

#include <koc/store/sqlite.hpp>

#include <algorithm>
#include <map>
#include <optional>
#include <string>

namespace winter_range {

namespace {

void compare_pyramids(desk& at, std::vector<std::int64_t> const& before) {
    auto& page = at.page();
    page.chapter(phrases::pyramid_chapter);
    auto const now = at.count();
    std::int64_t then_all = 0;
    std::int64_t now_all = 0;
    table list{{{page.words(phrases::stage)}, {page.words(phrases::before), side::right},
                   {page.words(phrases::after), side::right}, {"", side::right}, {""}},
        {}};
    auto const most = std::max(
        *std::max_element(before.begin(), before.end()), *std::max_element(now.begin(), now.end()));
    constexpr std::int64_t room = 48;
    for (auto const stage : {koc::stage::mature, koc::stage::active, koc::stage::budding,
             koc::stage::evolving, koc::stage::alumni}) {
        auto const was = before[static_cast<std::size_t>(stage)];
        auto const is = now[static_cast<std::size_t>(stage)];
        then_all += was;
        now_all += is;
        auto const kept = std::min(was, is);
        auto const more = std::max(was, is) - kept;
        list.rows.push_back({at.word(stage), std::to_string(was), std::to_string(is),
            is == was ? std::string{} : (is > was ? "+" : "") + std::to_string(is - was),
            bar(kept, most, room) + bar(more, most, room, is > was ? '+' : '-')});
    }
    page.say(phrases::pyramid_reads, then_all, now_all);
    page.show(list);
}

/// What is in the file, read as records, below the engine.
koc::result<void> show_journal(page& page, std::filesystem::path const& file) {
    auto log = koc::sqlite_log::open(file);
    if (!log) {
        return log.error();
    }
    std::vector<koc::log_record> records;
    auto const end = log->head();
    if (!end) {
        return end.error();
    }
    if (auto const read = log->read(0, end->position, records); !read) {
        return read.error();
    }
    std::map<std::string, std::size_t> kinds;
    koc::log_record const* sample = nullptr;
    for (auto const& record : records) {
        ++kinds[record.type];
        if (record.type == "stage_changed" &&
            record.payload.find("\"excelled\"") != std::string::npos) {
            sample = &record;
        }
    }
    std::vector<std::pair<std::size_t, std::string>> most;
    for (auto const& [kind, count] : kinds) {
        most.emplace_back(count, kind);
    }
    std::sort(most.rbegin(), most.rend());
    most.resize(std::min<std::size_t>(most.size(), 6));
    table list{{{page.words(phrases::event)}, {page.words(phrases::how_many), side::right}}, {}};
    for (auto const& [count, kind] : most) {
        list.rows.push_back({kind, std::to_string(count)});
    }
    page.say(phrases::journal_holds, records.size(), std::filesystem::file_size(file) / 1024);
    page.show(list);
    if (sample != nullptr) {
        page.say(phrases::journal_event, sample->position);
        page.verbatim("  " + sample->type + ' ' + sample->payload);
        page.gap();
    }
    return {};
}

/// Tells the chapters on a new journal; the digest of the state they lead to.
koc::result<koc::digest> first_telling(
    folder& files, page& page, std::filesystem::path const& file) {
    auto opened = koc::open_sqlite_journal(file);
    if (!opened) {
        return std::move(opened).error();
    }
    auto reading = koc::open_sqlite_journal(file);
    if (!reading) {
        return std::move(reading).error();
    }
    auto told = koc::engine::of<programme>(*std::move(opened));
    if (auto const read = told.catch_up(); !read) {
        return read.error();
    }
    if (told.head().position != 0) {
        return koc::error{koc::errc::wrong_state, "journal " + file.string(),
            "expected a new file, found " + std::to_string(told.head().position) +
                " events; choose another with --journal"};
    }
    desk at{told, *std::move(reading), files, page};
    try {
        enter_people(at);
        auto const before = at.count();
        set_objectives(at);
        find_new_people(at);
        bring_tasks(at);
        hear_answers(at);
        auto const records = review(at);
        echo(at, records);
        compare_pyramids(at, before);
    } catch (ended_early const& end) {
        return koc::error{koc::errc::wrong_state, page.words(phrases::ended_early, end.what()), {}};
    }
    return told.state_digest();
}

/// The state that an engine reaches which knows nothing but the journal.
koc::result<koc::digest> replayed(std::filesystem::path const& file) {
    auto opened = koc::open_sqlite_journal(file);
    if (!opened) {
        return std::move(opened).error();
    }
    auto second = koc::engine::of<programme>(*std::move(opened));
    if (auto const read = second.catch_up(); !read) {
        return read.error();
    }
    return second.state_digest();
}

} // namespace

koc::result<bool> tell(folder& files, page& page, std::filesystem::path const& file) {
    auto const first = first_telling(files, page, file);
    if (!first) {
        return first.error();
    }
    page.chapter(phrases::journal_chapter);
    if (auto const shown = show_journal(page, file); !shown) {
        return shown.error();
    }
    auto const second = replayed(file);
    if (!second) {
        return second.error();
    }
    page.say(phrases::replayed);
    page.fact(page.words(phrases::first_engine), to_hex(*first), 13);
    page.fact(page.words(phrases::second_engine), to_hex(*second), 13);
    auto const same = *first == *second;
    page.paragraph(
        page.words(same ? phrases::same : phrases::different), same ? tone::good : tone::bad);
    page.gap();
    page.say(phrases::look_yourself);
    page.verbatim("  sqlite3 " + file.string() + " \"SELECT type, payload FROM event LIMIT 5\"");
    return same;
}

} // namespace winter_range
