// SPDX-License-Identifier: BSL-1.0
#include <koc/member/renewal/messages/tier.hpp>

#include <koc/describe/canonical.hpp>
#include <koc/engine/rule_versions.hpp>
#include <koc/engine/trial.hpp>
#include <koc/engine/what_if.hpp>
#include <koc/testing/draws.hpp>

#include "standard/unmoved.hpp"
#include "support/catch.hpp"
#include "support/rounds.hpp"
#include "support/scenario.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
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

// E13

/// Four months: Chen and Jin are good in each, An in the first two, Kai shares in each.
struct four_months : winter_world {
    std::uint64_t start;
    instant started;

    four_months() {
        given(begin_tier_reviews{});
        start = engine().head().position;
        started = now();
        for (auto i = 0; i < 4; ++i) {
            works(chen, 2);
            works(jin, 5);
            works(an, i < 2 ? 2 : 0);
            given(record_session{session_id{++sessions_}, kai, {min}, {}, 120});
            wait(days(30)).time_passes();
        }
    }
    void works(member_id who, int pieces) {
        for (; pieces > 0; --pieces) {
            given(record_outcome{who, {}, percent(60), now()});
        }
    }
    [[nodiscard]] tier_rules rules() const { return *engine().rules<tier_rules>(); }
    [[nodiscard]] tier_rules rising_after(std::int64_t periods) const {
        auto changed = rules();
        changed.contribution.rise_after = periods;
        return changed;
    }

private:
    std::uint64_t sessions_ = 0;
};

template <typename E>
std::vector<E> events_of(std::vector<batch> const& all) {
    std::vector<E> found;
    for (auto const& each : all) {
        for (auto const& happened : each.events) {
            if (auto const* e = happened.get_if<E>()) {
                found.push_back(*e);
            }
        }
    }
    return found;
}
ids members_of(std::vector<tier_recomputed> const& all) {
    ids found;
    for (auto const& each : all) {
        found.push_back(each.member);
    }
    return found;
}

