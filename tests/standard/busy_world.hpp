// SPDX-License-Identifier: BSL-1.0
#pragma once

// A world of the standard programme in which every command can be sent, and every command of it.

#include "support/scenario.hpp"

#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace busy {

using namespace koc;
using koc_test::winter_world;

constexpr member_id pan{70};
constexpr member_id qin{71};
constexpr member_id rui{72};
constexpr auto link = "https://example.org/range";

// What the world holds.
constexpr task_id open{1};
constexpr task_id board{2};
constexpr task_id delivered{3};
constexpr task_id evaluated{4};
constexpr task_id judged{5};
constexpr task_id lapsed{6};
constexpr submission_id to_judge{3};
constexpr submission_id selected{4};
constexpr submission_id failed{5};
constexpr objective_id doubted{2};
constexpr squad_id content_squad{1};
constexpr office_id council{1};
constexpr office_id embassy{2};
constexpr office_id board_of_users{3};
constexpr office_id club{4};
constexpr actor operator_of{actor_kind::employee, 3};
constexpr actor other_operator{actor_kind::employee, 4};
constexpr project_id invites{1};
constexpr project_id advised{2};

/// Two further accounts of Hua, the first of them merged.
constexpr member_id second_account{81};
constexpr member_id third_account{82};

constexpr piece_id planned{1};
constexpr piece_id drafted{2};
constexpr piece_id with_accepted{3};
constexpr piece_id unguided{4};
constexpr piece_id published{5};

/// Tasks at five stages, and Chen one excellent piece away from mature.
class busy_world : public winter_world {
public:
    busy_world() {
        given(link_handle{an, "weibo", {an.value(), "an"}}); // handle 1
        for (auto account : {second_account, third_account}) {
            given(enrol{account, {account.value(), "Hua"}, {source::open}, {}});
        }
        given(merge_members{hua, second_account, {second_account.value(), "One person"}});
        listed(brief(lapsed));
        given(claim_task{lapsed, fang}); // offer 1, which lapses
        council_of_kai();
        wait(days(15)).time_passes();
        for (auto before : {60, 30}) {
            given(record_outcome{chen, {}, percent(90), now() - days(before)});
        }
        given(open_task{brief(open)}, dispatch{open, 1}); // to Jin
        for (auto task : {board, delivered, evaluated, judged}) {
            listed(brief(task));
        }
        given(claim_task{board, bao});
        handed_in(delivered, chen, to_judge);
        handed_in(evaluated, dong, selected);
        handed_in(evaluated, fang, failed);
        handed_in(judged, guo, submission_id{6});
        given(rate(selected, percent(90)), rate(failed, percent(20)), select_best{evaluated},
            rate(submission_id{6}, percent(90)), commit_to_work{jin}, pair_mentor{jin, lan},
            define_honour{honour_id{1}, "Pathfinder", "Cold", "A test", "", for_ever},
            award_honour{honour_id{1}, fang, {{evidence_kind::review, failed.value()}}},
            report_content{signal_id{9}, pan, whole(1), whole(1), whole(1), true, 9},
            report_authenticity{doubt_id{1}, pan, doubt_kind::copied_content, percent(50),
                {70, "Seen before"}, signal_id{9}},
            join_circle{bao}, vouch_for{bao, pan},
            declare_platform{platform_id{1}, "Video site", days(2), days(7)});
        found_and_mature();
        role_offered(ning, alumni_role::honorary_adviser);
        given(record_waning{hua, waning_reason::other, {}},
            record_talk{hua, talk_finding::no_time, {}}, thank_member{hua, {}, {}});
        given(enrol{qin, {qin.value(), "Qin"}, {source::open}, {}}, record_contact{qin, {}},
            confirm_willingness{qin}, record_waning{qin, waning_reason::other, {}});
        role_offered(qin, alumni_role::honorary_adviser);
        given(accept_role{qin, alumni_role::honorary_adviser},
            plan_yearly_event{yearly_event_id{1}, "Winter gala", now() + days(30)});
        time_passes();
        given(open_newcomer_vote{newcomer_vote_id{1}, {lan}, 1, now() + days(9)},
            plan_onboarding{lan, {{"First film", 60}}});
        given(define_facet{{"squad"}},
            define_tags{{{"squad", "content", "", {}}, {"squad", "live", "", {}}}});
        given(form_squad{content_squad, "Content", tag("squad", "content"), 9},
            join_squad{content_squad, an}, plan_renewal{100, {9, 9, 9, 9}});
        given(define_plan{talk(plan_id{1})}, choose_plan{bao}, record_sharing{bao, link});
        for (auto piece : {planned, drafted, with_accepted}) {
            given(plan_piece{piece, bao, "Snow"});
        }
        given(agree_topic{drafted}, agree_topic{with_accepted}, propose_draft{drafted, link},
            propose_draft{with_accepted, link}, accept_draft{with_accepted, 1},
            plan_piece{unguided, an, "Ice"}, plan_piece{published, an, "Frost"},
            publish_piece{published, link}, seats(resource_id{1}),
            request_resource{resource_id{1}, guo}, propose_themes{"Winter", {"range"}, days(7)},
            agree_to_themes{an, 1}, agree_to_themes{at(offer_id{2}).member, 1});
        offices_of_kai();
        panels_of_kai();
        as(operator_of)
            .given(request_approval{
                approval_id{1}, {}, {}, end_office{council, kai, {kai.value(), "Moved"}}});
        as({});
    }

