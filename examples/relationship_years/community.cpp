// SPDX-License-Identifier: BSL-1.0

// How the simulated people live: from being found to stepping back, and sometimes back again.

#include "community.hpp"

#include <koc/standard/plans.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace years {

namespace {

using koc::percent;

constexpr std::array<char const*, 24> families{"王 Wang", "李 Li", "张 Zhang", "刘 Liu", "陈 Chen",
    "杨 Yang", "赵 Zhao", "黄 Huang", "周 Zhou", "吴 Wu", "徐 Xu", "孙 Sun", "胡 Hu", "朱 Zhu",
    "高 Gao", "林 Lin", "何 He", "郭 Guo", "马 Ma", "罗 Luo", "梁 Liang", "宋 Song", "郑 Zheng",
    "谢 Xie"};
constexpr std::array<char const*, 24> givens{"雪 xue", "明 ming", "晓 xiao", "婷 ting", "浩 hao",
    "然 ran", "宇 yu", "佳 jia", "静 jing", "磊 lei", "欣 xin", "怡 yi", "杰 jie", "颖 ying",
    "涛 tao", "丽 li", "强 qiang", "敏 min", "波 bo", "慧 hui", "鹏 peng", "燕 yan", "峰 feng",
    "洁 jie"};

std::pair<std::string, std::string> both(char const* pair) {
    std::string const text{pair};
    auto const at = text.find(' ');
    return {text.substr(0, at), text.substr(at + 1)};
}

constexpr koc::desk_hours planned{40, 80, 40, 40};

} // namespace

community::community(desk& at, settings const& of, bool follows)
    : desk_{&at}, of_{of}, follows_{follows}, draw_{of.seed} {}

koc::tag_id community::tag(char const* facet, char const* key) const {
    auto const found = desk_->engine().tags().find(facet, key);
    if (!found) {
        throw ended_early{std::string{"tag "} + facet + ':' + key + ": expected a known tag"};
    }
    return *found;
}

void community::found() {
    desk_->must(koc::define_facet{{"region"}});
    desk_->must(koc::define_facet{{"interest"}});
    desk_->must(koc::define_facet{{"care"}});
    desk_->must(koc::define_tags{{{"region", "harbin", "", {}}, {"region", "beijing", "", {}},
        {"region", "shanghai", "", {}}, {"region", "chengdu", "", {}},
        {"region", "shenzhen", "", {}}, {"interest", "technology", "", {}},
        {"interest", "travel", "", {}}, {"interest", "family", "", {}},
        {"care", "personal", "", {}}}});
    for (auto const* city : {"harbin", "beijing", "shanghai", "chengdu", "shenzhen"}) {
        cities_.push_back(tag("region", city));
    }
    for (auto const* interest : {"technology", "travel", "family"}) {
        interests_.push_back(tag("interest", interest));
    }
    koc::renewal_rules watch; // the standard ones, with an eye on the experienced
    watch.senior_least = percent(12);
    desk_->must(koc::adopt<koc::renewal_rules>{watch});
    // Plans cost somebody's time, so they are for people who are tended in person.
    for (auto made : koc::standard::plans()) {
        made.audience = std::move(made.audience) && koc::has("care", "personal");
        desk_->must(koc::define_plan{made});
    }
    desk_->must(koc::plan_yearly_event{koc::yearly_event_id{1}, "年度庆典 | Annual celebration",
        *koc::from_iso8601("2024-11-20T06:00:00Z")});
}

std::string community::name() {
    auto const pick = [&](auto const& all) {
        return both(
            all[static_cast<std::size_t>(draw_.below(static_cast<std::int64_t>(all.size())))]);
    };
    auto const [family_zh, family] = pick(families);
    auto const [first_zh, first] = pick(givens);
    auto const [second_zh, second] = pick(givens);
    auto given = first + second;
    given.front() = static_cast<char>(given.front() - 'a' + 'A');
    return family_zh + first_zh + second_zh + " | " + family + ' ' + given;
}

void community::schedule(std::int64_t in_weeks, act what, std::size_t who) {
    auto const at = static_cast<std::size_t>(week_ + weeks_before + in_weeks);
    if (at >= weeks_.size()) {
        weeks_.resize(at + 1);
    }
    weeks_[at].push_back({what, who});
}

