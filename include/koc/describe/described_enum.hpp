// SPDX-License-Identifier: BSL-1.0
#pragma once

// The names of an enum's values, from Boost.Describe: for sentences, diagrams and JSON. Apart from
// described.hpp, because a lifecycle needs no more than this and structs cost a compiler more.

#include <boost/describe/enum.hpp>
#include <boost/describe/enumerators.hpp>

#include <string_view>

namespace koc {

/// An enum whose enumerators are all described.
template <typename T>
concept described_enum = boost::describe::has_describe_enumerators<T>::value;

/// The enumerator's name, or "?" for a value that none has.
template <described_enum E>
constexpr std::string_view name_of(E value) {
    // Not Boost's enum_to_string, which is no constant expression in Boost 1.81.
    std::string_view name = "?";
    [&]<template <typename...> typename List, typename... Each>(List<Each...>) {
        ((Each::value == value ? void(name = Each::name) : void()), ...);
    }(boost::describe::describe_enumerators<E>{});
    return name;
}

} // namespace koc
