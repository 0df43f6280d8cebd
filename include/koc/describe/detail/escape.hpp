// SPDX-License-Identifier: BSL-1.0
#pragma once

// The escapes in a JSON string that `append_quoted` writes, read back.

#include <cstddef>
#include <string_view>

namespace koc::detail {

/// The character that stands for an escape, and how many characters the escape has behind its
/// backslash; 0 where it is none that `append_quoted` writes.
struct escape {
    char meant = '\0';
    std::size_t length = 0;
};

/// The escape that `text` begins with, its backslash left out.
constexpr escape escape_at(std::string_view text) {
    constexpr std::string_view letters = "\"\\bfnrt";
    constexpr std::string_view meant = "\"\\\b\f\n\r\t";
    if (text.empty()) {
        return {};
    }
    if (auto const at = letters.find(text.front()); at != std::string_view::npos) {
        return {meant[at], 1};
    }
    constexpr std::string_view digits = "0123456789abcdef";
    if (text.size() < 5 || text.substr(0, 3) != "u00") {
        return {};
    }
    auto const high = digits.find(text[3]);
    auto const low = digits.find(text[4]);
    if (high >= 2 || low == std::string_view::npos) {
        return {};
    }
    return {static_cast<char>(16 * high + low), 5};
}

} // namespace koc::detail
