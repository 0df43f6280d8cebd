// SPDX-License-Identifier: BSL-1.0
#pragma once

// The JSON form of described values, one for files, logs, command lines and journals:
//
//     struct     {"member": ...}, as declared   id, integer   123
//     enum       "enumerator"                   bool          true
//     text       "..."                          optional      its value; absent or null
//     list       [...]                          pair          [first, second]
//     instant    "2026-01-31T08:30:00Z"         duration      milliseconds
//     score      millionths                     digest        "32 hexadecimal digits"
//     variant    {"type": "alternative", ...its members}, as for any_event
//
// Writing is canonical: equal values give equal bytes. Reading is strict: what is missing,
// unknown, of the wrong type or out of range is refused with its path, such as `.tags[3].name`.

#include <koc/core/civil.hpp>
#include <koc/core/error.hpp>
#include <koc/core/id.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/result.hpp>
#include <koc/core/text.hpp>
#include <koc/describe/described.hpp>
#include <koc/describe/digest.hpp>
#include <koc/describe/validate.hpp>
#include <koc/journal/any_event.hpp>
#include <koc/journal/schema.hpp>
#include <koc/number/score.hpp>
#include <koc/tag/fwd.hpp>

#include <boost/describe/enum_from_string.hpp>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/string.hpp>
#include <boost/json/value.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace koc {

/// A form of its own, for a struct whose description would read badly.
///
/// Requirements, where `has_json_form<T>` is true wherever `T` is declared:
///   1. `json_form<T>::write(value, storage)` returns `boost::json::value`.
///   2. `json_form<T>::read(tree, value, depth)` returns `std::optional<error>`, its subject a
///      path.
///   3. `json_form<T>::check(value, depth)` returns `std::optional<error>` for what reading would
///      refuse or change.
///   4. Reading what was written gives an equal value. [law]
template <typename T>
struct json_form;
template <typename T>
inline constexpr bool has_json_form = false;
/// Defined in koc/json/requirement.hpp.
template <>
inline constexpr bool has_json_form<requirement> = true;

namespace detail {

template <typename T>
inline constexpr bool is_variant = false;
template <typename... Alternatives>
inline constexpr bool is_variant<std::variant<Alternatives...>> = true;
template <typename... Events>
inline constexpr bool is_variant<any_event<Events...>> = true;

template <typename T>
inline constexpr bool is_optional = false;
template <typename T>
inline constexpr bool is_optional<std::optional<T>> = true;

template <typename T>
inline constexpr bool is_pair = false;
template <typename A, typename B>
inline constexpr bool is_pair<std::pair<A, B>> = true;

template <typename T>
concept json_list = requires(T& list, typename T::value_type element) {
    list.push_back(std::move(element));
    list.size();
    list.clear();
};

template <typename T>
inline constexpr bool has_no_json_form = false;

inline error refused(std::string expected) {
    return {errc::invalid_argument, {}, std::move(expected)};
}

/// Puts `step` before the path of a refusal.
inline std::optional<error> below(std::string step, std::optional<error> why) {
    if (why) {
        why->subject.insert(0, step);
    }
    return why;
}
inline std::string member_step(std::string_view name) { return '.' + escaped(name); }
inline std::string index_step(std::size_t index) { return '[' + std::to_string(index) + ']'; }

/// The types in a variant, or in another list, as values that need not be constructed.
template <template <typename...> typename List, typename... Alternatives>
constexpr void for_each_alternative(std::type_identity<List<Alternatives...>>, auto&& visit) {
    (visit(std::type_identity<Alternatives>{}), ...);
}

template <typename... Alternatives, typename Visitor>
auto visit_held(std::variant<Alternatives...> const& value, Visitor&& visitor) {
    return std::visit(visitor, value);
}
template <typename... Events, typename Visitor>
auto visit_held(any_event<Events...> const& value, Visitor&& visitor) {
    return value.visit(visitor);
}

template <described_struct T>
consteval bool has_member(std::string_view name) {
    bool found = false;
    boost::mp11::mp_for_each<members_of<T>>([&](auto member) { found |= name == member.name; });
    return found;
}

template <described_struct T>
std::string member_names() {
    std::string names;
    boost::mp11::mp_for_each<members_of<T>>(
        [&](auto member) { names += (names.empty() ? "" : ", ") + std::string{member.name}; });
    return names.empty() ? "no members" : "only the members " + names;
}

} // namespace detail

