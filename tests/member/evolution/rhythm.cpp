// SPDX-License-Identifier: BSL-1.0
#include <koc/member/evolution/messages/rhythm.hpp>

#include "standard/unmoved.hpp"
#include "support/catch.hpp"
#include "support/scenario.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

using namespace koc;
using koc_test::unmoved;
using koc_test::winter_world;

namespace {

/// Work of a member at these many days before now.
void worked(winter_world& w, member_id who, std::vector<std::int64_t> const& days_ago) {
    for (auto ago : days_ago) {
        w.given(record_outcome{who, {}, percent(70), w.now() - days(ago)});
    }
}
/// The signs about one member.
std::vector<rhythm_sign> signs(winter_world const& w, member_id who) {
    std::vector<rhythm_sign> found;
    for (auto const& sign : w.ask(list_waning_signs{})) {
        if (sign.member == who) {
            found.push_back(sign);
        }
    }
    return found;
}

// B19

TEST_CASE("waning is seen from a member's own rhythm: a monthly author silent for 70 days is "
          "flagged, a yearly one is not",
    "[member][B19]") {
    winter_world w;
    // Both have been quiet for 70 days when it is asked; the world is as old as its first day.
    worked(w, w.an, {150, 120, 90, 60, 30, 0});
    worked(w, w.bao, {1095, 730, 365, 0});
    w.wait(days(55));
    CHECK(signs(w, w.an).empty());
    w.wait(days(15));
    REQUIRE(signs(w, w.an).size() == 1);
    auto const sign = signs(w, w.an).front();
    CHECK(sign.cause == waning_cause::silent);
    CHECK(sign.quiet == days(70));
    CHECK(sign.usual == days(30));
    CHECK_FALSE(sign.reason);
    CHECK(signs(w, w.bao).empty());
    // What they say in a talk is shown with the sign, and changes who is flagged for nobody.
    w.given(record_talk{w.an, talk_finding::interest_shift, {w.an.value(), "Sails now"}});
    CHECK(signs(w, w.an).front().reason == waning_reason::interest_shift);
    w.given(record_talk{w.an, talk_finding::life_change, {}});
    CHECK(signs(w, w.an).front().reason == waning_reason::life_change);
    w.given(record_talk{w.an, talk_finding::no_time, {}});
    CHECK(signs(w, w.an).front().reason == waning_reason::other);
    // Work ends the silence, and a yearly author is flagged in their own time.
    w.given(record_outcome{w.an, {}, percent(70), w.now()});
    CHECK(signs(w, w.an).empty());
    w.wait(days(300)).given(record_contact{w.hua, {}});
    CHECK(signs(w, w.bao).empty()); // 370 days
    w.wait(days(300)).given(record_contact{w.hua, {}});
    w.wait(days(80));
    REQUIRE(signs(w, w.bao).size() == 1); // 750
    CHECK(signs(w, w.bao).front().usual == days(365));
    // Signs move nobody: the step is recorded with its reason, by somebody who asked.
    CHECK(w.stage(w.bao) == stage::active);
    w.accepts(record_waning{w.bao, waning_reason::life_change, {}});
    CHECK(w.recorded<member_waned>().front().reason == waning_reason::life_change);
    CHECK(signs(w, w.bao).empty()); // not in service any more
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("members in service who never delivered are seen as well, and several noes in a row, but "
          "not one",
    "[member][B19]") {
    winter_world w;
    CHECK(w.ask(list_waning_signs{}).empty());
    w.wait(days(91));
    // Everybody in service without any work is listed with that as the cause, nobody else is; the
    // mature ones are quiet after a rhythm of twenty days.
    for (auto who : {w.an, w.chen, w.dong, w.fang, w.bao, w.guo, w.hua}) {
        REQUIRE(signs(w, who).size() == 1);
        CHECK(signs(w, who).front().cause == waning_cause::never_delivered);
        CHECK(signs(w, who).front().quiet == days(91));
        CHECK_FALSE(signs(w, who).front().usual);
    }
    for (auto who : {w.jin, w.kai}) {
        REQUIRE(signs(w, who).size() == 1);
        CHECK(signs(w, who).front().cause == waning_cause::silent);
        CHECK(signs(w, who).front().usual == days(20));
    }
    for (auto who : {w.lan, w.min, w.ning, w.ou}) { // budding, evolving, alumni
        CHECK(signs(w, who).empty());
    }
    worked(w, w.an, {0});
    CHECK(signs(w, w.an).empty());
    // One no is no sign, nor are two; three in a row are, until work is taken on.
    for (auto count = 1; count <= 3; ++count) {
        w.given(note_refusal{w.an});
        CHECK(signs(w, w.an).size() == (count < 3 ? 0U : 1U));
    }
    CHECK(signs(w, w.an).front().cause == waning_cause::repeated_refusals);
    CHECK(signs(w, w.an).front().refusals == 3);
    w.given(commit_to_work{w.an});
    CHECK(signs(w, w.an).empty());
    // The longest quiet comes first.
    auto const all = w.ask(list_waning_signs{});
    for (std::size_t i = 1; i < all.size(); ++i) {
        CHECK(all[i - 1].quiet >= all[i].quiet);
    }
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("who gives a little less each time is seen although they are never silent, and who comes "
          "back is compared with nothing that was before",
    "[member][B19]") {
    winter_world w;
    auto const works = [&](std::int64_t times, std::int64_t after) {
        for (std::int64_t i = 0; i < times; ++i) {
            w.wait(days(after)).given(record_outcome{w.an, {}, percent(70), w.now()});
        }
    };
    works(9, 7);
    CHECK(signs(w, w.an).empty());
    works(5, 13); // less than twice as long
    CHECK(signs(w, w.an).empty());
    works(4, 25);
    w.wait(days(25));
    CHECK(signs(w, w.an).empty()); // usually every 13 days
    works(1, 0);
    REQUIRE(signs(w, w.an).size() == 1);
    CHECK(signs(w, w.an).front().cause == waning_cause::slowing);
    CHECK(signs(w, w.an).front().usual == days(25));
    CHECK(signs(w, w.an).front().best == days(7));
    works(5, 49);
    REQUIRE(signs(w, w.an).size() == 1);
    CHECK(signs(w, w.an).front().cause == waning_cause::slowing);
    CHECK(signs(w, w.an).front().usual == days(49));
    // Who falls silent as well shows that.
    w.wait(days(99));
    REQUIRE(signs(w, w.an).size() == 1);
    CHECK(signs(w, w.an).front().cause == waning_cause::silent);
    // It was talked about, and they come back for less: that is their rhythm from now on.
    w.given(record_waning{w.an, waning_reason::life_change, {}}, confirm_willingness{w.an});
    works(9, 49);
    CHECK(signs(w, w.an).empty());
    works(5, 90);
    CHECK(signs(w, w.an).empty());
    works(5, 130);
    REQUIRE(signs(w, w.an).size() == 1);
    CHECK(signs(w, w.an).front().best == days(49));
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("a burst is no rhythm, and work that is told late counts where it was done", "[member]") {
    winter_world w;
    worked(w, w.an, {30, 90, 60, 0}); // in any order
    w.given(record_outcome{w.an, {}, percent(70), w.now() - hours(3)},
        record_outcome{w.an, {}, percent(70), w.now() - hours(9)});
    w.wait(days(58));
    CHECK(signs(w, w.an).empty());
    w.wait(days(3));
    REQUIRE(signs(w, w.an).size() == 1);
    CHECK(signs(w, w.an).front().usual == days(30));
    // A week is the shortest rhythm: whoever works daily is not called silent after two days.
    worked(w, w.bao, {4, 3, 2, 1, 0});
    w.wait(days(13));
    CHECK(signs(w, w.bao).empty());
    w.wait(days(2));
    CHECK(signs(w, w.bao).size() == 1);
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("what was declined out of service is forgotten on return, and the order in which work is "
          "told changes no rhythm",
    "[member][B19]") {
    winter_world w;
    for (auto count = 0; count < 3; ++count) {
        w.given(note_refusal{w.ning}); // evolving
    }
    w.given(confirm_willingness{w.ning});
    CHECK(signs(w, w.ning).empty());
    for (auto count = 0; count < 3; ++count) {
        w.given(note_refusal{w.ning});
    }
    CHECK(signs(w, w.ning).size() == 1);
    // The same three works of less than two days, told in every order, beside an older one.
    std::vector<std::int64_t> hours_ago{10, 30, 50};
    std::vector<duration> found;
    do {
        winter_world other;
        worked(other, other.an, {40});
        for (auto ago : hours_ago) {
            other.given(record_outcome{other.an, {}, percent(70), other.now() - hours(ago)});
        }
        other.wait(days(130));
        REQUIRE(signs(other, other.an).size() == 1);
        REQUIRE(signs(other, other.an).front().usual);
        found.push_back(*signs(other, other.an).front().usual);
        CHECK(signs(other, other.an).front().quiet == days(130));
        CHECK(other.digest() == other.digest_of_replay());
    } while (std::next_permutation(hours_ago.begin(), hours_ago.end()));
    CHECK(found.size() == 6);
    for (auto each : found) {
        CHECK(each == found.front());
    }
}

TEST_CASE("a sign that everybody would show is not adopted as a rule, and waning has a reason",
    "[member][B19][refusal]") {
    winter_world w;
    unmoved same{w};
    same.refuses(adopt<rhythm_rules>{{.refusals_needed = 1}}, errc::invalid_argument,
        "rhythm_rules", "one no is no sign");
    same.refuses(adopt<rhythm_rules>{{.silent_after = 0}}, errc::invalid_argument, "rhythm_rules",
        "silent_after from 1");
    same.refuses(adopt<rhythm_rules>{{.patience = {}}}, errc::invalid_argument, "rhythm_rules",
        "spans above 0");
    same.refuses(record_waning{w.an, static_cast<waning_reason>(7), {}}, errc::invalid_argument,
        "record_waning.reason");
    same.refuses(record_waning{w.nobody, waning_reason::other, {}}, errc::unknown_id, "member 999",
        "known member");
    same.refuses(record_talk{w.lan, talk_finding::life_change, {}}, errc::not_qualified,
        "member 10", "active or mature or evolving");
    // Why somebody gives less is not read by other members, nor noted by them.
    w.as({actor_kind::member, w.bao.value()});
    same.denies(list_waning_signs{}, errc::not_qualified, "list_waning_signs", "an employee");
    same.denies(
        list_waning{percent(80), days(90)}, errc::not_qualified, "list_waning", "an employee");
    same.refuses(record_waning{w.an, waning_reason::other, {}}, errc::not_qualified, "member 1",
        "expected the member themself, an employee or the host to send this");
    same.refuses(note_refusal{w.an}, errc::not_qualified, "member 1", "themself");
    same.refuses(
        ask_attention{w.an}, errc::not_qualified, "ask_attention", "an employee or the host");
    w.accepts(record_waning{w.bao, waning_reason::other, {}}); // of oneself
}

TEST_CASE("work by any account of a member is of their rhythm", "[member][B19][E18]") {
    winter_world w;
    w.wait(days(100));
    worked(w, w.an, {130, 100, 70});
    worked(w, w.hua, {40, 10});
    REQUIRE(signs(w, w.an).size() == 1);
    auto const alone = signs(w, w.an);
    CHECK(alone.front().cause == waning_cause::silent);
    w.given(merge_members{w.an, w.hua, {w.hua.value(), "One person"}});
    CHECK(signs(w, w.an).empty());
    w.given(undo_merge{w.hua});
    CHECK(signs(w, w.an) == alone);
    // Of more than are looked at, the newest count; and who was never seen to deliver was quiet.
    worked(w, w.hua, {9, 8, 7, 6, 5, 4, 3, 2});
    w.given(merge_members{w.an, w.hua, {w.hua.value(), "One person"}});
    w.given(merge_members{w.bao, w.guo, {w.guo.value(), "One person"}});
    REQUIRE_FALSE(signs(w, w.bao).empty());
    CHECK(signs(w, w.bao).front().cause == waning_cause::never_delivered);
    w.wait(days(13));
    REQUIRE(signs(w, w.an).size() == 1);
    CHECK(signs(w, w.an).front().usual == days(7));
    CHECK(signs(w, w.an).front().quiet == days(15));
    CHECK(w.digest() == w.digest_of_replay());
}

} // namespace
