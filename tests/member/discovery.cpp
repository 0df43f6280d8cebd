// SPDX-License-Identifier: BSL-1.0
#include <koc/member/discovery.hpp>

#include "support/catch.hpp"
#include "support/scenario.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <limits>
#include <string>
#include <vector>

using namespace koc;
using koc_test::scenario;

namespace {

constexpr member_id an{101};
constexpr member_id bo{102};
constexpr member_id chu{103};

/// A thorough, original, relevant piece that nobody asked for.
report_content content(std::uint64_t signal, member_id who) {
    return {signal_id{signal}, who, percent(80), percent(70), percent(90), true, 1000};
}

score fit(scenario const& s, member_id who) { return s.get<discovery>().assess(who, s.now())->fit; }

TEST_CASE("in the open domain depth and originality count, not followers", "[member][A02]") {
    CHECK(rc::check([] {
        auto const ratio_gen = rc::gen::map(rc::gen::inRange<std::int64_t>(0, score::unit + 1),
            [](std::int64_t raw) { return score{raw}; });
        auto const pieces = *rc::gen::inRange(1, 8);
        scenario known;
        scenario famous;
        for (int i = 1; i <= pieces; ++i) {
            report_content piece{signal_id{static_cast<std::uint64_t>(i)}, an, *ratio_gen,
                *ratio_gen, *ratio_gen, *rc::gen::arbitrary<bool>(),
                *rc::gen::inRange<std::int64_t>(0, 1000)};
            known.given(piece);
            piece.followers =
                *rc::gen::inRange<std::int64_t>(0, std::numeric_limits<std::int64_t>::max());
            famous.given(piece);
        }
        auto const a = *known.get<discovery>().assess(an, known.now());
        auto const b = *famous.get<discovery>().assess(an, famous.now());
        RC_ASSERT(a.fit == b.fit);
        RC_ASSERT(a.why == b.why);
        RC_ASSERT(known.digest() == famous.digest()); // they decide nothing at all
    }));
}

TEST_CASE("the deeper and the more original piece ranks first", "[member][A02]") {
    scenario s;
    auto deep = content(1, bo);
    deep.followers = 10;
    auto shallow = content(2, an);
    shallow.depth = percent(10);
    shallow.originality = percent(10);
    shallow.followers = 5'000'000;
    s.given(deep, shallow);
    auto const list = s.get<discovery>().shortlist(s.look(), 10, s.now());
    REQUIRE(list.size() == 2);
    CHECK(list[0].person == bo);
    CHECK(list[0].why.parts[0].signal == "depth");
    CHECK(list[0].why.parts[1].signal == "originality");
}

TEST_CASE("self-initiated, brand-relevant, high-quality work raises the score, each for itself",
    "[member][A03]") {
    auto const base = [] {
        auto piece = content(1, an);
        piece.depth = piece.originality = piece.relevance = percent(50);
        piece.self_initiated = false;
        return piece;
    }();
    auto const of = [](report_content const& piece) {
        scenario s;
        s.given(piece);
        return fit(s, an);
    };
    auto self_initiated = base;
    self_initiated.self_initiated = true;
    auto relevant = base;
    relevant.relevance = percent(90);
    auto deep = base;
    deep.depth = percent(90);
    auto original = base;
    original.originality = percent(90);
    for (auto const& better : {self_initiated, relevant, deep, original}) {
        CHECK(of(better) > of(base));
    }
    auto beside_the_point = base;
    beside_the_point.relevance = {};
    CHECK(of(beside_the_point) == score{});
}

TEST_CASE("more good work always counts for more, each further piece for less", "[member][A03]") {
    scenario s;
    score before;
    score gain = whole(1000);
    for (std::uint64_t i = 1; i <= 10; ++i) {
        s.given(content(i, an));
        auto const now = fit(s, an);
        CHECK(now > before);
        CHECK(now - before < gain);
        gain = now - before;
        before = now;
    }
}

TEST_CASE(
    "in the owned domain interaction and contribution count, contribution more", "[member][A05]") {
    scenario s;
    s.given(report_deed{signal_id{1}, an, deed::interacted, 40, {}},
        report_deed{signal_id{2}, bo, deed::helped_a_peer, 40, percent(50)});
    CHECK(fit(s, an) > score{});
    CHECK(fit(s, bo) > fit(s, an));
    CHECK(s.get<discovery>().assess(an, s.now())->why.parts.front().signal == "taking part");
    // The same number again raises both.
    auto const before = fit(s, an);
    s.given(report_deed{signal_id{3}, an, deed::interacted, 40, {}});
    CHECK(fit(s, an) > before);
}

TEST_CASE(
    "trying first with detailed feedback counts for more than feedback alone", "[member][A06]") {
    scenario s;
    s.given(report_deed{signal_id{1}, an, deed::tried_first, 3, percent(90)},
        report_deed{signal_id{2}, bo, deed::gave_feedback, 3, percent(90)},
        report_deed{signal_id{3}, chu, deed::tried_first, 3, percent(10)});
    CHECK(fit(s, an) > fit(s, bo));
    CHECK(fit(s, bo) > fit(s, chu)); // first but empty-handed is less than detailed
    auto const why = s.get<discovery>().assess(an, s.now())->why;
    REQUIRE(why.parts.size() == 3);
    CHECK(why.parts[0].signal == "feedback");
    CHECK(why.parts[1].signal == "first to try");
    CHECK(why.parts[2].signal == "lately");
}

TEST_CASE("who patiently helps others is found, and it says so", "[member][A07]") {
    scenario s;
    for (std::uint64_t i = 1; i <= 30; ++i) {
        s.given(report_deed{signal_id{i}, an, deed::helped_a_peer, 1, percent(80)});
    }
    s.given(report_deed{signal_id{100}, bo, deed::interacted, 30, {}});
    auto const list = s.get<discovery>().shortlist(s.look(), 2, s.now());
    REQUIRE(list.size() == 2);
    CHECK(list[0].person == an);
    REQUIRE(list[0].why.parts.size() == 2);
    CHECK(list[0].why.parts[0].signal == "help to peers");
    CHECK(list[0].why.parts[1].signal == "lately");
    CHECK(list[0].why.total() == list[0].fit);
}

TEST_CASE("one shortlist holds both kinds, each with where from and why", "[member][A09]") {
    scenario s;
    s.given(content(1, an), report_deed{signal_id{2}, bo, deed::helped_a_peer, 5, percent(90)},
        content(3, chu), report_deed{signal_id{4}, chu, deed::tried_first, 2, percent(90)});
    s.accepts(draw_shortlist{10});
    auto const drawn = s.emitted<shortlist_drawn>();
    REQUIRE(drawn.size() == 1);
    auto const& list = drawn.front().candidates;
    REQUIRE(list.size() == 3);
    CHECK(list[0].person == chu);
    CHECK(list[0].sources == std::vector{source::open, source::owned});
    for (auto const& entry : list) {
        CHECK(entry.why.total() == entry.fit);
        CHECK_FALSE(entry.why.parts.empty());
    }
    CHECK(std::is_sorted(
        list.begin(), list.end(), [](auto const& a, auto const& b) { return a.fit > b.fit; }));
    s.accepts(draw_shortlist{1});
    CHECK(s.emitted<shortlist_drawn>().front().candidates.size() == 1);
}

TEST_CASE("equals stand in the order of their ids, and who shows nothing does not stand there",
    "[member][A09]") {
    scenario s;
    auto nothing = content(3, chu);
    nothing.relevance = {};
    s.given(content(1, bo), content(2, an), nothing);
    auto const list = s.get<discovery>().shortlist(s.look(), 10, s.now());
    REQUIRE(list.size() == 2);
    CHECK(list[0].person == an);
    CHECK(list[1].person == bo);
}

TEST_CASE("who is admitted gets the source tags of their evidence", "[member][A01]") {
    scenario s;
    s.given(content(1, an), content(2, chu),
        report_deed{signal_id{3}, chu, deed::gave_feedback, 1, percent(50)});
    s.given(admit{an, {an.value(), "An"}, {}}, admit{chu, {chu.value(), "Chu"}, {}});
    CHECK(s.get<roster>().find(an)->sources == std::vector{source::open});
    CHECK(s.get<roster>().find(chu)->sources == std::vector{source::open, source::owned});
    CHECK(s.get<roster>().find(an)->standing == stage::budding);
    CHECK(s.get<discovery>()
              .shortlist(s.look(), 10, s.now())
              .empty()); // they are no candidates any more
    // Later evidence from the other domain does not rewrite where they were found.
    s.given(report_deed{signal_id{4}, an, deed::gave_feedback, 1, percent(50)});
    CHECK(s.get<roster>().find(an)->sources == std::vector{source::open});
}

TEST_CASE("new evidence re-ranks at once", "[member][A11]") {
    scenario s;
    auto weak = content(1, an);
    weak.depth = percent(20);
    s.given(weak, content(2, bo));
    CHECK(s.get<discovery>().shortlist(s.look(), 1, s.now()).front().person == bo);
    s.given(content(3, an));
    CHECK(s.get<discovery>().shortlist(s.look(), 1, s.now()).front().person == an);
}

TEST_CASE("who goes on giving is found before who gave the same long ago", "[member][A11]") {
    scenario s;
    s.given(report_deed{signal_id{1}, an, deed::helped_a_peer, 10, percent(80)}, content(2, bo));
    auto const fresh = fit(s, an);
    s.wait(days(7));
    CHECK(fit(s, an) < fresh); // time passes, and nothing is written for it
    CHECK(fit(s, bo) > score{});
    s.wait(days(53));
    s.given(report_deed{signal_id{3}, chu, deed::helped_a_peer, 10, percent(80)});
    CHECK(fit(s, chu) == fresh);
    CHECK(fit(s, chu) > fit(s, an));
    // What was given long ago still counts for what it was, and more of it for more.
    auto const why = s.get<discovery>().assess(an, s.wait(days(3650)).now())->why;
    REQUIRE(why.parts.size() == 1);
    CHECK(why.parts[0].signal == "help to peers");
    // The shortlist that is recorded is that of its day.
    s.accepts(draw_shortlist{10});
    CHECK(digest_of(s.emitted<shortlist_drawn>().front().candidates) ==
        digest_of(s.get<discovery>().shortlist(s.look(), 10, s.now())));
    CHECK(s.digest() == s.digest_of_replay());
}

TEST_CASE("reading a feed twice counts once", "[member][A04]") {
    scenario s;
    s.given(content(1, an));
    auto const before = fit(s, an);
    s.refuses(content(1, an), errc::already_exists, "signal 1", "skip it");
    s.refuses(
        report_deed{signal_id{1}, bo, deed::interacted, 1, {}}, errc::already_exists, "signal 1");
    CHECK(fit(s, an) == before);
}

TEST_CASE("which signals were seen is part of the digest, because it decides", "[member]") {
    scenario a;
    scenario b;
    a.given(content(1, an));
    b.given(content(2, an));
    CHECK(a.digest() != b.digest());
}

TEST_CASE("evidence that cannot be is refused", "[member]") {
    scenario s;
    s.given(content(1, an), admit{an, {an.value(), "An"}, {}}, content(2, bo));
    auto const with = [](auto change) {
        auto piece = content(9, bo);
        change(piece);
        return piece;
    };
    struct row {
        scenario::command asked;
        errc code;
        std::string subject;
        std::string word;
    };
    auto const half = percent(50);
    for (auto const& [asked, code, about, word] :
        std::vector<row>{
            {content(0, bo), errc::invalid_argument, "signal 0", "above 0"},
            {content(9, member_id{}), errc::invalid_argument, "signal 9", "above 0"},
            {with([](auto& p) { p.depth = -score{1}; }), errc::invalid_argument, "signal 9",
                "0 to 1"},
            {with([](auto& p) { p.originality = percent(101); }), errc::invalid_argument,
                "signal 9", "0 to 1"},
            {with([](auto& p) { p.relevance = whole(2); }), errc::invalid_argument, "signal 9",
                "0 to 1"},
            {with([](auto& p) { p.followers = -1; }), errc::invalid_argument, "signal 9",
                "followers"},
            {report_deed{signal_id{}, bo, deed::interacted, 1, {}}, errc::invalid_argument,
                "signal 0", "above 0"},
            {report_deed{signal_id{9}, bo, deed::interacted, 0, {}}, errc::invalid_argument,
                "signal 9", "times"},
            {report_deed{signal_id{9}, bo, deed::interacted, -5, {}}, errc::invalid_argument,
                "signal 9", "times"},
            {report_deed{signal_id{9}, bo, deed::interacted, 1'000'001, {}}, errc::invalid_argument,
                "signal 9", "times"},
            {report_deed{signal_id{9}, bo, deed::gave_feedback, 1, percent(101)},
                errc::invalid_argument, "signal 9", "detail"},
            {report_deed{signal_id{9}, bo, static_cast<deed>(9), 1, half}, errc::invalid_argument,
                "report_deed.did", "named"},
            {draw_shortlist{0}, errc::invalid_argument, "shortlist", "10,000"},
            {draw_shortlist{10'001}, errc::invalid_argument, "shortlist", "10,000"},
            {admit{chu, {chu.value(), "Chu"}, {}}, errc::not_qualified, "person 103", "signal"},
            {admit{an, {an.value(), "An"}, {}}, errc::already_exists, "member 101", "not enrolled"},
            {admit{bo, {bo.value(), ""}, {}}, errc::invalid_text, "name of member 102",
                "non-empty"},
            {admit{bo, {1, "Bo"}, {}}, errc::invalid_argument, "name of member 102", "owner"},
            {admit{bo, {bo.value(), "Bo"}, {{tag_id{99}}}}, errc::unknown_id, "tag 99", "known"},
        }) {
        INFO(about << " / " << word);
        CHECK_NOTHROW(s.refuses(asked, code, about, word));
    }
}

} // namespace
