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
#include <koc/describe/detail/raw_value.hpp>
#include <koc/describe/digest.hpp>
#include <koc/describe/shape.hpp>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstring>
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

namespace detail {

/// Text that is put together from small pieces. They gather in a buffer, as each addition to a
/// std::string costs a check and a call.
class text_pieces {
public:
    explicit text_pieces(std::string& to, personal texts = personal::included)
        : to_{to}, texts_{texts} {}
    text_pieces(text_pieces const&) = delete;
    text_pieces& operator=(text_pieces const&) = delete;

    void add(char c) {
        make_room(1);
        buffer_[used_++] = c;
    }
    void add(char const* text, std::size_t size) {
        if (size > sizeof buffer_) {
            all().append(text, size);
            return;
        }
        make_room(size);
        std::memcpy(buffer_ + used_, text, size);
        used_ += size;
    }
    void add(std::string_view text) { add(text.data(), text.size()); }
    template <typename Integer>
    void add_number(Integer value) {
        make_room(24);
        used_ = static_cast<std::size_t>(
            std::to_chars(buffer_ + used_, buffer_ + sizeof buffer_, value).ptr - buffer_);
    }
    /// An instant of the calendar, quoted.
    void add_instant(instant t) {
        make_room(32);
        buffer_[used_] = '"';
        auto* const end = put_iso8601(buffer_ + used_ + 1, t);
        *end = '"';
        used_ = static_cast<std::size_t>(end + 1 - buffer_);
    }
    /// As `append_quoted`.
    void add_quoted(std::string_view text) {
        auto const plain = [](char c) {
            return static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\';
        };
        if (text.size() > sizeof buffer_ / 2 || !std::all_of(text.begin(), text.end(), plain)) {
            append_quoted(all(), text);
            return;
        }
        add('"');
        add(text);
        add('"');
    }
    [[nodiscard]] bool has_personal() const { return texts_ == personal::included; }
    /// The whole text so far, to be added to directly.
    std::string& all() {
        to_.append(buffer_, used_);
        used_ = 0;
        return to_;
    }

private:
    void make_room(std::size_t size) {
        if (used_ + size > sizeof buffer_) {
            all();
        }
    }

    std::string& to_;
    personal texts_;
    std::size_t used_ = 0;
    char buffer_[256];
};

inline void write_canonical(text_pieces& out, shape const& of, void const* value);

inline void write_members(text_pieces& out, shape const& of, void const* value) {
    auto separator = '{';
    for (std::size_t i = 0; i < of.count; ++i) {
        auto const& member = of.members()[i];
        auto const* held = at_offset(value, member.offset);
        if (member.of->kind == shape_kind::optional && member.of->sequence().size(held) == 0) {
            continue;
        }
        out.add(separator);
        separator = ',';
        out.add('"');
        out.add(member.name, member.name_size);
        out.add("\":", 2);
        write_canonical(out, *member.of, held);
    }
    if (separator == '{') {
        out.add('{');
    }
    out.add('}');
}
inline void write_elements(text_pieces& out, sequence_shape const& list, void const* value) {
    auto separator = '[';
    each_element(list, value, [&](void const* element) {
        out.add(separator);
        separator = ',';
        write_canonical(out, *list.element, element);
        return true;
    });
    if (separator == '[') {
        out.add('[');
    }
    out.add(']');
}
inline void write_canonical(text_pieces& out, shape const& of, void const* value) {
    switch (of.kind) {
    case shape_kind::boolean:
        out.add(std::string_view{*static_cast<bool const*>(value) ? "true" : "false"});
        return;
    case shape_kind::natural:
        out.add_number(read_natural(value, of.bytes));
        return;
    case shape_kind::whole:
        out.add_number(read_whole(value, of.bytes));
        return;
    case shape_kind::enumeration:
        if (auto const* named = enumerator_at(of, value)) {
            out.add('"');
            out.add(named->name);
            out.add('"');
        } else {
            out.add_number(read_natural(value, of.bytes));
        }
        return;
    case shape_kind::text:
        out.add_quoted(*static_cast<std::string const*>(value));
        return;
    case shape_kind::personal: {
        auto const& words = *static_cast<personal_text const*>(value);
        out.add(std::string_view{"{\"owner\":"});
        out.add_number(words.owner);
        if (out.has_personal()) {
            out.add(std::string_view{",\"text\":"});
            out.add_quoted(words.text);
        }
        out.add('}');
        return;
    }
    case shape_kind::instant: {
        auto const at = *static_cast<instant const*>(value);
        if (at < instant_min || at > instant_max) {
            out.add_number(at.ms);
        } else {
            out.add_instant(at);
        }
        return;
    }
    case shape_kind::duration:
        out.add_number(static_cast<duration const*>(value)->ms);
        return;
    case shape_kind::score:
        out.add_number(static_cast<score const*>(value)->raw);
        return;
    case shape_kind::digest:
        out.add('"');
        out.add(to_hex(*static_cast<digest const*>(value)));
        out.add('"');
        return;
    case shape_kind::structure:
        write_members(out, of, value);
        return;
    case shape_kind::optional: {
        auto const& maybe = of.sequence();
        if (maybe.size(value) == 0) {
            out.add("null", 4);
        }
        each_element(maybe, value, [&](void const* held) {
            write_canonical(out, *maybe.element, held);
            return true;
        });
        return;
    }
    case shape_kind::list:
        write_elements(out, of.sequence(), value);
        return;
    case shape_kind::pair: {
        auto const& both = of.both();
        out.add('[');
        write_canonical(out, *both.first, value);
        out.add(',');
        write_canonical(out, *both.second, at_offset(value, both.second_offset));
        out.add(']');
        return;
    }
    case shape_kind::custom:
        of.form().write(out.all(), value);
        return;
    }
}

} // namespace detail

/// Appends the canonical text of a value. Total: an enum value without a name and an instant
/// outside the calendar are written as numbers, which reading refuses; `check_form` tells in
/// advance. O(size).
///
/// Where personal texts are left out, each is written as `{"owner":7}`, which cannot be read back.
inline void append_canonical(
    std::string& out, shape const& of, void const* value, personal texts = personal::included) {
    detail::text_pieces pieces{out, texts};
    detail::write_canonical(pieces, of, value);
    pieces.all();
}

/// The canonical text of a value.
template <typename T>
std::string canonical_text(T const& value) {
    std::string out;
    append_canonical(out, shape_of<T>, &value);
    return out;
}

} // namespace koc
