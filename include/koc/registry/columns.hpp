// SPDX-License-Identifier: BSL-1.0
#pragma once

// Numbers that are asked for often, side by side: one dense column a feature, indexed by slot, with
// the maximum of each block of 64 so that a scorer can bound a block without reading it.

#include <koc/core/contract.hpp>
#include <koc/tag/bitmap.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace koc {

/// One column of numbers by slot. Absent slots hold the lowest number.
class number_column {
public:
    static constexpr std::int64_t absent = std::numeric_limits<std::int64_t>::min();

    [[nodiscard]] std::int64_t at(slot s) const {
        KOC_EXPECTS(s < values_.size());
        return values_[s];
    }

    /// The largest number in slots 64 * block to 64 * block + 63, `absent` where there is none.
    /// O(1).
    [[nodiscard]] std::int64_t max_of(std::size_t block) const {
        return block < maxima_.size() ? maxima_[block] : absent;
    }

    /// O(1); O(64) when the block's maximum goes down.
    void put(slot s, std::int64_t value) {
        auto const block = s / word_bits;
        if (s >= values_.size()) {
            values_.resize(s + 1U, absent);
        }
        if (block >= maxima_.size()) {
            maxima_.resize(block + 1U, absent);
        }
        auto const old = values_[s];
        values_[s] = value;
        if (value >= maxima_[block]) {
            maxima_[block] = value;
        } else if (old == maxima_[block]) {
            auto const from = values_.begin() + static_cast<std::ptrdiff_t>(block * word_bits);
            auto const n = std::min(word_bits, values_.size() - block * word_bits);
            maxima_[block] = *std::max_element(from, from + static_cast<std::ptrdiff_t>(n));
        }
    }

private:
    std::vector<std::int64_t> values_;
    std::vector<std::int64_t> maxima_;
};

} // namespace koc
