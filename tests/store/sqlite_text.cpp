// SPDX-License-Identifier: BSL-1.0

// The same text is accepted or refused by the journal in memory and by the one in SQLite.

#include <koc/journal/memory_journal.hpp>
#include <koc/store/sqlite.hpp>

#include "store/sqlite_fixture.hpp"
#include "support/catch.hpp"

#include <span>
#include <string>

using namespace koc_test;

TEST_CASE("text that a journal in memory keeps is kept in SQLite as well", "[store]") {
    using namespace std::string_literals;
    std::string const texts[] = {
        "",
        " ",
        "a:b",
        "a\0b"s,
        "\0"s,
        "line\nfeed\r\n",
        "\xe2\x80\xae reversed",
        "\xef\xbb\xbf with a byte order mark",
        "\xef\xbf\xbf",
        "\xf0\x9f\x8c\xa8",
        "'; DROP TABLE event; --",
        "\x7f\x01\x1f",
        std::string(5'000'000, 'l'),
    };
    folder here;
    for (auto const& text : texts) {
        sample_recorded said;
        said.remark = text;
        said.parts = {{text, 1}};
        batches const mine = {group_of({1},
            {text, text.empty() ? koc::digest{} : koc::digest{1, 2}}, {event::of(said)})};
        auto const path = here / "journal.sqlite";
        fs::remove(path);
        for (auto const* suffix : {"-wal", "-shm"}) {
            fs::remove(path.string() + suffix);
        }
        koc::memory_journal memory;
        auto sqlite = opened(path);
        INFO("a text of " << text.size() << " bytes: " << text.substr(0, 40));
        auto const wanted = memory.append({}, std::span{mine});
        auto const got = append(sqlite, {}, mine);
        REQUIRE(wanted.has_value());
        REQUIRE(got.has_value());
        CHECK(*got == *wanted);
        envelopes kept;
        REQUIRE(memory.read(0, 1, sample_types, kept).has_value());
        auto const [events, refused] = read(sqlite);
        REQUIRE(!refused);
        REQUIRE(events.size() == 1);
        CHECK(events[0].chain == kept[0].chain);
        CHECK(events[0].asked.id == text);
    }
}
