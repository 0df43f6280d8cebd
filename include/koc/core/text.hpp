// SPDX-License-Identifier: BSL-1.0
#pragma once

// What counts as acceptable text from outside: UTF-8, within a length, and without control
// characters that would break a line of a log. Checked once, at the door.

#include <koc/core/error.hpp>

#include <boost/locale/utf.hpp>

#include <optional>
#include <string>
#include <string_view>

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
    for (auto c : text) {
        if (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') {
            return error{errc::invalid_text, std::string{subject},
                "expected no control characters other than newline and tab; remove them"};
        }
    }
    return std::nullopt;
}

/// As `check_text`, for what must also say something: a name, a key, a title.
inline std::optional<error> check_name(std::string_view subject, std::string_view text) {
    if (text.empty()) {
        return error{
            errc::invalid_text, std::string{subject}, "expected a non-empty text; fill it in"};
    }
    return check_text(subject, text, name_length_max);
}

} // namespace koc
