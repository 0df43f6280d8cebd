// SPDX-License-Identifier: BSL-1.0

// The engine records names, never words; here are the words.

#include "phrases.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace winter_range {

phrase word_for(std::string_view name) {
    using entry = std::pair<std::string_view, phrase>;
    static constexpr std::array words{
        // stages and sources
        entry{"budding", {"budding", "萌芽"}},
        entry{"active", {"active", "活跃"}},
        entry{"mature", {"mature", "成熟"}},
        entry{"evolving", {"evolving", "演变"}},
        entry{"alumni", {"alumni", "荣誉"}},
        entry{"open", {"open", "公域"}},
        entry{"owned", {"owned", "私域"}},
        // why somebody gives less
        entry{"life_change", {"a change in life", "个人生活变化"}},
        entry{"interest_shift", {"other interests", "兴趣转移"}},
        entry{"other", {"other reasons", "其他原因"}},
        // facets
        entry{"region", {"home", "常驻"}},
        entry{"format", {"format", "形式"}},
        entry{"interest", {"interest", "兴趣"}},
        entry{"style", {"style", "风格"}},
        entry{"craft", {"proven", "能力认证"}},
        entry{"gender", {"gender", "性别"}},
        entry{"stage", {"stage", "阶段"}},
        entry{"source", {"source", "来源"}},
        // what scores are made of
        entry{"depth", {"depth", "深度"}},
        entry{"originality", {"original", "独创"}},
        entry{"feedback", {"feedback", "反馈"}},
        entry{"first to try", {"first", "首试"}},
        entry{"help to peers", {"help", "答疑"}},
        entry{"lately", {"lately", "近况"}},
        entry{"taking part", {"presence", "参与"}},
        entry{"affinity", {"closeness", "契合"}},
        entry{"active now", {"lately", "近况"}},
        entry{"active lately", {"lately", "近况"}},
        entry{"specialism", {"practice", "专长"}},
        entry{"best subject", {"practice", "专长"}},
        entry{"quality", {"quality", "质量"}},
        entry{"load", {"load", "负荷"}},
        // the rubric
        entry{"creativity", {"creativity", "创意"}},
        entry{"visual", {"visual", "视觉"}},
        entry{"interaction", {"interaction", "互动"}},
        // refusals
        entry{"not_qualified", {"not qualified", "不符合条件"}},
        entry{"over_budget", {"over budget", "超出预算"}},
        entry{"no_capacity", {"no free seat", "名额已满"}},
        entry{"wrong_state", {"not in this state", "当前状态不允许"}},
        entry{"unknown_id", {"unknown", "未知"}},
        entry{"already_exists", {"already there", "已存在"}},
        entry{"invalid_argument", {"out of range", "超出范围"}},
    };
    auto const found =
        std::find_if(words.begin(), words.end(), [&](auto const& w) { return w.first == name; });
    return found == words.end() ? phrase{} : found->second;
}

} // namespace winter_range
