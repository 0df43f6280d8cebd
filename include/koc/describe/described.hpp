// SPDX-License-Identifier: BSL-1.0
#pragma once

// The members of structs that are described with Boost.Describe. The digest, the form check, the
// JSON form and the docs all walk that description.

#include <koc/describe/described_enum.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/members.hpp>
#include <boost/mp11/algorithm.hpp>
#include <boost/mp11/list.hpp>

#include <cstddef>
#include <string_view>
#include <type_traits>

namespace koc {

/// A struct or class whose data members are all described.
template <typename T>
concept described_struct = boost::describe::has_describe_members<T>::value;

/// The most members that a described struct may have, those of its bases included: clang takes no
/// longer lists without an option. One BOOST_DESCRIBE_STRUCT names at most 52.
inline constexpr std::size_t described_members_max = 256;

namespace detail {

template <typename List>
struct few_enough {
    static constexpr bool value = boost::mp11::mp_size<List>::value <= described_members_max;
    static_assert(value,
        "koc: a described struct has more than 256 members, those of its bases included; put some "
        "of them into a struct of their own; see docs/core.md#limits");
    /// Nothing after a refusal, so that no compiler goes on about the list.
    using type = std::conditional_t<value, List, boost::mp11::mp_list<>>;
};

} // namespace detail

template <described_struct T>
using members_of = typename detail::few_enough<boost::describe::describe_members<T,
    boost::describe::mod_any_access | boost::describe::mod_inherited>>::type;

namespace detail {

template <typename T, typename Visit, template <typename...> typename List, typename... Members>
constexpr void visit_members(T& object, Visit& visit, List<Members...>) {
    (visit(std::string_view{Members::name}, object.*Members::pointer), ...);
}

} // namespace detail

/// Calls `visit(name, member)` for each member of `object`, in the order of declaration.
template <typename T, typename Visit>
    requires described_struct<std::remove_const_t<T>>
constexpr void for_each_member(T& object, Visit&& visit) {
    detail::visit_members(object, visit, members_of<std::remove_const_t<T>>{});
}

namespace detail {

template <typename T>
consteval std::string_view find_type_name() {
#if defined(__clang__)
    constexpr std::string_view here = __PRETTY_FUNCTION__;
    constexpr std::string_view open = "[T = ";
    constexpr std::size_t close = here.rfind(']');
#else
    constexpr std::string_view here = __PRETTY_FUNCTION__;
    constexpr std::string_view open = "[with T = ";
    constexpr std::size_t close = here.find_first_of(";]", here.find(open));
#endif
    constexpr std::size_t from = here.find(open) + open.size();
    constexpr std::string_view full = here.substr(from, close - from);
    // The last name that stands outside of all template arguments.
    std::size_t begin = 0;
    std::size_t end = full.size();
    int depth = 0;
    for (std::size_t i = 0; i < full.size(); ++i) {
        if (full[i] == '<') {
            end = depth++ == 0 ? i : end;
        } else if (full[i] == '>') {
            --depth;
        } else if (full[i] == ':' && depth == 0) {
            begin = i + 1;
            end = full.size();
        }
    }
    return full.substr(begin, end - begin);
}

} // namespace detail

/// The type's unqualified name, without RTTI: `koc::member_enrolled` gives "member_enrolled", and a
/// template's arguments are left out. What journals call an event by default.
template <typename T>
consteval std::string_view type_name() {
    return detail::find_type_name<T>();
}

} // namespace koc
