// SPDX-License-Identifier: BSL-1.0
#pragma once

// Snapshots of a programme in a folder, so that an engine starts without reading its whole journal.
// They are a cache: one that is damaged, of an older release or of another journal is passed over
// and named, and without any the engine reads its journal from the beginning.

#include <koc/core/contract.hpp>
#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/try.hpp>
#include <koc/engine/engine.hpp>
#include <koc/engine/snapshot.hpp>
#include <koc/journal/envelope.hpp>
#include <koc/store/detail/durable_file.hpp>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace koc {

/// A snapshot that was passed over, and why.
struct ignored_snapshot {
    std::filesystem::path file;
    error why;
};

/// How an engine began.
struct resumed {
    std::optional<journal_head> from; ///< where the snapshot stood; nothing where none was usable
    std::vector<ignored_snapshot> ignored; ///< newer ones than that, the newest first
};

/// The snapshots of one journal in a folder of their own, one file each, named by position.
/// Personal texts are in them as in the state.
class snapshot_folder {
public:
    /// Keeps so many of the newest. `release`: see `take_snapshot`.
    explicit snapshot_folder(
        std::filesystem::path folder, std::string release = {}, std::size_t kept = 2)
        : folder_{std::move(folder)}, release_{std::move(release)}, kept_{kept} {
        KOC_EXPECTS(kept != 0);
    }

    /// Writes what the engine knows, durably, and removes the oldest, and those that are ahead of
    /// it, which another course of the journal left. Refused: as `take_snapshot`, and `unavailable`
    /// where the folder cannot be written; older snapshots are then still there. O(state).
    result<std::filesystem::path> take(engine& of) {
        auto const text = take_snapshot(of, release_);
        if (!text) {
            return text.error();
        }
        std::error_code trouble;
        std::filesystem::create_directories(folder_, trouble); // refused below where it failed
        auto const path = folder_ / name_of(of.head());
        KOC_TRY(detail::write_durably(path, *text));
        std::size_t kept = 0;
        for (auto const& file : files()) {
            auto const ahead = path.filename() < file.filename();
            kept += ahead ? 0 : 1;
            if (ahead || kept > kept_) {
                std::filesystem::remove(file, trouble); // one too many does no harm
            }
        }
        return path;
    }

    /// Lets a new engine, which knows nothing yet, begin with the newest snapshot that is usable;
    /// what is behind it is read with the next command or `catch_up`. O(state), and O(state) for
    /// each that is passed over.
    [[nodiscard]] resumed resume(engine& fresh) const {
        resumed made;
        for (auto const& file : files()) {
            auto const text = detail::read_whole(file);
            auto done = !text ? result<void>{text.error()}
                : !*text      ? result<void>{error{errc::unavailable, "file " + file.string(),
                               "expected a file that stays; try again"}}
                              : koc::resume(fresh, std::string_view{**text}, release_);
            if (done) {
                made.from = fresh.head();
                break;
            }
            made.ignored.push_back({file, std::move(done).error()});
        }
        return made;
    }

    /// The snapshots that are there, the newest first.
    [[nodiscard]] std::vector<std::filesystem::path> files() const {
        std::vector<std::filesystem::path> all;
        std::error_code trouble;
        for (std::filesystem::directory_iterator it{folder_, trouble}, end; !trouble && it != end;
             it.increment(trouble)) {
            if (it->path().extension() == extension) {
                all.push_back(it->path());
            }
        }
        std::sort(all.begin(), all.end(), [](auto const& a, auto const& b) { return b < a; });
        return all;
    }

private:
    static constexpr char const* extension = ".snapshot";

    /// So many digits that the order of names is that of positions.
    static std::string name_of(journal_head at) {
        auto const digits = std::to_string(at.position);
        return std::string(20 - digits.size(), '0') + digits + extension;
    }

    std::filesystem::path folder_;
    std::string release_;
    std::size_t kept_;
};

} // namespace koc
