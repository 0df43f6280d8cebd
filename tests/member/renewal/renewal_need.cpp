// SPDX-License-Identifier: BSL-1.0
#include <koc/member/renewal/renewal_need.hpp>

#include "support/catch.hpp"
#include "support/rounds.hpp"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <numeric>
#include <optional>
#include <vector>

using namespace koc;

namespace {

constexpr instant today{1'800'000'000'000};

TEST_CASE("a cohort is a matter of stage and tenure", "[member]") {
    renewal_rules const rules;
    struct row {
        stage at;
        int enrolled; // days ago
        int mature;   // days ago, -1: not
        std::optional<cohort> belongs;
    };
    for (auto const& [at, enrolled, mature, belongs] : std::vector<row>{
             {stage::budding, 0, -1, cohort::young},
             {stage::budding, 364, -1, cohort::young},
             {stage::budding, 365, -1, std::nullopt},
             {stage::active, 364, -1, cohort::young},
             {stage::active, 365, -1, cohort::middle},
             {stage::active, 4000, -1, cohort::middle},
             {stage::mature, 30, 0, cohort::middle},
             {stage::mature, 4000, 364, cohort::middle},
             {stage::mature, 365, 365, cohort::senior},
             {stage::evolving, 4000, -1, std::nullopt},
             {stage::alumni, 4000, -1, std::nullopt},
         }) {
        INFO(name_of(at) << ", enrolled " << enrolled << " days ago, mature " << mature);
        auto const since = mature < 0 ? std::nullopt : std::optional{today - days(mature)};
        CHECK(cohort_of(at, today - days(enrolled), since, today, rules) == belongs);
    }
}

TEST_CASE("one bad month does not foretell the next", "[member]") {
    std::vector<std::int64_t> calm(24, 10);
    CHECK(expected_departures(calm, days(360)) == 120);
    calm[3] = 90'000;
    CHECK(expected_departures(calm, days(360)) == 120);
    CHECK(expected_departures({}, days(360)) == 0);
    CHECK(expected_departures({0, 0, 5}, days(360)) == 0);
}

TEST_CASE("the need is the gap divided by the share who become mature", "[member]") {
    renewal_rules const rules;
    pyramid found;
    found.mature = 22;
    found.tried = 130;
    found.ripened = 32;
    complete(found, 107, 0, today, rules);
    CHECK(found.wanted == 32);
    CHECK(found.conversion == percent(24)); // (32 + 20 x 20 %) / (130 + 20)
    CHECK(found.budding_needed == 42);      // 10 / 24 %, rounded up
    CHECK(found.by == today + days(95));
    complete(found, 107, 42, today, rules); // who is on the way counts
    CHECK(found.maturing == 10);
    CHECK(found.budding_needed == 0);
    found.leaving = 3;
    complete(found, 107, 42, today, rules);
    CHECK(found.budding_needed == 13);
    // Where nobody ever becomes mature the share is small, but never nothing.
    renewal_rules hopeless;
    hopeless.conversion_prior = percent(1);
    hopeless.prior_members = 1;
    found.tried = 1'000'000;
    found.ripened = 0;
    complete(found, 107, 0, today, hopeless);
    CHECK(found.conversion == score{1});
    CHECK(found.budding_needed == 13'000'000);
}

TEST_CASE("the young who are missing are needed, whatever else is", "[member]") {
    renewal_rules const rules; // 30 % at least, cleared at 32 %
    CHECK(young_missing({5, 65, 30}, rules) == 0);
    CHECK(young_missing({5, 66, 29}, rules) == 5); // 34 of 105 are 32.4 %, 33 of 104 31.7 %
    CHECK(young_missing({}, rules) == 0);
    CHECK(young_missing({0, 68, 0}, rules) == 32);
}

TEST_CASE("hours follow what finding somebody took, within what the rules allow", "[member]") {
    renewal_rules const rules;
    desk_hours const planned{20, 40, 20, 20};
    pyramid needs;
    needs.by = today + days(90);
    auto const hours = [&](std::int64_t needed, std::int64_t found, desk_hours const& now) {
        needs.budding_needed = needed;
        return hours_for(needs, planned, now, found, days(90), today, rules);
    };
    CHECK(hours(0, 50, planned) == planned);
    CHECK(hours(50, 50, planned) == planned);
    CHECK(hours(75, 50, planned) == desk_hours{30, 35, 17, 18}); // half as many more
    CHECK(hours(1000, 50, planned) == desk_hours{44, 28, 14, 14});
    CHECK(hours(5, 0, planned) == desk_hours{44, 28, 14, 14}); // nothing is known of the pace
    CHECK(hours_for(needs, {0, 40, 20, 20}, {0, 40, 20, 20}, 1, days(90), today, rules) ==
        desk_hours{5, 37, 19, 19}); // at least one hour's worth of what was found
    CHECK(hours(0, 50, {44, 28, 14, 14}) == planned);
    // What changes by less than a twentieth stays.
    CHECK(hours(77, 75, {30, 35, 17, 18}) == desk_hours{30, 35, 17, 18});
    CHECK(hours(110, 110, {44, 28, 14, 14}) == desk_hours{44, 28, 14, 14});
}

/// A population in weeks, drawn person by person, outside the engine: newcomers are found by hours
/// of sourcing, some of them become mature, and everybody leaves in the end.
class population {
public:
    population(std::int64_t scale, bool with_loop) : scale_{scale}, with_loop_{with_loop} {
        for (int week = -past; week < 0; ++week) { // as many come as leave
            find(week, newcomers(planned.sourcing));
        }
    }
    void live(int from, int until) {
        for (int week = from; week < until; ++week) {
            find(week, newcomers(now_.sourcing));
            if (with_loop_) {
                review(week);
            }
        }
    }
    /// Takes away so many percent of the mature.
    void shock(int week, std::uint64_t percent) {
        for (auto& p : mature_) {
            if (p.from <= week && week < p.until && draw() % 100 < percent) {
                --at(left_, p.until);
                ++at(left_, week);
                p.until = week;
            }
        }
    }
    [[nodiscard]] std::int64_t mature_at(int week) const {
        return sum(ripe_, -past, week) - sum(left_, -past, week);
    }
    [[nodiscard]] desk_hours const& hours() const { return now_; }

private:
    static constexpr int past = 900; ///< weeks before the story begins
    static constexpr int future = 2'500;
    static constexpr desk_hours planned{200, 400, 200, 200};
    struct span {
        int from;
        int until;
    };
    using series = std::vector<std::int64_t>; // by week

