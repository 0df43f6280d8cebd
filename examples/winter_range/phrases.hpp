// SPDX-License-Identifier: BSL-1.0
#pragma once

// Every sentence of the story, in both languages, in the order of telling. %1% %2% ... are filled
// in.

#include <string_view>

namespace winter_range {

enum class language : bool { en, zh };

struct phrase {
    std::string_view en;
    std::string_view zh;

    [[nodiscard]] constexpr std::string_view in(language l) const {
        return l == language::en ? en : zh;
    }
};

namespace phrases {

inline constexpr phrase title{"Winter range: from idea to echo", "冬季续航：从构想到回响"};
inline constexpr phrase subtitle{
    "The task loop of a KOC programme, every step of it an event in a journal",
    "一个 KOC 项目的任务闭环，每一步都是日志里的一个事件"};
inline constexpr phrase data{"data", "数据"};
inline constexpr phrase journal{"journal", "日志"};
inline constexpr phrase left_out{
    "%1% rows of the data were left out:", "数据中有 %1% 行未被采用："};

// Common words

inline constexpr phrase person{"Person", "成员"};
inline constexpr phrase home{"Home", "常驻地"};
inline constexpr phrase place{"#", "#"};
inline constexpr phrase fit{"Fit", "总分"};
inline constexpr phrase yuan{"%1% yuan", "%1% 元"};
inline constexpr phrase conjunction{" and ", " 且 "};
inline constexpr phrase disjunction{" or ", " 或 "};
inline constexpr phrase negation{"not (%1%)", "非（%1%）"};
inline constexpr phrase comma{", ", "、"};
inline constexpr phrase nothing{"-", "-"};
inline constexpr phrase refused{
    "refused as %1% (%2%: %3%)", "被拒绝，因为%1%（引擎原文 %2%: %3%）"};

// 1. The people

inline constexpr phrase people_chapter{"The people we know", "我们认识的人"};
inline constexpr phrase people_entered{
    "%1%. The files hold %2% members, who live in %3% of %4% regions, and %5% pieces of their past "
    "work. Vocabulary, people and past took %6% commands, made durable by a single commit.",
    "%1%。文件中有 %2% 位成员，分布在 %4% 个地区中的 %3% 个，另有 %5% 件过往作品。"
    "标签库、成员与履历共 %6% 条命令，一次提交即全部落盘。"};
inline constexpr phrase people_earned{"No file can call anybody mature. The engine read what they "
                                      "had made and promoted whoever had %1% "
                                      "excellent pieces (from %2% of 100) over at least %3% days:",
    "没有哪个文件能把人「写成」成熟。引擎读过履历，只有在至少 %3% 天里拿出 %1% 件优秀作品（满分 "
    "100，"
    "%2% 分起）的人才会晋升："};
inline constexpr phrase stage{"Stage", "阶段"};
inline constexpr phrase people{"People", "人数"};
inline constexpr phrase mature_means{
    "trusted partners, by sustained excellence", "以持续的优秀赢得信赖"};
inline constexpr phrase active_means{"said yes and contribute", "已确认意愿，正在贡献"};
inline constexpr phrase budding_means{
    "promising; have agreed to nothing yet", "有潜力，尚未确认意愿"};
inline constexpr phrase evolving_means{"can give less just now", "暂时无法再投入那么多"};
inline constexpr phrase alumni_means{
    "hold an honorary role, are never assessed", "担任荣誉角色，不再考核"};

// 2. The objective

inline constexpr phrase objective_chapter{"A doubt becomes an objective", "从疑虑到目标"};
inline constexpr phrase insight_question{
    "Does an electric car keep its range in winter?", "电动车在冬天还能跑多远？"};
inline constexpr phrase insight{
    "%1%. \"%2%\" Of %3% potential buyers, %4% in 100 doubt it. From %5% in 100 on, a doubt is "
    "pressing: it opens an objective, which fixes at once how work will be judged and what may be "
    "spent on carrying it further.",
    "%1%。「%2%」在 %3% 位潜在购车者中，每 100 人有 %4% 人存疑。达到 %5% 人即为紧迫，"
    "于是一个业务目标随之产生，并同时定下评估标准与放大预算。"};
inline constexpr phrase objective{"objective", "目标"};
inline constexpr phrase objective_title{
    "Real winter range, from real owners", "让真实车主说清冬季续航"};
inline constexpr phrase judged_by{"judged by", "评估维度"};
inline constexpr phrase meets_from{"met from", "达标线"};
inline constexpr phrase of_100{"%1% of 100", "%1% 分（满分 100）"};
inline constexpr phrase budget{"budget", "放大预算"};
inline constexpr phrase topics{"It fans out into three topics that people like to make:",
    "围绕它设计三个大家乐于创作的课题："};
inline constexpr phrase topic_winter{
    "My winter range test in the Northeast", "我的东北冬季续航实测报告"};
inline constexpr phrase topic_snow{"How I drive in snow mode", "分享在雪地模式下的驾驶技巧"};
inline constexpr phrase topic_charging{
    "Garage or open air: charging speed at night", "对比家中车库与户外停车场，夜间充电速度的差异"};
inline constexpr phrase becomes_push{
    "goes to the right people as a video task", "作为视频任务，派发给合适的人"};
inline constexpr phrase becomes_board{
    "goes on the board as a light task", "作为轻量任务，放上任务大厅"};
inline constexpr phrase becomes_later{
    "stays an idea until the snow has come", "先留作构想，等雪落下来"};
inline constexpr phrase strategy{
    "A second objective comes from strategy, not from a doubt: \"%1%\", with the topic \"%2%\".",
    "另一个目标来自战略而非疑虑：「%1%」，课题是「%2%」。"};
inline constexpr phrase family_title{
    "At home in the car, with children", "让孩子在车里也有家的感觉"};
inline constexpr phrase topic_family{
    "A cosy space for parent and child in the car", "如何布置温馨的车内亲子空间"};

// 3. Discovery

inline constexpr phrase discovery_chapter{"New people are found", "发现新的「幼苗」"};
inline constexpr phrase signals{"%1%. %2% signals tell of %3% people who are not members: %4% from "
                                "open platforms, where depth and "
                                "originality count, %5% from our own community, where feedback and "
                                "help count. One shortlist holds "
                                "both kinds, and each fit is the sum of its reasons:",
    "%1%。%2% 条信号涉及 %3% 位尚未入库的人：%4% 条来自公域，看内容的深度与独创性；%5% 条来自私域，"
    "看反馈与互助。一份候选名单容纳两类人，总分就是各项理由之和："};
inline constexpr phrase found_in{"Found in", "来源"};
inline constexpr phrase both{"both", "两域"};
inline constexpr phrase not_followers{"%1% has the most followers, %2%, and place %3% of %4%: "
                                      "followers are recorded and never scored.",
    "%1%的粉丝最多（%2%），却排在 %4% 人中的第 %3%：粉丝数只记录，不计分。"};
inline constexpr phrase admitted{
    "%2%. The first %1% are entered, with the source tag that their signals gave them, and "
    "spoken to. Only a yes of their own makes them active:",
    "%2%。名单前 %1% 位入库，来源标签由信号自动打上，并逐一沟通。只有本人说「愿意」才会转为活跃："};
inline constexpr phrase stood_out{"What stood out", "亮点"};
inline constexpr phrase their_answer{"Answer", "答复"};
inline constexpr phrase now_in{"Now", "现为"};
inline constexpr phrase said_yes{"active", "活跃"};
inline constexpr phrase said_nothing{"budding", "萌芽"};

// 4. Matching

inline constexpr phrase match_chapter{"The right task to the right people", "合适的任务，合适的人"};
inline constexpr phrase task_opened{"%1%. %2%", "%1%。%2%"};
inline constexpr phrase needs{"needs", "要求"};
inline constexpr phrase prefers{"prefers", "偏好"};
inline constexpr phrase seats{"seats", "名额"};
inline constexpr phrase base_reward{"reward", "基础奖励"};
inline constexpr phrase task_winter{
    "Range test in the Northeast, as a deep-review video", "东北冬季续航实测（深度评测视频）"};
inline constexpr phrase task_family{
    "A cosy space for parent and child in the car", "布置温馨的车内亲子空间"};
inline constexpr phrase task_charging{
    "One night, two plugs: garage and open air (light)", "一晚两测：车库与户外的充电速度（轻量）"};
inline constexpr phrase qualified{"%1% of %2% members qualify. They would be asked in this order:",
    "%2% 位成员中有 %1% 位符合要求，按此顺序邀请："};
inline constexpr phrase legend{"(closeness: their tags; lately: how much they do these weeks; "
                               "practice: how much of their work is "
                               "on these subjects; quality: how good it was)",
    "（契合：标签；近况：近几周的活跃；专长：作品中这类主题的比重；质量：过往评分）"};
inline constexpr phrase why_first{"Why %1% comes first: %2% = %3%", "为什么首选%1%：%2% = %3%"};
inline constexpr phrase the_rest{"the rest", "其余"};
inline constexpr phrase why_not{
    "And why not these? Each lacks one thing:", "为什么不是他们？各差一项："};
inline constexpr phrase lacks{"Lacks", "所缺"};
inline constexpr phrase record{"Record", "履历"};
inline constexpr phrase record_is{"%1% pieces, mean %2%", "%1% 件，均分 %2%"};
inline constexpr phrase record_empty{"nothing yet", "暂无"};
inline constexpr phrase asked{
    "The first %1% are asked; they have three days to answer.", "邀请前 %1% 位，三天内答复。"};
inline constexpr phrase gender_tried{
    "The desk first asked for women, which was %1%. Interest and style say it better, and "
    "leave room for fathers.",
    "运营最初想限定女性，%1%。兴趣与风格说得更准，也不会漏掉爸爸们。"};
inline constexpr phrase on_board{"It goes on the board, where members take seats by themselves.",
    "放上任务大厅，由成员自行认领。"};

// 5. Answers

inline constexpr phrase answers_chapter{"Yes, no, and silence", "接受、婉拒与沉默"};
inline constexpr phrase wave{
    "%1%. The answers to the %2% offers of the first wave:", "%1%。第一波 %2% 份邀请的答复："};
inline constexpr phrase next_wave{
    "%1%. Three days are over and silence counts as no (%2%). Free seats: %3%. Each is offered "
    "to the next in line:",
    "%1%。三天已过，沉默视为婉拒（%2% 份）。空出 %3% 个名额，顺次邀请下一位："};
inline constexpr phrase task{"Task", "任务"};
inline constexpr phrase task_named{"Task %1%: %2%", "任务 %1%：%2%"};
inline constexpr phrase words{"In their words", "原话"};
inline constexpr phrase accepted{"yes", "接受"};
inline constexpr phrase declined{"no", "婉拒"};
inline constexpr phrase silent{"silent", "沉默"};
inline constexpr phrase claims{
    "%1%. Task %2% is taken from the board:", "%1%。任务 %2% 在大厅被认领："};
inline constexpr phrase until{"Until", "期限"};
inline constexpr phrase claim_refused{"no", "不可"};

inline constexpr phrase claim_waits{
    "%1% has to wait: \"%2%\" is needed, and only a yes of their own opens that door.",
    "%1%还须等待：需要「%2%」，而这扇门只能由本人的意愿打开。"};

// 6. Review

inline constexpr phrase review_chapter{"The work, and what it is worth", "成果与评估"};
inline constexpr phrase lapsed{"%1%. The lease of %2% ends without work: the seat of task %3% is "
                               "free again, and %4% takes it.",
    "%1%。%2%到期未交稿：任务 %3% 的名额重新空出，由%4%接手。"};
inline constexpr phrase lapsed_only{
    "%1%. The lease of %2% ends without work: the seat of task %3% is "
    "free again.",
    "%1%。%2%到期未交稿：任务 %3% 的名额重新空出。"};
inline constexpr phrase reviewed{"%1%. %2% pieces of work are in. Each is rated in the dimensions "
                                 "that its objective fixed at the "
                                 "start; the quality is their weighted mean.",
    "%1%。共收到 %2% 件作品，按目标最初设定的维度逐一评分，综合分为加权平均。"};
inline constexpr phrase quality{"Quality", "综合"};
inline constexpr phrase earns{"Earns", "奖励"};
inline constexpr phrase is_best{"best", "最佳"};
inline constexpr phrase is_below{"below the mark", "未达标"};
inline constexpr phrase surprise{"The best of each task gets something that nobody had promised:",
    "每项任务的最佳作品得到事先未承诺的惊喜："};
inline constexpr phrase surprised{"%1%: %2% and the honour \"%3%\"", "%1%：%2%，以及「%3%」称号"};
inline constexpr phrase honour{"Winter pathfinder", "冬季探路者"};
inline constexpr phrase family_honour{"Heart of the family car", "亲子空间之星"};

// 7. Echo

inline constexpr phrase echo_chapter{"The echo", "回响"};
inline constexpr phrase amplified{
    "%1%. The work of %2% is carried further, within the budget of %3%:",
    "%1%。%2%的作品获得官方放大，预算 %3%："};
inline constexpr phrase channel_cost{"%1%: %2%, %3% left", "%1%：%2%，余 %3%"};
inline constexpr phrase channel_refused{"%1%, %2%: %3%", "%1%，%2%：%3%"};
inline constexpr phrase channel_official{"all official accounts", "官方账号全网推送"};
inline constexpr phrase channel_feed{"paid video feed", "短视频信息流投放"};
inline constexpr phrase channel_screens{"screens at charging stations", "充电站屏幕投放"};
inline constexpr phrase loop_closes{
    "And the loop closes. What was judged is now part of the record that the next match will read:",
    "闭环完成。评估结果已写入履历，下一次匹配将据此判断："};
inline constexpr phrase craft{"Craft", "能力"};
inline constexpr phrase before{"Before", "之前"};
inline constexpr phrase after{"After", "之后"};
inline constexpr phrase change{"Newly", "变化"};
inline constexpr phrase newly_proven{"proven", "新获认证"};
inline constexpr phrase promoted{"%1% is mature now: %2% excellent pieces over %3% days. Nobody "
                                 "pressed a button; the rule \"%4%\" "
                                 "saw it in the review.",
    "%1%晋升为成熟：%3% 天内 %2% 件优秀作品。没有人按下按钮，是规则「%4%」从评审结果中看到的。"};
inline constexpr phrase waned{"%1% had said: \"%2%.\" A candid talk, thanks, and the relationship "
                              "moves to evolving (%3%). An "
                              "honorary role is offered, never imposed.",
    "%1%曾说：「%2%」。一次坦诚的沟通，一声感谢，关系转入演变阶段（%3%）。荣誉角色随时为其"
    "保留，绝不强加。"};

// 8. The pyramid

inline constexpr phrase pyramid_chapter{"The pyramid, before and after", "金字塔：前与后"};
inline constexpr phrase pyramid_reads{
    "%1% people at the beginning, %2% now:", "开始时 %1% 人，现在 %2% 人："};

// 9. The journal

inline constexpr phrase journal_chapter{"The journal remembers", "日志记得一切"};
inline constexpr phrase journal_holds{
    "%1% events, %2% KiB. Most of them:", "%1% 个事件，%2% KiB。以这几类居多："};
inline constexpr phrase event{"Event", "事件"};
inline constexpr phrase how_many{"How many", "数量"};
inline constexpr phrase journal_event{
    "Event %1%, as it stands in the file:", "文件中的第 %1% 号事件原文："};
inline constexpr phrase replayed{"The journal was closed and opened again. A second engine that "
                                 "knows nothing else read it from the "
                                 "first event to the last:",
    "日志关闭后重新打开。第二个引擎除此之外一无所知，从第一个事件读到最后一个："};
inline constexpr phrase first_engine{"first engine", "第一个引擎"};
inline constexpr phrase second_engine{"second engine", "第二个引擎"};
inline constexpr phrase same{"The state digests are the same: the journal is the whole truth.",
    "状态摘要相同：日志就是全部的真相。"};
inline constexpr phrase different{
    "The state digests DIFFER: this must never happen.", "状态摘要不同：这绝不应发生。"};
inline constexpr phrase look_yourself{"Look for yourself:", "亲自看看："};
inline constexpr phrase ended_early{"The story ends early: %1%", "故事提前结束：%1%"};

} // namespace phrases

/// The words for a name that the engine uses (an enumerator, a facet, a signal, a dimension), if it
/// is one that this story knows; otherwise an empty phrase.
phrase word_for(std::string_view name);

} // namespace winter_range
