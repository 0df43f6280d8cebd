// SPDX-License-Identifier: BSL-1.0

// Rows of the catalogue (docs/catalogue.md) about finding people, each whole, on the standard
// programme.

#include "standard/unmoved.hpp"
#include "support/catch.hpp"
#include "support/scenario.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

using namespace koc;
using koc_test::unmoved;
using koc_test::winter_world;

namespace {

using ids = std::vector<member_id>;
using sources = std::vector<source>;

constexpr member_id pan{71};
constexpr member_id qi{72};
constexpr member_id ren{73};
constexpr member_id su{74};
constexpr member_id tao{75};

/// Signals with ids of their own.
class feed {
public:
    /// A thorough and relevant piece without a thought of its own, which nobody asked for.
    report_content post(member_id who) {
        return {signal_id{++last_}, who, whole(1), {}, whole(1), true, 0};
    }
    report_contribution deed(member_id who, contribution_kind kind, std::int64_t times = 1) {
        return {signal_id{++last_}, who, kind, times, whole(1)};
    }
    /// Help to somebody whom nobody helped before.
    report_contribution help(member_id who, std::int64_t times = 1) {
        auto made = deed(who, contribution_kind::helped_a_peer, times);
        made.helped = member_id{10'000 + last_};
        return made;
    }
    report_contribution tried(member_id who, feature_id what) {
        auto made = deed(who, contribution_kind::tried);
        made.feature = what;
        return made;
    }
    report_contribution feedback(member_id who, feature_id on, std::int64_t times = 1) {
        auto made = deed(who, contribution_kind::gave_feedback, times);
        made.feature = on;
        return made;
    }

private:
    std::uint64_t last_ = 0;
};

/// The same piece several times, each under an id of its own.
void posts(winter_world& w, feed& from, report_content piece, int times) {
    for (int i = 0; i < times; ++i) {
        piece.signal = from.post(piece.person).signal;
        w.given(piece);
    }
}

/// Help to several people, once each.
void helps(winter_world& w, feed& from, member_id who, int people) {
    for (int i = 0; i < people; ++i) {
        w.given(from.help(who));
    }
}

constexpr feature_id winter_mode{1};
release_feature released_now(winter_world const& w) {
    return {winter_mode, "Winter mode", w.now()};
}

candidate assessed(winter_world const& w, member_id who) { return w.ask(assess_candidate{who}); }
score fit(winter_world const& w, member_id who) { return assessed(w, who).fit; }
ids people(std::vector<candidate> const& listed) {
    ids found;
    for (auto const& entry : listed) {
        found.push_back(entry.person);
    }
    return found;
}
ids shortlist(winter_world const& w, std::int64_t count = 10) {
    return people(w.ask(list_shortlist{count}));
}
std::vector<std::string> signals(explanation const& why) {
    std::vector<std::string> found;
    for (auto const& part : why.parts) {
        found.push_back(part.signal);
    }
    return found;
}
enrol_candidate entered(member_id who) { return {who, {who.value(), "Somebody"}, {}}; }

// A01

TEST_CASE("a candidate carries where they were found, and nothing that follows changes it",
    "[standard][A01]") {
    winter_world w;
    feed from;
    w.given(from.post(pan), from.help(qi), from.post(ren), from.help(ren));
    // The list says it, and who is enrolled from it is told apart by it ever after.
    CHECK(assessed(w, pan).sources == sources{source::open});
    CHECK(assessed(w, qi).sources == sources{source::owned});
    CHECK(assessed(w, ren).sources == sources{source::open, source::owned});
    for (auto who : {pan, qi, ren}) {
        w.accepts(entered(who));
        REQUIRE(w.recorded<member_enrolled>().size() == 1);
    }
    auto const open = has("source", "open");
    auto const owned = has("source", "owned");
    auto const told_apart = [&] {
        CHECK(w.at(pan).sources == enum_set{source::open});
        CHECK(w.at(qi).sources == enum_set{source::owned});
        CHECK(w.at(ren).sources == enum_set{source::open, source::owned});
        CHECK(w.ask(find_members{open && !owned}) ==
            ids{w.an, w.chen, w.guo, w.jin, w.min, w.ning, pan});
        CHECK(w.ask(find_members{owned && !open}) == ids{w.fang, w.bao, w.hua, w.kai, w.lan, qi});
        CHECK(w.ask(find_members{open && owned}) == ids{w.dong, w.ou, ren});
    };
    told_apart();

    // A life: evidence from the other domain, tags, work that earns a tag, a role, a return.
    auto const review = w.tag("skill", "deep_review");
    w.given(from.help(pan), from.post(qi));
    for (auto who : {pan, qi, ren}) {
        w.given(record_contact{who, {}}, confirm_willingness{who},
            retag{who, {{w.tag("interest", "life"), percent(50)}}, {}},
            retag{who, {}, {w.tag("interest", "life")}},
            record_outcome{who, {review}, percent(90), w.now()},
            record_waning{who, waning_reason::life_change, {}});
        w.role_offered(who, alumni_role::friend_of_the_brand);
        w.given(accept_role{who, alumni_role::friend_of_the_brand}, confirm_willingness{who});
        CHECK(w.at(who).tags.weight(review) == whole(1));
        told_apart();
    }
    // In the journal nobody was enrolled twice, and no tag of a source was set or taken away.
    for (auto who : {pan, qi, ren}) {
        auto const all = w.history_of<member_enrolled>();
        CHECK(std::count_if(all.begin(), all.end(),
                  [&](member_enrolled const& e) { return e.member == who; }) == 1);
    }
    auto const is_source = [&](tag_id tag) {
        return tag == w.tag("source", "open") || tag == w.tag("source", "owned");
    };
    REQUIRE(w.history_of<member_retagged>().size() >= 9);
    for (auto const& changed : w.history_of<member_retagged>()) {
        CHECK(std::none_of(changed.put.begin(), changed.put.end(),
            [&](weighted_tag const& put) { return is_source(put.tag); }));
        CHECK(std::none_of(changed.remove.begin(), changed.remove.end(), is_source));
    }
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("a source is neither left out nor rewritten", "[standard][A01][refusal]") {
    winter_world w;
    feed from;
    w.given(from.post(pan), entered(pan), from.help(pan));
    auto const open = w.tag("source", "open");
    auto const owned = w.tag("source", "owned");
    unmoved same{w};
    auto const kept = "expected a tag that is not kept by the programme itself";
    same.refuses(retag{pan, {}, {open}}, errc::invalid_argument, "tag source:open", kept);
    same.refuses(retag{pan, {{owned}}, {}}, errc::invalid_argument, "tag source:owned", kept);
    same.refuses(retag{pan, {{owned, percent(50)}}, {open}}, errc::invalid_argument,
        "tag source:owned", kept);
    same.refuses(define_tags{{{"source", "elsewhere", "", {}}}}, errc::invalid_argument,
        "facet source", "expected a facet that is not kept by the programme itself");
    // Nobody is enrolled anew with other sources, also where there is evidence of them by now.
    auto const again = "expected somebody who is not enrolled yet";
    same.refuses(
        enrol{pan, {71, "Pan"}, {source::owned}, {}}, errc::already_exists, "member 71", again);
    same.refuses(entered(pan), errc::already_exists, "member 71", again);
    // Everybody comes from somewhere, and from where the evidence says.
    same.refuses(enrol{qi, {72, "Qi"}, {}, {}}, errc::invalid_argument, "sources of member 72",
        "expected where they were found: open, owned or both");
    same.refuses(enrol{qi, {72, "Qi"}, {static_cast<source>(7)}, {}}, errc::invalid_argument,
        "enrol.sources[0]");
    same.refuses(enrol{qi, {72, "Qi"}, {source::open}, {{owned}}}, errc::invalid_argument,
        "tag source:owned", kept);
    same.refuses(entered(qi), errc::not_qualified, "person 72", "at least one signal");
    CHECK(w.at(pan).sources == enum_set{source::open});
}

// A02

TEST_CASE("depth and originality decide who is worth meeting on open platforms, and followers "
          "decide nothing",
    "[standard][A02]") {
    winter_world w;
    feed from;
    auto const of = [&](member_id who, score depth, score originality, std::int64_t followers) {
        auto made = from.post(who);
        made.depth = depth;
        made.originality = originality;
        made.followers = followers;
        return made;
    };
    // The same three pieces by somebody with ten followers and by somebody with five million.
    posts(w, from, of(qi, whole(1), {}, 5'000'000), 3);
    posts(w, from, of(pan, whole(1), {}, 10), 3);
    auto const depth = std::vector{reason{"depth", {}, whole(2)}, reason{"lately", {}, whole(4)}};
    CHECK(assessed(w, pan).why.parts == depth);
    CHECK(assessed(w, qi).why.parts == depth);
    CHECK(fit(w, pan) == whole(6));
    CHECK(fit(w, qi) == whole(6));
    CHECK(shortlist(w) == ids{pan, qi}); // equals by their ids
    // Originality is the other half of it, worth as much.
    posts(w, from, of(ren, {}, whole(1), 10), 3);
    CHECK(assessed(w, ren).why.parts ==
        std::vector{reason{"originality", {}, whole(2)}, reason{"lately", {}, whole(4)}});
    // Fame with nothing in it is found nowhere, however much of it; a little depth comes last.
    posts(w, from, of(su, {}, {}, 90'000'000), 20);
    CHECK(fit(w, su) == score{});
    posts(w, from, of(tao, percent(20), percent(10), 90'000'000), 3);
    CHECK(shortlist(w) == ids{pan, qi, ren, tao});
    // Who becomes famous stands where they stood; who thinks for themselves moves up.
    posts(w, from, of(tao, {}, {}, 400'000'000), 1);
    CHECK(shortlist(w) == ids{pan, qi, ren, tao});
    posts(w, from, of(qi, whole(1), whole(1), 10), 1);
    CHECK(shortlist(w) == ids{qi, pan, ren, tao});
    // The numbers were told and are kept; the score alone does not know them.
    auto const told = w.history_of<content_reported>();
    CHECK(std::count_if(told.begin(), told.end(),
              [](content_reported const& e) { return e.followers >= 5'000'000; }) == 27);
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("content that cannot be judged, or is told twice, is refused",
    "[standard][A02][A03][refusal]") {
    winter_world w;
    report_content const told{
        signal_id{1}, member_id{70}, percent(80), percent(70), percent(90), true, 5};
    w.given(told);
    auto const before = fit(w, member_id{70});
    unmoved same{w};
    same.refuses(told, errc::already_exists, "signal 1");
    auto bad = told;
    bad.signal = signal_id{2};
    bad.depth = percent(101);
    same.refuses(bad, errc::invalid_argument, "report_content.depth", "from 0 to 1, not 1.01");
    bad.depth = told.depth;
    bad.originality = -score{1};
    same.refuses(bad, errc::invalid_argument, "report_content.originality", "from 0 to 1");
    bad.originality = told.originality;
    bad.relevance = whole(2);
    same.refuses(bad, errc::invalid_argument, "report_content.relevance", "from 0 to 1");
    bad.relevance = told.relevance;
    bad.followers = -1;
    same.refuses(bad, errc::invalid_argument, "signal 2", "followers of 0 or more");
    bad.followers = 5;
    bad.person = {};
    same.refuses(bad, errc::invalid_argument, "signal 2");
    bad.person = told.person;
    bad.signal = {};
    same.refuses(bad, errc::invalid_argument, "signal 0");
    CHECK(fit(w, member_id{70}) == before);
}

// F03

TEST_CASE(
    "a deep critic ranks like a deep fan, whatever they think of the brand", "[standard][F03]") {
    winter_world w;
    feed from;
    auto const of = [&](member_id who, stance view, score depth, score originality) {
        auto made = from.post(who);
        made.view = view;
        made.depth = depth;
        made.originality = originality;
        return made;
    };
    // A critic, a fan and somebody who weighs both, with equally deep thoughts of their own; and
    // shallow praise.
    posts(w, from, of(ren, stance::blame, percent(90), percent(80)), 3);
    posts(w, from, of(qi, stance::praise, percent(90), percent(80)), 3);
    posts(w, from, of(pan, stance::mixed, percent(90), percent(80)), 3);
    posts(w, from, of(su, stance::praise, percent(10), percent(10)), 3);
    auto const why = assessed(w, pan).why;
    CHECK(assessed(w, qi).why == why);
    CHECK(assessed(w, ren).why == why);
    CHECK(shortlist(w) == ids{pan, qi, ren, su}); // equals by their ids
    CHECK(signals(why) == std::vector<std::string>{"depth", "originality", "lately"});
    // More criticism with thought in it moves up; more praise without it does not pass it.
    posts(w, from, of(ren, stance::blame, percent(90), percent(80)), 1);
    posts(w, from, of(su, stance::praise, percent(10), percent(10)), 5);
    CHECK(shortlist(w) == ids{ren, pan, qi, su});
    // What they think is kept with the signal.
    auto const told = w.history_of<content_reported>();
    CHECK(std::count_if(told.begin(), told.end(),
              [](content_reported const& e) { return e.view == stance::blame; }) == 4);
    CHECK(w.digest() == w.digest_of_replay());

    // Whatever each piece says: two worlds that differ in that alone hold the same evidence.
    winter_world fans;
    winter_world critics;
    for (std::uint64_t i = 1; i <= 30; ++i) {
        report_content piece{signal_id{i}, member_id{71 + i % 4},
            percent(static_cast<std::int64_t>(i * 37 % 101)),
            percent(static_cast<std::int64_t>(i * 53 % 101)), percent(90), i % 3 != 0, 10};
        piece.view = stance::praise;
        fans.given(piece);
        piece.view = i % 2 == 0 ? stance::blame : stance::mixed;
        critics.given(piece);
    }
    CHECK(digest_of(fans.ask(list_shortlist{10})) == digest_of(critics.ask(list_shortlist{10})));
    CHECK(fans.digest() == critics.digest());
}

TEST_CASE("an opinion that has no name is refused, and told twice it moves nobody",
    "[standard][F03][refusal]") {
    winter_world w;
    feed from;
    auto piece = from.post(pan);
    piece.view = stance::blame;
    w.given(piece);
    auto const before = fit(w, pan);
    unmoved same{w};
    auto odd = from.post(pan);
    odd.view = static_cast<stance>(9);
    same.refuses(odd, errc::invalid_argument, "report_content.view", "named");
    piece.view = stance::praise; // the same piece, said to praise after all
    same.refuses(piece, errc::already_exists, "signal 1", "skip it");
    CHECK(fit(w, pan) == before);
}

// A03

TEST_CASE("work raises the score by being one's own idea, about the brand, and good, each for "
          "itself",
    "[standard][A03]") {
    winter_world w;
    feed from;
    // Six half-good pieces on half the subject that somebody had asked for, and what differs.
    auto const six = [&](member_id who, auto change) {
        auto made = from.post(who);
        made.depth = made.originality = made.relevance = percent(50);
        made.self_initiated = false;
        change(made);
        posts(w, from, made, 6);
    };
    member_id const base{80};
    member_id const own{81};
    member_id const relevant{82};
    member_id const good{83};
    member_id const all{84};
    member_id const beside{85};
    six(base, [](report_content&) {});
    six(own, [](report_content& c) { c.self_initiated = true; });
    six(relevant, [](report_content& c) { c.relevance = percent(90); });
    six(good, [](report_content& c) { c.depth = c.originality = percent(80); });
    six(all, [](report_content& c) {
        c.self_initiated = true;
        c.relevance = percent(90);
        c.depth = c.originality = percent(80);
    });
    six(beside, [](report_content& c) { // excellent, of their own, and about something else
        c.self_initiated = true;
        c.relevance = {};
        c.depth = c.originality = whole(1);
    });
    // What counts of a piece is quality x relevance, halved where it was asked for: 0.25, 0.225 and
    // 0.2 for one of the three, 0.125 for none and 0.72 for all.
    CHECK(shortlist(w) == ids{all, own, relevant, good, base});
    CHECK(fit(w, beside) == score{});

    // The score of one person rises with each such piece, and not with one beside the point.
    auto piece = from.post(base);
    piece.originality = whole(1);
    auto before = fit(w, base);
    for (int i = 0; i < 5; ++i) {
        posts(w, from, piece, 1);
        CHECK(fit(w, base) > before);
        before = fit(w, base);
    }
    CHECK(shortlist(w).front() == base);
    piece.relevance = {};
    posts(w, from, piece, 1);
    CHECK(fit(w, base) == before);
    // Three of one's own weigh as much as six that were asked for.
    auto asked = from.post(pan);
    asked.self_initiated = false;
    posts(w, from, asked, 6);
    posts(w, from, from.post(qi), 3);
    CHECK(assessed(w, pan).why == assessed(w, qi).why);
    CHECK(w.digest() == w.digest_of_replay());
}

// A05

TEST_CASE("in the brand's own communities taking part counts, and what somebody contributes "
          "counts more",
    "[standard][A05]") {
    winter_world w;
    feed from;
    using kind = contribution_kind;
    helps(w, from, qi, 3);
    w.given(released_now(w), from.deed(pan, kind::interacted, 3),
        from.deed(ren, kind::gave_feedback, 3), from.tried(su, winter_mode),
        from.feedback(su, winter_mode, 3));
    auto const why = [&](member_id who) { return assessed(w, who).why.parts; };
    CHECK(why(pan) == std::vector{reason{"taking part", {}, percent(50)}});
    CHECK(why(qi) ==
        std::vector{reason{"help to peers", {}, whole(2)}, reason{"lately", {}, whole(4)}});
    CHECK(
        why(ren) == std::vector{reason{"feedback", {}, whole(2)}, reason{"lately", {}, whole(4)}});
    CHECK(why(su) ==
        std::vector{reason{"feedback", {}, whole(2)}, reason{"first to try", {}, whole(1)},
            reason{"lately", {}, whole(4)}});
    CHECK(shortlist(w) == ids{su, qi, ren, pan});
    // More of it raises the score, of whichever kind.
    w.given(from.deed(pan, kind::interacted, 12));
    CHECK(fit(w, pan) == whole(1));
    w.given(from.deed(qi, kind::interacted, 3));
    CHECK(fit(w, qi) == whole(6) + percent(50));
    helps(w, from, ren, 3);
    CHECK(why(ren)[0] == reason{"feedback", {}, whole(2)});
    CHECK(why(ren)[1] == reason{"help to peers", {}, whole(2)});
    CHECK(shortlist(w) == ids{ren, su, qi, pan});
    // However much somebody takes part: thousands of clicks are no three answers to a peer.
    w.given(from.deed(tao, kind::interacted, 10'000));
    CHECK(fit(w, tao) < whole(4));
    CHECK(shortlist(w) == ids{ren, su, qi, tao, pan});
    // How detailed it is decides what a contribution is worth; of taking part it does not.
    auto brief = from.help(tao, 3);
    brief.detail = percent(1);
    w.given(brief);
    CHECK(fit(w, tao) < whole(5));
    for (auto who : {pan, qi, ren, su, tao}) {
        CHECK(assessed(w, who).sources == sources{source::owned});
    }
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("a contribution that cannot be counted is refused", "[standard][A05][refusal]") {
    winter_world w;
    report_contribution const told{signal_id{1}, member_id{70}, contribution_kind::helped_a_peer, 3,
        percent(80), member_id{71}};
    w.given(told);
    unmoved same{w};
    same.refuses(told, errc::already_exists, "signal 1");
    auto bad = told;
    bad.signal = signal_id{2};
    bad.times = 0;
    same.refuses(bad, errc::invalid_argument, "report_contribution.times", "from 1 to 1000000");
    bad.times = 1;
    bad.detail = percent(101);
    same.refuses(bad, errc::invalid_argument, "report_contribution.detail", "from 0 to 1");
    bad.detail = {};
    bad.kind = static_cast<contribution_kind>(9);
    same.refuses(bad, errc::invalid_argument, "report_contribution.kind");
    bad.kind = contribution_kind::interacted;
    same.refuses(bad, errc::invalid_argument, "signal 2", "help alone names whom it helped");
    bad.helped = {};
    bad.person = {};
    same.refuses(bad, errc::invalid_argument, "signal 2", "ids above 0");
}

// A09

TEST_CASE("one list of candidates holds both kinds, best first, each with where from and why",
    "[standard][A09]") {
    winter_world w;
    feed from;
    using names = std::vector<std::string>;
    posts(w, from, from.post(pan), 3); // 6, on open platforms
    w.given(released_now(w), from.tried(qi, winter_mode),
        from.feedback(qi, winter_mode, 3)); // 7, in a community
    posts(w, from, from.post(ren), 3);      // 6 and 6, in both
    helps(w, from, ren, 3);
    w.given(from.deed(su, contribution_kind::interacted, 3)); // half a point
    helps(w, from, w.an, 50); // somebody who is enrolled is no candidate
    w.accepts(draw_shortlist{10});
    REQUIRE(w.recorded<shortlist_drawn>().size() == 1);
    auto const drawn = w.recorded<shortlist_drawn>().front().candidates;
    CHECK(people(drawn) == ids{ren, qi, pan, su});
    CHECK(drawn[0].fit == whole(12));
    CHECK(drawn[0].sources == sources{source::open, source::owned});
    CHECK(signals(drawn[0].why) == names{"depth", "lately", "help to peers", "lately"});
    CHECK(drawn[1].fit == whole(7));
    CHECK(drawn[1].sources == sources{source::owned});
    CHECK(signals(drawn[1].why) == names{"feedback", "first to try", "lately"});
    CHECK(drawn[2].fit == whole(6));
    CHECK(drawn[2].sources == sources{source::open});
    CHECK(signals(drawn[2].why) == names{"depth", "lately"});
    CHECK(drawn[3].fit == percent(50));
    CHECK(signals(drawn[3].why) == names{"taking part"});
    for (auto const& entry : drawn) {
        CHECK(entry.why.total() == entry.fit);
    }
    // It is as long as asked, and asking shows what drawing records.
    w.accepts(draw_shortlist{2});
    CHECK(people(w.recorded<shortlist_drawn>().front().candidates) == ids{ren, qi});
    CHECK(digest_of(w.ask(list_shortlist{10})) == digest_of(drawn));
    // Who is enrolled from it leaves the next list; the one that was drawn stays in the record.
    w.given(entered(ren));
    CHECK(w.at(ren).sources == enum_set{source::open, source::owned});
    CHECK(w.stage(ren) == stage::budding);
    CHECK(shortlist(w) == ids{qi, pan, su});
    CHECK(digest_of(w.history_of<shortlist_drawn>().front().candidates) == digest_of(drawn));
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("a shortlist of nobody, or about somebody without evidence, is refused",
    "[standard][A09][A11][refusal]") {
    winter_world w;
    w.given(report_content{
        signal_id{1}, member_id{70}, percent(80), percent(70), percent(90), true, 5});
    unmoved same{w};
    same.denies(
        list_shortlist{0}, errc::invalid_argument, "list_shortlist.count", "from 1 to 10000");
    same.denies(
        list_shortlist{10'001}, errc::invalid_argument, "list_shortlist.count", "from 1 to 10000");
    same.refuses(
        draw_shortlist{0}, errc::invalid_argument, "draw_shortlist.count", "from 1 to 10000");
    same.refuses(
        draw_shortlist{10'001}, errc::invalid_argument, "draw_shortlist.count", "from 1 to 10000");
    same.denies(assess_candidate{member_id{71}}, errc::not_qualified, "person 71", "expected");
    // Members see neither others' evidence nor the doubts about others.
    w.as({actor_kind::member, 1});
    same.denies(list_shortlist{5}, errc::not_qualified, "shortlist", "an employee or the host");
    same.denies(assess_candidate{member_id{70}}, errc::not_qualified, "member 70",
        "the member themself, an employee or the host");
    w.as({actor_kind::member, 70});
    CHECK(w.ask(assess_candidate{member_id{70}}).person == member_id{70});
    w.as({});
    same.refuses(
        enrol_candidate{member_id{71}, {71, "Nobody"}, {}}, errc::not_qualified, "person 71");
    // What is fresh is fixed by the first signal: evidence that is kept is not read by another
    // measure.
    same.refuses(adopt<discovery_rules>{{days(9)}}, errc::wrong_state, "discovery_rules.lately");
}

// A11

TEST_CASE("from day to day new evidence of either domain re-ranks at once, and new people are "
          "found",
    "[standard][A11]") {
    winter_world w;
    feed from;
    posts(w, from, from.post(pan), 3); // 2 for depth and 4 as it is fresh
    w.given(from.help(qi));            // 1 and 2
    CHECK(shortlist(w) == ids{pan, qi});
    w.accepts(draw_shortlist{10});
    auto const first_day = w.recorded<shortlist_drawn>().front().candidates;
    // One more signal, and the next question is answered by it: nothing has to be recomputed.
    auto const before = w.now();
    helps(w, from, qi, 5);
    w.accepts(from.help(qi));
    CHECK(w.recorded<contribution_reported>().size() == 1);
    CHECK(w.events().size() == 1);
    CHECK(shortlist(w) == ids{qi, pan});
    CHECK(fit(w, qi) == whole(9));
    CHECK(w.now() == before);
    // Next day somebody is seen for the first time, on an open platform, and somebody in the
    // community.
    w.wait(days(1));
    posts(w, from, from.post(ren), 3);
    w.given(released_now(w), from.tried(su, winter_mode), from.feedback(su, winter_mode));
    CHECK(shortlist(w) == ids{qi, ren, pan, su}); // as good as Pan's, and fresher
    // While nobody tells anything, what was given fades; who goes on giving passes who stopped.
    w.wait(days(28)).time_passes();
    CHECK(w.events().empty());
    CHECK(fit(w, qi) < whole(5));
    CHECK(shortlist(w) == ids{qi, ren, pan, su});
    posts(w, from, from.post(pan), 1);
    CHECK(shortlist(w) == ids{pan, qi, ren, su});
    helps(w, from, su, 6);
    CHECK(shortlist(w) == ids{su, pan, qi, ren});
    // The list of the first day says what was known on the first day.
    CHECK(people(first_day) == ids{pan, qi});
    CHECK(digest_of(w.history_of<shortlist_drawn>().front().candidates) == digest_of(first_day));
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("a signal that was told already re-ranks nobody", "[standard][A11][refusal]") {
    winter_world w;
    feed from;
    auto const post = from.post(pan);
    auto const help = from.help(qi, 3);
    w.given(post, help);
    unmoved same{w};
    auto const skip = "expected a signal that was not reported before; skip it";
    same.refuses(post, errc::already_exists, "signal 1", skip);
    same.refuses(help, errc::already_exists, "signal 2", skip);
    // Nor for somebody else, nor as a signal of the other domain.
    auto moved = post;
    moved.person = ren;
    same.refuses(moved, errc::already_exists, "signal 1", skip);
    same.refuses(report_contribution{post.signal, ren, contribution_kind::interacted, 1, {}},
        errc::already_exists, "signal 1", skip);
    w.wait(days(1)).refuses(post, errc::already_exists, "signal 1", skip);
    CHECK(shortlist(w) == ids{qi, pan});
}

} // namespace
