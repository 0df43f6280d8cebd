// SPDX-License-Identifier: BSL-1.0
#pragma once

// People whose numbers are being fetched from memory, first come, first served.

#include <koc/core/contract.hpp>
#include <koc/number/score.hpp>
#include <koc/tag/fwd.hpp>

#include <array>
#include <cstddef>

namespace koc::detail {

/// Somebody whose numbers are being fetched.
struct waiting_slot {
    slot place;
    score sum;  ///< without curves and columns
    score loss; ///< the least that columns take away in their block
};

/// A queue of at most `size_max`.
class waiting_slots {
public:
    static constexpr std::size_t size_max = 64;

    [[nodiscard]] std::size_t size() const { return size_; }
    /// There is room.
    void push(waiting_slot who) {
        KOC_EXPECTS(size_ < size_max);
        ring_[(first_ + size_++) % size_max] = who;
    }
    /// There is somebody.
    waiting_slot pop() {
        KOC_EXPECTS(size_ != 0);
        auto const who = ring_[first_];
        first_ = (first_ + 1) % size_max;
        --size_;
        return who;
    }

private:
    std::array<waiting_slot, size_max> ring_;
    std::size_t first_ = 0;
    std::size_t size_ = 0;
};

} // namespace koc::detail
