// SPDX-License-Identifier: BSL-1.0
#pragma once

// Writes comma-separated values (RFC 4180) that a spreadsheet program takes for text. A field that
// such a program would take for a formula gets an apostrophe before it, which it shows as text:
// those that begin with = + - @ or their full-width forms, with a tab or the end of a line, as the
// page "CSV Injection" of OWASP lists them. Reading takes the apostrophe away again.

#include <koc/core/result.hpp>
#include <koc/core/text.hpp>
#include <koc/exchange/csv_reader.hpp>
#include <koc/exchange/text_sink.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace koc {

namespace detail {

/// The text without what shows nothing at its beginning, but for tabs and line ends, which begin a
/// formula themselves.
inline std::string_view behind_blanks(std::string_view text) {
    std::size_t blanks = 0;
    for_each_point(text, [&](std::uint32_t point, std::string_view bytes) {
        auto const blank = is_blank(point) || (is_invisible(point) && !is_control(point));
        blanks += blank ? bytes.size() : 0;
        return blank;
    });
    return text.substr(blanks);
}
/// Whether a spreadsheet program may take the text for a formula, whatever blanks are before it.
/// A number with its sign is one to them too, and harmless.
inline bool begins_formula(std::string_view text) {
    text = behind_blanks(text);
    if (text.starts_with('-') && text.size() > 1 &&
        text.find_first_not_of("0123456789.", 1) == std::string_view::npos) {
        return false;
    }
    for (std::string_view start : {"=", "+", "-", "@", "\t", "\r", "\n",
             "\xEF\xBC\x9D" /* U+FF1D = */, "\xEF\xBC\x8B" /* U+FF0B + */,
             "\xEF\xBC\x8D" /* U+FF0D - */, "\xEF\xBC\xA0" /* U+FF20 @ */}) {
        if (text.starts_with(start)) {
            return true;
        }
    }
    return false;
}

/// Whether the text is one that would be guarded, behind apostrophes.
inline bool looks_guarded(std::string_view text) {
    auto const behind = (std::min)(text.find_first_not_of('\''), text.size());
    return behind != 0 && begins_formula(text.substr(behind));
}

} // namespace detail

/// The text with an apostrophe before it, where it begins as a formula does or would then be taken
/// for one that was guarded; otherwise as it is. O(n).
inline std::string guarded_cell(std::string_view text) {
    auto const guard = detail::begins_formula(text) || detail::looks_guarded(text);
    return (guard ? "'" : "") + std::string{text};
}
/// What was guarded: `unguarded_cell(guarded_cell(text))` is the text. O(n).
inline std::string_view unguarded_cell(std::string_view text) {
    return text.substr(detail::looks_guarded(text) ? 1 : 0);
}

/// Appends a field, in quotation marks where it needs them. O(n).
inline void append_csv_field(std::string& out, std::string_view text, char delimiter = ',') {
    auto const special = [delimiter](char c) {
        return c == delimiter || c == '"' || c == '\n' || c == '\r';
    };
    bool const quote = std::any_of(text.begin(), text.end(), special) || text.starts_with(' ') ||
        text.ends_with(' ');
    out += quote ? "\"" : "";
    for (auto c : text) {
        out += c;
        if (c == '"') {
            out += '"';
        }
    }
    out += quote ? "\"" : "";
}

/// Writes rows, whose lines end with CRLF.
class csv_writer {
public:
    explicit csv_writer(text_sink to, char delimiter = ',')
        : to_{std::move(to)}, delimiter_{delimiter} {}

    /// Writes a row with its fields guarded. A row of one empty field is written as `""`, as an
    /// empty line would be no row. Refused: as the sink.
    [[nodiscard]] result<void> write(std::span<std::string const> fields) {
        line_.clear();
        for (auto const& field : fields) {
            line_.append(&field == fields.data() ? "" : std::string(1, delimiter_));
            append_csv_field(line_, guarded_cell(field), delimiter_);
        }
        line_ += line_.empty() ? "\"\"\r\n" : "\r\n";
        return to_.write(line_);
    }
    [[nodiscard]] result<void> finish() { return to_.finish(); }

private:
    text_sink to_;
    char delimiter_;
    std::string line_;
};

} // namespace koc
