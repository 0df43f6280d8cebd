// SPDX-License-Identifier: BSL-1.0
#pragma once

// Members of described messages and rules, by pointer: their names and their values.

#include <koc/describe/described.hpp>
#include <koc/state/key.hpp>

#include <string>
#include <string_view>
#include <type_traits>

namespace koc::detail {

template <auto Member, typename D>
constexpr bool is_described(std::string_view& name) {
    if constexpr (std::is_same_v<std::remove_cv_t<decltype(D::pointer)>,
                      std::remove_cv_t<decltype(Member)>>) {
        if (D::pointer == Member) {
            name = D::name;
            return true;
        }
    }
    return false;
}
template <auto Member, template <typename...> typename List, typename... D>
constexpr std::string_view member_name_in(List<D...>) {
    std::string_view name;
    static_cast<void>((is_described<Member, D>(name) || ...));
    return name;
}
/// The name of a described member.
template <auto Member>
constexpr std::string_view member_name() {
    return member_name_in<Member>(members_of<record_of_member<Member>>{});
}
/// The member of a message without its type.
template <auto Member>
auto const& member_in(void const* message) {
    return static_cast<record_of_member<Member> const*>(message)->*Member;
}
/// Such as `enrol.name`, as a refusal or the page of rules names it.
template <auto Member>
std::string member_subject() {
    return std::string{type_name<record_of_member<Member>>()} + '.' +
        std::string{member_name<Member>()};
}

} // namespace koc::detail
