// SPDX-License-Identifier: BSL-1.0
#pragma once

// A value as the text of one cell of a table, as people write it, by its shape:
//
//     bool, number    true, or TRUE as spreadsheet programs write it, -12
//     score           0.75, up to six decimals
//     instant         2026-01-31T08:30:00Z or a day
//     enum            its name
//     text            as it is; personal words without their owner
//     tag             facet:key
//     optional        its value, or an empty cell
//     list            elements with | between them
//     element         the members of a struct with = between them: region:harbin=0.6
//     other           its JSON
//
// A struct of one member is written as that member. In elements a backslash stands before | = \ and
// an empty one is \e.

#include <koc/core/civil.hpp>
#include <koc/core/error.hpp>
#include <koc/core/text.hpp>
#include <koc/describe/canonical.hpp>
#include <koc/describe/detail/raw_value.hpp>
#include <koc/describe/digest.hpp>
#include <koc/describe/shape.hpp>
#include <koc/exchange/detail/named_tree.hpp>
#include <koc/json/from_json.hpp>
#include <koc/json/text.hpp>
#include <koc/json/to_json.hpp>
#include <koc/number/score.hpp>
#include <koc/tag/taxonomy.hpp>

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace koc {

/// The text of a cell, whose line breaks become LF, as no text of this library has others.
inline std::string cell_text(std::string_view text) {
    std::string made{text};
    for (auto at = made.find('\r'); at != std::string::npos; at = made.find('\r', at)) {
        made.replace(at, made.compare(at, 2, "\r\n") == 0 ? 2 : 1, "\n");
    }
    return made;
}

namespace detail {

/// The value itself where it is in structs of one member.
struct inner_value {
    shape const* of;
    std::size_t offset;
};
inline inner_value inside(shape const& of) {
    inner_value found{&of, 0};
    while (found.of->kind == shape_kind::structure && found.of->count == 1) {
        auto const& only = found.of->members()[0];
        found = {only.of, found.offset + only.offset};
    }
    return found;
}

inline bool is_leaf(shape const& of) {
    auto const kind = inside(of).of->kind;
    return kind != shape_kind::structure && kind != shape_kind::optional &&
        kind != shape_kind::list && kind != shape_kind::pair && kind != shape_kind::custom;
}
/// Whether a value can be an element of a list in a cell.
inline bool is_element(shape const& of) {
    auto const& it = *inside(of).of;
    bool parts = it.kind == shape_kind::structure;
    for (std::size_t i = 0; parts && i < it.count; ++i) {
        parts = is_leaf(*it.members()[i].of);
    }
    return parts || is_leaf(of);
}

inline error not_a_cell(std::string expected) {
    return {errc::invalid_argument, {}, std::move(expected)};
}

template <typename Integer>
std::optional<Integer> number_in(std::string_view text) {
    Integer value = 0;
    auto const* const end = text.data() + text.size();
    auto const [at, failed] = std::from_chars(text.data(), end, value);
    return failed == std::errc{} && at == end && !text.empty() ? std::optional{value}
                                                               : std::nullopt;
}

inline std::optional<error> read_natural_cell(
    shape const& of, std::string_view text, void* to, taxonomy const& tags) {
    std::uint64_t id = 0;
    if (is_tag(of)) {
        if (auto refused = read_tag_name(text, tags, id)) {
            return refused;
        }
        store_number(to, id, of.bytes);
        return std::nullopt;
    }
    auto const max = (std::numeric_limits<std::uint64_t>::max)() >> (64 - 8 * of.bytes);
    auto const number = number_in<std::uint64_t>(text);
    if (!number || *number > max) {
        return not_a_cell("expected a whole number between 0 and " + std::to_string(max) +
            ", not " + koc::quoted(text));
    }
    store_number(to, *number, of.bytes);
    return std::nullopt;
}

inline std::optional<error> read_whole_cell(std::string_view text, void* to, std::size_t bytes) {
    auto const max = (std::numeric_limits<std::int64_t>::max)() >> (64 - 8 * bytes);
    auto const number = number_in<std::int64_t>(text);
    if (!number || *number > max || *number < -max - 1) {
        return not_a_cell("expected a whole number between " + std::to_string(-max - 1) + " and " +
            std::to_string(max) + ", not " + koc::quoted(text));
    }
    store_number(to, static_cast<std::uint64_t>(*number), bytes);
    return std::nullopt;
}

inline std::optional<error> read_score_cell(std::string_view text, score& to) {
    bool const below = text.starts_with('-');
    auto const rest = text.substr(below ? 1 : 0);
    auto const point = (std::min)(rest.find('.'), rest.size());
    std::string digits{rest.substr(0, point)};
    auto const decimals = rest.substr((std::min)(point + 1, rest.size()));
    auto const whole_part = digits.size();
    digits.append(decimals).append(decimals.size() < 6 ? 6 - decimals.size() : 0, '0');
    auto const number = number_in<std::uint64_t>(digits);
    if (!number || whole_part == 0 || whole_part > 12 || decimals.size() > 6 ||
        (point != rest.size() && decimals.empty())) {
        return not_a_cell("expected a decimal number with up to six decimals, such as 0.75, not " +
            koc::quoted(text));
    }
    auto const raw = static_cast<std::int64_t>(*number);
    to.raw = below ? -raw : raw;
    return std::nullopt;
}

inline void append_score(std::string& out, score amount) {
    auto const magnitude = amount.raw < 0 ? 0 - static_cast<std::uint64_t>(amount.raw)
                                          : static_cast<std::uint64_t>(amount.raw);
    auto const unit = static_cast<std::uint64_t>(score::unit);
    out += amount.raw < 0 ? "-" : "";
    out += std::to_string(magnitude / unit);
    if (auto const part = magnitude % unit; part != 0) {
        auto decimals = std::to_string(unit + part);
        decimals.erase(decimals.find_last_not_of('0') + 1);
        out += decimals.replace(0, 1, ".");
    }
}

inline std::optional<error> read_leaf(
    shape const& as, std::string_view text, void* to, taxonomy const& tags) {
    auto const [of, offset] = inside(as);
    to = at_offset(to, offset);
    switch (of->kind) {
    case shape_kind::boolean:
        if (text != "true" && text != "false" && text != "TRUE" && text != "FALSE") {
            return not_a_cell("expected true or false, not " + koc::quoted(text));
        }
        *static_cast<bool*>(to) = text == "true" || text == "TRUE";
        return std::nullopt;
    case shape_kind::natural:
        return read_natural_cell(*of, text, to, tags);
    case shape_kind::whole:
        return read_whole_cell(text, to, of->bytes);
    case shape_kind::duration:
        return read_whole_cell(text, &static_cast<duration*>(to)->ms, 8);
    case shape_kind::score:
        return read_score_cell(text, *static_cast<score*>(to));
    case shape_kind::enumeration:
        for (std::size_t i = 0; i < of->count; ++i) {
            if (of->enumerators()[i].name == text) {
                store_number(to, static_cast<std::uint64_t>(of->enumerators()[i].value), of->bytes);
                return std::nullopt;
            }
        }
        return not_a_cell(
            "expected one of: " + enumerator_names(*of) + ", not " + koc::quoted(text));
    case shape_kind::instant: {
        auto const at = from_iso8601(text);
        if (!at) {
            return not_a_cell(at.error().expected);
        }
        *static_cast<instant*>(to) = *at;
        return std::nullopt;
    }
    case shape_kind::digest: {
        auto const read = digest_from_hex(text);
        if (!read) {
            return not_a_cell("expected 32 lower-case hexadecimal digits");
        }
        *static_cast<digest*>(to) = *read;
        return std::nullopt;
    }
    case shape_kind::personal:
        static_cast<personal_text*>(to)->text = cell_text(text);
        return std::nullopt;
    default:
        *static_cast<std::string*>(to) = cell_text(text);
        return std::nullopt;
    }
}

inline void append_leaf(
    std::string& out, shape const& as, void const* value, taxonomy const& tags) {
    auto const [of, offset] = inside(as);
    value = at_offset(value, offset);
    switch (of->kind) {
    case shape_kind::text:
        out += *static_cast<std::string const*>(value);
        return;
    case shape_kind::personal:
        out += static_cast<personal_text const*>(value)->text;
        return;
    case shape_kind::score:
        append_score(out, *static_cast<score const*>(value));
        return;
    case shape_kind::enumeration:
        if (auto const* named = enumerator_at(*of, value)) {
            out += named->name;
        }
        return;
    case shape_kind::instant:
        append_iso8601(out, *static_cast<instant const*>(value));
        return;
    case shape_kind::digest:
        out += to_hex(*static_cast<digest const*>(value));
        return;
    default:
        break;
    }
    if (is_tag(*of)) {
        auto const id = tag_id{static_cast<std::uint32_t>(read_natural(value, of->bytes))};
        if (tags.contains(id)) {
            out += to_string(tags.name(id));
            return;
        }
    }
    append_canonical(out, *of, value); // a number, true or false
}

/// Splits at a character before which there is no backslash; backslashes stay.
inline std::vector<std::string_view> split_cell(std::string_view text, char by) {
    std::vector<std::string_view> parts;
    std::size_t from = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\') {
            ++i;
        } else if (text[i] == by) {
            parts.push_back(text.substr(from, i - from));
            from = i + 1;
        }
    }
    parts.push_back(text.substr((std::min)(from, text.size())));
    return parts;
}
inline std::string without_escapes(std::string_view text) {
    std::string made;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\\') {
            made += text[i];
        } else if (++i < text.size() && text[i] != 'e') {
            made += text[i];
        }
    }
    return made;
}
inline void append_escaped_part(
    std::string& out, shape const& as, void const* value, taxonomy const& tags) {
    std::string plain;
    append_leaf(plain, as, value, tags);
    for (auto c : plain) {
        out += c == '|' || c == '=' || c == '\\' ? "\\" : "";
        out += c;
    }
    out += plain.empty() ? "\\e" : "";
}

} // namespace detail

