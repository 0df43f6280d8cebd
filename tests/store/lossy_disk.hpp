// SPDX-License-Identifier: BSL-1.0
#pragma once

// A disk that forgets what was not synced when its power is cut. SQLite works on real files of one
// folder; beside each the disk keeps what is surely on the medium and the changes since the last
// sync. At the cut every change may be there, be missing, be there in part, or be there although
// an earlier one is not; the same with names that were given or removed since the folder was
// synced. What becomes of each is a function of a seed.

#include "store/failing_disk.hpp"

#include <koc/testing/draws.hpp>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace koc_test {

/// Numbers that are a function of a seed.
class dice : public koc::testing::draws {
public:
    using draws::draws;

    bool one_in(std::uint64_t bound) { return below(bound) == 0; }
};

/// The files of a folder by their names.
using medium = std::map<std::string, std::string>;

class lossy_disk {
public:
    /// The folder is on the medium as it is. One disk at a time.
    lossy_disk(std::filesystem::path folder, dice& chance);
    lossy_disk(lossy_disk const&) = delete;
    lossy_disk& operator=(lossy_disk const&) = delete;
    ~lossy_disk();

    /// Cuts the power at the n-th operation from now on: a write, a truncation, a sync, or a name
    /// that is given or removed. All that is tried afterwards fails.
    void cut_at(std::uint64_t nth) { cut_at_ = operations_ + nth; }
    /// Lets the n-th sync from now on fail; what it should have synced may never be.
    void fail_sync(std::uint64_t nth) { failing_sync_ = syncs_ + nth; }
    [[nodiscard]] bool is_off() const { return off_; }
    [[nodiscard]] std::uint64_t operations() const { return operations_; }
    /// What survives: of the cut, where there was one, or of one that comes now.
    medium survivors();

    failing_disk& files() { return files_; }

    // For the functions of the operating system that change names (lossy_disk.cpp).
    static lossy_disk* current();
    /// Counts an operation; false when there is no power for it.
    bool step();
    /// Sees which names have changed.
    void look();
    bool is_folder(int descriptor) const;
    void folder_synced();

private:
    struct change {
        std::int64_t at = 0;
        std::string bytes;
        bool truncates = false;
        bool doomed = false; ///< a sync of it failed
    };
    struct content {
        std::string synced;
        std::vector<change> since;
        int held = -1; ///< keeps the number of the file from being given to another
    };
    using names = std::map<std::string, std::uint64_t>;

    int judge(failing_disk::access const& asked);
    void note(failing_disk::access const& done);
    content* content_of(std::string_view path);
    static void apply(std::string& text, change const& made);
    std::string survivor(content const& of);
    [[nodiscard]] names names_now();
    medium choose();

    std::filesystem::path folder_;
    dice& chance_;
    failing_disk files_;
    std::map<std::uint64_t, content> contents_;
    names names_;
    names names_synced_;
    std::vector<std::vector<std::pair<std::string, std::optional<std::uint64_t>>>> renamed_;
    std::uint64_t operations_ = 0;
    std::uint64_t cut_at_ = 0;
    std::uint64_t syncs_ = 0;
    std::uint64_t failing_sync_ = 0;
    bool off_ = false;
    medium left_;
};

} // namespace koc_test
