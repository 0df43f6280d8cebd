// SPDX-License-Identifier: BSL-1.0

// The journals that earlier releases wrote of the standard programme (support/golden.hpp): every
// event that it owns, in one story from the first sign to the last correction.

#include "support/golden.hpp"
#include "support/catch.hpp"
#include "support/scenario.hpp"

#include <iterator>
#include <set>
#include <string>
#include <vector>

using namespace koc;
using namespace golden_test;
using journal_test::vector_log;
using koc_test::winter_world;

namespace {

constexpr char const* releases[] = {"standard-v0.2.0"}; // the present one last

/// Tells the story; gives what was recorded as a journal in text.
vector_log story() {
    winter_world w;
    constexpr member_id pan{70};
    constexpr task_id pushed{1};
    constexpr task_id listed{2};
    constexpr task_id given_up{3};
    constexpr submission_id best{1};
    constexpr submission_id weak{2};
    auto const operator_3 = actor{actor_kind::employee, 3};

    w.as(operator_3)
        .given(report_content{signal_id{1}, pan, percent(80), whole(1), percent(70), true, 12'000});
    w.given(report_contribution{signal_id{2}, pan, contribution_kind::helped_a_peer, 9, percent(90),
                w.an},
        draw_shortlist{5}, enrol_candidate{pan, {70, "潘 \"Pan\""}, {}});
    report_content old{signal_id{3}, w.an, percent(80), whole(1), percent(70), true, 12};
    old.at = w.now() - days(9);
    old.about = {w.tag("interest", "technology")};
    report_content in_time{signal_id{4}, w.an, percent(80), whole(1), percent(70), true, 12};
    in_time.platform = platform_id{1};
    w.given(declare_platform{platform_id{1}, "Video site", days(2), days(7)},
        report_signals{platform_id{1}, 40, {old}}, in_time,
        declare_territory{territory_id{1}, "Cold", {{w.tag("region", "northeast")}}, 3},
        release_feature{feature_id{1}, "Winter mode", w.now()},
        register_owner{w.an, w.now() - days(30)}, join_circle{w.bao}, vouch_for{w.bao, pan},
        withdraw_vouch{w.bao, pan}, leave_circle{w.bao});
    w.given(record_contact{pan, {70, "Hello"}}, confirm_willingness{pan}, pair_mentor{w.jin, w.lan},
        release_mentor{w.jin, w.lan}, retag{pan, {{w.tag("interest", "life"), percent(50)}}, {}});
    w.given(report_insight{
        insight_id{1}, "Does the range last?", percent(60), 200, w.plan(objective_id{2})});

    w.given(adopt<exploration_rules>{{percent(50), 9}});
    auto made = w.brief(pushed);
    made.wanted = {{w.tag("interest", "technology")}};
    made.needs = has("region", "northeast") && !has("format", "text_image");
    w.given(open_task{made}, dispatch{pushed, 3, days(3), 7});
    auto const offers = w.history_of<offer_sent>();
    w.given(accept_offer{offers.at(0).offer},
        decline_offer{offers.at(1).offer, {offers.at(1).member.value(), "No time"}});
    w.given(return_seat{offers.at(0).offer, {offers.at(0).member.value(), "Ill"}});
    w.wait(days(10)).time_passes(); // the third does not answer, and a feed falls silent
    w.given(report_signals{platform_id{1}, 41, {}});

    w.listed(w.brief(listed));
    w.given(claim_task{listed, w.bao});
    w.wait(days(20)).time_passes(); // and hands nothing in
    w.listed(w.brief(given_up));
    w.given(claim_task{given_up, w.hua}, cancel_task{given_up});

    constexpr task_id done{4};
    w.listed(w.brief(done));
    w.handed_in(done, w.chen, best);
    w.handed_in(done, w.dong, weak);
    w.given(w.rate(best, percent(95)), w.rate(weak, percent(20)));
    w.given(correct_review{weak, w.rate(weak, percent(80)).ratings, "seen once more"});
    w.given(correct_review{weak, w.rate(weak, percent(10)).ratings, "and again"}, select_best{done},
        surprise_best{done, money{10'000}, "winter pathfinder"},
        amplify{best, "site", money{2'000}}, close_task{done});
    w.given(close_objective{objective_id{2}});
    w.given(record_waning{w.guo, waning_reason::interest_shift, {w.guo.value(), "Moved on"}},
        record_talk{w.guo, talk_finding::interest_shift, {w.guo.value(), "Sails now"}},
        thank_member{w.guo, {}, {w.guo.value(), "For three winters"}},
        offer_role{w.guo, alumni_role::lifetime_honorary_member, {w.guo.value(), "Long with us"}},
        decline_role{w.guo, {w.guo.value(), "Not that one"}},
        offer_role{w.guo, alumni_role::honorary_adviser, {w.guo.value(), "Asked for it"}},
        accept_role{w.guo, alumni_role::honorary_adviser}, confirm_willingness{w.guo});

    vector_log log;
    coded into{log};
    std::vector<batch> batches;
    for (auto const& e : w.journal()) {
        if (e.first == e.position) {
            batches.push_back({{e.at, e.told, e.by, e.writer, e.asked}, {}});
        }
        for (auto const& happened : e.events) {
            batches.back().events.push_back(happened);
        }
    }
    auto const head = into.append({}, batches);
    REQUIRE(head.has_value());
    CHECK(*head == w.engine().head());
    return log;
}

TEST_CASE("every release reads the journals of the standard programme of those before it",
    "[standard][K4]") {
    for (std::string const release : releases) {
        INFO(release);
        engine e{coded{golden_log(release)}};
        auto const read = e.catch_up();
        INFO((read ? std::string{} : read.error().subject + ": " + read.error().expected));
        REQUIRE(read.has_value());
        CHECK(to_hex(e.state_digest()) == golden_digest(release));
    }
}

TEST_CASE(
    "a journal of the standard programme is what it was when the release was made", "[standard]") {
    check_golden(story(), *std::rbegin(releases));
}

TEST_CASE(
    "the newest journal of the standard programme has every event that it owns", "[standard]") {
    std::set<std::string> told;
    auto const log = golden_log(*std::rbegin(releases));
    for (auto const& r : *log.rows) {
        told.insert(r.type);
    }
    engine const any{memory_journal{}};
    for (auto const* type : any.is().types.all()) {
        INFO(type->name);
        CHECK(told.count(std::string{type->name}) == 1);
    }
}

TEST_CASE("write the journal of the standard programme of this release", "[.golden]") {
    auto const log = story();
    engine e{coded{log}};
    REQUIRE(e.catch_up().has_value());
    write_golden(*std::rbegin(releases), log, e.state_digest());
}

} // namespace
