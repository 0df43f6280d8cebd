// SPDX-License-Identifier: BSL-1.0

// How phrases are filled in, and the words for names of the library.

#include "phrases.hpp"

#include <array>
#include <cstddef>
#include <utility>

namespace years {

std::string grouped(std::int64_t n) {
    auto text = std::to_string(n);
    for (auto at = static_cast<std::ptrdiff_t>(text.size()) - 3; at > (n < 0 ? 1 : 0); at -= 3) {
        text.insert(static_cast<std::size_t>(at), 1, ',');
    }
    return text;
}

std::string shown(std::string_view recorded, language in) {
    constexpr std::string_view mark{" | "};
    auto const at = recorded.find(mark);
    if (at == std::string_view::npos) {
        return std::string{recorded};
    }
    return std::string{
        in == language::zh ? recorded.substr(0, at) : recorded.substr(at + mark.size())};
}

std::string fill(std::string_view pattern, std::vector<std::string> const& parts) {
    std::string out;
    for (std::size_t at = 0; at < pattern.size(); ++at) {
        auto const digit = at + 1 < pattern.size() ? pattern[at + 1] - '1' : -1;
        auto const is_part = pattern[at] == '%' && at + 2 < pattern.size() &&
            pattern[at + 2] == '%' && 0 <= digit && digit < static_cast<int>(parts.size());
        if (is_part) {
            out += parts[static_cast<std::size_t>(digit)];
            at += 2;
        } else {
            out += pattern[at];
        }
    }
    return out;
}

std::string word(std::string_view name, language in) {
    using entry = std::pair<std::string_view, phrase>;
    static constexpr std::array words{
        // stages and cohorts
        entry{"budding", {"budding", "萌芽"}},
        entry{"active", {"active", "活跃"}},
        entry{"mature", {"mature", "成熟"}},
        entry{"evolving", {"evolving", "演变"}},
        entry{"alumni", {"alumni", "荣誉"}},
        entry{"senior", {"senior", "资深"}},
        entry{"middle", {"middle", "中坚"}},
        entry{"young", {"young", "新生"}},
        // why stages change
        entry{"enrolled", {"was enrolled", "入库"}},
        entry{"willingness_confirmed", {"said yes", "确认意愿"}},
        entry{"excelled", {"sustained excellence", "持续优秀"}},
        entry{"waned", {"can give less", "投入减少"}},
        entry{"role_accepted", {"took an honorary role", "接受荣誉角色"}},
        entry{"life_change", {"life has changed", "生活变化"}},
        entry{"interest_shift", {"interests moved on", "兴趣转移"}},
        entry{"other", {"other reasons", "其他原因"}},
        entry{"no_time", {"has no time", "没有时间"}},
        entry{"guides_others", {"would rather guide others", "更想带人"}},
        entry{"stays", {"goes on", "继续"}},
        // sources, roles, traits
        entry{"open", {"open platforms", "公域"}},
        entry{"owned", {"the brand's own community", "私域"}},
        entry{"lifetime_honorary_member", {"lifetime honorary member", "终身荣誉成员"}},
        entry{"friend_of_the_brand", {"friend of the brand", "品牌挚友"}},
        entry{"honorary_adviser", {"honorary adviser", "荣誉顾问"}},
        entry{"loyalty", {"loyalty", "忠诚度"}},
        entry{"familiarity", {"familiarity", "熟悉度"}},
        entry{"will_to_speak", {"will to speak in public", "公开表达意愿"}},
        entry{"repost", {"reposted", "转发"}},
        entry{"recommendation", {"recommended", "推荐"}},
        // what a shortlist counts
        entry{"depth", {"depth", "深度"}},
        entry{"originality", {"originality", "独创"}},
        entry{"feedback", {"feedback", "反馈"}},
        entry{"help to peers", {"help to peers", "互助"}},
        entry{"first to try", {"first to try", "尝鲜"}},
        entry{"taking part", {"taking part", "参与"}},
        entry{"lately", {"lately", "近期"}},
        entry{"trust", {"trust", "信任"}},
        // who sees to a step
        entry{"scout", {"scout", "寻访员"}},
        entry{"trainer", {"trainer", "培训师"}},
        entry{"mentor", {"mentors", "导师"}},
        entry{"member", {"members themselves", "成员本人"}},
        entry{"content lead", {"content lead", "内容负责人"}},
        entry{"mentor desk", {"mentor desk", "导师岗"}},
        entry{"channel desk", {"channel desk", "渠道岗"}},
        entry{"co-creation lead", {"co-creation lead", "共创负责人"}},
        entry{"relationship lead", {"relationship lead", "关系负责人"}},
        // steps of the standard plans
        entry{"first talk", {"first talk", "初次交谈"}},
        entry{"talk about the direction", {"talk about the direction", "方向面谈"}},
        entry{"direction calibration", {"direction calibration", "方向校准"}},
        entry{"exclusive resource", {"exclusive resource", "专属资源"}},
        entry{"deep piece", {"deep piece", "深度作品"}},
        entry{"content training", {"content training", "内容培训"}},
        entry{"community sharing", {"community sharing", "社群分享"}},
        entry{"topic of the first piece", {"topic of the first piece", "第一篇的选题"}},
        entry{"draft of the first piece", {"draft of the first piece", "第一篇的草稿"}},
        entry{"first public piece", {"first public piece", "第一篇公开作品"}},
        entry{"official push", {"official push", "官方助推"}},
        entry{"product day", {"product day", "产品日"}},
        entry{"evening with the team", {"evening with the team", "团队之夜"}},
        entry{"talk about their own story", {"talk about their own story", "聊聊自己的故事"}},
        entry{"co-creation talk", {"co-creation talk", "共创交谈"}},
        entry{"talk about what changed", {"talk about what changed", "聊聊变化"}},
        // the standard plans
        entry{"get to know", {"get to know", "相识"}},
        entry{"direction and resources", {"direction and resources", "方向与资源"}},
        entry{"ladder to the first voice", {"ladder to the first voice", "首次发声的阶梯"}},
        entry{"ladder, beginning with the product",
            {"ladder, beginning with the product", "从产品开始的阶梯"}},
        entry{"ladder, beginning with the community",
            {"ladder, beginning with the community", "从社群开始的阶梯"}},
        entry{"ladder, beginning with encouragement",
            {"ladder, beginning with encouragement", "从鼓励开始的阶梯"}},
        entry{"co-creation", {"co-creation", "共创"}},
        entry{"candid talk", {"candid talk", "坦诚交谈"}},
        // what became of a decision
        entry{"cleared", {"cleared", "通过"}},
        entry{"vetoed", {"vetoed", "被否决"}},
        entry{"lapsed", {"lapsed", "失效"}},
    };
    for (auto const& [known, meaning] : words) {
        if (known == name) {
            return std::string{meaning.in(in)};
        }
    }
    return std::string{name};
}

} // namespace years
