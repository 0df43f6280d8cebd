// SPDX-License-Identifier: BSL-1.0
#include <koc/member/discovery/messages/discovery_precision.hpp>

#include "standard/unmoved.hpp"
#include "support/catch.hpp"
#include "support/scenario.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

using namespace koc;
using koc_test::unmoved;
using koc_test::winter_world;

namespace {

using ids = std::vector<member_id>;
using sources = std::vector<source>;

sources const anywhere{};
sources const open{source::open};
sources const owned{source::owned};
sources const both{source::open, source::owned};

/// A world in which one excellent piece makes somebody mature, and little is enough to be told.
class followed_world : public winter_world {
public:
    followed_world() {
        given(
            adopt<relationship_rules>{
                {.excellent_needed = 1, .sustained_needed = {}, .window = days(365)}},
            adopt<precision_rules>{{.enough = 5, .settles_after = days(30), .step_max = whole(1)}});
    }
    void writes(member_id who, int pieces) {
        for (int i = 0; i < pieces; ++i) {
            given(report_content{
                signal_id{++last_}, who, percent(90), percent(90), percent(90), true, 100});
        }
    }
    void helps(member_id who, int people) {
        for (int i = 0; i < people; ++i) {
            ++last_;
            given(report_contribution{signal_id{last_}, who, contribution_kind::helped_a_peer, 1,
                whole(1), member_id{10'000 + last_}});
        }
    }
    void admits(member_id who) { given(enrol_candidate{who, {who.value(), "Somebody"}, {}}); }
    void activates(member_id who) { given(record_contact{who, {}}, confirm_willingness{who}); }
    void matures(member_id who) { given(record_outcome{who, {}, percent(95), now()}); }

    /// Six who write, six who help and two who do both, all on one shortlist. Who writes is
    /// admitted and three become active, nobody mature; of five admitted who help four become
    /// mature.
    void people() {
        for (std::uint64_t i = 1; i <= 6; ++i) {
            writes(member_id{100 + i}, 3);
            helps(member_id{200 + i}, 3);
        }
        for (std::uint64_t i = 1; i <= 2; ++i) {
            writes(member_id{300 + i}, 2);
            helps(member_id{300 + i}, 2);
        }
        given(draw_shortlist{50});
        for (std::uint64_t i = 1; i <= 6; ++i) {
            admits(member_id{100 + i});
            if (i <= 3) {
                activates(member_id{100 + i});
            }
            if (i <= 5) {
                admits(member_id{200 + i});
                activates(member_id{200 + i});
            }
            if (i <= 4) {
                matures(member_id{200 + i});
            }
        }
        admits(member_id{301});
        admits(member_id{302});
    }
    [[nodiscard]] funnel_row row(
        sources const& of, std::string const& signal, std::optional<instant> from = {}) const {
        for (auto const& each :
            ask(discovery_funnel{from.value_or(now() - days(300)), now() + days(1)})) {
            if (each.sources == of && each.signal == signal) {
                return each;
            }
        }
        return {};
    }
    [[nodiscard]] ids listed(std::int64_t count) const {
        ids found;
        for (auto const& one : ask(list_shortlist{count})) {
            found.push_back(one.person);
        }
        return found;
    }
    [[nodiscard]] score part(member_id who, std::string const& signal) const {
        for (auto const& each : ask(assess_candidate{who}).why.parts) {
            if (each.signal == signal) {
                return each.amount;
            }
        }
        return {};
    }
    [[nodiscard]] score weight(std::string const& signal) const {
        auto const* known = discovery_weights::in_use(engine());
        return known == nullptr ? whole(1) : known->of(signal);
    }

private:
    std::uint64_t last_ = 0;
};

TEST_CASE("of each source and signal it is told how many whom it brought were admitted, became "
          "active and mature",
    "[member][F34]") {
    followed_world w;
    auto const began = w.now();
    w.people();
    using koc::funnel;
    CHECK(w.row(anywhere, "").people == funnel{14, 13, 8, 4});
    CHECK(w.row(anywhere, "").precision == ratio(4, 13));
    CHECK(w.row(open, "").people == funnel{6, 6, 3, 0});
    CHECK(w.row(owned, "").people == funnel{6, 5, 5, 4});
    CHECK(w.row(owned, "").precision == percent(80));
    CHECK(w.row(open, "depth").people == funnel{6, 6, 3, 0});
    CHECK(w.row(open, "depth").says == telling::measured);
    CHECK(w.row(open, "depth").precision == score{});
    CHECK(w.row(owned, "help to peers").people == funnel{6, 5, 5, 4});
    // Whom several signals brought is in the row of each, and of so few no share is told.
    for (auto const* signal : {"depth", "originality", "help to peers", "lately"}) {
        INFO(signal);
        CHECK(w.row(both, signal).people == funnel{2, 2, 0, 0});
        CHECK(w.row(both, signal).says == telling::too_few_to_say);
        CHECK_FALSE(w.row(both, signal).precision);
    }
    CHECK(w.row(anywhere, "depth").people == funnel{8, 8, 3, 0});
    CHECK(w.row(anywhere, "help to peers").people == funnel{8, 7, 5, 4});
    CHECK(w.row(open, "help to peers") == funnel_row{});
    // Whom no shortlist named is nobody whom discovery found.
    w.helps(member_id{207}, 3);
    w.admits(member_id{207});
    CHECK(w.row(owned, "").people == funnel{6, 5, 5, 4});
    // A span is one of first shortlists, wherever the people are by now.
    w.wait(days(10));
    w.writes(member_id{107}, 3);
    w.given(draw_shortlist{50});
    auto const later = w.now();
    w.wait(days(10));
    w.given(draw_shortlist{50});
    w.admits(member_id{107});
    w.admits(member_id{206}); // whom the first shortlist named
    w.activates(member_id{206});
    w.matures(member_id{206});
    CHECK(w.row(anywhere, "", later).people == funnel{1, 1, 0, 0});
    auto const first = w.ask(discovery_funnel{began, later}).front();
    CHECK(first.people == funnel{14, 14, 9, 5});
    // Who steps back was mature all the same.
    w.given(record_waning{member_id{206}, waning_reason::other, {}});
    CHECK(w.row(owned, "").people == funnel{6, 6, 6, 5});
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("a signal speaks for somebody as far as its share of their fit goes", "[member][F34]") {
    followed_world w;
    w.writes(member_id{101}, 30);
    w.given(report_contribution{
        signal_id{900}, member_id{101}, contribution_kind::interacted, 1, {}, {}});
    w.given(draw_shortlist{5});
    CHECK(w.part(member_id{101}, "taking part") > score{});
    CHECK(w.row(both, "taking part") == funnel_row{});
    w.given(adopt<precision_rules>{{.share_min = {}}});
    CHECK(w.row(both, "taking part").people.listed == 1);
}

TEST_CASE("of each source and signal it is known who became mature, and it weighs the signals, so "
          "another person stands first, for another reason",
    "[member][F34]") {
    followed_world w;
    w.people();
    constexpr member_id writer{401};
    constexpr member_id helper{402};
    w.wait(days(29));
    w.refuses(tune_discovery{}, errc::not_qualified, "weights of discovery", "too few to say");
    w.wait(days(1));
    w.writes(writer, 3);
    w.helps(helper, 3);
    // Of six whom writing brought nobody became mature, of five whom help brought four did.
    CHECK(w.row(open, "depth").precision == score{});
    CHECK(w.row(owned, "help to peers").precision == percent(80));
    // Before: the writer, for what they write.
    w.accepts(draw_shortlist{1});
    auto const before = w.recorded<shortlist_drawn>().front().candidates;
    CHECK(before.front().person == writer);
    CHECK(w.listed(2) == ids{writer, helper});
    auto const depth = w.part(writer, "depth");
    auto const help = w.part(helper, "help to peers");

    auto const proposed = w.ask(propose_weights{});
    w.as({actor_kind::employee, 3}).accepts(tune_discovery{});
    auto const tuned = w.recorded<discovery_tuned>();
    REQUIRE(tuned.size() == 1);
    CHECK(tuned.front().all == koc::funnel{14, 13, 8, 4});
    CHECK(tuned.front().changes ==
        std::vector<weight_change>{{"depth", whole(1), percent(50), {8, 8, 3, 0}},
            // 4 of 7 became mature, 13/7 as many as 4 of 13
            {"help to peers", whole(1), ratio(13, 7), {8, 7, 5, 4}},
            {"originality", whole(1), percent(50), {8, 8, 3, 0}}});
    // What was proposed was recorded, and what everybody had, "lately", tells nobody apart.
    REQUIRE(proposed.size() == 4);
    CHECK(proposed[2] == weight_change{"lately", whole(1), whole(1), {14, 13, 8, 4}});

    // After: the helper, for their help.
    w.accepts(draw_shortlist{1});
    auto const after = w.recorded<shortlist_drawn>().front().candidates;
    REQUIRE(after.size() == 1);
    CHECK(after.front().person == helper);
    CHECK(after.front().fit == after.front().why.total());
    CHECK(w.listed(2) == ids{helper, writer});
    CHECK(w.part(writer, "depth") == depth * percent(50));
    CHECK(w.part(helper, "help to peers") == help * ratio(13, 7));
    // The list of before says what it said.
    CHECK(digest_of(w.history_of<shortlist_drawn>()[1].candidates) == digest_of(before));
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("weights move by a step at a time and stay within their bounds, and what changes nothing "
          "is not recorded",
    "[member][F34]") {
    followed_world w;
    w.people();
    w.wait(days(30));
    w.given(adopt<precision_rules>{{.enough = 5, .settles_after = days(30)}}); // a step of 0.25
    std::vector<score> depth;
    std::vector<score> help;
    for (int i = 0; i < 5; ++i) {
        w.given(tune_discovery{});
        depth.push_back(w.weight("depth"));
        help.push_back(w.weight("help to peers"));
    }
    CHECK(depth == std::vector{percent(75), percent(50), percent(50), percent(50), percent(50)});
    CHECK(
        help == std::vector{percent(125), percent(150), percent(175), ratio(13, 7), ratio(13, 7)});
    CHECK(w.events().empty());
    CHECK(w.weight("lately") == whole(1));
    CHECK(w.weight("trust") == whole(1)); // brought nobody
    // Bounds of 1 bring back what may rise or fall; a signal that made nobody mature never rises.
    w.given(adopt<precision_rules>{{.enough = 5,
        .settles_after = days(30),
        .weight_min = whole(1),
        .weight_max = whole(1),
        .step_max = whole(9)}});
    w.given(tune_discovery{});
    CHECK(w.weight("help to peers") == whole(1));
    CHECK(w.weight("depth") == percent(50));
    // Who was listed too long ago is not judged any more.
    w.given(
        adopt<precision_rules>{{.enough = 5, .settles_after = days(10), .looks_back = days(30)}});
    w.refuses(tune_discovery{}, errc::not_qualified, "weights of discovery", "there are 0");
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("a signal that brings nobody mature never gains weight, and no weight leaves its bounds",
    "[member][F34]") {
    CHECK(rc::check("by the rule", [] {
        auto const number = [](std::int64_t low, std::int64_t high) {
            return *rc::gen::inRange<std::int64_t>(low, high + 1);
        };
        precision_rules rules;
        rules.weight_min = score{number(percent(1).raw, whole(1).raw)};
        rules.weight_max = score{number(whole(1).raw, whole(100).raw)};
        rules.step_max = score{number(1, whole(100).raw)};
        RC_PRE(check(rules).has_value());
        koc::funnel all;
        all.mature = number(1, 1'000'000);
        all.admitted = all.mature + number(1, 1'000'000'000);
        koc::funnel of;
        of.mature = number(0, 3) == 0 ? number(0, all.mature) : 0;
        of.admitted = of.mature + number(of.mature == 0 ? 1 : 0, all.admitted - all.mature);
        RC_PRE(of.admitted > 0);
        auto const was = score{number(percent(1).raw, whole(100).raw)};
        auto const made = tuned_weight(was, of, all, rules);
        if (of.mature == 0) {
            RC_ASSERT(made <= was);
        }
        if (was >= rules.weight_min && was <= rules.weight_max) {
            RC_ASSERT(made >= rules.weight_min && made <= rules.weight_max);
            RC_ASSERT(made - was <= rules.step_max && was - made <= rules.step_max);
            // More precise than everybody never falls, less precise never rises.
            if (of.mature * all.admitted >= of.admitted * all.mature) {
                RC_ASSERT(made >= was || was > whole(1));
            } else {
                RC_ASSERT(made <= was || was < whole(1));
            }
        }
    }));
    CHECK(rc::check("through the journal", [] {
        followed_world w;
        w.given(adopt<precision_rules>{{.enough = 1, .settles_after = {}}});
        auto const count = *rc::gen::inRange<std::uint64_t>(2, 9);
        for (std::uint64_t i = 1; i <= count; ++i) {
            switch (*rc::gen::inRange(0, 3)) {
            case 0:
                w.writes(member_id{100 + i}, 2);
                break;
            case 1:
                w.helps(member_id{100 + i}, 2);
                break;
            default:
                w.given(report_contribution{signal_id{5'000 + i}, member_id{100 + i},
                    contribution_kind::gave_feedback, 2, whole(1), {}});
            }
        }
        w.given(draw_shortlist{50});
        for (std::uint64_t i = 1; i <= count; ++i) {
            auto const reached = *rc::gen::inRange(0, 4);
            if (reached > 0) {
                w.admits(member_id{100 + i});
            }
            if (reached > 1) {
                w.activates(member_id{100 + i});
            }
            if (reached > 2) {
                w.matures(member_id{100 + i});
            }
        }
        for (int round = 0; round < 3; ++round) {
            std::map<std::string, score> before;
            for (auto const& each : w.ask(discovery_funnel{w.now(), w.now() + days(1)})) {
                before[each.signal] = w.weight(each.signal);
            }
            w.when(tune_discovery{});
            for (auto const& [signal, was] : before) {
                auto const now = w.weight(signal);
                RC_ASSERT(now >= percent(50) && now <= whole(2));
                if (!signal.empty() && w.row(anywhere, signal).people.mature == 0) {
                    RC_ASSERT(now <= was);
                }
            }
        }
        RC_ASSERT(w.digest() == w.digest_of_replay());
    }));
}

TEST_CASE("weights that too few people speak for, or that a member sets, are refused",
    "[member][F34][refusal]") {
    followed_world w;
    auto const bound = errc::invalid_argument;
    auto const about = "weights of discovery";
    {
        unmoved same{w};
        same.refuses(tune_discovery{}, errc::not_qualified, about, "there are 0: too few to say");
        same.denies(propose_weights{}, errc::not_qualified, about, "at least 5 admitted people");
        same.denies(discovery_funnel{w.now(), w.now()}, bound, "discovery_funnel.until",
            "an instant after from");
        w.as({actor_kind::member, w.an.value()});
        same.refuses(tune_discovery{}, errc::not_qualified, "tune_discovery",
            "an employee or the host to send this");
        w.as({});
        same.refuses(adopt<precision_rules>{{.share_min = percent(101)}}, bound, "precision_rules",
            "0 to 1");
        same.refuses(adopt<precision_rules>{{.settles_after = days(9), .looks_back = days(9)}},
            bound, "precision_rules", "looks_back longer");
        same.refuses(
            adopt<precision_rules>{{.weight_min = {}}}, bound, "precision_rules", "0.01 to 1");
        same.refuses(adopt<precision_rules>{{.weight_max = percent(99)}}, bound, "precision_rules",
            "1 to 100");
        same.refuses(
            adopt<precision_rules>{{.step_max = {}}}, bound, "precision_rules", "step_max above 0");
    }
    for (std::uint64_t i = 1; i <= 5; ++i) {
        w.writes(member_id{100 + i}, 3);
    }
    w.given(draw_shortlist{9});
    for (std::uint64_t i = 1; i <= 5; ++i) {
        w.admits(member_id{100 + i});
    }
    w.wait(days(30));
    unmoved same{w};
    same.refuses(tune_discovery{}, errc::not_qualified, about, "became mature");
}

} // namespace
