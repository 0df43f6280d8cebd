// SPDX-License-Identifier: BSL-1.0
#pragma once

// The consequences that aspects write, and their conditions; `pay` is a member function
// `void pay(work_reviewed const&, context&) const` of the aspect `rewards`.
//
//     static constexpr auto consequences(work_reviewed const*) {
//         return in_order(consequence<when<&work_reviewed::passed>, &rewards::pay>(
//             "the base reward that the task promised is granted"));
//     }

#include <koc/describe/described_enum.hpp>
#include <koc/engine/consequence.hpp>
#include <koc/engine/detail/named_member.hpp>
#include <koc/engine/world.hpp>
#include <koc/state/key.hpp>

#include <string>
#include <string_view>
#include <type_traits>

namespace koc {

// Conditions. Each has `words()` for the page and `holds(event, context)`; all but `always` look at
// one member of the event.

/// The member is true: `when<&work_reviewed::passed>`.
template <auto Member>
struct when {
    using event = record_of_member<Member>;
    static std::string words() { return std::string{detail::member_name<Member>()}; }
    static bool holds(void const* event, command_context&) {
        return detail::member_in<Member>(event);
    }
};

/// The member is false.
template <auto Member>
struct unless {
    using event = record_of_member<Member>;
    static std::string words() { return "not " + when<Member>::words(); }
    static bool holds(void const* event, command_context& in) {
        return !when<Member>::holds(event, in);
    }
};

/// Whenever the event happens.
template <typename E>
struct always {
    using event = E;
    static std::string words() { return "always"; }
    static bool holds(void const*, command_context&) { return true; }
};

/// The member is one of these values: `equals<&stage_changed::to, stage::mature>`.
template <auto Member, auto Value, auto... More>
struct equals {
    using event = record_of_member<Member>;
    static std::string words() {
        auto text = std::string{detail::member_name<Member>()} + ' ' + std::string{name_of(Value)};
        ((text += " or " + std::string{name_of(More)}), ...);
        return text;
    }
    static bool holds(void const* event, command_context&) {
        auto const& value = detail::member_in<Member>(event);
        return value == Value || ((value == More) || ...);
    }
};

/// The member is none of these values: `differs<&stage_changed::to, stage::mature>`.
template <auto Member, auto... Values>
struct differs {
    using event = record_of_member<Member>;
    static std::string words() {
        std::string text{detail::member_name<Member>()};
        ((text += " not " + std::string{name_of(Values)}), ...);
        return text;
    }
    static bool holds(void const* event, command_context&) {
        return ((detail::member_in<Member>(event) != Values) && ...);
    }
};

/// The member is at least the value of a rule:
/// `reaches<&outcome_recorded::quality, &roster_rules::proven_at>`. Where the rules were never
/// adopted, the command is refused; what happens because time passed goes on without it.
template <auto Member, auto Rule>
struct reaches {
    using event = record_of_member<Member>;
    static std::string words() {
        return std::string{detail::member_name<Member>()} + " of at least " +
            detail::member_subject<Rule>();
    }
    static bool holds(void const* event, command_context& in) {
        auto const* rules = in.needed_rules<record_of_member<Rule>>();
        return rules != nullptr && detail::member_in<Member>(event) >= rules->*Rule;
    }
};

namespace detail {

template <typename Act>
struct act_of {
    static constexpr bool fits = false;
    using aspect = void;
    using event = void;
};
template <typename A, typename E>
struct act_of<void (A::*)(E const&, typename A::context&) const> {
    static constexpr bool fits = true;
    using aspect = A;
    using event = E;
};
template <typename A, typename E>
struct act_of<void (A::*)(E const&, typename A::context&) const noexcept>
    : act_of<void (A::*)(E const&, typename A::context&) const> {};

template <auto Act>
void do_act(void const* self, void const* event, command_context& in) {
    using of = act_of<decltype(Act)>;
    typename of::aspect::context context{in};
    (static_cast<typename of::aspect const*>(self)->*Act)(
        *static_cast<typename of::event const*>(event), context);
}

} // namespace detail

/// The member function `Act` of an aspect, `void (event const&, context&) const`, is called where
/// the condition holds. On the page: "condition: what, details".
template <typename Condition, auto Act>
constexpr auto consequence(std::string_view what, std::string (*details)() = nullptr) {
    using of = detail::act_of<decltype(Act)>;
    static_assert(of::fits,
        "koc: a consequence is a member function void (event const&, context&) const of its "
        "aspect; see docs/engine.md#consequences");
    if constexpr (of::fits) {
        static_assert(std::is_same_v<typename Condition::event, typename of::event>,
            "koc: the condition of a consequence looks at another event than the one it follows "
            "from; see docs/engine.md#consequences");
        return event_consequence<typename of::aspect, typename of::event>{
            {&Condition::words, &Condition::holds, what, details, &detail::do_act<Act>}};
    }
}

} // namespace koc