/// Fills `to`, a value of the shape `as` made from nothing, from the text of a cell. Nothing when
/// that succeeds, otherwise a refusal without a subject; `to` is then filled in part. O(size).
inline std::optional<error> read_cell(
    shape const& as, std::string_view text, void* to, taxonomy const& tags) {
    using namespace detail;
    if (is_leaf(as)) {
        return read_leaf(as, text, to, tags);
    }
    auto const [of, offset] = inside(as);
    to = at_offset(to, offset);
    if (of->kind == shape_kind::optional && is_leaf(*of->sequence().element)) {
        if (text.empty()) {
            of->sequence().clear(to);
            return std::nullopt;
        }
        return read_leaf(*of->sequence().element, text, of->sequence().grow(to), tags);
    }
    if (of->kind == shape_kind::list && is_element(*of->sequence().element)) {
        auto const& list = of->sequence();
        list.clear(to);
        for (auto element :
            text.empty() ? std::vector<std::string_view>{} : split_cell(text, '|')) {
            auto* const place = list.grow(to);
            if (place == nullptr) {
                return not_a_cell("expected a list that can grow; make its member a std::vector");
            }
            if (is_leaf(*list.element)) {
                auto refused = read_leaf(*list.element, without_escapes(element), place, tags);
                if (refused) {
                    return refused;
                }
                continue;
            }
            auto const [parts_of, parts_at] = inside(*list.element);
            auto const parts = split_cell(element, '=');
            if (parts.size() > parts_of->count) {
                return not_a_cell("expected at most " + std::to_string(parts_of->count) +
                    " parts with = between them, not " + koc::quoted(element) +
                    "; put a backslash before = where it is part of a word");
            }
            for (std::size_t i = 0; i < parts.size(); ++i) { // those left out stay as declared
                auto const& member = parts_of->members()[i];
                auto refused = read_leaf(*member.of, without_escapes(parts[i]),
                    at_offset(place, parts_at + member.offset), tags);
                if (refused) {
                    return refused;
                }
            }
        }
        return std::nullopt;
    }
    auto tree = parse_json(text);
    if (!tree) {
        return not_a_cell(tree.error().subject + ": " + tree.error().expected);
    }
    auto refused = names_to_ids(*of, *tree, tags);
    return refused ? refused : read_json(*tree, *of, to);
}

