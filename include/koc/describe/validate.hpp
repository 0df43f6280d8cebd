// SPDX-License-Identifier: BSL-1.0
#pragma once

// The form of what comes from outside: each string is UTF-8 within its limit, each list within its
// length, each instant within the calendar, each enum a described value. The engine checks it
// before a command is decided, so that aspects check meaning only.

#include <koc/core/civil.hpp>
#include <koc/core/id.hpp>
#include <koc/core/personal_text.hpp>
#include <koc/core/text.hpp>
#include <koc/describe/detail/raw_value.hpp>
#include <koc/describe/shape.hpp>
#include <koc/number/score.hpp>

#include <optional>
#include <string>

namespace koc {

/// The longest list that one command may carry.
inline constexpr std::size_t list_length_max = 1'000'000;
/// The largest magnitude of a score in a command: sums of a million of them still fit.
inline constexpr score score_magnitude_max = whole(1'000'000);
/// How deep structs and lists of a command may nest.
inline constexpr int nesting_max = 64;

namespace detail {

inline std::optional<error> check_range(bool inside, char const* expected) {
    if (inside) {
        return std::nullopt;
    }
    return error{errc::invalid_argument, {}, expected};
}

} // namespace detail

/// Nothing when all parts of a value are well formed, otherwise the first refusal, whose subject is
/// the path from the value to the part, such as `.tags[3].name`. Acceptance allocates nothing.
/// O(size).
inline std::optional<error> check_form(shape const& of, void const* value, int depth = 0) {
    using detail::check_range;
    if (of.plain) {
        return std::nullopt;
    }
    if (depth > nesting_max) {
        return error{errc::too_large, {}, "expected at most 64 levels of nesting; flatten it"};
    }
    switch (of.kind) {
    case shape_kind::boolean:
    case shape_kind::natural:
    case shape_kind::whole:
    case shape_kind::digest:
        return std::nullopt;
    case shape_kind::enumeration:
        return check_range(
            detail::enumerator_at(of, value) != nullptr, "expected one of the enum's named values");
    case shape_kind::text:
        return check_text({}, *static_cast<std::string const*>(value), note_length_max);
    case shape_kind::personal:
        return check_text({}, static_cast<personal_text const*>(value)->text, note_length_max);
    case shape_kind::instant: {
        auto const at = *static_cast<instant const*>(value);
        return check_range(at >= instant_min && at <= instant_max,
            "expected an instant between the years 0 and 9999");
    }
    case shape_kind::duration: {
        auto const span = *static_cast<duration const*>(value);
        auto const inside = span >= instant_min - instant_max && span <= instant_max - instant_min;
        return check_range(inside || span == for_ever,
            "expected a span of less than 10,000 years, or koc::for_ever");
    }
    case shape_kind::score: {
        auto const amount = *static_cast<score const*>(value);
        return check_range(amount <= score_magnitude_max && amount >= -score_magnitude_max,
            "expected a score between -1,000,000 and 1,000,000");
    }
    case shape_kind::structure:
        for (std::size_t i = 0; i < of.count; ++i) {
            auto const& member = of.members()[i];
            if (member.of->plain) {
                continue;
            }
            if (auto refused =
                    check_form(*member.of, detail::at_offset(value, member.offset), depth + 1)) {
                refused->subject.insert(0, '.' + std::string{member.name});
                return refused;
            }
        }
        return std::nullopt;
    case shape_kind::optional:
    case shape_kind::list: {
        auto const& list = of.sequence();
        if (list.size(value) > list_length_max) {
            return error{errc::too_large, {},
                "expected at most 1,000,000 elements; send them in several commands"};
        }
        std::optional<error> refused;
        if (!list.element->plain) {
            std::size_t index = 0;
            detail::each_element(list, value, [&](void const* element) {
                refused = check_form(
                    *list.element, element, of.kind == shape_kind::list ? depth + 1 : depth);
                if (refused && of.kind == shape_kind::list) {
                    refused->subject.insert(0, '[' + std::to_string(index) + ']');
                }
                ++index;
                return !refused;
            });
        }
        return refused;
    }
    case shape_kind::pair: {
        auto const& both = of.both();
        if (auto refused = check_form(*both.first, value, depth + 1)) {
            refused->subject.insert(0, ".first");
            return refused;
        }
        auto refused =
            check_form(*both.second, detail::at_offset(value, both.second_offset), depth + 1);
        if (refused) {
            refused->subject.insert(0, ".second");
        }
        return refused;
    }
    case shape_kind::custom:
        return of.form().check(value, depth);
    }
    return std::nullopt;
}

template <typename T>
std::optional<error> check_form(T const& value) {
    return check_form(shape_of<T>, &value);
}

} // namespace koc
