// SPDX-License-Identifier: BSL-1.0
#include <koc/member/discovery/messages/discovery.hpp>

#include "member/small_programme.hpp"
#include "support/catch.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

using namespace koc;

namespace {

constexpr member_id an{101};
constexpr member_id bo{102};
constexpr member_id chu{103};

/// A programme that knows nobody yet.
struct scenario : koc_test::scenario {
    scenario() : koc_test::scenario{&koc_test::people_engine} {}

    [[nodiscard]] candidate assess(member_id who) const { return ask(assess_candidate{who}); }
    [[nodiscard]] score fit(member_id who) const { return assess(who).fit; }
    [[nodiscard]] std::vector<candidate> shortlist(std::int64_t count = 10) const {
        return ask(list_shortlist{count});
    }
};

/// A thorough, original, relevant piece that nobody asked for.
report_content content(std::uint64_t signal, member_id who) {
    return {signal_id{signal}, who, percent(80), percent(70), percent(90), true, 1000};
}
/// Help to somebody whom nobody else helped.
report_contribution help(std::uint64_t signal, member_id who, std::int64_t times, score detail) {
    return {signal_id{signal}, who, contribution_kind::helped_a_peer, times, detail,
        member_id{10'000 + signal}};
}

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
                *rc::gen::inRange<std::int64_t>(0, (std::numeric_limits<std::int64_t>::max)());
            famous.given(piece);
        }
        auto const a = known.assess(an);
        auto const b = famous.assess(an);
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
    auto const list = s.shortlist();
    REQUIRE(list.size() == 2);
    CHECK(list[0].person == bo);
    CHECK(list[0].why.parts[0].signal == "depth");
    CHECK(list[0].why.parts[1].signal == "originality");
}

TEST_CASE("content whose depth or originality cannot be is refused", "[member][A02][refusal]") {
    scenario s;
    s.given(content(1, an));
    auto const before = s.digest();
    auto const refused = [&](auto change, std::string const& about, std::string const& word) {
        auto piece = content(9, bo);
        change(piece);
        INFO(about << " / " << word);
        CHECK_NOTHROW(s.refuses(piece, errc::invalid_argument, about, word));
    };
    refused([](auto& p) { p.depth = -percent(1); }, "report_content.depth",
        "expected a value from 0 to 1, not -0.01");
    refused([](auto& p) { p.originality = percent(101); }, "report_content.originality",
        "expected a value from 0 to 1, not 1.01");
    refused([](auto& p) { p.followers = -1; }, "signal 9",
        "expected a number of followers of 0 or more");
    refused([](auto& p) { p.person = member_id{}; }, "signal 9",
        "expected a signal and a person with ids above 0");
    refused([](auto& p) { p.signal = signal_id{}; }, "signal 0",
        "expected a signal and a person with ids above 0");
    CHECK(s.digest() == before);
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
        return s.fit(an);
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
        auto const now = s.fit(an);
        CHECK(now > before);
        CHECK(now - before < gain);
        gain = now - before;
        before = now;
    }
}

TEST_CASE("a relevance beyond its range raises nothing", "[member][A03][refusal]") {
    scenario s;
    s.given(content(1, an));
    auto const before = s.digest();
    auto const fit = s.fit(an);
    for (auto const relevance : {whole(2), -score{1}}) {
        auto piece = content(2, an);
        piece.relevance = relevance;
        CHECK_NOTHROW(s.refuses(piece, errc::invalid_argument, "report_content.relevance",
            "expected a value from 0 to 1"));
    }
    CHECK(s.fit(an) == fit);
    CHECK(s.digest() == before);
}

TEST_CASE(
    "in the owned domain interaction and contribution count, contribution more", "[member][A05]") {
    scenario s;
    s.given(report_contribution{signal_id{1}, an, contribution_kind::interacted, 40, {}},
        help(2, bo, 40, percent(50)));
    CHECK(s.fit(an) > score{});
    CHECK(s.fit(bo) > s.fit(an));
    CHECK(s.assess(an).why.parts.front().signal == "taking part");
    // The same number again raises both.
    auto const before = s.fit(an);
    s.given(report_contribution{signal_id{3}, an, contribution_kind::interacted, 40, {}});
    CHECK(s.fit(an) > before);
}

TEST_CASE("a contribution that cannot be is refused", "[member][A05][refusal]") {
    scenario s;
    s.given(help(1, an, 1, percent(50)));
    auto const before = s.digest();
    auto const refused = [&](report_contribution const& asked, std::string const& about,
                             std::string const& word) {
        INFO(about << " / " << word);
        CHECK_NOTHROW(s.refuses(asked, errc::invalid_argument, about, word));
    };
    auto const half = percent(50);
    using kind = contribution_kind;
    refused({signal_id{}, bo, kind::interacted, 1, {}}, "signal 0",
        "expected a signal and a person with ids above 0");
    refused({signal_id{9}, bo, kind::interacted, 0, {}}, "report_contribution.times",
        "expected a value from 1 to 1000000, not 0");
    refused({signal_id{9}, bo, kind::interacted, -5, {}}, "report_contribution.times", "not -5");
    refused({signal_id{9}, bo, kind::interacted, 1'000'001, {}}, "report_contribution.times",
        "not 1000001");
    refused({signal_id{9}, bo, kind::gave_feedback, 1, percent(101)}, "report_contribution.detail",
        "expected a value from 0 to 1, not 1.01");
    refused({signal_id{9}, bo, static_cast<kind>(9), 1, half}, "report_contribution.kind", "named");
    CHECK(s.digest() == before);
}

