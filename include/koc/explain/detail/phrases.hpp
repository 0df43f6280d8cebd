// SPDX-License-Identifier: BSL-1.0
#pragma once

// Every phrase of an answer, in both languages side by side. %1% %2% ... are filled in. A further
// language is a further column.

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>

namespace koc {

enum class language : unsigned char { en, zh };

namespace detail {

struct phrase {
    std::string_view en;
    std::string_view zh;
};

struct phrases {
    // Answers

    static constexpr phrase was_chosen{"%1% was chosen, in place %2% with a fit of %3%: %4%.",
        "%1%入选，排第 %2%，总分 %3%：%4%。"};
    static constexpr phrase lacks_requirement{"%1% was not considered. Required, and not met: %2%.",
        "%1%未进入候选。未满足的要求：%2%。"};
    static constexpr phrase was_stopped{
        "%1% meets the requirement, but was stopped.", "%1%符合要求，但被拦下。"};
    static constexpr phrase was_stopped_by{
        "%1% meets the requirement, but was stopped: %2%.", "%1%符合要求，但被拦下：%2%。"};
    static constexpr phrase was_outscored{
        "%1% was not chosen: a fit of %2% is %4% below that of %5%, the last of the %6% chosen. "
        "%1%: %3%. %5%: %8%, together %7%.",
        "%1%未入选：总分 %2%，比 %6% 位入选者中的最后一位%5%低 %4%。%1%：%3%。%5%：%8%，合计 "
        "%7%。"};
    static constexpr phrase lost_a_tie{
        "%1% was not chosen: a fit of %2% equals that of %5%, the last of the %6% chosen, and the "
        "smaller number goes first. %1%: %3%. %5%: %8%.",
        "%1%未入选：总分 %2%，与 %6% "
        "位入选者中的最后一位%5%相同，而编号小者优先。%1%：%3%。%5%：%8%。"};
    static constexpr phrase capacity_taken{
        "%1% was not assigned to %2%: the capacity is with %3%. Taking it would cost %5% there and "
        "%6% for the place in %2%, against a fit of %4%: %7% too little.",
        "%1%未被派给%2%：其容量已由%3%占用。抽调的代价是那边损失 %5%，再加%2%的名额 %6%，"
        "而匹配分只有 %4%，还差 %7%。"};
    static constexpr phrase capacity_short{
        "%1% was not assigned to %2%: it would cost %5% for the person and %6% for the place, "
        "against a fit of %4%: %7% too little.",
        "%1%未被派给%2%：占用其容量的代价是 %5%，名额的代价是 %6%，而匹配分只有 %4%，还差 %7%。"};
    static constexpr phrase would_bring_in{
        "%1% would be chosen, other things equal, with: %2%.", "其他不变，%1%若%2%，就会入选。"};
    static constexpr phrase would_put_out{
        "%1% would lose the place, other things equal, with: %2%.",
        "其他不变，%1%若%2%，就会落选。"};
    static constexpr phrase nothing_brings_in{
        "None of the changes that are possible would have %1% chosen.",
        "在可能的改变之中，没有哪些能让%1%入选。"};
    static constexpr phrase nothing_puts_out{
        "None of the changes that are possible would cost %1% the place.",
        "在可能的改变之中，没有哪些会让%1%落选。"};

    // Their parts

    static constexpr phrase part{"%1% %2%", "%1% %2%"};
    static constexpr phrase part_about{"%1% for %2% %3%", "%1%（%2%）%3%"};
    static constexpr phrase gain{"%1% gained", "具备「%1%」"};
    static constexpr phrase lose{"%1% lost", "不再具备「%1%」"};
    static constexpr phrase set{"%1% at %2%", "%1%为 %2%"};
    static constexpr phrase and_also{" and ", "，且"};
    static constexpr phrase at_least{"%1% of at least %2%", "%1%不低于 %2%"};
    static constexpr phrase at_most{"%1% of at most %2%", "%1%不高于 %2%"};
    static constexpr phrase between{"%1% from %2% to %3%", "%1%在 %2% 到 %3% 之间"};
    static constexpr phrase everybody{"anybody", "任何人"};
    static constexpr phrase nobody{"nobody", "无人"};
    static constexpr phrase conjunction{" and ", " 且 "};
    static constexpr phrase disjunction{" or ", " 或 "};
    static constexpr phrase negation{"not (%1%)", "非（%1%）"};
    static constexpr phrase grouped{"(%1%)", "（%1%）"};
    static constexpr phrase comma{", ", "、"};
    static constexpr phrase nothing{"nothing", "无"};
};

/// `words` with %1% %2% ... replaced by the values. What is filled in is not looked at again.
inline std::string filled(
    std::string_view words, std::initializer_list<std::string> const& values) {
    std::string text;
    for (std::size_t i = 0; i < words.size(); ++i) {
        auto const place = i + 2 < words.size() && words[i] == '%' && words[i + 2] == '%'
            ? static_cast<std::size_t>(words[i + 1] - '1')
            : values.size();
        if (place < values.size()) {
            text += values.begin()[place];
            i += 2;
        } else {
            text += words[i];
        }
    }
    return text;
}

} // namespace detail

} // namespace koc
