// SPDX-License-Identifier: BSL-1.0
#pragma once

// The canonical text of described values: JSON in which equal values give equal bytes. Journals
// store it and chain it, so it names enumerators and members and never depends on their order in
// memory.
//
//     struct          {"member": ...}, as declared
//     id, integer     123
//     enum            "enumerator"
//     bool            true
//     text            "..."
//     optional        its value; left out where it is absent
//     list            [...]
//     pair            [first, second]
//     instant         "2026-01-31T08:30:00Z"
//     duration        milliseconds
//     score           millionths
//     digest          "32 hexadecimal digits"

#include <koc/core/civil.hpp>
#include <koc/describe/digest.hpp>
#include <koc/describe/shape.hpp>

#include <charconv>
#include <string>
#include <string_view>

namespace koc {

/// Appends a JSON string: quoted, with `"`, `\` and control characters escaped.
inline void append_quoted(std::string& out, std::string_view text) {
    constexpr char digits[] = "0123456789abcdef";
    out += '"';
    std::size_t from = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto const c = static_cast<unsigned char>(text[i]);
        if (c >= 0x20 && c != '"' && c != '\\') {
            continue;
        }
        out.append(text, from, i - from);
        from = i + 1;
        out += '\\';
        switch (c) {
        case '"':
        case '\\':
            out += static_cast<char>(c);
            break;
        case '\b':
            out += 'b';
            break;
        case '\f':
            out += 'f';
            break;
        case '\n':
            out += 'n';
            break;
        case '\r':
            out += 'r';
            break;
        case '\t':
            out += 't';
            break;
        default:
            out += "u00";
            out += digits[c >> 4U];
            out += digits[c & 15U];
        }
    }
    out.append(text, from);
    out += '"';
}

namespace detail {

template <typename Integer>
void append_number(std::string& out, Integer value) {
    char digits[24];
    auto const end = std::to_chars(digits, digits + sizeof digits, value).ptr;
    out.append(digits, end);
}

} // namespace detail

/// Appends the canonical text of a value. Total: an enum value without a name and an instant
/// outside the calendar are written as numbers, which reading refuses; `check_form` tells in
/// advance. O(size).
inline void append_canonical(std::string& out, shape const& of, void const* value) {
    using detail::append_number;
    switch (of.kind) {
    case shape_kind::boolean:
        out += *static_cast<bool const*>(value) ? "true" : "false";
        return;
    case shape_kind::natural:
        append_number(out, detail::read_natural(value, of.bytes));
        return;
    case shape_kind::whole:
        append_number(out, detail::read_whole(value, of.bytes));
        return;
    case shape_kind::enumeration:
        if (auto const* named = detail::enumerator_at(of, value)) {
            out += '"';
            out += named->name;
            out += '"';
        } else {
            append_number(out, detail::read_natural(value, of.bytes));
        }
        return;
    case shape_kind::text:
        append_quoted(out, *static_cast<std::string const*>(value));
        return;
    case shape_kind::personal: {
        auto const& personal = *static_cast<personal_text const*>(value);
        out += "{\"owner\":";
        append_number(out, personal.owner);
        out += ",\"text\":";
        append_quoted(out, personal.text);
        out += '}';
        return;
    }
    case shape_kind::instant: {
        auto const at = *static_cast<instant const*>(value);
        if (at < instant_min || at > instant_max) {
            append_number(out, at.ms);
        } else {
            out += '"';
            append_iso8601(out, at);
            out += '"';
        }
        return;
    }
    case shape_kind::duration:
        append_number(out, static_cast<duration const*>(value)->ms);
        return;
    case shape_kind::score:
        append_number(out, static_cast<score const*>(value)->raw);
        return;
    case shape_kind::digest:
        out += '"';
        out += to_hex(*static_cast<digest const*>(value));
        out += '"';
        return;
    case shape_kind::structure: {
        auto separator = '{';
        for (std::size_t i = 0; i < of.count; ++i) {
            auto const& member = of.members()[i];
            auto const* held = detail::at_offset(value, member.offset);
            if (member.of->kind == shape_kind::optional && member.of->sequence().size(held) == 0) {
                continue;
            }
            out += separator;
            separator = ',';
            out += '"';
            out += member.name;
            out += "\":";
            append_canonical(out, *member.of, held);
        }
        if (separator == '{') {
            out += '{';
        }
        out += '}';
        return;
    }
    case shape_kind::optional: {
        auto const& maybe = of.sequence();
        if (maybe.size(value) == 0) {
            out += "null";
        }
        detail::each_element(maybe, value, [&](void const* held) {
            append_canonical(out, *maybe.element, held);
            return true;
        });
        return;
    }
    case shape_kind::list: {
        auto const& list = of.sequence();
        auto separator = '[';
        detail::each_element(list, value, [&](void const* element) {
            out += separator;
            separator = ',';
            append_canonical(out, *list.element, element);
            return true;
        });
        if (separator == '[') {
            out += '[';
        }
        out += ']';
        return;
    }
    case shape_kind::pair: {
        auto const& both = of.both();
        out += '[';
        append_canonical(out, *both.first, value);
        out += ',';
        append_canonical(out, *both.second, detail::at_offset(value, both.second_offset));
        out += ']';
        return;
    }
    case shape_kind::custom:
        of.form().write(out, value);
        return;
    }
}

/// The canonical text of a value.
template <typename T>
std::string canonical_text(T const& value) {
    std::string out;
    append_canonical(out, shape_of<T>, &value);
    return out;
}

} // namespace koc