    static cultivation_plan talk(plan_id id) {
        return {id, "talks", koc::everybody(), 0, "desk", days(30),
            {{"talk", "desk", "", days(7), false, false, {}}}};
    }
    static stock_resource seats(resource_id id) {
        return {
            id, "Test car", resource_type::early_access, "Hall 4", 9, days(14), koc::everybody()};
    }

private:
    /// A piece of An that speaks for a tag, and somebody whom a shortlist named and who is mature.
    void found_and_mature() {
        report_content piece{signal_id{8}, an, whole(1), whole(1), whole(1), true, 9};
        piece.about = {tag("skill", "deep_review")};
        auto contested = piece;
        contested.signal = signal_id{6};
        given(contested, contest_evidence{an, contested.signal, {an.value(), "Not mine"}});
        given(piece, report_content{signal_id{7}, rui, whole(1), whole(1), whole(1), true, 9},
            draw_shortlist{9}, enrol_candidate{rui, {rui.value(), "Rui"}, {}},
            record_contact{rui, {}}, confirm_willingness{rui},
            adopt<precision_rules>{{.enough = 1, .settles_after = {}}});
        for (auto before : {60, 30, 0}) {
            given(record_outcome{rui, {}, percent(90), now() - days(before)});
        }
    }
    /// Kai holds an office with every right, and is to speak at a show that will have been.
    void council_of_kai() {
        given(define_office{council, "Council", 2, days(365), source::owned,
                  {office_right::speak_publicly, office_right::veto,
                      office_right::priority_proposal}},
            invite_to_office{council, kai, {kai.value(), "Speaks well"}}, take_office{council, kai},
            plan_appearance{appearance_id{9}, "Past show", now() + days(9)},
            name_speaker{appearance_id{9}, kai});
    }
    /// They hold another office, are invited to a third, and have promised a session.
    void offices_of_kai() {
        request_approval one_is_enough{{}, {}, {}, {}};
        one_is_enough.committee = committee_rules{1, days(10), silence::stops};
        by_two(one_is_enough);
        given(define_office{embassy, "Embassy", 2, days(365), source::open, {}},
            define_office{board_of_users, "Board", 2, days(365), source::owned, {}},
            invite_to_office{board_of_users, kai, {}},
            define_office{club, "Club", 2, days(365), source::owned, {}},
            invite_to_office{club, kai, {}}, take_office{club, kai},
            plan_appearance{appearance_id{1}, "Auto show", now() + days(9)},
            plan_appearance{appearance_id{3}, "Later show", now() + days(19)},
            name_speaker{appearance_id{3}, kai}, plan_session{session_id{9}, kai, now() + days(9)},
            propose_decision{product_decision_id{1}, "Open"},
            propose_decision{product_decision_id{2}, "Spoken on"},
            support_decision{product_decision_id{2}, kai},
            propose_improvement{improvement_id{1}, an, {1, "A hook"}, false});
    }
    /// Kai is invited to one panel, and of another has signed, advised and what it led to is
    /// decided.
    void panels_of_kai() {
        given(open_project{invites, "Invites", "A van"},
            open_project{advised, "Advised", "A small SUV"}, invite_to_panel{invites, {kai}},
            invite_to_panel{advised, {kai}}, sign_confidentiality{advised, kai},
            record_advice{advice_id{1}, advised, kai, {kai.value(), "Heat the rear"}},
            open_preference_vote{preference_vote_id{1}, advised, {"A", "B"}, now() + days(9), 1, 1},
            propose_decision{product_decision_id{3}, "Adopted"},
            support_decision{product_decision_id{3}, kai}, adopt_decision{product_decision_id{3}});
    }
};

