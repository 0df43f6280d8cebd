// SPDX-License-Identifier: BSL-1.0
#pragma once

// A struct that holds one of several commands, each in an optional member of its type: which types
// it may hold follows from its description. Rules stand for the command that adopts them.

#include <koc/describe/described.hpp>
#include <koc/engine/rules.hpp>

#include <boost/mp11/algorithm.hpp>
#include <boost/mp11/list.hpp>

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace koc::detail {

/// Rules of which it is known when others leave somebody less than they do.
template <typename T>
concept guarding_rules = requires(T const& rules) {
    { loosens(rules, rules) } -> std::same_as<bool>;
};

/// The command that an optional member holds; void for a member of another type.
template <typename Member>
struct held_by {
    using command = void;
};
template <typename T>
struct held_by<std::optional<T>> {
    using command = std::conditional_t<guarding_rules<T>, adopt<T>, T>;
};
template <typename Member>
inline constexpr bool holds_command =
    !std::is_void_v<typename held_by<std::remove_cv_t<Member>>::command>;

template <typename Of, typename Descriptor>
using type_of_described = std::remove_cvref_t<decltype(std::declval<Of&>().*Descriptor::pointer)>;

/// Calls `visit(std::type_identity<Command>{})` for each type of command that `Of` may hold.
template <typename Of, typename Visit>
void each_held_command(Visit const& visit) {
    boost::mp11::mp_for_each<boost::mp11::mp_transform<std::type_identity, members_of<Of>>>(
        [&]<typename Descriptor>(std::type_identity<Descriptor>) {
            using member = type_of_described<Of, Descriptor>;
            if constexpr (holds_command<member>) {
                visit(std::type_identity<typename held_by<member>::command>{});
            }
        });
}

/// How many commands a struct holds.
template <typename Of>
std::int64_t count_held(Of const& holder) {
    std::int64_t count = 0;
    for_each_member(holder, [&]<typename Member>(std::string_view, Member const& member) {
        if constexpr (holds_command<Member>) {
            count += member.has_value() ? 1 : 0;
        }
    });
    return count;
}

/// The members of a struct that may hold a command: "surprise, boost or removal".
template <typename Of>
std::string names_of_held(Of const& holder) {
    std::string text;
    std::string_view last;
    for_each_member(holder, [&]<typename Member>(std::string_view name, Member const&) {
        if constexpr (holds_command<Member>) {
            if (!last.empty()) {
                text += (text.empty() ? "" : ", ") + std::string{last};
            }
            last = name;
        }
    });
    return text + (text.empty() ? "" : " or ") + std::string{last};
}

/// Copies what one struct holds to another, from member to member of the same type.
template <typename From, typename To>
void copy_held(From const& from, To& to) {
    for_each_member(to, [&]<typename Into>(std::string_view, Into& into) {
        if constexpr (holds_command<Into>) {
            for_each_member(from, [&]<typename Out>(std::string_view, Out const& out) {
                if constexpr (std::is_same_v<Into, Out>) {
                    into = out;
                }
            });
        }
    });
}

/// Calls `visit(command)` for each command that a struct holds.
template <typename Of, typename Visit>
void visit_held(Of const& holder, Visit const& visit) {
    for_each_member(holder, [&]<typename Member>(std::string_view, Member const& member) {
        if constexpr (holds_command<Member>) {
            if (member) {
                visit(typename held_by<Member>::command{*member});
            }
        }
    });
}

} // namespace koc::detail
