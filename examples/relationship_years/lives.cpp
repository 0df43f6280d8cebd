// SPDX-License-Identifier: BSL-1.0

// What the three people and those around them do, week by week.

#include "lives.hpp"

#include <array>
#include <string>
#include <utility>

namespace years {

namespace {

using koc::percent;

constexpr auto scout = employee(1);
constexpr auto relations = employee(2);
constexpr auto trainer = employee(3);

constexpr koc::objective_id winter{1};
constexpr koc::topic_id drive{1};
constexpr koc::office_id committee{1};
constexpr koc::office_id adviser{2};
constexpr koc::project_id suv{1};
constexpr koc::piece_id first_voice{1};
constexpr koc::product_decision_id rear_heating{1};
constexpr koc::product_decision_id heated_wheel{2};
constexpr koc::product_decision_id warm_wipers{3};
constexpr koc::newcomer_vote_id selection{1};

koc::personal_text words(koc::member_id who, char const* text) { return {who.value(), text}; }

} // namespace

void lives::live(std::int64_t week) {
    live_star(week);
    live_star_after_service(week);
    live_committee(week);
    live_helper(week);
    live_helper_mature(week);
    live_critic(week);
    if (week > weeks && week % 26 == 0) { // what goes on behind the story
        for (auto const who : {helper, critic, star}) {
            work(who, "半年一篇 | The piece of a half-year", 85);
        }
    }
}

void lives::propose_something() {
    desk_->must(koc::propose_improvement{koc::improvement_id{2}, helper,
                    words(helper, "充电口加一盏灯 | A light at the charging port")},
        self(helper));
    desk_->must(koc::propose_improvement{koc::improvement_id{3}, critic,
                    words(critic, "别再把按钮藏进屏幕 | Stop hiding buttons in the screen")},
        self(critic));
}

// What several of them do

void lives::enrol_from_evidence(
    koc::member_id who, char const* name, std::vector<koc::weighted_tag> tags) {
    desk_->must(koc::draw_shortlist{20}, scout);
    desk_->must(koc::enrol_candidate{who, words(who, name), std::move(tags)}, scout);
}

/// A task of their own: claimed, handed in and reviewed.
void lives::work(koc::member_id who, char const* title, std::int64_t quality) {
    koc::task_brief brief;
    auto const n = ++works_;
    brief.task = koc::task_id{n};
    brief.topic = drive;
    brief.title = title;
    brief.due_at = desk_->now() + koc::days(30);
    desk_->must(koc::open_task{brief}, relations);
    desk_->must(koc::list_task{brief.task}, relations);
    desk_->must(koc::claim_task{brief.task, who}, self(who));
    koc::submission_id const handed_in{n};
    desk_->must(
        koc::submit_work{handed_in, brief.task, who, "work/" + std::to_string(n)}, self(who));
    desk_->must(koc::review_work{handed_in, {{"depth", percent(quality)}}}, trainer);
}

void lives::step(koc::member_id who, char const* name, char const* evidence, koc::actor by) {
    desk_->must(koc::complete_step{who, name, evidence}, by);
}

std::vector<koc::submission_id> lives::works_of(koc::member_id who) const {
    std::vector<koc::submission_id> found;
    desk_->engine().each<koc::submission_record>([&](koc::submission_record const& work) {
        if (work.member == who) {
            found.push_back(work.id);
        }
    });
    return found;
}

/// Thanks for everything they made, and the offer of a role.
void lives::honour(koc::member_id who, koc::alumni_role role, char const* thanks) {
    desk_->must(koc::thank_member{who, works_of(who), words(who, thanks)}, relations);
    desk_->must(koc::offer_role{who, role, {}}, relations);
}

// The star

void lives::live_star(std::int64_t week) {
    switch (week) {
    case -100:
        desk_->must(
            koc::open_objective{{winter, "让买家信任冬季续航 | Buyers trust the winter range",
                {{"depth", koc::whole(1)}}, percent(60), {}}});
        desk_->must(koc::design_topic{drive, winter, "我的冬季实测 | My winter, measured"});
        desk_->must(koc::enrol{star, words(star, "许星辰 | Xu Xingchen"),
                        {koc::source::open, koc::source::owned}, {}},
            scout);
        return desk_->must(koc::record_contact{star, {}}, scout);
    case -99:
        return desk_->must(koc::confirm_willingness{star}, self(star));
    case -90:
        return work(star, "零下二十度的一百公里 | 100 km at 20 below", 92);
    case -82:
        return work(star, "夜里充电 | Charging at night", 95);
    case -74:
        return work(star, "整个冬天的账本 | The ledger of a winter", 94);
    case -60:
    case -48:
    case -36:
    case -24:
    case -12:
        return work(star, "一年里的又一次长途 | Another long drive of the year", 90);
    case 2:
        return work(star, "最后一次长途 | The last long drive", 81);
    default:
        return;
    }
}

void lives::live_star_after_service(std::int64_t week) {
    using koc::alumni_role;
    switch (week) {
    case 42: // silent for far longer than they used to be
        return desk_->must(
            koc::record_talk{star, koc::talk_finding::no_time,
                words(star, "两个孩子，没有周末了 | Two children, and no weekends left")},
            relations);
    case 43:
        desk_->must(koc::record_waning{star, koc::waning_reason::other, {}}, self(star));
        return honour(star, alumni_role::friend_of_the_brand,
            "六次冬季实测，几百人因此敢买 | For winters that hundreds have trusted");
    case 44:
        return desk_->must(koc::accept_role{star, alumni_role::friend_of_the_brand}, self(star));
    case 66:
        return desk_->must(koc::confirm_willingness{star}, self(star));
    case 76:
        return desk_->must(koc::record_talk{star, koc::talk_finding::guides_others,
                               words(star, "自己少写，多带新人 | Write less, and guide newcomers")},
            relations);
    case 77:
        desk_->must(koc::record_waning{star, koc::waning_reason::other, {}}, self(star));
        return honour(star, alumni_role::honorary_adviser,
            "一个春天带出的新人 | For the newcomers of one spring");
    case 78:
        return desk_->must(koc::accept_role{star, alumni_role::honorary_adviser}, self(star));
    case 82: {
        newcomers_.clear();
        for (int i = 0; i < 3; ++i) {
            newcomers_.push_back(among_->somebody(koc::stage::active, koc::source::open));
        }
        desk_->must(koc::open_newcomer_vote{selection, newcomers_, 1, desk_->now() + koc::days(10)},
            relations);
        return desk_->must(koc::vote_for_newcomer{selection, star, newcomers_.front()}, self(star));
    }
    case 98:
        return desk_->must(koc::confirm_willingness{star}, self(star));
    case 101:
    case 110: // where there are more than two years
    case 118:
        return work(star, "回来之后的第一程 | The first drive after coming back", 91);
    default:
        return;
    }
}

// The committee, for whom there are seven seats

void lives::live_committee(std::int64_t week) {
    using koc::office_right;
    switch (week) {
    case 26:
        desk_->must(
            koc::define_office{committee, "核心用户委员会 | Core user committee", 7, koc::days(730),
                koc::source::owned, {office_right::veto, office_right::priority_proposal}});
        desk_->must(koc::define_office{adviser, "年度顾问 | Annual adviser", 2, koc::days(365),
            koc::source::open, {office_right::speak_publicly}});
        for (int i = 0; i < 6; ++i) {
            committee_.push_back(among_->somebody(koc::stage::mature, koc::source::owned));
            desk_->must(koc::invite_to_office{committee, committee_.back(), {}}, relations);
            desk_->must(koc::take_office{committee, committee_.back()}, self(committee_.back()));
        }
        return;
    case 34:
        desk_->must(koc::propose_decision{rear_heating,
                        "后排座椅标配加热 | Heated rear seats are standard"},
            relations);
        for (auto const who : committee_) {
            desk_->must(koc::support_decision{rear_heating, who}, self(who));
        }
        return desk_->must(koc::adopt_decision{rear_heating}, relations);
    case 37: // what a member proposed
        desk_->must(
            koc::propose_decision{warm_wipers, "雨刮加热 | Heated wipers", koc::improvement_id{1}},
            relations);
        for (auto const who : committee_) {
            desk_->must(koc::support_decision{warm_wipers, who}, self(who));
        }
        return desk_->must(koc::adopt_decision{warm_wipers}, relations);
    case 60:
        desk_->must(koc::propose_decision{heated_wheel,
                        "取消方向盘加热 | The heated steering wheel is dropped"},
            relations);
        for (auto const who : committee_) {
            desk_->must(koc::support_decision{heated_wheel, who}, self(who));
        }
        return;
    default:
        return;
    }
}

// The patient helper

void lives::live_helper(std::int64_t week) {
    switch (week) {
    case 0:
        for (int i = 0; i < 4; ++i) {
            auto const asking = among_->somebody(koc::stage::active, koc::source::owned);
            desk_->must(koc::report_contribution{koc::signal_id{++signals_}, helper,
                koc::contribution_kind::helped_a_peer, 1, percent(90), asking});
        }
        return enrol_from_evidence(helper, "林月 | Lin Yue", {{among_->tag("care", "personal")}});
    case 1:
        desk_->must(koc::record_contact{helper, {}}, scout);
        desk_->must(koc::measure_potential{helper, koc::trait::will_to_speak, percent(20),
                        "她说自己只敢私下回答 | She says she only dares to answer in private"},
            scout);
        return desk_->must(koc::confirm_willingness{helper}, self(helper));
    case 2:
        desk_->must(koc::pair_mentor{star, helper}, relations);
        return desk_->must(
            koc::record_session{koc::session_id{1}, star, {helper}, {}, 90}, relations);
    case 3:
        return step(helper, "talk about their own story", "note/1", self(star));
    case 5:
        return step(helper, "content training", "course/1", trainer);
    case 7:
        return step(helper, "community sharing", "post/1", self(star));
    case 9:
        return first_piece();
    case 13:
        return work(helper, "新手最常问的十个问题 | Ten questions that beginners ask", 88);
    case 18:
        return work(helper, "陪邻居装充电桩 | A neighbour's charging point", 91);
    default:
        return;
    }
}

/// Topic, draft and publication, and what the official channel does with it.
void lives::first_piece() {
    desk_->must(
        koc::plan_piece{first_voice, helper, "我怎样陪人学会冬天开车 | How I teach winter driving"},
        self(star));
    desk_->must(koc::agree_topic{first_voice}, self(helper));
    desk_->must(koc::propose_draft{first_voice, "draft/1"}, self(helper));
    desk_->must(koc::propose_draft{first_voice, "draft/2"}, self(star));
    desk_->must(koc::accept_draft{first_voice, 2}, self(helper));
    desk_->must(koc::sign_off_draft{first_voice}, self(star));
    desk_->must(koc::publish_piece{first_voice, "piece/1"}, self(helper));
    desk_->later(koc::hours(20));
    desk_->must(koc::push_piece{first_voice, koc::push_kind::repost, "official"}, relations);
    desk_->must(
        koc::push_piece{first_voice, koc::push_kind::recommendation, "official"}, relations);
}

void lives::live_helper_mature(std::int64_t week) {
    switch (week) {
    case 24:
        return work(helper, "群里的冬季课堂 | A winter class in the group", 93);
    case 28:
        for (int i = 0; i < 2; ++i) {
            auto const newcomer = among_->somebody(koc::stage::active, koc::source::owned);
            desk_->must(koc::pair_mentor{helper, newcomer}, relations);
            newcomers_.push_back(newcomer);
        }
        step(helper, "co-creation talk", "", relations);
        return desk_->must(
            koc::record_session{koc::session_id{2}, helper, newcomers_, {}, 90}, relations);
    case 46:
        return desk_->must(koc::invite_to_office{committee, helper, {}}, relations);
    case 47:
        return desk_->must(koc::take_office{committee, helper}, self(helper));
    case 61:
        return desk_->must(
            koc::veto_decision{heated_wheel, helper,
                words(helper, "哈尔滨的早晨，手会冻僵 | In Harbin hands freeze in the morning")},
            self(helper));
    default:
        return;
    }
}

// The critic

void lives::live_critic(std::int64_t week) {
    switch (week) {
    case 3:
        for (int i = 0; i < 3; ++i) {
            koc::report_content piece;
            piece.signal = koc::signal_id{++signals_};
            piece.person = critic;
            piece.depth = percent(96);
            piece.originality = percent(90);
            piece.relevance = percent(95);
            piece.followers = 800;
            piece.view = koc::stance::blame;
            desk_->must(piece);
        }
        // As people call themselves on platforms.
        return enrol_from_evidence(critic, "周<锐>&评 | Zhou <Rui> & Co", {});
    case 4:
        desk_->must(koc::record_contact{critic, {}}, scout);
        return desk_->must(koc::confirm_willingness{critic}, self(critic));
    case 8:
        return work(critic, "后排为什么冷半小时 | Why the back stays cold for half an hour", 95);
    case 14:
        return work(critic, "三款车的暖风拆解 | The heaters of three cars, taken apart", 93);
    case 20:
        return work(critic, "说明书没写的事 | What the manual leaves out", 90);
    case 27:
        return desk_->must(koc::invite_to_office{adviser, critic, {}}, relations);
    case 28:
        return desk_->must(koc::take_office{adviser, critic}, self(critic));
    case 30:
        desk_->must(koc::open_project{suv, "小型 SUV | A small SUV", "family car, model year 3"});
        return desk_->must(koc::invite_to_panel{suv, {critic}}, relations);
    case 31:
        desk_->must(koc::sign_confidentiality{suv, critic}, self(critic));
        return desk_->must(
            koc::record_advice{koc::advice_id{1}, suv, critic,
                words(critic,
                    "别只暖前排，孩子坐在后面 | Do not heat the front alone: children sit behind")},
            self(critic));
    case 35:
        return desk_->must(
            koc::trace_decision{rear_heating, suv, "只有前排座椅加热 | heating in front only",
                "五座全部加热 | heating on all five seats", {koc::advice_id{1}}},
            relations);
    case 36:
        return desk_->must(
            koc::propose_improvement{koc::improvement_id{1}, critic,
                words(critic, "雨刮在零下十五度会冻住 | The wipers freeze at 15 below")},
            self(critic));
    case 38:
        return desk_->must(koc::answer_improvement{koc::improvement_id{1}, true,
                               "下一年款加热 | heated from the next model year", warm_wipers},
            relations);
    default:
        return;
    }
}

} // namespace years
