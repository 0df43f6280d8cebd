// SPDX-License-Identifier: BSL-1.0
#include <koc/member/track_record.hpp>

#include "member/small_programme.hpp"
#include "support/catch.hpp"

#include <koc/journal/memory_journal.hpp>

#include <rapidcheck.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

using namespace koc;
using koc_test::just;
using koc_test::people_programme;
using koc_test::small_world;

namespace {

constexpr member_id an{1};
constexpr member_id bo{2};
constexpr instant start = instant{0} + days(20'000);

/// Sixty people, three subjects, and what their records say, read as a host reads them.
class records {
public:
    explicit records(track_record_rules rules = {})
        : rules_{rules}, engine_{engine::of<people_programme>(
                             memory_journal{}, just<track_record_rules>{rules})} {
        tell(define_facet{{"subject"}});
        tell(define_tags{{{"subject", "video", "", {}}, {"subject", "life", "", {}},
            {"subject", "other", "", {}}}});
        for (std::uint64_t i = 1; i <= 60; ++i) {
            tell(enrol{member_id{i}, {i, "Somebody"}, {source::open}, {}});
        }
        video = *engine_.tags().find("subject", "video");
        life = *engine_.tags().find("subject", "life");
        other = *engine_.tags().find("subject", "other");
    }

    result<receipt> ask(auto const& command) {
        return engine_.handle(command, {now_, {}, {}, true});
    }
    void tell(auto const& command) { REQUIRE(ask(command).has_value()); }
    /// The clock is there, and only goes on.
    void move_to(instant t) { now_ = t; }
    void work(member_id who, std::vector<tag_id> about, score quality, instant at = start) {
        tell(record_outcome{who, std::move(about), quality, at});
    }

    [[nodiscard]] past_work of(member_id who) const {
        auto const* totals = engine_.find_record<outcome_totals>(0);
        return {engine_.find_record<track_record_entry>(who.value()), totals->outcomes};
    }
    [[nodiscard]] subject_past on(tag_id tag) const {
        return {tag, engine_.find_record<subject_record>(tag.value())};
    }
    [[nodiscard]] record_instant at(instant t = start) const { return {t, rules_}; }
    [[nodiscard]] score quality(member_id who, tag_id about, instant t = start) const {
        return of(who).quality(on(about), at(t));
    }
    [[nodiscard]] quality_belief belief_in(member_id who, tag_id about, instant t = start) const {
        return of(who).belief_in(on(about), at(t));
    }
    [[nodiscard]] score lift(member_id who, tag_id about) const { return of(who).lift(on(about)); }
    [[nodiscard]] score comes_again(member_id who, instant now, duration within) const {
        auto const* entry = engine_.find_record<track_record_entry>(who.value());
        return entry == nullptr
            ? score{}
            : entry->visits.comes_again({rules_.visit, rules_.habit}, now, within);
    }
    [[nodiscard]] engine const& now() const { return engine_; }

    tag_id video;
    tag_id life;
    tag_id other;

private:
    track_record_rules rules_;
    engine engine_;
    instant now_ = start;
};

TEST_CASE("without any work everybody is average", "[member][C10]") {
    records const none;
    CHECK(none.quality(an, none.video) == percent(50));
    CHECK(none.lift(an, none.video) == score{});
    CHECK(none.of(an).outcomes() == 0);
    CHECK(none.of(an).active_now(none.at()) == score{});
    CHECK(none.quality(member_id{999}, none.video) == percent(50)); // also who is not there at all
    CHECK(none.of(member_id{999}).outcomes() == 0);
}

TEST_CASE("searches find who has no record as somebody with none of it", "[member]") {
    records past;
    past.work(an, {past.video}, percent(80));
    CHECK(past.now().find_record<track_record_entry>(bo.value()) == nullptr);
    auto const found = [&](requirement const& needs) {
        return past.now().ask(find_members{needs}, {start})->size();
    };
    CHECK(found(column("outcomes") <= 0) == 59);
    CHECK(found(column("outcomes") >= 1) == 1);
    auto const usual = track_record_entry{}.mean_quality();
    CHECK(found(column("quality") >= usual && column("quality") <= usual) == 59);
    CHECK(found(column("load") <= 0) == 60); // nobody was ever asked
}

TEST_CASE("one lucky piece is not a record", "[member][C10]") {
    records past;
    for (int i = 0; i < 20; ++i) {
        past.work(an, {past.video}, percent(80));
    }
    past.work(bo, {past.video}, whole(1));
    CHECK(past.quality(bo, past.video) <
        percent(90)); // 1 of 1, and still not the best there could be
    // Twenty good pieces by one hand weigh more than one perfect piece by another's, once both
    // stand against the same average.
    records low;
    for (std::uint64_t i = 10; i < 60; ++i) {
        low.work(member_id{i}, {low.video}, percent(30));
    }
    for (int i = 0; i < 20; ++i) {
        low.work(an, {low.video}, percent(80));
    }
    low.work(bo, {low.video}, whole(1));
    CHECK(low.quality(an, low.video) > low.quality(bo, low.video));
    CHECK(low.quality(bo, low.video) > low.quality(member_id{3}, low.video));
}

TEST_CASE("a quality is surer the more work speaks for it, and less so as the work fades",
    "[member][C10]") {
    records past;
    auto const nothing = past.belief_in(an, past.video);
    CHECK(nothing.pieces == score{});
    CHECK(nothing.error.raw / 10 == 28'867); // sqrt(1/2 x 1/2 / 3)
    auto before = nothing.error;
    for (int i = 1; i <= 20; ++i) {
        past.work(an, {past.video}, percent(50));
        auto const now = past.belief_in(an, past.video);
        CHECK(now.pieces > whole(i) - score{3});
        CHECK(now.pieces < whole(i) + score{3});
        CHECK(now.error < before);
        before = now.error;
    }
    CHECK(before.raw / 10 == 10'425); // sqrt(1/2 x 1/2 / 23)
    for (int years = 1; years <= 25; ++years) {
        auto const then = past.belief_in(an, past.video, start + days(365 * years));
        CHECK(then.pieces < whole(11));
        CHECK(then.error > before - score{3});
        before = then.error;
    }
    CHECK(before.raw >= 288'670); // as if nothing had been
    // The same number of pieces on another subject makes nobody surer of this one.
    records elsewhere;
    elsewhere.work(an, {elsewhere.life}, percent(50));
    CHECK(elsewhere.belief_in(an, elsewhere.video).error == nothing.error);
}

TEST_CASE("without imagined pieces a quality is the plain mean", "[member][C10]") {
    records past{{.quality_prior = 0}};
    CHECK(past.quality(an, past.video) == percent(50));
    past.work(an, {past.video}, percent(80));
    past.work(bo, {past.life}, percent(10));
    CHECK(past.quality(an, past.video) >= percent(80) - score{3});
    CHECK(past.quality(bo, past.video) <= percent(10)); // all there is to go by
    CHECK(past.quality(member_id{9}, past.video) == percent(80));
}

TEST_CASE("what somebody did lately says more than what they did long ago", "[member][C10]") {
    records past;
    for (int i = 0; i < 20; ++i) {
        auto const at = start - days(40 * i);
        past.work(an, {past.video}, percent(90 - 4 * i), at);
        past.work(bo, {past.video}, percent(14 + 4 * i), at);
    }
    CHECK(past.quality(an, past.video) > percent(60));
    CHECK(past.quality(bo, past.video) < percent(45));
}

TEST_CASE(
    "who is good at everything is believed to be good at what is new to them", "[member][C10]") {
    records past;
    for (std::uint64_t i = 10; i < 40; ++i) {
        past.work(member_id{i}, {past.video}, percent(40));
    }
    for (int i = 0; i < 20; ++i) {
        past.work(an, {past.life}, percent(90));
    }
    auto const known = past.quality(an, past.video);
    auto const unknown = past.quality(bo, past.video);
    CHECK(known > unknown);
    CHECK(unknown < percent(42));
    past.work(an, {past.video}, percent(20));
    CHECK(past.quality(an, past.video) < known);
}

TEST_CASE("more of the same quality comes ever closer to it", "[member][C10]") {
    for (auto const quality : {score{}, percent(20), percent(90), whole(1)}) {
        CAPTURE(quality.raw);
        records past;
        for (std::uint64_t i = 10; i < 40; ++i) {
            past.work(member_id{i}, {past.video}, percent(50));
        }
        auto const distance = [&] {
            auto const now = past.quality(an, past.video);
            return now < quality ? quality - now : now - quality;
        };
        auto before = distance();
        for (int i = 0; i < 10; ++i) {
            past.work(an, {past.video}, quality);
            CHECK(distance() < before);
            before = distance();
        }
    }
}

TEST_CASE("quality stays from 0 to 1 whatever comes", "[member][C10]") {
    CHECK(rc::check([] {
        records past;
        auto const video = past.video;
        for (auto raw : *rc::gen::container<std::vector<std::int64_t>>(
                 rc::gen::inRange<std::int64_t>(0, score::unit + 1))) {
            past.work(an, {video}, score{raw});
            if (*rc::gen::arbitrary<bool>()) {
                past.tell(correct_outcome{
                    an, {video}, score{raw}, score::unit == raw ? score{} : whole(1), start});
            }
            for (auto who : {an, bo}) {
                RC_ASSERT(past.quality(who, video) >= score{});
                RC_ASSERT(past.quality(who, video) <= whole(1));
            }
            auto const later = start + days(*rc::gen::inRange(0, 4000));
            auto const belief = past.belief_in(an, video, later);
            RC_ASSERT(belief.quality >= score{});
            RC_ASSERT(belief.quality <= whole(1));
            RC_ASSERT(belief.error >= score{});
            RC_ASSERT(belief.error <= percent(50));
        }
    }));
}

TEST_CASE("a specialist has lift, somebody who does everything has none", "[member][C10]") {
    records past;
    for (int i = 0; i < 10; ++i) {
        past.work(an, {past.video}, percent(50));
        past.work(bo, {past.life}, percent(50));
    }
    CHECK(past.lift(an, past.video) > score{});
    CHECK(past.lift(an, past.life) < score{});
    CHECK(past.lift(an, past.other) == score{}); // nobody has worked on it
    CHECK(past.lift(member_id{9}, past.video) == score{});
    CHECK(past.of(an).outcomes(past.video) == 10);
    CHECK(past.of(an).outcomes(past.life) == 0);
}

TEST_CASE("what somebody does now fades by half in a day, these weeks in a fortnight", "[member]") {
    records past;
    past.work(an, {}, percent(50));
    auto const active = [&](duration after) {
        return past.of(an).active_now(past.at(start + after));
    };
    CHECK(active({}) == whole(1));
    CHECK(active(days(1)) == percent(50));
    CHECK(active(days(2)) == percent(25));
    CHECK(past.of(an).active_lately(past.at(start + days(14))) == percent(50));
    CHECK(active(days(3650)) == score{});
}

TEST_CASE("a half-life without end forgets nothing", "[member]") {
    records past{{.now = for_ever,
        .lately = for_ever,
        .quality = for_ever,
        .visit = days(14),
        .habit = for_ever}};
    past.work(an, {past.video}, percent(80), start - days(10'000));
    past.work(an, {past.video}, percent(80), start - days(25'000)); // before 1970
    auto const much_later = start + days(100'000);
    CHECK(past.of(an).active_now(past.at(much_later)) >= whole(2) - score{2});
    CHECK(past.belief_in(an, past.video, much_later).pieces >= whole(2) - score{2});
}

TEST_CASE("who came often and lately comes again, and a busy day is no habit", "[member][B19]") {
    records past;
    auto const now = start + days(400);
    past.move_to(now);
    CHECK(past.comes_again(an, now, days(90)) == score{});
    CHECK_FALSE(past.of(an).newest_outcome().has_value());
    for (int week = 0; week < 26; ++week) {
        past.work(an, {}, percent(50), now - days(7 * week));
    }
    for (int i = 0; i < 26; ++i) {
        past.work(bo, {}, percent(50), now - days(1));
    }
    CHECK(past.comes_again(an, now, days(90)) > percent(90));
    CHECK(past.comes_again(bo, now, days(90)) < percent(50));
    CHECK(past.of(an).newest_outcome() == now);
    // Silence speaks louder by the day, and nothing has to be written for it.
    auto before = past.comes_again(an, now, days(90));
    for (int quiet = 30; quiet <= 720; quiet += 30) {
        auto const chance = past.comes_again(an, now + days(quiet), days(90));
        CHECK(chance < before);
        before = chance;
    }
    CHECK(before < percent(5));
    CHECK(past.comes_again(an, now, days(180)) > past.comes_again(an, now, days(30)));
}

TEST_CASE("past work may be recorded in any order", "[member]") {
    CHECK(rc::check([] {
        auto const ages = *rc::gen::container<std::vector<std::uint16_t>>(
            rc::gen::inRange<std::uint16_t>(0, 500));
        records forward;
        records backward;
        for (auto hours_ago : ages) {
            forward.work(an, {forward.video}, percent(50), start - hours(hours_ago));
        }
        for (auto it = ages.rbegin(); it != ages.rend(); ++it) {
            backward.work(an, {backward.video}, percent(50), start - hours(*it));
        }
        auto const one_way = forward.quality(an, forward.video);
        auto const other_way = backward.quality(an, backward.video);
        RC_ASSERT(one_way - other_way <= score{2});
        RC_ASSERT(other_way - one_way <= score{2});
        RC_ASSERT(forward.of(an).newest_outcome() == backward.of(an).newest_outcome());
        RC_ASSERT(
            forward.comes_again(an, start, days(90)) == backward.comes_again(an, start, days(90)));
        auto const difference = forward.of(an).active_lately(forward.at()) -
            backward.of(an).active_lately(backward.at());
        RC_ASSERT(difference.raw >= -1 && difference.raw <= 1);
    }));
}

TEST_CASE("a corrected outcome counts as if it had been right at once", "[member][F31]") {
    CHECK(rc::check([] {
        auto const quality = [] {
            return score{*rc::gen::inRange<std::int64_t>(0, score::unit + 1)};
        };
        records wrong;
        records right;
        auto const age = days(*rc::gen::inRange(0, 400));
        auto const was = quality();
        auto const is = quality();
        wrong.work(an, {wrong.video, wrong.life}, was, start - age);
        right.work(an, {right.video, right.life}, is, start - age);
        for (auto const& later : {percent(30), percent(60)}) {
            wrong.work(an, {wrong.video}, later);
            right.work(an, {right.video}, later);
        }
        wrong.tell(correct_outcome{an, {wrong.video, wrong.life}, was, is, start - age});
        for (auto about : {wrong.video, wrong.life, wrong.other}) {
            auto const difference = wrong.quality(an, about) - right.quality(an, about);
            RC_ASSERT(difference.raw >= -3 && difference.raw <= 3);
        }
        auto const& a = *wrong.now().find_record<track_record_entry>(an.value());
        auto const& b = *right.now().find_record<track_record_entry>(an.value());
        RC_ASSERT(a.quality_sum == b.quality_sum);
        RC_ASSERT(a.outcomes == b.outcomes);
        RC_ASSERT(a.mean_quality() == b.mean_quality());
        RC_ASSERT(wrong.on(wrong.life).all->quality_sum == right.on(right.life).all->quality_sum);
    }));
}

TEST_CASE(
    "a correction of nothing changes nothing, and of what never was is refused", "[member][F31]") {
    small_world w;
    auto const life = w.tag("interest", "life");
    auto const at = w.now() - days(3);
    w.given(record_outcome{w.an, {life}, percent(60), at});
    w.accepts(correct_outcome{w.an, {life}, percent(60), percent(60), at});
    CHECK(w.events().empty());
    auto const refused = [&](auto const& asked, errc code, std::string const& about,
                             std::string const& word) {
        INFO(about << " / " << word);
        CHECK_NOTHROW(w.refuses(asked, code, about, word));
    };
    auto const half = percent(50);
    refused(correct_outcome{w.nobody, {life}, percent(60), half, at}, errc::unknown_id,
        "member 999", "known");
    refused(correct_outcome{w.bao, {life}, {}, half, at}, errc::unknown_id, "outcome of member 5",
        "was recorded");
    refused(correct_outcome{w.an, {life}, percent(61), half, at}, errc::unknown_id,
        "outcome of member 1", "was recorded");
    refused(correct_outcome{w.an, {w.tag("format", "video")}, percent(60), half, at},
        errc::unknown_id, "outcome of member 1", "was recorded");
    refused(correct_outcome{w.an, {life}, percent(60), half, w.now()}, errc::unknown_id,
        "outcome of member 1", "name its subjects, its quality and its instant");
    refused(correct_outcome{w.an, {life}, percent(60), half, w.now() + days(1)},
        errc::invalid_argument, "outcome of member 1", "not in the future");
    refused(correct_outcome{w.an, {life}, percent(60), percent(101), at}, errc::invalid_argument,
        "correct_outcome.quality", "from 0 to 1");
    refused(correct_outcome{w.an, {life}, -percent(1), half, at}, errc::invalid_argument,
        "correct_outcome.was", "from 0 to 1");
}

TEST_CASE("recorded work counts for the person and the subject", "[member][C10]") {
    small_world w;
    auto const about = w.tag("interest", "off_road");
    w.accepts(record_outcome{w.an, {about}, percent(90), w.now() - days(3)});
    auto const& past = w.at<track_record_entry>(w.an);
    CHECK(past.outcomes == 1);
    REQUIRE(past.subjects.size() == 1);
    CHECK(past.subjects.front().tag == about);
    CHECK(past.subjects.front().outcomes == 1);
    CHECK(w.at<subject_record>(about).outcomes == 1);
    CHECK(w.at<subject_record>(about).quality_sum == percent(90));
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("subjects stand in the order of their tags, whatever the order of the work", "[member]") {
    records past;
    past.work(an, {past.other, past.video}, percent(40));
    past.work(an, {past.life}, percent(50));
    past.work(an, {past.video, past.life}, percent(60));
    auto const& rows = past.now().find_record<track_record_entry>(an.value())->subjects;
    REQUIRE(rows.size() == 3);
    CHECK(std::is_sorted(
        rows.begin(), rows.end(), [](auto const& a, auto const& b) { return a.tag < b.tag; }));
    CHECK(past.of(an).outcomes(past.video) == 2);
    CHECK(past.of(an).outcomes(past.life) == 2);
    CHECK(past.of(an).outcomes(past.other) == 1);
}

TEST_CASE("half-lives are fixed by the first outcome, as sums are kept by them", "[member]") {
    small_world w; // its people have outcomes
    auto const refused = [&](track_record_rules const& rules) {
        CHECK_NOTHROW(w.refuses(adopt<track_record_rules>{rules}, errc::wrong_state,
            "track_record_rules", "only habit and quality_prior may change"));
    };
    refused({.now = days(2)});
    refused({.lately = days(2)});
    refused({.quality = days(2)});
    refused({.visit = days(2)});
    w.accepts(adopt<track_record_rules>{{.habit = days(30), .quality_prior = 5}});
    CHECK(w.engine().rules<track_record_rules>()->quality_prior == 5);
    CHECK(w.digest() == w.digest_of_replay());

    records fresh; // before it, all of them may change
    fresh.tell(adopt<track_record_rules>{{.now = days(2), .visit = days(7)}});
    fresh.work(an, {}, percent(50));
    CHECK(fresh.now()
              .find_record<track_record_entry>(an.value())
              ->now.at(half_life{days(2)}, start + days(2)) == percent(50));
}

TEST_CASE("rules of the track record that cannot be are refused", "[member]") {
    small_world w;
    auto const refused = [&](track_record_rules const& rules, std::string const& about) {
        CHECK_NOTHROW(w.refuses(adopt<track_record_rules>{rules}, errc::invalid_argument, about));
    };
    refused({.now = {}}, "track_record_rules");
    refused({.lately = days(-1)}, "track_record_rules");
    refused({.quality = {}}, "track_record_rules");
    refused({.visit = {}}, "track_record_rules");
    refused({.habit = {}}, "track_record_rules");
    refused({.quality_prior = -1}, "track_record_rules.quality_prior");
    refused({.quality_prior = 1'000'001}, "track_record_rules.quality_prior");
}

TEST_CASE("what is believed of somebody's work can be asked, and is what their record says",
    "[member][C10]") {
    small_world w;
    auto const review = w.tag("skill", "deep_review");
    auto const before = w.ask(assess_work{w.an, review});
    w.given(record_outcome{w.an, {review}, percent(90), w.now()});
    auto const after = w.ask(assess_work{w.an, review});
    CHECK(after.quality > before.quality);
    CHECK(after.pieces > before.pieces);
    auto const& host = w.engine();
    past_work const past{host.find_record<track_record_entry>(w.an.value()),
        host.find_record<outcome_totals>(0)->outcomes};
    auto const read = past.belief_in({review, host.find_record<subject_record>(review.value())},
        {w.now(), *host.rules<track_record_rules>()});
    CHECK(digest_of(after) == digest_of(read));
    CHECK(host.ask(assess_work{w.nobody, review}, w.asked()).error().code == errc::unknown_id);
    CHECK(host.ask(assess_work{w.an, tag_id{12'345}}, w.asked()).error().code == errc::unknown_id);
}

TEST_CASE("work that cannot have been done is refused", "[member]") {
    small_world w;
    auto const life = w.tag("interest", "life");
    auto const before = w.now() - days(1);
    auto const refused = [&](record_outcome const& asked, errc code, std::string const& about,
                             std::string const& word) {
        INFO(about << " / " << word);
        CHECK_NOTHROW(w.refuses(asked, code, about, word));
    };
    auto const half = percent(50);
    refused({w.nobody, {life}, half, before}, errc::unknown_id, "member 999", "known");
    refused({member_id{}, {life}, half, before}, errc::unknown_id, "member 0", "known");
    refused({w.an, {tag_id{}}, half, before}, errc::unknown_id, "tag 0", "known");
    refused({w.an, {tag_id{12'345}}, half, before}, errc::unknown_id, "tag 12345", "known");
    refused(
        {w.an, {life, life}, half, before}, errc::invalid_argument, "outcome of member 1", "once");
    refused({w.an, {life}, -score{1}, before}, errc::invalid_argument, "record_outcome.quality",
        "from 0 to 1");
    refused({w.an, {life}, whole(1) + score{1}, before}, errc::invalid_argument,
        "record_outcome.quality", "from 0 to 1");
    refused({w.an, {life}, {(std::numeric_limits<std::int64_t>::max)()}, before},
        errc::invalid_argument, "record_outcome.quality", "between");
    refused({w.an, {life}, half, w.now() + duration{1}}, errc::invalid_argument,
        "outcome of member 1", "not in the future");
    refused({w.an, {life}, half, {(std::numeric_limits<std::int64_t>::min)()}},
        errc::invalid_argument, "record_outcome.at", "years");
}

} // namespace
