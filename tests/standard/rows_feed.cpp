// SPDX-License-Identifier: BSL-1.0

// E27 of the catalogue (docs/catalogue.md): a feed of a programme's events, with replay.

#include <koc/journal/shared_journal.hpp>
#include <koc/json/feed.hpp>
#include <koc/store/file_cursor.hpp>
#include <koc/store/sqlite.hpp>

#include "store/sqlite_fixture.hpp"
#include "support/catch.hpp"
#include "support/scenario.hpp"

#include <boost/json/parse.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

using namespace koc;
using koc_test::winter_world;

namespace {

/// A system outside that keeps what it is sent by position.
struct consumer {
    std::vector<std::string> lines;

    auto take() {
        return [this](std::string_view sent) -> result<void> {
            while (!sent.empty()) {
                auto const end = sent.find('\n');
                lines.emplace_back(sent.substr(0, end));
                sent.remove_prefix(end + 1);
            }
            return {};
        };
    }
    /// The positions, each once, where they came in order without a gap before them.
    [[nodiscard]] std::vector<std::int64_t> positions() const {
        std::vector<std::int64_t> all;
        for (auto const& line : lines) {
            auto const at = boost::json::parse(line).at("position").as_int64();
            if (all.empty() || at > all.back()) {
                all.push_back(at);
            }
        }
        return all;
    }
};

template <typename Feed, typename Sink>
std::uint64_t until_now(Feed& feed, Sink sink) {
    std::uint64_t all = 0;
    for (std::uint64_t more = 1; more != 0; all += more) {
        more = feed.write(sink, 10).value();
    }
    return all;
}

TEST_CASE("a host replays the feed from the first event, crashes, goes on, and hears what follows",
    "[standard][E27]") {
    winter_world w;
    w.listed(w.brief(task_id{1}));
    koc_test::folder here;
    file_cursor const cursor{here / "consumer"};
    auto const made = [&](feed_choice choice) {
        return event_feed<koc_test::shared_journal, file_cursor>::make(
            w.journal_file(), w.engine().is().types, cursor, std::move(choice))
            .value();
    };
    auto const all = w.journal().size();

    consumer outside;
    { // It fails after some commands: what it had refused comes again.
        auto feed = made({});
        auto left = 12;
        auto const failing = [&](std::string_view sent) -> result<void> {
            if (left-- == 0) {
                return error{errc::unavailable, "consumer", "expected it to answer"};
            }
            return outside.take()(sent);
        };
        CHECK(feed.write(failing).error().subject == "consumer");
    }
    auto const before = outside.lines.size();
    CHECK(before > 0);
    CHECK(before < all);
    { // Another process goes on from the cursor.
        auto feed = made({});
        until_now(feed, outside.take());
        CHECK(outside.positions().size() == all);
        CHECK(outside.lines.size() == all);

        w.given(claim_task{task_id{1}, w.bao}); // live
        CHECK(feed.wait({100}).value());
        until_now(feed, outside.take());
        CHECK(outside.positions().size() == w.journal().size());
        CHECK_FALSE(feed.wait({2}).value());
    }
    auto const last = boost::json::parse(outside.lines.back());
    auto const& newest = w.journal().back();
    CHECK(last.at("type").as_string() == std::string{newest.events.back().type().name});
    CHECK(last.at("chain").as_string() == to_hex(newest.chain));
    CHECK(last.at("at").as_string() == to_iso8601(newest.at));
    CHECK(last.at("by").at("kind").as_string() == "host");

    // Names are somebody's own: they are shown to whom the host shows them.
    auto const enrolled = [](std::vector<std::string> const& lines) {
        for (auto const& line : lines) {
            if (boost::json::parse(line).at("type").as_string() == "member_enrolled") {
                return boost::json::parse(line).at("payload").at("name").as_object();
            }
        }
        return boost::json::object{};
    };
    CHECK(enrolled(outside.lines) == boost::json::object{{"owner", 1}});
    consumer trusted;
    auto replay = event_feed<koc_test::shared_journal, memory_cursor>::make(w.journal_file(),
        w.engine().is().types, memory_cursor{},
        {{"member_enrolled", "stage_changed"}, personal::included})
                      .value();
    until_now(replay, trusted.take());
    CHECK(trusted.lines.size() ==
        w.history_of<member_enrolled>().size() + w.history_of<stage_changed>().size());
    CHECK(enrolled(trusted.lines).at("text").as_string() ==
        w.history_of<member_enrolled>().front().name.text);
}

TEST_CASE("a feed of an SQLite journal hears what another process writes", "[standard][E27]") {
    koc_test::folder here;
    auto const path = here / "programme";
    auto const at = *from_iso8601("2026-01-05T08:00:00Z");
    engine programme{open_sqlite_journal(path).value()};
    REQUIRE(programme.handle(define_facet{{"region"}}, {at}).has_value());
    auto feed = event_feed<sqlite_journal, memory_cursor>::make(
        open_sqlite_journal(path).value(), programme.is().types, memory_cursor{})
                    .value();
    consumer outside;
    until_now(feed, outside.take());
    CHECK_FALSE(feed.wait({1}).value());
    REQUIRE(programme.handle(enrol{member_id{7}, {7, "Li"}, {source::open}, {}}, {at}).has_value());
    CHECK(feed.wait({1'000}).value());
    until_now(feed, outside.take());
    CHECK(outside.lines.size() == programme.head().position);
    CHECK(outside.lines.back().find("\"name\":{\"owner\":7}") != std::string::npos);
}

TEST_CASE(
    "a feed of a journal in memory is woken by what another thread commands", "[standard][E27]") {
    auto const at = *from_iso8601("2026-01-05T08:00:00Z");
    koc::shared_journal const journal;
    engine programme{journal};
    auto feed = event_feed<koc::shared_journal, memory_cursor>::make(
        journal, programme.is().types, memory_cursor{})
                    .value();
    consumer outside;
    std::thread reading{[&] {
        // Who would ask for the head from time to time would do so after an hour.
        while (outside.lines.empty() ||
            outside.lines.back().find("\"owner\":20") == std::string::npos) {
            static_cast<void>(feed.wait(hours(1), {hours(1), hours(1)}).value());
            until_now(feed, outside.take());
        }
    }};
    for (std::uint64_t id = 1; id <= 20; ++id) {
        CHECK(programme.handle(enrol{member_id{id}, {id, "Li"}, {source::open}, {}}, {at})
                  .has_value());
    }
    reading.join();
    CHECK(outside.lines.size() == programme.head().position);
    CHECK(outside.positions().size() == programme.head().position);
}

TEST_CASE("a feed refuses another journal's cursor, one beyond the end or within a command, and an "
          "unknown event",
    "[standard][E27][refusal]") {
    winter_world w;
    w.listed(w.brief(task_id{1}));
    auto const before = w.digest();
    auto const sent = [&](journal_head from) {
        auto feed = event_feed<koc_test::shared_journal, memory_cursor>::make(
            w.journal_file(), w.engine().is().types, memory_cursor{from})
                        .value();
        consumer outside;
        auto const done = feed.write(outside.take());
        CHECK(outside.lines.empty());
        return done;
    };
    auto const& events = w.journal();
    auto const end = events.size();
    auto const beyond = sent({end + 1, events.back().chain});
    CHECK(beyond.error().code == errc::invalid_argument);
    CHECK(beyond.error().subject == "cursor at position " + std::to_string(end + 1));
    CHECK(beyond.error().expected ==
        "expected a cursor of this journal, which ends before; give the journal that was followed, "
        "or begin again with a new cursor");
    winter_world other;
    other.given(define_facet{{"brand"}});
    CHECK(sent({3, other.journal()[3].chain}).error().code == errc::invalid_argument);
    std::size_t within = 1; // the first batch holds the rules
    REQUIRE(events[within].first == 0);
    CHECK(sent({within, events[within - 1].chain}).error().code == errc::wrong_state);

    auto const unknown = event_feed<koc_test::shared_journal, memory_cursor>::make(w.journal_file(),
        w.engine().is().types, memory_cursor{}, {{"member_enrolled", "member_enroled\n"}});
    REQUIRE_FALSE(unknown.has_value());
    CHECK(unknown.error().code == errc::unknown_id);
    CHECK(unknown.error().subject == "event 'member_enroled\\n'");
    CHECK(unknown.error().expected ==
        "expected the name of an event of this programme; correct it, or leave it out");
    CHECK(w.digest() == before);
}

} // namespace
