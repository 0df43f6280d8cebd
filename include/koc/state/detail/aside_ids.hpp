// SPDX-License-Identifier: BSL-1.0
#pragma once

// The ids that a container leaves out of its lists. They are few, so that a sorted vector is
// enough; while there is none, the test costs one comparison.

#include <koc/state/container.hpp>

#include <algorithm>
#include <cstdint>
#include <vector>

namespace koc::detail {

class aside_ids {
public:
    [[nodiscard]] bool empty() const { return ids_.empty(); }
    [[nodiscard]] bool contains(std::uint64_t id) const {
        return !ids_.empty() && std::binary_search(ids_.begin(), ids_.end(), id);
    }
    /// Makes room for one more.
    void make_room() { undo_log::make_room(ids_); }
    /// Adds an id; room was made for it, now or before it was removed.
    void add(std::uint64_t id) noexcept {
        auto const at = std::lower_bound(ids_.begin(), ids_.end(), id);
        if (at == ids_.end() || *at != id) {
            ids_.insert(at, id);
        }
    }
    void remove(std::uint64_t id) noexcept {
        auto const at = std::lower_bound(ids_.begin(), ids_.end(), id);
        if (at != ids_.end() && *at == id) {
            ids_.erase(at);
        }
    }

private:
    std::vector<std::uint64_t> ids_; ///< ascending
};

} // namespace koc::detail
