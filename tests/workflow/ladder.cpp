// SPDX-License-Identifier: BSL-1.0
#include <koc/workflow/ladder.hpp>

#include "support/catch.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

using namespace koc;

namespace {

using values = std::vector<std::int64_t>; // percent, a period each
using levels = std::vector<std::int64_t>;

ladder two_levels() {
    return {{{percent(100), percent(60)}, {percent(200), percent(150)}}, 3, 2, 3};
}
levels walk(values const& periods, ladder const& way) {
    levels found;
    ladder_state at;
    for (auto p : periods) {
        at = after_period(at, percent(p), way);
        found.push_back(at.level);
    }
    return found;
}

TEST_CASE("a level is reached by periods running, and lost by periods running", "[workflow]") {
    auto const way = two_levels();
    struct row {
        values periods;
        levels becomes;
        char const* why;
    };
    for (auto const& [periods, becomes, why] : std::vector<row>{
             {{100, 100, 100}, {0, 0, 1}, "three running"},
             {{100, 100, 99, 100, 100}, {0, 0, 0, 0, 0}, "a weak one in between begins anew"},
             {{900, 0, 0}, {0, 0, 0}, "one great period is not enough"},
             {{300, 300, 300, 300, 300, 300}, {0, 0, 1, 1, 1, 2}, "one level at a time"},
             {{100, 100, 100, 0, 0, 0, 0, 0}, {0, 0, 1, 1, 1, 1, 1, 0}, "locked, then the grace"},
             {{100, 100, 100, 70, 70, 70, 70, 70, 70}, {0, 0, 1, 1, 1, 1, 1, 1, 1},
                 "less than reaches it keeps it"},
             {{100, 100, 100, 70, 70, 70, 59, 60, 59, 60}, {0, 0, 1, 1, 1, 1, 1, 1, 1, 1},
                 "a single low period takes nothing"},
             {{100, 100, 100, 70, 70, 70, 59, 59, 100, 100, 100}, {0, 0, 1, 1, 1, 1, 1, 0, 0, 0, 1},
                 "the way up again is the whole way"},
         }) {
        INFO(why);
        CHECK(walk(periods, way) == becomes);
    }
    // A ladder that lost its upper level takes those above down to its top.
    CHECK(
        after_period({2, 0, 0, 0}, percent(500), {{{percent(100), percent(60)}}, 3, 2, 3}).level ==
        1);
}

TEST_CASE("no random history makes a level flap", "[workflow][E15]") {
    CHECK(rc::check(
        [](std::vector<std::uint8_t> const& drawn, std::uint8_t a, std::uint8_t b, std::uint8_t c) {
            auto way = two_levels();
            way.rise_after = 1 + a % 4;
            way.fall_after = 1 + b % 4;
            way.locked_for = c % 5;
            RC_ASSERT(check(way, "ladder").has_value());
            ladder_state at;
            std::size_t changed = 0; // periods since the last change
            auto rose = false;
            std::vector<std::int64_t> since; // values since the last change
            for (auto d : drawn) {
                auto const value = percent(d);
                auto const next = after_period(at, value, way);
                since.push_back(d);
                ++changed;
                auto const last = [&](std::int64_t n, auto&& holds) {
                    return since.size() >= static_cast<std::size_t>(n) &&
                        std::all_of(since.end() - n, since.end(), holds);
                };
                if (next.level > at.level) {
                    auto const reach = way.rungs[static_cast<std::size_t>(at.level)].reach;
                    RC_ASSERT(next.level == at.level + 1);
                    RC_ASSERT(last(way.rise_after, [&](auto v) { return percent(v) >= reach; }));
                } else if (next.level < at.level) {
                    auto const keep = way.rungs[static_cast<std::size_t>(at.level - 1)].keep;
                    RC_ASSERT(next.level == at.level - 1);
                    RC_ASSERT(last(way.fall_after, [&](auto v) { return percent(v) < keep; }));
                    RC_ASSERT(!rose ||
                        changed >= static_cast<std::size_t>(way.locked_for + way.fall_after));
                }
                if (next.level != at.level) {
                    rose = next.level > at.level;
                    changed = 0;
                    since.clear();
                }
                at = next;
            }
        }));
}

TEST_CASE(
    "a ladder whose bounds contradict each other is refused, naming the level", "[workflow]") {
    auto const refused = [](ladder const& way) {
        auto const checked = check(way, "rules.way");
        REQUIRE_FALSE(checked.has_value());
        return checked.error().subject + ": " + checked.error().expected;
    };
    auto way = two_levels();
    way.rungs[1].keep = percent(300);
    CHECK(refused(way) ==
        "rules.way.rungs[1]: expected a bound to keep that is at most the one to reach");
    way = two_levels();
    way.rungs[1] = {percent(50), percent(50)};
    CHECK(refused(way) ==
        "rules.way.rungs[1]: expected bounds to reach that rise from level to "
        "level");
    way = two_levels();
    way.fall_after = 0;
    CHECK(refused(way) == "rules.way.fall_after: expected 1 period or more");
    way = two_levels();
    way.locked_for = -1;
    CHECK(refused(way) == "rules.way.locked_for: expected 0 periods or more");
}

} // namespace