void community::live(std::int64_t week) {
    week_ = week;
    if (week == 0) {
        desk_->must(koc::plan_renewal{of_.persons, planned});
    }
    read_news();
    desk_->open_group();
    // Hours of sourcing find newcomers: two an hour for a community of 10,000.
    std::int64_t hours = planned.sourcing;
    if (week < 0) {
        hours = 75;
    } else {
        hours = follows_ ? desk_->ask(koc::show_effort{}).now.sourcing : hours;
        desk_->must(koc::book_hours{koc::desk::sourcing, (std::min)(hours, std::int64_t{168})},
            employee(1));
    }
    unfound_ += hours * of_.persons;
    enter(unfound_ / 5'000);
    unfound_ %= 5'000;
    auto const now = static_cast<std::size_t>(week_ + weeks_before);
    if (now < weeks_.size()) {
        auto const plans = std::exchange(weeks_[now], {});
        auto const apart =
            koc::duration{(koc::days(4).ms / (static_cast<std::int64_t>(plans.size()) + 1))};
        for (auto const& next : plans) {
            perform(next);
            desk_->later(apart);
        }
    }
    desk_->close_group();
}

void community::enter(std::int64_t newcomers) {
    for (std::int64_t i = 0; i < newcomers; ++i) {
        person p;
        p.id = koc::member_id{1'000 + people_.size()};
        p.from = draw_.percent(55) ? koc::source::open : koc::source::owned;
        p.rising = draw_.percent(24);
        p.tended = draw_.percent(1);
        auto const one_of = [&](auto const& tags) {
            return tags[static_cast<std::size_t>(
                draw_.below(static_cast<std::int64_t>(tags.size())))];
        };
        std::vector<koc::weighted_tag> tags{{one_of(cities_)}, {one_of(interests_)}};
        if (p.tended) {
            tags.push_back({tag("care", "personal")});
        }
        desk_->must(koc::enrol{p.id, {p.id.value(), name()}, {p.from}, std::move(tags)});
        people_.push_back(p);
        auto const who = people_.size() - 1;
        if (draw_.percent(97)) {
            schedule(draw_.between(1, 7), act::say_yes, who);
        }
    }
}

void community::perform(plan const& next) {
    auto& p = at(next.who);
    switch (next.what) {
    case act::say_yes:
        return say_yes(p, next.who);
    case act::meet_mentor:
        return meet_mentor(p, next.who);
    case act::part_from_mentor:
        return part_from_mentor(p);
    case act::work:
        return work(p, next.who);
    case act::be_tended:
        return be_tended(p, next.who);
    case act::leave:
        return leave(p, next.who);
    case act::settle:
        return settle(p, next.who);
    case act::come_back:
        p.gone = false;
        p.works = 0;
        desk_->must(koc::confirm_willingness{p.id}, self(p.id));
        return serve(next.who);
    }
}

void community::say_yes(person& p, std::size_t who) {
    desk_->must(koc::record_contact{p.id, {}}, employee(1));
    desk_->must(koc::confirm_willingness{p.id}, self(p.id));
    serve(who);
    if (draw_.percent(50)) {
        schedule(draw_.between(1, 5), act::meet_mentor, who);
    }
    if (p.tended) {
        schedule(1, act::be_tended, who);
    }
}

/// Somebody is in service from now on, for a while.
void community::serve(std::size_t who) {
    auto& p = at(who);
    auto const stays = p.rising ? 30 + draw_.lifetime(104) : 4 + draw_.lifetime(66);
    p.leaves = week_ + stays;
    schedule(stays, act::leave, who);
    schedule(p.rising ? draw_.between(13, 18) : draw_.between(4, 14), act::work, who);
}

void community::meet_mentor(person& p, std::size_t who) {
    auto const stage = desk_->stage_of(p.id);
    for (int tries = 0; tries < 4 && stage == koc::stage::active && !mentors_.empty(); ++tries) {
        auto const place =
            static_cast<std::size_t>(draw_.below(static_cast<std::int64_t>(mentors_.size())));
        auto const& mentor = at(mentors_[place]);
        if (desk_->stage_of(mentor.id) != koc::stage::mature) {
            mentors_[place] = mentors_.back();
            mentors_.pop_back();
        } else if (desk_->tell(koc::pair_mentor{mentor.id, p.id}, employee(2))) {
            p.mentor = mentor.id;
            desk_->must(
                koc::record_session{koc::session_id{next_session_++}, mentor.id, {p.id}, {}, 60},
                employee(2));
            schedule(52, act::part_from_mentor, who);
            return;
        }
    }
}

void community::part_from_mentor(person& p) {
    // The pair may have ended by itself since, when one of the two moved on.
    static_cast<void>(desk_->tell(koc::release_mentor{p.mentor, p.id}, employee(2)));
}

void community::work(person& p, std::size_t who) {
    if (p.gone) {
        return;
    }
    auto const quality = p.rising ? percent(draw_.between(82, 96)) : percent(draw_.between(35, 76));
    auto const* known = desk_->engine().find(p.id);
    auto subject = interests_.front();
    for (auto const one : interests_) {
        subject = known->tags.contains(one) ? one : subject;
    }
    desk_->must(koc::record_outcome{p.id, {subject}, quality, desk_->now()});
    ++p.works;
    schedule(!p.rising    ? draw_.between(10, 20)
            : p.works < 4 ? draw_.between(6, 7)
                          : draw_.between(8, 14),
        act::work, who);
}

void community::be_tended(person& p, std::size_t who) {
    if (p.gone) {
        return;
    }
    schedule(2, act::be_tended, who);
    if (draw_.percent(60)) {
        desk_->must(koc::record_contact{p.id, {}}, employee(2));
    }
    auto const steps = desk_->ask(koc::next_steps{p.id});
    if (!steps.empty() && draw_.percent(70)) {
        take_step(p, steps.front());
    }
}

/// Does the first open step of somebody's plan.
void community::take_step(person& p, koc::step_to_do const& step) {
    constexpr auto trainer = employee(3);
    if (step.act.empty()) {
        desk_->must(
            koc::complete_step{p.id, step.step, "note/" + std::to_string(p.id.value())}, trainer);
    } else if (step.act == "agree_topic") {
        p.piece = koc::piece_id{next_piece_++};
        desk_->must(koc::plan_piece{p.piece, p.id, "我的第一篇 | My first piece"}, trainer);
        desk_->must(koc::agree_topic{p.piece}, self(p.id));
    } else if (step.act == "accept_draft" && p.piece.valid()) {
        desk_->must(
            koc::propose_draft{p.piece, "draft/" + std::to_string(p.piece.value())}, self(p.id));
        desk_->must(koc::accept_draft{p.piece, 1}, self(p.id));
        desk_->must(koc::sign_off_draft{p.piece}, trainer);
    } else if (step.act == "publish_piece" && p.piece.valid()) {
        desk_->must(
            koc::publish_piece{p.piece, "piece/" + std::to_string(p.piece.value())}, self(p.id));
        desk_->later(koc::minutes(20));
        if (draw_.percent(80)) { // now and then the channel desk forgets it
            for (auto const how : {koc::push_kind::repost, koc::push_kind::recommendation}) {
                desk_->must(koc::push_piece{p.piece, how, "official"}, employee(2));
            }
        }
    } else if (step.act != "push_first_piece") {
        desk_->must(koc::skip_step{p.id, step.step, "今年不安排 | not offered this year"}, trainer);
    }
}

void community::leave(person& p, std::size_t who) {
    if (p.gone || p.spared || p.leaves > week_) {
        return;
    }
    constexpr std::array findings{koc::talk_finding::no_time, koc::talk_finding::interest_shift,
        koc::talk_finding::life_change, koc::talk_finding::guides_others};
    p.finding = findings[static_cast<std::size_t>(draw_.below(4))];
    p.talked = false;
    if (draw_.percent(40) && !p.tended) {
        talk(p);
    }
    auto const was_mature = desk_->stage_of(p.id) == koc::stage::mature;
    desk_->must(koc::record_waning{p.id, *koc::reason_of(p.finding), {}}, self(p.id));
    p.gone = true;
    if (p.tended && !p.talked) { // as their plan asks for it
        talk(p);
    }
    if (draw_.percent(was_mature ? 65 : 12)) {
        schedule(draw_.between(2, 5), act::settle, who);
    } else if (draw_.percent(8)) {
        schedule(draw_.between(20, 60), act::come_back, who);
    }
}

void community::talk(person& p) {
    desk_->must(koc::record_talk{p.id, p.finding, {}}, employee(2));
    p.talked = true;
}

/// An honorary role after a talk and thanks.
void community::settle(person& p, std::size_t who) {
    if (!p.talked) {
        talk(p);
    }
    auto const role = p.finding == koc::talk_finding::guides_others
        ? koc::alumni_role::honorary_adviser
        : draw_.percent(50) && p.finding != koc::talk_finding::interest_shift
        ? koc::alumni_role::lifetime_honorary_member
        : koc::alumni_role::friend_of_the_brand;
    desk_->must(koc::thank_member{p.id, {}, {}}, employee(2));
    desk_->must(koc::offer_role{p.id, role, {}}, employee(2));
    desk_->must(koc::accept_role{p.id, role}, self(p.id));
    if (draw_.percent(6)) {
        schedule(draw_.between(30, 90), act::come_back, who);
    }
}

void community::lose_mature(std::int64_t percent_of_all) {
    for (auto& p : people_) {
        if (!p.spared && draw_.percent(percent_of_all) &&
            desk_->stage_of(p.id) == koc::stage::mature) {
            desk_->must(koc::record_waning{p.id, koc::waning_reason::other, {}}, self(p.id));
            p.gone = true;
        }
    }
}

/// Reads what happened since the last week: who became mature, and who was invited.
void community::read_news() {
    auto const& all = desk_->journal();
    auto const until = all.size();
    for (; read_ < until; ++read_) {
        for (auto const& happened : all[read_].events) {
            if (auto const* moved = happened.get_if<koc::stage_changed>()) {
                auto const n = moved->member.value();
                if (moved->to == koc::stage::mature && n >= 1'000 && n % 3 == 0) {
                    mentors_.push_back(n - 1'000);
                }
            } else if (auto const* invited = happened.get_if<koc::member_invited>();
                       invited != nullptr && invited->at > desk_->now() && draw_.percent(82)) {
                desk_->must(koc::answer_invitation{invited->invitation, draw_.percent(70)},
                    self(invited->member));
            }
        }
    }
}

koc::member_id community::somebody(koc::stage in, koc::source from) {
    for (auto p = people_.rbegin(); p != people_.rend(); ++p) {
        if (!p->spared && !p->gone && !p->tended && p->from == from &&
            (in == koc::stage::mature || !p->mentor.valid()) && desk_->stage_of(p->id) == in) {
            p->spared = true;
            return p->id;
        }
    }
    throw ended_early{"community: expected somebody who could be asked; try more persons"};
}

} // namespace years
