// SPDX-License-Identifier: BSL-1.0
#include <koc/member/track_record.hpp>

#include "support/catch.hpp"
#include "support/scenario.hpp"

#include <rapidcheck.h>

#include <limits>
#include <string>
#include <vector>

using namespace koc;
using koc_test::winter_world;

namespace {

struct bag {
    track_record_rules track_record;
};
using record = koc::track_record<bag>;

constexpr member_id an{1};
constexpr member_id bo{2};
constexpr tag_id video{1};
constexpr tag_id life{2};
constexpr instant start = instant{0} + days(20'000);

outcome_recorded work(member_id who, std::vector<tag_id> about, score quality, instant at = start) {
    return {who, std::move(about), quality, at};
}

TEST_CASE("without any work everybody is average", "[member][C10]") {
    record const none{bag{}};
    CHECK(none.quality(an, video, none.at(start)) == percent(50));
    CHECK(none.lift(an, video) == score{});
    CHECK(none.outcomes(an) == 0);
    CHECK(none.active_now(an, none.at(start)) == score{});
}

TEST_CASE("one lucky piece is not a record", "[member][C10]") {
    record past{bag{}};
    for (int i = 0; i < 20; ++i) {
        past.apply(work(an, {video}, percent(80)), start);
    }
    past.apply(work(bo, {video}, whole(1)), start);
    CHECK(past.quality(bo, video, past.at(start)) <
        percent(90)); // 1 of 1, and still not the best there could be
    // Twenty good pieces by one hand weigh more than one perfect piece by another's, once both
    // stand against the same average.
    record low{bag{}};
    for (std::uint64_t other = 10; other < 60; ++other) {
        low.apply(work(member_id{other}, {video}, percent(30)), start);
    }
    for (int i = 0; i < 20; ++i) {
        low.apply(work(an, {video}, percent(80)), start);
    }
    low.apply(work(bo, {video}, whole(1)), start);
    CHECK(low.quality(an, video, low.at(start)) > low.quality(bo, video, low.at(start)));
    CHECK(low.quality(bo, video, low.at(start)) > low.quality(member_id{99}, video, low.at(start)));
}

TEST_CASE("a quality is surer the more work speaks for it, and less so as the work fades",
    "[member][C10]") {
    record past{bag{}};
    auto const nothing = past.belief_in(an, video, past.at(start));
    CHECK(nothing.pieces == score{});
    CHECK(nothing.error.raw / 10 == 28'867); // sqrt(1/2 x 1/2 / 3)
    auto before = nothing.error;
    for (int i = 1; i <= 20; ++i) {
        past.apply(work(an, {video}, percent(50)), start);
        auto const now = past.belief_in(an, video, past.at(start));
        CHECK(now.pieces > whole(i) - score{3});
        CHECK(now.pieces < whole(i) + score{3});
        CHECK(now.error < before);
        before = now.error;
    }
    CHECK(before.raw / 10 == 10'425); // sqrt(1/2 x 1/2 / 23)
    for (int years = 1; years <= 25; ++years) {
        auto const then = past.belief_in(an, video, past.at(start + days(365 * years)));
        CHECK(then.pieces < whole(11));
        CHECK(then.error > before - score{3});
        before = then.error;
    }
    CHECK(before.raw >= 288'670); // as if nothing had been
    // The same number of pieces on another subject makes nobody surer of this one.
    record other{bag{}};
    other.apply(work(an, {life}, percent(50)), start);
    CHECK(other.belief_in(an, video, other.at(start)).error == nothing.error);
}

TEST_CASE("without imagined pieces a quality is the plain mean", "[member][C10]") {
    bag plain;
    plain.track_record.quality_prior = 0;
    record past{plain};
    CHECK(past.quality(an, video, past.at(start)) == percent(50));
    past.apply(work(an, {video}, percent(80)), start);
    past.apply(work(bo, {life}, percent(10)), start);
    CHECK(past.quality(an, video, past.at(start)) >= percent(80) - score{3});
    CHECK(past.quality(bo, video, past.at(start)) <= percent(10)); // all there is to go by
    CHECK(past.quality(member_id{9}, video, past.at(start)) == percent(80));
}

TEST_CASE("what somebody did lately says more than what they did long ago", "[member][C10]") {
    record past{bag{}};
    for (int i = 0; i < 20; ++i) {
        auto const at = start - days(40 * i);
        past.apply(work(an, {video}, percent(90 - 4 * i), at), start);
        past.apply(work(bo, {video}, percent(14 + 4 * i), at), start);
    }
    CHECK(past.quality(an, video, past.at(start)) > percent(60));
    CHECK(past.quality(bo, video, past.at(start)) < percent(45));
}

TEST_CASE(
    "who is good at everything is believed to be good at what is new to them", "[member][C10]") {
    record past{bag{}};
    for (std::uint64_t other = 10; other < 40; ++other) {
        past.apply(work(member_id{other}, {video}, percent(40)), start);
    }
    for (int i = 0; i < 20; ++i) {
        past.apply(work(an, {life}, percent(90)), start);
    }
    auto const known = past.quality(an, video, past.at(start));
    auto const unknown = past.quality(bo, video, past.at(start));
    CHECK(known > unknown);
    CHECK(unknown < percent(42));
    past.apply(work(an, {video}, percent(20)), start);
    CHECK(past.quality(an, video, past.at(start)) < known);
}

TEST_CASE("more of the same quality comes ever closer to it", "[member][C10]") {
    for (auto const quality : {score{}, percent(20), percent(90), whole(1)}) {
        CAPTURE(quality.raw);
        record past{bag{}};
        for (std::uint64_t other = 10; other < 40; ++other) {
            past.apply(work(member_id{other}, {video}, percent(50)), start);
        }
        auto const distance = [&] {
            auto const now = past.quality(an, video, past.at(start));
            return now < quality ? quality - now : now - quality;
        };
        auto before = distance();
        for (int i = 0; i < 10; ++i) {
            past.apply(work(an, {video}, quality), start);
            CHECK(distance() < before);
            before = distance();
        }
    }
}

TEST_CASE("quality stays from 0 to 1 whatever comes", "[member][C10]") {
    CHECK(rc::check([] {
        record past{bag{}};
        for (auto raw : *rc::gen::container<std::vector<std::int64_t>>(
                 rc::gen::inRange<std::int64_t>(0, score::unit + 1))) {
            past.apply(work(an, {video}, score{raw}), start);
            RC_ASSERT(past.quality(an, video, past.at(start)) >= score{});
            RC_ASSERT(past.quality(an, video, past.at(start)) <= whole(1));
            RC_ASSERT(past.quality(bo, video, past.at(start)) >= score{});
            RC_ASSERT(past.quality(bo, video, past.at(start)) <= whole(1));
            auto const later = start + days(*rc::gen::inRange(0, 4000));
            auto const belief = past.belief_in(an, video, past.at(later));
            RC_ASSERT(belief.quality >= score{});
            RC_ASSERT(belief.quality <= whole(1));
            RC_ASSERT(belief.error >= score{});
            RC_ASSERT(belief.error <= percent(50));
        }
    }));
}

TEST_CASE("a specialist has lift, somebody who does everything has none", "[member][C10]") {
    record past{bag{}};
    for (int i = 0; i < 10; ++i) {
        past.apply(work(an, {video}, percent(50)), start);
        past.apply(work(bo, {life}, percent(50)), start);
    }
    CHECK(past.lift(an, video) > score{});
    CHECK(past.lift(an, life) < score{});
    CHECK(past.lift(an, tag_id{3}) == score{}); // nobody has worked on it
    CHECK(past.lift(member_id{9}, video) == score{});
    CHECK(past.outcomes(an, video) == 10);
    CHECK(past.outcomes(an, life) == 0);
}

TEST_CASE("what somebody does now fades by half in a day, these weeks in a fortnight", "[member]") {
    record past{bag{}};
    past.apply(work(an, {}, percent(50)), start);
    CHECK(past.active_now(an, past.at(start)) == whole(1));
    CHECK(past.active_now(an, past.at(start + days(1))) == percent(50));
    CHECK(past.active_now(an, past.at(start + days(2))) == percent(25));
    CHECK(past.active_lately(an, past.at(start + days(14))) == percent(50));
    CHECK(past.active_now(an, past.at(start + days(3650))) == score{});
}

TEST_CASE("who came often and lately comes again, and a busy day is no habit", "[member][B19]") {
    record past{bag{}};
    auto const now = start + days(400);
    CHECK(past.comes_again(an, now, days(90)) == score{});
    CHECK_FALSE(past.newest_outcome(an).has_value());
    for (int week = 0; week < 26; ++week) {
        past.apply(work(an, {}, percent(50), now - days(7 * week)), now);
    }
    for (int i = 0; i < 26; ++i) {
        past.apply(work(bo, {}, percent(50), now - days(1)), now);
    }
    CHECK(past.comes_again(an, now, days(90)) > percent(90));
    CHECK(past.comes_again(bo, now, days(90)) < percent(50));
    CHECK(past.newest_outcome(an) == now);
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
        auto ages = *rc::gen::container<std::vector<std::uint16_t>>(
            rc::gen::inRange<std::uint16_t>(0, 500));
        record forward{bag{}};
        record backward{bag{}};
        for (auto hours_ago : ages) {
            forward.apply(work(an, {video}, percent(50), start - hours(hours_ago)), start);
        }
        for (auto it = ages.rbegin(); it != ages.rend(); ++it) {
            backward.apply(work(an, {video}, percent(50), start - hours(*it)), start);
        }
        auto const one_way = forward.quality(an, video, forward.at(start));
        auto const other_way = backward.quality(an, video, backward.at(start));
        RC_ASSERT(one_way - other_way <= score{2});
        RC_ASSERT(other_way - one_way <= score{2});
        RC_ASSERT(forward.newest_outcome(an) == backward.newest_outcome(an));
        RC_ASSERT(
            forward.comes_again(an, start, days(90)) == backward.comes_again(an, start, days(90)));
        auto const difference = forward.active_lately(an, forward.at(start)) -
            backward.active_lately(an, backward.at(start));
        RC_ASSERT(difference.raw >= -1 && difference.raw <= 1);
    }));
}

TEST_CASE("recorded work counts for the person and the subject", "[member][C10]") {
    winter_world w;
    auto const about = w.tag("interest", "off_road");
    w.accepts(record_outcome{w.an, {about}, percent(90), w.now() - days(3)});
    CHECK(w.get<track_record>().outcomes(w.an, about) == 1);
    CHECK(w.person(w.an).outcomes == 1);
    CHECK(w.get<track_record>().quality(w.an, about, w.get<track_record>().at(w.now())) >
        percent(50));
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("work that cannot have been done is refused", "[member]") {
    winter_world w;
    auto const life_tag = w.tag("interest", "life");
    auto const before = w.now() - days(1);
    struct row {
        record_outcome asked;
        errc code;
        std::string subject;
        std::string word;
    };
    for (auto const& [asked, code, about, word] :
        std::vector<row>{
            {{w.nobody, {life_tag}, percent(50), before}, errc::unknown_id, "member 999", "known"},
            {{member_id{}, {life_tag}, percent(50), before}, errc::unknown_id, "member 0", "known"},
            {{w.an, {tag_id{}}, percent(50), before}, errc::unknown_id, "tag 0", "known"},
            {{w.an, {tag_id{12'345}}, percent(50), before}, errc::unknown_id, "tag 12345", "known"},
            {{w.an, {life_tag, life_tag}, percent(50), before}, errc::invalid_argument,
                "outcome of member 1", "once"},
            {{w.an, {life_tag}, -score{1}, before}, errc::invalid_argument, "outcome of member 1",
                "0 to 1"},
            {{w.an, {life_tag}, whole(1) + score{1}, before}, errc::invalid_argument,
                "outcome of member 1", "0 to 1"},
            {{w.an, {life_tag}, {std::numeric_limits<std::int64_t>::max()}, before},
                errc::invalid_argument, "record_outcome.quality", "between"},
            {{w.an, {life_tag}, percent(50), w.now() + duration{1}}, errc::invalid_argument,
                "outcome of member 1", "not in the future"},
            {{w.an, {life_tag}, percent(50), {std::numeric_limits<std::int64_t>::min()}},
                errc::invalid_argument, "record_outcome.at", "years"},
        }) {
        INFO(about << " / " << word);
        CHECK_NOTHROW(w.refuses(asked, code, about, word));
    }
}

} // namespace
