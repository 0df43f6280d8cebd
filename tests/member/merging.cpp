// SPDX-License-Identifier: BSL-1.0

// Two accounts of one person, on the standard programme.

#include <koc/member/merging.hpp>

#include "standard/unmoved.hpp"
#include "support/catch.hpp"
#include "support/scenario.hpp"

#include <algorithm>
#include <cstdint>
#include <random>
#include <string>
#include <utility>
#include <vector>

using namespace koc;
using koc_test::standard_engine;
using koc_test::unmoved;
using koc_test::winter_world;

namespace {

/// Hua (member 7) turns out to be Dong (member 3).
class two_accounts : public winter_world {
public:
    [[nodiscard]] static merge_members merge(member_id kept, member_id merged) {
        return {kept, merged, {merged.value(), "the same telephone number"}};
    }
    two_accounts& as_desk() {
        as({actor_kind::employee, 3});
        return *this;
    }
    two_accounts& as_member(member_id who) {
        as({actor_kind::member, who.value()});
        return *this;
    }
    void outcome(member_id who, std::int64_t quality, char const* facet = "interest",
        char const* key = "technology") {
        given(record_outcome{who, {tag(facet, key)}, percent(quality), now()});
    }
    /// The state of these containers, without the rows that were erased.
    [[nodiscard]] std::string state_of(std::vector<std::string> const& containers) const {
        auto const text = engine().state_text();
        std::string kept;
        for (std::size_t from = 0; from < text.size();) {
            auto const end = (std::min)(text.find('\n', from), text.size());
            auto line = text.substr(from, end - from);
            auto const wanted = [&](std::string const& name) { return line.rfind(name, 0) == 0; };
            if (std::any_of(containers.begin(), containers.end(), wanted)) {
                // All rows end with a brace; what follows the last is a number of erased ones.
                auto const last = line.rfind('}');
                kept += (last == std::string::npos ? "" : line.substr(0, last + 1)) + '\n';
            }
            from = end + 1;
        }
        return kept;
    }
    /// All of the state but what is of the merges themselves.
    [[nodiscard]] std::string others() const {
        auto const text = engine().state_text();
        std::string kept;
        for (std::size_t from = 0; from < text.size();) {
            auto const end = (std::min)(text.find('\n', from), text.size());
            auto const line = text.substr(from, end - from);
            auto const of_merges = [&](char const* name) { return line.rfind(name, 0) == 0; };
            if (!of_merges("merges.") && !of_merges("track_record.own_") &&
                !of_merges("participation.own_")) {
                kept += line + '\n';
            }
            from = end + 1;
        }
        return kept;
    }
    [[nodiscard]] std::vector<member_id> found(requirement const& needs) const {
        return ask(find_members{needs});
    }
};

bool contains(std::vector<member_id> const& all, member_id who) {
    return std::find(all.begin(), all.end(), who) != all.end();
}

// E18

TEST_CASE("two accounts of one person are one: the merged one stands in no list and is refused by "
          "name, what both did is read together, and undone all is as it was",
    "[member][E18]") {
    two_accounts w;
    w.as_desk().given(link_handle{w.dong, "weibo", {w.dong.value(), "dong_drives"}},
        link_handle{w.hua, "douyin", {w.hua.value(), "warm_hua"}});
    w.as({});
    w.outcome(w.dong, 80);
    w.wait(days(1));
    w.outcome(w.hua, 60);
    w.outcome(w.hua, 100, "interest", "life");
    auto const before = w.others();
    auto const stages = w.ask(count_stages{});
    auto const hua_alone = w.at<track_record_entry>(w.hua);
    CHECK(contains(w.found(everybody()), w.hua));
    CHECK_FALSE(contains(w.found(column{"outcomes"} >= 3), w.dong));

    w.as_desk().accepts(w.merge(w.dong, w.hua));
    auto const merged = w.recorded<members_merged>().front();
    CHECK(merged.kept == w.dong);
    CHECK(merged.undo_until == w.now() + days(30));
    // Lists, counts and searches show the person once, in the stage of the account that is kept.
    CHECK_FALSE(contains(w.found(everybody()), w.hua));
    CHECK(contains(w.found(everybody()), w.dong));
    auto const fewer = w.ask(count_stages{});
    CHECK(fewer[1] == stages[1] - 1);
    CHECK(w.ask(list_merges{}).front().id == w.hua);
    // What both did is read together, also by searches.
    auto const& together = w.at<track_record_entry>(w.dong);
    CHECK(together.outcomes == 3);
    CHECK(together.quality_sum == percent(80) + percent(60) + percent(100));
    CHECK(together.subjects.size() == 2);
    CHECK(contains(w.found(column{"outcomes"} >= 3), w.dong));
    CHECK(w.ask(assess_work{w.dong, w.tag("interest", "life")}).quality > percent(50));
    CHECK(w.at<track_record_entry>(w.hua).outcomes == 2);
    // Both handles name the person.
    CHECK(w.ask(find_by_handle{"douyin", "warm_hua"}) == w.dong);
    CHECK(w.ask(list_handles{w.dong}).size() == 2);
    w.refuses(link_handle{w.an, "douyin", {w.an.value(), "warm_hua"}}, errc::already_exists,
        "handle douyin:warm_hua", "that of member 3");
    w.as_member(w.dong);
    CHECK(w.ask(list_handles{w.dong}).size() == 2);

    // Undone, all is as it was; what was recorded of the one who stayed meanwhile stays theirs.
    w.as_desk().accepts(undo_merge{w.hua});
    CHECK(w.others() == before);
    CHECK(w.at<track_record_entry>(w.hua).outcomes == hua_alone.outcomes);
    CHECK(contains(w.found(everybody()), w.hua));
    CHECK(w.ask(count_stages{}) == stages);
    CHECK(w.ask(find_by_handle{"douyin", "warm_hua"}) == w.hua);
    w.accepts(w.merge(w.dong, w.hua));
    w.as({});
    w.outcome(w.dong, 90);
    CHECK(w.at<track_record_entry>(w.dong).outcomes == 4);
    w.as_desk().accepts(undo_merge{w.hua});
    CHECK(w.at<track_record_entry>(w.dong).outcomes == 2);
    CHECK(w.at<track_record_entry>(w.dong).quality_sum == percent(80) + percent(90));
    CHECK(w.at<track_record_entry>(w.hua).outcomes == 2);
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("excellence, evidence and strikes of both accounts are one person's", "[member][E18]") {
    two_accounts w;
    w.listed(w.brief(task_id{1}));
    w.given(claim_task{task_id{1}, w.hua});
    w.wait(days(15)).time_passes(); // the lease lapses
    // Half of what a mature stage needs by each account: neither rises alone.
    auto const needed = relationship_rules{}.excellent_needed;
    for (std::int64_t i = 0; i < needed; ++i) {
        w.wait(days(15));
        w.outcome(i % 2 == 0 ? w.hua : w.dong, 95);
    }
    w.wait(days(60));
    CHECK(w.stage(w.dong) == stage::active);
    for (auto who : {w.dong, w.hua}) {
        w.given(report_content{
            signal_id{100 + who.value()}, who, percent(80), percent(60), whole(1), true, 10});
    }
    auto const alone = w.ask(assess_candidate{w.dong}).fit;
    w.as_desk().accepts(w.merge(w.dong, w.hua));
    CHECK(w.stage(w.dong) == stage::active); // a merge by itself moves nobody
    CHECK(w.ask(assess_candidate{w.dong}).fit > alone);
    auto const strikes = w.ask(list_strikes{w.dong}).strikes;
    REQUIRE(strikes.size() == 1);
    CHECK(strikes.front().member == w.hua);
    w.as({});
    w.outcome(w.dong, 95);
    CHECK(w.stage(w.dong) == stage::mature);
}

TEST_CASE(
    "of two accounts each other person counts once, and what one did for the other not at all",
    "[member][E18]") {
    two_accounts w;
    constexpr feature_id winter_mode{1};
    using kind = contribution_kind;
    w.given(vouch_for{w.jin, w.dong}, vouch_for{w.jin, w.hua}, vouch_for{w.kai, w.hua},
        report_contribution{signal_id{1}, w.dong, kind::helped_a_peer, 1, whole(1), w.an},
        report_contribution{signal_id{2}, w.hua, kind::helped_a_peer, 1, whole(1), w.an},
        report_contribution{signal_id{3}, w.hua, kind::helped_a_peer, 1, whole(1), w.bao},
        report_contribution{signal_id{4}, w.hua, kind::helped_a_peer, 1, whole(1), w.dong},
        release_feature{winter_mode, "Winter mode", w.now()});
    w.wait(hours(1)).given(
        report_contribution{signal_id{5}, w.hua, kind::tried, 1, {}, {}, winter_mode});
    w.wait(hours(1)).given(
        report_contribution{signal_id{6}, w.dong, kind::tried, 1, {}, {}, winter_mode},
        report_contribution{signal_id{7}, w.an, kind::tried, 1, {}, {}, winter_mode});
    CHECK(w.ask(assess_help{w.hua}).people == 3);
    w.as_desk().given(w.merge(w.dong, w.hua));
    CHECK(w.ask(assess_trust{w.dong}).vouchers == 2);
    CHECK(w.ask(assess_help{w.dong}).people == 2);
    auto const first = w.ask(rank_first_users{winter_mode, 9});
    REQUIRE(first.size() == 2);
    CHECK(first[0].person == w.dong);
    CHECK(first[0].rank == 1);
    CHECK(first[1].person == w.an);
    CHECK(first[1].rank == 2);
}

TEST_CASE("an outcome that is corrected while two accounts are one is that of who did it",
    "[member][E18]") {
    two_accounts w;
    w.outcome(w.dong, 90);
    w.wait(days(1));
    w.outcome(w.hua, 60, "interest", "life");
    auto const done = w.now();
    w.as_desk().given(w.merge(w.dong, w.hua));
    w.as({}).accepts(
        correct_outcome{w.dong, {w.tag("interest", "life")}, percent(60), percent(80), done});
    CHECK(w.at<track_record_entry>(w.dong).quality_sum == percent(90) + percent(80));
    w.as_desk().given(undo_merge{w.hua});
    CHECK(w.at<track_record_entry>(w.dong).quality_sum == percent(90));
    CHECK(w.at<track_record_entry>(w.hua).quality_sum == percent(80));
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("what the merged account left is spoken for by who they are, and by nobody else",
    "[member][E18]") {
    two_accounts w;
    constexpr piece_id piece{1};
    w.listed(w.brief(task_id{1}));
    w.handed_in(task_id{1}, w.hua, submission_id{1});
    w.given(w.rate(submission_id{1}, percent(90)), link_handle{w.hua, "douyin", {7, "warm_hua"}},
        define_honour{honour_id{1}, "Guide", "Leads", "A session", "", for_ever},
        award_honour{honour_id{1}, w.hua, {{evidence_kind::review, 1}}},
        record_sharing{w.hua, "https://example.org/hello"}, plan_piece{piece, w.hua, "Snow"},
        report_authenticity{
            doubt_id{1}, w.hua, doubt_kind::other, percent(50), {7, "Seen before"}});
    w.as_desk().given(w.merge(w.dong, w.hua));
    w.as_member(w.an);
    unmoved same{w};
    auto const who = "not member 1; leave it to them";
    same.refuses(unlink_handle{handle_id{1}}, errc::not_qualified, "member 3", who);
    same.refuses(show_award{award_id{1}, false}, errc::not_qualified, "member 3", who);
    same.refuses(answer_doubt{doubt_id{1}, {7, "It is mine"}}, errc::not_qualified, "member", who);
    same.denies(list_doubts{w.dong}, errc::not_qualified, "person 3", "leave it to them");
    w.as_member(w.dong).given(unlink_handle{handle_id{1}}, show_award{award_id{1}, false},
        answer_doubt{doubt_id{1}, {7, "It is mine"}});
    CHECK(w.ask(list_handles{w.dong}).empty());
    CHECK(w.ask(list_honours{w.dong}).size() == 1);
    CHECK(w.ask(list_doubts{w.dong}).size() == 1);
    w.given(decline_honour{award_id{1}});
    // A helper planned the piece; the person agrees, drafts and publishes it.
    w.given(agree_topic{piece});
    w.given(propose_draft{piece, "https://example.org/snow"}, accept_draft{piece, 1});
    w.as_desk().given(undo_merge{w.hua});
    w.as_member(w.dong).refuses(
        publish_piece{piece, "https://example.org/snow"}, errc::not_qualified, "member 7");
}

TEST_CASE("whoever names the merged account, or acts as it, is told the one to use",
    "[member][E18][refusal]") {
    two_accounts w;
    w.as_desk().given(w.merge(w.dong, w.hua));
    auto const since = to_iso8601(w.now());
    w.wait(hours(1));
    unmoved same{w};
    auto const told = "is member 3 since " + since + "; use 3 in ";
    same.refuses(retag{w.hua, {}, {}}, errc::wrong_state, "member 7", told + "retag.member");
    same.refuses(
        pair_mentor{w.jin, w.hua}, errc::wrong_state, "member 7", told + "pair_mentor.mentee");
    same.refuses(open_newcomer_vote{newcomer_vote_id{1}, {w.an, w.hua}, 1, w.now() + days(3)},
        errc::wrong_state, "member 7", told + "open_newcomer_vote.candidates[1]");
    same.refuses(enrol{w.hua, {w.hua.value(), "Hua"}, {source::open}, {}}, errc::wrong_state,
        "member 7", "use 3 in enrol.member");
    same.refuses(
        w.merge(w.an, w.hua), errc::wrong_state, "member 7", "use 3 in merge_members.merged");
    same.refuses(
        w.merge(w.hua, w.an), errc::wrong_state, "member 7", "use 3 in merge_members.kept");
    same.denies(list_handles{w.hua}, errc::wrong_state, "member 7", told + "list_handles.member");
    same.denies(assess_candidate{w.hua}, errc::wrong_state, "member 7", "assess_candidate.person");
    w.as_member(w.hua);
    same.refuses(confirm_willingness{w.an}, errc::wrong_state, "member 7", "act as 3");
    same.denies(list_handles{w.an}, errc::wrong_state, "member 7", "act as 3");
    // An id that nobody has is refused as such.
    w.as_desk();
    same.refuses(w.merge(w.dong, w.nobody), errc::unknown_id, "member 999", "known member");
    same.refuses(w.merge(w.nobody, w.an), errc::unknown_id, "member 999", "known member");
    same.refuses(undo_merge{w.nobody}, errc::unknown_id, "member 999", "list_merges");
    same.refuses(undo_merge{w.dong}, errc::unknown_id, "member 3", "merged into another");
}

TEST_CASE(
    "one person takes a task once by two accounts, and is not asked again after either said no",
    "[member][E18][refusal]") {
    constexpr task_id done{1};
    constexpr task_id declined{2};
    constexpr task_id offered{3};
    two_accounts w;
    auto const pushed = [&](task_id task, member_id who, std::int64_t wave) {
        return send_offer{task, who, origin::push, wave, {}, {}, w.now() + days(1)};
    };
    w.listed(w.brief(done));
    w.listed(w.brief(declined));
    w.handed_in(done, w.hua, submission_id{1});
    w.given(w.rate(submission_id{1}, percent(90)), pushed(declined, w.hua, 1));
    w.given(decline_offer{w.recorded<offer_sent>().front().offer, {}});
    // Dong was asked, and has not answered yet, while Hua handed in.
    w.listed(w.brief(offered));
    w.handed_in(offered, w.hua, submission_id{2});
    w.given(w.rate(submission_id{2}, percent(90)), pushed(offered, w.dong, 1));
    auto const open = w.recorded<offer_sent>().front().offer;
    w.as_desk().given(w.merge(w.dong, w.hua));
    CHECK(w.ask(consider_member{done, w.dong}).stopped_by);
    {
        unmoved same{w};
        auto const has_it = "without a seat of task 1";
        same.refuses(claim_task{done, w.dong}, errc::already_exists, "member 3", has_it);
        same.refuses(pushed(done, w.dong, 1), errc::already_exists, "member 3", has_it);
        same.refuses(
            accept_offer{open}, errc::already_exists, "member 3", "without a seat of task 3");
        same.refuses(pushed(declined, w.dong, 2), errc::wrong_state, "member 3",
            "has not declined task 2; they may still claim it");
    }
    w.accepts(claim_task{declined, w.dong});
    w.given(return_seat{w.recorded<offer_accepted>().front().offer, {}});
    CHECK(w.digest() == w.digest_of_replay());
    // As two people again, the one who stayed has not had it.
    w.given(undo_merge{w.hua});
    w.accepts(claim_task{done, w.dong});
    w.accepts(accept_offer{open});
}

TEST_CASE("a merge that nobody may make, or of an account with something open, is refused",
    "[member][E18][refusal]") {
    two_accounts w;
    w.listed(w.brief(task_id{1}));
    w.given(claim_task{task_id{1}, w.hua});
    w.given(pair_mentor{w.jin, w.an});
    w.as_desk();
    unmoved same{w};
    same.refuses(w.merge(w.dong, w.dong), errc::invalid_argument, "member 3", "name the other one");
    same.refuses(merge_members{w.dong, w.bao, {w.bao.value(), "  "}}, errc::invalid_text,
        "reason for member 5", "blanks");
    same.refuses(merge_members{w.dong, w.bao, {w.dong.value(), "the same"}}, errc::invalid_argument,
        "reason for member 5", "belong to the member");
    same.refuses(w.merge(w.dong, w.hua), errc::wrong_state, "member 7",
        "nothing open, but offer 1 is, until");
    same.refuses(w.merge(w.dong, w.ou), errc::wrong_state, "member 13",
        "alumni are not; merge member 3 into member 13 instead");
    same.refuses(w.merge(w.dong, w.an), errc::wrong_state, "member 1", "member 8 leads them");
    same.refuses(w.merge(w.dong, w.jin), errc::wrong_state, "member 8", "they lead member 1");
    w.as_member(w.dong);
    same.refuses(
        w.merge(w.dong, w.bao), errc::not_qualified, "merge_members", "employee or the host");
    same.refuses(undo_merge{w.bao}, errc::not_qualified, "undo_merge", "employee or the host");
    same.denies(list_merges{}, errc::not_qualified, "list_merges", "look at merges");
    // The account that holds another is merged into nobody, and what is closed stands in no way.
    w.as_member(w.hua).given(return_seat{offer_id{1}, {}});
    w.as_desk().given(w.merge(w.dong, w.hua));
    w.refuses(w.merge(w.bao, w.dong), errc::wrong_state, "member 3", "but member 7 was");
    w.wait(days(31));
    w.refuses(undo_merge{w.hua}, errc::wrong_state, "member 7", "may still be undone");
}

TEST_CASE("whatever another aspect knows to be open stands in the way of a merge",
    "[member][E18][refusal]") {
    auto const open = [](two_accounts& w, member_id who, char const* what) {
        w.as_desk();
        unmoved same{w};
        same.refuses(
            w.merge(w.dong, who), errc::wrong_state, "member " + std::to_string(who.value()), what);
        w.as({});
    };
    {
        two_accounts w;
        w.listed(w.brief(task_id{1}));
        w.handed_in(task_id{1}, w.guo, submission_id{1});
        open(w, w.guo, "submission 1 is not reviewed; review it first");
        w.given(w.rate(submission_id{1}, percent(90)));
        w.as_desk().accepts(w.merge(w.dong, w.guo));
    }
    {
        two_accounts w;
        w.given(define_facet{{"squad"}}, define_tags{{{"squad", "content", "", {}}}});
        w.given(form_squad{squad_id{1}, "Content", w.tag("squad", "content"), 9},
            join_squad{squad_id{1}, w.guo});
        open(w, w.guo, "they are in squad 1; have them leave it first");
    }
    {
        two_accounts w;
        w.given(stock_resource{resource_id{1}, "Test car", resource_type::early_access, "Hall 4", 1,
                    days(14), everybody()},
            request_resource{resource_id{1}, w.guo}, request_resource{resource_id{1}, w.an});
        open(w, w.guo, "but grant 1 is, until");
        open(w, w.an, "grant 2 is waiting; have it given back first");
        w.given(use_resource{grant_id{1}, {}});
        open(w, w.guo, "but grant 1 is, until");
    }
    {
        two_accounts w;
        w.given(plan_yearly_event{yearly_event_id{1}, "Gala", w.now() + days(40)}).time_passes();
        open(w, w.kai, "they are invited to yearly event 1");
    }
    {
        two_accounts w;
        w.as_desk().given(open_project{project_id{1}, "Bus", "A bus for winter"},
            invite_to_panel{project_id{1}, {w.kai}});
        w.as_member(w.kai).given(sign_confidentiality{project_id{1}, w.kai});
        open(w, w.kai, "they are on the panel of project 1");
        w.as_desk().given(open_preference_vote{
            preference_vote_id{1}, project_id{1}, {"A", "B"}, w.now() + days(60), 1, 1});
        w.wait(days(40));
        open(w, w.kai, "they may vote in vote 1; wait until it is closed");
    }
    {
        two_accounts w;
        w.role_offered(w.ning, alumni_role::honorary_adviser);
        w.given(accept_role{w.ning, alumni_role::honorary_adviser},
            open_newcomer_vote{newcomer_vote_id{1}, {w.lan, w.guo}, 1, w.now() + days(5)},
            vote_for_newcomer{newcomer_vote_id{1}, w.ning, w.lan});
        open(w, w.guo, "they take part in newcomer vote 1; wait until 2026-01-");
        w.as_desk().refuses(w.merge(w.ou, w.ning), errc::wrong_state, "member 12",
            "they take part in newcomer vote 1");
        w.wait(days(5)).time_passes().accepts(w.merge(w.dong, w.guo));
    }
    {
        two_accounts w;
        w.as_desk().given(define_office{office_id{1}, "Voice", 1, days(90), source::open, {}},
            invite_to_office{office_id{1}, w.kai, {w.kai.value(), "A clear voice"}});
        open(w, w.kai, "but term 1 is, until");
    }
}

TEST_CASE("rules of merging without sense are refused", "[member]") {
    CHECK(check(merging_rules{}).has_value());
    CHECK(check(merging_rules{duration{-1}}).error().subject == "merging_rules.undo_within");
}

TEST_CASE("whatever was done before, merging and undoing leaves no trace, and between them the one "
          "who stays has a past of their own",
    "[member][E18]") {
    for (std::uint64_t seed = 1; seed != 9; ++seed) {
        CAPTURE(seed);
        std::mt19937_64 random{seed};
        auto const below = [&](std::uint64_t bound) {
            return std::uniform_int_distribution<std::uint64_t>{0, bound - 1}(random);
        };
        two_accounts w;
        two_accounts apart; // where nothing is ever merged
        auto const both = [&](auto const& deed) {
            deed(w);
            deed(apart);
        };
        auto const some = [&](bool kept_alone) {
            auto const who = kept_alone || below(2) == 0 ? w.dong : w.hua;
            auto const quality = static_cast<std::int64_t>(below(101));
            auto const* const about = below(2) == 0 ? "technology" : "life";
            auto const later = minutes(static_cast<std::int64_t>(below(20'000)));
            auto const signal = below(3) == 0;
            auto const number = 1000 + below(1U << 30U);
            both([&](two_accounts& in) {
                in.wait(later).as({});
                if (signal) {
                    in.given(report_content{
                        signal_id{number}, who, percent(quality), percent(50), whole(1), true, 10});
                } else {
                    in.outcome(who, quality, "interest", about);
                }
            });
        };
        for (auto steps = below(6); steps > 0; --steps) {
            some(false);
        }
        w.as_desk().given(w.merge(w.dong, w.hua));
        auto const others = below(2) == 0;
        if (others) {
            w.given(w.merge(w.dong, w.bao));
        }
        for (auto steps = below(5); steps > 0; --steps) {
            some(true);
        }
        auto const may = w.ask(list_merges{});
        if (w.now() > may.front().undo_until) {
            continue;
        }
        w.as_desk().given(undo_merge{w.hua});
        if (others) {
            w.given(undo_merge{w.bao});
        }
        std::vector<std::string> const containers{"roster.", "track_record.people_",
            "track_record.subjects_", "track_record.totals_", "relationship.", "discovery."};
        CHECK(w.state_of(containers) == apart.state_of(containers));
        CHECK(w.digest() == w.digest_of_replay());
    }
}

} // namespace
