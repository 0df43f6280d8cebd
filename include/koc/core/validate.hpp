// SPDX-License-Identifier: BSL-1.0
#pragma once

// The door every command passes: each string of a described struct is UTF-8 within its limit, each
// list within its length, each instant within the calendar, each enum a described value. Aspects
// need not repeat it; they check meaning, not form.

#include <koc/core/civil.hpp>
#include <koc/core/described.hpp>
#include <koc/core/id.hpp>
#include <koc/core/personal_text.hpp>
#include <koc/core/score.hpp>
#include <koc/core/text.hpp>

#include <concepts>
#include <iterator>
#include <string>
#include <type_traits>
#include <variant>

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
std::optional<error> check_form(T const& value, int depth = 0) {
    auto const outside = [](char const* expected) {
        return error{errc::invalid_argument, {}, expected};
    };
    if (depth > nesting_max) {
        return error{errc::too_large, {}, "expected at most 64 levels of nesting; flatten it"};
    }
    if constexpr (std::same_as<T, personal_text>) {
        return check_text({}, value.text, note_length_max);
    } else if constexpr (std::convertible_to<T const&, std::string_view>) {
        return check_text({}, value, note_length_max);
    } else if constexpr (described_enum<T>) {
        if (name_of(value) == "?") {
            return outside("expected one of the enum's named values");
        }
    } else if constexpr (std::same_as<T, instant>) {
        if (value < instant_min || value > instant_max) {
            return outside("expected an instant between the years 0 and 9999");
        }
    } else if constexpr (std::same_as<T, duration>) {
        if (value < instant_min - instant_max || value > instant_max - instant_min) {
            return outside("expected a span of less than 10,000 years");
        }
    } else if constexpr (std::same_as<T, score>) {
        if (value > score_magnitude_max || value < -score_magnitude_max) {
            return outside("expected a score between -1,000,000 and 1,000,000");
        }
    } else if constexpr (described_struct<T>) {
        std::optional<error> first;
        for_each_member(value, [&](std::string_view name, auto const& member) {
            if (!first) {
                if ((first = check_form(member, depth + 1))) {
                    first->subject = '.' + std::string{name} + first->subject;
                }
            }
        });
        return first;
    } else if constexpr (requires { value.has_value(), *value; }) {
        if (value) {
            return check_form(*value, depth);
        }
    } else if constexpr (requires { value.index(), value.valueless_by_exception(); }) {
        return std::visit([&](auto const& held) { return check_form(held, depth); }, value);
    } else if constexpr (requires { value.first, value.second; }) {
        if (auto refused = check_form(value.first, depth + 1)) {
            refused->subject = ".first" + refused->subject;
            return refused;
        }
        if (auto refused = check_form(value.second, depth + 1)) {
            refused->subject = ".second" + refused->subject;
            return refused;
        }
    } else if constexpr (requires { std::begin(value), std::end(value), std::size(value); }) {
        if (std::size(value) > list_length_max) {
            return error{errc::too_large, {},
                "expected at most 1,000,000 elements; send them in several commands"};
        }
        using element_type = std::remove_cvref_t<decltype(*std::begin(value))>;
        if constexpr (!std::integral<element_type> && !is_id<element_type>) {
            std::size_t index = 0;
            for (auto const& element : value) {
                if (auto refused = check_form(element, depth + 1)) {
                    refused->subject = '[' + std::to_string(index) + ']' + refused->subject;
                    return refused;
                }
                ++index;
            }
        }
    }
    return std::nullopt;
}

} // namespace koc