TEST_CASE(
    "trying first with detailed feedback counts for more than feedback alone", "[member][A06]") {
    scenario s;
    feature_id const mode{1};
    using kind = contribution_kind;
    auto const of = [&](std::uint64_t signal, member_id who, kind did, score detail) {
        return report_contribution{signal_id{signal}, who, did, 1, detail, {}, mode};
    };
    s.given(release_feature{mode, "Winter mode", s.now()}, of(1, an, kind::tried, {}),
        of(2, an, kind::gave_feedback, percent(90)), of(3, bo, kind::gave_feedback, percent(90)),
        of(4, chu, kind::tried, {}), of(5, chu, kind::gave_feedback, percent(10)));
    CHECK(s.fit(an) > s.fit(bo));
    CHECK(s.fit(bo) > s.fit(chu)); // first but empty-handed is less than detailed
    auto const why = s.assess(an).why;
    REQUIRE(why.parts.size() == 3);
    CHECK(why.parts[0].signal == "feedback");
    CHECK(why.parts[1].signal == "first to try");
    CHECK(why.parts[2].signal == "lately");
}

TEST_CASE("who patiently helps others is found, and it says so", "[member][A07]") {
    scenario s;
    for (std::uint64_t i = 1; i <= 30; ++i) {
        s.given(help(i, an, 1, percent(80)));
    }
    s.given(report_contribution{signal_id{100}, bo, contribution_kind::interacted, 30, {}});
    auto const list = s.shortlist(2);
    REQUIRE(list.size() == 2);
    CHECK(list[0].person == an);
    REQUIRE(list[0].why.parts.size() == 2);
    CHECK(list[0].why.parts[0].signal == "help to peers");
    CHECK(list[0].why.parts[1].signal == "lately");
    CHECK(list[0].why.total() == list[0].fit);
}

TEST_CASE("one shortlist holds both kinds, each with where from and why", "[member][A09]") {
    scenario s;
    s.given(content(1, an), help(2, bo, 5, percent(90)), content(3, chu),
        report_contribution{signal_id{4}, chu, contribution_kind::gave_feedback, 2, percent(90)});
    s.accepts(draw_shortlist{10});
    auto const drawn = s.recorded<shortlist_drawn>();
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
    CHECK(s.recorded<shortlist_drawn>().front().candidates.size() == 1);
}

TEST_CASE("equals stand in the order of their ids, and who shows nothing does not stand there",
    "[member][A09]") {
    scenario s;
    auto nothing = content(3, chu);
    nothing.relevance = {};
    s.given(content(1, bo), content(2, an), nothing);
    auto const list = s.shortlist();
    REQUIRE(list.size() == 2);
    CHECK(list[0].person == an);
    CHECK(list[1].person == bo);
}