TEST_CASE(
    "when the rules change, what was recorded is brought to them: previewed person by person, "
    "recorded with its reason, and taken back by the rules of before",
    "[member][E13]") {
    four_months w;
    auto const before = w.engine().state_text();
    auto const events = w.journal().size();
    CHECK(w.ask(find_members{has("tier", "core")}) == ids{w.chen, w.jin, w.kai});
    auto const season = w.rising_after(2);
    recompute_tiers const command{"Two good months are enough this season", 1};

    // What it would change, and for whom, before it does.
    std::vector<tier_recomputed> preview;
    {
        trial dry{w.engine()};
        REQUIRE(dry.handle(adopt<tier_rules>{season}, w.asked()).has_value());
        REQUIRE(dry.handle(command, w.asked()).has_value());
        preview = events_of<tier_recomputed>(dry.recorded());
    }
    CHECK(w.journal().size() == events);
    CHECK(w.engine().state_text() == before);
    CHECK(members_of(preview) == ids{w.an, w.chen, w.jin, w.kai});
    CHECK(preview.front().from == tier::base);
    CHECK(preview.front().to == tier::core);
    CHECK(preview.front().was == ladder_state{});
    CHECK(preview.front().now == ladder_state{1, 0, 0, 1});

    // Exactly this is recorded, and it is what the history would be under these rules.
    w.given(adopt<tier_rules>{season});
    CHECK(w.ask(show_tier{w.an}).tier == tier::base); // as long as nobody asks for more
    w.accepts(command);
    CHECK(w.recorded<tier_recomputed>() == preview);
    auto varied = *fork_at(w.engine(), w.start);
    REQUIRE(varied.handle(adopt<tier_rules>{season}, {w.started}).has_value());
    REQUIRE(retrace(w.engine(), w.start, varied).has_value());
    for (std::uint64_t i = 1; i <= 11; ++i) {
        auto const lived = *varied.ask(show_tier{member_id{i}}, w.asked());
        auto const is = w.ask(show_tier{member_id{i}});
        INFO("member " << i);
        CHECK(is.tier == lived.tier);
        CHECK(is.contribution == lived.contribution);
    }
    CHECK(w.ask(find_members{has("tier", "core")}) == ids{w.an, w.chen, w.kai});
    CHECK(w.ask(find_members{has("tier", "leading")}) == ids{w.jin});
    // Whom it concerns reads why; nobody else has anything to read.
    w.as({actor_kind::member, w.an.value()});
    CHECK(w.ask(show_tier{w.an}).recomputed ==
        tier_recomputation{w.an, w.now(), tier::base, tier::core, 0, 1, command.reason});
    CHECK_FALSE(w.ask(show_tier{w.bao}).recomputed.has_value());
    w.as({});

    // The way back is a further recomputation: all that counts is as it was.
    w.given(*earlier_rules<tier_rules>(w.engine(), 1));
    w.accepts(recompute_tiers{"The season's rule is taken back", 1});
    CHECK(members_of(w.recorded<tier_recomputed>()) == members_of(preview));
    for (auto const& part : difference(before, w.engine().state_text())) {
        INFO(to_string(part));
        CHECK(part.container == "tiers.recomputed_");
    }
    CHECK(w.ask(show_tier{w.an}).tier == tier::base);
    CHECK(w.ask(show_tier{w.an}).recomputed->reason == "The season's rule is taken back");
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("what a level is computed from is read by whatever rules there are: what sessions count "
          "for, and from which period on",
    "[member][E13]") {
    four_months w;
    // Sessions count for more, but only from the third month on: then Kai is at 300 a month twice.
    auto more = w.rising_after(2);
    more.shared_hour = percent(150);
    more.shared_max = whole(3);
    w.given(adopt<tier_rules>{more}, recompute_tiers{"Sharing counts", 3});
    CHECK(w.ask(show_tier{w.kai}).contribution.level == 1);
    CHECK(w.ask(show_tier{w.an}).tier == tier::base); // whose good months were before
    w.given(recompute_tiers{"Sharing counted always", 1});
    CHECK(w.ask(show_tier{w.kai}).contribution.level == 2);
    CHECK(w.ask(show_tier{w.kai}).tier == tier::leading);
    CHECK(w.ask(show_tier{w.an}).tier == tier::core);
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("no recomputation takes a level from a member that a review locked, nor touches who has "
          "stepped back, and who is lowered reads why",
    "[member][E13]") {
    four_months w;
    w.given(record_waning{w.an, waning_reason::life_change, {}});
    auto const strict = w.rising_after(5);
    w.given(adopt<tier_rules>{strict});
    {
        unmoved same{w}; // Chen, Jin and Kai won a level three periods ago, and may keep it for so
        same.refuses(recompute_tiers{"Five good months", 1}, errc::wrong_state, "tier review 1",
            "what would fall (3) is still locked");
    }
    for (auto i = 0; i < 2; ++i) {
        w.works(w.jin, 5);
        w.wait(days(30)).time_passes();
    }
    CHECK(w.ask(show_tier{w.chen}).tier == tier::core);
    w.accepts(recompute_tiers{"Five good months", 1});
    CHECK(w.ask(show_tier{w.chen}).tier == tier::base);
    w.as({actor_kind::member, w.chen.value()});
    CHECK(w.ask(show_tier{w.chen}).recomputed ==
        tier_recomputation{w.chen, w.now(), tier::core, tier::base, 1, 0, "Five good months"});
    w.as({});
    CHECK(w.ask(show_tier{w.jin}).contribution.level == 1); // by six good months
    for (auto const& each : w.recorded<tier_recomputed>()) {
        CHECK(each.member != w.an);
        CHECK(each.member != w.ning);
        CHECK(each.member != w.ou);
    }
    // Who comes back begins anew, and what was before is computed no more.
    w.given(confirm_willingness{w.an}, adopt<tier_rules>{w.rising_after(1)},
        recompute_tiers{"One good month", 1});
    CHECK(w.ask(show_tier{w.an}).contribution == ladder_state{});
    CHECK(w.ask(show_tier{w.jin}).tier == tier::leading);
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("a resource that is for a tier comes back when a recomputation takes the tier",
    "[member][E13]") {
    four_months w;
    w.given(adopt<tier_rules>{w.rising_after(2)}, recompute_tiers{"Two good months", 1});
    stock_resource made{resource_id{1}, "Evening", resource_type::internal_event, "In the hall"};
    made.audience = has("tier", "core");
    w.given(made, request_resource{made.resource, w.an});
    REQUIRE(w.recorded<resource_granted>().size() == 1);
    w.given(adopt<tier_rules>{w.rising_after(3)});
    w.accepts(recompute_tiers{"Three again", 1});
    REQUIRE(w.recorded<resource_withdrawn>().size() == 1);
    CHECK(w.recorded<resource_withdrawn>().front().reason == "no longer tier:core");
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("a recomputation without a reason, of no period, by a member, before the reviews or that "
          "changes nothing is refused",
    "[member][E13][refusal]") {
    winter_world none;
    unmoved{none}.refuses(recompute_tiers{"Because", 1}, errc::wrong_state, "tier review 1",
        "send begin_tier_reviews first");
    four_months w;
    unmoved same{w};
    same.refuses(recompute_tiers{"By the same rules", 1}, errc::wrong_state, "tier review 1",
        "nothing would change, adopt other rules first");
    same.refuses(
        recompute_tiers{" ", 1}, errc::invalid_text, "recompute_tiers.reason", "more than blanks");
    same.refuses(recompute_tiers{"Of what is to come", 5}, errc::invalid_argument,
        "recompute_tiers.from", "from 1 to 4");
    same.refuses(
        recompute_tiers{"Of none", 0}, errc::invalid_argument, "recompute_tiers.from", "from 1 to");
    tier_rules rules;
    rules.shared_hour = whole(1'001);
    same.refuses(
        adopt<tier_rules>{rules}, errc::invalid_argument, "tier_rules.shared_hour", "0 to 1,000");
    w.given(adopt<tier_rules>{w.rising_after(2)});
    w.as({actor_kind::member, w.an.value()});
    unmoved{w}.refuses(
        recompute_tiers{"For me", 1}, errc::not_qualified, "recompute_tiers", "an employee");
}

/// The same random months in one world or several.
class course {
public:
    course(std::uint64_t seed, std::vector<winter_world*> worlds)
        : from_{seed}, worlds_{std::move(worlds)} {}
    [[nodiscard]] testing::draws& from() { return from_; }

    void begin() { each(begin_tier_reviews{}); }

    void month() {
        auto const& w = *worlds_.front();
        for (auto who : {w.an, w.bao, w.chen, w.jin, w.kai}) {
            auto const good = from_.per_mille(600);
            for (auto pieces = from_.between(0, good ? 3 : 1); pieces > 0; --pieces) {
                // Some are excellent, which makes people mature.
                each(record_outcome{who, {}, percent(10 * from_.between(3, 10)), w.now()});
            }
            auto const at = w.stage(who);
            if (at == stage::mature && from_.per_mille(300)) {
                each(record_session{
                    session_id{++sessions_}, who, {w.min}, {}, from_.between(15, 200)});
            } else if (at == stage::evolving && from_.per_mille(500)) {
                each(confirm_willingness{who});
            } else if ((at == stage::active || at == stage::mature) && from_.per_mille(60)) {
                each(record_waning{who, waning_reason::life_change, {}});
            }
        }
        if (from_.per_mille(100)) {
            auto const id = 200 + ++enrolled_;
            each(enrol{member_id{id}, {id, "New"}, {source::open}, {}});
        }
        auto const span = days(from_.between(20, 40));
        for (auto* world : worlds_) {
            world->wait(span).time_passes();
        }
    }
    [[nodiscard]] tier_rules rules() {
        auto const reach = from_.between(5, 12);
        tier_rules drawn;
        drawn.contribution = {{{percent(10 * reach), percent(10 * from_.between(2, reach))},
                                  {percent(10 * reach + 80), percent(100)}},
            from_.between(1, 3), from_.between(1, 3), from_.between(0, 3)};
        if (from_.per_mille(300)) {
            drawn.active = {tier::core, tier::core, tier::leading};
        }
        drawn.shared_hour = percent(10 * from_.between(0, 15));
        drawn.shared_max = percent(50 * from_.between(0, 4));
        return drawn;
    }
    /// Those who are placed.
    [[nodiscard]] ids everybody() const {
        ids all;
        for (std::uint64_t i = 1; i <= 13; ++i) {
            all.push_back(member_id{i});
        }
        for (std::uint64_t i = 1; i <= enrolled_; ++i) {
            all.push_back(member_id{200 + i});
        }
        return all;
    }

private:
    template <typename Command>
    void each(Command const& command) {
        for (auto* world : worlds_) {
            world->given(command);
        }
    }

    testing::draws from_;
    std::vector<winter_world*> worlds_;
    std::uint64_t sessions_ = 0;
    std::uint64_t enrolled_ = 0;
};

/// Where somebody stands; empty for who is not assessed.
std::string standing(winter_world const& w, member_id who) {
    auto const is = w.engine().ask(show_tier{who}, w.asked());
    return is ? std::string{name_of(is->tier)} + ' ' + canonical_text(is->contribution) + ' ' +
            canonical_text(is->contributed)
              : std::string{};
}

TEST_CASE(
    "recomputed under other rules, a history is what it would be had it been lived under them, "
    "but for levels that are locked",
    "[member][E13]") {
    std::int64_t recomputed = 0;
    std::int64_t lowered = 0;
    std::int64_t kept = 0;
    // Among the first six are some whose level falls, and some whose level is locked.
    auto const seeds = (std::max)(koc_test::rounds(24), std::uint64_t{6});
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
        INFO("seed " << seed);
        winter_world w;
        winter_world other;
        course lives{seed, {&w, &other}};
        auto const early = lives.rules();
        auto const late = lives.rules();
        w.given(adopt<tier_rules>{early});
        other.given(adopt<tier_rules>{late});
        lives.begin();
        auto const months = lives.from().between(1, 9);
        for (auto i = std::int64_t{0}; i < months; ++i) {
            lives.month();
        }
        // Under the rules that held all the time nothing is to be done.
        w.refuses(recompute_tiers{"The same", 1}, errc::wrong_state, "tier review 1",
            "nothing would change");
        std::map<member_id, std::string> before;
        std::map<member_id, level_promise> promised;
        for (auto who : lives.everybody()) {
            before[who] = standing(w, who);
            auto const* record = w.engine().find_record<tier_record>(who.value());
            promised[who] = record == nullptr ? level_promise{} : record->promise;
        }
        auto const periods = w.at(tier_review_id{1}).period;
        std::vector<tier_recomputed> preview;
        {
            trial dry{w.engine()};
            REQUIRE(dry.handle(adopt<tier_rules>{late}, w.asked()).has_value());
            static_cast<void>(dry.handle(recompute_tiers{"Other rules", 1}, w.asked()));
            preview = events_of<tier_recomputed>(dry.recorded());
        }
        w.given(adopt<tier_rules>{late});
        w.when(recompute_tiers{"Other rules", 1});
        CHECK(w.accepted() == !preview.empty());
        CHECK(w.recorded<tier_recomputed>() == preview);
        recomputed += static_cast<std::int64_t>(preview.size());
        for (auto const& each : preview) {
            lowered += each.now.level < each.was.level ? 1 : 0;
        }
        ids alike;
        for (auto who : lives.everybody()) {
            auto const is = standing(w, who);
            if (is == standing(other, who)) {
                alike.push_back(who);
                continue;
            }
            // They differ only where a level is locked that they would not have had.
            INFO("member " << who.value());
            auto const& promise = promised[who];
            CHECK(periods < promise.until);
            CHECK(w.ask(show_tier{who}).contribution.level >= promise.level);
            CHECK(other.ask(show_tier{who}).contribution.level < promise.level);
            ++kept;
        }
        // What comes then is the same too.
        lives.month();
        for (auto who : alike) {
            INFO("member " << who.value());
            CHECK(standing(w, who) == standing(other, who));
        }
        CHECK(w.digest() == w.digest_of_replay());
    }
    CHECK(recomputed > 0);
    CHECK(lowered > 0);
    CHECK(kept > 0);
}

TEST_CASE("a history that was lived under several rules comes back from a recomputation, when the "
          "rules and the period from which they held are named again",
    "[member][E13]") {
    std::int64_t taken_back = 0;
    for (std::uint64_t seed = 1; seed <= koc_test::rounds(16); ++seed) {
        INFO("seed " << seed);
        winter_world w;
        course lives{seed, {&w}};
        auto const early = lives.rules();
        auto const late = lives.rules();
        w.given(adopt<tier_rules>{early});
        lives.begin();
        for (auto months = lives.from().between(1, 5); months > 0; --months) {
            lives.month();
        }
        w.given(adopt<tier_rules>{late});
        auto const since = w.at(tier_review_id{1}).period + 1;
        do {
            lives.month();
        } while (w.at(tier_review_id{1}).period < since || lives.from().per_mille(700));
        w.refuses(recompute_tiers{"As it was", since}, errc::wrong_state, "tier review 1",
            "nothing would change");
        auto const before = w.engine().state_text();
        w.given(adopt<tier_rules>{lives.rules()});
        w.when(recompute_tiers{"A trial of a season", 1});
        auto const changed = w.accepted();
        w.given(adopt<tier_rules>{late});
        w.when(recompute_tiers{"The season is over", since});
        CHECK(w.accepted() == changed);
        taken_back += changed ? 1 : 0;
        for (auto const& part : difference(before, w.engine().state_text())) {
            INFO(to_string(part));
            CHECK(part.container == "tiers.recomputed_");
        }
    }
    CHECK(taken_back > 0);
}

} // namespace
