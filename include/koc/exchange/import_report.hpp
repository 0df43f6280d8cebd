// SPDX-License-Identifier: BSL-1.0
#pragma once

// What became of a table that was brought in, for whoever sent it.

#include <koc/core/error.hpp>
#include <koc/exchange/row_place.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace koc {

/// How the rows of a table were taken. Each row counts once, but for suspicions.
struct import_report {
    std::uint64_t rows = 0;      ///< read, bad ones included
    std::uint64_t taken = 0;     ///< became events
    std::uint64_t repeated = 0;  ///< were taken before, by an earlier import or a row before it
    std::uint64_t known = 0;     ///< are about what the programme has already
    std::uint64_t refused = 0;   ///< could not be read, or were refused
    std::uint64_t suspected = 0; ///< may be about somebody who is there; taken unless they are held
    bool kept = false;           ///< false where nothing was recorded, as by a preview
    std::optional<error> stopped = {}; ///< why the import ended before the file did

    // Of each kind the first that were found, in the order of the file.

    std::vector<row_note> problems = {};   ///< of rows that were refused
    std::vector<row_note> duplicates = {}; ///< of rows that are repeated or known
    std::vector<row_note> suspicions = {};
};
BOOST_DESCRIBE_STRUCT(import_report, (),
    (rows, taken, repeated, known, refused, suspected, kept, problems, duplicates, suspicions))

/// One line for the whole: `rows 3, taken 1, repeated 0, known 1, refused 1, suspected 0`.
inline std::string to_string(import_report const& of) {
    std::string line;
    auto const count = [&](char const* name, std::uint64_t n) {
        line.append(line.empty() ? "" : ", ").append(name).append(" ").append(std::to_string(n));
    };
    count("rows", of.rows);
    count("taken", of.taken);
    count("repeated", of.repeated);
    count("known", of.known);
    count("refused", of.refused);
    count("suspected", of.suspected);
    if (of.stopped) {
        line += "; stopped: " + of.stopped->subject + ": " + of.stopped->expected;
    }
    return line;
}

} // namespace koc
