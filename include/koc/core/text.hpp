// SPDX-License-Identifier: BSL-1.0
#pragma once

// What counts as acceptable text from outside: UTF-8, within a length, and without control
// characters. A name, a key or a title is one line on top of that, and holds nothing that cannot be
// seen. And how a refusal quotes text from outside, so that it cannot pass for a line of a log.

#include <koc/core/error.hpp>

#include <boost/locale/utf.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace koc {

/// Limits in bytes of UTF-8: a name or key, and a free note.
inline constexpr std::size_t name_length_max = 512;
inline constexpr std::size_t note_length_max = 16'384;

/// Whether the bytes are well-formed UTF-8 (RFC 3629: no surrogates, no overlong forms). O(n).
inline bool is_utf8(std::string_view bytes) {
    namespace utf = boost::locale::utf;
    auto at = bytes.begin();
    while (at != bytes.end()) {
        auto const point = utf::utf_traits<char>::decode(at, bytes.end());
        if (point == utf::illegal || point == utf::incomplete) {
            return false;
        }
    }
    return true;
}

namespace detail {

/// Whether a code point is a control character (C0, DEL, C1).
constexpr bool is_control(std::uint32_t point) {
    return point < 0x20 || (point >= 0x7F && point < 0xA0);
}

/// Whether a code point ends a line, changes the direction of what follows or shows nothing at all:
/// controls, line separators, and the format characters of Unicode (general category Cf) but for
/// those that belong to the writing of a script.
constexpr bool is_invisible(std::uint32_t point) {
    return is_control(point) || point == 0xAD || point == 0x61C || point == 0x180E ||
        (point >= 0x200B && point <= 0x200F) || (point >= 0x2028 && point <= 0x202E) ||
        (point >= 0x2060 && point <= 0x206F) || point == 0xFEFF ||
        (point >= 0xFFF9 && point <= 0xFFFB) || (point >= 0xE0000 && point <= 0xE007F);
}

/// Whether a code point is blank space within a line, or a letter that looks like it.
constexpr bool is_blank(std::uint32_t point) {
    return point == 0x20 || point == 0xA0 || point == 0x1680 ||
        (point >= 0x2000 && point <= 0x200A) || point == 0x202F || point == 0x205F ||
        point == 0x3000 || point == 0x115F || point == 0x1160 || point == 0x2800 ||
        point == 0x3164 || point == 0xFFA0;
}

/// `202E`: at least so many upper-case hexadecimal digits.
inline std::string hexadecimal(std::uint32_t value, int digits_min) {
    std::string out;
    for (; value != 0 || digits_min > 0; value >>= 4U, --digits_min) {
        out.insert(out.begin(), "0123456789ABCDEF"[value & 0xFU]);
    }
    return out;
}

/// Calls `visit(point, bytes)` for each code point until it answers false; a byte that is no UTF-8
/// comes alone, with the point `boost::locale::utf::illegal`.
template <typename Visit>
void for_each_point(std::string_view text, Visit visit) {
    namespace utf = boost::locale::utf;
    for (std::size_t at = 0; at < text.size();) {
        auto const rest = text.substr(at);
        auto next = rest.begin();
        auto point = utf::utf_traits<char>::decode(next, rest.end());
        auto length = static_cast<std::size_t>(next - rest.begin());
        if (point == utf::illegal || point == utf::incomplete) {
            point = utf::illegal;
            length = 1;
        }
        if (!visit(point, rest.substr(0, length))) {
            return;
        }
        at += length;
    }
}

} // namespace detail

/// Text from outside as part of a sentence or a subject: on one line, with an escape such as
/// `\u{202E}` for what is invisible, `\xFF` for a byte that is no UTF-8, and a backslash before
/// quotation marks and backslashes. What would make it longer than `length_max` bytes is left out,
/// and an ellipsis says so.
inline std::string escaped(std::string_view text, std::size_t length_max = 128) {
    std::string out;
    detail::for_each_point(text, [&](std::uint32_t point, std::string_view bytes) {
        std::string piece{bytes};
        if (point == boost::locale::utf::illegal) {
            piece = "\\x" + detail::hexadecimal(static_cast<unsigned char>(bytes.front()), 2);
        } else if (point == '\n') {
            piece = "\\n";
        } else if (detail::is_invisible(point)) {
            piece = "\\u{" + detail::hexadecimal(point, 4) + '}';
        } else if (point == '\'' || point == '"' || point == '\\') {
            piece.insert(0, 1, '\\');
        }
        bool const fits = out.size() + piece.size() <= length_max;
        out += fits ? piece : "\xE2\x80\xA6";
        return fits;
    });
    return out;
}

/// The same in quotation marks: `'region'`.
inline std::string quoted(std::string_view text, std::size_t length_max = 128) {
    return '\'' + escaped(text, length_max) + '\'';
}

/// Nothing for acceptable text, otherwise the refusal; `subject` names the field.
inline std::optional<error> check_text(
    std::string_view subject, std::string_view text, std::size_t length_max) {
    if (text.size() > length_max) {
        return error{errc::invalid_text, std::string{subject},
            "expected at most " + std::to_string(length_max) + " bytes, got " +
                std::to_string(text.size()) + "; shorten it"};
    }
    if (!is_utf8(text)) {
        return error{errc::invalid_text, std::string{subject},
            "expected valid UTF-8; convert the text before sending it"};
    }
    unsigned char before = 0;
    for (auto c : text) {
        auto const byte = static_cast<unsigned char>(c);
        bool const second_of_c1 = before == 0xC2 && byte < 0xA0;
        if ((byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7F || second_of_c1) {
            return error{errc::invalid_text, std::string{subject},
                "expected no control characters other than newline and tab; remove them"};
        }
        before = byte;
    }
    return std::nullopt;
}

/// As `check_text`, for what must also say something and be told from others by sight: a name, a
/// key, a title. Refused are, on top of it, text of blanks only, line breaks and tabs, and
/// characters that show nothing or change the direction of the text around them, such as U+200B and
/// U+202E.
inline std::optional<error> check_name(std::string_view subject, std::string_view text) {
    auto const refuse = [&](std::string expected) {
        return error{errc::invalid_text, std::string{subject}, std::move(expected)};
    };
    if (text.empty()) {
        return refuse("expected a non-empty text; fill it in");
    }
    if (text.size() > name_length_max || !is_utf8(text)) {
        return check_text(subject, text, name_length_max);
    }
    std::optional<std::uint32_t> unseen;
    bool only_blanks = true;
    detail::for_each_point(text, [&](std::uint32_t point, std::string_view) {
        unseen = detail::is_invisible(point) ? std::optional{point} : std::nullopt;
        only_blanks = only_blanks && detail::is_blank(point);
        return !unseen;
    });
    if (unseen) {
        return refuse("expected one line of visible characters, not U+" +
            detail::hexadecimal(*unseen, 4) + "; remove it");
    }
    if (only_blanks) {
        return refuse("expected a text of more than blanks; fill it in");
    }
    return std::nullopt;
}

} // namespace koc
