// SPDX-License-Identifier: BSL-1.0

// Sentences for events. A sentence says only what its event carries, and the names of those whom it
// names.

#include "biography.hpp"

#include <optional>

namespace years {

namespace {

namespace sentences {

constexpr phrase helped{"answered %1%, who asked", "回答了%1%的提问"};
constexpr phrase helped_why{"help to a peer, %1% of 100 in detail", "互助，详尽度 %1%/100"};
constexpr phrase published{"published a piece that nobody asked for", "发表了一篇无人约稿的作品"};
constexpr phrase published_blame{"published a piece full of blame, unasked", "主动发表了一篇批评"};
constexpr phrase published_why{
    "depth %1%, originality %2% of 100; followers, %3%, and tone do not count",
    "深度 %1%、独创 %2%（满分 100）；粉丝数 %3% 与语气不计分"};
constexpr phrase shortlisted{
    "is number %1% of a shortlist of %2%", "在 %2% 人的候选名单上排第 %1%"};
constexpr phrase shortlisted_why{"fit %1%: %2%", "适配 %1%：%2%"};
constexpr phrase enrolled{"is enrolled, as budding", "入库，处于萌芽阶段"};
constexpr phrase enrolled_why{"found in %1%", "发现于%1%"};
constexpr phrase measured{"%1%: %2% of 100", "%1%：%2%/100"};
constexpr phrase stage{"is %1% from now on, no longer %2%", "由%2%进入%1%"};
constexpr phrase stage_why{"%1%", "%1%"};
constexpr phrase stage_excelled{
    "%1%: %2% excellent pieces of %3% over %4% days", "%1%：%4% 天内 %3% 件作品中有 %2% 件优秀"};
constexpr phrase led{"is led by %1%", "由%1%带领"};
constexpr phrase leads{"leads %1%", "开始带领%1%"};
constexpr phrase pair_why{
    "a mentor is mature and leads five at most", "导师须为成熟成员，最多带五人"};
constexpr phrase plan{"begins the plan \"%1%\"", "开始培养计划「%1%」"};
constexpr phrase plan_why{"its audience fits, version %1%", "符合其对象，第 %1% 版"};
constexpr phrase step{"%1%: done", "完成「%1%」"};
constexpr phrase step_why{"a step of the plan, told by %1%", "计划中的一步，由%1%报告"};
constexpr phrase topic{"plans a first piece: \"%1%\"", "商定第一篇选题：「%1%」"};
constexpr phrase topic_why{"proposed by %1%, agreed by both", "由%1%提出，双方同意"};
constexpr phrase signed_off{"the draft, version %1%, is signed off", "第 %1% 版草稿签发"};
constexpr phrase signed_why{"by %1%, as the first piece needs it", "由%1%签发，第一篇须签发"};
constexpr phrase piece{"speaks in public for the first time", "第一次公开发声"};
constexpr phrase piece_why{
    "official channels have until %1% to repost it", "官方渠道须在 %1% 前助推"};
constexpr phrase pushed{"the brand's channel %1% it", "官方渠道已%1%"};
constexpr phrase pushed_why{"within 48 hours of the publication", "发布后 48 小时内"};
constexpr phrase work{"hands in work, judged %1% of 100", "交付作品，评分 %1%/100"};
constexpr phrase work_why{"\"%1%\"", "「%1%」"};
constexpr phrase office{"takes the office \"%1%\", until %2%", "就任「%1%」，至 %2%"};
constexpr phrase office_why{"an office for those who were found in %1%", "此职位面向来自%1%的成员"};
constexpr phrase vetoed{"vetoes: \"%1%\"", "行使否决：「%1%」"};
constexpr phrase own_words{"in their own words: \"%1%\"", "原话：「%1%」"};
constexpr phrase closed{"the decision is closed: %1%", "决策结束：%1%"};
constexpr phrase closed_why{
    "%1% of %2% had spoken, and one veto is enough", "%2% 人中 %1% 人表态，一票即可否决"};
constexpr phrase bound{"signs confidentiality for \"%1%\"", "为「%1%」签署保密"};
constexpr phrase bound_why{"only who has signed may see and advise it", "签署后才能查看并建言"};
constexpr phrase advises{"advises the project", "为项目建言"};
constexpr phrase changed{
    "the advice changed the design: from %1% to %2%", "建言改变了设计：由%1%改为%2%"};
constexpr phrase changed_why{"traced to the decision \"%1%\"", "追溯到决策「%1%」"};
constexpr phrase thanked_impact{"is thanked for it", "因此受到感谢"};
constexpr phrase thanked_impact_why{"%1% piece of advice is cited", "引用了 %1% 条建言"};
constexpr phrase proposes{"proposes an improvement", "提出改进建议"};
constexpr phrase answered{"the proposal is taken up", "建议被采纳"};
constexpr phrase refused{"the proposal is answered", "建议得到答复"};
constexpr phrase answer_why{"answer: %1%", "答复：%1%"};
constexpr phrase talk{"has a candid talk", "坦诚交谈"};
constexpr phrase talk_why{"it found: %1%. \"%2%\"", "结论：%1%。「%2%」"};
constexpr phrase waned{"says that they can give less", "表示投入会减少"};
constexpr phrase thanked{"is thanked for %1% works", "因 %1% 件作品受到感谢"};
constexpr phrase offered{"is offered a role: %1%", "受邀担任%1%"};
constexpr phrase follows_talk{"it follows from the talk", "与交谈结论相符"};
constexpr phrase against_talk{"for a reason of its own: %1%", "另有理由：%1%"};
constexpr phrase took{"takes the role: %1%", "接受角色：%1%"};
constexpr phrase took_why{
    "their own word; nothing of them is assessed from now on", "本人同意；此后不再考核"};
constexpr phrase invited{"is invited to the celebration of %1%", "受邀参加 %1% 的庆典"};
constexpr phrase invited_why{"every mature member and alumnus is", "成熟成员与荣誉成员都受邀"};
constexpr phrase voted{"votes for %1% among the newcomers", "在新人评选中投给%1%"};
constexpr phrase voted_why{"honorary advisers choose among newcomers", "荣誉顾问参与选拔新人"};

} // namespace sentences

std::string points(koc::score s) {
    return std::to_string((s.raw + koc::score::unit / 200) / (koc::score::unit / 100));
}
std::string decimal(koc::score s) {
    auto const tenths = (s.raw + koc::score::unit / 20) / (koc::score::unit / 10);
    return std::to_string(tenths / 10) + '.' + std::to_string(tenths % 10);
}

/// A line of a life, before it has a day.
struct line {
    std::string what;
    std::string because;
};
using told = std::optional<line>;

class biographer {
public:
    biographer(desk const& at, koc::member_id of, language in) : desk_{&at}, of_{of}, in_{in} {}

