// SPDX-License-Identifier: BSL-1.0
#pragma once

// What the program says, in both languages.

#include <string_view>

namespace import_people {

struct phrase {
    std::string_view en;
    std::string_view zh;
};

namespace phrases {

inline constexpr phrase rows{"rows read", "读取的行"};
inline constexpr phrase taken{"taken", "导入"};
inline constexpr phrase repeated{"repeated, nothing to do", "重复，无需处理"};
inline constexpr phrase known{"in the programme already", "已在项目中"};
inline constexpr phrase refused{"refused", "被拒绝"};
inline constexpr phrase suspected{"perhaps the same person", "疑似同一人"};
inline constexpr phrase problems{"Rows that were refused:", "被拒绝的行："};
inline constexpr phrase duplicates{"Rows that were there already:", "已经存在的行："};
inline constexpr phrase suspicions{"Rows to look at:", "需要核对的行："};
inline constexpr phrase nothing_kept{
    "This was a preview: nothing was recorded.", "这是预览：没有记录任何内容。"};
inline constexpr phrase stopped{"The import ended early; repeat it, what was taken stays.",
    "导入提前结束；重新运行即可，已导入的内容保留。"};
inline constexpr phrase more{"... and more", "……以及更多"};
inline constexpr phrase seconds{"seconds", "秒"};

} // namespace phrases

} // namespace import_people