/// The JSON form of a value. Total: what has no form, such as an enum value without a name, is
/// written as a number, which reading refuses; `check_json` tells in advance.
template <typename T>
boost::json::value to_json(T const& value, boost::json::storage_ptr storage = {}) {
    if constexpr (has_json_form<T>) {
        return json_form<T>::write(value, storage);
    } else if constexpr (std::same_as<T, bool>) {
        return boost::json::value(value, storage);
    } else if constexpr (std::signed_integral<T>) {
        return boost::json::value(static_cast<std::int64_t>(value), storage);
    } else if constexpr (std::unsigned_integral<T>) {
        return boost::json::value(static_cast<std::uint64_t>(value), storage);
    } else if constexpr (std::convertible_to<T const&, std::string_view>) {
        return boost::json::value(std::string_view{value}, storage);
    } else if constexpr (is_id<T>) {
        return boost::json::value(static_cast<std::uint64_t>(value.value()), storage);
    } else if constexpr (described_enum<T>) {
        auto const name = name_of(value);
        return name == "?" ? to_json(static_cast<std::underlying_type_t<T>>(value), storage)
                           : boost::json::value(name, storage);
    } else if constexpr (std::same_as<T, instant>) {
        return value < instant_min || value > instant_max
            ? boost::json::value(value.ms, storage)
            : boost::json::value(to_iso8601(value), storage);
    } else if constexpr (std::same_as<T, duration>) {
        return boost::json::value(value.ms, storage);
    } else if constexpr (std::same_as<T, score>) {
        return boost::json::value(value.raw, storage);
    } else if constexpr (std::same_as<T, digest>) {
        return boost::json::value(to_hex(value), storage);
    } else if constexpr (described_struct<T>) {
        boost::json::object object(storage);
        object.reserve(boost::mp11::mp_size<members_of<T>>::value);
        for_each_member(value, [&](std::string_view name, auto const& member) {
            if constexpr (detail::is_optional<std::remove_cvref_t<decltype(member)>>) {
                if (!member) {
                    return;
                }
            }
            object.emplace(name, to_json(member, storage));
        });
        return object;
    } else if constexpr (detail::is_optional<T>) {
        return value ? to_json(*value, storage) : boost::json::value(nullptr, storage);
    } else if constexpr (detail::is_variant<T>) {
        boost::json::object object(storage);
        detail::visit_held(value, [&](auto const& held) {
            object.emplace("type", schema_name<std::remove_cvref_t<decltype(held)>>());
            static_assert(!detail::has_member<std::remove_cvref_t<decltype(held)>>("type"),
                "koc: an alternative of a variant may not have a member named type; "
                "see docs/json.md#variants");
            auto members = to_json(held, storage);
            for (auto& member : members.get_object()) {
                object.emplace(member.key(), std::move(member.value()));
            }
        });
        return object;
    } else if constexpr (detail::is_pair<T>) {
        boost::json::array both(storage);
        both.reserve(2);
        both.push_back(to_json(value.first, storage));
        both.push_back(to_json(value.second, storage));
        return both;
    } else if constexpr (detail::json_list<T>) {
        boost::json::array list(storage);
        list.reserve(value.size());
        for (auto const& element : value) {
            list.push_back(to_json<typename T::value_type>(element, storage));
        }
        return list;
    } else {
        static_assert(detail::has_no_json_form<T>,
            "koc: this type has no JSON form; describe it with BOOST_DESCRIBE_STRUCT or "
            "BOOST_DESCRIBE_ENUM; see docs/json.md");
    }
}

