// SPDX-License-Identifier: BSL-1.0

// How wide text is, where a line may break, and the colours.

#include "print.hpp"

#include <boost/locale/utf.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace winter_range {

namespace {

namespace utf = boost::locale::utf;

constexpr std::size_t width = 80;

/// Unicode's wide and full-width blocks, as far as names and prose use them.
bool is_wide(utf::code_point c) {
    constexpr std::array<std::pair<utf::code_point, utf::code_point>, 9> blocks{{
        {0x1100, 0x115f},
        {0x2e80, 0x303e},
        {0x3041, 0xa4cf},
        {0xac00, 0xd7a3},
        {0xf900, 0xfaff},
        {0xfe30, 0xfe6f},
        {0xff00, 0xff60},
        {0xffe0, 0xffe6},
        {0x20000, 0x3fffd},
    }};
    return std::any_of(blocks.begin(), blocks.end(),
        [c](auto const& block) { return block.first <= c && c <= block.second; });
}

/// Calls `visit(bytes, code point)` for each character.
template <typename Visit>
void for_each_character(std::string_view text, Visit&& visit) {
    for (auto at = text.begin(); at != text.end();) {
        auto const from = at;
        auto const point = utf::utf_traits<char>::decode(at, text.end());
        visit(text.substr(static_cast<std::size_t>(from - text.begin()),
                  static_cast<std::size_t>(at - from)),
            point);
    }
}

/// Whether a line must not begin with it.
bool clings(std::string_view character) {
    constexpr std::array<std::string_view, 9> closing{
        "\u3002", "\uff0c", "\u3001", "\uff1b", "\uff1a", "\u300d", "\uff09", "\uff01", "\uff1f"};
    return std::find(closing.begin(), closing.end(), character) != closing.end();
}

/// Text in lines of at most `room` cells, broken at spaces and beside wide characters.
std::vector<std::string> wrapped(std::string_view text, std::size_t room) {
    std::vector<std::string> pieces; // what must stay together; a space stands at its end
    bool inside_word = false;
    bool after_opening = true;
    for_each_character(text, [&](std::string_view character, utf::code_point point) {
        auto const wide = is_wide(point);
        auto const joins =
            after_opening || clings(character) || character == " " || (inside_word && !wide);
        if (joins && !pieces.empty()) {
            pieces.back() += character;
        } else {
            pieces.emplace_back(character);
        }
        after_opening = character == "\u300c" || character == "\uff08";
        inside_word = !wide && character != " ";
    });
    std::vector<std::string> lines(1);
    for (auto const& piece : pieces) {
        auto const bare = std::string_view{piece}.substr(0, piece.find_last_not_of(' ') + 1);
        if (!lines.back().empty() && cells(lines.back()) + cells(bare) > room) {
            lines.emplace_back();
        }
        lines.back() += piece;
    }
    for (auto& one : lines) {
        one.erase(one.find_last_not_of(' ') + 1);
    }
    return lines;
}

std::string padded(std::string_view text, std::size_t to, side align) {
    auto const used = cells(text);
    std::string const space(to > used ? to - used : 0, ' ');
    return align == side::left ? std::string{text} + space : space + std::string{text};
}

} // namespace

std::size_t cells(std::string_view text) {
    std::size_t n = 0;
    for_each_character(text, [&](auto, utf::code_point c) { n += is_wide(c) ? 2 : 1; });
    return n;
}

void page::line(std::string_view text, tone how) {
    constexpr std::array<char const*, 5> codes{"", "\x1b[1m", "\x1b[2m", "\x1b[32m", "\x1b[33m"};
    blank_ = text.empty();
    auto const coloured = colours_ && how != tone::plain && !text.empty();
    std::fprintf(out_, "%s%.*s%s\n", coloured ? codes[static_cast<std::size_t>(how)] : "",
        static_cast<int>(text.size()), text.data(), coloured ? "\x1b[0m" : "");
}

void page::gap() {
    if (!blank_) {
        line("");
    }
}

void page::title(phrase const& first, phrase const& second) {
    line(std::string(width, '='), tone::faint);
    line("  " + words(first), tone::strong);
    line("  " + words(second));
    line(std::string(width, '='), tone::faint);
    gap();
}

void page::chapter(phrase const& name) {
    gap();
    line(std::to_string(++chapters_) + ". " + words(name), tone::strong);
    line(std::string(width, '-'), tone::faint);
}

void page::paragraph(std::string_view text, tone how) {
    for (auto const& one : wrapped(text, width)) {
        line(one, how);
    }
}

void page::item(std::string_view text, tone how) {
    auto const* mark = "  - ";
    for (auto const& one : wrapped(text, width - 4)) {
        line(std::exchange(mark, "    ") + one, how);
    }
}

void page::verbatim(std::string_view text) { line(text, tone::faint); }

void page::fact(std::string_view name, std::string_view value, std::size_t name_width) {
    auto head = "  " + padded(name, name_width, side::left) + "  ";
    for (auto const& one : wrapped(value, width - name_width - 4)) {
        line(head + one);
        head.assign(name_width + 4, ' ');
    }
}

void page::show(table const& rows) {
    auto const count = rows.columns.size();
    std::vector<std::size_t> widths(count);
    for (std::size_t i = 0; i < count; ++i) {
        widths[i] = cells(rows.columns[i].heading);
        for (auto const& row : rows.rows) {
            widths[i] = std::max(widths[i], cells(row[i]));
        }
    }
    auto const together = [&](auto const& cell) {
        std::string text;
        for (std::size_t i = 0; i < count; ++i) {
            text += "  " + padded(cell(i), widths[i], rows.columns[i].align);
        }
        text.erase(text.find_last_not_of(' ') + 1);
        return text;
    };
    gap();
    line(together([&](std::size_t i) { return rows.columns[i].heading; }), tone::faint);
    for (auto const& row : rows.rows) {
        line(together([&](std::size_t i) { return row[i]; }));
    }
    gap();
}

} // namespace winter_range
