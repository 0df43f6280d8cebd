// SPDX-License-Identifier: BSL-1.0

// Row E16 of the catalogue (docs/catalogue.md) on real files: a person among many is erased, and no
// word of theirs is left in the journal, its log, a backup, the file of keys, snapshots and
// exports. The full form, hidden, has 100,000 people; KOC_TORTURE_ERASURE is another number of
// them.

#include <koc/engine/audit.hpp>
#include <koc/engine/snapshot.hpp>
#include <koc/store/sodium.hpp>
#include <koc/store/sqlite.hpp>
#include <koc/store/sqlite_backup.hpp>

#include "store/sqlite_fixture.hpp"
#include "support/catch.hpp"
#include "support/scenario.hpp"

#include <sodium.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

using namespace koc;
using koc_test::folder;
using koc_test::winter_world;
namespace fs = std::filesystem;

namespace {

constexpr std::string_view name_word = "Zhuangzhou";
constexpr std::string_view handle_word = "zz_butterfly";
constexpr std::string_view note_word = "dreamt-he-was-a-butterfly";
constexpr std::string_view link_word = "example.org/zz/clip-one";
constexpr std::string_view reason_word = "misread-the-butterfly";
constexpr std::string_view thanks_word = "thanks-for-the-butterfly";

/// A word as it is, in small letters, in hexadecimal, and in base64 at each of its three offsets.
std::vector<std::string> spellings_of(std::string_view word) {
    std::vector<std::string> all{std::string{word}};
    std::string small{word};
    for (auto& c : small) {
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    all.push_back(small);
    for (auto const* digits : {"0123456789abcdef", "0123456789ABCDEF"}) {
        std::string hex;
        for (auto const c : word) {
            hex += digits[static_cast<unsigned char>(c) >> 4U];
            hex += digits[static_cast<unsigned char>(c) & 15U];
        }
        all.push_back(hex);
    }
    for (std::size_t offset = 0; offset < 3; ++offset) {
        for (auto const variant : {sodium_base64_VARIANT_ORIGINAL, sodium_base64_VARIANT_URLSAFE}) {
            auto const bytes = std::string(offset, '.') + std::string{word};
            std::string text(sodium_base64_encoded_len(bytes.size(), variant), '\0');
            sodium_bin2base64(text.data(), text.size(),
                reinterpret_cast<unsigned char const*>(bytes.data()), bytes.size(), variant);
            all.push_back(text.substr(4, bytes.size() / 3 * 4 - 4)); // what neighbours leave alone
        }
    }
    return all;
}
std::vector<std::string> all_spellings() {
    std::vector<std::string> all;
    for (auto const word :
        {name_word, handle_word, note_word, link_word, reason_word, thanks_word}) {
        auto const more = spellings_of(word);
        all.insert(all.end(), more.begin(), more.end());
    }
    return all;
}
std::string bytes_of(fs::path const& path) {
    std::ifstream in{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}
/// The words that are somewhere in a folder, with the file.
std::vector<std::string> found_in(fs::path const& folder) {
    std::vector<std::string> found;
    for (auto const& file : fs::recursive_directory_iterator{folder}) {
        auto const bytes = bytes_of(file.path());
        for (auto const& word : all_spellings()) {
            if (bytes.find(word) != std::string::npos) {
                found.push_back(file.path().filename().string() + ": " + word);
            }
        }
    }
    return found;
}
void write(fs::path const& path, std::string const& text) {
    std::ofstream{path, std::ios::binary} << text;
}
/// Everything that a host can read from an engine.
std::string exported(engine& from) {
    std::string all = from.state_text();
    for (std::uint64_t at = 0;;) {
        auto const page = from.read(at, 4096).value();
        if (page.empty()) {
            return all;
        }
        for (auto const& e : page) {
            all += to_string(e.by) + ' ' + e.asked.id + ' ' + to_hex(e.asked.command) + ' ';
            for (auto const& happened : e.events) {
                all += happened.payload() + '\n';
            }
        }
        at = page.back().position + 1;
    }
}

engine open_engine(folder const& place, sodium_sealer const& keys) {
    engine made{open_sqlite_journal(place / "programme.sqlite").value()};
    made.seal_with(keys);
    return made;
}

void erase_one_of(std::uint64_t people) {
    folder const place;
    winter_world const plans; // for its objective and its task
    auto now = plans.now();
    auto const zz = member_id{people / 2 + 1};
    digest before;
    std::string others;
    std::string sealed_snapshot;
    {
        auto const keys = sodium_sealer::open(place / "people.keys").value();
        auto programme = open_engine(place, keys);
        auto const text_of = [](member_id who, std::string_view words) {
            return personal_text{who.value(), std::string{words}};
        };
        std::uint64_t requests = 0;
        auto const send = [&](auto const& command, actor by = {}) {
            auto const done =
                programme.handle(command, {now, by, "r" + std::to_string(++requests)});
            INFO((done ? std::string{} : koc_test::to_line(done.error())));
            REQUIRE(done.has_value());
        };
        for (std::uint64_t first = 1; first <= people; first += 1'000) {
            auto group = programme.open_group();
            for (auto id = first; id < first + 1'000 && id <= people; ++id) {
                member_id const who{id};
                auto const number = std::to_string(id);
                auto const mine = who == zz;
                REQUIRE(group
                            .handle(enrol{who, text_of(who, mine ? name_word : "Name " + number),
                                        {source::open}, {}},
                                {now})
                            .has_value());
                REQUIRE(group
                            .handle(link_handle{who, "weibo",
                                        text_of(who, mine ? handle_word : "handle" + number)},
                                {now})
                            .has_value());
                REQUIRE(group
                            .handle(record_contact{who,
                                        text_of(who, mine ? note_word : "note " + number)},
                                {now})
                            .has_value());
            }
            REQUIRE(group.commit().has_value());
        }
        send(open_objective{winter_world::plan(winter_world::range)});
        send(design_topic{winter_world::test_drive, winter_world::range, "My winter range"});
        auto brief = plans.brief(task_id{1});
        send(open_task{brief});
        send(list_task{brief.task});
        std::uint64_t work = 0;
        for (auto const who : {zz, member_id{1}}) {
            send(confirm_willingness{who});
            send(claim_task{brief.task, who});
            send(submit_work{submission_id{++work}, brief.task, who,
                "https://" + (who == zz ? std::string{link_word} : "example.org/other")});
            auto const rated = winter_world::rate(submission_id{work}, percent(80));
            send(rated, {actor_kind::employee, 3});
            send(correct_review{rated.submission,
                     winter_world::rate(rated.submission, percent(90)).ratings,
                     std::string{who == zz ? reason_word : "another reason"}},
                {actor_kind::employee, 3});
            send(thank_member{who, {rated.submission},
                     text_of(who, who == zz ? thanks_word : "thanks")},
                {actor_kind::employee, 3});
        }
        before = programme.state_digest();
        sealed_snapshot = take_snapshot(programme).value();
        write(place / "before.snapshot", sealed_snapshot);
        REQUIRE(
            backup_sqlite_journal(place / "programme.sqlite", place / "before.backup").has_value());
        auto const readable = exported(programme); // the search would find them
        for (auto const word :
            {name_word, handle_word, note_word, link_word, reason_word, thanks_word}) {
            INFO(word);
            CHECK(readable.find(word) != std::string::npos);
        }
        CHECK(found_in(fs::path{place / "."}).empty()); // nothing readable was stored at any time

        now = now + days(40); // whatever of the task is open has ended
        REQUIRE(programme.advance({now}).has_value());
        auto const at = programme.head().position;
        request_approval erasing;
        erasing.approval = approval_id{1};
        erasing.erasure = erase_member{zz};
        send(erasing, {actor_kind::employee, 3});
        send(approve_request{erasing.approval}, {actor_kind::employee, 4});
        CHECK(programme.head().position > at);
        CHECK(programme.keys_to_forget().empty());
        write(place / "after.snapshot", take_snapshot(programme).value());
        auto const after = exported(programme);
        write(place / "after.export", after);
        CHECK(after.find("example.org/other") != std::string::npos);
        before = programme.state_digest();
        others = programme.state_text();
    }
    CHECK(found_in(fs::path{place / "."}) == std::vector<std::string>{});

    // Replayed from nothing, from the old snapshot and in the backup, all is as it is.
    auto const keys = sodium_sealer::open(place / "people.keys").value();
    auto fresh = open_engine(place, keys);
    REQUIRE(fresh.catch_up().has_value()); // the chain verifies
    CHECK(fresh.state_digest() == before);
    CHECK((fresh.state_text() == others));
    write(place / "replayed.export", exported(fresh));
    auto resumed = open_engine(place, keys);
    REQUIRE(resume(resumed, sealed_snapshot).has_value());
    REQUIRE(resumed.catch_up().has_value());
    CHECK((resumed.state_text() == others));
    engine saved{open_sqlite_journal(place / "before.backup").value()};
    saved.seal_with(keys);
    REQUIRE(saved.catch_up().has_value());
    CHECK(saved.find(zz)->name.text.empty());
    CHECK(saved.find(member_id{1})->name.text == "Name 1");
    write(place / "backup.export", exported(saved));
    CHECK(found_in(fs::path{place / "."}) == std::vector<std::string>{});
}

TEST_CASE("one of many people is erased, and no word of theirs is left in any file, while all "
          "others and every decision stay",
    "[standard][E16]") {
    REQUIRE(sodium_init() >= 0);
    erase_one_of(300);
}

TEST_CASE("one of 100,000 people is erased", "[.torture][erasure]") {
    REQUIRE(sodium_init() >= 0);
    auto const* told = std::getenv("KOC_TORTURE_ERASURE");
    auto const people = told != nullptr ? std::strtoull(told, nullptr, 10) : 100'000;
    erase_one_of(people);
    std::cout << "erasure: one of " << people << " people, nothing of theirs found\n";
}

} // namespace
