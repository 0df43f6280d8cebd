// SPDX-License-Identifier: BSL-1.0
#pragma once

// Further keys of a table: one or two members of its record, as numbers that order as the members
// do.

#include <koc/core/id.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/personal_text.hpp>
#include <koc/describe/digest.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace koc {

/// Two key parts and the row's number, so that records with equal keys stand in order of arrival.
using key_row = std::array<std::uint64_t, 3>;

/// What a member is in a key: ids, enums, bools, integers and instants, in their own order; a
/// personal text as a hash of its words, whoever's they are, which is nowhere but in memory:
/// whoever finds one compares the words.
template <typename T>
constexpr std::uint64_t key_part(T const& value) {
    constexpr auto sign = std::uint64_t{1} << 63U;
    if constexpr (is_id<T>) {
        return static_cast<std::uint64_t>(value.value());
    } else if constexpr (std::is_same_v<T, instant>) {
        return static_cast<std::uint64_t>(value.ms) ^ sign;
    } else if constexpr (std::is_enum_v<T>) {
        return key_part(static_cast<std::underlying_type_t<T>>(value));
    } else if constexpr (std::is_same_v<T, personal_text>) {
        return digest_of(value.text).low;
    } else {
        static_assert(std::is_integral_v<T>,
            "koc: a key of a table is an id, an enum, a bool, an integer, an instant or a personal "
            "text; see docs/state.md#table");
        return static_cast<std::uint64_t>(value) ^ (std::is_signed_v<T> ? sign : 0);
    }
}

namespace detail {

template <typename Member>
struct member_pointer;
template <typename C, typename M>
struct member_pointer<M C::*> {
    using record = C;
    using value = M;
};

} // namespace detail

/// The class and the type of a member pointer.
template <auto Member>
using record_of_member =
    typename detail::member_pointer<std::remove_const_t<decltype(Member)>>::record;
template <auto Member>
using value_of_member =
    typename detail::member_pointer<std::remove_const_t<decltype(Member)>>::value;

/// The keys from one to another.
struct key_range {
    key_row low;
    key_row high;

    /// All with this first part.
    explicit key_range(std::uint64_t a)
        : low{a, 0, 0}, high{a, ~std::uint64_t{0}, ~std::uint64_t{0}} {}
    key_range(std::uint64_t a, std::uint64_t b) : low{a, b, 0}, high{a, b, ~std::uint64_t{0}} {}
};

namespace detail {

template <auto...>
struct second_member {};
template <auto Second>
struct second_member<Second> {
    using second = value_of_member<Second>;
};

} // namespace detail

/// A further key: `by<&offer_record::task>` or `by<&offer_record::task, &offer_record::member>`.
/// Not unique; records with equal keys stand in order of arrival.
template <auto First, auto... Second>
struct by : detail::second_member<Second...> {
    static_assert(sizeof...(Second) < 2,
        "koc: a key of a table has one or two members; see docs/state.md#table");
    using record = record_of_member<First>;
    using first = value_of_member<First>;

    static key_row read(record const& from) {
        if constexpr (sizeof...(Second) == 0) {
            return {key_part(from.*First), 0, 0};
        } else {
            return {key_part(from.*First), key_part(from.*Second)..., 0};
        }
    }
    /// All with this first member.
    static key_range range(first const& a) { return key_range{key_part(a)}; }
    static key_range range(first const& a, value_of_member<Second> const&... b) requires(
        sizeof...(Second) == 1) {
        return {key_part(a), key_part(b)...};
    }
};

} // namespace koc
