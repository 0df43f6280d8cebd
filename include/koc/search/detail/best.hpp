// SPDX-License-Identifier: BSL-1.0
#pragma once

// The best so far of a search: a heap of bounded size whose front is the worst of the best, which
// is what a newcomer has to beat. Equal scores are told apart by id, so that where all ids are
// larger than that of the worst only a higher score counts.

#include <koc/number/score_sum.hpp>
#include <koc/search/match.hpp>

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace koc::detail {

/// The `k` best of all matches that were offered.
template <typename Id>
class best {
public:
    /// `k` is at least 1.
    explicit best(std::size_t k) : k_{k} { heap_.reserve(k); }

    /// Goes to people with ids of `least` or more.
    void enter(Id least) {
        least_id_ = least;
        set_bar();
    }
    /// Whether a score may still be among the best: for the people who were entered last, and for
    /// people with any id.
    [[nodiscard]] bool reachable(score fit) const { return fit >= bar_; }
    [[nodiscard]] bool anywhere(score fit) const { return fit >= least_; }
    /// Whether this match would be among the best.
    [[nodiscard]] bool wants(match<Id> const& found) const {
        return !full() || found < heap_.front();
    }
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
            set_bar();
        }
    }

    [[nodiscard]] std::vector<match<Id>> take() && {
        std::sort_heap(heap_.begin(), heap_.end());
        return std::move(heap_);
    }

private:
    void set_bar() {
        auto const by_score = full() && least_id_ > heap_.front().id && least_ < score_max;
        bar_ = by_score ? score{least_.raw + 1} : least_;
    }
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
    score least_ = score_min; ///< what the worst of the best has, once there are enough
    score bar_ = score_min;
    Id least_id_{};
};

} // namespace koc::detail
