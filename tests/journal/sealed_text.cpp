// SPDX-License-Identifier: BSL-1.0
#include <koc/journal/sealed_text.hpp>

#include <koc/journal/memory_journal.hpp>
#include <koc/testing/journal.hpp>

#include "support/catch.hpp"
#include "support/paper_sealer.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace {

using koc::any_sealer;
using koc::event;
using koc::testing::sample_closed;
using koc::testing::sample_recorded;

sample_recorded said(std::uint64_t owner, std::string words) {
    sample_recorded made;
    made.note = {owner, std::move(words)};
    return made;
}
std::vector<koc::batch> history() {
    std::vector<koc::batch> all(2);
    all[0].events = {event::of(said(7, "words of Hua")), event::of(sample_closed{})};
    all[1].events = {event::of(said(7, "words of Hua")), event::of(said(8, ""))};
    return all;
}
std::vector<event> events_of(std::vector<koc::batch> const& batches) {
    std::vector<event> all;
    for (auto const& one : batches) {
        all.insert(all.end(), one.events.begin(), one.events.end());
    }
    return all;
}
std::string text_of(event const& of) { return of.get<sample_recorded>().note.text; }

TEST_CASE("events are stored with their texts sealed and read with them opened", "[journal]") {
    koc_test::paper_sealer const keys;
    any_sealer with{keys};
    auto const clear = history();
    auto const stored = koc::sealed_batches(with, 0, clear).value();
    CHECK(keys.all().kept == 1);
    CHECK(
        events_of(clear) == events_of(history())); // what is shared with the engine stays readable
    koc::sealed_finder finds;
    CHECK(finds(stored[0].events[0]));
    CHECK_FALSE(finds(stored[0].events[1]));
    CHECK(koc::has_personal_text(clear[0].events[0]));
    CHECK_FALSE(finds(clear[0].events[0]));
    CHECK_FALSE(koc::has_personal_text(clear[1].events[1]));
    CHECK(stored[0].events[0].payload().find("Hua") == std::string::npos);
    CHECK(text_of(stored[0].events[0]) != text_of(stored[1].events[0])); // in other places
    CHECK(text_of(stored[1].events[1]).empty());
    CHECK(events_of(koc::sealed_batches(with, 0, clear).value()) == events_of(stored));
    CHECK(events_of(koc::sealed_batches(with, 0, stored).value()) == events_of(stored));

    koc::memory_journal journal;
    REQUIRE(journal.append({}, stored).has_value());
    std::vector<koc::envelope> read;
    auto const types = koc::testing::sample_types();
    REQUIRE(journal.read(0, 100, types, read).has_value());
    std::size_t opened = 0;
    REQUIRE(koc::open_envelopes(with, read, opened).has_value());
    CHECK(opened == 4);
    CHECK(read[0].events == std::vector{clear[0].events[0]});
    CHECK(read[2].events == std::vector{clear[1].events[0]});

    REQUIRE(with.forget(7).has_value());
    read.clear();
    REQUIRE(journal.read(0, 100, types, read).has_value());
    opened = 0;
    REQUIRE(koc::open_envelopes(with, read, opened).has_value());
    CHECK(read[0].events == std::vector{event::of(said(7, ""))});
}

TEST_CASE("an event whose text does not open ends the reading before it", "[journal]") {
    any_sealer with{koc_test::paper_sealer{}};
    auto stored = koc::sealed_batches(with, 0, history()).value();
    stored[1].events[0] = stored[0].events[0]; // sealed for another place
    koc::memory_journal journal;
    REQUIRE(journal.append({}, stored).has_value());
    std::vector<koc::envelope> read;
    REQUIRE(journal.read(0, 100, koc::testing::sample_types(), read).has_value());
    std::size_t opened = 0;
    auto const refused = koc::open_envelopes(with, read, opened);
    REQUIRE_FALSE(refused.has_value());
    CHECK(opened == 2);
    CHECK(refused.error().code == koc::errc::corrupt);
    CHECK(refused.error().subject.find("event 2") == 0);
}

TEST_CASE("a text that is sealed reads as empty without a sealer", "[journal]") {
    any_sealer with{koc_test::paper_sealer{}};
    any_sealer none;
    koc::personal_text words{7, "Hua"};
    REQUIRE(koc::seal_text(with, "here", words).has_value());
    CHECK(koc::is_sealed(words));
    REQUIRE(koc::open_text(none, "here", words).has_value());
    CHECK(words == koc::personal_text{7, ""});
    REQUIRE(koc::seal_text(with, "here", words).has_value());
    CHECK(words.text.empty());
}

TEST_CASE("canonical text is sealed and opened as a whole", "[journal]") {
    any_sealer with{koc_test::paper_sealer{}};
    std::string const state = R"(people [{"id":7,"name":{"owner":7,"text":"Hua"},"n":1}])";
    auto const sealed = koc::sealed_canonical(with, "snapshot 3", state).value();
    CHECK(sealed.find("Hua") == std::string::npos);
    CHECK(koc::has_sealed_canonical(sealed));
    CHECK_FALSE(koc::has_sealed_canonical(state));
    CHECK_FALSE(koc::has_sealed_canonical(
        koc::canonical_text(std::string{"\"text\":\"\x01"}))); // a string that quotes one
    CHECK_FALSE(koc::has_sealed_canonical(R"("text":"\\u0001","note":"\u0001","text":"\u00)"));
    CHECK(koc::has_sealed_canonical(R"("text":"a\\","text":"\u0001)"));
    CHECK(koc::opened_canonical(with, "snapshot 3", sealed).value() == state);
    CHECK_FALSE(koc::opened_canonical(with, "snapshot 4", sealed).has_value());
    REQUIRE(with.forget(7).has_value());
    CHECK(koc::opened_canonical(with, "snapshot 3", sealed).value() ==
        R"(people [{"id":7,"name":{"owner":7,"text":""},"n":1}])");
}

} // namespace