/// Nothing when `from_json` gives back an equal value from `to_json(value)`, otherwise the
/// refusal, with the path as its subject: text that is not UTF-8, an enum value without a name,
/// an instant outside the years 0 to 9999, more than `nesting_max` levels. Acceptance allocates
/// nothing.
template <typename T>
std::optional<error> check_json(T const& value, int depth = 0) {
    using detail::below;
    using detail::refused;
    if (depth > nesting_max) {
        return refused("expected at most " + std::to_string(nesting_max) + " levels; flatten it");
    }
    if constexpr (has_json_form<T>) {
        return json_form<T>::check(value, depth);
    } else if constexpr (std::convertible_to<T const&, std::string_view>) {
        if (!is_utf8(value)) {
            return error{errc::invalid_text, {}, "expected valid UTF-8; convert the text"};
        }
    } else if constexpr (described_enum<T>) {
        if (name_of(value) == "?") {
            return refused("expected one of the enum's named values");
        }
    } else if constexpr (std::same_as<T, instant>) {
        if (value < instant_min || value > instant_max) {
            return refused("expected an instant between the years 0 and 9999");
        }
    } else if constexpr (described_struct<T>) {
        std::optional<error> first;
        for_each_member(value, [&](std::string_view name, auto const& member) {
            if (!first && (first = check_json(member, depth + 1))) {
                first->subject.insert(0, detail::member_step(name));
            }
        });
        return first;
    } else if constexpr (detail::is_optional<T>) {
        return value ? check_json(*value, depth) : std::nullopt;
    } else if constexpr (detail::is_variant<T>) {
        return detail::visit_held(value, [&](auto const& held) { return check_json(held, depth); });
    } else if constexpr (detail::is_pair<T>) {
        auto first = below("[0]", check_json(value.first, depth + 1));
        return first ? first : below("[1]", check_json(value.second, depth + 1));
    } else if constexpr (detail::json_list<T>) {
        using element_type = typename T::value_type;
        if constexpr (!std::integral<element_type> && !is_id<element_type>) {
            std::size_t index = 0;
            for (auto const& element : value) {
                if (auto why = check_json(element, depth + 1)) {
                    return below(detail::index_step(index), std::move(why));
                }
                ++index;
            }
        }
    }
    return std::nullopt;
}