/// Appends the text of a cell, from which the value is read again. O(size).
inline void append_cell(
    std::string& out, shape const& as, void const* value, taxonomy const& tags) {
    using namespace detail;
    if (is_leaf(as)) {
        return append_leaf(out, as, value, tags);
    }
    auto const [of, offset] = inside(as);
    value = at_offset(value, offset);
    if (of->kind == shape_kind::optional && is_leaf(*of->sequence().element)) {
        each_element(of->sequence(), value, [&](void const* held) {
            append_leaf(out, *of->sequence().element, held, tags);
            return true;
        });
        return;
    }
    if (of->kind == shape_kind::list && is_element(*of->sequence().element)) {
        auto const& element = *of->sequence().element;
        bool first = true;
        each_element(of->sequence(), value, [&](void const* held) {
            out += std::exchange(first, false) ? "" : "|";
            auto const [parts_of, parts_at] = inside(element);
            if (is_leaf(element)) {
                append_escaped_part(out, element, held, tags);
                return true;
            }
            for (std::size_t i = 0; i < parts_of->count; ++i) {
                auto const& member = parts_of->members()[i];
                out += i == 0 ? "" : "=";
                append_escaped_part(
                    out, *member.of, at_offset(held, parts_at + member.offset), tags);
            }
            return true;
        });
        return;
    }
    auto tree = to_json(*of, value);
    ids_to_names(*of, tree, tags);
    out += json_text(tree);
}

} // namespace koc