    /// What an event says of this life; nothing where it is of another.
    [[nodiscard]] told tell(koc::event const& happened) const {
        return first_of<koc::contribution_reported, koc::content_reported, koc::shortlist_drawn,
            koc::member_enrolled, koc::potential_measured, koc::stage_changed, koc::mentor_paired,
            koc::plan_started, koc::step_completed, koc::piece_planned, koc::draft_signed_off,
            koc::piece_published, koc::piece_pushed, koc::work_reviewed, koc::office_taken,
            koc::decision_vetoed, koc::decision_closed, koc::confidentiality_signed,
            koc::advice_recorded, koc::decision_traced, koc::impact_thanked,
            koc::improvement_proposed, koc::improvement_answered, koc::talk_held, koc::member_waned,
            koc::member_thanked, koc::role_offered, koc::role_accepted, koc::member_invited,
            koc::newcomer_voted_for>(happened);
    }

private:
    template <typename Event, typename... Others>
    [[nodiscard]] told first_of(koc::event const& happened) const {
        if (auto const* found = happened.get_if<Event>()) {
            return line_for(*found);
        }
        if constexpr (sizeof...(Others) != 0) {
            return first_of<Others...>(happened);
        } else {
            return {};
        }
    }

    template <typename... Parts>
    [[nodiscard]] std::string say(phrase const& what, Parts const&... parts) const {
        return said(in_, what, parts...);
    }
    [[nodiscard]] std::string name(koc::member_id who) const { return name_of(*desk_, who, in_); }
    [[nodiscard]] std::string here(std::string const& recorded) const {
        return shown(recorded, in_);
    }
    template <koc::described_enum Enum>
    [[nodiscard]] std::string called(Enum value) const {
        return word(koc::name_of(value), in_);
    }
    /// `member 7` by name, other actors as they are.
    [[nodiscard]] std::string actor(std::string const& by) const {
        constexpr std::string_view member{"member "};
        if (by.rfind(member, 0) != 0) {
            return in_ == language::en ? "an operator" : "运营";
        }
        return name(koc::member_id{std::stoull(by.substr(member.size()))});
    }
    template <typename Id>
    [[nodiscard]] std::string title_of(Id id) const {
        auto const* known = desk_->engine().find(id);
        return known == nullptr ? std::string{} : here(known->title);
    }
    [[nodiscard]] bool is_mine(koc::piece_id piece) const {
        auto const* known = desk_->engine().find(piece);
        return known != nullptr && known->member == of_;
    }

