// SPDX-License-Identifier: BSL-1.0
#include <koc/member/discovery/messages/feeds.hpp>

#include "standard/unmoved.hpp"
#include "support/catch.hpp"
#include "support/scenario.hpp"

#include <rapidcheck.h>

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

using namespace koc;
using koc_test::unmoved;
using koc_test::winter_world;

namespace {

constexpr platform_id video_site{1};
constexpr platform_id forum{2};
constexpr member_id pan{71};
constexpr member_id qi{72};
constexpr member_id ren{73};

report_content piece(std::uint64_t signal, member_id who, instant at) {
    report_content made{signal_id{signal}, who, percent(80), percent(60), percent(90), true, 100};
    made.at = at;
    return made;
}
std::vector<member_id> shortlist(winter_world const& w) {
    std::vector<member_id> found;
    for (auto const& entry : w.ask(list_shortlist{100})) {
        found.push_back(entry.person);
    }
    return found;
}
void declared(winter_world& w) {
    w.given(declare_platform{video_site, "Video site", days(2), days(7)},
        declare_platform{forum, "Forum", days(5), days(7)});
}
platform_record feed(winter_world const& w, platform_id which) { return w.at(which); }

TEST_CASE("signals of a platform come in batches or one by one, and each counts once however it "
          "comes",
    "[member][A04]") {
    winter_world w;
    declared(w);
    auto const long_ago = w.now() - days(3);
    report_signals const first{
        video_site, 10, {piece(1, pan, long_ago), piece(2, qi, w.now() - days(1))}};
    w.accepts(first);
    CHECK(w.recorded<content_reported>().size() == 2);
    REQUIRE(w.recorded<platform_read>().size() == 1);
    CHECK(w.recorded<platform_read>().front().added == 2);
    CHECK(w.recorded<platform_read>().front().cursor == 10);
    // A signal keeps its own instant and its platform.
    CHECK(w.recorded<content_reported>().front().at == long_ago);
    CHECK(w.recorded<content_reported>().front().platform == video_site);
    CHECK(shortlist(w) == std::vector{qi, pan}); // Qi's is fresher
    auto const list = w.ask(list_shortlist{10});

    // The same batch again: accepted, and nothing is recorded.
    auto const before = w.digest();
    w.accepts(first);
    CHECK(w.events().empty());
    CHECK(w.digest() == before);
    // A batch that overlaps with it: what is new counts, the rest does not again.
    w.accepts(report_signals{
        video_site, 12, {piece(2, qi, w.now() - days(1)), piece(3, ren, w.now() - hours(1))}});
    CHECK(w.recorded<content_reported>().size() == 1);
    CHECK(w.recorded<platform_read>().front().added == 1);
    CHECK(shortlist(w) == std::vector{ren, qi, pan});
    CHECK(digest_of(w.ask(assess_candidate{qi})) == digest_of(list[0]));
    // A batch that names a signal twice has it once.
    w.accepts(report_signals{
        video_site, 13, {piece(4, ren, w.now() - days(9)), piece(4, ren, w.now() - days(9))}});
    CHECK(w.recorded<content_reported>().size() == 1);
    // The stream: one at a time, on the same footing.
    auto streamed = piece(5, pan, w.now());
    streamed.platform = video_site;
    w.accepts(streamed);
    CHECK(feed(w, video_site).received == 5);
    CHECK(feed(w, video_site).newest == w.now());
    w.refuses(streamed, errc::already_exists, "signal 5", "skip it");
    w.accepts(report_signals{video_site, 13, {streamed}});
    CHECK(w.events().empty());
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE(
    "in batches or as a stream, early, late, twice or out of order, the same signals give the "
    "same shortlist",
    "[member][A04]") {
    CHECK(rc::check([] {
        auto const pieces = *rc::gen::inRange(1, 12);
        auto const start = *from_iso8601("2026-01-05T08:00:00Z");
        std::vector<report_content> all;
        for (int i = 0; i < pieces; ++i) {
            auto made = piece(static_cast<std::uint64_t>(i + 1),
                member_id{71 + *rc::gen::inRange<std::uint64_t>(0, 4)},
                start - duration{*rc::gen::inRange<std::int64_t>(0, days(250).ms)});
            made.depth = score{*rc::gen::inRange<std::int64_t>(0, score::unit + 1)};
            made.originality = score{*rc::gen::inRange<std::int64_t>(0, score::unit + 1)};
            made.relevance = score{*rc::gen::inRange<std::int64_t>(0, score::unit + 1)};
            made.platform = video_site;
            all.push_back(made);
        }
        koc_test::scenario one;
        koc_test::scenario other;
        for (auto* world : {&one, &other}) {
            world->given(declare_platform{video_site, "Video site", days(2), days(7)});
        }
        one.given(report_signals{video_site, 1, all}); // all at once, in order
        // The same ones shuffled, some in batches, some one by one, some twice, over three days.
        for (auto i = all.size(); i > 1; --i) {
            std::swap(all[i - 1], all[*rc::gen::inRange<std::size_t>(0, i)]);
        }
        for (std::size_t i = 0; i < all.size();) {
            if (*rc::gen::inRange(0, 2) == 0) {
                other.accepts(all[i]);
                other.refuses(all[i], errc::already_exists, "signal");
                ++i;
            } else {
                auto const size = *rc::gen::inRange<std::size_t>(1, 5);
                report_signals batch{video_site, *rc::gen::inRange<std::int64_t>(0, 9), {}};
                for (std::size_t k = 0; k < size && i < all.size(); ++k, ++i) {
                    batch.contents.push_back(all[i]);
                }
                batch.contents.push_back(all[0]); // known by now, or named twice
                other.accepts(batch);
            }
            other.wait(hours(*rc::gen::inRange(0, 7)));
        }
        one.wait(other.now() - one.now());
        RC_ASSERT(
            digest_of(one.ask(list_shortlist{100})) == digest_of(other.ask(list_shortlist{100})));
        one.wait(days(40));
        other.wait(days(40));
        RC_ASSERT(
            digest_of(one.ask(list_shortlist{100})) == digest_of(other.ask(list_shortlist{100})));
    }));
}

TEST_CASE("platforms that use the same ids lose nothing: each id is one of its platform",
    "[member][A04]") {
    winter_world w;
    declared(w);
    auto const harbin = w.tag("region", "harbin");
    w.given(declare_territory{territory_id{1}, "Harbin", {{harbin}}, 1},
        adopt<territory_rules>{{1, percent(5)}});
    auto const about_harbin = [&](std::uint64_t signal, member_id who) {
        auto made = piece(signal, who, w.now());
        made.about = {harbin};
        return made;
    };
    // Both call their first post 5, and so does the brand's own community.
    w.accepts(report_signals{video_site, 1, {about_harbin(5, pan)}});
    CHECK(w.recorded<content_reported>().size() == 1);
    w.accepts(report_signals{forum, 1, {about_harbin(5, qi)}});
    CHECK(w.recorded<content_reported>().size() == 1);
    CHECK(w.recorded<platform_read>().front().added == 1);
    report_contribution const own{signal_id{5}, ren, contribution_kind::gave_feedback, 1, whole(1)};
    w.accepts(own);
    CHECK(shortlist(w) == std::vector{pan, qi, ren});
    CHECK(feed(w, video_site).received == 1);
    CHECK(feed(w, forum).received == 1);
    // Whatever is computed of single pieces has them all, too.
    std::vector<member_id> natives;
    for (auto const& one : w.ask(list_natives{territory_id{1}, 10})) {
        natives.push_back(one.person);
    }
    CHECK(natives == std::vector{pan, qi});
    // Each of them is known by now: in a batch, by itself, and as a contribution.
    auto const before = w.digest();
    w.accepts(report_signals{forum, 1, {about_harbin(5, qi)}});
    CHECK(w.events().empty());
    auto streamed = about_harbin(5, pan);
    streamed.platform = video_site;
    w.refuses(streamed, errc::already_exists, "signal 5", "skip it");
    streamed.platform = forum;
    w.refuses(streamed, errc::already_exists, "signal 5", "skip it");
    w.refuses(own, errc::already_exists, "signal 5", "skip it");
    CHECK(w.digest() == before);
    // Also where the number under which a signal is kept is taken by another one.
    auto const taken = first_signal_number(video_site, signal_id{7});
    REQUIRE(taken != first_signal_number(forum, signal_id{7}));
    w.accepts(
        report_contribution{signal_id{taken}, ren, contribution_kind::gave_feedback, 1, whole(1)});
    w.accepts(report_signals{video_site, 2, {about_harbin(7, pan)}});
    CHECK(w.recorded<content_reported>().size() == 1);
    w.accepts(
        report_content{signal_id{taken + 1}, qi, percent(80), percent(60), percent(90), true, 100});
    CHECK(w.recorded<content_reported>().size() == 1);
    auto const full = w.digest();
    w.accepts(report_signals{video_site, 2, {about_harbin(7, pan)}});
    CHECK(w.events().empty());
    w.refuses(report_contribution{signal_id{taken + 1}, ren, contribution_kind::interacted, 1, {}},
        errc::already_exists, "signal", "skip it");
    CHECK(w.digest() == full);
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("a batch with a signal that cannot be is refused as a whole", "[member][A04][refusal]") {
    winter_world w;
    declared(w);
    w.given(report_signals{video_site, 10, {piece(1, pan, w.now())}});
    unmoved same{w};
    auto const good = piece(2, qi, w.now());
    same.refuses(report_signals{video_site, 11, {good, piece(3, qi, w.now() + duration{1})}},
        errc::invalid_argument, "signal 3", "expected a signal that is not from the future");
    auto streamed = piece(3, qi, w.now() + days(1));
    same.refuses(streamed, errc::invalid_argument, "signal 3", "not from the future");
    auto shallow = piece(3, qi, w.now());
    shallow.depth = percent(101);
    same.refuses(report_signals{video_site, 11, {good, shallow}}, errc::invalid_argument,
        "report_content.depth", "from 0 to 1");
    auto elsewhere = piece(3, qi, w.now());
    elsewhere.platform = forum;
    same.refuses(report_signals{video_site, 11, {good, elsewhere}}, errc::invalid_argument,
        "signal 3", "expected a signal of platform 1, not of platform 2");
    same.refuses(report_signals{platform_id{9}, 11, {good}}, errc::unknown_id, "platform 9",
        "known platform");
    elsewhere.platform = platform_id{9};
    same.refuses(elsewhere, errc::unknown_id, "platform 9", "known platform");
    same.refuses(report_signals{video_site, -1, {good}}, errc::invalid_argument,
        "report_signals.cursor", "from 0 to");
    // What is known is left out, unless it says something that cannot be: a post of two people, or
    // one of tomorrow.
    auto const both = "expected a signal of person 71, as it was told before, not of person 72";
    same.refuses(report_signals{video_site, 11, {good, piece(1, qi, w.now())}},
        errc::already_exists, "signal 1", both);
    same.refuses(report_signals{video_site, 11, {piece(2, pan, w.now()), piece(2, qi, w.now())}},
        errc::already_exists, "signal 2", both);
    same.refuses(report_signals{video_site, 11, {good, piece(1, pan, w.now() + days(1))}},
        errc::invalid_argument, "signal 1", "not from the future");
    CHECK(shortlist(w) == std::vector{pan});
}

TEST_CASE("every platform has a cursor, and one that falls silent or runs late raises an alarm",
    "[member][F05]") {
    winter_world w;
    declared(w);
    w.given(report_signals{video_site, 100, {piece(1, pan, w.now())}},
        report_signals{forum, 7, {piece(2, qi, w.now())}});
    CHECK(w.ask(list_feeds{true}).empty());
    // Two days without anything new: the alarm comes by itself, once, and for this one alone.
    w.wait(days(2)).time_passes();
    REQUIRE(w.recorded<feed_fell_silent>().size() == 1);
    CHECK(w.recorded<feed_fell_silent>().front().platform == video_site);
    CHECK(w.recorded<feed_fell_silent>().front().heard == w.now() - days(2));
    w.wait(days(1)).time_passes();
    CHECK(w.events().empty());
    auto alarms = w.ask(list_feeds{true});
    REQUIRE(alarms.size() == 1);
    CHECK(alarms[0].id == video_site);
    CHECK(alarms[0].silent);
    CHECK(alarms[0].cursor == 100);
    // Reading it again without anything new does not end it; a cursor that moves does.
    w.accepts(report_signals{video_site, 100, {}});
    CHECK(w.events().empty());
    CHECK(feed(w, video_site).silent);
    w.accepts(report_signals{video_site, 101, {}});
    REQUIRE(w.recorded<feed_resumed>().size() == 1);
    CHECK(w.recorded<feed_resumed>().front().platform == video_site);
    CHECK_FALSE(feed(w, video_site).silent);
    // The cursor never moves back, and an older batch is read all the same.
    w.accepts(report_signals{video_site, 40, {piece(3, ren, w.now() - days(6))}});
    CHECK(feed(w, video_site).cursor == 101);
    CHECK(feed(w, video_site).received == 2);
    CHECK(feed(w, video_site).newest == w.now() - days(3)); // of signal 1

    // Both fall silent in time; a signal of the stream ends it as well.
    w.wait(days(6)).time_passes();
    CHECK(w.ask(list_feeds{true}).size() == 2);
    CHECK(w.history_of<feed_fell_silent>().size() == 3);
    auto streamed = piece(4, qi, w.now());
    streamed.platform = forum;
    w.accepts(streamed);
    CHECK(w.recorded<feed_resumed>().size() == 1);
    CHECK_FALSE(feed(w, forum).silent);

    // Late: what is new in a batch is older than a week. Once, until it is in time again.
    w.wait(days(20));
    w.accepts(report_signals{forum, 8, {piece(5, ren, w.now() - days(8))}});
    REQUIRE(w.recorded<feed_ran_late>().size() == 1);
    CHECK(w.recorded<feed_ran_late>().front().platform == forum);
    CHECK(w.recorded<feed_ran_late>().front().newest == w.now() - days(8));
    w.accepts(report_signals{forum, 9, {piece(6, ren, w.now() - days(9))}});
    CHECK(w.recorded<feed_ran_late>().empty());
    CHECK(feed(w, forum).late);
    w.accepts(
        report_signals{forum, 10, {piece(7, ren, w.now() - days(9)), piece(8, ren, w.now())}});
    CHECK(w.recorded<feed_ran_late>().empty());
    CHECK_FALSE(feed(w, forum).late);
    auto const all = w.ask(list_feeds{});
    REQUIRE(all.size() == 2);
    CHECK(all[0].name == "Video site");
    CHECK(all[1].cursor == 10);
    CHECK(all[1].newest == w.now());
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE(
    "whether a feed is late is told by what is new, in a batch or by itself", "[member][F05]") {
    winter_world w;
    declared(w);
    w.given(retire_platform{video_site}); // so that the alarms are the forum's
    auto const in_time = piece(1, pan, w.now());
    auto const late_alarms = [&] { return w.recorded<feed_ran_late>().size(); };
    w.given(report_signals{forum, 1, {in_time}});
    w.wait(days(30)).accepts(report_signals{forum, 2, {piece(2, pan, w.now() - days(8))}});
    CHECK(late_alarms() == 1);
    // What is not new tells nothing of it: a cursor that moves alone, a signal that is known.
    w.accepts(report_signals{forum, 3, {}});
    CHECK(w.recorded<platform_read>().size() == 1);
    CHECK(feed(w, forum).late);
    w.accepts(report_signals{forum, 4, {in_time}});
    CHECK(feed(w, forum).late);
    // Nor does it make a batch of old signals one in time.
    w.accepts(report_signals{forum, 5, {in_time, piece(3, pan, w.now() - days(9))}});
    CHECK(w.recorded<platform_read>().front().added == 1);
    CHECK(feed(w, forum).late);
    CHECK(late_alarms() == 0); // once was enough
    w.accepts(report_signals{forum, 6, {piece(4, pan, w.now())}});
    CHECK_FALSE(feed(w, forum).late);
    w.accepts(report_signals{forum, 7, {piece(2, pan, w.now() - days(8))}});
    CHECK_FALSE(feed(w, forum).late);
    CHECK(late_alarms() == 0);
    // A batch with old signals and one in time is in time, wherever that one stands in it.
    w.wait(days(2)).accepts(report_signals{
        forum, 8, {piece(5, pan, w.now() - days(8)), piece(6, pan, w.now() - days(1))}});
    CHECK_FALSE(feed(w, forum).late);
    CHECK(late_alarms() == 0);

    // Signals that come by themselves: the same alarm, once, until one is in time.
    auto const stream = [&](std::uint64_t signal, instant at) {
        auto made = piece(signal, qi, at);
        made.platform = forum;
        w.accepts(made);
    };
    w.wait(days(30));
    stream(10, w.now() - days(8));
    REQUIRE(late_alarms() == 1);
    CHECK(w.recorded<feed_ran_late>().front().newest == w.now() - days(8));
    CHECK(feed(w, forum).late);
    CHECK(w.ask(list_feeds{true}).size() == 1);
    stream(11, w.now() - days(9));
    CHECK(late_alarms() == 0);
    stream(12, w.now() - days(7)); // just in time
    REQUIRE(w.recorded<feed_caught_up>().size() == 1);
    CHECK(w.recorded<feed_caught_up>().front().platform == forum);
    CHECK(w.ask(list_feeds{true}).empty());
    stream(13, w.now());
    CHECK(w.recorded<feed_caught_up>().empty());
    // A batch ends what a signal by itself began, and the other way round.
    w.wait(days(30));
    stream(14, w.now() - days(8));
    w.accepts(report_signals{forum, 9, {piece(15, pan, w.now())}});
    CHECK(w.recorded<feed_caught_up>().empty());
    CHECK_FALSE(feed(w, forum).late);
    w.wait(days(30)).accepts(report_signals{forum, 10, {piece(16, pan, w.now() - days(8))}});
    stream(17, w.now());
    CHECK(w.recorded<feed_caught_up>().size() == 1);
    CHECK_FALSE(feed(w, forum).late);
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("a backfill of old signals neither raises an alarm nor ends one", "[member][F05]") {
    winter_world w;
    declared(w);
    auto const start = w.now();
    auto const stream = [&](std::uint64_t signal, instant at) {
        auto made = piece(signal, qi, at);
        made.platform = video_site;
        w.accepts(made);
    };
    w.given(report_signals{video_site, 100, {piece(1, pan, start)}});
    // What is read again, further back, by itself, or with a cursor that is ahead: all of it is
    // older than what is known, so it says nothing of how late the feed runs.
    w.wait(days(1)).accepts(report_signals{video_site, 40, {piece(2, qi, w.now() - days(300))}});
    CHECK(w.recorded<content_reported>().size() == 1);
    stream(3, w.now() - days(100));
    w.accepts(report_signals{video_site, 120, {piece(4, qi, w.now() - days(200))}});
    CHECK(w.history_of<feed_ran_late>().empty());
    CHECK(w.ask(list_feeds{true}).empty());
    CHECK(feed(w, video_site).cursor == 120);
    CHECK(feed(w, video_site).received == 4);
    CHECK(feed(w, video_site).newest == start);
    // Nor that it still speaks: the silence begins with what was new.
    CHECK(feed(w, video_site).heard == start);
    w.wait(days(1)).time_passes();
    REQUIRE(w.recorded<feed_fell_silent>().size() == 1);
    CHECK(w.recorded<feed_fell_silent>().front().heard == start);
    w.accepts(report_signals{video_site, 90, {piece(5, qi, start - days(9))}});
    stream(6, start - days(1));
    w.accepts(report_signals{video_site, 130, {piece(7, qi, start - days(2))}});
    CHECK(w.history_of<feed_resumed>().empty());
    CHECK(feed(w, video_site).silent);
    w.accepts(report_signals{video_site, 131, {piece(8, qi, start + hours(1))}});
    CHECK(w.recorded<feed_resumed>().size() == 1);
    // A feed that is late stays so until something new is in time.
    w.wait(days(30)).accepts(report_signals{video_site, 140, {piece(9, pan, w.now() - days(8))}});
    CHECK(w.recorded<feed_ran_late>().size() == 1);
    w.given(change_platform{video_site, days(2), days(20)});
    w.given(change_platform{video_site, days(2), days(7)});
    w.accepts(report_signals{video_site, 100, {piece(10, pan, w.now() - days(9))}});
    CHECK(feed(w, video_site).late);
    stream(11, w.now() - days(9));
    CHECK(w.recorded<feed_caught_up>().empty());
    CHECK(feed(w, video_site).late);
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("the spans of a platform are changed, and one that was retired raises no alarm until it "
          "is declared again",
    "[member][F05]") {
    winter_world w;
    declared(w);
    auto const start = w.now();
    w.given(report_signals{video_site, 100, {piece(1, pan, start)}},
        report_signals{forum, 7, {piece(2, qi, start)}});
    w.as({actor_kind::employee, 3}).accepts(change_platform{video_site, days(4), days(30)});
    CHECK(w.recorded<platform_changed>().size() == 1);
    w.accepts(change_platform{video_site, days(4), days(30)}); // as they are
    CHECK(w.events().empty());
    w.wait(days(3)).time_passes(); // by the spans of before it would have been silent
    CHECK(w.ask(list_feeds{true}).empty());
    // A shorter span: silent by now. A longer one: not silent any more.
    w.accepts(change_platform{video_site, days(2), days(30)});
    w.time_passes();
    REQUIRE(w.history_of<feed_fell_silent>().size() == 1);
    CHECK(w.history_of<feed_fell_silent>().front().platform == video_site);
    CHECK(w.history_of<feed_fell_silent>().front().heard == start);
    w.accepts(change_platform{video_site, days(3), days(30)});
    CHECK(w.recorded<feed_resumed>().empty()); // three days are over, too
    CHECK(feed(w, video_site).silent);
    w.accepts(change_platform{video_site, days(4), days(30)});
    CHECK(w.recorded<feed_resumed>().size() == 1);
    CHECK_FALSE(feed(w, video_site).silent);
    w.wait(days(1)).time_passes();
    CHECK(w.recorded<feed_fell_silent>().size() == 1);
    CHECK(feed(w, video_site).silent);
    // How late the newest was when it came is told by the span that holds now.
    w.accepts(report_signals{video_site, 101, {piece(3, pan, start + hours(1))}});
    w.wait(days(1)).accepts(change_platform{video_site, days(9), days(3)});
    REQUIRE(w.recorded<feed_ran_late>().size() == 1);
    CHECK(w.recorded<feed_ran_late>().front().newest == start + hours(1));
    w.accepts(change_platform{video_site, days(9), days(4)});
    CHECK(w.recorded<feed_caught_up>().size() == 1);
    CHECK(w.recorded<feed_ran_late>().empty());
    w.given(change_platform{video_site, days(9), days(3)});
    CHECK(feed(w, video_site).late);
    w.given(report_signals{forum, 8, {piece(4, qi, w.now())}});

    // Retired: what stood is over, and nothing new is raised. What it told stays.
    w.accepts(retire_platform{video_site});
    CHECK(w.recorded<platform_retired>().size() == 1);
    auto silent = w.history_of<feed_fell_silent>().size();
    w.wait(days(90)).time_passes();
    REQUIRE(w.history_of<feed_fell_silent>().size() == silent + 1);
    CHECK(w.history_of<feed_fell_silent>().back().platform == forum);
    REQUIRE(w.ask(list_feeds{true}).size() == 1);
    CHECK(w.ask(list_feeds{true}).front().id == forum);
    REQUIRE(w.ask(list_feeds{}).size() == 2);
    CHECK(w.ask(list_feeds{}).front().retired);
    CHECK_FALSE(w.ask(list_feeds{}).front().silent);
    CHECK_FALSE(w.ask(list_feeds{}).front().late);
    CHECK(shortlist(w).size() == 2);
    // Declared again, the watch begins anew where it was read last.
    w.accepts(declare_platform{video_site, "Videos", days(3), days(7)});
    auto const again = feed(w, video_site);
    CHECK(again.name == "Videos");
    CHECK_FALSE(again.retired);
    CHECK(again.cursor == 101);
    CHECK(again.received == 2);
    CHECK(again.heard == w.now());
    w.wait(days(3)).time_passes();
    CHECK(w.recorded<feed_fell_silent>().size() == 1);
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE(
    "spans of nothing, and a platform that is retired, are refused", "[member][F05][refusal]") {
    winter_world w;
    declared(w);
    w.given(retire_platform{forum});
    unmoved same{w};
    auto const spans = "expected spans longer than 0";
    auto const watched = "expected a platform that is watched, but it is retired";
    same.refuses(
        change_platform{video_site, {}, days(7)}, errc::invalid_argument, "platform 1", spans);
    same.refuses(change_platform{video_site, days(7), -1 * days(1)}, errc::invalid_argument,
        "platform 1", spans);
    same.refuses(change_platform{platform_id{9}, days(7), days(7)}, errc::unknown_id, "platform 9",
        "known platform");
    same.refuses(retire_platform{platform_id{9}}, errc::unknown_id, "platform 9", "known platform");
    same.refuses(
        change_platform{forum, days(7), days(7)}, errc::wrong_state, "platform 2", watched);
    same.refuses(retire_platform{forum}, errc::wrong_state, "platform 2", watched);
    same.refuses(report_signals{forum, 3, {piece(1, pan, w.now())}}, errc::wrong_state,
        "platform 2", "declare it again");
    auto streamed = piece(1, pan, w.now());
    streamed.platform = forum;
    same.refuses(streamed, errc::wrong_state, "platform 2", watched);
    w.as({actor_kind::member, 1});
    same.refuses(change_platform{video_site, days(7), days(7)}, errc::not_qualified,
        "change_platform", "an employee");
    same.refuses(
        retire_platform{video_site}, errc::not_qualified, "retire_platform", "an employee");
}

TEST_CASE("a platform that cannot be watched, or is declared twice, is refused",
    "[member][F05][refusal]") {
    winter_world w;
    declared(w);
    unmoved same{w};
    same.refuses(declare_platform{video_site, "Again", days(2), days(7)}, errc::already_exists,
        "platform 1", "not declared yet");
    auto const spans = "expected a platform with an id above 0 and spans longer than 0";
    same.refuses(declare_platform{platform_id{3}, "Third", {}, days(7)}, errc::invalid_argument,
        "platform 3", spans);
    same.refuses(declare_platform{platform_id{3}, "Third", days(1), -1 * days(7)},
        errc::invalid_argument, "platform 3", spans);
    same.refuses(declare_platform{platform_id{}, "None", days(1), days(7)}, errc::invalid_argument,
        "platform 0", spans);
    same.refuses(declare_platform{platform_id{3}, "", days(1), days(7)}, errc::invalid_text,
        "name of platform 3", "non-empty");
    CHECK(w.ask(list_feeds{}).size() == 2);
}

TEST_CASE("a batch that overlaps with signals of an account that was merged names the one that is "
          "kept",
    "[member][A04][E18][refusal]") {
    winter_world w;
    declared(w);
    auto const yesterday = w.now() - days(1);
    w.given(
        report_signals{video_site, 10, {piece(1, w.hua, yesterday), piece(2, w.dong, yesterday)}});
    w.given(merge_members{w.dong, w.hua, {w.hua.value(), "One person"}});
    report_signals const named{
        video_site, 11, {piece(1, w.hua, yesterday), piece(3, w.hua, yesterday)}};
    report_signals const others{video_site, 11, {piece(1, w.an, yesterday)}};
    {
        unmoved same{w};
        same.refuses(named, errc::wrong_state, "member 7", "use 3 in report_signals.contents[0]");
        same.refuses(
            others, errc::already_exists, "signal 1", "of person 3, as it was told before, not");
    }
    w.accepts(
        report_signals{video_site, 11, {piece(1, w.dong, yesterday), piece(3, w.dong, yesterday)}});
    REQUIRE(w.recorded<content_reported>().size() == 1);
    CHECK(w.recorded<content_reported>().front().signal == signal_id{3});
    CHECK(feed(w, video_site).received == 3);
    // As two people again, each signal is of whom it was told.
    w.given(undo_merge{w.hua});
    w.refuses(report_signals{video_site, 12, {piece(1, w.dong, yesterday)}}, errc::already_exists,
        "signal 1", "of person 7");
    w.accepts(report_signals{video_site, 12, {piece(1, w.hua, yesterday)}});
    CHECK(w.recorded<content_reported>().empty());
    CHECK(w.digest() == w.digest_of_replay());
}

} // namespace
