// SPDX-License-Identifier: BSL-1.0
#include <koc/json/feed.hpp>

#include <koc/journal/memory_journal.hpp>

#include "support/catch.hpp"
#include "support/paper_sealer.hpp"

#include <boost/describe/class.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

struct noted {
    std::uint64_t about = 0;
    koc::personal_text words;
};
BOOST_DESCRIBE_STRUCT(noted, (), (about, words))
struct closed {};
BOOST_DESCRIBE_STRUCT(closed, (), ())
using koc::event;
using feed = koc::event_feed<koc::memory_journal, koc::memory_cursor>;

koc::event_types types() {
    koc::event_types all;
    all.add(koc::event_type_of<noted>);
    all.add(koc::event_type_of<closed>);
    return all;
}
koc::memory_journal history() {
    koc::batch first;
    first.at = {1'767'600'000'000};
    first.by = {koc::actor_kind::member, 7};
    first.asked = {"web-1", {1, 2}};
    first.events = {event::of(noted{3, {7, "a \"word\"\n"}}), event::of(closed{})};
    koc::batch second;
    second.at = {1'767'600'000'250};
    second.events = {event::of(closed{})};
    koc::memory_journal journal;
    REQUIRE(journal.append({}, std::vector{first, second}).has_value());
    return journal;
}
std::vector<std::string> sent(koc::feed_choice choice) {
    std::vector<std::string> all;
    auto it = feed::make(history(), types(), koc::memory_cursor{}, std::move(choice)).value();
    auto const take = [&](std::string_view lines) -> koc::result<void> {
        all.emplace_back(lines);
        return {};
    };
    CHECK(it.write(take).value() == 3);
    return all;
}
std::string without_chain(std::string const& lines) {
    std::string out;
    for (std::size_t at = 0; at < lines.size();) {
        auto const end = lines.find('\n', at);
        auto const line = lines.substr(at, end - at);
        auto const chain = line.find(",\"chain\":\"");
        REQUIRE(chain + 44 == line.size()); // the digest, a quotation mark and a brace
        out += line.substr(0, chain) + '\n';
        at = end + 1;
    }
    return out;
}

TEST_CASE("a line of a feed tells where, when, by whom, what, and the chain", "[json]") {
    auto const all = sent({});
    REQUIRE(all.size() == 2); // one a command
    CHECK(without_chain(all[0]) ==
        "{\"position\":0,\"first\":0,\"at\":\"2026-01-05T08:00:00Z\","
        "\"by\":{\"kind\":\"member\",\"id\":7},\"request\":\"web-1\","
        "\"type\":\"noted\",\"version\":1,\"payload\":{\"about\":3,\"words\":{\"owner\":7}}\n"
        "{\"position\":1,\"first\":0,\"at\":\"2026-01-05T08:00:00Z\","
        "\"by\":{\"kind\":\"member\",\"id\":7},\"request\":\"web-1\","
        "\"type\":\"closed\",\"version\":1,\"payload\":{}\n");
    CHECK(without_chain(all[1]) ==
        "{\"position\":2,\"first\":2,\"at\":\"2026-01-05T08:00:00.250Z\","
        "\"by\":{\"kind\":\"host\",\"id\":0},\"type\":\"closed\",\"version\":1,\"payload\":{}\n");
    CHECK(all[1].ends_with(",\"chain\":\"" + to_hex(history().envelopes().back().chain) + "\"}\n"));
}

TEST_CASE("a feed opens sealed texts for whom they are shown, and of who is erased there are none",
    "[json]") {
    koc_test::paper_sealer const keys;
    koc::any_sealer sealing{keys};
    koc::batch told;
    told.events = {event::of(noted{3, {7, "dear Li"}}), event::of(noted{4, {8, "dear Wu"}})};
    auto const stored = koc::sealed_batches(sealing, 0, std::vector{told}).value();
    koc::memory_journal journal;
    REQUIRE(journal.append({}, stored).has_value());
    auto const shown = [&](koc::personal texts, koc::any_sealer with) {
        std::string all;
        auto it = feed::make(journal, types(), koc::memory_cursor{}, {{}, texts}, std::move(with))
                      .value();
        CHECK(it.write([&](std::string_view lines) -> koc::result<void> {
                    all += lines;
                    return {};
                }).value() == 2);
        CHECK(all.find("\\u0001") == std::string::npos); // nothing sealed leaves
        return all;
    };
    auto const has = [](std::string const& text, std::string_view word) {
        return text.find(word) != std::string::npos;
    };
    auto const whole = shown(koc::personal::included, keys);
    CHECK(has(whole, R"("words":{"owner":7,"text":"dear Li"})"));
    CHECK(has(whole, R"("words":{"owner":8,"text":"dear Wu"})"));
    CHECK(has(shown(koc::personal::included, {}), R"("words":{"owner":7,"text":""})"));
    CHECK(has(shown(koc::personal::left_out, keys), R"("words":{"owner":7}})"));
    REQUIRE(keys.forget(7).has_value());
    auto const later = shown(koc::personal::included, keys);
    CHECK(has(later, R"("words":{"owner":7,"text":""})"));
    CHECK(has(later, "dear Wu"));
}

TEST_CASE("a feed shows the events and the texts that were chosen", "[json]") {
    auto const notes = sent({{"noted"}, koc::personal::included});
    REQUIRE(notes.size() == 1);
    CHECK(notes[0].find("\"words\":{\"owner\":7,\"text\":\"a \\\"word\\\"\\n\"}") !=
        std::string::npos);
    CHECK(sent({{"closed"}}).size() == 2);
    CHECK(sent({{"closed", "noted"}}).size() == 2);

    auto const refused = feed::make(history(), types(), koc::memory_cursor{}, {{"notted"}});
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().code == koc::errc::unknown_id);
    CHECK(refused.error().subject == "event 'notted'");
}

} // namespace