TEST_CASE(
    "a shortlist of nobody, of everybody or about nobody is refused", "[member][A09][refusal]") {
    scenario s;
    s.given(content(1, an));
    auto const before = s.digest();
    for (auto count : {0, 10'001, -1}) {
        CHECK_NOTHROW(
            s.refuses(draw_shortlist{count}, errc::invalid_argument, "draw_shortlist.count",
                "expected a value from 1 to 10000, not " + std::to_string(count)));
        auto const listed = s.engine().ask(list_shortlist{count}, s.asked());
        REQUIRE_FALSE(listed);
        CHECK(listed.error().code == errc::invalid_argument);
        CHECK(listed.error().subject == "list_shortlist.count");
    }
    auto const stranger = s.engine().ask(assess_candidate{bo}, s.asked());
    REQUIRE_FALSE(stranger);
    CHECK(stranger.error() ==
        error{errc::not_qualified, "person 102",
            "expected somebody with at least one signal; report it first or enrol them"});
    CHECK(s.digest() == before);
}

TEST_CASE("an enrolled candidate gets the source tags of their evidence", "[member][A01]") {
    scenario s;
    s.given(content(1, an), content(2, chu),
        report_contribution{signal_id{3}, chu, contribution_kind::gave_feedback, 1, percent(50)});
    s.given(enrol_candidate{an, {an.value(), "An"}, {}},
        enrol_candidate{chu, {chu.value(), "Chu"}, {}});
    CHECK(s.at(an).sources == enum_set{source::open});
    CHECK(s.at(chu).sources == enum_set{source::open, source::owned});
    CHECK(s.at<relationship_record>(an).stage == stage::budding);
    CHECK(s.shortlist().empty()); // they are no candidates any more
    // Later evidence from the other domain does not rewrite where they were found.
    s.given(
        report_contribution{signal_id{4}, an, contribution_kind::gave_feedback, 1, percent(50)});
    CHECK(s.at(an).sources == enum_set{source::open});
}

TEST_CASE("who shows no evidence is not enrolled as a candidate", "[member][A01][refusal]") {
    scenario s;
    s.given(content(1, an), enrol_candidate{an, {an.value(), "An"}, {}}, content(2, bo));
    auto const before = s.digest();
    auto const refused = [&](enrol_candidate const& asked, errc code, std::string const& about,
                             std::string const& word) {
        INFO(about << " / " << word);
        CHECK_NOTHROW(s.refuses(asked, code, about, word));
    };
    refused({chu, {chu.value(), "Chu"}, {}}, errc::not_qualified, "person 103",
        "expected somebody with at least one signal; report it first or enrol them");
    refused({an, {an.value(), "An"}, {}}, errc::already_exists, "member 101",
        "expected somebody who is not enrolled yet");
    refused({bo, {bo.value(), ""}, {}}, errc::invalid_text, "name of member 102", "non-empty");
    refused({bo, {1, "Bo"}, {}}, errc::invalid_argument, "name of member 102", "owner");
    refused({bo, {bo.value(), "Bo"}, {{tag_id{99}}}}, errc::unknown_id, "tag 99", "known");
    CHECK(s.digest() == before);
}

TEST_CASE("new evidence re-ranks at once", "[member][A11]") {
    scenario s;
    auto weak = content(1, an);
    weak.depth = percent(20);
    s.given(weak, content(2, bo));
    CHECK(s.shortlist(1).front().person == bo);
    s.given(content(3, an));
    CHECK(s.shortlist(1).front().person == an);
}

TEST_CASE("who goes on giving is found before who gave the same long ago", "[member][A11]") {
    scenario s;
    s.given(help(1, an, 10, percent(80)), content(2, bo));
    auto const fresh = s.fit(an);
    s.wait(days(7));
    CHECK(s.fit(an) < fresh); // time passes, and nothing is written for it
    CHECK(s.fit(bo) > score{});
    s.wait(days(53)).given(help(3, chu, 10, percent(80)));
    CHECK(s.fit(chu) == fresh);
    CHECK(s.fit(chu) > s.fit(an));
    // What was given long ago still counts for what it was, and more of it for more.
    s.wait(days(390));
    auto const why = s.assess(an).why;
    REQUIRE(why.parts.size() == 1);
    CHECK(why.parts[0].signal == "help to peers");
    // The shortlist that is recorded is that of its day.
    s.accepts(draw_shortlist{10});
    CHECK(digest_of(s.recorded<shortlist_drawn>().front().candidates) == digest_of(s.shortlist()));
    CHECK(s.digest() == s.digest_of_replay());
}

TEST_CASE("a signal that was reported re-ranks nobody again", "[member][A11][refusal]") {
    scenario s;
    s.given(content(1, an), content(2, bo), content(3, bo));
    auto const before = s.digest();
    s.refuses(content(1, an), errc::already_exists, "signal 1",
        "expected a signal that was not reported before; skip it");
    s.refuses(content(3, an), errc::already_exists, "signal 3", "skip it"); // nor for somebody else
    CHECK(s.shortlist(1).front().person == bo);
    CHECK(s.digest() == before);
}

TEST_CASE("reading a feed twice counts once", "[member][A04]") {
    scenario s;
    s.given(content(1, an));
    auto const before = s.fit(an);
    s.refuses(content(1, an), errc::already_exists, "signal 1", "skip it");
    s.refuses(help(1, bo, 1, {}), errc::already_exists, "signal 1", "skip it");
    CHECK(s.fit(an) == before);
}

TEST_CASE("which signals were seen is part of the state, because it decides", "[member]") {
    scenario a;
    scenario b;
    a.given(content(1, an));
    b.given(content(2, an));
    CHECK(a.digest() != b.digest()); // at the same position
    CHECK(a.engine().state_text() != b.engine().state_text());
}

TEST_CASE(
    "the half-life of evidence is fixed by the first signal, as sums are kept by it", "[member]") {
    scenario s;
    s.refuses(adopt<discovery_rules>{{duration{}}}, errc::invalid_argument,
        "discovery_rules.lately", "longer than 0");
    s.given(adopt<discovery_rules>{{days(14)}}, help(1, an, 10, percent(80)));
    auto const fresh = s.fit(an);
    s.refuses(adopt<discovery_rules>{{days(7)}}, errc::wrong_state, "discovery_rules.lately",
        "expected the half-life as it was at the first signal, as sums are kept by it");
    s.accepts(adopt<discovery_rules>{{days(14)}});
    CHECK(s.events().empty());
    scenario quick;
    quick.given(help(1, an, 10, percent(80)));
    CHECK(quick.fit(an) == fresh);
    s.wait(days(7));
    quick.wait(days(7));
    CHECK(s.fit(an) > quick.fit(an));
    CHECK(s.digest() == s.digest_of_replay());
}

} // namespace