namespace detail {

template <typename Integer>
std::optional<error> read_integer(boost::json::value const& tree, Integer& to) {
    using limits = std::numeric_limits<Integer>;
    auto const fits = [&](auto number) {
        if (!std::in_range<Integer>(number)) {
            return false;
        }
        to = static_cast<Integer>(number);
        return true;
    };
    auto const* const integer = tree.if_int64();
    auto const* const natural = tree.if_uint64();
    if ((integer && fits(*integer)) || (natural && fits(*natural))) {
        return std::nullopt;
    }
    return refused("expected a whole number between " + std::to_string((limits::min)()) + " and " +
        std::to_string((limits::max)()));
}

template <typename T>
std::optional<error> read_json(boost::json::value const& tree, T& to, int depth);

/// Reads the members of a struct; `extra` counts members that belong to somebody else.
template <described_struct T>
std::optional<error> read_members(
    boost::json::object const& object, T& to, int depth, std::string_view extra = {}) {
    std::optional<error> first;
    auto expected = extra.empty() ? std::size_t{0} : std::size_t{1};
    for_each_member(to, [&](std::string_view name, auto& member) {
        if (first) {
            return;
        }
        if (auto const* const found = object.if_contains(name)) {
            ++expected;
            first = read_json(*found, member, depth + 1);
        } else if constexpr (is_optional<std::remove_cvref_t<decltype(member)>>) {
            member.reset();
        } else {
            first = refused("expected this member; add it");
        }
        if (first) {
            first->subject.insert(0, member_step(name));
        }
    });
    if (first || expected == object.size()) {
        return first;
    }
    for (auto const& member : object) {
        bool known = member.key() == extra;
        for_each_member(to, [&](std::string_view name, auto&) { known |= member.key() == name; });
        if (!known) {
            return below(member_step(member.key()),
                refused("expected " + member_names<T>() + "; remove it or correct its name"));
        }
    }
    return std::nullopt;
}

template <typename Variant>
std::optional<error> read_variant(boost::json::object const& object, Variant& to, int depth) {
    auto const* const type = object.if_contains("type");
    auto const* const wanted = type ? type->if_string() : nullptr;
    std::string names;
    std::optional<error> first;
    bool known = false;
    for_each_alternative(std::type_identity<Variant>{}, [&](auto alternative) {
        using held_type = typename decltype(alternative)::type;
        constexpr auto name = schema_name<held_type>();
        if (!known && wanted && *wanted == name) {
            known = true;
            held_type held{};
            first = read_members(object, held, depth, "type");
            to = std::move(held);
        }
        names += (names.empty() ? "" : ", ") + std::string{name};
    });
    return known ? first : below(".type", refused("expected one of: " + names));
}

template <typename T>
std::optional<error> read_json(boost::json::value const& tree, T& to, int depth) {
    if (depth > nesting_max) {
        return refused("expected at most " + std::to_string(nesting_max) + " levels; flatten it");
    }
    auto const* const text = tree.if_string();
    if constexpr (has_json_form<T>) {
        return json_form<T>::read(tree, to, depth);
    } else if constexpr (std::same_as<T, bool>) {
        if (!tree.is_bool()) {
            return refused("expected true or false");
        }
        to = tree.get_bool();
    } else if constexpr (std::integral<T>) {
        return read_integer(tree, to);
    } else if constexpr (std::same_as<T, std::string>) {
        if (!text) {
            return refused("expected a text in quotation marks");
        }
        to.assign(text->data(), text->size());
    } else if constexpr (is_id<T>) {
        typename T::rep number{};
        auto why = read_integer(tree, number);
        to = T{number};
        return why;
    } else if constexpr (described_enum<T>) {
        if (!text || !boost::describe::enum_from_string(text->c_str(), to) ||
            name_of(to) != *text) {
            std::string names;
            boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>([&](auto value) {
                names += (names.empty() ? "" : ", ") + std::string{value.name};
            });
            return refused("expected one of: " + names);
        }
    } else if constexpr (std::same_as<T, instant>) {
        if (!text) {
            return refused("expected a date and time with a zone, such as "
                           "\"2026-01-31T08:30:00Z\"");
        }
        auto at = from_iso8601({text->data(), text->size()});
        if (!at) {
            return refused(std::move(at).error().expected);
        }
        to = *at;
    } else if constexpr (std::same_as<T, duration>) {
        return read_integer(tree, to.ms);
    } else if constexpr (std::same_as<T, score>) {
        return read_integer(tree, to.raw);
    } else if constexpr (std::same_as<T, digest>) {
        auto const read = text ? digest_from_hex({text->data(), text->size()}) : std::nullopt;
        if (!read) {
            return refused("expected a text of 32 lower-case hexadecimal digits");
        }
        to = *read;
    } else if constexpr (described_struct<T>) {
        auto const* const object = tree.if_object();
        return object ? read_members(*object, to, depth) : refused("expected an object in braces");
    } else if constexpr (is_optional<T>) {
        if (tree.is_null()) {
            to.reset();
        } else {
            return read_json(tree, to.emplace(), depth);
        }
    } else if constexpr (is_variant<T>) {
        auto const* const object = tree.if_object();
        return object ? read_variant(*object, to, depth) : refused("expected an object in braces");
    } else if constexpr (is_pair<T>) {
        auto const* const both = tree.if_array();
        if (!both || both->size() != 2) {
            return refused("expected a list of exactly two in brackets");
        }
        auto first = below("[0]", read_json((*both)[0], to.first, depth + 1));
        return first ? first : below("[1]", read_json((*both)[1], to.second, depth + 1));
    } else if constexpr (json_list<T>) {
        auto const* const list = tree.if_array();
        if (!list) {
            return refused("expected a list in brackets");
        }
        to.clear();
        if constexpr (requires { to.reserve(list->size()); }) {
            to.reserve(list->size());
        }
        for (auto const& element : *list) {
            typename T::value_type next{};
            if (auto why = read_json(element, next, depth + 1)) {
                return below(index_step(to.size()), std::move(why));
            }
            to.push_back(std::move(next));
        }
    } else {
        static_assert(has_no_json_form<T>,
            "koc: this type has no JSON form; describe it with BOOST_DESCRIBE_STRUCT or "
            "BOOST_DESCRIBE_ENUM; see docs/json.md");
    }
    return std::nullopt;
}

} // namespace detail

/// Reads what `to_json` writes. Refused with `errc::invalid_argument`, the path as its subject
/// (`.` for the value itself), is everything that is missing, unknown, of the wrong type, out of
/// range or too deep.
template <typename T>
result<T> from_json(boost::json::value const& tree) {
    T value{};
    if (auto why = detail::read_json(tree, value, 0)) {
        if (why->subject.empty()) {
            why->subject = ".";
        }
        return *std::move(why);
    }
    return value;
}

} // namespace koc
