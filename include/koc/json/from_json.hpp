// SPDX-License-Identifier: BSL-1.0
#pragma once

// Reads values from a tree of Boost.JSON, in the form of describe/canonical.hpp. Strict: what is
// missing, unknown, of the wrong type, out of range or too deep is refused with its path, such as
// `.tags[3].name`. One function reads every type by its shape, so that a type costs the compiler no
// more than its table of members.

#include <koc/core/civil.hpp>
#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/text.hpp>
#include <koc/describe/detail/raw_value.hpp>
#include <koc/describe/digest.hpp>
#include <koc/describe/shape.hpp>
#include <koc/describe/validate.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/string.hpp>
#include <boost/json/value.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace koc {

/// Fills `to`, a value of the shape `of` made from nothing. Nothing when that succeeds, otherwise
/// the first refusal, whose subject is the path from the value to the part, empty for the value
/// itself; `to` is then filled in part. `depth` is how many structs and lists are around it.
/// O(size).
///
/// Lists are filled by `sequence_shape::grow`; reading one that cannot grow, such as a set, is a
/// mistake in the program, and refused.
std::optional<error> read_json(
    boost::json::value const& tree, shape const& of, void* to, int depth = 0);

namespace detail {

inline std::optional<error> json_refused(std::string expected) {
    return error{errc::invalid_argument, {}, std::move(expected)};
}

/// Puts `step` before the path of a refusal.
inline std::optional<error> json_below(std::string const& step, std::optional<error> why) {
    if (why) {
        why->subject.insert(0, step);
    }
    return why;
}
inline std::string member_step(std::string_view name) { return '.' + escaped(name); }
inline std::string index_step(std::size_t index) { return '[' + std::to_string(index) + ']'; }

inline std::string_view json_key(boost::json::key_value_pair const& member) {
    return {member.key().data(), member.key().size()};
}
inline std::optional<std::string_view> json_words(boost::json::value const& tree) {
    auto const* const text = tree.if_string();
    return text ? std::optional{std::string_view{text->data(), text->size()}} : std::nullopt;
}

inline std::optional<error> read_json_natural(
    boost::json::value const& tree, void* to, std::size_t bytes) {
    auto const max = (std::numeric_limits<std::uint64_t>::max)() >> (64 - 8 * bytes);
    auto const* const integer = tree.if_int64();
    auto const* const natural = tree.if_uint64();
    if ((integer == nullptr && natural == nullptr) || (integer != nullptr && *integer < 0) ||
        (integer != nullptr && static_cast<std::uint64_t>(*integer) > max) ||
        (natural != nullptr && *natural > max)) {
        return json_refused("expected a whole number between 0 and " + std::to_string(max));
    }
    store_number(to, integer != nullptr ? static_cast<std::uint64_t>(*integer) : *natural, bytes);
    return std::nullopt;
}

inline std::optional<error> read_json_whole(
    boost::json::value const& tree, void* to, std::size_t bytes) {
    auto const max = (std::numeric_limits<std::int64_t>::max)() >> (64 - 8 * bytes);
    auto const min = -max - 1;
    auto const* const integer = tree.if_int64();
    if (integer == nullptr || *integer < min || *integer > max) {
        return json_refused("expected a whole number between " + std::to_string(min) + " and " +
            std::to_string(max));
    }
    store_number(to, static_cast<std::uint64_t>(*integer), bytes);
    return std::nullopt;
}

inline std::optional<error> read_json_enum(
    boost::json::value const& tree, shape const& of, void* to) {
    auto const words = json_words(tree);
    for (std::size_t i = 0; i < of.count; ++i) {
        auto const& row = of.enumerators()[i];
        if (words == row.name) {
            store_number(to, static_cast<std::uint64_t>(row.value), of.bytes);
            return std::nullopt;
        }
    }
    return json_refused("expected one of: " + enumerator_names(of));
}

inline std::optional<error> read_json_instant(boost::json::value const& tree, void* to) {
    auto const words = json_words(tree);
    if (words) {
        if (auto const at = from_iso8601(*words)) {
            *static_cast<instant*>(to) = *at;
            return std::nullopt;
        }
        if (from_iso8601(std::string{*words} + 'Z')) {
            return json_refused("expected a time with its zone, and the zone is missing; append Z "
                                "for UTC or the distance from it, such as +08:00");
        }
    }
    return json_refused("expected a date and time with its zone, such as \"2026-01-31T08:30:00Z\"");
}

inline bool has_member(shape const& of, std::string_view name) {
    for (std::size_t i = 0; i < of.count; ++i) {
        if (of.members()[i].name == name) {
            return true;
        }
    }
    return false;
}

/// The refusal of the first member of `object` that the struct does not have.
inline std::optional<error> unknown_member(
    boost::json::object const& object, shape const& of, std::string_view extra) {
    for (auto const& member : object) {
        auto const name = json_key(member);
        if (name != extra && !has_member(of, name)) {
            std::string names;
            for (std::size_t i = 0; i < of.count; ++i) {
                names.append(i == 0 ? "only the members " : ", ").append(of.members()[i].name);
            }
            return json_below(member_step(name),
                json_refused("expected " + (names.empty() ? "no members" : names) +
                    "; remove it or correct its name"));
        }
    }
    return std::nullopt;
}

/// Reads the members of a struct. `extra` names one that `object` has and the struct has not.
inline std::optional<error> read_json_members(boost::json::object const& object, shape const& of,
    void* to, int depth, std::string_view extra = {}) {
    std::size_t known = extra.empty() ? 0 : 1;
    auto const* next = object.begin(); // text of ours has the members in the order of the struct
    for (std::size_t i = 0; i < of.count; ++i) {
        auto const& member = of.members()[i];
        std::string_view const name = member.name;
        boost::json::value const* found = nullptr;
        if (next != object.end() && json_key(*next) == name) {
            found = &next++->value();
        } else {
            found = object.if_contains(name);
        }
        auto* const part = at_offset(to, member.offset);
        std::optional<error> refused;
        if (found != nullptr) {
            ++known;
            refused = read_json(*found, *member.of, part, depth + 1);
        } else if (member.of->kind == shape_kind::optional) {
            member.of->sequence().clear(part);
        } else {
            refused = json_refused("expected this member; add it");
        }
        if (refused) {
            return json_below(member_step(name), std::move(refused));
        }
    }
    return known == object.size() ? std::nullopt : unknown_member(object, of, extra);
}

inline std::optional<error> read_json_list(
    boost::json::value const& tree, sequence_shape const& list, void* to, int depth) {
    auto const* const array = tree.if_array();
    if (array == nullptr) {
        return json_refused("expected a list in brackets");
    }
    list.clear(to);
    std::size_t index = 0;
    for (auto const& element : *array) {
        auto* const place = list.grow(to);
        if (place == nullptr) {
            return json_refused("expected a list that can grow, but the program has one of another "
                                "type; make its member a std::vector");
        }
        if (auto refused = read_json(element, *list.element, place, depth + 1)) {
            return json_below(index_step(index), std::move(refused));
        }
        ++index;
    }
    return std::nullopt;
}

inline std::optional<error> read_json_pair(
    boost::json::value const& tree, pair_shape const& both, void* to, int depth) {
    auto const* const array = tree.if_array();
    if (array == nullptr || array->size() != 2) {
        return json_refused("expected a list of exactly two in brackets");
    }
    if (auto refused = json_below("[0]", read_json((*array)[0], *both.first, to, depth + 1))) {
        return refused;
    }
    return json_below(
        "[1]", read_json((*array)[1], *both.second, at_offset(to, both.second_offset), depth + 1));
}

/// What a custom form reads from.
struct json_source : form_source {
    boost::json::value const* tree;
    int depth;

