// SPDX-License-Identifier: BSL-1.0
#include <koc/member/renewal/messages/tier.hpp>

#include "standard/unmoved.hpp"
#include "support/catch.hpp"
#include "support/scenario.hpp"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

using namespace koc;
using koc_test::unmoved;
using koc_test::winter_world;

namespace {

using ids = std::vector<member_id>;

tier tier_of(winter_world const& w, member_id who) { return w.ask(show_tier{who}).tier; }

/// A period in which somebody hands in work worth so many percent in all, in pieces of at most 70,
/// which make nobody mature.
void month(winter_world& w, member_id who, std::int64_t worth) {
    for (; worth > 0; worth -= 70) {
        w.given(record_outcome{who, {}, percent(worth < 70 ? worth : 70), w.now()});
    }
    w.wait(days(30)).time_passes();
}
std::vector<tier> months(winter_world& w, member_id who, std::vector<std::int64_t> const& worth) {
    std::vector<tier> found;
    for (auto each : worth) {
        month(w, who, each);
        found.push_back(tier_of(w, who));
    }
    return found;
}

TEST_CASE("closeness and contribution together place a member in an operating layer, and work is "
          "given by it",
    "[member][D06]") {
    winter_world w;
    w.given(begin_tier_reviews{});
    // The same contribution, none: who is closer stands higher.
    CHECK(tier_of(w, w.lan) == tier::base); // has agreed to nothing yet
    CHECK(tier_of(w, w.an) == tier::base);
    CHECK(tier_of(w, w.jin) == tier::core);
    // The same closeness: who contributes more stands higher, the mature partner at the top.
    for (auto i = 0; i < 6; ++i) {
        month(w, w.an, 0);
        w.given(record_outcome{w.chen, {}, percent(70), w.now()},
            record_outcome{w.chen, {}, percent(70), w.now()});
        for (auto piece = 0; piece < 4; ++piece) {
            w.given(record_outcome{w.jin, {}, percent(70), w.now()});
        }
    }
    w.wait(days(30)).time_passes();
    CHECK(w.stage(w.an) == w.stage(w.chen));
    CHECK(tier_of(w, w.an) == tier::base);
    CHECK(tier_of(w, w.chen) == tier::core);
    CHECK(tier_of(w, w.jin) == tier::leading);
    CHECK(tier_of(w, w.kai) == tier::core); // as close as Jin, and contributed nothing

    // The layers are operated apart: this task is for the leading one, that for the core and above.
    auto top = w.brief(task_id{1});
    top.needs = has("tier", "leading");
    auto deep = w.brief(task_id{2});
    deep.needs = has("tier", "core") || has("tier", "leading");
    w.listed(top);
    w.listed(deep);
    w.refuses(claim_task{task_id{1}, w.chen}, errc::not_qualified, "member 2", "tier:leading");
    w.refuses(claim_task{task_id{2}, w.an}, errc::not_qualified, "member 1", "tier:core");
    w.given(claim_task{task_id{2}, w.chen}, claim_task{task_id{1}, w.jin});
    CHECK(w.ask(find_members{has("tier", "leading")}) == ids{w.jin});
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("a layer that is set by hand, or rules that place nobody, are refused",
    "[member][D06][refusal]") {
    winter_world w;
    w.given(begin_tier_reviews{});
    unmoved same{w};
    same.refuses(retag{w.an, {{w.tag("tier", "leading")}}, {}}, errc::invalid_argument,
        "tag tier:leading", "kept");
    same.denies(show_tier{w.ning}, errc::not_qualified, "member 12", "are not assessed");
    same.denies(show_tier{w.ou}, errc::not_qualified, "member 13", "are not assessed");
    tier_rules rules;
    rules.active = {tier::base, tier::core};
    same.refuses(adopt<tier_rules>{rules}, errc::invalid_argument, "tier_rules.active",
        "a tier for each level");
    rules = {};
    rules.mature = {tier::leading, tier::core, tier::leading};
    same.refuses(
        adopt<tier_rules>{rules}, errc::invalid_argument, "tier_rules.mature", "do not fall");
}

TEST_CASE("who is excellent for three months running rises, and not by one great month",
    "[member][D35]") {
    winter_world w;
    w.given(begin_tier_reviews{});
    using t = std::vector<tier>;
    // Two good months, a weak one, two good ones, and one that is great: nothing is sustained.
    CHECK(months(w, w.an, {100, 120, 90, 100, 140}) ==
        t{tier::base, tier::base, tier::base, tier::base, tier::base});
    month(w, w.an, 100); // the third one running
    REQUIRE(w.recorded<tier_changed>().size() == 1);
    auto const risen = w.recorded<tier_changed>().front();
    CHECK(risen.member == w.an);
    CHECK(risen.from == tier::base);
    CHECK(risen.to == tier::core);
    CHECK(risen.level == 1);
    CHECK(risen.contributed == percent(100));
    CHECK(months(w, w.bao, {900, 0, 0}) == t{tier::base, tier::base, tier::base});

    // Down it goes by another bound: 60 % of a piece keeps what 100 % reached.
    CHECK(months(w, w.an, {65, 65, 65, 65}) == t(4, tier::core));
    CHECK(months(w, w.an, {50, 65, 50, 65}) == t(4, tier::core));
    CHECK(months(w, w.an, {50, 50}) == t{tier::core, tier::base});
    // Work that was judged too well counts as it is corrected to.
    w.given(record_outcome{w.an, {}, percent(70), w.now()},
        record_outcome{w.an, {}, percent(70), w.now()});
    CHECK(w.ask(show_tier{w.an}).contributed == percent(140));
    w.given(correct_outcome{w.an, {}, percent(70), percent(20), w.now()});
    CHECK(w.ask(show_tier{w.an}).contributed == percent(90));
    // Work that is told some days late counts where it is told; what is older was reviewed.
    w.wait(days(30)).given(record_outcome{w.an, {}, percent(50), w.now() - days(5)});
    w.given(record_outcome{w.an, {}, percent(50), w.now() - days(45)});
    CHECK(w.ask(show_tier{w.an}).contributed == percent(50));
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("nobody is promoted by hand or before the reviews began, and they begin once",
    "[member][D35][refusal]") {
    winter_world w;
    unmoved nothing{w};
    nothing.denies(
        show_tier{w.an}, errc::not_qualified, "member 1", "send begin_tier_reviews first");
    w.given(begin_tier_reviews{});
    month(w, w.an, 100);
    month(w, w.an, 100);
    unmoved same{w};
    same.refuses(retag{w.an, {{w.tag("tier", "core")}}, {}}, errc::invalid_argument,
        "tag tier:core", "kept"); // two good months are not three
    same.refuses(
        begin_tier_reviews{}, errc::already_exists, "tier review 1", "go on by themselves");
    tier_rules rules;
    rules.contribution.rise_after = 0;
    same.refuses(adopt<tier_rules>{rules}, errc::invalid_argument,
        "tier_rules.contribution.rise_after", "1 period or more");
    rules = {};
    rules.period = hours(1);
    same.refuses(
        adopt<tier_rules>{rules}, errc::invalid_argument, "tier_rules.period", "a day or more");
}

TEST_CASE("a tier is not lost soon after it was won, nor by one bad month, nor between the bounds",
    "[member][E15]") {
    winter_world w;
    w.given(begin_tier_reviews{});
    using t = std::vector<tier>;
    month(w, w.an, 100);
    month(w, w.an, 100);
    month(w, w.an, 100);
    // The lock: three silent months after the rise count for nothing, then the grace begins.
    CHECK(w.ask(show_tier{w.an}).contribution.locked == 3);
    CHECK(months(w, w.an, {0, 0, 0}) == t(3, tier::core));
    CHECK(w.ask(show_tier{w.an}).contribution.falling == 0);
    CHECK(months(w, w.an, {0}) == t{tier::core});
    CHECK(w.ask(show_tier{w.an}).contribution.falling == 1);
    // A month at the lower bound ends the grace; it begins anew, and then it is used up.
    CHECK(months(w, w.an, {60, 59, 59}) == t{tier::core, tier::core, tier::base});
    // Twelve months that alternate around the bound to reach change nothing.
    for (auto i = 0; i < 6; ++i) {
        CHECK(months(w, w.an, {100, 99}) == t(2, tier::base));
    }
    // Who leaves service has no tier; who comes back begins at the lowest level.
    month(w, w.an, 100);
    w.given(record_waning{w.an, waning_reason::life_change, {}});
    month(w, w.bao, 0);
    CHECK(w.recorded<tier_changed>().empty());
    w.given(confirm_willingness{w.an});
    CHECK(w.ask(show_tier{w.an}).contribution == ladder_state{});
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("bounds by which a tier would be lost as soon as it is won are refused",
    "[member][E15][refusal]") {
    winter_world w;
    unmoved same{w};
    tier_rules rules;
    rules.contribution.rungs[0].keep = percent(120);
    same.refuses(adopt<tier_rules>{rules}, errc::invalid_argument,
        "tier_rules.contribution.rungs[0]", "at most the one to reach");
    rules = {};
    rules.contribution.fall_after = 0;
    same.refuses(adopt<tier_rules>{rules}, errc::invalid_argument,
        "tier_rules.contribution.fall_after", "1 period or more");
    rules = {};
    rules.contribution.locked_for = -1;
    same.refuses(adopt<tier_rules>{rules}, errc::invalid_argument,
        "tier_rules.contribution.locked_for", "0 periods or more");
    rules = {};
    rules.contribution.rungs[1] = {percent(90), percent(50)};
    same.refuses(adopt<tier_rules>{rules}, errc::invalid_argument,
        "tier_rules.contribution.rungs[1]", "rise from level to level");
    w.as({actor_kind::member, w.an.value()});
    same.refuses(begin_tier_reviews{}, errc::not_qualified, "begin_tier_reviews", "an employee");
}

} // namespace
