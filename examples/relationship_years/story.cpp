// SPDX-License-Identifier: BSL-1.0

// The weeks of both runs, and the facts of them.

#include "story.hpp"
#include "biography.hpp"
#include "chronicle.hpp"
#include "community.hpp"
#include "lives.hpp"

#include <utility>

namespace years {

namespace {

constexpr koc::instant first_monday{1'767'574'800'000}; // 2026-01-05T01:00:00Z, morning in China
constexpr std::int64_t shock_week = 64;
constexpr std::int64_t shock_percent = 30;

koc::instant monday_of(std::int64_t week) { return first_monday + koc::days(7 * week); }

/// The first Monday after so many years.
std::int64_t weeks_of(std::int64_t years) {
    std::int64_t week = 0;
    while (monday_of(week) < koc::years_after(first_monday, years)) {
        ++week;
    }
    return week;
}

/// One community from its founding to the last week.
struct run {
    run(settings const& of, bool follows)
        : at{monday_of(-community::weeks_before)}, people{at, of, follows}, told{at, people} {}

    template <typename Week>
    void live(std::int64_t until, Week&& each_week) {
        people.found();
        for (auto week = -community::weeks_before; week < until; ++week) {
            at.move_to(monday_of(week));
            each_week(week);
            told.live(week);
            if (week == until - 1) {
                told.propose_something();
            }
            at.move_to(monday_of(week) + koc::days(1));
            if (week == shock_week) {
                shocked = at.now();
                people.lose_mature(shock_percent);
            }
            people.live(week);
        }
        at.move_to(monday_of(until));
    }

    desk at;
    community people;
    lives told;
    koc::instant shocked;
};

void tell_shock(run const& of, shock& into) {
    into.day = desk::day(of.shocked);
    into.week = static_cast<std::size_t>(shock_week);
    into.left = mature_who_left(of.at, of.shocked);
    into.with_loop = mature_by_week(of.at);
    if (into.with_loop.size() > into.week) {
        into.before = into.with_loop[into.week - 1];
        into.weeks_with = weeks_to_recover(into.with_loop, into.week, into.before);
    }
}

void tell_run(run const& of, facts& into) {
    into.members = 0;
    of.at.engine().each<koc::member_record>([&](koc::member_record const&) { ++into.members; });
    read_events(of.at, first_monday, into);
    into.generations = generations(of.at);
    tell_shock(of, into.shock);
    for (auto const& [who, title] : {std::pair{helper, phrases::life_of_helper},
             std::pair{critic, phrases::life_of_critic}, std::pair{star, phrases::life_of_star}}) {
        into.lives.push_back(
            {name_of(of.at, who, into.in), said(into.in, title), biography(of.at, who, into.in)});
    }
    into.mondays = monday_lists(of.at, into.in);
    into.monday_day = desk::day(of.at.now());
    into.digest = to_hex(of.at.engine().state_digest());
    into.events = static_cast<std::int64_t>(of.at.journal().size());
}

} // namespace

facts tell(settings const& of, language in, progress const& show) {
    facts made;
    made.in = in;
    made.of = of;
    auto const until = weeks_of(of.years);
    made.from = desk::day(first_monday);
    made.until = desk::day(monday_of(until));
    auto const all = 2 * (until + community::weeks_before);
    std::int64_t done = 0;
    {
        run with{of, true};
        with.live(until, [&](std::int64_t week) {
            show(++done, all);
            if (auto const was = quarter_of(monday_of(week - 1));
                week > 0 && was != quarter_of(monday_of(week))) {
                made.quarters.push_back(close_quarter(with.at, was));
            }
        });
        if (auto const was = quarter_of(monday_of(until - 1));
            was != quarter_of(monday_of(until))) {
            made.quarters.push_back(close_quarter(with.at, was));
        }
        tell_run(with, made);
    }
    run without{of, false};
    without.live(until, [&](std::int64_t) { show(++done, all); });
    made.shock.without = mature_by_week(without.at);
    made.shock.weeks_without =
        weeks_to_recover(made.shock.without, made.shock.week, made.shock.before);
    made.digest_without = to_hex(without.at.engine().state_digest());
    made.events += static_cast<std::int64_t>(without.at.journal().size());
    return made;
}

} // namespace years
