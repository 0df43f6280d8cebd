// SPDX-License-Identifier: BSL-1.0
#pragma once

// The door every command passes: each string of a described struct is UTF-8 within its limit, each
// list within its length, each instant within the calendar, each enum a described value. Aspects
// need not repeat it; they check meaning, not form.

#include <koc/core/civil.hpp>
#include <koc/core/id.hpp>
#include <koc/core/personal_text.hpp>
#include <koc/core/text.hpp>
#include <koc/describe/described.hpp>
#include <koc/number/score.hpp>

#include <concepts>
#include <string>
#include <type_traits>

namespace koc {

/// The longest list that one command may carry.
inline constexpr std::size_t list_length_max = 1'000'000;
/// The largest magnitude of a score in a command: sums of a million of them still fit.
inline constexpr score score_magnitude_max = whole(1'000'000);
/// How deep structs and lists of a command may nest.
inline constexpr int nesting_max = 64;

/// Nothing when all parts of `value` are well formed, otherwise the first refusal, whose subject is
/// the path from `value` to the part, such as `.tags[3].name`. Acceptance allocates nothing.
template <typename T>
std::optional<error> check_form(T const& value, int depth = 0);

namespace detail {

/// Whether everything is well formed so far; a refusal is put in `why`, with `step` before its
/// path.
template <typename T>
bool well_formed(std::optional<error>& why, T const& value, int depth, std::string_view step) {
    why = check_form(value, depth);
    if (why) {
        why->subject.insert(0, step);
    }
    return !why;
}
template <typename T, template <typename...> typename List, typename... Members>
std::optional<error> check_members(
    [[maybe_unused]] T const& value, [[maybe_unused]] int depth, List<Members...>) {
    std::optional<error> why;
    static_cast<void>((well_formed(why, value.*Members::pointer, depth, Members::name) && ...));
    if (why) {
        why->subject.insert(0, 1, '.');
    }
    return why;
}

inline std::optional<error> check_range(bool inside, char const* expected) {
    if (inside) {
        return std::nullopt;
    }
    return error{errc::invalid_argument, {}, expected};
}
inline std::optional<error> check_form_of(instant at) {
    return check_range(
        at >= instant_min && at <= instant_max, "expected an instant between the years 0 and 9999");
}
inline std::optional<error> check_form_of(duration span) {
    auto const inside =
        span >= instant_min - instant_max && span <= instant_max - instant_min;
    return check_range(inside || span == for_ever,
        "expected a span of less than 10,000 years, or koc::for_ever");
}
inline std::optional<error> check_form_of(score amount) {
    return check_range(amount <= score_magnitude_max && amount >= -score_magnitude_max,
        "expected a score between -1,000,000 and 1,000,000");
}

} // namespace detail

template <typename T>
std::optional<error> check_form(T const& value, int depth) {
    if (depth > nesting_max) {
        return error{errc::too_large, {}, "expected at most 64 levels of nesting; flatten it"};
    }
    if constexpr (std::integral<T> || is_id<T>) {
        return std::nullopt;
    } else if constexpr (std::same_as<T, personal_text>) {
        return check_text({}, value.text, note_length_max);
    } else if constexpr (described_enum<T>) {
        return detail::check_range(
            name_of(value) != "?", "expected one of the enum's named values");
    } else if constexpr (requires { detail::check_form_of(value); }) {
        return detail::check_form_of(value);
    } else if constexpr (described_struct<T>) {
        return detail::check_members(value, depth + 1, members_of<T>{});
    } else if constexpr (std::convertible_to<T const&, std::string_view>) {
        return check_text({}, value, note_length_max);
    } else if constexpr (requires { value.has_value(), *value; }) {
        return value ? check_form(*value, depth) : std::nullopt;
    } else if constexpr (requires { value.index(), value.valueless_by_exception(); }) {
        return visit([&](auto const& held) { return check_form(held, depth); }, value);
    } else if constexpr (requires { value.first, value.second; }) {
        std::optional<error> why;
        static_cast<void>(detail::well_formed(why, value.first, depth + 1, ".first") &&
            detail::well_formed(why, value.second, depth + 1, ".second"));
        return why;
    } else if constexpr (requires { value.begin(), value.end(), value.size(); }) {
        if (value.size() > list_length_max) {
            return error{errc::too_large, {},
                "expected at most 1,000,000 elements; send them in several commands"};
        }
        using element_type = std::remove_cvref_t<decltype(*value.begin())>;
        if constexpr (!std::integral<element_type> && !is_id<element_type>) {
            std::size_t index = 0;
            for (auto const& element : value) {
                if (auto refused = check_form(element, depth + 1)) {
                    refused->subject.insert(0, '[' + std::to_string(index) + ']');
                    return refused;
                }
                ++index;
            }
        }
    }
    return std::nullopt;
}

} // namespace koc
