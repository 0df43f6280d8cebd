// SPDX-License-Identifier: BSL-1.0
#pragma once

// Where something stands in a file of rows, and what is wrong there: what the readers of CSV and of
// JSON lines say of a row that cannot be used.

#include <boost/describe/class.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace koc {

/// A place in a file as an editor counts it, each from 1.
struct row_place {
    std::uint64_t line = 0;      ///< physical lines; a row may take several
    std::uint64_t field = 0;     ///< of the row; 0 where the whole row is meant
    std::uint64_t character = 0; ///< of the line, in code points

    friend bool operator==(row_place const&, row_place const&) = default;
};
BOOST_DESCRIBE_STRUCT(row_place, (), (line, field, character))

/// Something about a row that whoever sent the file should know.
struct row_note {
    row_place at;
    std::string column; ///< its name, or empty
    std::string words;  ///< one sentence

    friend bool operator==(row_note const&, row_note const&) = default;
};
BOOST_DESCRIBE_STRUCT(row_note, (), (at, column, words))

/// `people.csv:17:4: tags: expected ...`: file, line and character, as compilers write them.
inline std::string to_string(std::string_view file, row_note const& note) {
    auto text = std::string{file} + ':' + std::to_string(note.at.line) + ':' +
        std::to_string(note.at.character) + ": ";
    return text + (note.column.empty() ? "" : note.column + ": ") + note.words;
}

} // namespace koc
