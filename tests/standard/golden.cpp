// SPDX-License-Identifier: BSL-1.0

// The journals that earlier releases wrote of the standard programme (support/golden.hpp): every
// event that it owns, in one story from the first sign to the last correction.

#include "support/golden.hpp"
#include "support/catch.hpp"
#include "support/scenario.hpp"

#include <cstdint>
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

constexpr member_id pan{70};
constexpr task_id done{4};
constexpr submission_id best{1};
constexpr submission_id weak{2};
constexpr actor operator_3{actor_kind::employee, 3};
constexpr actor operator_4{actor_kind::employee, 4};

actor themself(member_id who) { return {actor_kind::member, who.value()}; }

/// Signs of people and what is known of them, until one is a candidate, enrolled and willing.
void discovering(winter_world& w) {
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
        register_owner{w.an, w.now() - days(30)}, join_circle{w.bao});
    w.as(themself(w.bao)).given(vouch_for{w.bao, pan}, withdraw_vouch{w.bao, pan});
    w.as(operator_3).given(leave_circle{w.bao});
    w.given(record_contact{pan, {70, "Hello"}}, confirm_willingness{pan}, pair_mentor{w.jin, w.lan},
        release_mentor{w.jin, w.lan}, retag{pan, {{w.tag("interest", "life"), percent(50)}}, {}});
    w.given(report_insight{
        insight_id{1}, "Does the range last?", percent(60), 200, w.plan(objective_id{2})});
}

