// SPDX-License-Identifier: BSL-1.0
#pragma once

// Where the events of a journal file end, and whether all of them are there: the recorded end
// against the last event, which is quick, or the whole file, which reads all of it.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/journal/envelope.hpp>
#include <koc/journal/refusals.hpp>
#include <koc/store/detail/sqlite.hpp>

#include <sqlite3.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>

namespace koc::detail {

inline constexpr char const* end_sql =
    "SELECT head.position, head.chain, last.position, last.chain FROM head "
    "LEFT JOIN (SELECT position, chain FROM event ORDER BY position DESC LIMIT 1) AS last";

/// The end in a row of `end_sql`; `errc::corrupt` when the last event is not the recorded one.
inline result<journal_head> checked_end(sqlite_use const& end, std::string const& subject) {
    auto const position = end.integer(0);
    auto const chain = end.fingerprint(1);
    if (!position || *position < 0 || !chain) {
        return error{errc::corrupt, subject,
            "expected its recorded end to be a position and a chain; restore the journal from a "
            "backup"};
    }
    journal_head const recorded{static_cast<std::uint64_t>(*position), *chain};
    auto const size =
        end.is_null(2) ? 0 : static_cast<std::uint64_t>(end.integer(2).value_or(0)) + 1;
    if (size != recorded.position) {
        return corrupt_event((std::min)(size, recorded.position),
            size < recorded.position ? "it is missing"
                                     : "the journal was recorded to end before it");
    }
    if (size > 0 && end.fingerprint(3) != recorded.chain) {
        return corrupt_event(size - 1, "its chain is not the recorded end's");
    }
    return recorded;
}

/// Steps a statement of `end_sql` once and checks the row.
inline result<journal_head> next_end(sqlite3* db, sqlite_use& end, std::string const& subject) {
    return end.step() == SQLITE_ROW
        ? checked_end(end, subject)
        : result<journal_head>{sqlite_trouble(db, subject, "the journal to be readable")};
}

/// Whether what `PRAGMA quick_check` complains about is that a page could not be read, which says
/// nothing about what is on it.
inline bool is_unreadable(std::string_view complaint) {
    constexpr std::string_view mark = "error code=";
    auto const at = complaint.find(mark);
    if (at == std::string_view::npos) {
        return false;
    }
    int code = 0;
    auto const* const end = complaint.data() + complaint.size();
    std::from_chars(complaint.data() + at + mark.size(), end, code);
    return (code & 255) != SQLITE_CORRUPT && (code & 255) != SQLITE_NOTADB;
}

/// The end of a file whose pages fit together and that has every event up to it. O(file).
/// `errc::corrupt` otherwise, `errc::unavailable` when it cannot be read. What the events say is
/// not looked at.
inline result<journal_head> checked_whole(sqlite3* db, std::string const& subject) {
    auto const damaged = [&](std::string const& how) {
        return error{errc::corrupt, subject,
            "expected a whole journal (" + how + "); restore the journal from a backup"};
    };
    for (auto const* check : {"PRAGMA quick_check('event')", "PRAGMA quick_check('head')"}) {
        auto const found = first_text(db, check);
        if (found.empty()) {
            return sqlite_trouble(db, subject, "the journal to be readable");
        }
        if (is_unreadable(found)) {
            return error{errc::unavailable, subject,
                "expected the journal to be readable (" + found +
                    "); see to the disk, then try again"};
        }
        if (found != "ok") {
            return damaged(found);
        }
    }
    auto const ends = prepared(db, end_sql);
    auto const counts = prepared(db, "SELECT count(*), min(position) FROM event");
    if (!ends || !counts) {
        return sqlite_trouble(db, subject, "the journal to be readable");
    }
    sqlite_use end{ends};
    auto const head = next_end(db, end, subject);
    if (!head) {
        return head;
    }
    sqlite_use count{counts};
    if (count.step() != SQLITE_ROW) {
        return sqlite_trouble(db, subject, "the journal to be readable");
    }
    auto const size = static_cast<std::uint64_t>(count.integer(0).value_or(0));
    if (size != head->position || (size > 0 && count.integer(1) != 0)) {
        return damaged("events are missing");
    }
    return head;
}

} // namespace koc::detail
