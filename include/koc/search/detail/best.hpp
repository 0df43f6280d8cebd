// SPDX-License-Identifier: BSL-1.0
#pragma once

// The best so far of a search: a heap of bounded size whose front is the worst of the best, which
// is what a newcomer has to beat.

#include <koc/search/match.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

namespace koc::detail {

/// The `k` best of all matches that were offered.
template <typename Id>
class best {
public:
    /// `k` is at least 1.
    explicit best(std::size_t k) : k_{k} { heap_.reserve(k); }

    /// Whether a score may still matter. Equal to the worst may win by a smaller id.
    [[nodiscard]] bool reachable(score fit) const { return fit >= least_; }
    [[nodiscard]] bool full() const { return heap_.size() == k_; }

    /// O(log k).
    void offer(match<Id> found) {
        if (heap_.size() < k_) {
            heap_.push_back(found);
            std::push_heap(heap_.begin(), heap_.end());
        } else if (found < heap_.front()) {
            replace_front(found);
        }
        if (full()) {
            least_ = heap_.front().fit;
        }
    }

    [[nodiscard]] std::vector<match<Id>> take() && {
        std::sort_heap(heap_.begin(), heap_.end());
        return std::move(heap_);
    }

private:
    /// One walk down the heap, where a pop and a push would be two.
    void replace_front(match<Id> found) {
        std::size_t at = 0;
        for (auto child = 2 * at + 1; child < k_; child = 2 * at + 1) {
            child += child + 1 < k_ && heap_[child] < heap_[child + 1] ? 1U : 0U;
            if (!(found < heap_[child])) {
                break;
            }
            heap_[at] = heap_[child];
            at = child;
        }
        heap_[at] = found;
    }

    std::vector<match<Id>> heap_;
    std::size_t k_;
    score least_{(std::numeric_limits<std::int64_t>::min)()};
};

} // namespace koc::detail
