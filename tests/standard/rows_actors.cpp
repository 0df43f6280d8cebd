// SPDX-License-Identifier: BSL-1.0

// Who may send each command of the standard programme, as the page of rules says it and as the
// engine refuses it.

#include <koc/engine/rules_page.hpp>

#include "standard/busy_world.hpp"
#include "standard/unmoved.hpp"
#include "support/catch.hpp"
#include "support/scenario.hpp"

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace koc;
using koc_test::unmoved;

namespace {

using busy::any_command;
using busy::busy_world;
using busy::every_command;

/// Who may send a command beside members.
enum class staff : std::uint8_t {
    desk,      ///< host, employees and time
    host,      ///< the host alone, which vouches for whom it speaks
    employees, ///< employees alone, told apart by their ids
};
/// Which members may.
enum class members : std::uint8_t {
    none,
    named, ///< those of the row
};
struct row {
    staff beside;
    members which;
    std::vector<member_id> who; ///< 0 is whom the command was made about
};
using table = std::map<std::string_view, row>;

constexpr member_id it{0}; ///< whom `every_command` was asked for

row desk() { return {staff::desk, members::none, {}}; }
row recorded(member_id who) { return {staff::desk, members::named, {who}}; }
row in_person(member_id who) { return {staff::host, members::named, {who}}; }

/// What no command of the programme may be missing from.
table who_may_send(busy_world const& w) {
    table all;
    // The programme's own: what it finds, offers, judges and decides.
    for (auto const* type : {"enrol", "enrol_candidate", "retag", "record_contact", "record_talk",
             "offer_role", "plan_yearly_event", "end_yearly_event", "open_newcomer_vote",
             "draw_pairs", "plan_onboarding", "record_outcome", "correct_outcome", "pair_mentor",
             "ask_attention", "end_commitment", "report_content", "report_contribution",
             "draw_shortlist", "tune_discovery", "release_feature", "change_platform",
             "retire_platform", "register_owner", "join_circle", "leave_circle", "declare_platform",
             "report_signals", "declare_territory", "report_authenticity", "settle_authenticity",
             "define_plan", "retire_plan", "choose_plan", "skip_step", "assign_step", "push_piece",
             "propose_themes", "stock_resource", "revoke_resource", "raise_stock", "report_reach",
             "form_squad", "appoint_lead", "plan_renewal", "book_hours", "begin_tier_reviews",
             "recompute_tiers", "define_office", "invite_to_office", "renew_office",
             "plan_appearance", "name_speaker", "report_absence", "propose_decision",
             "adopt_decision", "answer_improvement", "open_project", "invite_to_panel",
             "open_preference_vote", "trace_decision", "open_objective", "report_insight",
             "close_objective", "design_topic", "open_task", "dispatch", "list_task", "send_offer",
             "review_work", "correct_review", "select_best", "surprise_best", "define_honour",
             "award_honour", "revoke_honour", "amplify", "extend_lease", "forgive_strike",
             "cancel_task", "close_task", "define_facet", "define_tags", "merge_members",
             "undo_merge", "thank_member"}) {
        all.emplace(type, desk());
    }
    for (auto const* type : w.engine().command_types()) {
        if (type->name.substr(0, 6) == "adopt_" && type->name != "adopt_decision") {
            all.emplace(type->name, desk());
        }
    }
    // A member's own, which an employee may record.
    for (auto const* type :
        {"confirm_willingness", "record_waning", "note_refusal", "commit_to_work", "set_own_time",
            "link_handle", "join_squad", "request_resource", "claim_task"}) {
        all.emplace(type, recorded(it));
    }
    all.insert({{"contest_evidence", recorded(w.an)}, {"withdraw_contest", recorded(w.an)},
        {"leave_squad", recorded(w.an)}, {"unlink_handle", recorded(w.an)},
        {"use_resource", desk()}, // without work
        {"return_resource", recorded(w.guo)}, {"submit_work", recorded(w.bao)},
        {"return_seat", recorded(w.bao)}, {"accept_offer", recorded(w.at(offer_id{2}).member)},
        {"decline_offer", recorded(w.at(offer_id{2}).member)}, {"end_office", recorded(w.kai)},
        {"release_speaker", recorded(w.kai)}, {"plan_session", recorded(w.kai)},
        {"call_off_session", recorded(w.kai)}, {"record_session", recorded(w.kai)}});
    // A member's own word, which nobody says for them.
    for (auto const* type : {"accept_role", "decline_role", "choose_wall", "wish_pair", "vouch_for",
             "agree_to_themes", "propose_improvement"}) {
        all.emplace(type, in_person(it));
    }
    for (auto const* type : {"take_office", "decline_office", "support_decision", "veto_decision",
             "sign_confidentiality", "record_advice", "cast_preference"}) {
        all.emplace(type, in_person(w.kai));
    }
    all.insert({{"withdraw_vouch", in_person(w.bao)}, {"accept_draft", in_person(w.bao)},
        {"publish_piece", in_person(w.an)}, {"answer_doubt", in_person(busy::pan)},
        {"vote_for_newcomer", in_person(busy::qin)}, {"decline_honour", in_person(w.fang)},
        {"show_award", in_person(w.fang)},
        {"answer_invitation", in_person(w.at(invitation_id{1}).member)}});
    // Two people of the programme.
    for (auto const* type : {"request_approval", "approve_request", "reject_request"}) {
        all.emplace(type, row{staff::employees, members::none, {}});
    }
    // By how the sender stands to whom it is about: authors, mentors and owners of steps.
    all.insert({{"plan_piece", {staff::desk, members::named, {it}}},
        {"release_mentor", {staff::desk, members::named, {w.jin, w.lan}}},
        {"agree_topic", {staff::host, members::named, {w.bao}}}, {"propose_draft", recorded(w.bao)},
        {"sign_off_draft", desk()}, {"complete_step", recorded(w.bao)},
        {"measure_potential", {staff::desk, members::named, {w.jin}}},
        {"record_sharing", {staff::desk, members::named, {w.jin}}}, {"assess_potential", desk()},
        {"record_onboarding", desk()}});
    return all;
}

bool allows(row const& of, actor const& by, member_id about) {
    switch (by.kind) {
    case actor_kind::host:
        return of.beside != staff::employees;
    case actor_kind::employee:
        return of.beside != staff::host;
    case actor_kind::time:
        return of.beside == staff::desk;
    case actor_kind::member:
        break;
    }
    return std::any_of(of.who.begin(), of.who.end(),
        [&](member_id who) { return by.id == (who == it ? about : who).value(); });
}

std::set<std::string_view> const called{"fulfil_offer", "fail_offer", "restore_offer",
    "end_assessment", "begin_assessment", "advance_plan", "note_act", "learn_tags", "erase_member"};

// D12

TEST_CASE("each command says on the page who may send it, and is sent by them and by nobody else",
    "[standard][actors][D12]") {
    busy_world w;
    auto const rows = who_may_send(w);
    std::vector<actor> senders{{}, busy::other_operator, {actor_kind::time}};
    for (auto who : {w.an, w.bao, w.chen, w.dong, w.fang, w.guo, w.hua, w.jin, w.kai, w.lan, w.min,
             w.ning, w.ou, busy::pan, busy::qin, busy::rui, w.nobody}) {
        senders.push_back({actor_kind::member, who.value()});
    }
    std::set<std::string_view> tried;
    auto const try_all = [&](member_id about) {
        every_command(w, about, [&](any_command const& command) {
            INFO(command.type);
            if (called.count(command.type) != 0) {
                return;
            }
            REQUIRE(rows.count(command.type) == 1);
            auto const& expected = rows.at(command.type);
            auto const send = [&](actor const& by) {
                return command.preview(w.engine(), command.value, {w.now(), by});
            };
            actor const usual =
                expected.beside == staff::employees ? busy::other_operator : actor{};
            if (tried.count(command.type) != 0 || !send(usual)) {
                return; // of another person, or later, it is accepted
            }
            tried.insert(command.type);
            for (auto const& by : senders) {
                INFO(to_string(by));
                auto const answer = send(by);
                CHECK(answer.has_value() == allows(expected, by, about));
                if (!answer) {
                    CHECK(answer.error().code == errc::not_qualified);
                }
            }
        });
    };
    for (auto about : {w.lan, w.an, w.chen, w.jin, w.ning, w.ou}) {
        try_all(about);
    }
    busy::tiers_reviewed_by_other_rules(w);
    try_all(w.an);
    auto const page = rules_page(w.engine());
    for (auto const& part : w.engine().is().parts) {
        for (auto const& command : part.commands) {
            INFO(command.type->name);
            auto const sent = called.count(command.type->name) == 0;
            CHECK(rows.count(command.type->name) == (sent ? 1U : 0U));
            CHECK(tried.count(command.type->name) == (sent ? 1U : 0U));
            std::vector<std::string> words;
            for (std::size_t i = 0; i < command.guard_count; ++i) {
                words.push_back(command.guards[i].words());
            }
            auto const declared = std::count_if(words.begin(), words.end(),
                [](std::string const& line) { return line.rfind("sent by ", 0) == 0; });
            CHECK(declared == (sent ? 1 : 0));
            REQUIRE_FALSE(words.empty());
            if (sent) { // it is what a sender is told first
                CHECK(words.front().rfind("sent by ", 0) == 0);
                if (words.front() == "sent by an employee or the host") {
                    CHECK(rows.at(command.type->name).which == members::none);
                }
            }
            if (part.name != "rules_of") {
                CHECK(page.find("\n### " + std::string{command.type->name} + "\n\n1. " +
                          words.front() + '\n') != std::string::npos);
            }
        }
    }
    CHECK(rows.size() == tried.size());
}

TEST_CASE("who may not send a command is told who may, before anything else that is wrong with it",
    "[standard][actors][D12][refusal]") {
    busy_world w;
    unmoved same{w};
    auto const desk = "expected an employee or the host to send this, not member 1; ask one";
    w.as({actor_kind::member, w.an.value()});
    same.refuses(w.rate(submission_id{99}, percent(101)), errc::not_qualified, "review_work", desk);
    same.refuses(record_outcome{w.nobody, {}, percent(101), w.now()}, errc::not_qualified,
        "record_outcome", desk);
    same.refuses(report_content{signal_id{20}, w.an, whole(2), {}, {}, true, 9},
        errc::not_qualified, "report_content", desk);
    same.refuses(adopt<attention_rules>{{}}, errc::not_qualified, "adopt_attention_rules", desk);
    same.refuses(claim_task{task_id{99}, w.chen}, errc::not_qualified, "member 2",
        "expected the member themself, an employee or the host to send this, not member 1; leave");
    same.refuses(vouch_for{w.bao, w.an}, errc::not_qualified, "member 5",
        "expected the member themself to send this, not member 1; leave it to them");
    same.refuses(decline_honour{award_id{1}}, errc::not_qualified, "member", "not member 1");
    same.refuses(decline_honour{award_id{99}}, errc::unknown_id, "award 99", "known award");
    w.as(busy::operator_of);
    same.refuses(vouch_for{w.bao, w.an}, errc::not_qualified, "member 5", "not employee 3");
    w.as({});
    same.refuses(request_approval{approval_id{7}, {}, {}, {}}, errc::not_qualified,
        "request_approval", "expected an employee, by their id, to send this, not host");
}

} // namespace
