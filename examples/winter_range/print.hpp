// SPDX-License-Identifier: BSL-1.0
#pragma once

// A page for a terminal or a log: chapters, paragraphs and tables, in one language. Columns line up
// for Chinese too, whose characters are two cells wide. Colours only for people who can see them.

#include "phrases.hpp"

#include <boost/format.hpp>

#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

namespace winter_range {

/// The number of terminal cells that UTF-8 text takes.
std::size_t cells(std::string_view text);

enum class side : bool { left, right };
enum class tone : unsigned char { plain, strong, faint, good, bad };

struct column {
    std::string heading;
    side align = side::left;
};
using cells_of_row = std::vector<std::string>;

/// Columns, and rows of as many texts.
struct table {
    std::vector<column> columns;
    std::vector<cells_of_row> rows;
};

class page {
public:
    /// Writes to `out`, with colours or without.
    page(std::FILE* out, language in, bool colours) : out_{out}, language_{in}, colours_{colours} {}

    [[nodiscard]] language in() const { return language_; }

    /// The phrase in the page's language, its %1% %2% ... filled in.
    template <typename... Parts>
    [[nodiscard]] std::string words(phrase const& said, Parts const&... parts) const {
        boost::format text{std::string{said.in(language_)}};
        static_cast<void>((text % ... % parts));
        return text.str();
    }

    void title(phrase const& first, phrase const& second);
    /// A numbered chapter.
    void chapter(phrase const& name);
    /// A paragraph, wrapped.
    template <typename... Parts>
    void say(phrase const& said, Parts const&... parts) {
        paragraph(words(said, parts...), tone::plain);
    }
    void paragraph(std::string_view text, tone how);
    /// One indented line with a mark before it, wrapped under its beginning.
    void item(std::string_view text, tone how = tone::plain);
    /// `name  value`, the names of one list padded to `width`.
    void fact(std::string_view name, std::string_view value, std::size_t width = 10);
    void show(table const& rows);
    /// A line as it is, for copying.
    void verbatim(std::string_view text);
    /// One empty line, however often it is asked for.
    void gap();

private:
    void line(std::string_view text, tone how = tone::plain);

    std::FILE* out_;
    language language_;
    bool colours_;
    int chapters_ = 0;
    bool blank_ = false;
};

} // namespace winter_range