    [[nodiscard]] told line_for(koc::contribution_reported const& e) const {
        if (e.person != of_ || e.kind != koc::contribution_kind::helped_a_peer) {
            return {};
        }
        return line{
            say(sentences::helped, name(e.helped)), say(sentences::helped_why, points(e.detail))};
    }
    [[nodiscard]] told line_for(koc::content_reported const& e) const {
        if (e.person != of_) {
            return {};
        }
        return line{
            say(e.view == koc::stance::blame ? sentences::published_blame : sentences::published),
            say(sentences::published_why, points(e.depth), points(e.originality), e.followers)};
    }
    [[nodiscard]] told line_for(koc::shortlist_drawn const& e) const {
        for (std::size_t i = 0; i < e.candidates.size(); ++i) {
            auto const& shown = e.candidates[i];
            if (shown.person == of_) {
                std::string parts;
                for (auto const& part : shown.why.parts) {
                    parts += (parts.empty() ? "" : ", ") + word(part.signal, in_) + ' ' +
                        decimal(part.amount);
                }
                return line{say(sentences::shortlisted, static_cast<std::int64_t>(i + 1),
                                static_cast<std::int64_t>(e.candidates.size())),
                    say(sentences::shortlisted_why, decimal(shown.fit), parts)};
            }
        }
        return {};
    }
    [[nodiscard]] told line_for(koc::member_enrolled const& e) const {
        if (e.member != of_) {
            return {};
        }
        std::string sources;
        for (auto const source : e.sources) {
            sources += (sources.empty()              ? ""
                               : in_ == language::en ? " and "
                                                     : "与") +
                called(source);
        }
        return line{say(sentences::enrolled), say(sentences::enrolled_why, sources)};
    }
    [[nodiscard]] told line_for(koc::potential_measured const& e) const {
        return e.member != of_
            ? told{}
            : line{say(sentences::measured, called(e.trait), points(e.value)), here(e.basis.text)};
    }
    [[nodiscard]] told line_for(koc::stage_changed const& e) const {
        if (e.member != of_) {
            return {};
        }
        auto const why = e.because == koc::stage_trigger::excelled
            ? say(sentences::stage_excelled, called(e.because), e.excellent, e.outcomes,
                  e.sustained.ms / koc::days(1).ms)
            : say(sentences::stage_why, called(e.because));
        return line{say(sentences::stage, called(e.to), called(e.from)), why};
    }
    [[nodiscard]] told line_for(koc::mentor_paired const& e) const {
        if (e.mentor != of_ && e.mentee != of_) {
            return {};
        }
        return line{e.mentee == of_ ? say(sentences::led, name(e.mentor))
                                    : say(sentences::leads, name(e.mentee)),
            say(sentences::pair_why)};
    }
    [[nodiscard]] told line_for(koc::plan_started const& e) const {
        auto const* known = desk_->engine().find(e.plan);
        if (e.member != of_ || known == nullptr) {
            return {};
        }
        return line{say(sentences::plan, word(known->of_version(e.version).name, in_)),
            say(sentences::plan_why, e.version)};
    }
    [[nodiscard]] told line_for(koc::step_completed const& e) const {
        if (e.member != of_ || !e.act.empty()) { // an act has an event of its own
            return {};
        }
        return line{say(sentences::step, word(e.step, in_)), say(sentences::step_why, actor(e.by))};
    }
    [[nodiscard]] told line_for(koc::piece_planned const& e) const {
        return e.member != of_ ? told{}
                               : line{say(sentences::topic, here(e.topic.text)),
                                     say(sentences::topic_why, actor(e.by))};
    }
    [[nodiscard]] told line_for(koc::draft_signed_off const& e) const {
        return !is_mine(e.piece)
            ? told{}
            : line{say(sentences::signed_off, e.version), say(sentences::signed_why, actor(e.by))};
    }
    [[nodiscard]] told line_for(koc::piece_published const& e) const {
        return e.member != of_ || !e.push_by
            ? told{}
            : line{say(sentences::piece), say(sentences::piece_why, desk::day(*e.push_by))};
    }
    [[nodiscard]] told line_for(koc::piece_pushed const& e) const {
        return !is_mine(e.piece)
            ? told{}
            : line{say(sentences::pushed, called(e.how)), say(sentences::pushed_why)};
    }
    [[nodiscard]] told line_for(koc::work_reviewed const& e) const {
        auto const* task = desk_->engine().find(e.task);
        return e.member != of_ || task == nullptr
            ? told{}
            : line{say(sentences::work, points(e.quality)),
                  say(sentences::work_why, here(task->brief.title))};
    }
    [[nodiscard]] told line_for(koc::office_taken const& e) const {
        auto const* office = desk_->engine().find(e.office);
        return e.member != of_ || office == nullptr
            ? told{}
            : line{say(sentences::office, here(office->name), desk::day(e.until)),
                  say(sentences::office_why, called(office->follows))};
    }
    [[nodiscard]] told line_for(koc::decision_vetoed const& e) const {
        return e.member != of_ ? told{}
                               : line{say(sentences::vetoed, title_of(e.decision)),
                                     say(sentences::own_words, here(e.reason.text))};
    }
    /// Of a decision that this member stopped.
    [[nodiscard]] told line_for(koc::decision_closed const& e) const {
        auto const* known = desk_->engine().find(e.decision);
        if (known == nullptr || e.outcome != koc::product_decision_stage::vetoed) {
            return {};
        }
        auto const* voice = koc::vote_of(known->voices, of_.value());
        return voice == nullptr || voice->option != 1
            ? told{}
            : line{say(sentences::closed, called(e.outcome)),
                  say(sentences::closed_why, e.voices, e.holders)};
    }
    [[nodiscard]] told line_for(koc::confidentiality_signed const& e) const {
        return e.member != of_
            ? told{}
            : line{say(sentences::bound, title_of(e.project)), say(sentences::bound_why)};
    }
    [[nodiscard]] told line_for(koc::advice_recorded const& e) const {
        return e.member != of_
            ? told{}
            : line{say(sentences::advises), say(sentences::own_words, here(e.text.text))};
    }
    [[nodiscard]] told line_for(koc::decision_traced const& e) const {
        for (auto const id : e.cites) {
            auto const* advice = desk_->engine().find(id);
            if (advice != nullptr && advice->member == of_) {
                return line{say(sentences::changed, here(e.before), here(e.after)),
                    say(sentences::changed_why, title_of(e.decision))};
            }
        }
        return {};
    }
    [[nodiscard]] told line_for(koc::impact_thanked const& e) const {
        return e.member != of_
            ? told{}
            : line{say(sentences::thanked_impact), say(sentences::thanked_impact_why, e.advice)};
    }
    [[nodiscard]] told line_for(koc::improvement_proposed const& e) const {
        return e.member != of_
            ? told{}
            : line{say(sentences::proposes), say(sentences::own_words, here(e.text.text))};
    }
    [[nodiscard]] told line_for(koc::improvement_answered const& e) const {
        return e.member != of_ ? told{}
                               : line{say(e.taken_up ? sentences::answered : sentences::refused),
                                     say(sentences::answer_why, here(e.answer.text))};
    }
    [[nodiscard]] told line_for(koc::talk_held const& e) const {
        return e.member != of_
            ? told{}
            : line{say(sentences::talk),
                  say(sentences::talk_why, called(e.finding), here(e.note.text))};
    }
    [[nodiscard]] told line_for(koc::member_waned const& e) const {
        return e.member != of_ ? told{} : line{say(sentences::waned), called(e.reason)};
    }
    [[nodiscard]] told line_for(koc::member_thanked const& e) const {
        return e.member != of_
            ? told{}
            : line{say(sentences::thanked, static_cast<std::int64_t>(e.works.size())),
                  here(e.words.text)};
    }
    [[nodiscard]] told line_for(koc::role_offered const& e) const {
        return e.member != of_
            ? told{}
            : line{say(sentences::offered, called(e.role)),
                  e.follows_talk ? say(sentences::follows_talk)
                                 : say(sentences::against_talk, here(e.reason.text))};
    }
    [[nodiscard]] told line_for(koc::role_accepted const& e) const {
        return e.member != of_
            ? told{}
            : line{say(sentences::took, called(e.role)), say(sentences::took_why)};
    }
    [[nodiscard]] told line_for(koc::member_invited const& e) const {
        return e.member != of_
            ? told{}
            : line{say(sentences::invited, desk::day(e.at)), say(sentences::invited_why)};
    }
    [[nodiscard]] told line_for(koc::newcomer_voted_for const& e) const {
        return e.voter != of_
            ? told{}
            : line{say(sentences::voted, name(e.candidate)), say(sentences::voted_why)};
    }

    desk const* desk_;
    koc::member_id of_;
    language in_;
};

} // namespace

std::string name_of(desk const& at, koc::member_id who, language in) {
    auto const* known = at.engine().find(who);
    return known == nullptr ? koc::subject("member", who) : shown(known->name.text, in);
}

std::vector<notice> biography(desk const& at, koc::member_id who, language in) {
    biographer const of{at, who, in};
    std::vector<notice> lines;
    for (auto const& recorded : at.journal()) {
        for (auto const& happened : recorded.events) {
            if (auto found = of.tell(happened)) {
                lines.push_back(
                    {desk::day(recorded.at), std::move(found->what), std::move(found->because)});
            }
        }
    }
    return lines;
}

} // namespace years
