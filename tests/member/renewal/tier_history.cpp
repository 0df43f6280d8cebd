// SPDX-License-Identifier: BSL-1.0
#include <koc/member/renewal/tier_history.hpp>

#include "support/catch.hpp"

#include <rapidcheck.h>

#include <cstdint>
#include <vector>

using namespace koc;

namespace {

using history = std::vector<worked_periods>;

/// What somebody did in each period, by its number.
struct told {
    std::int64_t period;
    period_work done;
};
history of(std::vector<told> const& all) {
    history past;
    for (auto const& one : all) {
        add_period(past, one.period, one.done);
    }
    return past;
}

TEST_CASE("periods running in which the same was done are kept as one", "[member]") {
    period_work const none;
    period_work const some{percent(70), 30};
    CHECK(of({{1, none}, {2, none}, {3, none}}) == history{{1, 3, none}});
    CHECK(of({{1, none}, {2, some}, {3, some}, {4, none}}) ==
        history{{1, 1, none}, {2, 2, some}, {4, 1, none}});
    // What was not reviewed in between stays apart.
    CHECK(of({{1, none}, {4, none}, {5, none}}) == history{{1, 1, none}, {4, 2, none}});
    CHECK(of({{7, some}}) == history{{7, 1, some}});
}

TEST_CASE(
    "a period counts by its work and, up to a bound, by the length of its sessions", "[member]") {
    tier_rules rules;
    rules.shared_hour = percent(50);
    rules.shared_max = whole(1);
    CHECK(contributed_by({percent(70), 0}, rules) == percent(70));
    CHECK(contributed_by({percent(70), 90}, rules) == percent(145));
    CHECK(shared_by({percent(70), 90}, rules) == percent(75));
    CHECK(contributed_by({percent(70), 600}, rules) == percent(170));
    rules.shared_hour = {};
    CHECK(contributed_by({percent(70), 600}, rules) == percent(70));
    rules.shared_hour = whole(1'000); // the most there may be, for all minutes of 10,000 years
    rules.shared_max = whole(2);
    CHECK(contributed_by({{}, 5'000'000'000}, rules) == whole(2));
}

TEST_CASE(
    "a tier is that of the stage and the level, the highest where rules have no more", "[member]") {
    tier_rules const rules;
    CHECK(tier_at(stage::budding, 2, rules) == tier::base);
    CHECK(tier_at(stage::active, 0, rules) == tier::base);
    CHECK(tier_at(stage::active, 1, rules) == tier::core);
    CHECK(tier_at(stage::mature, 0, rules) == tier::core);
    CHECK(tier_at(stage::mature, 2, rules) == tier::leading);
    CHECK(tier_at(stage::mature, 9, rules) == tier::leading);
}

TEST_CASE("the rules of a period are those since the last change", "[member]") {
    tier_rules early;
    early.shared_max = whole(1);
    tier_rules late;
    late.shared_max = whole(2);
    tier_rules today;
    today.shared_max = whole(3);
    std::vector<tier_rules_since> const all{{2, early}, {5, late}};
    auto const most = [&](std::int64_t period) {
        return rules_of_period(all, period, today).shared_max;
    };
    CHECK(most(2) == whole(1));
    CHECK(most(4) == whole(1));
    CHECK(most(5) == whole(2));
    CHECK(most(90) == whole(2));
    CHECK(most(1) == whole(3)); // of which nothing is known
    CHECK(rules_of_period({}, 1, today).shared_max == whole(3));
}

TEST_CASE("the level computed from a history is the one that a ladder reaches period by period, "
          "also where the rules change on the way",
    "[member]") {
    CHECK(rc::check([] {
        auto const drawn = [] {
            tier_rules rules;
            rules.contribution.rise_after = *rc::gen::inRange(1, 4);
            rules.contribution.fall_after = *rc::gen::inRange(1, 4);
            rules.contribution.locked_for = *rc::gen::inRange(0, 4);
            rules.shared_hour = percent(*rc::gen::inRange(0, 100));
            if (*rc::gen::inRange(0, 3) == 0) {
                rules.contribution.rungs.pop_back();
            }
            return rules;
        };
        auto const early = drawn();
        auto const late = drawn();
        auto const change = std::int64_t{*rc::gen::inRange(1, 20)};
        history past;
        ladder_state at;
        for (std::int64_t period = 1; period <= 20; ++period) {
            if (*rc::gen::inRange(0, 6) == 0) {
                continue; // not reviewed
            }
            period_work const done{
                percent(50 * *rc::gen::inRange(0, 7)), 30 * *rc::gen::inRange(0, 3)};
            auto const& rules = period < change ? early : late;
            at = after_period(at, contributed_by(done, rules), rules.contribution);
            add_period(past, period, done);
        }
        RC_ASSERT(level_after(past, [&](std::int64_t period) -> tier_rules const& {
            return period < change ? early : late;
        }) == at);
    }));
}

} // namespace