    static std::int64_t& at(series& s, int week) {
        return s[static_cast<std::size_t>((std::min)(week, future - 1) + past)];
    }
    /// Of the weeks from `first` to `last`.
    static std::int64_t sum(series const& s, int first, int last) {
        return std::accumulate(s.begin() + (std::max)(first + past, 0),
            s.begin() + (std::min)(last, future - 1) + past + 1, std::int64_t{0});
    }

    std::uint64_t draw() { // SplitMix64 (Steele, Lea and Flood 2014)
        auto z = state_ += 0x9e3779b97f4a7c15U;
        z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
        z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
        return z ^ (z >> 31U);
    }
    /// Weeks until half of those who wait are gone `half` weeks after another, 1.5 `half` on
    /// average.
    int wait(int half) {
        return half * std::countl_zero(draw() | 1U) +
            static_cast<int>(draw() % static_cast<std::uint64_t>(half));
    }
    /// With the planned hours, as many as replace the mature who leave, 1 of 156 a week.
    [[nodiscard]] std::int64_t newcomers(std::int64_t hours) const {
        return scale_ * 300 / 1000 * hours * 100 / (156 * 24 * planned.sourcing);
    }
    void find(int week, std::int64_t count) {
        at(enrolled_, week) += count;
        for (std::int64_t i = 0; i < count; ++i) {
            if (draw() % 100 < 24) {
                auto const from = week + 38 - static_cast<int>(draw() % 12);
                auto const until = from + wait(104);
                ++at(ripens_, week);
                ++at(ripe_, from);
                ++at(left_, until);
                ++at(not_unripe_, from);
                if (until > 0) {
                    mature_.push_back({from, until});
                }
            } else {
                ++at(not_unripe_, week + (std::min)(38, 10 + wait(50)));
            }
        }
    }
    void review(int week) {
        renewal_rules const rules;
        constexpr auto in_weeks = [](duration d) { return static_cast<int>(d.ms / days(7).ms); };
        auto const ripe_since = week - in_weeks(rules.ripening);
        pyramid seen;
        seen.mature = mature_at(week);
        seen.tried = sum(enrolled_, ripe_since - in_weeks(rules.lookback), ripe_since);
        seen.ripened = sum(ripens_, ripe_since - in_weeks(rules.lookback), ripe_since);
        auto const unripe = sum(enrolled_, -past, week) - sum(not_unripe_, -past, week);
        std::vector<std::int64_t> months;
        for (int last = week; last > week - in_weeks(rules.lookback); last -= 4) {
            months.push_back(sum(left_, last - 3, last) * 30 / 28);
        }
        seen.leaving = expected_departures(months, rules.restore_within);
        auto const now = instant{} + days(7 * (week + past));
        complete(seen, scale_, unripe, now, rules);
        now_ =
            hours_for(seen, planned, now_, sum(enrolled_, week - 11, week), days(84), now, rules);
    }

    std::int64_t scale_;
    bool with_loop_;
    desk_hours now_ = planned;
    series enrolled_ = series(past + future);
    series ripens_ = series(past + future);     ///< by the week of enrolment
    series ripe_ = series(past + future);       ///< by the week in which they become mature
    series left_ = series(past + future);       ///< of the mature
    series not_unripe_ = series(past + future); ///< became mature, or will not
    std::vector<span> mature_;
    std::uint64_t state_ = 20'260'105;
};

/// Weeks until the mature are within a twentieth of what they were, and stay so for the rest.
int recovery(population& of, std::int64_t before, int shock, int until) {
    int recovered = shock;
    for (int week = shock; week < until; ++week) {
        auto const now = of.mature_at(week);
        if (now * 20 < before * 19) {
            recovered = week + 1;
        }
    }
    return recovered - shock;
}

TEST_CASE(
    "after a shock that takes 30 % of the mature, the loop restores them, several times faster "
    "than waiting does",
    "[member][B27]") {
    // A million people, or fewer where the tests are asked for fewer rounds.
    auto const scale = 10'000 * static_cast<std::int64_t>(koc_test::rounds(100));
    auto const weeks_of = [&](bool with_loop) {
        population people{scale, with_loop};
        people.live(0, 20);
        auto const before = people.mature_at(20);
        CHECK(std::abs(before * 1000 / scale - 300) < 15);
        CHECK(people.hours().sourcing < 240); // as it was while nothing was missing
        people.shock(20, 30);
        CHECK(std::abs(people.mature_at(20) * 100 / before - 70) <= 1);
        people.live(20, 420);
        auto const weeks = recovery(people, before, 20, 420);
        // The loop ends when it is done: no wave of too many follows.
        for (int week = 20; week < 420; week += 10) {
            CHECK(people.mature_at(week) * 100 < before * 112);
        }
        return weeks;
    };
    auto const without = weeks_of(false);
    auto const with = weeks_of(true);
    CAPTURE(with, without);
    CHECK(with < 60);
    CHECK(without > 240);
}

} // namespace
