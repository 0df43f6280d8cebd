// SPDX-License-Identifier: BSL-1.0
#pragma once

// The consequences that aspects write, and their conditions.
//
//     static constexpr auto consequences(work_reviewed const*) {
//         return in_order(consequence<when<&work_reviewed::passed>, &rewards::grant_base>(
//             "the base reward that the task promised is granted"));
//     }

#include <koc/engine/consequence.hpp>
#include <koc/engine/detail/named_member.hpp>
#include <koc/engine/world.hpp>
#include <koc/state/key.hpp>

#include <string>
#include <string_view>
#include <type_traits>

namespace koc {

// Conditions, each of a member of the event.

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

/// The member is at least the value of a rule:
/// `reaches<&outcome_recorded::quality, &roster_rules::proven_at>`. Where the rules were never
/// adopted, the command is refused.
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
struct act_of;
template <typename A, typename E>
struct act_of<void (A::*)(E const&, typename A::context&) const> {
    using aspect = A;
    using event = E;
};

template <auto Act>
void do_act(void const* self, void const* event, command_context& in) {
    using of = act_of<decltype(Act)>;
    typename of::aspect::context context{in};
    (static_cast<typename of::aspect const*>(self)->*Act)(
        *static_cast<typename of::event const*>(event), context);
}

} // namespace detail

/// What the function `Act` of an aspect, `void (event const&, context&) const`, does where the
/// condition holds. The words complete the sentence "when the condition holds, ...".
template <typename Condition, auto Act>
constexpr auto consequence(std::string_view what, std::string (*details)() = nullptr) {
    using followed = typename detail::act_of<decltype(Act)>::event;
    static_assert(std::is_same_v<typename Condition::event, followed>,
        "koc: the condition of a consequence looks at another event than the one it follows from; "
        "see docs/engine.md#consequences");
    return event_consequence<followed>{
        {&Condition::words, &Condition::holds, what, details, &detail::do_act<Act>}};
}

} // namespace koc
