// SPDX-License-Identifier: BSL-1.0
#pragma once

// A cursor in a file of its own: one line of JSON, replaced as a whole and synced, so that it
// survives a crash.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/describe/canonical.hpp>
#include <koc/describe/canonical_reader.hpp>
#include <koc/journal/cursor.hpp>
#include <koc/journal/envelope.hpp>
#include <koc/store/detail/durable_file.hpp>

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

namespace koc {

/// Models `cursor`; durable. One reader a file.
class file_cursor {
public:
    /// No file yet is a cursor at the beginning.
    explicit file_cursor(std::filesystem::path path) : path_{std::move(path)} {}

    /// `errc::unavailable` for a file that cannot be read, `errc::corrupt` for one that holds
    /// something else.
    [[nodiscard]] result<journal_head> load() const {
        auto const text = detail::read_whole(path_);
        if (!text) {
            return text.error();
        }
        if (!*text) {
            return journal_head{};
        }
        std::string_view line{**text};
        if (line.ends_with('\n')) {
            line.remove_suffix(1);
        }
        journal_head at;
        canonical_reader in{line, canonical_reader::values::checked};
        if (!in.read(at) || !in.ended()) {
            return error{errc::corrupt, "file " + path_.string(),
                "expected a cursor as it was written; remove the file to begin from the first "
                "event"};
        }
        return at;
    }
    /// `errc::unavailable` where it cannot be written. A few milliseconds: two syncs.
    result<void> store(journal_head at) {
        return detail::write_durably(path_, canonical_text(at) + '\n');
    }

private:
    std::filesystem::path path_;
};
static_assert(cursor<file_cursor>);

} // namespace koc
