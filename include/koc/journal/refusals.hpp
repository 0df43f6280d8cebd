// SPDX-License-Identifier: BSL-1.0
#pragma once

// The refusals that every journal shares, worded once.

#include <koc/core/error.hpp>
#include <koc/journal/envelope.hpp>

#include <cstdint>
#include <string>
#include <utility>

namespace koc {

/// The refusal of an append at a head that is no longer the head.
inline error head_moved(journal_head expected, journal_head actual) {
    auto const same_position = expected.position == actual.position;
    return {errc::conflict, "journal at position " + std::to_string(expected.position),
        same_position
            ? "expected the events before this position to be the ones read before, but their "
              "chain differs; read the journal from its beginning"
            : "expected nobody else to have written, but the journal now ends at position " +
                std::to_string(actual.position) +
                "; read what is new, decide again and append there"};
}

/// The refusal to read a damaged event, and with it everything behind it.
inline error corrupt_event(std::uint64_t position, std::string found) {
    return {errc::corrupt, "event " + std::to_string(position),
        "expected the event as it was written, but " + std::move(found) +
            "; restore the journal from a backup"};
}

/// The refusal to read an undamaged event that this programme does not understand.
inline error unreadable_event(std::uint64_t position, std::string const& type, std::string found) {
    return {errc::schema_changed, "event " + std::to_string(position) + ", " + type,
        std::move(found) +
            "; the journal is undamaged: open it with the release that wrote it, or see "
            "docs/journal.md#schema"};
}

} // namespace koc