/// A command without its type, so that what is done with each of them is compiled once.
struct any_command {
    std::string_view type;
    void const* value;
    result<std::vector<event>> (*preview)(engine& in, void const* value, asked const& with);
};
template <typename Command>
result<std::vector<event>> preview_of(engine& in, void const* value, asked const& with) {
    return in.preview(*static_cast<Command const*>(value), with);
}

/// Lets reviews of tiers begin, and changes their rules, for the command that needs both.
inline void tiers_reviewed_by_other_rules(busy_world& w) {
    tier_rules generous;
    generous.active = generous.mature = {tier::core, tier::leading, tier::leading};
    w.given(begin_tier_reviews{}, adopt<tier_rules>{generous});
}

/// Calls `use` with every command of the programme, where it can be about one person; what it is
/// about otherwise is there, but for `recompute_tiers` (see `tiers_reviewed_by_other_rules`).
inline void every_command(
    busy_world const& w, member_id who, std::function<void(any_command const&)> const& use) {
    auto const video = w.tag("format", "video");
    auto const owner = who.value();
    auto const ratings = w.rate(to_judge, percent(90)).ratings;
    auto made = w.brief(task_id{9});
    made.barred = {who};
    std::string const why = "looked again";
    auto const each = [&]<typename... Commands>(Commands const&... commands) {
        for (auto const& command : std::initializer_list<any_command>{
                 {command_type_of<Commands>.name, &commands, &preview_of<Commands>}...}) {
            use(command);
        }
    };
    each( // The person.
        enrol{who, {owner, "Again"}, {source::open}, {}},
        enrol{pan, {70, "Pan"}, {source::open}, {}}, retag{who, {{video}}, {}},
        record_contact{who, {owner, "Hello"}}, confirm_willingness{who},
        record_waning{who, waning_reason::other, {owner, "Moved"}},
        accept_role{who, alumni_role::honorary_adviser},
        record_talk{who, talk_finding::no_time, {}}, thank_member{who, {}, {}},
        offer_role{w.hua, alumni_role::friend_of_the_brand, {}}, decline_role{who, {}},
        end_assessment{who}, begin_assessment{who},
        plan_yearly_event{yearly_event_id{2}, "Spring drive", w.now() + days(90)},
        end_yearly_event{yearly_event_id{1}}, answer_invitation{invitation_id{1}, true},
        open_newcomer_vote{newcomer_vote_id{2}, {w.lan}, 1, w.now() + days(1)},
        vote_for_newcomer{newcomer_vote_id{1}, qin, w.lan}, choose_wall{who, false},
        record_session{session_id{1}, w.kai, {w.lan}, {}, 60},
        plan_session{session_id{2}, w.kai, w.now() + days(1)}, call_off_session{session_id{9}},
        wish_pair{who, w.dong, percent(80)}, draw_pairs{{w.min}},
        plan_onboarding{w.min, {{"First film", 60}}}, record_onboarding{w.lan, 1, {}, true},
        record_outcome{who, {}, whole(1), w.now()}, record_outcome{who, {}, {}, w.now()},
        correct_outcome{who, {}, percent(90), whole(1), w.now() - days(115)},
        pair_mentor{w.kai, who}, pair_mentor{who, w.an}, release_mentor{w.jin, w.lan},
        ask_attention{who}, note_refusal{who}, commit_to_work{who}, end_commitment{who},
        report_content{signal_id{1}, who, whole(1), whole(1), whole(1), true, 9},
        report_contribution{signal_id{2}, who, contribution_kind::helped_a_peer, 9, whole(1), w.an},
        draw_shortlist{9}, enrol_candidate{pan, {70, "Pan"}, {}}, tune_discovery{},
        contest_evidence{w.an, signal_id{8}, {w.an.value(), "Not mine"}},
        withdraw_contest{w.an, signal_id{6}}, learn_tags{who, {}, {}},
        release_feature{feature_id{1}, "Winter mode", w.now()}, register_owner{who, w.now()},
        join_circle{who}, leave_circle{w.bao}, vouch_for{who, w.bao}, withdraw_vouch{w.bao, pan},
        declare_platform{platform_id{2}, "Forum", days(2), days(7)},
        change_platform{platform_id{1}, days(3), days(9)}, retire_platform{platform_id{1}},
        report_signals{platform_id{1}, 1, {{signal_id{3}, who, whole(1), whole(1), whole(1)}}},
        declare_territory{territory_id{1}, "Cold", {{video}}, 1},
        report_authenticity{doubt_id{2}, who, doubt_kind::other, percent(50), {owner, why}},
        answer_doubt{doubt_id{1}, {70, "It is mine"}},
        settle_authenticity{doubt_id{1}, true, {70, why}},
        // Cultivation and what helps work.
        measure_potential{who, trait::loyalty, percent(50), why}, assess_potential{who},
        define_plan{busy_world::talk(plan_id{2})}, retire_plan{plan_id{1}}, choose_plan{who},
        complete_step{w.bao, "talk", ""}, skip_step{w.bao, "talk", why},
        assign_step{w.bao, "talk", "desk 2"}, record_sharing{who, link},
        plan_piece{piece_id{9}, who, "Snow"}, agree_topic{planned}, propose_draft{drafted, link},
        accept_draft{drafted, 1}, sign_off_draft{with_accepted}, publish_piece{unguided, link},
        push_piece{published, push_kind::repost, "official"},
        propose_themes{"Summer", {"camping"}, days(7)}, agree_to_themes{who, 1},
        busy_world::seats(resource_id{2}), request_resource{resource_id{1}, who},
        use_resource{grant_id{1}, {}}, return_resource{grant_id{1}},
        revoke_resource{grant_id{1}, why}, raise_stock{resource_id{1}, 10},
        report_reach{to_judge, 90}, set_own_time{who, {}, {}},
        link_handle{who, "weibo", {owner, "new"}}, unlink_handle{handle_id{1}},
        merge_members{who, third_account, {third_account.value(), why}}, undo_merge{second_account},
        erase_member{who}, form_squad{squad_id{2}, "Live", w.tag("squad", "live"), 3},
        join_squad{content_squad, who}, leave_squad{content_squad, w.an},
        appoint_lead{content_squad, w.an}, plan_renewal{10, {1, 1, 1, 1}},
        book_hours{desk::sourcing, 1}, begin_tier_reviews{}, recompute_tiers{"Fewer months", 1},
        // What mature members take part in.
        define_office{office_id{9}, "Another", 1, days(1), source::open, {}},
        invite_to_office{embassy, who, {}}, take_office{board_of_users, w.kai},
        decline_office{board_of_users, w.kai}, renew_office{council, w.kai},
        end_office{club, w.kai, {w.kai.value(), "Moved"}},
        plan_appearance{appearance_id{2}, "Next show", w.now() + days(9)},
        name_speaker{appearance_id{1}, w.kai}, release_speaker{appearance_id{3}, w.kai},
        report_absence{appearance_id{9}, w.kai},
        propose_decision{product_decision_id{9}, "Another"},
        support_decision{product_decision_id{1}, w.kai},
        veto_decision{product_decision_id{1}, w.kai, {w.kai.value(), "It rattles"}},
        adopt_decision{product_decision_id{2}},
        propose_improvement{improvement_id{2}, who, {owner, "A shelf"}, false},
        answer_improvement{improvement_id{1}, false, "No"},
        open_project{project_id{9}, "Another", "A bus"}, invite_to_panel{invites, {who}},
        sign_confidentiality{invites, w.kai},
        record_advice{advice_id{2}, advised, w.kai, {w.kai.value(), "And the front"}},
        open_preference_vote{preference_vote_id{2}, advised, {"A", "B"}, w.now() + days(9), 1, 1},
        cast_preference{preference_vote_id{1}, w.kai, 0},
        trace_decision{product_decision_id{3}, advised, "Cold", "Warm", {advice_id{1}}},
        // The work.
        open_objective{w.plan(doubted)},
        report_insight{insight_id{1}, "Does it last?", percent(50), 100, w.plan(doubted)},
        close_objective{w.range}, design_topic{topic_id{2}, w.range, "Topic"}, open_task{made},
        dispatch{board, 9}, list_task{open}, claim_task{board, who},
        send_offer{board, who, origin::push, 1, {}, {}, w.now() + days(1)},
        accept_offer{offer_id{2}}, decline_offer{offer_id{2}, {}}, return_seat{offer_id{3}, {}},
        fulfil_offer{offer_id{3}}, fail_offer{w.at(to_judge).offer},
        restore_offer{w.at(failed).offer}, submit_work{submission_id{9}, board, w.bao, link},
        review_work{to_judge, ratings}, correct_review{failed, w.rate(failed, {}).ratings, why},
        select_best{judged}, surprise_best{evaluated, money{1}, {}},
        define_honour{honour_id{2}, "Guide", "Leads", "A session", "", for_ever},
        award_honour{honour_id{1}, w.dong, {{evidence_kind::review, selected.value()}}},
        revoke_honour{award_id{1}, {w.fang.value(), why}}, decline_honour{award_id{1}},
        show_award{award_id{1}, false}, amplify{selected, "site", money{1}},
        request_approval{approval_id{2}, surprise_best{evaluated, money{1}, {}}, {}, {}},
        approve_request{approval_id{1}}, reject_request{approval_id{1}, "No"},
        extend_lease{offer_id{3}, w.now() + days(40), {}},
        forgive_strike{strike_id{1}, {w.fang.value(), "Ill"}}, cancel_task{board},
        close_task{evaluated},
        // The words and the rules.
        define_facet{{"car"}}, define_tags{{{"format", "podcast", "", {}}}},
        adopt<tag_library_rules>{{sensitive_tags::allowed}},
        adopt<attention_rules>{{.asks_max = 9}}, adopt<roster_rules>{{percent(10)}},
        adopt<merging_rules>{{days(9)}}, adopt<track_record_rules>{{.quality_prior = 9}},
        adopt<relationship_rules>{{.excellent_needed = 1}}, adopt<discovery_rules>{{days(7)}},
        adopt<precision_rules>{}, adopt<learning_rules>{}, adopt<feature_rules>{{percent(10)}},
        adopt<peer_help_rules>{{days(9)}}, adopt<authenticity_rules>{{days(9)}},
        adopt<trust_rules>{{9}}, adopt<territory_rules>{{9}}, adopt<mentorship_rules>{{9}},
        adopt<evolution_rules>{}, adopt<rhythm_rules>{{3}}, adopt<invitation_rules>{{days(30)}},
        adopt<office_rules>{{days(9)}}, adopt<committee_rules>{{3, days(11), silence::stops}},
        adopt<improvement_rules>{{days(9), days(5)}}, adopt<panel_rules>{{days(9)}},
        adopt<approval_rules>{{money{9}, true, days(9)}}, adopt<renewal_rules>{},
        adopt<tier_rules>{}, adopt<calendar_rules>{}, adopt<own_time_rules>{},
        adopt<strike_rules>{}, adopt<first_voice_rules>{{hours(9), {"official"}}},
        adopt<alignment_rules>{{theme_scope::required}}, adopt<resource_rules>{{9}},
        adopt<resource_impact_rules>{{9, "depth"}}, adopt<growth_rules>{{9, percent(9), {}}},
        adopt<potential_rules>{{9, 9, 9}}, adopt<objective_rules>{{percent(10)}},
        adopt<task_rules>{{everybody(), everybody()}}, adopt<offer_rules>{{days(3)}},
        adopt<exploration_rules>{{percent(10), 9}}, adopt<clock_rules>{{.behind_max = hours(9)}});
}

} // namespace busy
