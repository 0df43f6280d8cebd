// SPDX-License-Identifier: BSL-1.0
#include <koc/engine/snapshot.hpp>

#include <koc/describe/canonical_reader.hpp>
#include <koc/engine/clock_rules.hpp>
#include <koc/engine/engine.hpp>

#include "engine/garden.hpp"
#include "engine/journals.hpp"
#include "engine/picture.hpp"
#include "support/catch.hpp"
#include "support/scenario.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using garden::engine_of;
using garden::plant_id;
using koc::errc;
using test::picture_of;

koc::asked request(std::string id, std::int64_t minute) {
    return {garden::at(minute).now, {}, std::move(id)};
}

/// The positions between the batches of a journal, the beginning and the end among them.
template <typename Journal>
std::vector<std::uint64_t> cuts_of(Journal const& journal) {
    std::vector<std::uint64_t> cuts;
    for (auto const& e : journal.envelopes()) {
        if (e.first == e.position) {
            cuts.push_back(e.position);
        }
    }
    cuts.push_back(journal.envelopes().size());
    return cuts;
}

/// A history with requests, groups, erased tags of time, vetoes and rules that change.
test::shared_journal garden_history(std::uint64_t steps) {
    test::shared_journal const journal;
    auto engine = engine_of(journal);
    std::uint64_t dice = steps;
    auto const below = [&](std::uint64_t bound) {
        dice = dice * 6'364'136'223'846'793'005U + 1'442'695'040'888'963'407U;
        return (dice >> 33U) % bound;
    };
    std::int64_t minute = 0;
    for (std::uint64_t i = 1; i <= steps; ++i) {
        minute += static_cast<std::int64_t>(below(4) == 0 ? below(20'000) : below(30));
        auto const with = request(below(2) == 0 ? "r" + std::to_string(i) : "", minute);
        plant_id const some{1 + below(i)};
        switch (below(9)) {
        case 0:
        case 1:
        case 2:
            static_cast<void>(engine.handle(
                garden::sow{plant_id{i}, "tree \"" + std::to_string(i) + "\"\n", {i, "Li"}}, with));
            break;
        case 3:
        case 4:
            static_cast<void>(
                engine.handle(garden::water{some, static_cast<std::int64_t>(1 + below(50))}, with));
            break;
        case 5:
            static_cast<void>(engine.handle(garden::replace{some, plant_id{1'000 + i}}, with));
            break;
        case 6: {
            auto group = engine.open_group();
            static_cast<void>(group.handle(garden::plant_row{plant_id{2'000 + 10 * i}, 3}, with));
            static_cast<void>(group.handle(garden::forbid{"watered 7 litres"}, with));
            static_cast<void>(group.commit());
            break;
        }
        case 7:
            static_cast<void>(
                engine.handle(koc::adopt<koc::clock_rules>{{koc::days(3'650), koc::days(3'650),
                                  koc::days(static_cast<std::int64_t>(1 + below(90)))}},
                    with));
            break;
        default:
            static_cast<void>(engine.handle(garden::permit{"watered 7 litres"}, with));
        }
    }
    return journal;
}

TEST_CASE("an engine that begins with a snapshot is the one that read all events", "[engine]") {
    auto const journal = garden_history(120);
    auto const cuts = cuts_of(journal);
    REQUIRE(cuts.size() > 60);
    auto const end = test::replayed(journal);
    auto whole = engine_of(journal);
    REQUIRE(whole.catch_up().has_value());
    auto const last = koc::take_snapshot(whole).value();
    CHECK(koc::read_snapshot(last)->head.answers.size() > 5);

    auto walking = engine_of(journal);
    for (auto const cut : cuts) {
        INFO(cut);
        REQUIRE(walking.catch_up_to(cut).has_value());
        auto const text = koc::take_snapshot(walking).value();
        CHECK(koc::read_snapshot(text)->head.at == walking.head());
        auto fresh = engine_of(journal);
        REQUIRE(koc::resume(fresh, text).has_value());
        CHECK(picture_of(fresh) == picture_of(walking));
        CHECK(koc::take_snapshot(fresh).value() == text);
        REQUIRE(fresh.catch_up().has_value());
        CHECK(picture_of(fresh) == end);
        // Which requests are known, and how they were answered, is in it too.
        CHECK(koc::take_snapshot(fresh).value() == last);
    }
}

TEST_CASE("an engine that began with a snapshot goes on as any other", "[engine]") {
    auto const journal = garden_history(60);
    auto writer = engine_of(journal);
    REQUIRE(writer.catch_up().has_value());
    auto const minute = (writer.last() - koc::instant{}).ms / 60'000;
    REQUIRE(writer.handle(garden::sow{plant_id{9'000}, "kept"}, request("kept", minute + 1))
                .has_value());
    auto const text = koc::take_snapshot(writer).value();
    auto replaying = engine_of(journal.inner());
    auto resuming = engine_of(journal.inner());
    REQUIRE(koc::resume(resuming, text).has_value());
    auto const same = [&](auto const& command, koc::asked const& with) {
        auto const a = replaying.handle(command, with);
        auto const b = resuming.handle(command, with);
        CHECK(a == b);
        CHECK(picture_of(replaying) == picture_of(resuming));
        return b;
    };
    CHECK(same(garden::sow{plant_id{9'000}, "kept"}, request("kept", minute + 2))->repeated);
    CHECK(same(garden::sow{plant_id{9'001}, "other"}, request("kept", minute + 2)).error().code ==
        errc::request_reused);
    CHECK(same(garden::water{plant_id{9'000}, 5}, request("new", minute + 3)).has_value());
    CHECK(same(garden::plant_row{plant_id{9'010}, 5}, request("", minute + 3)).has_value());
    // Much is due, and the request is known no more.
    auto const later = request("kept", minute + 100 * 24 * 60);
    CHECK(replaying.advance(later).has_value());
    CHECK(resuming.advance(later).has_value());
    CHECK(same(garden::sow{plant_id{9'100}, "late"}, {later.now}).has_value());
    CHECK_FALSE(same(garden::water{plant_id{9'000}, 5}, later).value().repeated);
    CHECK(koc::take_snapshot(replaying).value() == koc::take_snapshot(resuming).value());
}

TEST_CASE("a group that was dropped or lost a race leaves nothing in a snapshot", "[engine]") {
    test::shared_journal const journal;
    auto engine = engine_of(journal);
    auto other = engine_of(journal);
    auto const same_as_replayed = [&] {
        auto replaying = engine_of(journal);
        REQUIRE(replaying.catch_up().has_value());
        CHECK(koc::take_snapshot(engine).value() == koc::take_snapshot(replaying).value());
    };
    {
        auto dropped = engine.open_group();
        REQUIRE(dropped.handle(garden::sow{plant_id{1}, "oak"}, request("r", 1)).has_value());
    }
    REQUIRE(engine.handle(garden::sow{plant_id{1}, "oak"}, request("r", 1)).has_value());
    same_as_replayed();

    auto late = engine.open_group();
    REQUIRE(late.handle(garden::sow{plant_id{2}, "elm"}, request("s", 2)).has_value());
    REQUIRE(other.handle(garden::sow{plant_id{3}, "ash"}, request("t", 2)).has_value());
    REQUIRE(late.commit().has_value());
    same_as_replayed();
}

TEST_CASE("a snapshot stands between two batches", "[engine]") {
    test::shared_journal const journal;
    auto writer = engine_of(journal);
    REQUIRE(writer.handle(garden::sow{plant_id{1}, "oak"}, garden::at(1)).has_value());
    auto const events = journal.envelopes().size();
    for (std::uint64_t at = 0; at <= events; ++at) {
        auto engine = engine_of(journal);
        REQUIRE(engine.catch_up_to(at).has_value());
        auto const made = koc::take_snapshot(engine);
        CHECK(made.has_value() == (at == 0 || at == events));
        if (!made) {
            CHECK(made.error().code == errc::wrong_state);
            CHECK(made.error().subject == "event " + std::to_string(at));
        }
    }
    journal.fail_reads(1);
    CHECK(koc::take_snapshot(writer).error().code == errc::unavailable);
}

// What is refused

/// Refused, an engine reads everything as if nobody had asked.
koc::error refused(
    test::shared_journal const& journal, std::string_view text, std::string_view release = {}) {
    auto engine = engine_of(journal);
    auto const done = koc::resume(engine, text, release);
    REQUIRE_FALSE(done.has_value());
    CHECK(engine.head() == koc::journal_head{});
    CHECK(engine.state_text() == engine_of(journal).state_text());
    CHECK(engine.catch_up().has_value());
    CHECK(picture_of(engine) == test::replayed(journal));
    return done.error();
}

struct small_history {
    test::shared_journal journal;
    std::string text;

    small_history() {
        auto writer = engine_of(journal);
        for (std::uint64_t id = 1; id <= 3; ++id) {
            CHECK(writer
                      .handle(garden::sow{plant_id{id}, "oak", {id, "Li"}},
                          request("r" + std::to_string(id), 1))
                      .has_value());
            CHECK(writer.handle(garden::water{plant_id{id}, 3}, garden::at(2)).has_value());
        }
        text = koc::take_snapshot(writer).value();
    }
};

TEST_CASE("damage anywhere in a snapshot is found", "[engine]") {
    small_history const it;
    auto const whole = it.text.size();
    REQUIRE(whole < 8'000);
    auto engine = engine_of(it.journal);
    for (std::size_t at = 0; at < whole; ++at) {
        auto changed = it.text;
        changed[at] = static_cast<char>(changed[at] ^ 1);
        INFO(at);
        auto const done = koc::resume(engine, changed);
        REQUIRE_FALSE(done.has_value());
        CHECK(done.error().code ==
            (at < koc::snapshot_mark.size() ? errc::schema_changed : errc::corrupt));
        REQUIRE_FALSE(koc::resume(engine, std::string_view{it.text}.substr(0, at)).has_value());
    }
    CHECK(koc::resume(engine, it.text).has_value());
    CHECK(refused(it.journal, it.text + ' ').code == errc::corrupt);
    CHECK(refused(it.journal, "").code == errc::schema_changed);
    CHECK(refused(it.journal, "koc_snapshot 2 and so on").code == errc::schema_changed);
}

TEST_CASE("a snapshot of another programme or release is recognised", "[engine]") {
    small_history const it;
    CHECK(refused(it.journal, it.text, "2.1").code == errc::schema_changed);

    auto later = koc::engine::of<garden::later_programme>(it.journal);
    CHECK(koc::resume(later, it.text).error().code == errc::schema_changed);
    REQUIRE(later.catch_up().has_value());
    CHECK(refused(it.journal, koc::take_snapshot(later).value()).code == errc::schema_changed);

    auto built = engine_of(it.journal);
    REQUIRE(built.catch_up().has_value());
    auto const of_release = koc::take_snapshot(built, "2.1").value();
    CHECK(refused(it.journal, of_release).code == errc::schema_changed);
    auto again = engine_of(it.journal);
    CHECK(koc::resume(again, of_release, "2.1").has_value());

    // An aspect that only reviews has no state to be other.
    auto watched = koc::engine::of<garden::watched_programme>(it.journal);
    CHECK(koc::resume(watched, it.text).has_value());
}

TEST_CASE("a snapshot of another journal, or ahead of this one, is recognised", "[engine]") {
    small_history const it;
    test::shared_journal const other;
    auto writer = engine_of(other);
    for (std::uint64_t id = 1; id <= 9; ++id) {
        REQUIRE(writer.handle(garden::sow{plant_id{id}, "elm"}, garden::at(1)).has_value());
    }
    auto const foreign = refused(other, it.text);
    CHECK(foreign.code == errc::invalid_argument);
    CHECK(foreign.expected.find("whose events up to there are others") != std::string::npos);

    test::shared_journal const shorter;
    REQUIRE(engine_of(shorter)
                .handle(garden::sow{plant_id{1}, "oak", {1, "Li"}}, request("r1", 1))
                .has_value());
    auto const ahead = refused(shorter, it.text);
    CHECK(ahead.code == errc::invalid_argument);
    CHECK(ahead.expected.find("which ends before") != std::string::npos);
    CHECK(refused(test::shared_journal{}, it.text) == ahead);
}

TEST_CASE("a snapshot that its writer got wrong is refused with the place", "[engine]") {
    small_history const it;
    auto const parts = koc::read_snapshot(it.text).value();
    auto const with = [&](std::string_view from, std::string_view to) {
        std::string state{parts.state};
        auto const at = state.find(from);
        REQUIRE(at != std::string::npos);
        state.replace(at, from.size(), to);
        return koc::snapshot_text(parts.head, state);
    };
    CHECK(refused(it.journal, with(R"("litres":3)", R"("litres":4)")).code == errc::corrupt);
    CHECK(refused(it.journal, with(R"("litres":3)", R"("litres":"3")")).subject ==
        "beds.plants_[0].litres");
    CHECK(refused(it.journal, with(R"({"id":2,)", R"({"id":1,)")).subject == "beds.plants_[1]");
    CHECK(refused(it.journal, with("diary.lines_ ", "diary.pages_ ")).subject == "diary.lines_");
    CHECK(refused(it.journal, with("inspector.forbidden_ []\n", "")).subject ==
        "inspector.forbidden_");
    CHECK(refused(it.journal, with("inspector.forbidden_ []\n", "inspector.forbidden_ []\nmore"))
              .expected.find("no further container") != std::string::npos);

    auto head = parts.head;
    head.at.chain = {};
    CHECK(
        refused(it.journal, koc::snapshot_text(head, parts.state)).code == errc::invalid_argument);
    head.at = {};
    CHECK(refused(it.journal, koc::snapshot_text(head, parts.state)).code == errc::corrupt);
    auto const no_head = "not a head\n";
    std::string forged{koc::snapshot_mark};
    forged += to_hex(koc::digest_of(std::string_view{no_head})) + '\n' + no_head;
    CHECK(refused(it.journal, forged).subject == "snapshot head");
}

TEST_CASE("a snapshot is not needed where a container cannot read, nor lost where the journal "
          "cannot be read",
    "[engine]") {
    test::shared_journal const journal;
    auto leaky = koc::engine::of<garden::leaky_programme>(journal);
    REQUIRE(leaky.handle(garden::sow{plant_id{1}, "oak"}, garden::at(1)).has_value());
    auto const text = koc::take_snapshot(leaky).value();
    auto fresh = koc::engine::of<garden::leaky_programme>(journal);
    auto const said = koc::resume(fresh, text);
    REQUIRE_FALSE(said.has_value());
    CHECK(said.error().code == errc::wrong_state);
    CHECK(said.error().subject == "leaky.count_");
    REQUIRE(fresh.catch_up().has_value());
    CHECK(fresh.state_text() == leaky.state_text());

    small_history const it;
    auto engine = engine_of(it.journal);
    it.journal.fail_reads(1);
    CHECK(koc::resume(engine, it.text).error().code == errc::unavailable);
    it.journal.throw_reads(1);
    CHECK_THROWS(koc::resume(engine, it.text));
    CHECK(engine.head() == koc::journal_head{});
    CHECK(koc::resume(engine, it.text).has_value());
    REQUIRE(engine.catch_up().has_value());
    CHECK(picture_of(engine) == test::replayed(it.journal));
}

// The standard programme

/// What a search finds, which no state text shows.
std::vector<std::vector<koc::member_id>> found_by(koc::engine const& engine) {
    std::vector<std::vector<koc::member_id>> all;
    for (auto const& needs : {koc::has("region", "northeast"), koc::has("stage", "active"),
             koc::has("source", "open") && !koc::has("region", "harbin"),
             koc::has("skill", "deep_review"),
             koc::requirement{koc::column("load") >= std::int64_t{1}}}) {
        auto const found = engine.ask(koc::find_members{needs}, {engine.last()});
        all.push_back(found ? *found : std::vector{koc::member_id{}});
    }
    return all;
}

TEST_CASE("the standard programme begins with a snapshot at each cut of a history", "[engine]") {
    using namespace koc;
    koc_test::winter_world w;
    auto made = w.brief(task_id{1});
    made.needs = has("region", "northeast") && !has("stage", "evolving");
    made.wanted = {{w.tag("interest", "technology")}};
    w.given(open_task{made});
    w.accepts(dispatch{task_id{1}, 3}, "push-1").given(accept_offer{offer_id{1}});
    auto const who = w.at(offer_id{1}).member;
    w.wait(days(1)).given(submit_work{submission_id{1}, task_id{1}, who, "https://example.org/w"},
        w.rate(submission_id{1}, percent(90)), select_best{task_id{1}});
    w.listed(w.brief(task_id{2}));
    w.handed_in(task_id{2}, w.dong, submission_id{2});
    w.wait(days(40)).time_passes();

    auto const cuts = cuts_of(w.journal_file());
    REQUIRE(cuts.size() > 60);
    auto const& end = w.engine();
    auto const last = koc::take_snapshot(w.engine()).value();
    engine walking{w.journal_file()};
    for (auto const cut : cuts) {
        INFO(cut);
        REQUIRE(walking.catch_up_to(cut).has_value());
        auto const text = koc::take_snapshot(walking).value();
        engine fresh{w.journal_file()};
        auto const done = koc::resume(fresh, text);
        INFO((done ? "" : done.error().subject + ": " + done.error().expected));
        REQUIRE(done.has_value());
        CHECK(koc::take_snapshot(fresh).value() == text);
        CHECK(found_by(fresh) == found_by(walking));
        CHECK(fresh.next_due() == walking.next_due());
        REQUIRE(fresh.catch_up().has_value());
        CHECK(koc::take_snapshot(fresh).value() == last);
        CHECK(found_by(fresh) == found_by(end));
        CHECK(fresh.handle(dispatch{task_id{1}, 3}, w.asked("push-1"))->repeated);
    }
}

} // namespace
