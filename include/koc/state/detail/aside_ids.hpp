// SPDX-License-Identifier: BSL-1.0
#pragma once

// The ids that a container leaves out of its lists. They are few, so that a sorted vector is
// enough; while there is none, the test costs one comparison.

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
    void add(std::uint64_t id) {
        auto const at = std::lower_bound(ids_.begin(), ids_.end(), id);
        if (at == ids_.end() || *at != id) {
            ids_.insert(at, id);
        }
    }
    void remove(std::uint64_t id) {
        auto const at = std::lower_bound(ids_.begin(), ids_.end(), id);
        if (at != ids_.end() && *at == id) {
            ids_.erase(at);
        }
    }

private:
    std::vector<std::uint64_t> ids_; ///< ascending
};

} // namespace koc::detail
