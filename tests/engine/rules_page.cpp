// SPDX-License-Identifier: BSL-1.0
#include <koc/engine/rules_page.hpp>

#include "support/catch.hpp"
#include "support/scenario.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

using namespace koc;
using koc_test::to_line;
using koc_test::winter_world;

namespace {

constexpr task_id open{1};      // with an open offer
constexpr task_id held{2};      // with a held seat
constexpr task_id delivered{3}; // with work to be reviewed
constexpr task_id evaluated{4}; // with selected work
constexpr task_id unknown{99};
constexpr offer_id sent_offer{1};
constexpr offer_id held_offer{2};

/// Tasks at four stages.
class busy_world : public winter_world {
public:
    busy_world() {
        given(open_task{brief(open)}, dispatch{open, 1});
        for (auto task : {held, delivered, evaluated}) {
            listed(brief(task));
        }
        given(claim_task{held, an});
        handed_in(delivered, chen, submission_id{3});
        handed_in(evaluated, dong, submission_id{4});
        given(rate(submission_id{4}, percent(90)), select_best{evaluated},
            define_honour{honour_id{1}, "Pathfinder", "Cold", "A test", "", for_ever},
            award_honour{honour_id{1}, dong, {{evidence_kind::review, 4}}},
            report_authenticity{
                doubt_id{1}, ou, doubt_kind::other, percent(50), {ou.value(), "Two accounts"}},
            declare_platform{platform_id{1}, "Video site", days(2), days(7)});
        given(define_facet{{"squad"}}, define_tags{{{"squad", "content", "", {}}}});
        given(form_squad{squad_id{1}, "Content", tag("squad", "content"), 9});
        depth();
        cultivation();
        role_offered(ning, alumni_role::lifetime_honorary_member);
        given(record_waning{hua, waning_reason::other, {}},
            record_talk{hua, talk_finding::no_time, {}}, thank_member{hua, {}, {}});
        given(plan_yearly_event{yearly_event_id{1}, "Winter gala", now() + days(30)});
        time_passes();
        given(open_newcomer_vote{newcomer_vote_id{1}, {lan}, 1, now() + days(9)});
    }

private:
    /// An office that Jin holds, a decision, a panel with a vote, a request for approval.
    void depth() {
        request_approval one_is_enough{{}, {}, {}, {}};
        one_is_enough.committee = committee_rules{1, days(10), silence::stops};
        by_two(one_is_enough);
        given(define_office{office_id{1}, "Council", 2, days(365), source::open,
                  {office_right::veto}},
            invite_to_office{office_id{1}, jin, {jin.value(), "Known to all owners"}},
            take_office{office_id{1}, jin},
            plan_appearance{appearance_id{1}, "Auto show", now() + days(9)},
            plan_session{session_id{9}, jin, now() + days(9)},
            record_session{session_id{8}, jin, {lan}, {min}, 60}, // strike 1
            propose_decision{product_decision_id{1}, "Open"},
            propose_decision{product_decision_id{2}, "Adopted"},
            support_decision{product_decision_id{2}, jin}, adopt_decision{product_decision_id{2}},
            propose_improvement{improvement_id{1}, an, {an.value(), "A hook"}, false},
            open_project{project_id{1}, "Van", "A van"}, invite_to_panel{project_id{1}, {jin}},
            sign_confidentiality{project_id{1}, jin},
            open_preference_vote{
                preference_vote_id{1}, project_id{1}, {"A", "B"}, now() + days(9), 1, 1});
        as({actor_kind::employee, 3})
            .given(request_approval{
                approval_id{1}, {}, {}, end_office{office_id{1}, jin, {jin.value(), "Moved"}}});
        as({});
    }
    /// A plan that Bao is on, a piece of theirs, themes, and a seat that Guo holds.
    void cultivation() {
        given(define_plan{{plan_id{1}, "talks", koc::everybody(), 0, "desk", days(30),
                  {{"talk", "desk", "", days(7), false, false, {}}}}},
            choose_plan{bao}, record_sharing{bao, "https://example.org/1"},
            plan_piece{piece_id{1}, bao, "Snow"},
            stock_resource{resource_id{1}, "Test car", resource_type::early_access, "Hall 4", 9,
                days(14), koc::everybody()},
            request_resource{resource_id{1}, guo}, propose_themes{"Winter", {"range"}, days(7)});
    }
};

/// The conditions that the page lists under a command, in their order.
std::vector<std::string> conditions_of(std::string const& page, std::string_view command) {
    auto const heading = "\n### " + std::string{command} + "\n\n";
    auto at = page.find(heading);
    REQUIRE(at != std::string::npos);
    at += heading.size();
    std::vector<std::string> found;
    for (int n = 1; page.compare(at, 3, std::to_string(n) + ". ") == 0; ++n) {
        auto const end = page.find('\n', at);
        found.push_back(page.substr(at + 3, end - at - 3));
        at = end + 1;
    }
    return found;
}

// What is published is what refuses

TEST_CASE("each condition on the page is the one that refuses a command which breaks just that",
    "[engine][D12]") {
    busy_world w;
    w.given(link_handle{w.bao, "weibo", {w.bao.value(), "bao"}});
    auto const page = rules_page(w.engine());
    auto const before = w.digest();
    std::map<std::string, std::set<std::string>> shown;

    // `bad` breaks the condition, `good` differs from it in nothing else; of it `still` others
    // fail.
    auto const row = [&](auto const& bad, auto const& good, std::string const& condition, errc code,
                         std::string const& about, std::size_t failing = 1, std::size_t still = 0) {
        std::string const command{command_type_of<std::remove_cvref_t<decltype(bad)>>.name};
        INFO(command << ": " << condition);
        auto const listed = conditions_of(page, command);
        auto const place = std::find(listed.begin(), listed.end(), condition);
        REQUIRE(place != listed.end());
        auto const missing = w.engine().failing(bad, w.asked());
        CHECK(missing.size() == failing);
        CHECK(w.engine().failing(good, w.asked()).size() == still);
        w.refuses(bad, code, about);
        REQUIRE_FALSE(missing.empty());
        CHECK(to_line(missing.front()) == to_line(w.refusal()));
        CHECK(w.digest() == before);
        shown[command].insert(condition);
    };
    auto const known = errc::unknown_id;
    auto const range = errc::invalid_argument;
    auto const stage = errc::wrong_state;

    row(ask_attention{w.nobody}, ask_attention{w.bao}, "member is a known member", known,
        "member 999");
    row(note_refusal{w.nobody}, note_refusal{w.bao}, "member is a known member", known,
        "member 999");
    row(commit_to_work{w.nobody}, commit_to_work{w.bao}, "member is a known member", known,
        "member 999");
    row(retag{w.nobody, {}, {}}, retag{w.bao, {}, {}}, "member is a known member", known,
        "member 999");
    row(learn_tags{w.nobody, {}, {}}, learn_tags{w.bao, {}, {}}, "member is a known member", known,
        "member 999", 2, 1);
    shown["learn_tags"].insert("called by report_content, not sent");
    w.refuses(
        learn_tags{w.bao, {}, {}}, errc::not_qualified, "learn_tags", "called by report_content");

    report_authenticity const doubt{
        doubt_id{2}, w.bao, doubt_kind::other, percent(50), {w.bao.value(), "Two accounts"}};
    auto bad_doubt = doubt;
    bad_doubt.confidence = percent(101);
    row(bad_doubt, doubt, "confidence from 0 to 1", range, "report_authenticity.confidence");
    row(answer_doubt{doubt_id{9}, {}}, answer_doubt{doubt_id{1}, {}}, "doubt is a known doubt",
        known, "doubt 9");
    row(settle_authenticity{doubt_id{9}, true, {}}, settle_authenticity{doubt_id{1}, true, {}},
        "doubt is a known doubt", known, "doubt 9");
    constexpr honour_id honour{1};
    constexpr award_id no_award{9};
    row(award_honour{honour_id{9}, w.bao, {}}, award_honour{honour, w.bao, {}},
        "honour is a known honour", known, "honour 9");
    row(award_honour{honour, w.nobody, {}}, award_honour{honour, w.bao, {}},
        "member is a known member", known, "member 999");
    row(revoke_honour{no_award, {}}, revoke_honour{award_id{1}, {}}, "award is a known award",
        known, "award 9");
    row(decline_honour{no_award}, decline_honour{award_id{1}}, "award is a known award", known,
        "award 9");
    row(show_award{no_award}, show_award{award_id{1}}, "award is a known award", known, "award 9");

    constexpr office_id no_office{9};
    constexpr office_id office{1};
    constexpr product_decision_id no_decision{9};
    constexpr product_decision_id decision{1};
    constexpr project_id no_project{9};
    constexpr project_id project{1};
    row(invite_to_office{no_office, w.jin, {}}, invite_to_office{office, w.jin, {}},
        "office is a known office", known, "office 9");
    row(invite_to_office{office, w.nobody, {}}, invite_to_office{office, w.jin, {}},
        "member is a known member", known, "member 999", 2);
    row(invite_to_office{office, w.an, {}}, invite_to_office{office, w.jin, {}},
        "member has stage mature", errc::not_qualified, "member 1");
    row(take_office{no_office, w.jin}, take_office{office, w.jin}, "office is a known office",
        known, "office 9");
    row(take_office{office, w.nobody}, take_office{office, w.jin}, "member is a known member",
        known, "member 999");
    row(decline_office{no_office, w.jin}, decline_office{office, w.jin}, "office is a known office",
        known, "office 9");
    row(decline_office{office, w.nobody}, decline_office{office, w.jin}, "member is a known member",
        known, "member 999");
    row(renew_office{no_office, w.jin}, renew_office{office, w.jin}, "office is a known office",
        known, "office 9");
    row(renew_office{office, w.nobody}, renew_office{office, w.jin}, "member is a known member",
        known, "member 999");
    row(end_office{no_office, w.jin, {}}, end_office{office, w.jin, {}}, "office is a known office",
        known, "office 9");
    row(end_office{office, w.nobody, {}}, end_office{office, w.jin, {}}, "member is a known member",
        known, "member 999");
    row(name_speaker{appearance_id{9}, w.jin}, name_speaker{appearance_id{1}, w.jin},
        "appearance is a known appearance", known, "appearance 9");
    row(name_speaker{appearance_id{1}, w.nobody}, name_speaker{appearance_id{1}, w.jin},
        "member is a known member", known, "member 999");
    row(release_speaker{appearance_id{9}, w.jin}, release_speaker{appearance_id{1}, w.jin},
        "appearance is a known appearance", known, "appearance 9");
    row(release_speaker{appearance_id{1}, w.nobody}, release_speaker{appearance_id{1}, w.jin},
        "member is a known member", known, "member 999");
    row(report_absence{appearance_id{9}, w.jin}, report_absence{appearance_id{1}, w.jin},
        "appearance is a known appearance", known, "appearance 9");
    row(report_absence{appearance_id{1}, w.nobody}, report_absence{appearance_id{1}, w.jin},
        "member is a known member", known, "member 999");
    row(support_decision{no_decision, w.jin}, support_decision{decision, w.jin},
        "decision is a known decision", known, "decision 9");
    row(support_decision{decision, w.nobody}, support_decision{decision, w.jin},
        "member is a known member", known, "member 999");
    row(veto_decision{no_decision, w.jin, {}}, veto_decision{decision, w.jin, {}},
        "decision is a known decision", known, "decision 9");
    row(veto_decision{decision, w.nobody, {}}, veto_decision{decision, w.jin, {}},
        "member is a known member", known, "member 999");
    row(adopt_decision{no_decision}, adopt_decision{decision}, "decision is a known decision",
        known, "decision 9");
    row(propose_improvement{improvement_id{2}, w.nobody, {}, false},
        propose_improvement{improvement_id{2}, w.an, {}, false}, "member is a known member", known,
        "member 999");
    row(answer_improvement{improvement_id{9}, true, "Yes"},
        answer_improvement{improvement_id{1}, true, "Yes"}, "improvement is a known improvement",
        known, "improvement 9");
    row(invite_to_panel{no_project, {w.jin}}, invite_to_panel{project, {w.jin}},
        "project is a known project", known, "project 9");
    row(sign_confidentiality{no_project, w.jin}, sign_confidentiality{project, w.jin},
        "project is a known project", known, "project 9");
    row(sign_confidentiality{project, w.nobody}, sign_confidentiality{project, w.jin},
        "member is a known member", known, "member 999");
    row(record_advice{advice_id{2}, no_project, w.jin, {}},
        record_advice{advice_id{2}, project, w.jin, {}}, "project is a known project", known,
        "project 9");
    row(record_advice{advice_id{2}, project, w.nobody, {}},
        record_advice{advice_id{2}, project, w.jin, {}}, "member is a known member", known,
        "member 999");
    open_preference_vote const designs{
        preference_vote_id{2}, project, {"A", "B"}, w.now() + days(9), 1, 1};
    auto bad_designs = designs;
    bad_designs.project = no_project;
    row(bad_designs, designs, "project is a known project", known, "project 9");
    row(cast_preference{preference_vote_id{9}, w.jin, 0},
        cast_preference{preference_vote_id{1}, w.jin, 0}, "vote is a known vote", known, "vote 9");
    row(cast_preference{preference_vote_id{1}, w.nobody, 0},
        cast_preference{preference_vote_id{1}, w.jin, 0}, "member is a known member", known,
        "member 999");
    constexpr product_decision_id adopted{2};
    trace_decision const trace{adopted, project, "Cold", "Warm", {}};
    auto bad_trace = trace;
    bad_trace.decision = no_decision;
    row(bad_trace, trace, "decision is a known decision", known, "decision 9", 2);
    bad_trace.decision = decision;
    row(bad_trace, trace, "decision has stage adopted", errc::not_qualified, "decision 1");
    bad_trace = trace;
    bad_trace.project = no_project;
    row(bad_trace, trace, "project is a known project", known, "project 9");
    w.as({actor_kind::employee, 4}); // no host approves
    row(approve_request{approval_id{9}}, approve_request{approval_id{1}},
        "approval is a known approval", known, "approval 9");
    row(reject_request{approval_id{9}, "No"}, reject_request{approval_id{1}, "No"},
        "approval is a known approval", known, "approval 9");
    w.as({});

    measure_potential const measured{w.bao, trait::loyalty, percent(50), "seen"};
    auto bad_measure = measured;
    bad_measure.member = w.nobody;
    row(bad_measure, measured, "member is a known member", known, "member 999");
    bad_measure = measured;
    bad_measure.value = percent(101);
    row(bad_measure, measured, "value from 0 to 1", range, "measure_potential.value");
    row(assess_potential{w.nobody}, assess_potential{w.bao}, "member is a known member", known,
        "member 999");
    row(retire_plan{plan_id{9}}, retire_plan{plan_id{1}}, "plan is a known plan", known, "plan 9");
    row(choose_plan{w.nobody}, choose_plan{w.bao}, "member is a known member", known, "member 999");
    row(complete_step{w.nobody, "talk", ""}, complete_step{w.bao, "talk", ""},
        "member is a known member", known, "member 999");
    row(skip_step{w.nobody, "talk", "No"}, skip_step{w.bao, "talk", "No"},
        "member is a known member", known, "member 999");
    row(assign_step{w.nobody, "talk", "desk"}, assign_step{w.bao, "talk", "desk"},
        "member is a known member", known, "member 999");
    row(advance_plan{w.nobody, "", ""}, advance_plan{w.bao, "", ""}, "member is a known member",
        known, "member 999", 2, 1);
    shown["advance_plan"].insert(conditions_of(page, "advance_plan").back());
    w.refuses(advance_plan{w.bao, "", ""}, errc::not_qualified, "advance_plan", "cultivation");
    row(note_act{w.nobody, "", ""}, note_act{w.bao, "", ""}, "member is a known member", known,
        "member 999", 2, 1);
    shown["note_act"].insert(conditions_of(page, "note_act").back());
    w.refuses(note_act{w.bao, "", ""}, errc::not_qualified, "note_act", "the start of a plan");
    row(record_sharing{w.nobody, "https://example.org/1"},
        record_sharing{w.an, "https://example.org/1"}, "member is a known member", known,
        "member 999");
    row(plan_piece{piece_id{2}, w.nobody, "Snow"}, plan_piece{piece_id{2}, w.bao, "Snow"},
        "member is a known member", known, "member 999");
    row(agree_topic{piece_id{9}}, agree_topic{piece_id{1}}, "piece is a known piece", known,
        "piece 9");
    row(propose_draft{piece_id{9}, "https://example.org/1"},
        propose_draft{piece_id{1}, "https://example.org/1"}, "piece is a known piece", known,
        "piece 9");
    row(accept_draft{piece_id{9}, 1}, accept_draft{piece_id{1}, 1}, "piece is a known piece", known,
        "piece 9");
    row(sign_off_draft{piece_id{9}}, sign_off_draft{piece_id{1}}, "piece is a known piece", known,
        "piece 9");
    row(publish_piece{piece_id{9}, "https://example.org/1"},
        publish_piece{piece_id{1}, "https://example.org/1"}, "piece is a known piece", known,
        "piece 9");
    row(push_piece{piece_id{9}, push_kind::repost, "official"},
        push_piece{piece_id{1}, push_kind::repost, "official"}, "piece is a known piece", known,
        "piece 9");
    row(agree_to_themes{w.nobody, 1}, agree_to_themes{w.an, 1}, "member is a known member", known,
        "member 999");
    row(request_resource{resource_id{9}, w.an}, request_resource{resource_id{1}, w.an},
        "resource is a known resource", known, "resource 9");
    row(request_resource{resource_id{1}, w.nobody}, request_resource{resource_id{1}, w.an},
        "member is a known member", known, "member 999");
    row(use_resource{grant_id{9}, {}}, use_resource{grant_id{1}, {}}, "grant is a known grant",
        known, "grant 9");
    row(raise_stock{resource_id{9}, 10}, raise_stock{resource_id{1}, 10},
        "resource is a known resource", known, "resource 9");
    row(return_resource{grant_id{9}}, return_resource{grant_id{1}}, "grant is a known grant", known,
        "grant 9");
    row(revoke_resource{grant_id{9}, "No"}, revoke_resource{grant_id{1}, "No"},
        "grant is a known grant", known, "grant 9");

    auto const squad_tag = w.tag("squad", "content");
    row(form_squad{squad_id{2}, "Content", squad_tag, 0},
        form_squad{squad_id{2}, "Content", squad_tag}, "seats from 1 to 100000", range,
        "form_squad.seats");
    constexpr squad_id no_squad{9};
    constexpr squad_id squad{1};
    row(join_squad{no_squad, w.bao}, join_squad{squad, w.bao}, "squad is a known squad", known,
        "squad 9");
    row(join_squad{squad, w.nobody}, join_squad{squad, w.bao}, "member is a known member", known,
        "member 999", 2);
    row(join_squad{squad, w.lan}, join_squad{squad, w.bao}, "member has stage active or mature",
        errc::not_qualified, "member 10");
    row(leave_squad{no_squad, w.bao}, leave_squad{squad, w.bao}, "squad is a known squad", known,
        "squad 9");
    row(leave_squad{squad, w.nobody}, leave_squad{squad, w.bao}, "member is a known member", known,
        "member 999");
    row(appoint_lead{no_squad, w.bao}, appoint_lead{squad, w.bao}, "squad is a known squad", known,
        "squad 9");
    row(appoint_lead{squad, w.nobody}, appoint_lead{squad, w.bao}, "member is a known member",
        known, "member 999");
    row(plan_renewal{0, {}}, plan_renewal{1, {}}, "size from 1 to 1000000000", range,
        "plan_renewal.size");
    row(book_hours{desk::sourcing, 0}, book_hours{desk::sourcing, 1}, "hours from 1 to 168", range,
        "book_hours.hours");
    row(recompute_tiers{"Fewer months", 0}, recompute_tiers{"Fewer months", 1},
        "from from 1 to 1000000000", range, "recompute_tiers.from");

    row(set_own_time{w.nobody, {}, {}}, set_own_time{w.bao, {}, {}}, "member is a known member",
        known, "member 999");
    row(link_handle{w.nobody, "weibo", {}}, link_handle{w.bao, "weibo", {}},
        "member is a known member", known, "member 999");
    row(unlink_handle{handle_id{9}}, unlink_handle{handle_id{1}}, "handle is a known handle", known,
        "handle 9");

    merge_members const merge{w.an, w.bao, {w.bao.value(), "One person"}};
    auto bad_merge = merge;
    bad_merge.kept = w.nobody;
    row(bad_merge, merge, "kept is a known member", known, "member 999");
    bad_merge = merge;
    bad_merge.merged = w.nobody;
    row(bad_merge, merge, "merged is a known member", known, "member 999");

    shown["erase_member"].insert("called by the approval of two employees, not sent");

    record_outcome const outcome{w.bao, {}, percent(50), w.now()};
    auto bad_outcome = outcome;
    bad_outcome.member = w.nobody;
    row(bad_outcome, outcome, "member is a known member", known, "member 999");
    bad_outcome = outcome;
    bad_outcome.quality = percent(101);
    row(bad_outcome, outcome, "quality from 0 to 1", range, "record_outcome.quality");
    correct_outcome const correction{w.jin, {}, percent(90), percent(50), w.now()};
    auto bad_correction = correction;
    bad_correction.member = w.nobody;
    row(bad_correction, correction, "member is a known member", known, "member 999");
    bad_correction = correction;
    bad_correction.was = -score{1};
    row(bad_correction, correction, "was from 0 to 1", range, "correct_outcome.was");
    bad_correction = correction;
    bad_correction.quality = whole(2);
    row(bad_correction, correction, "quality from 0 to 1", range, "correct_outcome.quality");

    row(record_contact{w.nobody, {}}, record_contact{w.bao, {}}, "member is a known member", known,
        "member 999");
    row(confirm_willingness{w.nobody}, confirm_willingness{w.lan}, "member is a known member",
        known, "member 999");
    row(record_waning{w.nobody, {}, {}}, record_waning{w.bao, {}, {}}, "member is a known member",
        known, "member 999");
    row(accept_role{w.nobody, {}}, accept_role{w.ning, {}}, "member is a known member", known,
        "member 999");
    row(decline_role{w.nobody, {}}, decline_role{w.ning, {}}, "member is a known member", known,
        "member 999");
    row(record_talk{w.nobody, {}, {}}, record_talk{w.bao, {}, {}}, "member is a known member",
        known, "member 999", 2);
    row(record_talk{w.lan, {}, {}}, record_talk{w.bao, {}, {}},
        "member has stage active or mature or evolving", errc::not_qualified, "member 10");
    row(offer_role{w.nobody, {}, {}}, offer_role{w.hua, {}, {}}, "member is a known member", known,
        "member 999", 2);
    row(offer_role{w.bao, {}, {}}, offer_role{w.hua, {}, {}}, "member has stage evolving",
        errc::not_qualified, "member 5");
    row(thank_member{w.nobody, {}, {}}, thank_member{w.ning, {}, {}}, "member is a known member",
        known, "member 999");
    row(choose_wall{w.nobody}, choose_wall{w.ou}, "member is a known member", known, "member 999");
    row(end_assessment{w.nobody}, end_assessment{w.an}, "member is a known member", known,
        "member 999", 2, 1);
    row(begin_assessment{w.nobody}, begin_assessment{w.an}, "member is a known member", known,
        "member 999", 2, 1);
    for (auto const* called : {"end_assessment", "begin_assessment"}) {
        shown[called].insert(conditions_of(page, called).back());
    }
    w.refuses(end_assessment{w.an}, errc::not_qualified, "end_assessment", "accept_role");
    w.refuses(
        begin_assessment{w.an}, errc::not_qualified, "begin_assessment", "confirm_willingness");
    row(end_yearly_event{yearly_event_id{9}}, end_yearly_event{yearly_event_id{1}},
        "event is a known yearly event", known, "yearly event 9");
    row(answer_invitation{invitation_id{9}}, answer_invitation{invitation_id{1}},
        "invitation is a known invitation", known, "invitation 9");
    newcomer_vote_id const vote{1};
    row(vote_for_newcomer{newcomer_vote_id{9}, w.ou, w.lan}, vote_for_newcomer{vote, w.ou, w.lan},
        "vote is a known newcomer vote", known, "newcomer vote 9");
    row(vote_for_newcomer{vote, w.nobody, w.lan}, vote_for_newcomer{vote, w.ou, w.lan},
        "voter is a known member", known, "member 999");
    record_session const session{session_id{1}, w.jin, {w.lan}, {}, 60};
    auto bad_session = session;
    bad_session.giver = w.nobody;
    row(bad_session, session, "giver is a known member", known, "member 999");
    bad_session = session;
    bad_session.minutes = 0;
    row(bad_session, session, "minutes from 1 to 1440", range, "record_session.minutes");
    row(plan_session{session_id{1}, w.nobody, w.now() + days(1)},
        plan_session{session_id{1}, w.jin, w.now() + days(1)}, "giver is a known member", known,
        "member 999");
    row(call_off_session{session_id{99}}, call_off_session{session_id{9}},
        "session is a known session", known, "session 99");
    row(plan_onboarding{w.nobody, {}}, plan_onboarding{w.lan, {}}, "member is a known member",
        known, "member 999", 2);
    row(plan_onboarding{w.jin, {}}, plan_onboarding{w.lan, {}},
        "member has stage budding or active", errc::not_qualified, "member 8");
    row(record_onboarding{w.nobody, 1, {}, true}, record_onboarding{w.lan, 1, {}, true},
        "member is a known member", known, "member 999", 2);
    row(record_onboarding{w.ning, 1, {}, true}, record_onboarding{w.lan, 1, {}, true},
        "member has stage budding or active", errc::not_qualified, "member 12");

    report_content const content{
        signal_id{1}, w.bao, percent(50), percent(50), percent(50), true, 0};
    auto bad_content = content;
    bad_content.depth = percent(101);
    row(bad_content, content, "depth from 0 to 1", range, "report_content.depth");
    bad_content = content;
    bad_content.originality = percent(101);
    row(bad_content, content, "originality from 0 to 1", range, "report_content.originality");
    bad_content = content;
    bad_content.relevance = -score{1};
    row(bad_content, content, "relevance from 0 to 1", range, "report_content.relevance");
    report_contribution const help{
        signal_id{1}, w.bao, contribution_kind::helped_a_peer, 1, percent(50), w.an};
    auto bad_help = help;
    bad_help.times = 0;
    row(bad_help, help, "times from 1 to 1000000", range, "report_contribution.times");
    bad_help = help;
    bad_help.detail = percent(101);
    row(bad_help, help, "detail from 0 to 1", range, "report_contribution.detail");
    row(draw_shortlist{10'001}, draw_shortlist{10'000}, "count from 1 to 10000", range,
        "draw_shortlist.count");

    row(join_circle{w.nobody}, join_circle{w.bao}, "member is a known member", known, "member 999");
    row(vouch_for{w.nobody, w.lan}, vouch_for{w.bao, w.lan}, "voucher is a known member", known,
        "member 999");
    row(change_platform{platform_id{99}, days(1), days(1)},
        change_platform{platform_id{1}, days(1), days(1)}, "platform is a known platform", known,
        "platform 99");
    row(retire_platform{platform_id{99}}, retire_platform{platform_id{1}},
        "platform is a known platform", known, "platform 99");
    row(report_signals{platform_id{99}, 1, {}}, report_signals{platform_id{1}, 1, {}},
        "platform is a known platform", known, "platform 99");
    row(report_signals{platform_id{1}, -1, {}}, report_signals{platform_id{1}, 1, {}},
        "cursor from 0 to 9223372036854775807", range, "report_signals.cursor");
    declare_territory const territory{territory_id{1}, "Cold", {{w.tag("interest", "life")}}, 1};
    auto bad_territory = territory;
    bad_territory.natives_wanted = 0;
    row(bad_territory, territory, "natives_wanted from 1 to 1000000", range,
        "declare_territory.natives_wanted");

    // Nobody unknown is in a stage, so an unknown mentor breaks two conditions; the first refuses.
    row(pair_mentor{w.nobody, w.an}, pair_mentor{w.jin, w.an}, "mentor is a known member", known,
        "member 999", 2);
    row(pair_mentor{w.jin, w.nobody}, pair_mentor{w.jin, w.an}, "mentee is a known member", known,
        "member 999", 2);
    row(pair_mentor{w.bao, w.an}, pair_mentor{w.jin, w.an}, "mentor has stage mature",
        errc::not_qualified, "member 5");
    row(pair_mentor{w.jin, w.ning}, pair_mentor{w.jin, w.lan}, "mentee has stage budding or active",
        errc::not_qualified, "member 12");

    wish_pair const wish{w.lan, w.jin, percent(80)};
    auto bad_wish = wish;
    bad_wish.member = w.nobody;
    row(bad_wish, wish, "member is a known member", known, "member 999");
    bad_wish = wish;
    bad_wish.other = w.nobody;
    row(bad_wish, wish, "other is a known member", known, "member 999");
    bad_wish = wish;
    bad_wish.liking = percent(101);
    row(bad_wish, wish, "liking from 0 to 1", range, "wish_pair.liking");

    row(close_objective{objective_id{9}}, close_objective{w.range},
        "objective is a known objective", known, "objective 9");

    send_offer const offer{open, w.bao, origin::push, 1, {}, {}, w.now() + days(1)};
    auto bad_offer = offer;
    bad_offer.task = unknown;
    row(bad_offer, offer, "task is a known task", known, "task 99");
    bad_offer = offer;
    bad_offer.member = w.nobody;
    row(bad_offer, offer, "member is a known member", known, "member 999");
    auto const no_offer = offer_id{99};
    auto const is_known = "offer is a known offer";
    row(accept_offer{no_offer}, accept_offer{sent_offer}, is_known, known, "offer 99");
    row(accept_offer{held_offer}, accept_offer{sent_offer}, "offer is in stage sent", stage,
        "offer 2");
    row(decline_offer{no_offer, {}}, decline_offer{sent_offer, {}}, is_known, known, "offer 99");
    row(decline_offer{held_offer, {}}, decline_offer{sent_offer, {}}, "offer is in stage sent",
        stage, "offer 2");
    row(return_seat{no_offer, {}}, return_seat{held_offer, {}}, is_known, known, "offer 99");
    row(return_seat{sent_offer, {}}, return_seat{held_offer, {}}, "offer is in stage held", stage,
        "offer 1");
    extend_lease const longer{held_offer, w.now() + days(60), {}};
    auto bad_longer = longer;
    bad_longer.offer = no_offer;
    row(bad_longer, longer, is_known, known, "offer 99");
    bad_longer.offer = sent_offer;
    row(bad_longer, longer, "offer is in stage held", stage, "offer 1");
    row(forgive_strike{strike_id{99}, {}}, forgive_strike{strike_id{1}, {}},
        "strike is a known strike", known, "strike 99");
    row(fulfil_offer{no_offer}, fulfil_offer{held_offer}, is_known, known, "offer 99", 2, 1);
    row(fulfil_offer{sent_offer}, fulfil_offer{held_offer}, "offer is in stage held", stage,
        "offer 1", 2, 1);
    auto const fulfilled = w.at(submission_id{3}).offer;
    row(fail_offer{no_offer}, fail_offer{fulfilled}, is_known, known, "offer 99", 2, 1);
    row(fail_offer{sent_offer}, fail_offer{fulfilled}, "offer is in stage fulfilled", stage,
        "offer 1", 2, 1);
    w.refuses(fulfil_offer{held_offer}, errc::not_qualified, "fulfil_offer", "submit_work");
    w.refuses(fail_offer{fulfilled}, errc::not_qualified, "fail_offer", "review_work");
    shown["fulfil_offer"].insert("called by submit_work, not sent");
    shown["fail_offer"].insert("called by review_work or correct_review, not sent");

    submit_work const work{submission_id{9}, held, w.an, "https://example.org/9"};
    auto bad_work = work;
    bad_work.task = unknown;
    row(bad_work, work, "task is a known task", known, "task 99");
    bad_work = work;
    bad_work.member = w.nobody;
    row(bad_work, work, "member is a known member", known, "member 999");
    auto const judged = w.rate(submission_id{3}, percent(70)).ratings;
    row(review_work{submission_id{9}, judged}, review_work{submission_id{3}, judged},
        "submission is a known submission", known, "submission 9");
    row(correct_review{submission_id{9}, judged, "typo"},
        correct_review{submission_id{4}, judged, "typo"}, "submission is a known submission", known,
        "submission 9");
    row(select_best{unknown}, select_best{delivered}, "task is a known task", known, "task 99");
    row(select_best{open}, select_best{delivered}, "task is in stage delivered", stage, "task 1");
    row(select_best{delivered, 0}, select_best{delivered, 1}, "quota from 1 to 1000000", range,
        "select_best.quota");
    row(select_best{delivered, 1, percent(101)}, select_best{delivered, 1, whole(1)},
        "threshold from 0 to 1", range, "select_best.threshold");
    row(surprise_best{unknown, {1}, {}}, surprise_best{evaluated, {1}, {}}, "task is a known task",
        known, "task 99");
    row(surprise_best{delivered, {1}, {}}, surprise_best{evaluated, {1}, {}},
        "task is in stage evaluated or echoed", stage, "task 3");
    row(report_reach{submission_id{9}, 90}, report_reach{submission_id{3}, 90},
        "submission is a known submission", known, "submission 9");
    row(report_reach{submission_id{3}, -1}, report_reach{submission_id{3}, 90},
        "people from 0 to 100000000", range, "report_reach.people");
    row(amplify{submission_id{9}, "site", {}}, amplify{submission_id{4}, "site", {}},
        "submission is a known submission", known, "submission 9", 2);
    row(amplify{submission_id{3}, "site", {}}, amplify{submission_id{4}, "site", {}},
        "submission is chosen", errc::not_qualified, "submission 3");
    row(dispatch{unknown}, dispatch{open}, "task is a known task", known, "task 99");
    row(dispatch{open, 0}, dispatch{open, 1}, "count from 1 to 100000", range, "dispatch.count");
    row(list_task{unknown}, list_task{open}, "task is a known task", known, "task 99");
    row(list_task{evaluated}, list_task{open}, "task is in stage open or under_way or delivered",
        stage, "task 4");
    row(claim_task{unknown, w.bao}, claim_task{held, w.bao}, "task is a known task", known,
        "task 99");
    row(claim_task{held, w.nobody}, claim_task{held, w.bao}, "member is a known member", known,
        "member 999");
    row(close_task{unknown}, close_task{delivered}, "task is a known task", known, "task 99");
    row(close_task{open}, close_task{delivered},
        "task is in stage delivered or evaluated or rewarded or echoed", stage, "task 1");
    row(cancel_task{unknown}, cancel_task{open}, "task is a known task", known, "task 99");
    row(cancel_task{evaluated}, cancel_task{open},
        "task is in stage open or under_way or delivered", stage, "task 4");

    // A seat is restored only after it failed, so this one has a history of its own.
    busy_world again;
    again.given(again.rate(submission_id{3}, percent(20)));
    CHECK(again.engine().failing(restore_offer{fulfilled}, again.asked()).size() == 1);
    again.refuses(restore_offer{fulfilled}, errc::not_qualified, "restore_offer", "correct_review");
    again.refuses(restore_offer{no_offer}, known, "offer 99");
    again.refuses(restore_offer{sent_offer}, stage, "offer 1");
    CHECK(again.engine().failing(restore_offer{sent_offer}, again.asked()).size() == 2);
    shown["restore_offer"] = {
        is_known, "offer is in stage failed", "called by correct_review, not sent"};

    // Every command of the programme is on the page, and no condition was left out above.
    std::size_t conditions = 0;
    for (auto const& part : w.engine().is().parts) {
        for (auto const& command : part.commands) {
            if (part.name == "rules_of") {
                continue;
            }
            std::string const name{command.type->name};
            INFO(name);
            auto const listed = conditions_of(page, name);
            REQUIRE(listed.size() == command.guard_count);
            for (std::size_t i = 0; i < listed.size(); ++i) {
                CHECK(listed[i] == command.guards[i].words());
                // Who may send each is tried in tests/standard/rows_actors.cpp.
                CHECK((shown[name].count(listed[i]) == 1 || listed[i].rfind("sent by ", 0) == 0));
                ++conditions;
            }
        }
    }
    CHECK(conditions > 50);
    CHECK(w.digest() == before);
}

// Other values

/// The line of the page about rules.
std::string values_of(winter_world const& w, std::string const& name) {
    auto const page = rules_page(w.engine());
    auto const at = page.find("- " + name + ": ");
    REQUIRE(at != std::string::npos);
    return page.substr(at, page.find('\n', at) - at);
}

TEST_CASE("other values change the page and what is decided together", "[engine][D12]") {
    winter_world w;
    for (std::uint64_t i = 1; i <= 3; ++i) {
        w.listed(w.brief(task_id{i}));
    }
    auto const shows = [&](char const* name, std::string const& value) {
        INFO(name << " " << value);
        CHECK(values_of(w, name).find(value) != std::string::npos);
    };
    // Unfinished work.
    shows("attention_rules", "\"commitments_max\":2");
    w.given(claim_task{task_id{1}, w.an}, claim_task{task_id{2}, w.an});
    w.refuses(claim_task{task_id{3}, w.an}, errc::no_capacity, "member 1", "at most 2");
    w.given(adopt<attention_rules>{{3, days(7), 3, days(2)}});
    shows("attention_rules", "\"commitments_max\":3");
    w.accepts(claim_task{task_id{3}, w.an});
    w.given(adopt<attention_rules>{{3, days(7), 1, days(2)}}, claim_task{task_id{1}, w.bao});
    shows("attention_rules", "\"commitments_max\":1");
    w.refuses(claim_task{task_id{2}, w.bao}, errc::no_capacity, "member 5", "at most 1");
    // The lease.
    shows("offer_rules", "\"lease\":" + std::to_string(days(14).ms));
    w.given(adopt<offer_rules>{{days(3)}});
    shows("offer_rules", "\"lease\":" + std::to_string(days(3).ms));
    w.accepts(claim_task{task_id{2}, w.chen});
    CHECK(w.recorded<offer_accepted>().front().lease_until == w.now() + days(3));
    // Who may do tasks.
    shows("task_rules", "stage:mature");
    w.given(adopt<task_rules>{{has("stage", "mature"), everybody()}});
    CHECK(values_of(w, "task_rules").find("stage:active") == std::string::npos);
    w.refuses(claim_task{task_id{2}, w.dong}, errc::not_qualified, "member 3", "stage:mature");
    w.accepts(claim_task{task_id{2}, w.jin});
    // How many a mentor leads.
    shows("mentorship_rules", "\"mentees_max\":5");
    w.given(adopt<mentorship_rules>{{0}});
    shows("mentorship_rules", "\"mentees_max\":0");
    w.refuses(pair_mentor{w.jin, w.lan}, errc::no_capacity, "mentor 8", "all 0 are taken");
    w.given(adopt<mentorship_rules>{{1}});
    w.accepts(pair_mentor{w.jin, w.lan});
    // From which doubt on an objective is opened.
    report_insight insight{
        insight_id{1}, "Does it keep its range?", percent(20), 100, w.plan(objective_id{2})};
    w.given(adopt<objective_rules>{{percent(20)}});
    shows("objective_rules", "\"pressing_at\":200000");
    w.accepts(insight);
    CHECK(w.recorded<objective_opened>().size() == 1);
    insight.insight = insight_id{2};
    insight.answer = w.plan(objective_id{3});
    w.given(adopt<objective_rules>{{percent(21)}});
    shows("objective_rules", "\"pressing_at\":210000");
    w.accepts(insight);
    CHECK(w.recorded<objective_opened>().empty());
    // What proves a skill.
    auto const deep = w.tag("skill", "deep_review");
    w.given(adopt<roster_rules>{{percent(60)}});
    shows("roster_rules", "\"proven_at\":600000");
    w.accepts(record_outcome{w.hua, {deep}, percent(60), w.now()});
    CHECK(w.recorded<member_retagged>().size() == 1);
    w.accepts(record_outcome{w.guo, {deep}, percent(59), w.now()});
    CHECK(w.recorded<member_retagged>().empty());
    // Until when a merge may be undone.
    member_id const second_account{71};
    w.given(
        enrol{second_account, {71, "Hua"}, {source::open}, {}}, adopt<merging_rules>{{days(9)}});
    shows("merging_rules", "\"undo_within\":777600000");
    w.accepts(merge_members{w.hua, second_account, {71, "One person"}});
    CHECK(w.recorded<members_merged>().front().undo_until == w.now() + days(9));
    // Sensitive tags.
    auto made = w.brief(task_id{9});
    made.needs = has("age", "over_sixty");
    w.refuses(open_task{made}, errc::not_qualified, "age:over_sixty", "sensitive");
    w.given(adopt<tag_library_rules>{{sensitive_tags::allowed}});
    shows("tag_library_rules", "\"sensitive\":\"allowed\"");
    w.accepts(open_task{made});
    // The same page for the same journal, and nothing is said that is not adopted.
    engine other{w.journal_file()};
    REQUIRE(other.catch_up().has_value());
    CHECK(rules_page(other) == rules_page(w.engine()));
    engine empty{memory_journal{}};
    CHECK(rules_page(empty).find(
              "- offer_rules: not adopted; commands that read them are refused\n") !=
        std::string::npos);
}

TEST_CASE("who may veto what is on the page, rules and questions included", "[engine][D12]") {
    winter_world w;
    auto const page = rules_page(w.engine());
    CHECK(page.find("Vetoes:\n\n- outcome_recorded: relationship\n") != std::string::npos);
    CHECK(page.find("## Questions\n") != std::string::npos);
    CHECK(page.find("- may_offer: offers, strikes, alignment, open_work, authenticity\n") !=
        std::string::npos);
    CHECK(values_of(w, "track_record_rules").find("vetoed by track_record") != std::string::npos);
    CHECK(values_of(w, "discovery_rules").find("vetoed by discovery") != std::string::npos);
    CHECK(values_of(w, "task_rules").find("vetoed by tasks") != std::string::npos);
    // And they are the ones who do.
    w.refuses(adopt<track_record_rules>{{days(2), days(14), days(365), days(14), days(90), 2}},
        errc::wrong_state, "track_record_rules",
        "(track_record objects to track_record_rules_adopted)");
    w.refuses(record_outcome{w.ou, {}, percent(50), w.now()}, errc::not_qualified, "member 13",
        "(relationship objects to outcome_recorded)");
}

TEST_CASE("rules out of their range are not adopted, and neither page nor state changes",
    "[engine][D12][refusal]") {
    winter_world w;
    auto const page = rules_page(w.engine());
    auto const before = w.digest();
    auto const refused = [&](auto const& command, char const* about, char const* word,
                             errc code = errc::invalid_argument) {
        INFO(about << ": " << word);
        CHECK_NOTHROW(w.refuses(command, code, about, word));
        CHECK(w.digest() == before);
        CHECK(rules_page(w.engine()) == page);
    };
    auto const brief = duration{-1};
    refused(adopt<clock_rules>{{brief, days(400), days(400)}}, "clock_rules", "0 or more");
    refused(adopt<clock_rules>{{minutes(10), {}, days(400)}}, "clock_rules", "ahead_max above 0");
    refused(adopt<clock_rules>{{minutes(10), days(400), brief}}, "clock_rules", "0 or more");
    refused(adopt<attention_rules>{{-1, days(7), 2, days(2)}}, "attention_rules", "0 or more");
    refused(adopt<attention_rules>{{3, brief, 2, days(2)}}, "attention_rules", "0 or more");
    refused(adopt<attention_rules>{{3, days(7), -1, days(2)}}, "attention_rules", "0 or more");
    refused(adopt<attention_rules>{{3, days(7), 2, brief}}, "attention_rules", "0 or more");
    refused(adopt<roster_rules>{{percent(101)}}, "roster_rules.proven_at", "from 0 to 1");
    refused(adopt<merging_rules>{{brief}}, "merging_rules.undo_within", "0 or more");
    refused(adopt<track_record_rules>{{{}, days(14), days(365), days(14), days(90), 2}},
        "track_record_rules", "longer than 0");
    refused(adopt<track_record_rules>{{days(1), days(14), days(365), days(14), days(90), -1}},
        "track_record_rules.quality_prior", "from 0 to 1,000,000");
    refused(adopt<relationship_rules>{{percent(101), 3, days(30), days(365), percent(50)}},
        "relationship_rules", "from 0 to 1");
    refused(adopt<relationship_rules>{{percent(80), 0, days(30), days(365), percent(50)}},
        "relationship_rules", "at least one");
    refused(adopt<relationship_rules>{{percent(80), 3, days(30), days(29), percent(50)}},
        "relationship_rules", "a window that is not shorter");
    refused(adopt<discovery_rules>{{{}}}, "discovery_rules.lately", "longer than 0");
    refused(adopt<precision_rules>{{.enough = 0}}, "precision_rules", "enough from 1");
    refused(adopt<learning_rules>{{.pieces_needed = 0}}, "learning_rules", "from 1 to 1,000");
    refused(adopt<mentorship_rules>{{-1}}, "mentorship_rules.mentees_max", "0 or more");
    refused(adopt<objective_rules>{{-score{1}}}, "objective_rules.pressing_at", "from 0 to 1");
    refused(adopt<offer_rules>{{{}}}, "offer_rules.lease", "above 0");
    refused(adopt<offer_rules>{{brief}}, "offer_rules.lease", "above 0");
    refused(adopt<exploration_rules>{{percent(101), 3}}, "exploration_rules", "from 0 to 1");
    // A requirement that cannot be compiled would refuse every task.
    refused(adopt<task_rules>{{has("region", "moon"), everybody()}}, "region:moon", "expected",
        errc::unknown_id);
    refused(adopt<task_rules>{{has("age", "over_sixty"), everybody()}}, "age:over_sixty",
        "sensitive", errc::not_qualified);
    refused(adopt<task_rules>{{everybody(), column("luck") >= percent(1)}}, "luck", "expected",
        errc::unknown_id);
    // Nor is the policy withdrawn on which adopted rules stand.
    w.given(adopt<tag_library_rules>{{sensitive_tags::allowed}},
        adopt<task_rules>{{everybody(), !has("age", "over_sixty")}});
    w.refuses(adopt<tag_library_rules>{{sensitive_tags::refused}}, errc::not_qualified,
        "age:over_sixty", "(tasks objects to tag_library_rules_adopted)");
}

} // namespace
