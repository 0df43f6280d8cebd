// SPDX-License-Identifier: BSL-1.0
#include <koc/member/discovery/features.hpp>

#include "standard/unmoved.hpp"
#include "support/catch.hpp"
#include "support/scenario.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

using namespace koc;
using koc_test::unmoved;
using koc_test::winter_world;

namespace {

constexpr feature_id winter_mode{1};
constexpr feature_id snow_map{2};
constexpr member_id an{71};
constexpr member_id bo{72};
constexpr member_id di{73};
constexpr member_id su{74};

report_contribution tried(
    std::uint64_t signal, member_id who, instant at, feature_id what = winter_mode) {
    return {signal_id{signal}, who, contribution_kind::tried, 1, {}, {}, what, at};
}
report_contribution feedback(
    std::uint64_t signal, member_id who, score detail, instant at, feature_id on = winter_mode) {
    return {signal_id{signal}, who, contribution_kind::gave_feedback, 1, detail, {}, on, at};
}
score part(winter_world const& w, member_id who, std::string const& signal) {
    auto const why = w.ask(assess_candidate{who}).why;
    auto const found = std::find_if(
        why.parts.begin(), why.parts.end(), [&](reason const& r) { return r.signal == signal; });
    return found == why.parts.end() ? score{} : found->amount;
}
std::vector<member_id> firsts(winter_world const& w) {
    std::vector<member_id> found;
    for (auto const& user : w.ask(rank_first_users{winter_mode, 10})) {
        found.push_back(user.person);
    }
    return found;
}

TEST_CASE("who tried a new feature first is computed from instants, and counts with detailed "
          "feedback on it",
    "[member][A06]") {
    winter_world w;
    auto const release = w.now();
    w.given(release_feature{winter_mode, "Winter mode", release},
        release_feature{snow_map, "Snow map", release});
    // An tries it after two hours, Bo after three days, and both report in detail.
    w.wait(days(4));
    std::vector<report_contribution> told{tried(1, an, release + hours(2)),
        feedback(2, an, percent(90), release + days(1)), tried(3, bo, release + days(3)),
        feedback(4, bo, percent(90), release + days(3)), tried(5, di, release + hours(1)),
        feedback(6, di, percent(90), release + hours(3))};
    for (std::size_t i = 0; i < 4; ++i) {
        w.given(told[i]);
    }
    CHECK(firsts(w) == std::vector{an, bo});
    CHECK(part(w, an, "first to try") > part(w, bo, "first to try"));
    CHECK(part(w, bo, "first to try") > score{});
    // A late report says that Di was first: Di first, An second.
    w.given(told[4], told[5]);
    CHECK(firsts(w) == std::vector{di, an, bo});
    auto const ranked = w.ask(rank_first_users{winter_mode, 10});
    CHECK(ranked[0].rank == 1);
    CHECK(ranked[1].rank == 2);
    CHECK(ranked[1].tried == release + hours(2));
    CHECK(ranked[0].first_use == percent(90));
    CHECK(ranked[1].first_use == percent(45));
    CHECK(part(w, di, "first to try") > part(w, an, "first to try"));
    CHECK(part(w, an, "first to try") > part(w, bo, "first to try"));
    // In any order of arrival.
    std::sort(told.begin(), told.end(), [](auto const& a, auto const& b) {
        return a.signal.value() * 7 % 11 < b.signal.value() * 7 % 11;
    });
    winter_world other;
    other.given(release_feature{winter_mode, "Winter mode", release}).wait(days(4));
    for (auto const& signal : told) {
        other.given(signal);
    }
    CHECK(other.ask(rank_first_users{winter_mode, 10}) == ranked);
    CHECK(digest_of(other.ask(list_shortlist{10})) == digest_of(w.ask(list_shortlist{10})));

    // Only detailed feedback on this feature counts with it: Su was the very first.
    w.given(tried(7, su, release + minutes(1)));
    CHECK(firsts(w).front() == su);
    CHECK(part(w, su, "first to try") == score{});
    w.given(feedback(8, su, whole(1), w.now(), snow_map)); // on another one
    report_contribution general = feedback(9, su, whole(1), w.now());
    general.feature = {};
    w.given(general); // on none
    CHECK(part(w, su, "first to try") == score{});
    w.given(feedback(10, su, percent(20), w.now())); // on it, and not in detail
    CHECK(part(w, su, "first to try") == score{});
    auto const before = part(w, su, "feedback");
    w.given(feedback(11, su, percent(90), w.now()));
    CHECK(part(w, su, "first to try") > part(w, an, "first to try"));
    CHECK(part(w, su, "feedback") > before);
    // To try it again later takes nothing away; being one of a hundred in the first tenth does not
    // either, and the last of them count for next to nothing.
    w.given(tried(12, su, w.now()));
    CHECK(firsts(w).front() == su);
    for (std::uint64_t i = 0; i < 96; ++i) {
        w.given(tried(100 + i, member_id{1000 + i}, release + days(1)));
    }
    CHECK(w.ask(rank_first_users{winter_mode, 3})[2].first_use > percent(75)); // An, third of 100
    w.given(feedback(300, member_id{1000}, percent(90), w.now()));
    CHECK(part(w, member_id{1000}, "first to try") > percent(60));
    CHECK(part(w, bo, "first to try") < percent(1));
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("being early counts the same share however many people tried it", "[member][A06]") {
    feature_rules const limits;
    CHECK(features::earliness(1, 1, limits) == whole(1));
    CHECK(features::earliness(11, 100, limits) == percent(50));
    // Of so many that their number in millionths, times a million, is no 64-bit number.
    CHECK(features::earliness(9'300'001, 93'000'000, limits) == percent(50));
    CHECK(features::earliness(2'000'000'001, 20'000'000'000, limits) == percent(50));
    CHECK(features::earliness(20'000'000'000, 20'000'000'000, limits) < percent(1));
}

TEST_CASE("a use before the release, or of a feature that nobody released, is refused",
    "[member][A06][refusal]") {
    winter_world w;
    auto const release = w.now() - days(1);
    w.given(release_feature{winter_mode, "Winter mode", release},
        release_feature{snow_map, "Snow map", w.now() + days(9)});
    unmoved same{w};
    auto const early = "expected a use at or after the release of the feature";
    same.refuses(tried(1, an, release - duration{1}), errc::invalid_argument, "feature 1", early);
    same.refuses(feedback(1, an, percent(90), release - duration{1}), errc::invalid_argument,
        "feature 1", early);
    same.refuses(tried(1, an, w.now(), snow_map), errc::invalid_argument, "feature 2", early);
    same.refuses(
        tried(1, an, w.now(), feature_id{9}), errc::unknown_id, "feature 9", "known feature");
    same.refuses(tried(1, an, w.now(), {}), errc::invalid_argument, "signal 1",
        "expected a try that names the feature");
    same.refuses(tried(1, an, w.now() + hours(1)), errc::invalid_argument, "signal 1",
        "not from the future");
    auto click = tried(1, an, w.now());
    click.kind = contribution_kind::interacted;
    same.refuses(click, errc::invalid_argument, "signal 1", "a try or feedback alone");
    same.refuses(release_feature{winter_mode, "Again", w.now()}, errc::already_exists, "feature 1",
        "not told yet");
    same.refuses(release_feature{feature_id{}, "None", w.now()}, errc::invalid_argument,
        "feature 0", "id above 0");
    same.refuses(release_feature{feature_id{3}, "", w.now()}, errc::invalid_text,
        "name of feature 3", "non-empty");
    same.refuses(adopt<feature_rules>{{percent(101), percent(10)}}, errc::invalid_argument,
        "feature_rules", "a detail from 0 to 1");
    same.denies(rank_first_users{feature_id{9}, 3}, errc::unknown_id, "feature 9", "known");
    same.denies(rank_first_users{winter_mode, 0}, errc::invalid_argument, "rank_first_users.count",
        "from 1 to 10000");
}

} // namespace
