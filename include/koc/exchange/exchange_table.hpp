// SPDX-License-Identifier: BSL-1.0
#pragma once

// A table that comes into a programme: each row is one command, so that a row is taken as a whole
// or not at all. Which columns name the thing, so that a second row about it is found; and which
// are alike only where the same person was probably written down twice.

#include <koc/describe/message.hpp>
#include <koc/engine/engine.hpp>
#include <koc/exchange/row_form.hpp>

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace koc {

/// Says what the programme knows: the texts of the columns `alike`, and the id that they belong to,
/// which a row names first.
using note_alike = std::function<void(std::vector<std::string> const& texts, std::uint64_t id)>;

/// The rows of a table.
struct exchange_table {
    row_form form;                ///< of the command
    std::vector<std::string> key; ///< members that name what the row is about; none for all
    /// Columns of which two rows that agree in all, but for capital letters and blanks, are
    /// suspected to be about the same; none for no suspicion.
    std::vector<std::string> alike = {};
    /// Tells what the programme knows; may be empty.
    std::function<void(engine const& in, note_alike const& note)> known_alike = {};
    /// Whether each command has a request id of what it says, so that sending it again changes
    /// nothing. Not for commands that differ in personal words alone, which request ids leave out.
    bool requests = true;
};

} // namespace koc
