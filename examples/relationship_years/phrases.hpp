// SPDX-License-Identifier: BSL-1.0
#pragma once

// Every sentence of the story in both languages; %1% %2% ... are filled in.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace years {

enum class language : bool { en, zh };

struct phrase {
    std::string_view en;
    std::string_view zh;

    [[nodiscard]] constexpr std::string_view in(language l) const {
        return l == language::en ? en : zh;
    }
};

/// `12,345`.
std::string grouped(std::int64_t n);
/// The part of `Chinese | English` that is for a language; a text without the mark is for both.
std::string shown(std::string_view recorded, language in);
std::string fill(std::string_view pattern, std::vector<std::string> const& parts);
/// The word for a name of the library, such as a stage; the name itself where there is none.
std::string word(std::string_view name, language in);

inline std::string as_text(std::string_view part) { return std::string{part}; }
inline std::string as_text(std::int64_t part) { return grouped(part); }

/// A phrase in a language with its parts.
template <typename... Parts>
std::string said(language in, phrase const& what, Parts const&... parts) {
    return fill(what.in(in), {as_text(parts)...});
}

namespace phrases {

inline constexpr phrase title{"The years of a community", "一个社群的几年"};
inline constexpr phrase subtitle{
    "%1% members in service, %2% years, seed %3%; simulated people, real events of the engine",
    "在役成员 %1% 人，%2% 年，种子 %3%；人物是模拟的，事件都由引擎记录"};
inline constexpr phrase span{"From %1% to %2%: %3% people enrolled, %4% events in two journals.",
    "从 %1% 到 %2%：共入库 %3% 人，两份日志共 %4% 个事件。"};
inline constexpr phrase settled{
    "Two years of growth come before. People, their quality and how long they stay are drawn from "
    "the seed; every number here is an answer or an event of the engine.",
    "此前另有两年成长期。人物、质量与去留由种子抽取；这里的每个数字都来自引擎的查询或事件。"};

// 1

inline constexpr phrase pyramid{"The pyramid by quarter", "每季度的金字塔"};
inline constexpr phrase pyramid_says{
    "How many people are in each stage at the end of each quarter; beside it the three cohorts, "
    "the "
    "newcomers found, those still needed, and the weekly hours of sourcing.",
    "每季度末各阶段人数；另列三个梯队、新入库人数、尚需人数与每周寻访工时。"};
inline constexpr phrase quarter{"Quarter", "季度"};
inline constexpr phrase found{"found", "新入库"};
inline constexpr phrase needed{"needed", "尚需"};
inline constexpr phrase hours{"hours", "工时"};

// 2

inline constexpr phrase flows{"Flows between the stages", "阶段之间的流动"};
inline constexpr phrase flows_says{
    "How often people moved from one stage to another in each year, and what moved them.",
    "每年有多少人次从一个阶段走到另一个阶段，以及因何而动。"};
inline constexpr phrase from{"From", "从"};
inline constexpr phrase to{"To", "到"};
inline constexpr phrase because{"Because", "原因"};
inline constexpr phrase sum{"Sum", "合计"};

// 3

inline constexpr phrase mentors{"Mentor load", "导师负荷"};
inline constexpr phrase mentors_says{
    "Mentors by how many people they lead at the end of each year; nobody leads more than five.",
    "每年末按所带人数统计的导师数；没有人带超过五人。"};
inline constexpr phrase year{"Year", "年份"};
inline constexpr phrase leads_one{"lead 1", "带 1 人"};
inline constexpr phrase leads{"%1%", "%1% 人"};
inline constexpr phrase pairs{"pairs", "师徒对"};
inline constexpr phrase generations{"Generations of mentors", "导师的代际"};
inline constexpr phrase generations_says{
    "Mentors of generation 0 had no mentor. Who was led and leads others is of the next one.",
    "第 0 代导师没有师父；被带过又带别人的，是下一代。"};
inline constexpr phrase generation{"Generation", "代"};
inline constexpr phrase mentors_word{"mentors", "导师"};
inline constexpr phrase mentees_word{"led first by them", "首带的人"};
inline constexpr phrase followed_word{"who lead by now", "其中已带人的"};

// 4

inline constexpr phrase alarms{"Renewal alarms", "更新预警"};
inline constexpr phrase alarms_says{
    "Every week the shares of the cohorts are compared with the least ones, and hours go to "
    "sourcing or back.",
    "每周把各梯队占比与最低线比较，工时随之转向寻访或收回。"};
inline constexpr phrase no_alarm{"None in these years.", "这些年里没有预警。"};
inline constexpr phrase alarm{"Too few %1% members", "%1%成员过少"};
inline constexpr phrase alarm_why{
    "%1% % of the pyramid, %2% % is the least", "占比 %1%%，最低 %2%%"};
inline constexpr phrase recovered{"Enough %1% members again", "%1%成员恢复"};
inline constexpr phrase recovered_why{"%1% % of the pyramid", "占比 %1%%"};
inline constexpr phrase more_hours{
    "Sourcing gets %1% hours a week, up from %2%", "寻访工时由每周 %2% 增至 %1%"};
inline constexpr phrase fewer_hours{
    "Sourcing gives hours back: %1% a week, down from %2%", "寻访工时由每周 %2% 降至 %1%"};
inline constexpr phrase hours_why{"%1% newcomers needed by %2%", "%2% 之前尚需新人 %1% 名"};
inline constexpr phrase hours_back{"no newcomer is missing", "不再缺新人"};
inline constexpr phrase more_notices{
    "and %1% smaller changes of hours", "另有 %1% 次较小的工时调整"};

// 5

inline constexpr phrase shock{"The shock, with and without the loop", "冲击：有循环与无循环"};
inline constexpr phrase shock_says{
    "On %1%, %2% of %3% mature members leave at once. The same seed is run twice: once the desks "
    "follow the hours that the plan gives to sourcing, once they look for newcomers as always.",
    "%1%，%3% 位成熟成员中有 %2% 位同时离开。同一种子运行两次：一次按计划给出的寻访工时行事，"
    "一次照旧寻访。"};
inline constexpr phrase with_loop{"with the loop", "有循环"};
inline constexpr phrase without_loop{"without", "无循环"};
inline constexpr phrase weeks_back{
    "%1%: within 5 % of before after %2% weeks", "%1%：%2% 周后恢复到原来的 95%"};
inline constexpr phrase never_back{"%1%: not within 5 % of before by the end, %2% weeks later",
    "%1%：到结束（%2% 周后）仍未恢复到原来的 95%"};
inline constexpr phrase weeks_later{"Weeks later", "周后"};
inline constexpr phrase mature_members{"mature members", "成熟成员"};

// 6

inline constexpr phrase celebration{"The yearly celebration", "年度庆典"};
inline constexpr phrase celebration_says{
    "Mature members and everybody with an honorary role are invited each year, whatever they gave.",
    "成熟成员与所有荣誉角色每年都受邀，不论贡献多少。"};
inline constexpr phrase day{"Day", "日期"};
inline constexpr phrase come{"come", "出席"};
inline constexpr phrase decline{"cannot", "不能来"};
inline constexpr phrase guest_list{"Some of the list of %1%", "%1% 宾客名单（部分）"};
inline constexpr phrase guest_mature{"mature since %1%", "%1% 起成熟"};
inline constexpr phrase guest_alumnus{"%1% since %2%", "%2% 起为%1%"};

// 7

inline constexpr phrase lives{"Three lives", "三个人的故事"};
inline constexpr phrase lives_says{
    "Each line is an event of the journal, with its day and its reason.",
    "每一行都是日志里的一个事件，带着日期与原因。"};
inline constexpr phrase life_of_helper{"The patient helper", "耐心的帮助者"};
inline constexpr phrase life_of_critic{"The sharp open critic", "公域里尖锐的批评者"};
inline constexpr phrase life_of_star{"The star who was worn out", "疲惫的明星"};

// 8

inline constexpr phrase mondays{"Lists for Monday", "周一清单"};
inline constexpr phrase mondays_says{
    "What each desk has to do in the week that begins on %1%, from queries of the engine.",
    "%1% 起的一周里每个岗位要做的事，来自引擎的查询。"};
inline constexpr phrase of_all{"%1% of %2%", "共 %2% 项，列出 %1% 项"};
inline constexpr phrase nothing_to_do{"nothing is due", "无待办"};
inline constexpr phrase due_by{"%1%: %2%", "%1%：%2%"};
inline constexpr phrase overdue{"overdue", "已逾期"};
inline constexpr phrase due_this_week{"due this week", "本周到期"};
inline constexpr phrase talk_to{"talk to %1%", "与%1%谈谈"};
inline constexpr phrase silent_for{
    "silent for %1% days, usually every %2%", "已沉默 %1% 天，平时每 %2% 天一次"};
inline constexpr phrase never_delivered{
    "in service for %1% days without any work", "在役 %1% 天，尚无作品"};
inline constexpr phrase slowing{
    "works every %1% days, once every %2%", "如今每 %1% 天一次，曾每 %2% 天一次"};
inline constexpr phrase refusals{"%1% offers declined in a row", "连续婉拒 %1% 次"};
inline constexpr phrase push_now{
    "repost and recommend the first piece of %1%", "转发并推荐%1%的第一篇"};
inline constexpr phrase push_why{
    "was due within 48 hours of its publication", "应在发布后 48 小时内完成"};
inline constexpr phrase answer_proposal{"answer the proposal of %1%", "答复%1%的建议"};
inline constexpr phrase desk_of_relations{"relationship desk: quiet members", "关系岗：安静的成员"};
inline constexpr phrase desk_of_channel{"channel desk: pushes", "渠道岗：转发推荐"};
inline constexpr phrase desk_of_proposals{"product desk: proposals", "产品岗：建议"};
inline constexpr phrase desk_of_sourcing{"sourcing desk", "寻访岗"};
inline constexpr phrase source_hours{"look for newcomers for %1% hours", "本周寻访 %1% 小时"};
inline constexpr phrase source_why{"%1% newcomers are needed by %2%", "%2% 之前尚需新人 %1% 名"};

inline constexpr phrase digest{"State digest", "状态摘要"};
inline constexpr phrase digest_without{"Without the loop", "无循环的状态摘要"};
inline constexpr phrase numbers{"Numbers", "数据"};
inline constexpr phrase progress{"simulating", "模拟中"};

} // namespace phrases

} // namespace years
