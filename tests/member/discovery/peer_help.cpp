// SPDX-License-Identifier: BSL-1.0
#include <koc/member/discovery/messages/peer_help.hpp>

#include "standard/unmoved.hpp"
#include "support/catch.hpp"
#include "support/scenario.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <set>
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

/// Help with signals of their own.
class answers {
public:
    report_contribution operator()(member_id helper, member_id helped, score detail = whole(1)) {
        return {signal_id{++last_}, helper, contribution_kind::helped_a_peer, 1, detail, helped};
    }

private:
    std::uint64_t last_ = 0;
};

help_given help(koc_test::scenario const& w, member_id who) { return w.ask(assess_help{who}); }
score fit(koc_test::scenario const& w, member_id who) { return w.ask(assess_candidate{who}).fit; }

TEST_CASE("help to thirty new owners outweighs thirty answers to two friends, and the list says so",
    "[member][A07]") {
    winter_world w;
    answers answer;
    for (std::uint64_t i = 0; i < 30; ++i) {
        w.given(register_owner{member_id{1000 + i}, w.now() - days(static_cast<std::int64_t>(i))});
        w.given(answer(pan, member_id{1000 + i}));
        w.given(answer(qi, member_id{2000 + i % 2}));
        w.given(answer(ren, member_id{3000 + i})); // thirty who have had it for long
    }
    CHECK(help(w, pan).people == 30);
    CHECK(help(w, pan).newcomers == 30);
    CHECK(help(w, pan).counted == whole(60)); // each counts twice
    CHECK(help(w, ren).counted == whole(30));
    CHECK(help(w, qi).people == 2);
    CHECK(help(w, qi).counted < whole(12));
    auto const list = w.ask(list_shortlist{10});
    REQUIRE(list.size() == 3);
    CHECK(list[0].person == pan);
    CHECK(list[1].person == ren);
    CHECK(list[2].person == qi);
    CHECK(list[0].why.parts[0].signal == "help to peers");
    CHECK(list[0].fit > list[2].fit + whole(5));
    // Patience: whoever is asked again and again by one newcomer gains by it, each time less.
    auto const of_three = help(w, qi).counted;
    w.given(answer(qi, member_id{2000}));
    CHECK(help(w, qi).counted >= of_three);
    // New is who has owned it for less than ninety days when they are helped; that it was told late
    // makes no difference.
    auto const late = member_id{4000};
    w.given(answer(ren, late));
    CHECK(help(w, ren).newcomers == 0);
    w.given(register_owner{late, w.now() - days(89)});
    CHECK(help(w, ren).newcomers == 1);
    CHECK(help(w, ren).counted == whole(32));
    w.wait(days(1)).given(answer(ren, late)); // the ninetieth day
    CHECK(help(w, ren).counted == whole(33));
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE(
    "help to nobody, to oneself or dated in the future is refused", "[member][A07][refusal]") {
    winter_world w;
    answers answer;
    w.given(register_owner{qi, w.now()}, answer(pan, qi));
    unmoved same{w};
    auto const whom = "expected help that names whom it helped, somebody else than who gave it";
    same.refuses(answer(pan, {}), errc::invalid_argument, "signal 2", whom);
    same.refuses(answer(pan, pan), errc::invalid_argument, "signal 3", whom);
    auto later = answer(pan, qi);
    later.at = w.now() + hours(1);
    same.refuses(later, errc::invalid_argument, "signal 4", "not from the future");
    auto click = answer(pan, qi);
    click.kind = contribution_kind::interacted;
    same.refuses(click, errc::invalid_argument, "signal 5", "help alone names whom it helped");
    same.refuses(register_owner{qi, w.now() - days(1)}, errc::already_exists, "person 72",
        "was not told yet");
    same.refuses(register_owner{ren, w.now() + days(1)}, errc::invalid_argument, "person 73",
        "an instant that is not ahead");
    same.refuses(register_owner{{}, w.now()}, errc::invalid_argument, "person 0", "id above 0");
    CHECK(help(w, pan).people == 1);
}

TEST_CASE("distinct people count, further answers to the same one for less and less and up to a "
          "limit",
    "[member][A07][E20]") {
    winter_world w;
    answers answer;
    // Three count 1 each, the next three one half, the next three a quarter, and so on.
    for (auto const thousandths :
        {1000, 2000, 3000, 3500, 4000, 4500, 4750, 5000, 5250, 5375, 5500, 5625, 5687, 5750}) {
        w.given(answer(pan, member_id{1000}));
        CHECK(help(w, pan).counted.raw / 1000 == thousandths);
    }
    for (int i = 14; i < 60; ++i) {
        w.given(answer(pan, member_id{1000}));
    }
    CHECK(help(w, pan).counted == score{5'999'995}); // never above the limit for one person, 6
    w.given(answer(pan, member_id{1001}), answer(pan, member_id{1002}));
    CHECK(help(w, pan).people == 3);
    CHECK(help(w, pan).counted == score{7'999'995});
    // What is fresh of it obeys the same limits.
    CHECK(help(w, pan).lately == help(w, pan).counted);
    w.wait(days(7));
    CHECK(help(w, pan).lately < help(w, pan).counted);
    // Both are rules.
    w.given(adopt<peer_help_rules>{{days(90), whole(1), percent(150)}});
    CHECK(help(w, pan).counted == percent(350));
    CHECK(w.digest() == w.digest_of_replay());

    // A ring of five who answer each other, each the next, a hundred times: nothing for any of
    // them, and nobody of them is on the list. Two who praise each other likewise.
    winter_world ring;
    for (int i = 0; i < 100; ++i) {
        for (std::uint64_t k = 0; k < 5; ++k) {
            ring.given(answer(member_id{100 + k}, member_id{100 + (k + 1) % 5}));
        }
        ring.given(answer(pan, qi), answer(qi, pan));
    }
    CHECK(ring.ask(list_shortlist{10}).empty());
    CHECK(help(ring, pan).returned == 1);
    CHECK(help(ring, member_id{100}).counted == score{});
    // Who helps one person outside gains by that, once more for their help within the ring, and so
    // does who helped them; other rings gain nothing.
    ring.given(answer(pan, member_id{9000}));
    CHECK(help(ring, pan).counted == whole(2));
    CHECK(help(ring, qi).counted == whole(1));
    CHECK(help(ring, member_id{100}).counted == score{});
    CHECK(ring.digest() == ring.digest_of_replay());
}

TEST_CASE("what one of a ring gives outside counts for the ring once, and not for each of it",
    "[member][E20]") {
    winter_world w;
    answers answer;
    auto const of_ring = [](std::uint64_t k) { return member_id{100 + k}; };
    // Twelve answer each other, all of them all; the first two help three people outside.
    for (std::uint64_t k = 0; k < 12; ++k) {
        for (std::uint64_t other = 0; other < 12; ++other) {
            for (int i = 0; k != other && i < 9; ++i) {
                w.given(answer(of_ring(k), of_ring(other)));
            }
        }
    }
    w.given(answer(of_ring(0), member_id{9000}), answer(of_ring(0), member_id{9001}),
        answer(of_ring(1), member_id{9001}));
    // The first: 2 outside, 2 within the ring for that, and of the 1 that the second gave outside
    // one of eleven parts; the second: 1, 1 and one of eleven parts of 2; the others both parts.
    CHECK(help(w, of_ring(0)).counted == score{4'090'909});
    CHECK(help(w, of_ring(1)).counted == score{2'181'818});
    for (std::uint64_t k = 2; k < 12; ++k) {
        CHECK(help(w, of_ring(k)).counted == score{272'727});
    }
    CHECK(help(w, of_ring(0)).lately == help(w, of_ring(0)).counted);
    // It makes no difference that they are tied to a community in which much is given outside.
    for (std::uint64_t i = 0; i < 50; ++i) {
        w.given(answer(pan, member_id{5000 + i}), answer(qi, member_id{5000 + i}));
    }
    w.given(answer(pan, qi), answer(qi, pan), answer(pan, of_ring(0)), answer(of_ring(0), pan));
    CHECK(help(w, of_ring(0)).returned == 12);
    CHECK(help(w, of_ring(0)).counted == score{5'090'909});               // and the help to Pan
    CHECK(help(w, of_ring(2)).counted == score{257'575}); // Pan has a share of the first's
    CHECK(help(w, pan).counted == whole(52)); // and help that Pan's own backs
    CHECK(w.digest() == w.digest_of_replay());

    // Who all help each other and also help many who only ask lose nothing.
    winter_world dense;
    for (std::uint64_t k = 0; k < 6; ++k) {
        for (std::uint64_t other = 0; other < 6; ++other) {
            if (k != other) {
                dense.given(answer(of_ring(k), of_ring(other)));
            }
        }
        for (std::uint64_t i = 0; i < 3; ++i) {
            dense.given(answer(of_ring(k), member_id{9000 + 3 * k + i}));
        }
    }
    for (std::uint64_t k = 0; k < 6; ++k) {
        CHECK(help(dense, of_ring(k)).counted == whole(8));
        CHECK(help(dense, of_ring(k)).returned == 5);
    }
    // What backs it is who gave it: where they are in doubt, it does not.
    dense.given(report_authenticity{doubt_id{1}, of_ring(0), doubt_kind::coordinated_accounts,
        percent(50), {100, "One address"}});
    CHECK(help(dense, of_ring(0)).counted == score{});
    CHECK(help(dense, of_ring(1)).counted == whole(7));
}

TEST_CASE("taking part and feedback count up to a limit of each day, so no number beats twelve "
          "vouches",
    "[member][E20]") {
    winter_world w;
    std::uint64_t signal = 0;
    auto const did = [&](member_id who, contribution_kind kind, std::int64_t times) {
        return report_contribution{signal_id{++signal}, who, kind, times, whole(1)};
    };
    for (std::uint64_t i = 0; i < 12; ++i) {
        member_id const friend_of{200 + i};
        w.given(enrol{friend_of, {friend_of.value(), "Somebody"}, {source::owned}, {}},
            join_circle{friend_of}, vouch_for{friend_of, pan});
    }
    w.given(did(qi, contribution_kind::gave_feedback, 1'000'000),
        did(qi, contribution_kind::interacted, 1'000'000));
    for (int day = 0; day < 30; ++day) { // and day after day, many times a day
        for (int i = 0; i < 5; ++i) {
            w.given(did(ren, contribution_kind::gave_feedback, 1'000'000),
                did(ren, contribution_kind::interacted, 1'000'000));
        }
        w.wait(days(1));
    }
    auto const list = w.ask(list_shortlist{10});
    REQUIRE(list.size() == 3);
    CHECK(list[0].person == pan);
    CHECK(list[1].person == ren);
    CHECK(list[2].person == qi);
    CHECK(list[0].fit > list[1].fit * whole(2));
    // On one day so many as the rules say, in however many signals; the next day counts anew.
    member_id const su{74};
    member_id const tao{75};
    w.given(did(su, contribution_kind::gave_feedback, 4),
        did(tao, contribution_kind::gave_feedback, 6));
    CHECK(fit(w, su) < fit(w, tao));
    w.given(did(su, contribution_kind::gave_feedback, 4));
    CHECK(fit(w, su) == fit(w, tao));
    w.given(did(su, contribution_kind::interacted, 60), did(su, contribution_kind::interacted, 60),
        did(tao, contribution_kind::interacted, 100));
    CHECK(fit(w, su) == fit(w, tao));
    w.wait(days(1)).given(did(su, contribution_kind::interacted, 1));
    CHECK(fit(w, su) > fit(w, tao));
    w.given(adopt<discovery_rules>{{days(7), 1, percent(1)}});
    CHECK(fit(w, tao) < whole(1));
    // Somebody vouches for so many people at a time, and for each once.
    member_id const busy{200};
    w.given(adopt<trust_rules>{{.vouches_max = 3}}, vouch_for{busy, qi}, vouch_for{busy, ren});
    w.refuses(vouch_for{busy, su}, errc::no_capacity, "voucher 200", "all 3 are taken");
    w.refuses(vouch_for{busy, qi}, errc::already_exists, "voucher 200", "linked to it already");
    CHECK(w.ask(assess_trust{qi}).trust == whole(1));
    w.given(withdraw_vouch{busy, qi}, vouch_for{busy, su});
    CHECK(w.ask(assess_trust{su}).trust == whole(1));
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("what counts of a day is the same in whatever order it was told", "[member][E20]") {
    CHECK(rc::check([] {
        koc_test::scenario one;
        koc_test::scenario other;
        std::vector<report_contribution> told;
        auto const count = *rc::gen::inRange(1, 20);
        for (int i = 0; i < count; ++i) {
            told.push_back({signal_id{static_cast<std::uint64_t>(i + 1)},
                member_id{71 + *rc::gen::inRange<std::uint64_t>(0, 3)},
                *rc::gen::element(contribution_kind::gave_feedback, contribution_kind::interacted),
                *rc::gen::inRange<std::int64_t>(1, 120), percent(*rc::gen::inRange(0, 101))});
            told.back().at = one.now() - hours(*rc::gen::inRange(0, 100));
        }
        for (auto const& signal : told) {
            one.given(signal);
        }
        for (auto i = told.size(); i > 1; --i) {
            std::swap(told[i - 1], told[*rc::gen::inRange<std::size_t>(0, i)]);
        }
        for (auto const& signal : told) {
            other.given(signal);
        }
        RC_ASSERT(
            digest_of(one.ask(list_shortlist{100})) == digest_of(other.ask(list_shortlist{100})));
    }));
}

TEST_CASE("nobody of a group gains by answers within it, however the group answers itself",
    "[member][E20]") {
    CHECK(rc::check([] {
        koc_test::scenario w;
        answers answer;
        auto const people = *rc::gen::inRange<std::uint64_t>(2, 9);
        std::vector<report_contribution> told;
        // Everybody can be reached from everybody: a ring, and any further answers.
        for (std::uint64_t k = 0; k < people; ++k) {
            told.push_back(answer(member_id{100 + k}, member_id{100 + (k + 1) % people},
                percent(*rc::gen::inRange(1, 101))));
        }
        auto const further = *rc::gen::inRange(0, 30);
        for (int i = 0; i < further; ++i) {
            auto const from = *rc::gen::inRange<std::uint64_t>(0, people);
            auto const to = (from + *rc::gen::inRange<std::uint64_t>(1, people)) % people;
            told.push_back(answer(
                member_id{100 + from}, member_id{100 + to}, percent(*rc::gen::inRange(1, 101))));
        }
        for (auto i = told.size(); i > 1; --i) {
            std::swap(told[i - 1], told[*rc::gen::inRange<std::size_t>(0, i)]);
        }
        for (auto const& one : told) {
            w.given(one);
            w.wait(hours(*rc::gen::inRange(0, 48)));
        }
        for (std::uint64_t k = 0; k < people; ++k) {
            RC_ASSERT(help(w, member_id{100 + k}).counted == score{});
            RC_ASSERT(help(w, member_id{100 + k}).lately == score{});
            RC_ASSERT(fit(w, member_id{100 + k}) == score{});
        }
        RC_ASSERT(w.ask(list_shortlist{100}).empty());
        // The same one who also helps somebody outside counts for that, and as much within.
        w.given(answer(member_id{100}, member_id{5000}));
        RC_ASSERT(help(w, member_id{100}).counted > score{});
        RC_ASSERT(help(w, member_id{100}).counted <= whole(2));
    }));
}

TEST_CASE("whatever a ring does among itself, it gains at most twice what it gives outside",
    "[member][E20]") {
    CHECK(rc::check([] {
        koc_test::scenario w;
        answers answer;
        auto const some = [](std::uint64_t from, std::uint64_t to) {
            return *rc::gen::inRange<std::uint64_t>(from, to);
        };
        std::vector<report_contribution> told;
        auto const tell = [&](std::uint64_t from, std::uint64_t to, score detail) {
            if (from != to) {
                told.push_back(answer(member_id{from}, member_id{to}, detail));
            }
        };
        // The ring is 100 and so on. Each can be reached from each, and helps any of them any
        // number of times, newcomers or not.
        auto const people = some(2, 9);
        for (std::uint64_t k = 0; k < people; ++k) {
            tell(100 + k, 100 + (k + 1) % people, whole(1));
            if (some(0, 2) == 0) {
                w.given(register_owner{member_id{100 + k}, w.now()});
            }
        }
        for (auto i = some(0, 60); i > 0; --i) {
            tell(100 + some(0, people), 100 + some(0, people), percent(*rc::gen::inRange(1, 101)));
        }
        // A community of 200 and so on, who help each other, those of the ring and who only asks
        // (300 and so on).
        for (auto i = some(0, 40); i > 0; --i) {
            switch (some(0, 3)) {
            case 0:
                tell(200 + some(0, 6), 200 + some(0, 6), whole(1));
                break;
            case 1:
                tell(200 + some(0, 6), 100 + some(0, people), whole(1));
                break;
            default:
                tell(200 + some(0, 6), 300 + some(0, 9), whole(1));
            }
        }
        // Accomplices of the ring help outside it, each person once, so that each counts 1 at most.
        std::set<std::pair<std::uint64_t, std::uint64_t>> outside;
        for (auto i = some(0, 7); i > 0; --i) {
            outside.emplace(
                100 + some(0, 1 + people / 3), some(0, 2) == 0 ? 200 + some(0, 6) : 300 + i);
        }
        for (auto const& [from, to] : outside) {
            tell(from, to, whole(1));
        }
        for (auto const& one : told) {
            w.given(one);
            w.wait(hours(*rc::gen::inRange(0, 24)));
        }
        score counted;
        score lately;
        for (std::uint64_t k = 0; k < people; ++k) {
            counted += help(w, member_id{100 + k}).counted;
            lately += help(w, member_id{100 + k}).lately;
        }
        auto const given = whole(static_cast<std::int64_t>(outside.size()));
        RC_ASSERT(counted <= given * whole(3)); // the help outside, and twice that within
        RC_ASSERT(lately <= given * whole(3));
        RC_ASSERT(!outside.empty() || counted == score{});
    }));
}

TEST_CASE("the same help counts the same in whatever order it was told", "[member][E20]") {
    CHECK(rc::check([] {
        koc_test::scenario one;
        koc_test::scenario other;
        answers answer;
        std::vector<report_contribution> told;
        auto const count = *rc::gen::inRange(1, 25);
        for (int i = 0; i < count; ++i) {
            auto const from = *rc::gen::inRange<std::uint64_t>(0, 6);
            auto const to = (from + *rc::gen::inRange<std::uint64_t>(1, 6)) % 6;
            told.push_back(answer(
                member_id{100 + from}, member_id{100 + to}, percent(*rc::gen::inRange(0, 101))));
            told.back().at = one.now() - hours(*rc::gen::inRange(0, 5000));
        }
        for (auto const& signal : told) {
            one.given(signal);
        }
        one.given(register_owner{member_id{100}, one.now() - days(120)});
        other.given(register_owner{member_id{100}, one.now() - days(120)});
        for (auto i = told.size(); i > 1; --i) {
            std::swap(told[i - 1], told[*rc::gen::inRange<std::size_t>(0, i)]);
        }
        for (auto const& signal : told) {
            other.given(signal);
        }
        for (std::uint64_t k = 0; k < 6; ++k) {
            RC_ASSERT(help(one, member_id{100 + k}) == help(other, member_id{100 + k}));
        }
        RC_ASSERT(
            digest_of(one.ask(list_shortlist{100})) == digest_of(other.ask(list_shortlist{100})));
    }));
}

TEST_CASE(
    "the accounts of one person are one person in a ring, and one newcomer", "[member][E20][E18]") {
    winter_world w;
    answers answer;
    merge_members const one_person{w.dong, w.hua, {w.hua.value(), "One person"}};
    w.given(register_owner{w.dong, w.now() - days(300)}, register_owner{w.hua, w.now()});
    w.given(answer(w.an, w.dong), answer(w.hua, w.an), answer(w.bao, w.hua));
    CHECK(help(w, w.an).counted == whole(1));
    CHECK(help(w, w.hua).counted == whole(1));
    CHECK(help(w, w.bao).newcomers == 1);
    auto const apart = help(w, w.bao);
    w.given(one_person);
    CHECK(help(w, w.an).returned == 1);
    CHECK(help(w, w.an).counted == score{});
    CHECK(help(w, w.dong).returned == 1);
    CHECK(help(w, w.dong).counted == score{});
    CHECK(help(w, w.bao).newcomers == 0); // they have owned the product for long
    // What either account gives outside backs what both give within.
    w.given(answer(w.dong, w.chen));
    CHECK(help(w, w.dong).counted == whole(2));
    CHECK(w.digest() == w.digest_of_replay());
    w.given(undo_merge{w.hua});
    CHECK(help(w, w.an).counted == whole(1));
    CHECK(help(w, w.hua).counted == whole(1));
    CHECK(help(w, w.bao) == apart);
}

TEST_CASE("by whichever accounts a person helps or is helped, it counts as with one account",
    "[member][E20][E18]") {
    CHECK(rc::check([] {
        winter_world one;
        winter_world many;
        answers in_one;
        answers in_many;
        constexpr std::uint64_t people = 6;
        auto const some = [](std::uint64_t from, std::uint64_t to) {
            return *rc::gen::inRange<std::uint64_t>(from, to);
        };
        auto const enrol_as = [](koc_test::scenario& w, std::uint64_t id) {
            w.given(enrol{member_id{id}, {id, "Somebody"}, {source::open}, {}});
        };
        std::vector<bool> twice; // who has two accounts, 100 + k and 200 + k
        for (std::uint64_t k = 0; k < people; ++k) {
            enrol_as(one, 100 + k);
            enrol_as(many, 100 + k);
            twice.push_back(some(0, 2) == 0);
            if (twice.back()) {
                enrol_as(many, 200 + k);
            }
        }
        auto const account = [&](std::uint64_t person) {
            return member_id{(twice[person] ? 100 * some(1, 3) : 100) + person};
        };
        auto const owner = some(0, people);
        auto const since = one.now() - days(120);
        one.given(register_owner{member_id{100 + owner}, since});
        many.given(register_owner{account(owner), since});
        for (auto i = some(1, 40); i > 0; --i) {
            auto const from = some(0, people);
            auto const to = (from + some(0, people)) % people;
            auto const detail = percent(static_cast<std::int64_t>(some(0, 101)));
            auto const at = one.now() - hours(static_cast<std::int64_t>(some(0, 5000)));
            auto const tell = [&](koc_test::scenario& w, report_contribution told) {
                told.at = at;
                w.given(told);
            };
            if (from != to) {
                tell(one, in_one(member_id{100 + from}, member_id{100 + to}, detail));
                tell(many, in_many(account(from), account(to), detail));
            } else if (twice[from]) { // for one's other account
                tell(many, in_many(member_id{200 + from}, member_id{100 + from}, detail));
            }
        }
        for (std::uint64_t k = 0; k < people; ++k) {
            if (twice[k]) {
                many.given(
                    merge_members{member_id{100 + k}, member_id{200 + k}, {200 + k, "One person"}});
            }
        }
        for (std::uint64_t k = 0; k < people; ++k) {
            RC_ASSERT(help(one, member_id{100 + k}) == help(many, member_id{100 + k}));
        }
    }));
}

TEST_CASE("rules by which help counts for nothing or for anything are refused",
    "[member][E20][refusal]") {
    winter_world w;
    answers answer;
    w.given(answer(pan, qi));
    auto const told = answer(qi, pan);
    w.given(told);
    unmoved same{w};
    auto const words = "expected a span of 0 or more, a bonus from 0 to 100, a most above 0";
    same.refuses(adopt<peer_help_rules>{{days(90), whole(1), {}}}, errc::invalid_argument,
        "peer_help_rules", words);
    same.refuses(adopt<peer_help_rules>{{days(90), whole(101), whole(2)}}, errc::invalid_argument,
        "peer_help_rules", words);
    same.refuses(adopt<peer_help_rules>{{-1 * days(1), whole(1), whole(2)}}, errc::invalid_argument,
        "peer_help_rules", words);
    same.refuses(adopt<peer_help_rules>{{days(90), whole(1), whole(2), 0}}, errc::invalid_argument,
        "peer_help_rules", "a halving after 1 to 1000 answers");
    same.refuses(adopt<peer_help_rules>{{.detail_min = percent(101)}}, errc::invalid_argument,
        "peer_help_rules", "a detail from 0 to 1");
    auto const day = "expected that at least 1 interaction and some feedback of a day count";
    same.refuses(adopt<discovery_rules>{{days(7), 0, whole(1)}}, errc::invalid_argument,
        "discovery_rules", day);
    same.refuses(
        adopt<discovery_rules>{{days(7), 1, {}}}, errc::invalid_argument, "discovery_rules", day);
    // The same answer told again is no further one, whoever it is said to have helped.
    same.refuses(told, errc::already_exists, "signal 2", "skip it");
    auto moved = told;
    moved.helped = ren;
    same.refuses(moved, errc::already_exists, "signal 2", "skip it");
    CHECK(fit(w, pan) == score{});
}

} // namespace