/// Offers and what may become of each; work, its judgement and what follows from it.
void working(winter_world& w) {
    constexpr task_id pushed{1};
    constexpr task_id listed{2};
    constexpr task_id given_up{3};

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
    w.given(report_signals{platform_id{1}, 41, {}},
        change_platform{platform_id{1}, days(3), days(8)}, retire_platform{platform_id{1}});

    w.listed(w.brief(listed));
    w.given(claim_task{listed, w.bao});
    w.wait(days(20)).time_passes(); // and hands nothing in
    w.listed(w.brief(given_up));
    w.given(claim_task{given_up, w.hua}, cancel_task{given_up});

    w.listed(w.brief(done));
    w.handed_in(done, w.chen, best);
    w.handed_in(done, w.dong, weak);
    w.given(w.rate(best, percent(95)), w.rate(weak, percent(20)));
    w.given(correct_review{weak, w.rate(weak, percent(80)).ratings, "seen once more"});
    w.given(correct_review{weak, w.rate(weak, percent(10)).ratings, "and again"}, select_best{done},
        surprise_best{done, money{10'000}, "winter pathfinder"},
        amplify{best, "site", money{2'000}}, report_reach{best, 1'200}, close_task{done});
    w.given(close_objective{objective_id{2}});
}

/// Doubts of a piece and of a person: one is dismissed, of the other the consequence ends.
void doubting(winter_world& w) {
    w.as(operator_3)
        .given(adopt<authenticity_rules>{{days(5)}},
            report_authenticity{doubt_id{1}, pan, doubt_kind::copied_content, percent(70),
                {70, "Seen elsewhere"}, signal_id{1}},
            report_authenticity{doubt_id{2}, w.fang, doubt_kind::bought_audience, percent(90),
                {w.fang.value(), "In a night"}});
    w.as(themself(pan)).given(answer_doubt{doubt_id{1}, {70, "It is mine"}});
    w.as(operator_3)
        .given(settle_authenticity{doubt_id{1}, false, {70, "It is theirs"}},
            settle_authenticity{doubt_id{2}, true, {w.fang.value(), "The shop told"}});
}

/// Honours that follow work and that the desk awards, and how each may end.
void honouring(winter_world& w) {
    constexpr honour_id explorer{1};
    constexpr honour_id regular{2};
    auto const of = [](submission_id work) {
        return std::vector{honour_evidence{evidence_kind::review, work.value()}};
    };
    w.as(operator_3)
        .given(define_honour{explorer, "Explorer", "For who goes first", "A test in the cold",
                   "https://example.org/explorer.png", for_ever},
            define_honour{
                regular, "Regular", "For who comes again", "Work of a month", "", days(9)},
            award_honour{explorer, w.chen, of(best)}, award_honour{regular, w.chen, of(best)},
            award_honour{explorer, w.dong, of(weak)}, award_honour{regular, w.dong, of(weak)},
            revoke_honour{award_id{3}, {w.dong.value(), "Of another winter"}});
    w.as(themself(w.chen)).given(show_award{award_id{1}, false});
    w.as(themself(w.dong)).given(decline_honour{award_id{4}});
    w.as(operator_3).wait(days(9)).time_passes(); // what is for nine days is over
}

/// Somebody who gives less, what they are offered, and what they choose.
void evolving(winter_world& w) {
    constexpr task_id unjudged{6};
    w.as({});
    w.listed(w.brief(unjudged));
    w.handed_in(unjudged, w.guo, submission_id{6}); // and is taken as it is when he takes a role
    w.as(operator_3);
    w.given(record_waning{w.guo, waning_reason::interest_shift, {w.guo.value(), "Moved on"}},
        record_talk{w.guo, talk_finding::interest_shift, {w.guo.value(), "Sails now"}},
        thank_member{w.guo, {submission_id{6}}, {w.guo.value(), "For three winters"}},
        offer_role{w.guo, alumni_role::lifetime_honorary_member, {w.guo.value(), "Long with us"}});
    w.as(themself(w.guo)).given(decline_role{w.guo, {w.guo.value(), "Not that one"}});
    w.as(operator_3)
        .given(offer_role{w.guo, alumni_role::honorary_adviser, {w.guo.value(), "Asked for it"}});
    w.as(themself(w.guo))
        .given(accept_role{w.guo, alumni_role::honorary_adviser}, confirm_willingness{w.guo});
}

/// An honorary adviser, and the newcomers to whom the experienced pass on what they know.
void welcoming(winter_world& w) {
    w.as({});
    w.role_offered(w.ning, alumni_role::honorary_adviser);
    w.as(themself(w.ning))
        .given(accept_role{w.ning, alumni_role::honorary_adviser}, choose_wall{w.ning, false});
    w.as(themself(w.kai)).given(set_own_time{w.kai, {}, daily_hours{hours(7), hours(9)}});
    w.as(operator_3)
        .given(plan_yearly_event{yearly_event_id{1}, "Winter gala", w.now() + days(30)},
            open_newcomer_vote{newcomer_vote_id{1}, {w.lan, w.min}, 1, w.now() + days(1)});
    w.time_passes(); // the invitations go out, to Kai an hour later
    auto const invited = w.history_of<member_invited>();
    w.as(themself(w.ning)).given(vote_for_newcomer{newcomer_vote_id{1}, w.ning, w.lan});
    w.as({}).given(answer_invitation{invited.at(0).invitation, true});
    w.wait(days(2)).time_passes(); // the vote closes
    w.as(operator_3).given(end_yearly_event{yearly_event_id{1}});

    w.as(themself(w.kai))
        .given(plan_session{session_id{2}, w.kai, w.now() + days(1)},
            plan_session{session_id{3}, w.kai, w.now() + days(1)}, call_off_session{session_id{2}});
    w.as({}).given(record_session{session_id{1}, w.kai, {w.lan}, {w.min}, 60},
        wish_pair{w.lan, w.jin, percent(90)}, wish_pair{w.jin, w.lan, percent(80)});
    w.as(operator_3)
        .given(draw_pairs{{w.lan, w.min}},
            plan_onboarding{w.lan, {{"First film", 60}, {"Cutting", 90}}},
            record_onboarding{w.lan, 1, w.jin, true}, record_onboarding{w.lan, 2, {}, false});
}

/// Under which names, in which hours and in which squads people are there.
void belonging(winter_world& w) {
    constexpr squad_id content{1};
    w.as(themself(w.an)).given(link_handle{w.an, "weibo", {w.an.value(), "An_Drives"}});
    w.given(unlink_handle{w.history_of<handle_linked>().back().handle},
        set_own_time{w.an, zone_rules{hours(8), {}}, daily_hours{hours(22), hours(7)}});
    w.as({}).given(define_facet{{"squad"}}, define_tags{{{"squad", "content", "", {}}}});
    w.given(form_squad{content, "Content", w.tag("squad", "content"), 9}, join_squad{content, w.an},
        join_squad{content, w.chen}, appoint_lead{content, w.chen}, leave_squad{content, w.an});
    constexpr member_id second_account{91};
    w.as(operator_3)
        .given(enrol{second_account, {91, "An again"}, {source::open}, {}},
            merge_members{w.an, second_account, {91, "One person"}}, undo_merge{second_account});
    request_approval erasing;
    erasing.approval = approval_id{9};
    erasing.erasure = erase_member{second_account};
    w.given(erasing).as(operator_4).given(approve_request{erasing.approval});
}

/// Plans and their steps, and a first public piece, which is a step of one.
void cultivating(winter_world& w) {
    constexpr piece_id first{1};
    constexpr auto link = "https://example.org/snow";
    auto const active = has("stage", "active");
    w.as(operator_3)
        .given(define_plan{{plan_id{1}, "first voice", active, 0, "desk", days(14),
                   {{"talk", "mentor", "", days(7), true, false, {}},
                       {"visit", "desk", "", days(7), false, false, {"talk"}},
                       {"piece", "member", "publish_piece", days(30), false, false, {"talk"}}}}},
            define_plan{{plan_id{2}, "closer", active && column("loyalty") <= percent(50), 1,
                "desk", days(14), {{"evening", "desk", "", days(7), false, false, {}}}}});
    w.given(choose_plan{w.bao}, complete_step{w.bao, "talk", link},
        assign_step{w.bao, "visit", "employee 4"}, skip_step{w.bao, "visit", "Too far"});
    w.given(choose_plan{w.hua},
        measure_potential{w.hua, trait::loyalty, percent(30), "Evening with the team"},
        retire_plan{plan_id{2}});

    w.given(record_sharing{w.bao, link}, plan_piece{first, w.bao, "Snow"});
    w.as(themself(w.bao)).given(agree_topic{first}, propose_draft{first, link});
    w.given(accept_draft{first, 1});
    w.as(operator_3).given(sign_off_draft{first});
    w.as(themself(w.bao)).given(publish_piece{first, link});
    w.as(operator_3).given(push_piece{first, push_kind::repost, "official"});
    w.wait(days(15)).time_passes(); // no recommendation follows, and Hua is not spoken to
}

/// What work is done with, what it is about, and the patience with who needs more time.
void supporting(winter_world& w) {
    constexpr resource_id car{1};
    constexpr task_id slow{5};
    w.as(operator_3)
        .given(stock_resource{car, "Test car", resource_type::early_access, "Hall 4", 1, days(14),
                   has("source", "open") && has("format", "video"), days(15)},
            request_resource{car, w.an}, request_resource{car, w.chen},
            request_resource{car, w.guo});
    w.as(themself(w.an)).given(return_resource{grant_id{1}});
    w.as(operator_3)
        .given(use_resource{grant_id{2}, {}}, revoke_resource{grant_id{2}, "Lent to somebody else"},
            raise_stock{car, 3}, request_resource{car, w.dong}, request_resource{car, w.jin},
            use_resource{grant_id{4}, {}}, retag{w.jin, {}, {w.tag("format", "video")}});

    w.as({});
    w.listed(w.brief(slow));
    w.given(claim_task{slow, w.hua});
    auto const held = w.history_of<offer_accepted>().back().offer;
    w.as(operator_3)
        .given(extend_lease{held, w.now() + days(25), {w.hua.value(), "Snowed in"}},
            forgive_strike{w.history_of<strike_given>().front().strike, {w.bao.value(), "Ill"}});
    w.given(propose_themes{"Winter", {"range", "warmth"}, days(7)});
    w.as(themself(w.an)).given(agree_to_themes{w.an, 1});
    w.as(operator_3).given(propose_themes{"Late winter", {"range"}, days(7)});
    constexpr member_id newest{61};
    w.given(enrol{newest, {newest.value(), "Zou"}, {source::open}, {}}, record_contact{newest, {}},
        confirm_willingness{newest}); // who is asked to agree by a time of their own
    w.wait(days(16)).time_passes();   // An does not agree anew, nor does Guo use the car, and the
                                      // lease of Dong's ends
}

/// Offices, and what their holders have a say in.
void advising(winter_world& w) {
    constexpr office_id council{1};
    constexpr office_id embassy{2};
    constexpr office_id hearing{3};
    constexpr project_id car{1};
    constexpr product_decision_id heated{1};
    constexpr product_decision_id open_roof{2};
    constexpr product_decision_id shelves{3};
    constexpr preference_vote_id lamps{1};
    constexpr improvement_id hook{1};
    constexpr improvement_id shelf{2};
    auto const kai = w.kai.value();

    w.as(operator_3)
        .given(define_office{council, "Council", 2, days(365), source::owned,
                   {office_right::speak_publicly, office_right::veto,
                       office_right::priority_proposal}},
            define_office{embassy, "Embassy", 1, days(365), source::open, {}},
            define_office{hearing, "Hearing", 1, days(365), source::open, {office_right::veto}},
            invite_to_office{council, w.kai, {kai, "Speaks well"}},
            invite_to_office{embassy, w.jin, {}},
            invite_to_office{hearing, w.jin, {w.jin.value(), "Asks what owners ask"}},
            invite_to_office{council, w.jin, {w.jin.value(), "Knows the North"}});
    w.as(themself(w.jin)).given(decline_office{council, w.jin}, take_office{hearing, w.jin});
    w.as(themself(w.kai)).given(take_office{council, w.kai});
    w.as(operator_3)
        .given(renew_office{council, w.kai},
            plan_appearance{appearance_id{1}, "Auto show", w.now() + days(90)},
            name_speaker{appearance_id{1}, w.kai},
            plan_appearance{appearance_id{2}, "Evening talk", w.now() + hours(1)},
            name_speaker{appearance_id{2}, w.kai}, open_project{car, "Small car", "For the cold"},
            invite_to_panel{car, {w.jin, w.kai}});

    w.wait(hours(1)).given(report_absence{appearance_id{2}, w.kai});

    w.as(themself(w.kai))
        .given(sign_confidentiality{car, w.kai},
            record_advice{advice_id{1}, car, w.kai, {kai, "Heat the rear"}});
    request_approval one_is_enough{{}, {}, {}, {}};
    one_is_enough.committee = committee_rules{1, days(10), silence::stops};
    w.by_two(one_is_enough);
    w.as(operator_3)
        .given(open_preference_vote{lamps, car, {"Round", "Flat"}, w.now() + days(9), 1, 1},
            propose_decision{heated, "Heated rear"}, propose_decision{open_roof, "Open roof"});
    w.as(themself(w.jin)).given(end_office{hearing, w.jin, {}}); // nor has a voice any more
    w.as(themself(w.kai))
        .given(cast_preference{lamps, w.kai, 1}, support_decision{heated, w.kai},
            veto_decision{open_roof, w.kai, {kai, "It rattles"}},
            propose_improvement{shelf, w.kai, {kai, "A shelf"}, true});
    w.as(themself(w.an)).given(propose_improvement{hook, w.an, {w.an.value(), "A hook"}, false});
    w.as(operator_3)
        .given(adopt_decision{heated}, trace_decision{heated, car, "Cold", "Warm", {advice_id{1}}},
            propose_decision{shelves, "A shelf", shelf});
    w.as(themself(w.kai)).given(support_decision{shelves, w.kai});
    w.as(operator_3)
        .given(adopt_decision{shelves}, answer_improvement{shelf, true, "From spring on", shelves});
}

/// What takes two people; the last one nobody answers, nor Jin the embassy, nor An's proposal.
void approving(winter_world& w) {
    constexpr approval_id removal{1};
    constexpr approval_id boost{2};
    constexpr approval_id surprise{3};
    w.as(operator_3)
        .given(request_approval{removal, {}, {},
                   end_office{office_id{1}, w.kai, {w.kai.value(), "Moved away"}}},
            request_approval{boost, {}, amplify{best, "site", money{2'000'000}}, {}},
            request_approval{
                surprise, surprise_best{done, money{2'000'000}, "winter hero"}, {}, {}});
    w.as(operator_4)
        .given(approve_request{removal}, reject_request{boost, "More than the winter has"});
    w.wait(days(31)).time_passes();
}

/// The pyramid and the tiers over a month, and pairs that are drawn anew as a mentor leaves.
void renewing(winter_world& w) {
    w.as(operator_3)
        .given(plan_renewal{100, {9, 9, 9, 9}}, book_hours{desk::sourcing, 1},
            adopt<tier_rules>{
                {.contribution = {{{whole(1), percent(60)}, {percent(250), percent(150)}}, 1, 2,
                     3}}},
            begin_tier_reviews{});
    w.as({}).given(record_outcome{w.chen, {}, percent(80), w.now()},
        record_outcome{w.chen, {}, percent(80), w.now()});
    w.wait(days(8)).time_passes(); // nobody is senior yet
    w.given(adopt<renewal_rules>{{.senior_after = days(30)}});
    w.wait(days(23)).time_passes();
    auto generous = *w.engine().rules<tier_rules>();
    generous.active = {tier::base, tier::leading, tier::leading};
    generous.mature = {tier::core, tier::leading, tier::leading};
    w.as(operator_3)
        .given(adopt<tier_rules>{generous}, recompute_tiers{"Whoever rose leads", 1})
        .as({});
    w.given(record_waning{w.jin, waning_reason::life_change, {w.jin.value(), "A new job"}});
}

/// What An publishes teaches a tag until it is contested. Of two people whom a shortlist named one
/// became mature, which weighs the signals that brought them.
void learning(winter_world& w) {
    constexpr member_id shen{71};
    w.as(operator_3);
    for (std::uint64_t i = 0; i < 3; ++i) {
        report_content piece{signal_id{10 + i}, w.an, percent(80), whole(1), percent(70), true, 12};
        piece.about = {w.tag("skill", "deep_review")};
        w.given(piece);
        w.wait(days(1));
    }
    w.as(themself(w.an))
        .given(contest_evidence{w.an, signal_id{10}, {w.an.value(), "Filmed by a friend"}},
            withdraw_contest{w.an, signal_id{10}});
    w.as(operator_3)
        .given(report_contribution{signal_id{20}, shen, contribution_kind::gave_feedback, 3,
                   percent(80), {}},
            draw_shortlist{5}, enrol_candidate{shen, {shen.value(), "Shen"}, {}},
            adopt<precision_rules>{{.enough = 1, .settles_after = {}}});
    for (auto before : {60, 30, 0}) {
        w.given(record_outcome{pan, {}, percent(90), w.now() - days(before)});
    }
    w.given(tune_discovery{});
}

/// Tells the story; gives what was recorded as a journal in text.
vector_log story() {
    winter_world w;
    discovering(w);
    working(w);
    evolving(w);
    welcoming(w);
    belonging(w);
    cultivating(w);
    supporting(w);
    advising(w);
    approving(w);
    renewing(w);
    doubting(w);
    honouring(w);
    learning(w);

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