    static std::optional<error> read_here(form_source const& from, shape const& as, void* value) {
        auto const& here = static_cast<json_source const&>(from);
        return read_json(*here.tree, as, value, here.depth);
    }
};

/// A personal text as the struct that its text shows.
inline shape const personal_members{shape_kind::structure, false, 0, 2,
    members_shape<personal_text, members_of<personal_text>>::rows, "personal_text"};

} // namespace detail

inline std::optional<error> read_json(
    boost::json::value const& tree, shape const& of, void* to, int depth) {
    using detail::json_refused;
    if (depth > nesting_max && !of.plain) { // as `check_form`, so that what it accepts is read
        return json_refused(
            "expected at most " + std::to_string(nesting_max) + " levels; flatten it");
    }
    switch (of.kind) {
    case shape_kind::boolean:
        if (!tree.is_bool()) {
            return json_refused("expected true or false");
        }
        *static_cast<bool*>(to) = tree.get_bool();
        return std::nullopt;
    case shape_kind::natural:
        return detail::read_json_natural(tree, to, of.bytes);
    case shape_kind::whole:
        return detail::read_json_whole(tree, to, of.bytes);
    case shape_kind::duration:
        return detail::read_json_whole(tree, &static_cast<duration*>(to)->ms, 8);
    case shape_kind::score:
        return detail::read_json_whole(tree, &static_cast<score*>(to)->raw, 8);
    case shape_kind::enumeration:
        return detail::read_json_enum(tree, of, to);
    case shape_kind::text: {
        auto const words = detail::json_words(tree);
        if (!words) {
            return json_refused("expected a text in quotation marks");
        }
        static_cast<std::string*>(to)->assign(*words);
        return std::nullopt;
    }
    case shape_kind::instant:
        return detail::read_json_instant(tree, to);
    case shape_kind::digest: {
        auto const words = detail::json_words(tree);
        auto const read = words ? digest_from_hex(*words) : std::nullopt;
        if (!read) {
            return json_refused("expected a text of 32 lower-case hexadecimal digits");
        }
        *static_cast<digest*>(to) = *read;
        return std::nullopt;
    }
    case shape_kind::personal:
    case shape_kind::structure: {
        auto const* const object = tree.if_object();
        if (object == nullptr) {
            return json_refused("expected an object in braces");
        }
        return of.kind == shape_kind::structure
            ? detail::read_json_members(*object, of, to, depth)
            : detail::read_json_members(*object, detail::personal_members, to, depth - 1);
    }
    case shape_kind::optional: {
        auto const& maybe = of.sequence();
        if (tree.is_null()) {
            maybe.clear(to);
            return std::nullopt;
        }
        return read_json(tree, *maybe.element, maybe.grow(to), depth);
    }
    case shape_kind::list:
        return detail::read_json_list(tree, of.sequence(), to, depth);
    case shape_kind::pair:
        return detail::read_json_pair(tree, of.both(), to, depth);
    case shape_kind::custom:
        if (of.form().read == nullptr) {
            return json_refused("expected a type that can be read, but the form named " +
                std::string{of.form().name} + " is only written; give it a read function");
        }
        return of.form().read(
            detail::json_source{{&detail::json_source::read_here}, &tree, depth}, to);
    }
    return std::nullopt;
}

/// Reads what `to_json` writes. Refused with `errc::invalid_argument`, the path as its subject
/// (`.` for the value itself), is everything that is not exactly a `T`.
template <typename T>
result<T> from_json(boost::json::value const& tree) {
    if constexpr (shape_of<T>.kind == shape_kind::list) {
        static_assert(
            requires(T & list) {
                list.emplace_back();
                list.back();
            },
            "koc: a list that is read must have emplace_back; take a std::vector, "
            "see docs/json.md#form");
    }
    T value{};
    if (auto refused = read_json(tree, shape_of<T>, &value)) {
        if (refused->subject.empty()) {
            refused->subject = ".";
        }
        return *std::move(refused);
    }
    return value;
}

} // namespace koc
