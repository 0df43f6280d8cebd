// SPDX-License-Identifier: BSL-1.0
#include <koc/member/discovery/messages/trust.hpp>

#include "standard/unmoved.hpp"
#include "support/catch.hpp"
#include "support/scenario.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

using namespace koc;
using koc_test::unmoved;
using koc_test::winter_world;

namespace {

constexpr member_id pan{71};
constexpr member_id qi{72};
constexpr member_id ren{73};

member_id circle_member(std::uint64_t i) { return member_id{200 + i}; }

/// Enrols people and declares them to be of the core circle.
void with_circle(koc_test::scenario& w, std::uint64_t people) {
    for (std::uint64_t i = 0; i < people; ++i) {
        auto const who = circle_member(i);
        w.given(enrol{who, {who.value(), "Somebody"}, {source::owned}, {}}, join_circle{who});
    }
}
trust_found trust_in(koc_test::scenario const& w, member_id who) {
    return w.ask(assess_trust{who});
}

TEST_CASE("twelve people of the core circle who vouch for somebody without public work put them "
          "above five hundred posts, on trust",
    "[member][A08]") {
    winter_world w;
    with_circle(w, 12);
    for (std::uint64_t i = 1; i <= 500; ++i) { // perfect ones, all of them fresh
        w.given(report_content{signal_id{i}, qi, whole(1), whole(1), whole(1), true, 90'000});
    }
    CHECK(w.ask(list_shortlist{10}).size() == 1);
    for (std::uint64_t i = 0; i < 12; ++i) {
        w.given(vouch_for{circle_member(i), pan});
        CHECK(trust_in(w, pan).trust == whole(static_cast<std::int64_t>(i) + 1));
    }
    auto const list = w.ask(list_shortlist{10});
    REQUIRE(list.size() == 2);
    CHECK(list[0].person == pan);
    // It is a measure of its own, in its own column.
    CHECK(list[0].why.parts == std::vector{reason{"trust", {}, whole(48)}});
    CHECK(list[0].sources == std::vector{source::owned});
    CHECK(trust_in(w, pan) == trust_found{whole(12), 12, 0});
    CHECK(trust_in(w, qi) == trust_found{});
    CHECK(std::none_of(list[1].why.parts.begin(), list[1].why.parts.end(),
        [](reason const& part) { return part.signal == "trust"; }));
    // Who leaves the circle counts no more, nor does a vouch that is withdrawn.
    w.given(leave_circle{circle_member(0)}, withdraw_vouch{circle_member(1), pan});
    CHECK(trust_in(w, pan).trust == whole(10));
    // Mature members are of the circle without being declared; others are not.
    w.given(vouch_for{w.jin, pan}, vouch_for{w.an, pan});
    CHECK(trust_in(w, pan).trust == whole(11));
    CHECK(trust_in(w, pan).vouchers == 11);
    // It is entered from the list like anybody else.
    w.given(enrol_candidate{pan, {pan.value(), "Pan"}, {}});
    CHECK(w.at(pan).sources == enum_set{source::owned});
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("trust comes from who was helped and through people, each of whom passes on so much",
    "[member][A08]") {
    winter_world w;
    with_circle(w, 6);
    std::uint64_t signal = 0;
    auto const helped = [&](member_id helper, member_id who) {
        w.given(report_contribution{
            signal_id{++signal}, helper, contribution_kind::helped_a_peer, 1, whole(1), who});
    };
    // Four of the circle were helped: a quarter each. Helping one of them again adds nothing here.
    for (std::uint64_t i = 0; i < 4; ++i) {
        helped(pan, circle_member(i));
        helped(pan, circle_member(i));
    }
    CHECK(trust_in(w, pan) == trust_found{whole(1), 0, 4});
    // Forty strangers who were helped say nothing of the circle.
    for (std::uint64_t i = 0; i < 40; ++i) {
        helped(qi, member_id{5000 + i});
    }
    CHECK(trust_in(w, qi).trust == score{});
    // Through An, for whom three of the circle vouch, and who passes on one half at most.
    for (std::uint64_t i = 0; i < 3; ++i) {
        w.given(vouch_for{circle_member(i), w.an});
    }
    CHECK(trust_in(w, w.an).trust == whole(3));
    w.given(vouch_for{w.an, ren});
    CHECK(trust_in(w, ren).trust == percent(50));
    // Each person counts once: the same three, directly and through An, are still three.
    for (std::uint64_t i = 0; i < 3; ++i) {
        w.given(vouch_for{circle_member(i), ren});
    }
    CHECK(trust_in(w, ren).trust == whole(3));
    w.given(vouch_for{circle_member(3), w.an});
    CHECK(trust_in(w, ren).trust == percent(350)); // the fourth, through An
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("of somebody who was helped, nobody gets more trust through others than by helping them",
    "[member][A08]") {
    winter_world w;
    with_circle(w, 3);
    std::uint64_t signal = 0;
    auto const helped = [&](member_id helper, member_id who) {
        w.given(report_contribution{
            signal_id{++signal}, helper, contribution_kind::helped_a_peer, 1, whole(1), who});
    };
    // Pan helps four accounts, each of which helped the same person of the circle once.
    for (std::uint64_t i = 0; i < 4; ++i) {
        helped(member_id{300 + i}, circle_member(0));
        helped(pan, member_id{300 + i});
    }
    CHECK(trust_in(w, pan).trust == percent(25));
    // And helps that person as well: it is that person's quarter still.
    helped(pan, circle_member(0));
    CHECK(trust_in(w, pan) == trust_found{percent(25), 0, 1});
    // Somebody outside, for whom the circle vouches and who was helped by puppets, likewise.
    for (std::uint64_t i = 0; i < 3; ++i) {
        w.given(vouch_for{circle_member(i), w.an});
    }
    helped(qi, w.an);
    for (std::uint64_t i = 0; i < 4; ++i) {
        helped(member_id{400 + i}, w.an);
        helped(qi, member_id{400 + i});
    }
    CHECK(trust_in(w, qi).trust == percent(25));
    // Who vouches gives what a vouch gives, whomever else they thank.
    w.given(vouch_for{circle_member(0), pan});
    CHECK(trust_in(w, pan).trust == whole(1));
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("answers of no detail bring no trust and help nobody", "[member][A08][E20]") {
    winter_world w;
    with_circle(w, 48);
    std::uint64_t signal = 0;
    auto const answered = [&](member_id who, member_id helped, score detail, std::int64_t times) {
        w.given(report_contribution{
            signal_id{++signal}, who, contribution_kind::helped_a_peer, times, detail, helped});
    };
    for (std::uint64_t i = 0; i < 48; ++i) {
        answered(pan, circle_member(i), {}, 1);
        answered(qi, circle_member(i), percent(29), 1000); // however often
    }
    CHECK(trust_in(w, pan) == trust_found{});
    CHECK(trust_in(w, qi) == trust_found{});
    CHECK(w.ask(assess_help{pan}) == help_given{});
    CHECK(w.ask(assess_help{qi}).people == 0);
    auto const list = w.ask(list_shortlist{10});
    CHECK(
        std::none_of(list.begin(), list.end(), [](candidate const& c) { return c.person == pan; }));
    // Through others neither: the puppet was trusted for nothing, and trusts for nothing.
    answered(member_id{300}, circle_member(0), {}, 1);
    answered(ren, member_id{300}, whole(1), 1);
    CHECK(trust_in(w, ren) == trust_found{});
    // One real answer is one, among all the others.
    answered(pan, circle_member(7), percent(30), 1);
    CHECK(trust_in(w, pan) == trust_found{percent(25), 0, 1});
    CHECK(w.ask(assess_help{pan}).people == 1);
    // From where on it is one is a rule.
    w.given(adopt<peer_help_rules>{{.detail_min = percent(29)}});
    CHECK(trust_in(w, qi) == trust_found{whole(12), 0, 48});
    CHECK(w.ask(assess_help{qi}).people == 48);
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE(
    "accounts that vouch for each other and help each other gain no trust by it", "[member][A08]") {
    CHECK(rc::check([] {
        koc_test::scenario w;
        with_circle(w, 3);
        auto const accounts = *rc::gen::inRange<std::uint64_t>(2, 8);
        auto const account = [](std::uint64_t i) { return member_id{300 + i}; };
        for (std::uint64_t i = 0; i < accounts; ++i) {
            w.given(enrol{account(i), {account(i).value(), "Somebody"}, {source::owned}, {}});
        }
        std::uint64_t signal = 0;
        for (std::uint64_t i = 0; i < accounts; ++i) {
            for (std::uint64_t k = 0; k < accounts; ++k) {
                if (i != k && *rc::gen::inRange(0, 4) != 0) {
                    w.given(vouch_for{account(i), account(k)},
                        report_contribution{signal_id{++signal}, account(i),
                            contribution_kind::helped_a_peer, 1, whole(1), account(k)});
                }
            }
        }
        for (std::uint64_t i = 0; i < accounts; ++i) {
            RC_ASSERT(trust_in(w, account(i)).trust == score{});
        }
        // One of them is trusted by the whole circle: the others gain what that one passes on, each
        // by itself, however many they are.
        for (std::uint64_t i = 0; i < 3; ++i) {
            w.given(vouch_for{circle_member(i), account(0)});
        }
        RC_ASSERT(trust_in(w, account(0)).trust == whole(3));
        for (std::uint64_t i = 1; i < accounts; ++i) {
            RC_ASSERT(trust_in(w, account(i)).trust <= percent(50));
        }
    }));
}

TEST_CASE("a vouch in another's name, twice, for oneself or beyond measure is refused",
    "[member][A08][E20][refusal]") {
    winter_world w;
    with_circle(w, 2);
    auto const one = circle_member(0);
    w.given(adopt<trust_rules>{{2}}, vouch_for{one, pan}, vouch_for{one, qi});
    unmoved same{w};
    same.refuses(vouch_for{one, ren}, errc::no_capacity, "voucher 200", "all 2 are taken");
    same.refuses(vouch_for{one, pan}, errc::already_exists, "voucher 200", "linked to it already");
    auto const other = circle_member(1);
    same.refuses(vouch_for{other, other}, errc::invalid_argument, "voucher 201", "than itself");
    same.refuses(vouch_for{other, {}}, errc::invalid_argument, "person 0", "an id that names");
    same.refuses(vouch_for{ren, pan}, errc::unknown_id, "member 73", "known member");
    same.refuses(withdraw_vouch{other, pan}, errc::unknown_id, "voucher 201", "there is none");
    same.refuses(join_circle{one}, errc::already_exists, "member 200", "not declared");
    same.refuses(join_circle{ren}, errc::unknown_id, "member 73", "known member");
    same.refuses(leave_circle{w.an}, errc::unknown_id, "member 1", "declared to be of the core");
    same.refuses(adopt<trust_rules>{{0}}, errc::invalid_argument, "trust_rules", "one vouch");
    w.as({actor_kind::member, one.value()});
    // Nobody declares themselves to be of the circle, nor anybody else, nor puts anybody out.
    auto const desk = "expected an employee or the host to send this, not member 200";
    same.refuses(join_circle{w.an}, errc::not_qualified, "join_circle", desk);
    same.refuses(leave_circle{other}, errc::not_qualified, "leave_circle", desk);
    same.refuses(leave_circle{one}, errc::not_qualified, "leave_circle", desk);
    w.as({actor_kind::member, w.an.value()});
    same.refuses(join_circle{w.an}, errc::not_qualified, "join_circle", "not member 1");
    w.as({actor_kind::member, one.value()});
    same.refuses(vouch_for{other, ren}, errc::not_qualified, "member 201",
        "themself to send this, not member 200");
    same.refuses(withdraw_vouch{other, ren}, errc::not_qualified, "member 201", "leave it to them");
    w.given(withdraw_vouch{one, qi}, vouch_for{one, ren}); // in their own
    CHECK(trust_in(w, ren).trust == whole(1));
    w.as({actor_kind::employee, 9}).given(join_circle{w.an}, leave_circle{w.an});
    // Nor does an employee vouch in the name of a member, or take back what they vouched.
    unmoved later{w};
    later.refuses(vouch_for{other, ren}, errc::not_qualified, "member 201", "not employee 9");
    later.refuses(withdraw_vouch{one, ren}, errc::not_qualified, "member 200", "not employee 9");
}

TEST_CASE(
    "who has two accounts leaves the circle and takes vouches back by both, and vouches for so "
    "many people by both",
    "[member][A08][E18][refusal]") {
    winter_world w;
    w.given(adopt<trust_rules>{{2}}, join_circle{w.hua}, vouch_for{w.hua, pan},
        vouch_for{w.hua, w.dong}, vouch_for{w.jin, w.hua});
    w.given(merge_members{w.dong, w.hua, {w.hua.value(), "One person"}});
    CHECK(trust_in(w, pan).trust == whole(1));
    CHECK(trust_in(w, w.dong).vouchers == 1);
    w.given(vouch_for{w.dong, qi});
    {
        unmoved same{w};
        same.refuses(vouch_for{w.dong, pan}, errc::already_exists, "voucher 3", "any account");
        same.refuses(vouch_for{w.jin, w.dong}, errc::already_exists, "voucher 8", "any account");
        same.refuses(vouch_for{w.dong, ren}, errc::no_capacity, "voucher 3", "all 2 are taken");
        same.refuses(withdraw_vouch{w.dong, ren}, errc::unknown_id, "voucher 3", "there is none");
        same.refuses(leave_circle{w.an}, errc::unknown_id, "member 1", "declared to be of the");
    }
    w.accepts(withdraw_vouch{w.dong, pan});
    CHECK(w.recorded<vouch_withdrawn>().front().voucher == w.hua);
    CHECK(trust_in(w, pan) == trust_found{});
    w.given(vouch_for{w.dong, ren});
    w.accepts(withdraw_vouch{w.jin, w.dong});
    CHECK(trust_in(w, w.dong) == trust_found{});
    CHECK(trust_in(w, ren).trust == whole(1));
    w.accepts(leave_circle{w.dong});
    CHECK(w.recorded<circle_left>().front().member == w.hua);
    CHECK(trust_in(w, ren) == trust_found{});
    // What was taken back stays so when they are two people again.
    w.given(undo_merge{w.hua});
    w.refuses(leave_circle{w.hua}, errc::unknown_id, "member 7", "declared to be of the");
    w.refuses(withdraw_vouch{w.hua, pan}, errc::unknown_id, "voucher 7", "there is none");
    CHECK(w.digest() == w.digest_of_replay());
}

} // namespace
